import type { Message } from '../../main/ami/wire/message.ts'
import type { Recording } from '../support/recording.ts'
import { readdirSync, readFileSync } from 'node:fs'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { Exchange } from '../../main/ami/session/exchange.ts'
import { Decoder } from '../../main/ami/wire/decoder.ts'
import { AppError } from '../../main/errors.ts'
import { createProjector } from '../../main/ipc/project.ts'
import { silentLog } from '../../main/log.ts'
import { inputsOf, play } from '../support/desk-player.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import { deskOfLab } from '../support/labs.ts'
import { mutated, pieces, randomOf } from '../support/mutate.ts'

/** How long to try; `npm run fuzz` takes 300. */
const SECONDS = Number(process.env.RINGSIDE_FUZZ_SECONDS ?? 20)
/** The first seed; each stream has the next one. A failure says which, and with `RINGSIDE_FUZZ_SEED` and no more it comes first again. */
const SEED = Number(process.env.RINGSIDE_FUZZ_SEED ?? 1)
/** One stream takes a few milliseconds; only one that hangs takes this long, on a busy machine too. */
const LONGEST_MS = 20_000
/** Between two looks at the heap. */
const LOOK_EVERY = 200
const GROWTH_MB = 32

const ROOT = fileURLToPath(new URL('../fixtures/', import.meta.url))
const streams = ['transcripts', 'conversations'].flatMap(folder => readdirSync(`${ROOT}${folder}`, { recursive: true, encoding: 'utf8' })
  .filter(path => path.endsWith('.s2c.txt') && !path.startsWith('printed'))
  .toSorted()
  .map(path => ({ name: `${folder}/${path}`, version: path.slice(0, path.indexOf('/')), text: readFileSync(`${ROOT}${folder}/${path}`, 'latin1') })))

/** The runner remembers each of its own assertions, which would fill the memory here. */
function must(isTrue: boolean, what: string): void {
  if (!isTrue)
    throw new Error(`It does not hold that ${what}`)
}

/** Reads everything that can be read of a packet. */
function touch(packet: Message): void {
  for (const [name] of packet.entries())
    packet.get(name)
  packet.all('Variable')
  packet.raw()
  must(packet.output === null || Array.isArray(packet.output), 'an output is a list of lines')
}

/** Takes one mutated stream through decoder, session, translation, desk and projection; throws where any of them does. */
async function tryOut(seed: number): Promise<void> {
  const random = randomOf(seed)
  const [one, other] = [streams[Math.floor(random() * streams.length)], streams[Math.floor(random() * streams.length)]]
  if (one === undefined || other === undefined)
    throw new Error('There are no recordings')
  const bytes = Buffer.from(mutated(one.text, other.text, random), 'latin1')
  const exchange = new Exchange({ send() {}, nextId: () => 'a2', clock: createFakeClock(), log: silentLog })
  const asked = exchange.list('Status').catch((error: unknown) => must(error instanceof AppError, 'an answer fails as foreseen'))
  const moments: Recording['moments'][number][] = []
  const decoder = new Decoder({
    onBanner() {},
    onMessage(packet) {
      touch(packet)
      exchange.take(packet)
      moments.push({ at: moments.length * 20, kind: 'said', message: packet })
    },
  }, { banner: random() < 0.9, lenient: random() < 0.1 })
  try {
    for (const piece of pieces(bytes, random))
      decoder.push(piece)
  }
  catch (error) {
    if (!(error instanceof AppError) || error.code !== 'protocol-error')
      throw error
  }
  exchange.end(new AppError('connection-lost', 'The stream ends'))
  await asked
  const config = deskOfLab(one.version, ['1001', '1002', '1003'][Math.floor(random() * 3)] ?? '1001')
  const { desk, popups } = play(inputsOf({ name: one.name, version: one.version, moments }, config), config)
  must(popups.length <= moments.length && desk.pbx.channels.size <= moments.length, 'nothing comes of nothing')
  createProjector()(desk, { state: 'online', server: '', demo: false, secured: false, asterisk: null, staleSince: null, retryAt: null, attempt: 0, error: null }, {})
}

describe('mutated recordings', () => {
  it(`neither crash nor hang nor fill the memory, for ${SECONDS} s`, { timeout: (SECONDS + 60) * 1000 }, async () => {
    setFlagsFromString('--expose-gc')
    const collect = runInNewContext('gc') as () => void // as the flag above makes it
    const heapMb = (): number => {
      collect()
      return process.memoryUsage().heapUsed / 2 ** 20
    }
    const until = performance.now() + SECONDS * 1000
    let first: number | null = null
    let seed = SEED
    for (; performance.now() < until; seed++) {
      const from = performance.now()
      try {
        await tryOut(seed)
      }
      catch (error) {
        throw new Error(`RINGSIDE_FUZZ_SEED=${seed}`, { cause: error })
      }
      must(performance.now() - from < LONGEST_MS, `stream ${seed} takes less than ${LONGEST_MS} ms`)
      if ((seed - SEED) % LOOK_EVERY === LOOK_EVERY - 1) {
        first ??= heapMb()
        const now = heapMb()
        must(now - first < GROWTH_MB, `the heap stays at ${first.toFixed(0)} MB: after stream ${seed} it is ${now.toFixed(0)} MB`)
      }
    }
    process.stdout.write(`${seed - SEED} mutated streams in ${SECONDS} s, seeds from ${SEED}\n`)
    expect(seed).toBeGreaterThan(SEED)
  })
})

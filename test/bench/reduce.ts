// What an event costs from its bytes to the state, however many channels live, and that nothing is kept of what is over.
import type { DeskState } from '../../main/features/desk.ts'
import type { DeskConfig } from '../../main/features/types.ts'
import type { PbxState } from '../../main/pbx/state.ts'
import type { Row } from './table.ts'
import process from 'node:process'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { createTranslator, isWanted } from '../../main/ami/translate/translate.ts'
import { Decoder } from '../../main/ami/wire/decoder.ts'
import { createDesk, step } from '../../main/features/desk.ts'
import { reduce } from '../../main/pbx/reduce.ts'
import { emptyPbx } from '../../main/pbx/state.ts'
import { deskOfLab } from '../support/labs.ts'
import { readCall } from './recorded-calls.ts'
import { median, printRows } from './table.ts'

const CALL = 'a-inbound-answered'
const [FEW, MANY] = [10, 10_000]
const AT = 1_800_000_000_000
/** So many calls make one measurement. */
const CALLS_A_ROUND = 100
/** So many phones take the calls in turn: enough for as many at a time, or few, so that what is known of phones does not grow on. */
const [LARGE_OFFICE, SMALL_OFFICE] = [20_000, 200]
/** Between two events; what is kept for a while goes in time. */
const STEP_MS = 10

interface Load {
  readonly push: (bytes: Uint8Array) => void
  readonly channels: () => number
}

const { translate } = createTranslator()

/** Bytes to messages to events to the state of the exchange. */
function exchangeLoad(): Load {
  let pbx: PbxState = emptyPbx()
  let now = AT
  const decoder = new Decoder({
    onBanner() {},
    onMessage(message) {
      now += STEP_MS
      for (const event of translate(message, now))
        pbx = reduce(pbx, event)
    },
  }, { banner: false, wants: isWanted })
  return { push: bytes => decoder.push(bytes), channels: () => pbx.channels.size }
}

/** The same with everything that the desk of one extension makes of it. */
function deskLoad(config: DeskConfig): Load {
  let desk: DeskState = createDesk(config)
  let now = AT
  const decoder = new Decoder({
    onBanner() {},
    onMessage(message) {
      now += STEP_MS
      for (const event of translate(message, now))
        desk = step(desk, { kind: 'pbx', event, at: now }).state
    },
  }, { banner: false, wants: isWanted })
  return { push: bytes => decoder.push(bytes), channels: () => desk.pbx.channels.size }
}

const PHONE = '{phone}'
const recorded = readCall(CALL, PHONE)

function callOf(number: number, phones: number): { readonly ring: Uint8Array, readonly whole: Uint8Array } {
  const own = (text: string): Uint8Array => Buffer.from(text.replaceAll(PHONE, String(20_000 + number % phones)), 'utf8')
  const ring = recorded.ring(number)
  return { ring: own(ring), whole: own(ring + recorded.end(number)) }
}

/** Rings as many calls as make so many channels, and lets them ring. */
function fill({ channels, push }: Load, wanted: number): number {
  let number = 0
  for (; channels() < wanted; number++)
    push(callOf(number, LARGE_OFFICE).ring)
  return number
}

/** CPU nanoseconds an event of whole calls that come and go. */
function measure({ push }: Load, first: number): number {
  const bytes = Array.from({ length: CALLS_A_ROUND }, (_, at) => callOf(first + at, LARGE_OFFICE).whole)
  const before = process.cpuUsage()
  for (const each of bytes)
    push(each)
  const { system, user } = process.cpuUsage(before)
  return (system + user) * 1000 / (CALLS_A_ROUND * recorded.events)
}

function compare(make: () => Load, rounds: number): { readonly few: number, readonly many: number } {
  const loads = [make(), make()] as const
  const counts = [fill(loads[0], FEW), fill(loads[1], MANY)]
  const costs: [number[], number[]] = [[], []]
  // Either goes first in turn; the first rounds warm up.
  for (let round = -3; round < rounds; round++) {
    for (const which of round % 2 === 0 ? [0, 1] as const : [1, 0] as const) {
      const cost = measure(loads[which], counts[which] ?? 0)
      counts[which] = (counts[which] ?? 0) + CALLS_A_ROUND
      if (round >= 0)
        costs[which].push(cost)
    }
  }
  return { few: median(costs[0]), many: median(costs[1]) }
}

/** How far the heap strays, in per cent, while so many events pass. */
function stray(load: Load, events: number): { readonly percent: number, readonly kept: number } {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void // as the flag makes it
  const heap = (): number => {
    collect()
    return process.memoryUsage().heapUsed
  }
  const looks: number[] = []
  let passed = 0
  for (let number = 0; passed < events; number++) {
    load.push(callOf(number, SMALL_OFFICE).whole)
    passed += recorded.events
    // The first tenth fills caches that stay.
    if (passed >= events * (looks.length + 1) / 10)
      looks.push(heap())
  }
  const [first = 0] = looks
  return { percent: Math.max(...looks.map(look => Math.abs(look - first))) / first * 100, kept: load.channels() }
}

/** Prints what an event costs with few and with many channels, and how far the heap strays over a million of them. */
export async function run(): Promise<void> {
  const quick = process.argv.includes('--quick')
  const rounds = quick ? 5 : 21
  const events = quick ? 100_000 : 1_000_000
  const config = deskOfLab('22', '1001')
  const state = compare(exchangeLoad, rounds)
  const desk = compare(() => deskLoad(config), rounds)
  const rows: readonly Row[] = [
    { what: 'bytes to state, an event', base: state.few, ours: state.many, unit: 'ns', aim: 1.3 },
    { what: 'bytes to desk, an event', base: desk.few, ours: desk.many, unit: 'ns', aim: 1.3 },
  ]
  printRows(`CPU time of recorded calls, with ${FEW} channels ("bare") and with ${MANY}, medians of ${rounds} interleaved rounds`, rows)
  const flat = stray(deskLoad(config), events)
  printRows(`The heap while ${events} events pass`, [
    { what: 'strays from where it was after a tenth', base: null, ours: flat.percent, unit: '%', aim: 5 },
    { what: 'channels left at the end', base: null, ours: flat.kept, unit: 'channels', aim: 0 },
  ])
}

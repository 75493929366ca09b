import type { Account } from '../support/config.ts'
import type { DeskOptions } from '../support/office.ts'
import type { Walker } from '../support/walk.ts'
import { mkdirSync, writeFileSync } from 'node:fs'
import process from 'node:process'
import { expect, it } from 'vitest'
import { randomOf } from '../../support/mutate.ts'
import { describeAsterisk } from '../support/describe-asterisk.ts'
import { useOffice } from '../support/office.ts'
import { differences, readTruth, untruths } from '../support/truth.ts'
import { chooseStep, soon, stepsOf } from '../support/walk.ts'
import { tapWire } from '../support/wire-tap.ts'

/** `RINGSIDE_WALK_SEED=17` or `1-40` walks these instead; `RINGSIDE_WALK_STEPS` makes a walk longer or shorter. */
const [first = 1, last = first] = (process.env.RINGSIDE_WALK_SEED ?? '1-3').split('-').map(Number)
const LENGTH = Number(process.env.RINGSIDE_WALK_STEPS ?? 24)
const ACCOUNTS: readonly Account[] = ['companion', 'recorder', 'admin']
/** A queue that rings its members again and again may leave no moment on a busy machine in which all hold still. */
const RESTLESS_MS = 15_000
const MOST_LOOKS = 6
/** What says nothing of calls, or is caused by looking. */
const NOISE = new Set(['RTCPSent', 'RTCPReceived', 'VarSet', 'PresenceStatus', 'PresenceStateChange', 'ChallengeSent', 'SuccessfulAuth', 'RequestNotSupported', 'RequestBadFormat', 'InvalidAccountID', 'SessionLimit', 'MusicOnHoldStart', 'MusicOnHoldStop'])

await describeAsterisk('nothing on the screen is ever untrue', (program) => {
  const office = useOffice(program, { ringSeconds: 8 })

  for (let seed = first; seed <= last; seed++) {
    it(`whatever happens in the office (seed ${seed})`, async () => {
      const random = randomOf(seed)
      const { server, phones, sitDown, witness } = office()
      const wire = await tapWire(server.host, server.ports.ami)
      const devices = random() < 0.4 ? ['PJSIP/1001', 'PJSIP/1003'] : ['PJSIP/1001']
      const wishes: DeskOptions = { account: ACCOUNTS[Math.floor(random() * 3)] ?? 'companion', line: { devices }, codes: { conference: '3000' } }
      const { window } = await sitDown({ ...wishes, port: wire.port })
      const walker: Walker = { office: office(), window, wire, random, devices, phones: Object.values(phones).filter(({ user }) => user !== '2001' || program.version === '16') }
      const told: string[] = [`seed ${seed}: ${wishes.account}, ${devices.join(' and ')}`]
      let round = 0
      let checks = 0

      const isCounted = (): boolean => !witness.events.some(({ Event }) => Event === 'Pickup')
      const counted = (): number => witness.events.filter(({ Event = '' }) => !NOISE.has(Event)).length

      /** Round trips from the server to the window, until nothing else comes in between; false where that does not come about. */
      async function settle(quietRounds: number): Promise<boolean> {
        const began = performance.now()
        for (let quiet = 0; quiet < quietRounds;) {
          if (performance.now() - began > RESTLESS_MS)
            return false
          const before = counted()
          const mark = `round ${++round}`
          await witness.request('Setvar', { Variable: 'PRESENCE_STATE(CustomPresence:1004)', Value: `away,,${mark}` })
          await window.until(mark, ({ people }) => people['1004@hints']?.presence?.message === mark)
          quiet = counted() === before ? quiet + 1 : 0
        }
        return true
      }

      /** Null: there was no moment of quiet to compare. */
      async function look(quietRounds: number): Promise<readonly string[] | null> {
        for (let tries = 0; tries < MOST_LOOKS && await settle(quietRounds); tries++) {
          const before = counted()
          const truth = await readTruth(witness, ['1001@default'])
          const later = await sitDown(wishes)
          await settle(quietRounds)
          const fresh = later.window.tables
          await later.stop()
          if (counted() === before)
            return [...untruths(window.tables, truth, devices, isCounted()), ...differences(window.tables, fresh, isCounted())]
        }
        return null
      }

      /** For whoever wants to know why: the words of the server, as a recording. */
      function dump(found: readonly string[]): void {
        if (!process.env.RINGSIDE_WALK_DUMP)
          return
        const name = `${process.env.RINGSIDE_WALK_DUMP}/${program.version}-${seed}`
        mkdirSync(process.env.RINGSIDE_WALK_DUMP, { recursive: true })
        writeFileSync(`${name}.s2c.txt`, wire.heard(), 'latin1')
        writeFileSync(`${name}.times.txt`, wire.times().map(([at, length]) => `${at} ${length}\n`).join(''))
        writeFileSync(`${name}.told.txt`, [...told, ...found].join('\n'))
      }

      async function check(): Promise<void> {
        let found: readonly string[] = []
        for (const quietRounds of [2, 6, 15]) {
          const seen = await look(quietRounds)
          // What two looks have found stays found.
          if (seen === null && quietRounds > 6)
            break
          if (seen === null) {
            told.push('  no moment of quiet')
            return
          }
          found = seen
          if (found.length === 0) {
            checks++
            return
          }
        }
        dump(found)
        throw new Error([...told, '---', ...found].join('\n'))
      }

      try {
        await check()
        for (let count = 0; count < LENGTH; count++) {
          if (random() < 0.03) {
            wire.cut()
            told.push('the wire breaks')
            for (let more = Math.floor(random() * 4); more > 0; more--)
              await walk(true)
            wire.heal()
            await window.ask('connection.retry')
            told.push('the wire is whole again')
            await window.until('online', ({ connection }) => connection.me.state === 'online')
          }
          else {
            await walk(false)
          }
          await check()
        }
        for (const phone of walker.phones)
          await phone.giveUp()
        told.push('all hang up')
        for (const phone of walker.phones)
          await phone.reset()
        // What nobody's phone holds: who was sent to a number that rings for ever.
        await witness.request('Hangup', { Channel: '/.*/' })
        await server.silent()
        await check()
        expect(Object.values(window.tables.calls)).toEqual([])
        expect(checks).toBeGreaterThan(LENGTH / 2)
      }
      catch (error) {
        dump([String(error)])
        throw error
      }
      finally {
        await wire.close()
        await clearOffice()
      }

      async function walk(isCut: boolean): Promise<void> {
        const step = chooseStep(stepsOf(walker, isCut), random)
        told.push(`${told.length} ${step.name}`)
        const answer = await soon(Promise.resolve(step.act()), 8000)
        if (typeof answer === 'string')
          told.push(`  ${answer}`)
      }

      async function clearOffice(): Promise<void> {
        for (const family of ['DND', 'CF', 'CFB', 'CFU'])
          await witness.request('DBDelTree', { Family: family })
        for (const number of ['1001', '1002', '1003'])
          await witness.request('Setvar', { Variable: `DEVICE_STATE(Custom:DND${number})`, Value: 'NOT_INUSE' })
        for (const queue of ['support', 'sales']) {
          for (const number of ['1001', '1002', '1003']) {
            await witness.request('QueueRemove', { Queue: queue, Interface: `PJSIP/${number}` })
            await witness.request('QueuePause', { Interface: `PJSIP/${number}`, Paused: 'false' })
          }
        }
      }
    }, 240_000)
  }
})

import type { Account } from '../support/config.ts'
import type { DeskOptions } from '../support/office.ts'
import type { Phone } from '../support/phone.ts'
import type { Walker } from '../support/walk.ts'
import { mkdirSync, writeFileSync } from 'node:fs'
import process from 'node:process'
import { expect, it } from 'vitest'
import { randomOf } from '../../support/mutate.ts'
import { describeAsterisk } from '../support/describe-asterisk.ts'
import { connectManager } from '../support/manager.ts'
import { useOffice } from '../support/office.ts'
import { falsehoods } from '../support/phone-book.ts'
import { differences, readTruth, untruths } from '../support/truth.ts'
import { chooseStep, soon, stepsOf } from '../support/walk.ts'
import { tapWire } from '../support/wire-tap.ts'

/** `RINGSIDE_WALK_SEED=17` or `1-40` walks these instead; `RINGSIDE_WALK_STEPS` makes a walk longer or shorter. */
const [first = 1, last = first] = (process.env.RINGSIDE_WALK_SEED ?? '1-3').split('-').map(Number)
const LENGTH = Number(process.env.RINGSIDE_WALK_STEPS ?? 22)
const ACCOUNTS: readonly Account[] = ['companion', 'recorder', 'admin']
/** A queue that rings its members again and again may leave no moment on a busy machine in which all hold still. */
const RESTLESS_MS = 15_000
const MOST_LOOKS = 6
const JUDGED_MS = 2000
/** What says nothing of calls, or is caused by looking. */
const NOISE = new Set(['RTCPSent', 'RTCPReceived', 'VarSet', 'PresenceStatus', 'PresenceStateChange', 'ChallengeSent', 'SuccessfulAuth', 'RequestNotSupported', 'RequestBadFormat', 'InvalidAccountID', 'SessionLimit', 'MusicOnHoldStart', 'MusicOnHoldStop'])

await describeAsterisk('nothing on the screen is ever untrue', (program) => {
  const office = useOffice(program, { ringSeconds: 8 })
  let dave: Phone | null = null

  for (let seed = first; seed <= last; seed++) {
    it(`whatever happens in the office (seed ${seed})`, async () => {
      const random = randomOf(seed)
      const { server, phones, sitDown } = office()
      let { witness } = office()
      const wire = await tapWire(server.host, server.ports.ami)
      const devices = random() < 0.4 ? ['PJSIP/1001', 'PJSIP/1003'] : ['PJSIP/1001']
      const wishes: DeskOptions = { account: ACCOUNTS[Math.floor(random() * 3)] ?? 'companion', line: { devices }, codes: { conference: '3000' } }
      const { window } = await sitDown({ ...wishes, port: wire.port })
      const fixed = Object.values(phones).filter(({ user }) => user !== '2001' || program.version === '16')
      const phoneOfDave = dave ??= await server.roamingPhone()
      let isDaveThere = false
      const roaming: Walker['roaming'] = {
        get isThere() {
          return isDaveThere
        },
        async come() {
          isDaveThere = true
          return phoneOfDave.register()
        },
        async leave() {
          isDaveThere = false
          return phoneOfDave.register(0)
        },
      }
      const mine = fixed.filter(({ user }) => devices.includes(`PJSIP/${user}`))
      const byHand = new Set<string>()
      const walkerNow = (): Walker => ({ office: { ...office(), witness }, window, wire, random, devices, roaming, byHand, phones: isDaveThere ? [...fixed, phoneOfDave] : fixed })
      let since = 0
      // For whoever wants to know what a newcomer was told.
      const glass = process.env.RINGSIDE_WALK_DUMP ? await tapWire(server.host, server.ports.ami) : null
      const told: string[] = [`RINGSIDE_WALK_SEED=${seed} node build/run.mjs test:asterisk test/asterisk/program/truth.test.ts -t 'Asterisk ${program.version}': ${wishes.account}, ${devices.join(' and ')}`]
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
          const later = await sitDown({ ...wishes, ...glass && { port: glass.port } })
          await settle(quietRounds)
          const fresh = later.window.tables
          await later.stop()
          if (counted() === before)
            return [...untruths(window.tables, truth, devices, isCounted()), ...differences(window.tables, fresh, isCounted(), byHand)]
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
        if (glass)
          writeFileSync(`${name}.fresh.s2c.txt`, glass.heard(), 'latin1')
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
          const fate = random()
          if (fate < 0.03)
            await breakWire()
          else if (fate < 0.035)
            await restart()
          else
            await walk(false)
          await check()
        }
        for (const phone of walkerNow().phones)
          await phone.giveUp()
        told.push('all hang up')
        // Who is rung is left alone: a refusal that meets the end of its caller on the way may be heard by nobody.
        for (const call of walkerNow().phones.flatMap(({ calls }) => calls).filter(call => call.direction === 'out' || call.state === 'answered'))
          await call.hangUp()
        // What nobody's phone holds: who was sent to a number that rings for ever.
        await witness.request('Hangup', { Channel: '/.*/' })
        await server.silent()
        await check()
        expect(Object.values(window.tables.calls)).toEqual([])
        await soon(window.until('the end of all that was asked', ({ acts, dials }) => [...Object.values(acts), ...Object.values(dials)].every(({ state }) => ['done', 'failed', 'cancelled', 'ended'].includes(state))), 45_000)
        // A call is judged a moment after its end.
        await soon(new Promise(() => {}), JUDGED_MS)
        const lies = falsehoods(window.tables, { mine, others: [...fixed, phoneOfDave].filter(phone => !mine.includes(phone)), since, events: witness.events, ticked: byHand })
        if (lies.length > 0) {
          dump(lies)
          throw new Error([...told, '---', ...lies].join('\n'))
        }
        expect(checks).toBeGreaterThan(LENGTH / 2)
      }
      catch (error) {
        dump([String(error)])
        throw error
      }
      finally {
        wire.slow(null)
        await wire.close()
        await glass?.close()
        await phoneOfDave.register(0)
        await phoneOfDave.reset()
        await clearOffice()
        if (witness !== office().witness)
          witness.close()
      }

      async function walk(isCut: boolean): Promise<void> {
        const step = chooseStep(stepsOf(walkerNow(), isCut), random)
        told.push(`${told.length} ${step.name}`)
        const answer = await soon(Promise.resolve(step.act()), 8000)
        if (typeof answer === 'string')
          told.push(`  ${answer}`)
      }

      /** Somewhere in the middle of the lists, too. */
      async function breakWire(): Promise<void> {
        wire.cut()
        told.push('the wire breaks')
        await window.until('that it is broken', ({ connection }) => connection.me.state !== 'online')
        for (let more = Math.floor(random() * 4); more > 0; more--)
          await walk(true)
        const breaks = Array.from({ length: Math.floor(random() * 3) }, () => Math.floor(random() * 12_000))
        wire.slow(random() < 0.5 ? random : null)
        wire.heal(breaks)
        told.push(`the wire is whole again${breaks.length > 0 ? `, but for ${breaks.join(' and ')} bytes` : ''}`)
        await comeBack()
      }

      async function comeBack(): Promise<void> {
        for (let state = ''; state !== 'online';) {
          const { retryAt } = window.tables.connection.me
          await window.ask('connection.retry')
          state = await window.until('online, or another wait', ({ connection: { me } }) => (me.state === 'online' || (me.state === 'waiting' && me.retryAt !== retryAt)) && me.state)
        }
        since = Date.now()
      }

      async function restart(): Promise<void> {
        told.push('the server is started anew')
        for (const phone of walkerNow().phones)
          await phone.reset()
        await server.restart()
        if (witness !== office().witness)
          witness.close()
        witness = await connectManager(server)
        await comeBack()
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

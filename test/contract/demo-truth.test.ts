import type { Tables } from '#contract/tables.ts'
import type { ScriptedDemo } from '../../main/demo/demo-pbx.ts'
import type { DemoCall } from '../../main/demo/script.ts'
import type { Step } from '../asterisk/support/walk.ts'
import type { Program } from '../support/program.ts'
import process from 'node:process'
import { afterEach, expect, it } from 'vitest'
import { createDemoPbx } from '../../main/demo/demo-pbx.ts'
import { differences } from '../asterisk/support/truth.ts'
import { chooseStep, stepsAtWindow } from '../asterisk/support/walk.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import { randomOf } from '../support/mutate.ts'
import { startProgram } from '../support/program.ts'

/** `RINGSIDE_WALK_SEED=17` or `1-40` walks these instead; `RINGSIDE_WALK_STEPS` makes a walk longer or shorter. */
const [first = 1, last = first] = (process.env.RINGSIDE_WALK_SEED ?? '1-2').split('-').map(Number)
const LENGTH = Number(process.env.RINGSIDE_WALK_STEPS ?? 30)
/** Whose words mark the time. */
const MARKER = '1004'
const STAFF = ['1001', '1002', '1003', '1004', '1006']
const CALLERS = [{ name: 'Karla Customer', number: '+442079460142' }, { name: 'Ivan Insured', number: '+442079460111' }, { name: null, number: null }]
const MOST_CALLS = 5
/** Of the clock, while somebody waits for what comes over a socket. */
const TURN_MS = 20
const MOST_TURNS = 500
const JUDGED_MS = 2000

let clearUp: (() => Promise<void>) | null = null
afterEach(async () => {
  await clearUp?.()
  clearUp = null
})

function pickOf<T>(all: readonly T[], random: () => number): T {
  const one = all[Math.floor(random() * all.length)]
  if (one === undefined)
    throw new Error('nothing to pick')
  return one
}

/** The script refuses what a phone that does not talk cannot do. */
function ifTalking(act: () => unknown): string | undefined {
  try {
    act()
    return undefined
  }
  catch (error) {
    if (error instanceof Error && error.message.includes('does not talk'))
      return error.message
    throw error
  }
}

/** What the people of the office and their callers could do now. */
function stepsOfOffice(demo: ScriptedDemo, calls: Set<DemoCall>, random: () => number): readonly Step[] {
  const steps: Step[] = []
  const step = (name: string, weight: number, act: () => unknown): void => {
    steps.push({ name, weight, act: async () => act() })
  }
  const alive = [...calls].filter(({ state }) => state !== 'over')
  if (alive.length < MOST_CALLS) {
    const to = pickOf(['me', 'me', 'group', 'queue', 'sales'] as const, random)
    const caller = pickOf(CALLERS, random)
    step(`${caller.number} calls ${to}`, 4, () => calls.add(demo.incoming({ ...caller, to })))
    const [one, other] = [pickOf(STAFF, random), pickOf(STAFF, random)]
    if (one !== other)
      step(`${one} calls ${other}`, 2, () => calls.add(demo.between(one, other)))
  }
  for (const [index, call] of alive.entries()) {
    for (const exten of STAFF.filter(one => call.rings(one))) {
      step(`${exten} answers call ${index}`, 3, () => call.answer(exten))
      const why = pickOf(['busy', 'declined'] as const, random)
      step(`${exten} refuses call ${index}: ${why}`, 0.5, () => call.refuse(exten, why))
    }
    step(`the caller of ${index} hangs up`, 0.8, () => call.callerHangsUp())
    if (call.state === 'answered') {
      step(`the other end of ${index} hangs up`, 0.8, () => call.answererHangsUp())
      const exten = pickOf(STAFF, random)
      const isOn = random() < 0.5
      step(`${exten} parks ${index}`, 0.5, () => ifTalking(() => call.park(exten)))
      step(`${exten} ${isOn ? 'holds' : 'takes back'} ${index}`, 0.5, () => ifTalking(() => call.hold(exten, isOn)))
    }
  }
  const exten = pickOf(['1002', '1003', '1006'], random)
  const isOn = random() < 0.5
  step(`${exten} ${isOn ? 'does not want' : 'wants'} to be disturbed`, 0.3, () => demo.doNotDisturb(exten, isOn ? 'not now' : null))
  step(`the phone of ${exten} is ${isOn ? 'plugged in' : 'unplugged'}`, 0.3, () => demo.plug(exten, isOn))
  step(`${exten} hangs up`, 0.3, () => demo.hangUp(exten))
  return steps
}

for (let seed = first; seed <= last; seed++) {
  it(`shows of the demo office what whoever comes now sees, whatever happens there (seed ${seed})`, async () => {
    const random = randomOf(seed)
    const clock = createFakeClock()
    const demo = createDemoPbx({ clock, random: randomOf(seed + 1000), scenario: 'scripted' })
    await demo.start()
    // Who comes and goes neither opens the office nor closes it.
    const lent = { port: demo.port, username: demo.username, secret: demo.secret, start: async () => {}, stop: async () => {} }
    /** Time goes on while somebody waits, not faster than answers come. */
    async function until({ window }: Program, what: string, isSo: (tables: Tables) => boolean): Promise<void> {
      for (let turns = 0; !isSo(window.tables); turns++) {
        if (turns === MOST_TURNS)
          throw new Error(`${what}: ${JSON.stringify(window.tables.connection)}`)
        await clock.pass(TURN_MS)
        await new Promise(resolve => setTimeout(resolve, 1))
      }
    }
    const sitDown = async (): Promise<Program> => {
      const program = await startProgram({ demo: true }, () => lent, undefined, clock)
      await until(program, 'online', ({ connection }) => connection.me.state === 'online')
      return program
    }
    const desk = await sitDown()
    const { window } = desk
    clearUp = async () => {
      await desk.stop()
      await demo.stop()
    }
    const devices = window.tables.line['1001']?.devices ?? []
    const calls = new Set<DemoCall>()
    const byHand = new Set<string>()
    const told: string[] = [`RINGSIDE_WALK_SEED=${seed} node build/run.mjs test:contract test/contract/demo-truth.test.ts`]
    let round = 0

    async function settle(...programs: readonly Program[]): Promise<void> {
      const message = `round ${++round}`
      demo.present(MARKER, { status: 'away', subtype: '', message })
      for (const program of programs)
        await until(program, message, ({ people }) => Object.values(people).some(({ exten, presence }) => exten === MARKER && presence?.message === message))
    }

    /** Not faster than answers come. */
    async function pass(ms: number): Promise<void> {
      for (let left = ms; left > 0; left -= 500) {
        await clock.pass(Math.min(500, left))
        await settle(desk)
      }
    }

    async function look(): Promise<readonly string[]> {
      const late = await sitDown()
      await settle(desk, late)
      // Of my own calls a newcomer cannot know all; that there are as many is told by everything else as well.
      const found = differences(window.tables, late.window.tables, true, byHand).filter(one => !/^(?:calls|popups):/.test(one))
      const [shown, fresh] = [window.tables, late.window.tables].map(({ calls }) => Object.keys(calls).length)
      await late.stop()
      return shown === fresh ? found : [...found, `${shown} calls are shown, and ${fresh} to who comes now`]
    }

    for (let count = 0; count < LENGTH; count++) {
      const step = chooseStep([...stepsOfOffice(demo, calls, random), ...stepsAtWindow({ byHand, devices, random, window })], random)
      told.push(`${count + 1} ${step.name}`)
      const answer = await step.act()
      if (typeof answer === 'string')
        told.push(`  ${answer}`)
      // Lists tell ages by the second.
      await pass(1100 + random() * 4000)
      let found = await look()
      // What is judged a moment after its end is judged then.
      if (found.length > 0) {
        await pass(JUDGED_MS)
        found = await look()
      }
      if (found.length > 0)
        throw new Error([...told, '---', ...found].join('\n'))
    }
    demo.silence()
    await pass(60_000)
    expect(Object.values(window.tables.calls)).toEqual([])
    expect(Object.values(window.tables.acts).filter(({ state }) => state === 'asked')).toEqual([])
    expect(desk.log.lines.filter(line => line.startsWith('error'))).toEqual([])
  })
}

import type { Clock } from '../clock.ts'
import type { Account } from './manager/account.ts'
import type { MinuteStep } from './minute.ts'
import type { DemoScript, Staged } from './script.ts'
import { liveOn } from './alive.ts'
import { Timers } from './exchange/timers.ts'
import { rights } from './manager/account.ts'
import { ManagerPort } from './manager/port.ts'
import { Manners } from './manners.ts'
import { playMinute } from './minute.ts'
import { createOfficePbx } from './office-pbx.ts'
import { createStaff } from './office.ts'
import { createScript } from './script.ts'

/** A small office that speaks AMI on loopback. */
export interface DemoPbx {
  /** Listens on a free port of 127.0.0.1. */
  readonly start: () => Promise<void>
  readonly stop: () => Promise<void>
  /** Known once it has started. */
  readonly port: number
  readonly username: string
  readonly secret: string
}

export interface DemoOptions {
  readonly clock: Clock
  readonly random: () => number
  /** `alive` (the default) lives by itself from the first login on, `minute` plays the minute for pictures first, `scripted` waits for the script. */
  readonly scenario?: 'alive' | 'minute' | 'scripted'
  /** Stretches every wait of the office: 0.1 is ten times as fast. */
  readonly pace?: number
  /** A port of your own instead of a free one. */
  readonly port?: number
  /** How many work there; from some hundred on it is a big office, with extensions from 2000. */
  readonly people?: number
  /** False: the dialplan gives calls no features, and nobody heeds the keys that `Atxfer` presses. */
  readonly callFeatures?: boolean
  /** Besides the companion's. */
  readonly accounts?: readonly Account[]
}

export interface ScriptedDemo extends DemoPbx, DemoScript {
  /** Plays the minute for pictures instead of what else would happen; resolves at its end. */
  readonly playMinute: (onStep?: (step: MinuteStep) => void) => Promise<void>
}

const USERNAME = 'companion'

export function createDemoPbx(options: DemoOptions): ScriptedDemo {
  const { random, scenario = 'alive', accounts = [] } = options
  const clock = new Timers(options.clock, options.pace)
  // The office's own time may be stretched; how long a login may take is not.
  const sessionClock = new Timers(options.clock)
  const secret = Array.from({ length: 24 }, () => Math.floor(random() * 36).toString(36)).join('')
  const staged: Staged = new Set()
  const staff = createStaff(options.people)
  const manners = new Manners(staff, () => office.exchange, linkedid => staged.has(linkedid))
  manners.talksEnd = scenario !== 'scripted'
  const office = createOfficePbx({
    clock,
    random,
    staff,
    callFeatures: options.callFeatures ?? true,
    tell: (event, headers) => port.tell(event, headers),
    rang: (leg, source) => manners.rang(leg, source),
    moved: ({ linkedid }) => staged.delete(linkedid),
  })
  const script = createScript(office, manners, staged)
  let stopLiving: (() => void) | null = null
  const port = new ManagerPort({
    office,
    accounts: [
      // Everything, so that the administration window finds what it is for; the desk asks for no more events than it ever does.
      { username: USERNAME, secret, read: rights, write: rights },
      ...accounts,
    ],
    clock: sessionClock,
    random,
    onLogin: wakeUp,
  })

  /** An office that nobody looks at stands still: the first login starts it. */
  function wakeUp(): void {
    if (stopLiving !== null)
      return
    stopLiving = () => {}
    if (scenario === 'minute')
      void play(() => {}).then(live)
    else live()
  }

  function live(): void {
    if (scenario !== 'scripted')
      stopLiving = liveOn({ office, script, clock, random })
  }

  function play(onStep: (step: MinuteStep) => void): Promise<void> {
    stopLiving?.()
    return playMinute(script, clock, onStep)
  }

  return {
    ...script,
    playMinute: (onStep = () => {}) => play(onStep),
    username: USERNAME,
    secret,
    get port() {
      return port.port
    },
    start: () => port.listen(options.port ?? 0),
    async stop() {
      clock.stopAll()
      sessionClock.stopAll()
      await port.close()
    },
  }
}

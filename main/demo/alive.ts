import type { Clock } from '../clock.ts'
import type { OfficePbx } from './office-pbx.ts'
import type { DemoCall, DemoScript } from './script.ts'
import { CUSTOMERS, deviceOf, GROUP_MEMBERS, ME, PEOPLE, QUEUE_MEMBERS } from './office.ts'

export interface AliveParts {
  readonly office: OfficePbx
  readonly script: DemoScript
  readonly clock: Clock
  readonly random: () => number
}

type Scene = () => void

const FIRST_RING_MS = 4000
const PAUSE_MS: readonly [number, number] = [20_000, 40_000]

/**
 * The office left alone: people call in and each other at a calm pace. A call rings me within seconds, because that is what
 * a first look is for. The answer takes it back; what has begun plays on.
 */
export function liveOn({ office, script, clock, random }: AliveParts): () => void {
  const { exchange } = office
  let stopNext = (): void => {}
  let lastCustomer = -1

  const between = (shortest: number, longest: number): number => shortest + random() * (longest - shortest)

  function customer(): typeof CUSTOMERS[number] {
    // Never the same twice in a row.
    lastCustomer = (lastCustomer + 1 + Math.floor(random() * (CUSTOMERS.length - 1))) % CUSTOMERS.length
    return CUSTOMERS[lastCustomer] ?? { name: null, number: null }
  }

  const isFree = (extension: string): boolean => exchange.deviceState(deviceOf(extension)) === 'NOT_INUSE'

  /** Lifts that phone after some rings, and hangs up after a while, if the call is still where it was. */
  function answered(call: DemoCall, extension: string, afterMs: number): void {
    clock.after(afterMs, () => {
      if (!call.rings(extension))
        return
      call.answer(extension)
      clock.after(between(15_000, 40_000), () => {
        if (call.state !== 'answered')
          return
        if (random() < 0.5)
          call.callerHangsUp()
        else call.answererHangsUp()
      })
    })
  }

  function someoneOf(extensions: readonly string[]): string {
    const free = extensions.filter(extension => extension !== ME)
    return free[Math.floor(random() * free.length)] ?? ME
  }

  const talkToMe: Scene = () => answered(script.incoming(customer()), ME, between(8000, 11_000))
  const leaveMeAMessage: Scene = () => void script.incoming(customer())
  const giveUp: Scene = () => {
    const call = script.incoming(customer())
    clock.after(between(9000, 14_000), () => call.state === 'ringing' && call.callerHangsUp())
  }
  const group: Scene = () => answered(script.incoming({ ...customer(), to: 'group' }), someoneOf(GROUP_MEMBERS), between(6000, 10_000))
  const queue: Scene = () => answered(script.incoming({ ...customer(), to: 'queue' }), random() < 0.4
    ? ME
    : someoneOf(QUEUE_MEMBERS), between(7000, 11_000))
  const colleague: Scene = () => {
    const from = freeColleague()
    if (from === undefined)
      return
    const call = script.between(from, ME)
    if (random() < 0.6)
      answered(call, ME, between(6000, 9000))
    else clock.after(between(8000, 12_000), () => call.state === 'ringing' && call.callerHangsUp())
  }
  const amongOthers: Scene = () => {
    const from = freeColleague()
    const to = freeColleague(from)
    if (from !== undefined && to !== undefined)
      answered(script.between(from, to), to, between(2500, 6000))
  }

  function freeColleague(but?: string): string | undefined {
    const free = PEOPLE.filter(({ extension, doNotDisturb }) => extension !== ME && extension !== but && doNotDisturb === null && isFree(extension))
    return free[Math.floor(random() * free.length)]?.extension
  }

  /** In the beginning each kind once, so that a short look sees all; after that as it comes. */
  const beginning: Scene[] = [talkToMe, amongOthers, group, leaveMeAMessage, queue, colleague]
  const usual: readonly Scene[] = [talkToMe, leaveMeAMessage, giveUp, group, queue, colleague, amongOthers, amongOthers]

  function next(): void {
    const scene = isFree(ME)
      ? beginning.shift() ?? usual[Math.floor(random() * usual.length)] ?? amongOthers
      : amongOthers
    scene()
    // Somebody else talks too: states of colleagues move.
    if (random() < 0.5)
      clock.after(between(3000, 9000), amongOthers)
    stopNext = clock.after(between(...PAUSE_MS), next)
  }

  amongOthers()
  stopNext = clock.after(FIRST_RING_MS, next)
  return () => stopNext()
}

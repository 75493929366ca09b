import type { Clock } from '../clock.ts'
import type { Presence } from './exchange/states.ts'
import type { OfficePbx } from './office-pbx.ts'
import type { DemoCall, DemoScript } from './script.ts'
import { CUSTOMERS, deviceOf, directDialOf, GROUP_MEMBERS, ME, MY_MOBILE, QUEUES } from './office.ts'

export interface AliveParts {
  readonly office: OfficePbx
  readonly script: DemoScript
  readonly clock: Clock
  readonly random: () => number
}

type Scene = () => void

const SUPPORT = QUEUES[0].members.map(({ extension }) => extension)
const PAUSES = ['Lunch', 'Coffee', 'Paperwork', '']
const NOTES: readonly Presence[] = [
  { status: 'available', subtype: '', message: '' },
  { status: 'available', subtype: '', message: '' },
  { status: 'away', subtype: '', message: 'Back at three' },
  { status: 'away', subtype: 'lunch', message: 'Lunch' },
  { status: 'xa', subtype: '', message: 'Working from home' },
  { status: 'chat', subtype: '', message: 'Ask me about the new price list' },
]
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

  const isFree = (extension: string): boolean => exchange.states.of(deviceOf(extension)) === 'NOT_INUSE'

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
    : someoneOf(SUPPORT), between(7000, 11_000))
  /** One after the other is rung there; whoever rings then takes it, or the caller has waited long enough. */
  const sales: Scene = () => {
    const call = script.incoming({ ...customer(), to: 'sales' })
    clock.after(between(6000, 28_000), () => {
      const agent = QUEUES[1].members.map(({ extension }) => extension).find(extension => call.rings(extension))
      if (agent !== undefined && random() < 0.8)
        answered(call, agent, 0)
      else if (call.state === 'waiting')
        call.callerHangsUp()
    })
  }
  /** A colleague takes a call, parks it, and somebody else takes it back, or nobody in time. */
  const park: Scene = () => {
    const colleague = freeColleague()
    if (colleague === undefined)
      return
    const call = script.incoming({ ...customer(), did: directDialOf(colleague), atTheBeep: 'nothing' })
    clock.after(between(3000, 6000), () => {
      if (!call.rings(colleague))
        return
      call.answer(colleague)
      clock.after(between(6000, 12_000), () => {
        const space = call.state === 'answered'
          ? call.park(colleague)
          : null
        if (space !== null)
          clock.after(between(8000, 30_000), () => takeBack(call, space))
      })
    })
  }
  const takeBack = (call: DemoCall, space: number): void => {
    const other = freeColleague()
    if (call.state !== 'parked' || other === undefined)
      return
    script.between(other, String(space))
    clock.after(between(10_000, 30_000), () => call.state === 'answered' && call.callerHangsUp())
  }
  /** Agents take a break, and colleagues say where they are. */
  const settle: Scene = () => {
    // At most one of each queue has a break at a time.
    const members = office.queues[Math.floor(random() * office.queues.length)]?.members
    const others = members?.all.filter(({ device }) => device !== deviceOf(ME)) ?? []
    const back = others.find(({ isPaused }) => isPaused)
    const member = back ?? others[Math.floor(random() * others.length)]
    if (members && member)
      members.pause(member, !back, PAUSES[Math.floor(random() * PAUSES.length)] ?? '')
    const colleague = freeColleague()
    if (colleague !== undefined)
      script.present(colleague, NOTES[Math.floor(random() * NOTES.length)] ?? { status: 'available', subtype: '', message: '' })
  }
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
    const free = office.staff.people.filter(({ extension }) => extension !== ME && extension !== MY_MOBILE && extension !== but && isFree(extension) && !office.features.wantsNoCalls(extension) && office.features.forwardOf(extension, 'CF') === null)
    return free[Math.floor(random() * free.length)]?.extension
  }

  /** In the beginning each kind once, so that a short look sees all; after that as it comes. */
  const beginning: Scene[] = [talkToMe, amongOthers, group, leaveMeAMessage, queue, colleague]
  const usual: readonly Scene[] = [talkToMe, leaveMeAMessage, giveUp, group, queue, colleague, amongOthers, park, sales]

  const elsewhere: readonly Scene[] = [amongOthers, amongOthers, park, sales, settle]

  function next(): void {
    const scene = isFree(ME)
      ? beginning.shift() ?? usual[Math.floor(random() * usual.length)] ?? amongOthers
      : amongOthers
    scene()
    // Something goes on elsewhere too: states of colleagues move.
    if (random() < 0.7)
      clock.after(between(3000, 9000), elsewhere[Math.floor(random() * elsewhere.length)] ?? amongOthers)
    stopNext = clock.after(between(...PAUSE_MS), next)
  }

  amongOthers()
  stopNext = clock.after(FIRST_RING_MS, next)
  return () => stopNext()
}

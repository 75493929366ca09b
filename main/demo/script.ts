import type { Presence } from './exchange/states.ts'
import type { Thread } from './exchange/thread.ts'
import type { DialAnswer, Manners, PhoneAnswer } from './manners.ts'
import type { OfficePbx } from './office-pbx.ts'
import type { Caller } from './office.ts'
import { busyHere, declined, hungUpByLine } from './exchange/control.ts'
import { presentityOf } from './features.ts'
import { enter } from './office-pbx.ts'
import { callerAt, CONTEXT, deviceOf, DIRECT_DIAL, FROM_TRUNK, ME, TRUNK } from './office.ts'

interface IncomingCall {
  /** A caller from outside; a null number is withheld. */
  readonly name: string | null
  readonly number: string | null
  /** The number of ours that was dialled; by default the one of `to`. */
  readonly did?: string
  readonly to?: 'me' | 'group' | 'queue' | 'sales'
  /** What the caller does when a mailbox answers; `message` by default. */
  readonly atTheBeep?: 'message' | 'nothing'
}

/** A call that the script placed: what its people do is said here. */
export interface DemoCall {
  readonly linkedid: string
  readonly state: 'ringing' | 'waiting' | 'answered' | 'parked' | 'voicemail' | 'over'
  /** Name of the caller's channel while there is one. */
  readonly channel: string | null
  readonly rings: (extension?: string) => boolean
  /** Lifts a phone; throws where it does not ring. */
  readonly answer: (extension?: string) => void
  readonly refuse: (extension: string, why: 'busy' | 'declined') => void
  /** The caller hangs up, ringing or talking. */
  readonly callerHangsUp: () => void
  /** Who answered hangs up. */
  readonly answererHangsUp: () => void
  /** Whoever talks there parks the caller; the space, or null where that cannot be. */
  readonly park: (extension: string) => number | null
  /** That phone puts the other end on hold, or takes it back. */
  readonly hold: (extension: string, isOn: boolean) => void
}

/** What the world does to the office; everything that a test or a film needs. */
export interface DemoScript {
  readonly incoming: (call: IncomingCall) => DemoCall
  /** A colleague calls another (or me). */
  readonly between: (from: string, to: string) => DemoCall
  /** A message from outside that reaches my mailbox without ringing. */
  readonly voicemail: (from: Caller) => DemoCall
  /** How whoever I dial behaves from now on; null: as the number says. */
  readonly dialAnswer: (answer: DialAnswer | null) => void
  /** How my own phone behaves when a click-to-dial rings it. */
  readonly myPhone: (answer: PhoneAnswer) => void
  /** Somebody says where he is. */
  readonly present: (extension: string, presence: Presence) => void
  /** Null takes it back. */
  readonly doNotDisturb: (extension: string, note: string | null) => void
  /** So many phones, any of the house, go in or out of use at once, without a call: what a big office does to a list of people. */
  readonly stir: (changes: number) => void
  /** Unplugs a phone, or plugs it in. */
  readonly plug: (extension: string, plugged: boolean) => void
  /** Whatever that phone is in, it hangs up. */
  readonly hangUp: (extension: string) => void
  /** Everybody hangs up. */
  readonly silence: () => void
}

/** Calls that the script plays itself, by linkedid. */
export type Staged = Set<string>

export function createScript(office: OfficePbx, manners: Manners, staged: Staged): DemoScript {
  const { exchange } = office

  function incoming({ name, number, did, to = 'me', atTheBeep = 'message' }: IncomingCall): DemoCall {
    return stage({
      device: TRUNK,
      // What a provider sends for a caller who withholds the number, as recorded.
      caller: number === null
        ? { number: 'anonymous', name: name ?? 'Anonymous' }
        : { number, name },
      context: FROM_TRUNK,
      exten: did ?? DIRECT_DIAL[to],
    }, atTheBeep === 'message')
  }

  function stage(call: Parameters<typeof enter>[1], leavesMessage: boolean): DemoCall {
    const thread = enter(office, call)
    thread.leavesMessage = leavesMessage
    const { linkedid } = thread.channel
    for (const old of staged) {
      if (!exchange.channels.some(channel => channel.linkedid === old))
        staged.delete(old)
    }
    staged.add(linkedid)
    thread.go(call.context, call.exten)
    return callOf(thread, linkedid)
  }

  function callOf({ id }: Thread, linkedid: string): DemoCall {
    const legAt = (extension: string, state: number) => exchange.channels.find(leg => leg.linkedid === linkedid && leg.uniqueid !== id && leg.device === deviceOf(extension) && leg.state === state)
    const need = (extension: string): string => {
      const leg = legAt(extension, 5)
      if (!leg)
        throw new Error(`${extension} does not ring for call ${linkedid}`)
      return leg.uniqueid
    }
    return {
      linkedid,
      get state() {
        const caller = exchange.channel(id)
        if (!caller)
          return 'over'
        if (office.parking.calls.some(call => call.id === id))
          return 'parked'
        if (caller.bridge !== null)
          return 'answered'
        if (caller.application === 'VoiceMail')
          return 'voicemail'
        return office.queues.some(({ callers }) => callers.some(one => one.id === id)) && !exchange.channels.some(leg => leg.linkedid === linkedid && leg.state === 5)
          ? 'waiting'
          : 'ringing'
      },
      get channel() {
        return exchange.channel(id)?.name ?? null
      },
      rings: (extension = ME) => legAt(extension, 5) !== undefined,
      answer: (extension = ME) => void exchange.answer(need(extension)),
      refuse: (extension, why) => void exchange.end(need(extension), why === 'busy'
        ? busyHere
        : declined),
      park(extension) {
        const own = exchange.channels.find(leg => leg.device === deviceOf(extension) && exchange.talks.get(leg.uniqueid)?.other(leg.uniqueid) === id)
        if (!own || !office.parking.canPark(id, 'default'))
          return null
        office.parking.park(id, { lot: 'default', parker: own.device, announceTo: own.uniqueid, timeoutMs: null })
        return office.parking.calls.find(call => call.id === id)?.space ?? null
      },
      hold(extension, isOn) {
        const own = exchange.channels.find(leg => leg.linkedid === linkedid && leg.device === deviceOf(extension) && leg.bridge !== null)
        const talk = own && exchange.talks.get(own.uniqueid)
        if (!own || !talk)
          throw new Error(`${extension} does not talk in call ${linkedid}`)
        exchange.about(isOn ? 'Hold' : 'Unhold', own, isOn ? [['MusicClass', 'default']] : [])
        exchange.setHeld(talk.other(own.uniqueid), isOn)
      },
      callerHangsUp: () => void exchange.end(id, hungUpByLine),
      answererHangsUp() {
        const bridge = exchange.channel(id)?.bridge
        const leg = exchange.channels.find(one => one.uniqueid !== id && one.bridge !== null && one.bridge === bridge)
        if (leg)
          exchange.end(leg.uniqueid, hungUpByLine)
      },
    }
  }

  return {
    incoming,
    between: (from, to) => stage({ device: deviceOf(from), caller: callerAt(office.staff, from), context: CONTEXT, exten: to }, true),
    voicemail: ({ name, number }) => incoming({ name, number, did: DIRECT_DIAL.mailbox }),
    dialAnswer(answer) {
      manners.farEnd = answer
    },
    myPhone(answer) {
      manners.phone = answer
    },
    plug: office.plug,
    present: (extension, presence) => exchange.states.setPresence(presentityOf(extension), presence),
    doNotDisturb: (extension, note) => office.features.setDoNotDisturb(extension, note !== null, note ?? ''),
    stir(changes) {
      for (let count = 0; count < changes; count++) {
        const { extension, plugged } = office.staff.people[Math.floor(exchange.random() * office.staff.people.length)] ?? { extension: ME, plugged: false }
        const device = deviceOf(extension)
        if (plugged && !exchange.channels.some(channel => channel.device === device))
          exchange.states.set(device, exchange.states.of(device) === 'NOT_INUSE' ? 'INUSE' : 'NOT_INUSE')
      }
    },
    hangUp(extension) {
      for (const { uniqueid, device } of exchange.channels) {
        if (device === deviceOf(extension))
          exchange.end(uniqueid, hungUpByLine)
      }
    },
    silence() {
      for (const { uniqueid } of exchange.channels) exchange.end(uniqueid, hungUpByLine)
    },
  }
}

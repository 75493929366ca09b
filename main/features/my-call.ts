import type { DialStatus, Party } from '../pbx/events.ts'
import type { Uniqueid } from '../pbx/ids.ts'
import type { Consult } from './consult.ts'

/** A leg of mine. `dialled → ringing → up → gone`, steps may be left out. */
export interface MyLeg {
  readonly id: Uniqueid
  /** What to hang up. After a masquerade another channel bears it, and that one is then the leg. */
  readonly name: string
  /** `PJSIP/1001` as the server writes it. */
  readonly device: string
  /** `own`: rung by a click-to-dial of ours; `unsure`: nothing has told yet. */
  readonly role: 'in' | 'out' | 'own' | 'unsure'
  readonly state: 'dialled' | 'ringing' | 'up' | 'gone'
  /** The phone alerted, or was dialled long enough to be taken as alerting. */
  readonly alerted: boolean
  readonly upAt: number | null
  readonly cause: number | null
  /** Its phone was hung up, where the server tells; else the server ended it. */
  readonly hungUp: boolean
  readonly status: DialStatus | null
  /** Reconnecting found it gone: how it ended nobody saw. */
  readonly unseen: boolean
}

/** A leg that mine dials. */
export interface FarLeg {
  readonly id: Uniqueid
  readonly rang: boolean
  readonly up: boolean
  readonly gone: boolean
  readonly cause: number | null
  readonly status: DialStatus | null
}

export type Outcome = 'answered' | 'answered-elsewhere' | 'missed' | 'voicemail' | 'declined' | 'forwarded' | 'parked' | 'busy' | 'no-answer' | 'failed' | 'cancelled' | 'unknown'

/** Where I sent a call that rang me; taken back when the act fails. */
export interface SentOn {
  readonly act: string
  readonly as: 'forwarded' | 'voicemail' | 'parked'
  /** Name or number; null: whoever takes it from the lot. */
  readonly to: string | null
}

/**
 * A call that rings me, that I make or that I am in: facts gathered from events, and what follows from them.
 * `pending → ringing → up → over`; `deciding` comes after the last leg ended unanswered and leads to `over`, or back to `ringing`.
 */
export interface MyCall {
  readonly id: string
  /** Leads to the call in `PbxState`, also after it was merged. */
  readonly call: string
  readonly direction: 'in' | 'out' | null
  readonly phase: 'pending' | 'ringing' | 'up' | 'deciding' | 'over'
  readonly legs: readonly MyLeg[]
  readonly far: readonly FarLeg[]
  /** The channel that started it. */
  readonly root: Uniqueid | null
  readonly peer: Party
  readonly dialled: string | null
  readonly queue: string | null
  readonly waitedSince: number | null
  readonly transferredBy: string | null
  readonly forwardedTo: string | null
  readonly sent: SentOn | null
  /** Somebody else took it; `by` names them once that is known. */
  readonly taken: { readonly by: string | null } | null
  readonly startedAt: number
  readonly answeredAt: number | null
  readonly endedAt: number | null
  readonly outcome: Outcome | null
  /** The click-to-dial that made it. */
  readonly dial: string | null
  /** The call of mine for which this one asks somebody: the second of an attended transfer that the server did not make itself. */
  readonly asksFor: string | null
  /** What the person asked to do with the ringing call. */
  readonly wish: 'decline' | 'voicemail' | 'hangup' | null
  readonly messageLeft: boolean
  readonly heldBy: 'me' | 'them' | null
  readonly conference: boolean
  /** Who was last alone with my leg in a bridge: who waits while I consult. */
  readonly partner: Uniqueid | null
  readonly consult: Consult | null
  /** Whom I talk to again after a consultation, until my phone shows it; that it shows who was asked, by the number, may come late. */
  readonly resumed: { readonly party: Party, readonly until: Party | null, readonly asked: string | null } | null
  /** Phones that are not mine rang for it as well. */
  readonly rangOthers: boolean
  /** What the server was asked and tells nobody. */
  readonly muted: boolean
  readonly endsAt: number | null
  readonly recording: 'on' | 'paused' | null
  /** It was parked and comes back to me because nobody took it. */
  readonly returned: { readonly lot: string, readonly space: string } | null
  /** I parked it before I had answered, and its caller gave up there. */
  readonly lostInLot: boolean
  /** It was given to my agent, who waits for calls on this leg; null: it was not. */
  readonly agent: Uniqueid | null
  /** The space from which I took it back: what was dialled is nobody's number. */
  readonly fetchedFrom: string | null
  /** The call itself, with or without me, is over. */
  readonly closed: boolean
  readonly alert: 'none' | 'shown' | 'dismissed' | 'gone'
}

export const liveLegs = ({ legs }: Pick<MyCall, 'legs'>): readonly MyLeg[] => legs.filter(leg => leg.state !== 'gone')
export const NOBODY: Party = { number: null, name: null }

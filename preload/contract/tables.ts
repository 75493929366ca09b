import type { ErrorCode, Failure } from './result.ts'

/** Rows are plain data, ready to show: names are looked up, numbers formatted, every state is one word. Times are ms since the epoch. */

/** `connecting` covers everything from the socket to the login answer; `syncing` reads the lists. */
export type ConnectionState = 'unconfigured' | 'offline' | 'connecting' | 'syncing' | 'online' | 'waiting'

export interface ConnectionView {
  readonly state: ConnectionState
  /** Host and port as a person would say them, or the name of the demo. */
  readonly server: string
  readonly demo: boolean
  readonly secured: boolean
  /** `Asterisk 22.10.1` where the server says so, else the banner. */
  readonly asterisk: string | null
  /** Since when what is shown is not fresh; null while it is. */
  readonly staleSince: number | null
  /** When the next try starts, in `waiting`. */
  readonly retryAt: number | null
  readonly attempt: number
  readonly error: { readonly code: ErrorCode, readonly message: string, readonly details?: Readonly<Record<string, string | number>> } | null
}

export type LineState = 'unknown' | 'idle' | 'ringing' | 'inuse' | 'ringinuse' | 'busy' | 'onhold' | 'unavailable' | 'notfound'

/** What can be missing; one word for each thing that a person may want. */
export type FeatureName
  = | 'dial' | 'hangup' | 'redirect' | 'voicemail' | 'states'
    | 'transfer' | 'consult' | 'conference' | 'park' | 'retrieve' | 'dtmf' | 'record' | 'mute' | 'timeout' | 'move'
    | 'people' | 'presence' | 'pickup'
    | 'dnd' | 'forward' | 'messages' | 'messageChange'
    | 'queues' | 'queueMember' | 'queuePause' | 'agent'

export interface LineView {
  readonly extension: string
  readonly name: string | null
  readonly state: LineState
  /** `PJSIP/1001`, … */
  readonly devices: readonly string[]
  /** What cannot be done with this account or server, and why: windows grey the button and say it. */
  readonly missing: Readonly<Partial<Record<FeatureName, ErrorCode>>>
  readonly dnd: 'on' | 'off' | 'unknown'
  /** Null: not known. A number of null inside: no such forward is set. */
  readonly forward: { readonly always: string | null, readonly busy: string | null, readonly noAnswer: string | null } | null
  readonly registrations: readonly { readonly device: string, readonly state: 'reachable' | 'unreachable' | 'unknown' }[]
  /** Reasons for a pause that the administrator offers; empty: none is asked for. */
  readonly pauseReasons: readonly string[]
  /** Null: no agent of the server is mine. */
  readonly agent: AgentView | null
}

/** An agent who logs in and out, and whom queues call: of chan_agent (up to 11) or of the agent pool (12 and later). */
export interface AgentView {
  /** The number of the agent. */
  readonly id: string
  readonly name: string | null
  readonly state: 'out' | 'idle' | 'oncall'
  /** When it logged in; null: not told. */
  readonly since: number | null
  /** Why it cannot be logged in (while it is out), or out. */
  readonly refused: ErrorCode | null
}

export interface PartyView {
  /** As it would be dialled; empty when withheld. */
  readonly number: string
  /** As people write it. */
  readonly display: string
  readonly name: string | null
}

export interface CallView {
  readonly id: string
  readonly direction: 'in' | 'out'
  /** `calling-me`: my own phone rings first for a click-to-dial. */
  readonly state: 'calling-me' | 'dialing' | 'ringing' | 'up' | 'held' | 'ended'
  readonly peer: PartyView
  readonly queue: string | null
  /** Which of my numbers or groups was dialled. */
  readonly dialed: string | null
  readonly transferredBy: string | null
  readonly startedAt: number
  readonly answeredAt: number | null
  /** Who pressed hold. */
  readonly heldBy: 'me' | 'them' | null
  readonly conference: boolean
  /** Channels are known, so that it can be hung up. */
  readonly controllable: boolean
  /** What can be done with it now; what stands in `LineView.missing` is never here. */
  readonly can: readonly CallAct[]
  /** The other call of an attended transfer; `machine`: the server itself answers, with a mailbox or an announcement. */
  readonly consult: { readonly to: PartyView, readonly state: 'calling' | 'ringing' | 'machine' | 'up' } | null
  /** Which of the two I am talking to while I consult. */
  readonly talkingTo: 'peer' | 'consult'
  readonly recording: 'on' | 'paused' | null
  /** What I say is not sent: switched at the server, the phone knows nothing of it. */
  readonly muted: boolean
  /** When the server will end it. */
  readonly endsAt: number | null
  /** Which of my devices has it, `PJSIP/1001`; null while several ring. */
  readonly device: string | null
}

/** `consult` starts an attended transfer; while one is on, `complete`, `swap` and `cancelConsult` are there instead. */
export type CallAct = 'hangup' | 'blind' | 'consult' | 'complete' | 'swap' | 'cancelConsult' | 'voicemail' | 'conference' | 'park' | 'dtmf' | 'record' | 'mute' | 'timeout' | 'move'

/** One row for each call that rings me, until the popup has gone. */
export interface AlertView {
  readonly id: string
  readonly state: 'ringing' | 'answered-here' | 'answered-elsewhere' | 'missed' | 'voicemail' | 'declined' | 'forwarded' | 'parked' | 'cancelled'
  readonly caller: PartyView
  readonly queue: string | null
  readonly dialed: string | null
  readonly transferredBy: string | null
  /** "support, since 0:42" */
  readonly waitedSince: number | null
  readonly answeredBy: string | null
  /** Name or number of whom I sent it to while it rang: `forwarded` there, or into their `voicemail`. */
  readonly sentTo: string | null
  readonly startedAt: number
  readonly endedAt: number | null
  readonly canDecline: boolean
  readonly canSendToVoicemail: boolean
  readonly canTransfer: boolean
  readonly canPark: boolean
  /** It was parked by me and comes back because nobody took it. */
  readonly returned: { readonly lot: string, readonly space: string } | null
}

/** A click-to-dial in progress or just ended. */
export interface DialView {
  readonly id: string
  readonly number: string
  readonly display: string
  readonly name: string | null
  readonly phone: string
  /** `asking`: sent; `my-phone-rings`; `calling`: mine was lifted; `far-rings`; the last four end it. */
  readonly state: 'asking' | 'my-phone-rings' | 'calling' | 'far-rings' | 'answered' | 'failed' | 'cancelled' | 'ended'
  readonly error: { readonly code: ErrorCode, readonly message: string, readonly details?: Readonly<Record<string, string | number>> } | null
  readonly startedAt: number
}

export interface MailboxView {
  readonly mailbox: string
  /** Null: not told (yet). */
  readonly newMessages: number | null
  readonly oldMessages: number | null
  readonly waiting: boolean
}

export interface RecentView {
  readonly id: string
  readonly direction: 'in' | 'out'
  readonly outcome: 'answered' | 'answered-elsewhere' | 'missed' | 'voicemail' | 'declined' | 'forwarded' | 'parked' | 'busy' | 'no-answer' | 'failed' | 'cancelled' | 'unknown'
  readonly peer: PartyView
  readonly queue: string | null
  readonly answeredBy: string | null
  readonly at: number
  /** Talk time; null when it was not answered. */
  readonly talkMs: number | null
}

/** A colleague: every hint that the server tells, mine too. */
export interface PersonView {
  /** `1002@hints` */
  readonly id: string
  readonly exten: string
  readonly context: string
  readonly name: string | null
  readonly state: LineState
  /** What they say of themselves (`away`, `dnd`, `chat` …); null: the server has no presence. */
  readonly presence: { readonly state: 'not_set' | 'unavailable' | 'available' | 'away' | 'xa' | 'chat' | 'dnd', readonly message: string | null } | null
  /** Who rings them or talks to them, where the server tells. */
  readonly with: PartyView | null
  readonly withState: 'ringing' | 'up' | null
  /** Since when the state is what it is; null: it was so when Ringside came. */
  readonly since: number | null
  readonly canPickUp: boolean
  /** I want to be told when they are free. */
  readonly watched: boolean
  readonly favourite: boolean
  readonly group: string | null
  /** Place in the person's own order; null: not placed. */
  readonly order: number | null
  readonly isMe: boolean
}

export interface ParkedView {
  readonly id: string
  readonly lot: string
  readonly space: string
  readonly caller: PartyView
  /** Name or number of who parked it. */
  readonly parkedBy: string | null
  readonly parkedAt: number
  /** When it rings somebody again; null: not told. */
  readonly returnsAt: number | null
  /** I parked it, or it was parked for me. */
  readonly mine: boolean
}

export interface LotView {
  /** Name of the lot, `default`. */
  readonly id: string
  readonly spaces: number | null
  readonly taken: number
  readonly timeoutSeconds: number | null
}

export interface QueueView {
  readonly id: string
  readonly waiting: number
  /** When the caller who waits longest came. */
  readonly longestSince: number | null
  readonly members: { readonly total: number, readonly free: number, readonly busy: number, readonly paused: number, readonly away: number }
  readonly holdSeconds: number | null
  readonly completed: number | null
  readonly abandoned: number | null
  readonly serviceLevelSeconds: number | null
  readonly servicePercent: number | null
  /** By the thresholds of the preferences. */
  readonly level: 'calm' | 'busy' | 'alarm'
  /** Null: I am no member. `dynamic` members can log out. */
  readonly mine: { readonly interface: string, readonly paused: boolean, readonly reason: string | null, readonly since: number | null, readonly dynamic: boolean } | null
}

export interface QueueCallerView {
  readonly id: string
  readonly queue: string
  readonly position: number
  readonly caller: PartyView
  readonly since: number
}

export interface QueueMemberView {
  /** `support PJSIP/1001` */
  readonly id: string
  readonly queue: string
  readonly interface: string
  readonly name: string
  readonly state: LineState
  readonly paused: boolean
  readonly reason: string | null
  readonly pausedSince: number | null
  readonly callsTaken: number
  readonly lastCallAt: number | null
  readonly isMe: boolean
  readonly dynamic: boolean
}

/** A call that nobody of us took and that somebody should return. */
export interface TodoView {
  readonly id: string
  /** `queue`: a caller gave up in a queue of mine; `group`: it rang others too; `missed`: it rang only me. */
  readonly kind: 'queue' | 'group' | 'missed'
  readonly queue: string | null
  readonly caller: PartyView
  /** Of the latest try. */
  readonly at: number
  readonly attempts: number
  readonly done: boolean
}

export type ActKind
  = | 'hangup' | 'blind' | 'voicemail' | 'consult' | 'swap' | 'complete' | 'cancelConsult' | 'conference' | 'dtmf'
    | 'recordStart' | 'recordPause' | 'recordResume' | 'recordStop' | 'timeout' | 'mute' | 'unmute' | 'move' | 'park' | 'parkFor' | 'retrieve'
    | 'pickup' | 'connect' | 'dndOn' | 'dndOff' | 'forwardSet' | 'forwardClear'
    | 'messageMove' | 'messageDelete' | 'messageForward'
    | 'queueLogin' | 'queueLogout' | 'queuePause' | 'queueUnpause'
    | 'agentLogin' | 'agentLogout' | 'agentLeave'

/** Something that the person asked for and how it went, told by what happened: done ones go after some seconds, failed ones when dismissed. */
export interface ActView {
  readonly id: string
  readonly kind: ActKind
  /** Who or what it is about, ready to show: a name, a number, a queue. */
  readonly subject: string
  readonly state: 'asked' | 'done' | 'failed'
  readonly error: Failure | null
  readonly at: number
}

/** A voicemail message; asked for, not watched. */
export interface MessageView {
  readonly id: string
  readonly folder: string
  readonly caller: PartyView
  readonly at: number | null
  readonly seconds: number | null
}

/** Every table that a window may watch, keyed by the row's own id; tables of one row use `me`. */
export interface Tables {
  readonly connection: Readonly<Record<'me', ConnectionView>>
  readonly line: Readonly<Record<string, LineView>>
  readonly calls: Readonly<Record<string, CallView>>
  readonly alerts: Readonly<Record<string, AlertView>>
  readonly dials: Readonly<Record<string, DialView>>
  readonly mailboxes: Readonly<Record<string, MailboxView>>
  readonly recents: Readonly<Record<string, RecentView>>
  readonly people: Readonly<Record<string, PersonView>>
  readonly parked: Readonly<Record<string, ParkedView>>
  readonly lots: Readonly<Record<string, LotView>>
  readonly queues: Readonly<Record<string, QueueView>>
  readonly queueCallers: Readonly<Record<string, QueueCallerView>>
  readonly queueMembers: Readonly<Record<string, QueueMemberView>>
  readonly todo: Readonly<Record<string, TodoView>>
  readonly acts: Readonly<Record<string, ActView>>
}
export type TableName = keyof Tables

export interface Snapshot { readonly rev: number, readonly tables: Tables }

/** The change from `rev - 1` to `rev`. */
export interface Patch {
  readonly rev: number
  readonly upsert: { readonly [T in TableName]?: Readonly<Record<string, Tables[T][keyof Tables[T]]>> }
  readonly remove: { readonly [T in TableName]?: readonly string[] }
}

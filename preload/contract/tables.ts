import type { ErrorCode } from './result.ts'

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

export interface LineView {
  readonly extension: string
  readonly name: string | null
  readonly state: LineState
  /** `PJSIP/1001`, … */
  readonly devices: readonly string[]
  /** What cannot be done with this account or server, and why: windows grey the button and say it. */
  readonly missing: Readonly<Partial<Record<'dial' | 'hangup' | 'redirect' | 'voicemail' | 'states', ErrorCode>>>
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
  /** `calling-me`: my own phone rings first for a click-to-dial. `leaving-voicemail` is never mine and not shown. */
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
}

/** One row for each call that rings me, until the popup has gone. */
export interface AlertView {
  readonly id: string
  readonly state: 'ringing' | 'answered-here' | 'answered-elsewhere' | 'missed' | 'voicemail' | 'declined' | 'forwarded' | 'cancelled'
  readonly caller: PartyView
  readonly queue: string | null
  readonly dialed: string | null
  readonly transferredBy: string | null
  /** "support, since 0:42" */
  readonly waitedSince: number | null
  readonly answeredBy: string | null
  readonly startedAt: number
  readonly endedAt: number | null
  readonly canDecline: boolean
  readonly canSendToVoicemail: boolean
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
  readonly outcome: 'answered' | 'answered-elsewhere' | 'missed' | 'voicemail' | 'declined' | 'forwarded' | 'busy' | 'no-answer' | 'failed' | 'cancelled' | 'unknown'
  readonly peer: PartyView
  readonly queue: string | null
  readonly answeredBy: string | null
  readonly at: number
  /** Talk time; null when it was not answered. */
  readonly talkMs: number | null
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
}
export type TableName = keyof Tables

export interface Snapshot { readonly rev: number, readonly tables: Tables }

/** The change from `rev - 1` to `rev`. */
export interface Patch {
  readonly rev: number
  readonly upsert: { readonly [T in TableName]?: Readonly<Record<string, Tables[T][keyof Tables[T]]>> }
  readonly remove: { readonly [T in TableName]?: readonly string[] }
}

import type { BridgeId, Linkedid, Uniqueid } from './ids.ts'

/**
 * What happens in a PBX, whatever release it runs. `translate` makes these from AMI packets of every dialect (1.0 to 23);
 * nothing behind it knows a header or a version. A field that the dialect does not tell is absent, never guessed.
 */
export type PbxEvent
  = | ChannelEvent | DialEvent | BridgeEvent | TransferEvent | ParkingEvent | StateEvent | VoicemailEvent | QueueEvent | AgentEvent
    | ServerEvent | SnapshotEvent

/** `null`: the server says that there is none (`<unknown>`, `<null>`, empty, `anonymous` number); absent: it says nothing. */
export interface Party { readonly number: string | null, readonly name: string | null }

/** `ring`: this leg is calling; `ringing`: this device rings. */
export type ChannelState
  = | 'down' | 'reserved' | 'offhook' | 'dialing' | 'ring' | 'ringing' | 'up' | 'busy' | 'dialing-offhook' | 'prering' | 'unknown'

/** What one event says about one channel. Legacy events name some channels without their uniqueid: the reducer finds them by name. */
export interface ChannelSnapshot {
  readonly uniqueid: Uniqueid | null
  /** Full channel name, `PJSIP/1001-0000000a`. */
  readonly name: string
  readonly state?: ChannelState
  readonly caller?: Party
  /** The party that this channel's device shows. */
  readonly connected?: Party
  readonly context?: string
  readonly exten?: string
  readonly account?: string
  readonly linkedid?: Linkedid
  readonly application?: string
  /** From `ChanVariable:` lines, last one wins. */
  readonly variables?: Readonly<Record<string, string>>
}

interface Timed {
  /** When it reached us, in ms since the epoch. */
  readonly at: number
}

type ChannelEvent = Timed & (
  | { readonly type: 'channel.created', readonly channel: ChannelSnapshot }
  /** State, caller ID, connected line, dialplan position or account. */
  | { readonly type: 'channel.changed', readonly channel: ChannelSnapshot }
  /** Up to 11 a masquerade moves names between uniqueids: "is this my device?" must be asked again. */
  | { readonly type: 'channel.renamed', readonly uniqueid: Uniqueid | null, readonly from: string, readonly to: string }
  | { readonly type: 'channel.hungUp', readonly channel: ChannelSnapshot, readonly cause: number | null, readonly causeText: string | null, readonly techCause: string | null }
  /** `channel` pressed (or released) hold. */
  | { readonly type: 'channel.holdChanged', readonly channel: ChannelSnapshot, readonly held: boolean }
  /** The device of this leg ends it; a hang-up without this word is the server's own. Told from 11 on. */
  | { readonly type: 'channel.hangupAsked', readonly channel: ChannelSnapshot }
  | { readonly type: 'channel.recordingChanged', readonly channel: ChannelSnapshot, readonly recording: 'on' | 'paused' | null }
)

export type DialStatus = 'answer' | 'busy' | 'noanswer' | 'cancel' | 'congestion' | 'chanunavail' | 'abort' | 'continue' | 'goto' | 'other'

type DialEvent = Timed & (
  /** `source` is null where nobody dials: Originate, Page, ARI. */
  | { readonly type: 'dial.begun', readonly source: ChannelSnapshot | null, readonly destination: ChannelSnapshot, readonly dialString: string | null }
  | { readonly type: 'dial.progressed', readonly source: ChannelSnapshot | null, readonly destination: ChannelSnapshot, readonly status: 'ringing' | 'progress' | 'proceeding' }
  /** Up to 11 there is no destination: the end closes every open dial of the source. */
  | { readonly type: 'dial.ended', readonly source: ChannelSnapshot | null, readonly destination: ChannelSnapshot | null, readonly status: DialStatus, readonly forward: string | null }
)

export interface BridgeSnapshot {
  readonly id: BridgeId
  /** `basic`, `base`, `parking`, `stasis`; absent where synthesised. */
  readonly type?: string
  readonly technology?: string
  readonly creator?: string
  readonly name?: string
}

type BridgeEvent = Timed & (
  | { readonly type: 'bridge.entered', readonly bridge: BridgeSnapshot, readonly channel: ChannelSnapshot, readonly swapped: Uniqueid | null }
  | { readonly type: 'bridge.left', readonly bridge: BridgeSnapshot, readonly channel: ChannelSnapshot }
  | { readonly type: 'bridge.merged', readonly to: BridgeSnapshot, readonly from: BridgeSnapshot }
  | { readonly type: 'bridge.destroyed', readonly bridge: BridgeSnapshot }
  /** Pairs of Link and Unlink (up to 11). They flap: only a hang-up ends a call. */
  | { readonly type: 'channels.linked', readonly one: ChannelSnapshot, readonly two: ChannelSnapshot }
  | { readonly type: 'channels.unlinked', readonly one: ChannelSnapshot, readonly two: ChannelSnapshot }
  /** The two halves `;1` and `;2` of a Local channel. */
  | { readonly type: 'local.bridged', readonly one: ChannelSnapshot, readonly two: ChannelSnapshot }
  | { readonly type: 'local.optimized', readonly one: ChannelSnapshot, readonly two: ChannelSnapshot, readonly success: boolean }
)

type TransferEvent = Timed & (
  | { readonly type: 'transfer.blind', readonly success: boolean, readonly transferer: ChannelSnapshot, readonly transferee: ChannelSnapshot | null, readonly exten: string | null, readonly context: string | null }
  /** `replaced`: whose place in an application (a queue) the transferee takes: one of these two. */
  | { readonly type: 'transfer.attended', readonly success: boolean, readonly transferer: ChannelSnapshot, readonly transferee: ChannelSnapshot | null, readonly target: ChannelSnapshot | null, readonly replaced: readonly ChannelSnapshot[] }
  /** `picker` takes the place of `target`, which was ringing. */
  | { readonly type: 'call.pickedUp', readonly picker: ChannelSnapshot, readonly target: ChannelSnapshot }
)

export interface ParkedCallSnapshot {
  readonly lot: string
  readonly space: string
  readonly parkee: ChannelSnapshot
  /** Who parked: a channel name or a dial string, as far as the dialect tells. */
  readonly parker: string | null
  /** Seconds until it returns. */
  readonly timeoutSeconds: number | null
  readonly parkedSeconds: number | null
}

type ParkingEvent = Timed & (
  | { readonly type: 'parking.parked', readonly parked: ParkedCallSnapshot }
  | { readonly type: 'parking.retrieved', readonly parked: ParkedCallSnapshot, readonly retriever: ChannelSnapshot | null }
  | { readonly type: 'parking.timedOut', readonly parked: ParkedCallSnapshot }
  | { readonly type: 'parking.gaveUp', readonly parked: ParkedCallSnapshot }
)

/** Bits of an extension state: 1 in use, 2 busy, 4 unavailable, 8 ringing, 16 on hold; 0 idle; -1 no hint; -2 removed. */
export type ExtensionBits = number
export interface PresenceSnapshot {
  readonly provider: string
  readonly exten: string | null
  readonly context: string | null
  readonly state: string
  readonly subtype: string | null
  readonly message: string | null
}
export type DeviceState = 'unknown' | 'not_inuse' | 'inuse' | 'busy' | 'invalid' | 'unavailable' | 'ringing' | 'ringinuse' | 'onhold'

type StateEvent = Timed & (
  | { readonly type: 'extension.changed', readonly exten: string, readonly context: string, readonly bits: ExtensionBits, readonly hint?: string }
  | { readonly type: 'device.changed', readonly device: string, readonly state: DeviceState }
  | ({ readonly type: 'presence.changed' } & PresenceSnapshot)
  /** Reachability or registration of `TECH/name`; `status` is the server's word in lower case. */
  | { readonly type: 'peer.changed', readonly peer: string, readonly status: string, readonly cause: string | null }
)

type VoicemailEvent = Timed & {
  readonly type: 'mailbox.changed'
  /** `box@context`; `@default` is added where the server leaves it out. */
  readonly mailbox: string
  readonly waiting: boolean
  /** Null where the dialect tells only whether something waits. */
  readonly newMessages: number | null
  readonly oldMessages: number | null
  /** Who left the message, where the event carries that channel (12 and later). */
  readonly leftBy: Party | null
}

/** Counters since the statistics were reset. */
export interface QueueSnapshot {
  readonly queue: string
  readonly holdSeconds: number | null
  readonly completed: number | null
  readonly abandoned: number | null
  readonly serviceLevelSeconds: number | null
  readonly servicePercent: number | null
}

export interface QueueEntrySnapshot {
  readonly queue: string
  readonly caller: ChannelSnapshot
  readonly position: number | null
  readonly waitSeconds: number | null
}

export interface ParkingLotSnapshot {
  readonly lot: string
  readonly firstSpace: number | null
  readonly lastSpace: number | null
  readonly timeoutSeconds: number | null
}

export interface QueueMemberSnapshot {
  readonly queue: string
  readonly interface: string
  readonly stateInterface: string | null
  readonly name: string | null
  readonly membership: string | null
  readonly penalty: number | null
  readonly callsTaken: number | null
  /** Seconds since the epoch; 0 for never. */
  readonly lastCall: number | null
  readonly state: DeviceState | null
  readonly paused: boolean | null
  readonly pausedReason: string | null
  readonly inCall: boolean | null
  /** Seconds since the epoch by the server's clock; 0 for never (13 and later). */
  readonly lastPause?: number
}

export interface AgentSnapshot {
  readonly agent: string
  readonly name: string | null
  readonly state: 'out' | 'idle' | 'oncall'
  /** When it logged in, in ms since the epoch; null while it is out, or where nobody told. */
  readonly since: number | null
  /** Of a queue that it talks to; null while it does not, or where nobody told. */
  readonly call: { readonly queue: string | null, readonly since: number | null } | null
  /** The channel on which it waits for calls, or the place that is rung for it: `1003@default`. */
  readonly channel: string | null
}

type AgentEvent = Timed & (
  | { readonly type: 'agent.loggedIn', readonly agent: string, readonly channel: string | null }
  | { readonly type: 'agent.loggedOut', readonly agent: string }
  | { readonly type: 'agents.read', readonly agents: readonly AgentSnapshot[], readonly later?: readonly PbxEvent[] }
)

type QueueEvent = Timed & (
  | { readonly type: 'queue.callerJoined', readonly queue: string, readonly caller: ChannelSnapshot, readonly position: number | null, readonly count: number | null }
  | { readonly type: 'queue.callerLeft', readonly queue: string, readonly caller: ChannelSnapshot, readonly count: number | null }
  | { readonly type: 'queue.callerAbandoned', readonly queue: string, readonly caller: ChannelSnapshot, readonly holdSeconds: number | null }
  | { readonly type: 'queue.memberCalled', readonly queue: string | null, readonly interface: string, readonly memberName: string | null, readonly caller: ChannelSnapshot | null, readonly leg: ChannelSnapshot | null }
  | { readonly type: 'queue.memberAnswered', readonly queue: string, readonly interface: string | null, readonly memberName: string | null, readonly caller: ChannelSnapshot | null, readonly leg: ChannelSnapshot | null, readonly holdSeconds: number | null }
  | { readonly type: 'queue.memberRangOut', readonly queue: string, readonly interface: string | null, readonly caller: ChannelSnapshot | null, readonly leg: ChannelSnapshot | null }
  | { readonly type: 'queue.memberCompleted', readonly queue: string, readonly interface: string | null, readonly caller: ChannelSnapshot | null, readonly leg: ChannelSnapshot | null, readonly reason: string | null, readonly talkSeconds: number | null }
  | { readonly type: 'queue.memberChanged', readonly member: QueueMemberSnapshot }
  | { readonly type: 'queue.memberRemoved', readonly queue: string, readonly interface: string }
)

type ServerEvent = Timed & (
  /** The outcome of an asynchronous Originate of ours; it says nothing of the called party. */
  | { readonly type: 'originate.finished', readonly actionId: string, readonly success: boolean, readonly reason: number | null, readonly channel: string | null, readonly uniqueid: Uniqueid | null }
  | { readonly type: 'server.booted', readonly uptimeSeconds: number | null }
  | { readonly type: 'server.reloaded', readonly module: string | null }
  | { readonly type: 'server.shuttingDown', readonly restart: boolean | null }
  /** An event of a dialplan's or a program's own making: all that it says, word for word. */
  | { readonly type: 'user.told', readonly words: readonly string[] }
  /** What the server's own database says about my line, by `family/key`; null: there is no such key. */
  | { readonly type: 'database.read', readonly values: DatabaseValues }
  /** The lists of the queues, read again: counters are told by no event, and neither is a queue that a reload has brought or removed. `later`: as of a snapshot. */
  | { readonly type: 'queues.read', readonly queues: readonly QueueSnapshot[], readonly members: readonly QueueMemberSnapshot[], readonly callers: readonly QueueEntrySnapshot[], readonly later?: readonly PbxEvent[] }
  /** The link is gone: what is known is from then on "as of `at`". */
  | { readonly type: 'link.lost' }
)

export type DatabaseValues = Readonly<Record<string, string | null>>

/** A channel of a list answer (`Status`, `CoreShowChannels`). */
export interface ListedChannel extends ChannelSnapshot {
  /** Seconds since it was created (Duration) or since it was answered (Seconds), as the dialect tells. */
  readonly ageSeconds: number | null
  readonly bridgeId: BridgeId | null
  /** The other channel of a pair: name or uniqueid (up to 11). */
  readonly bridgedTo: string | null
}

/** Everything that the lists said after a (re)connect; it replaces the state in one step. Absent: that list could not be had. */
export interface PbxSnapshot {
  readonly channels?: readonly ListedChannel[]
  readonly extensions?: readonly { readonly exten: string, readonly context: string, readonly bits: ExtensionBits, readonly hint?: string }[]
  readonly devices?: readonly { readonly device: string, readonly state: DeviceState }[]
  readonly mailboxes?: readonly { readonly mailbox: string, readonly newMessages: number | null, readonly oldMessages: number | null, readonly waiting: boolean }[]
  readonly parked?: readonly ParkedCallSnapshot[]
  readonly queues?: readonly QueueSnapshot[]
  readonly queueMembers?: readonly QueueMemberSnapshot[]
  readonly queueCallers?: readonly QueueEntrySnapshot[]
  readonly agents?: readonly AgentSnapshot[]
  readonly lots?: readonly ParkingLotSnapshot[]
  readonly presences?: readonly PresenceSnapshot[]
  /** Who owns a mailbox. */
  readonly names?: readonly { readonly mailbox: string, readonly name: string }[]
  readonly database?: DatabaseValues
}

/** `later`: what happened while the lists were read, and of which they may know nothing. */
type SnapshotEvent = Timed & { readonly type: 'pbx.replaced', readonly snapshot: PbxSnapshot, readonly later?: readonly PbxEvent[] }

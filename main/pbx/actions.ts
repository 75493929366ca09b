/** What the desk asks of the PBX, in no dialect: `main/ami/translate` knows how each server wants it said. */
export type PbxAction
  /** Rings `channel` first; once that is answered it runs `exten` in `context`. Always asynchronous. */
  = | {
    readonly do: 'originate'
    readonly channel: string
    readonly context: string
    readonly exten: string
    readonly priority: number
    /** Whom my phone shows while it rings, and whose caller ID the far end must not see. */
    readonly target: { readonly number: string, readonly name: string | null }
    readonly timeoutMs: number
    /** Becomes the uniqueid of the new channel where the server takes one (12.2 and later). */
    readonly channelId: string
    readonly account: string | null
  }
  /** Rings `channel` and, once it is answered, plays the messages of `mailbox` (`box@context`) to it, which asks for its password. */
  | { readonly do: 'listen', readonly channel: string, readonly mailbox: string, readonly target: { readonly number: string, readonly name: string | null }, readonly timeoutMs: number, readonly channelId: string }
  /** Rings `channel` and, once it is answered, lets it wait until it is bridged. */
  | { readonly do: 'ring', readonly channel: string, readonly target: { readonly number: string, readonly name: string | null }, readonly timeoutMs: number, readonly channelId: string }
  /** Runs a feature code of the dialplan as if `caller` had dialled it; nobody's phone rings. */
  | { readonly do: 'runCode', readonly code: string, readonly context: string, readonly caller: string }
  /** `cause` is a Q.850 number (17 busy, 21 declined); servers before 1.8 ignore it. */
  | { readonly do: 'hangup', readonly channel: string, readonly cause: number | null }
  | { readonly do: 'redirect', readonly channel: string, readonly context: string, readonly exten: string, readonly priority: number }
  /** Moves two channels that talk to each other to the same place, for instance a conference. */
  | { readonly do: 'redirectBoth', readonly channel: string, readonly extra: string, readonly context: string, readonly exten: string }
  /** `channel` is the leg of who transfers. */
  | { readonly do: 'transferBlind', readonly channel: string, readonly context: string, readonly exten: string }
  | { readonly do: 'transferAttended', readonly channel: string, readonly context: string, readonly exten: string }
  | { readonly do: 'cancelAttended', readonly channel: string }
  /** Joins two channels; whoever they talked to is hung up. */
  | { readonly do: 'bridge', readonly one: string, readonly two: string }
  /** Parks `channel`; after the time-out the server rings the device of `returnTo`, which is a channel name or made like one. */
  | { readonly do: 'park', readonly channel: string, readonly parker: string, readonly returnTo: string, readonly lot: string | null }
  /** One digit that the device at the other end of `channel` hears. */
  | { readonly do: 'digit', readonly channel: string, readonly digit: string }
  /** One key, as if the device of `channel` had pressed it. */
  | { readonly do: 'press', readonly channel: string, readonly digit: string }
  | { readonly do: 'recordStart', readonly how: 'mix' | 'monitor', readonly channel: string, readonly file: string }
  | { readonly do: 'recordPause', readonly how: 'mix' | 'monitor', readonly channel: string, readonly paused: boolean }
  | { readonly do: 'recordStop', readonly how: 'mix' | 'monitor', readonly channel: string }
  /** 0 seconds: no end. */
  | { readonly do: 'limit', readonly channel: string, readonly seconds: number }
  /** What the device of `channel` sends is dropped. */
  | { readonly do: 'mute', readonly channel: string, readonly on: boolean }
  /** Null deletes the key. */
  | { readonly do: 'databasePut', readonly family: string, readonly key: string, readonly value: string | null }
  /** State of a device that is no phone: `Custom:DND1001`. */
  | { readonly do: 'setDeviceState', readonly device: string, readonly busy: boolean }
  | { readonly do: 'queueAdd', readonly queue: string, readonly interface: string, readonly name: string | null, readonly stateInterface: string | null, readonly penalty: number }
  | { readonly do: 'queueRemove', readonly queue: string, readonly interface: string }
  | { readonly do: 'queuePause', readonly queue: string, readonly interface: string, readonly paused: boolean, readonly reason: string | null }
  /** Up to 1.4: calls for the agent ring `exten`. */
  | { readonly do: 'agentCallback', readonly agent: string, readonly exten: string, readonly context: string }
  /** `soft` lets a call that goes on come to its end first. */
  | { readonly do: 'agentLogoff', readonly agent: string, readonly soft: boolean }
  | ({ readonly do: 'messageMove', readonly toFolder: string } & Message)
  | ({ readonly do: 'messageDelete' } & Message)
  | ({ readonly do: 'messageForward', readonly toMailbox: string } & Message)

/** A voicemail message; `mailbox` is `box@context`. */
interface Message { readonly mailbox: string, readonly folder: string, readonly id: string }

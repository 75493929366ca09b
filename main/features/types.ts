import type { Failure } from '#contract/result.ts'
import type { LineView } from '#contract/tables.ts'
import type { PbxAction } from '../pbx/actions.ts'
import type { Party, PbxEvent } from '../pbx/events.ts'
import type { ActRequest } from './acts/request.ts'
import type { MyQueue, OfficeConfig } from './office-config.ts'

/** What is mine; found by the first run, changed by the person. */
export interface DeskConfig {
  readonly extension: string
  readonly hintContext: string
  /** `TECH/name`, compared without regard to case. */
  readonly devices: readonly string[]
  readonly mailboxes: readonly string[]
  readonly dialContext: string
  readonly voicemailNumber: string
  /** Redirecting a ringing caller here leads to my voicemail; empty: hang up my leg as busy and let the dialplan go on. */
  readonly voicemailExten: string
  readonly outsidePrefix: string
  /** Popups of ended calls stay this long. */
  readonly popupLingerMs: number
  readonly office: OfficeConfig
}

/** What this account or server lacks; features choose another way, or say that there is none. */
export interface ServerLimits {
  readonly missing: LineView['missing']
  readonly lacks: ReadonlySet<Ability>
}
/** `tellHangups`: whether a phone ended a call or the server. */
export type Ability = 'transferBlind' | 'transferAttended' | 'cancelAttended' | 'redirect' | 'bridge' | 'press' | 'recordMix' | 'recordMixPause' | 'recordMonitor' | 'databasePut' | 'setVariable' | 'originate' | 'tellHangups' | 'agentCallback'

/** Everything that can move the desk: news from the PBX, a timer that it asked for, an answer to an action, a wish of the person. */
export type DeskInput = { readonly at: number } & (
  | { readonly kind: 'pbx', readonly event: PbxEvent }
  | { readonly kind: 'timer', readonly key: string }
  /** How the action of the effect with this key went. */
  | { readonly kind: 'done', readonly key: string, readonly error: Failure | null }
  | { readonly kind: 'configured', readonly config: DeskConfig }
  /** The link came (true after the snapshot) or went. */
  | { readonly kind: 'link', readonly online: boolean }
  /** `mailbox`: instead of the number the messages of this one of mine are played. `fetched`: who waits in the space that is dialled. */
  | { readonly kind: 'dial', readonly id: string, readonly number: string, readonly display: string, readonly name: string | null, readonly mailbox?: string, readonly fetched?: Party }
  | { readonly kind: 'dial.cancel', readonly id: string }
  | { readonly kind: 'dial.dismiss', readonly id: string }
  | { readonly kind: 'call.hangup', readonly id: string }
  | { readonly kind: 'alert.decline', readonly id: string }
  | { readonly kind: 'alert.toVoicemail', readonly id: string }
  | { readonly kind: 'alert.dismiss', readonly id: string }
  | { readonly kind: 'server', readonly limits: ServerLimits }
  /** Something that was planned and found possible. */
  | { readonly kind: 'act', readonly id: string, readonly request: ActRequest }
  | { readonly kind: 'act.dismiss', readonly id: string }
  | { readonly kind: 'watch', readonly id: string, readonly on: boolean }
  | { readonly kind: 'todo.done', readonly id: string, readonly done: boolean }
)

/** Orders of the core; the shell and the session carry them out. */
export type Effect
  = | { readonly type: 'timer.start', readonly key: string, readonly delayMs: number }
    | { readonly type: 'timer.stop', readonly key: string }
  /** The outcome comes back as `done` with the same key. */
    | { readonly type: 'pbx.act', readonly key: string, readonly action: PbxAction }
  /** Something that may deserve a notification of the operating system: the shell and the preferences decide. */
    | { readonly type: 'announce', readonly what: 'call-missed' | 'voicemail-new' | 'dial-failed' | 'person-free' | 'queue-alarm', readonly id: string }
  /** To be read from the server again: nothing tells when it changes. */
    | { readonly type: 'pbx.read', readonly what: 'line' | 'queues' | 'agents' }
  /** Queues that are mine, to be kept for the next start. */
    | { readonly type: 'remember', readonly queues: readonly MyQueue[] }

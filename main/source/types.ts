import type { ListedMessage } from '../ami/translate/messages.ts'
import type { AppError } from '../errors.ts'
import type { ServerLimits } from '../features/types.ts'
import type { PbxAction } from '../pbx/actions.ts'
import type { PbxEvent } from '../pbx/events.ts'

/** Where PBX events come from and who does what the desk asks: today one AMI session, for big sites a message broker. */
export interface PbxSource {
  readonly start: () => void
  /** Says goodbye and ends; nothing is told afterwards. */
  readonly stop: () => Promise<void>
  /** Tries again now instead of at the end of the wait. */
  readonly retryNow: () => void
  /** Resolves when the server has taken it; rejects with an `AppError`. `key` names the request in `originate.finished`. */
  readonly act: (action: PbxAction, key: string) => Promise<void>
  /** Reads what no event tells; it comes as an event. */
  readonly read: (what: 'line' | 'queues' | 'agents') => Promise<void>
  /** Whether the dialplan knows a number there; null: the server does not say. */
  readonly knows: (context: string, exten: string) => Promise<boolean | null>
  readonly messages: (mailbox: string) => Promise<readonly ListedMessage[]>
}

export type SourceStatus
  = | { readonly state: 'offline', readonly error: AppError | null }
    | { readonly state: 'connecting', readonly attempt: number }
    | { readonly state: 'syncing' }
    | { readonly state: 'online' }
    | { readonly state: 'waiting', readonly attempt: number, readonly retryAt: number, readonly error: AppError }

export interface SourceListener {
  readonly onStatus: (status: SourceStatus) => void
  /** In order; a `pbx.replaced` comes before `online` and after each return. */
  readonly onEvent: (event: PbxEvent) => void
  readonly onServer: (facts: { readonly asterisk: string, readonly limits: ServerLimits }) => void
}

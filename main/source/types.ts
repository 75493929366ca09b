import type { ErrorCode } from '#contract/result.ts'
import type { AppError } from '../errors.ts'
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
}

export type SourceStatus
  = | { readonly state: 'offline', readonly error: AppError | null }
    | { readonly state: 'connecting', readonly attempt: number }
    | { readonly state: 'syncing' }
    | { readonly state: 'online' }
    | { readonly state: 'waiting', readonly attempt: number, readonly retryAt: number, readonly error: AppError }

/** What this account or server cannot do, by the feature that it closes. */
export type Missing = Readonly<Partial<Record<'dial' | 'hangup' | 'redirect' | 'voicemail' | 'states', ErrorCode>>>

export interface SourceListener {
  readonly onStatus: (status: SourceStatus) => void
  /** In order; a `pbx.replaced` comes before `online` and after each return. */
  readonly onEvent: (event: PbxEvent) => void
  readonly onServer: (facts: { readonly asterisk: string, readonly missing: Missing }) => void
}

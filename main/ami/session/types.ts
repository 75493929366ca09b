import type { AppError } from '../../errors.ts'
import type { ActionFields } from '../catalog/generated/fields.ts'
import type { Fields, Message } from '../wire/message.ts'

/**
 * offline → connecting → authenticating → syncing → online → waiting → connecting …
 * A refused login goes back to offline: only a person can mend it. Everything else that fails goes to waiting.
 */
export type SessionStatus
  = | { readonly status: 'offline', readonly reason: AppError | null }
    | { readonly status: 'connecting', readonly attempt: number }
    | { readonly status: 'authenticating', readonly attempt: number, readonly banner: string }
    | { readonly status: 'syncing', readonly server: ServerFacts }
    | { readonly status: 'online', readonly server: ServerFacts }
    | { readonly status: 'waiting', readonly attempt: number, readonly retryAt: number, readonly reason: AppError }

/** 1.0–1.4, 1.6–11, 12 and later. Chosen by the banner, refined by what is seen. */
export type Dialect = 'legacy' | 'middle' | 'modern'

export interface ServerFacts {
  /** The whole greeting line, `Asterisk Call Manager/11.0.0`. */
  readonly banner: string
  /** AMI's own version, `11.0.0`. */
  readonly amiVersion: string
  readonly dialect: Dialect
  /** Names of the actions that this account may use, in lower case, from `ListCommands`; null when it could not be asked. */
  readonly actions: ReadonlySet<string> | null
}

export interface ActionOptions {
  /** How long to wait for the answer. Default 10 000 ms. */
  readonly timeoutMs?: number
  /** Given by the caller where the answer event must be recognised (Originate); unique over all programs at this server. */
  readonly actionId?: string
}

export interface ListAnswer {
  readonly response: Message
  readonly items: readonly Message[]
  readonly complete: Message | null
}

/** By a known action's name the compiler checks its headers: what it lacks and what it does not know. A name that is only known at run time takes any. */
type Parameters<Name extends string> = Name extends keyof ActionFields
  ? Readonly<Record<string, never>> extends ActionFields[Name]
    ? [fields?: ActionFields[Name], options?: ActionOptions]
    : [fields: ActionFields[Name], options?: ActionOptions]
  : [fields?: Fields, options?: ActionOptions]
export type Ask<Answer> = <Name extends string>(name: Name, ...parameters: Parameters<Name>) => Promise<Answer>

/** The smallest thing that can ask the server. */
export interface Asker {
  /**
   * The answer of the server. Rejects with an `AppError`: `not-permitted`, `unknown-action`, `action-refused` (message is the
   * server's), `no-answer`, `not-online` (never sent), `outcome-unknown` (the link broke after it was sent), `unsafe-value`,
   * `line-too-long`, `too-many-headers` (nothing was sent).
   */
  readonly action: Ask<Message>
  /** An action whose answer is a list of events: collected to its end, in all odd forms that releases use. */
  readonly list: Ask<ListAnswer>
  readonly server: ServerFacts
}

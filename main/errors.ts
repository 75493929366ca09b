import type { ErrorCode } from '#contract/result.ts'

export interface AppErrorOptions {
  readonly cause?: unknown
  /** Trying again later, unchanged, may succeed. */
  readonly retriable?: boolean
  /** What the window puts into the translated sentence; never a secret. */
  readonly details?: Readonly<Record<string, string | number>>
}

/** A failure that was foreseen: its code is stable and translated, its message is for the log. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly retriable: boolean
  readonly details: Readonly<Record<string, string | number>>

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, { cause: options.cause })
    this.name = 'AppError'
    this.code = code
    this.retriable = options.retriable ?? false
    this.details = options.details ?? {}
  }
}

/** Every code has a sentence in the locales: `errors.<code>` says what happened, `errors.<code>-todo` what to do next. */
export const errorCodes = [
  // the border
  'unknown-command',
  'bad-input',
  'untrusted-sender',
  'internal',
  'timeout',
  // reaching the server
  'name-not-found',
  'connection-refused',
  'connect-timeout',
  'unreachable',
  'no-banner',
  'not-asterisk',
  'tls-failed',
  'certificate-untrusted',
  'certificate-changed',
  'connection-lost',
  'protocol-error',
  'too-many-sessions',
  // logging in
  'login-refused',
  'login-in-use',
  'challenge-refused',
  'shutting-down',
  'login-timeout',
  // actions
  'not-online',
  'not-permitted',
  'unknown-action',
  'action-refused',
  'no-answer',
  'outcome-unknown',
  'unsafe-value',
  'line-too-long',
  'too-many-headers',
  'list-too-long',
  // dialling
  'number-empty',
  'number-invalid',
  'number-too-long',
  'no-phone',
  'no-context',
  'no-such-extension',
  'dial-too-fast',
  'phone-busy',
  'phone-no-answer',
  'phone-declined',
  'phone-unreachable',
  'cancelled',
  'far-busy',
  'far-no-answer',
  'far-unreachable',
  'far-congestion',
  'far-invalid-number',
  'far-declined',
  'call-gone',
  // calls, colleagues, parking, queues
  'call-not-up',
  'call-alone',
  'consult-running',
  'no-consult',
  'cannot-cancel-consult',
  'consult-failed',
  'transfer-refused',
  'no-effect',
  'not-my-device',
  'same-device',
  'same-number',
  'lot-full',
  'no-such-lot',
  'parked-gone',
  'not-ringing',
  'person-unknown',
  'person-busy',
  'already-so',
  'no-such-queue',
  'not-a-member',
  'static-member',
  'no-feature-code',
  'messages-gone',
  'no-such-mailbox',
  // settings and secrets
  'secret-missing',
  'secret-unreadable',
  'no-key-store',
  'settings-unreadable',
  'settings-readonly',
  'extension-unknown',
  'no-mailbox',
  'link-refused',
  'link-invalid',
  // the administration window
  'needs-confirmation',
  'never-allowed',
  'not-on-this-server',
  'file-unreadable',
  'file-unwritable',
  'not-a-trace',
  'packet-unclear',
] as const
export type ErrorCode = typeof errorCodes[number]

export interface Failure {
  readonly code: ErrorCode
  /** For the log and the "copy" button; windows show the translated code. */
  readonly message: string
  readonly details?: Readonly<Record<string, string | number>>
}

/** What crosses the border: an expected failure is a value, not an exception. */
export type Result<Value> = { readonly ok: true, readonly value: Value } | { readonly ok: false, readonly error: Failure }

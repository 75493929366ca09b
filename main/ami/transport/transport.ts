/** An open byte stream to a server. After `onClose` has been called nothing else is. */
export interface Transport {
  /** Writes all of it in order; a transport that is closed drops it. */
  send: (bytes: Uint8Array) => void
  /** Ends the stream at once; `onClose` follows. */
  close: () => void
}

export interface TransportEvents {
  readonly onData: (chunk: Uint8Array) => void
  /** `null` for an orderly end by the server. */
  readonly onClose: (error: Error | null) => void
}

/**
 * Opens a stream, or rejects with an `AppError` whose code says what failed: `name-not-found`, `connection-refused`,
 * `connect-timeout`, `unreachable`, `certificate-untrusted`, `certificate-changed`, `tls-failed`.
 */
export type Connect = (events: TransportEvents, signal: AbortSignal) => Promise<Transport>

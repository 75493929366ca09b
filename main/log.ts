/** `info` is what an administrator wants to know a week later, `debug` what a developer wants now. Secrets never get here; the shell redacts once more. */
export interface Log {
  readonly debug: (message: string, ...details: readonly unknown[]) => void
  readonly info: (message: string, ...details: readonly unknown[]) => void
  readonly warn: (message: string, ...details: readonly unknown[]) => void
  readonly error: (message: string, ...details: readonly unknown[]) => void
  readonly scope: (name: string) => Log
}

export const silentLog: Log = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  scope: () => silentLog,
}

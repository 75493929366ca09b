/** Whether the desktop has a place for tray icons. */
export interface TrayHost {
  readonly isThere: () => boolean
  /** Resolves when that has been found out. */
  readonly whenKnown: Promise<void>
  /** It came (again) after the start: panels are restarted, or start later than we do. */
  readonly onAppeared: (listener: () => void) => void
  readonly close: () => void
}

/** Windows and macOS always have one. */
export const certainTrayHost: TrayHost = {
  isThere: () => true,
  whenKnown: Promise.resolve(),
  onAppeared() {},
  close() {},
}

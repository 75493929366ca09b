/** What the close button of the main window does. */
export type CloseDecision
  /** Say once that the program will stay in the tray; the window stays this time. */
  = | 'tell'
  /** The window goes, the program stays. */
    | 'leave'
  /** Without a tray a window that is gone could not be found again. */
    | 'minimise'
    | 'quit'

export function decideClose(facts: {
  readonly closeToTray: boolean
  readonly tray: boolean
  readonly told: boolean
}): CloseDecision {
  if (!facts.closeToTray)
    return 'quit'
  if (!facts.tray)
    return 'minimise'
  return facts.told
    ? 'leave'
    : 'tell'
}

import { onTestFinished } from 'vitest'

/** The window of this test has room for one column only, as the main window opens. */
export function narrow(width = 400): void {
  const before = window.innerWidth
  window.innerWidth = width
  onTestFinished(() => { window.innerWidth = before })
}

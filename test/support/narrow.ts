import { onTestFinished } from 'vitest'

/** The window of this test has room for one column only, as the main window opens. */
export function narrow(width = 400): void {
  const before = window.innerWidth
  window.innerWidth = width
  onTestFinished(() => { window.innerWidth = before })
}

/** The window of this test is as low as half a screen. */
export function low(height = 500): void {
  const before = window.innerHeight
  window.innerHeight = height
  onTestFinished(() => { window.innerHeight = before })
}

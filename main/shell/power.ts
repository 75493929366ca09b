import { powerMonitor } from 'electron'

/** Tells sleep and waking once each; Linux reports both twice (Electron 42). */
export function watchPower(tell: { readonly suspended: () => void, readonly resumed: () => void, readonly shutdown: () => void }): void {
  let sleeps = false
  powerMonitor.on('suspend', () => {
    if (!sleeps)
      tell.suspended()
    sleeps = true
  })
  powerMonitor.on('resume', () => {
    if (sleeps)
      tell.resumed()
    sleeps = false
  })
  powerMonitor.on('shutdown', tell.shutdown)
}

import type { AppPort } from '../shell-port.ts'
import type { Arguments } from './arguments.ts'
import { join } from 'node:path'
import process from 'node:process'
import { app, session } from 'electron'
import { connectTo, lookupHost } from '../ami/transport/connect.ts'
import { createApp } from '../app.ts'
import { systemClock } from '../clock.ts'
import { electronKeyStore } from '../credentials/electron.ts'
import { createSecrets } from '../credentials/secrets.ts'
import { createDemoPbx } from '../demo/demo-pbx.ts'
import { readDialText } from '../features/numbers.ts'
import { listenToWindows } from '../ipc/electron.ts'
import { createTexts } from '../locales/index.ts'
import { createFileLog } from '../log/file-log.ts'
import { createRedactor } from '../log/redact.ts'
import { withDemo } from '../settings/demo-settings.ts'
import { openSettings } from '../settings/open-settings.ts'
import { isLink, readArguments } from './arguments.ts'
import { isOwnPage, mayAsk } from './assets.ts'
import { guardSession } from './guard.ts'
import { watchTrayHost } from './linux/sni-tray-host.ts'
import { certainTrayHost } from './linux/tray-host.ts'
import { servePages } from './pages.ts'
import { watchPower } from './power.ts'
import { createShell } from './shell.ts'
import { storeFile } from './store-file.ts'
import { openWindowMemory } from './window-memory.ts'

/** The server is given so long to hear goodbye. */
const STOP_MS = 2000
const APP_ID = 'org.ringside.Ringside'

/** Runs the one instance of the program; `folder` is where the built files lie. */
export function runProgram(args: Arguments, folder: string): void {
  const home = app.getPath('userData')
  const clock = systemClock
  const redactor = createRedactor()
  const log = createFileLog({ folder: join(home, 'logs'), clock, redactor, verbose: args.verbose })
  process.on('uncaughtException', error => log.error('Something unforeseen happened', error))
  process.on('unhandledRejection', error => log.error('Something unforeseen happened', error))
  app.setAppUserModelId(APP_ID)

  const { store, wasReset } = openSettings(home, storeFile(home, 'settings'), log)
  const settings = args.demo
    ? withDemo(store)
    : store
  const trayHost = process.platform === 'linux'
    ? watchTrayHost(log)
    : certainTrayHost

  // Nothing may wait for this at the top level: Electron is not ready before the entry file has been read to its end.
  app.whenReady().then(start).catch((error: unknown) => {
    log.error('The program could not start', error)
    app.exit(1)
  })

  function start(): void {
    const texts = createTexts()
    guardSession(session.defaultSession, log)
    servePages(session.defaultSession, join(folder, '../renderer'))

    const shell = createShell({
      preload: join(folder, '../preload/index.cjs'),
      memory: openWindowMemory(home, storeFile(home, 'window'), log),
      clock,
      texts,
      log: log.scope('shell'),
      trayHost,
      preferences: () => settings.get().preferences,
      app: () => port,
    })
    shell.begin(args.hidden)
    const port: AppPort = createApp({
      settings,
      secrets: createSecrets(electronKeyStore(), redactor.hide),
      shell: shell.port,
      clock,
      log,
      random: Math.random,
      connect: connectTo,
      lookup: lookupHost,
      createDemo: () => createDemoPbx({ clock, random: Math.random, scenario: args.scenario }),
    })
    listenToWindows({ route: port.route, isOwnPage, mayAsk, onNetwork: port.networkChanged, log })
    port.start()
    log.info(`Ringside ${app.getVersion()} on Electron ${process.versions.electron}, ${process.platform}${settings.get().demo ? ', demo office' : ''}`)
    if (wasReset)
      shell.port.push('notice', { code: 'settings-reset' })

    const offer = (link: string): void => {
      if (!settings.get().preferences.openDialFromLinks) {
        log.info('A link was not followed: the person does not want that')
        shell.port.showMain('home')
      }
      else if (!readDialText(link, { outsidePrefix: '' }).ok) {
        shell.port.showMain('home')
        shell.port.push('notice', { code: 'link-invalid' })
      }
      else {
        port.offerDial(link, 'link')
      }
    }
    if (args.link !== null)
      offer(args.link)
    app.on('second-instance', (_event, argv) => {
      const { hidden, link } = readArguments(argv)
      if (link !== null)
        offer(link)
      else if (!hidden)
        shell.port.showMain('home')
    })
    // macOS hands links over by an event.
    app.on('open-url', (event, url) => {
      event.preventDefault()
      if (isLink(url))
        offer(url)
    })
    app.on('activate', () => shell.port.showMain('home'))
    watchPower({ suspended: port.suspended, resumed: port.resumed, shutdown: () => app.quit() })

    let isStopped = false
    app.on('before-quit', (event) => {
      if (isStopped)
        return
      event.preventDefault()
      isStopped = true
      shell.close()
      void within(STOP_MS, port.stop())
        .catch((error: unknown) => log.error('Stopping failed', error))
        .finally(() => {
          trayHost.close()
          log.info('The end')
          app.quit()
        })
    })
    // The program lives in the tray; `before-quit` ends it.
    app.on('window-all-closed', () => {})
  }
}

/** Resolves with the work, or without it when it takes too long. */
function within(ms: number, work: Promise<void>): Promise<void> {
  return Promise.race([work, new Promise<void>(resolve => systemClock.after(ms, resolve))])
}

import type { AppPort } from '../shell-port.ts'
import type { Arguments } from './arguments.ts'
import type { Core } from './core.ts'
import { join } from 'node:path'
import process from 'node:process'
import { app, session } from 'electron'
import { systemClock } from '../clock.ts'
import { listenToWindows } from '../ipc/electron.ts'
import { createTexts } from '../locales/index.ts'
import { createFileLog } from '../log/file-log.ts'
import { createRedactor } from '../log/redact.ts'
import { glanceAtSettings } from '../settings/glance.ts'
import { isLink, readArguments } from './arguments.ts'
import { mayAsk, windowOf } from './assets.ts'
import { guardSession } from './guard.ts'
import { askGtkFor } from './linux/gtk-theme.ts'
import { watchTrayHost } from './linux/sni-tray-host.ts'
import { certainTrayHost } from './linux/tray-host.ts'
import { servePages } from './pages.ts'
import { watchPower } from './power.ts'
import { createShell } from './shell.ts'
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

  const glance = glanceAtSettings(home, args.demo)
  const forgetGtk = process.platform === 'linux'
    ? askGtkFor(glance.theme, process.env)
    : () => {}
  const trayHost = process.platform === 'linux'
    ? watchTrayHost(log)
    : certainTrayHost

  // Nothing may wait for this at the top level: Electron is not ready before the entry file has been read to its end.
  app.whenReady().then(start).catch(fail)

  function fail(error: unknown): void {
    log.error('The program could not start', error)
    app.exit(1)
  }

  function start(): void {
    forgetGtk()
    const texts = createTexts()
    guardSession(session.defaultSession, log)
    const { promise: whenAsked, resolve: onAsked } = Promise.withResolvers<void>()
    servePages(session.defaultSession, join(folder, '../renderer'), onAsked)

    const memory = openWindowMemory(home, log)
    let core: Core | null = null
    let isStopped = false
    const shell = createShell({
      preload: join(folder, '../preload/index.cjs'),
      memory,
      clock,
      texts,
      log: log.scope('shell'),
      trayHost,
      preferences: () => core?.settings.get().preferences ?? glance,
      firstLook: () => core === null ? glance.firstLook : null,
      tell,
    })
    const running = startCore(whenToRead())
    running.catch(fail)
    shell.begin(args.hidden)
    listenToWindows({
      // A page may be there first; it waits for its answers.
      route: async (name, input, from) => (await running).port.route(name, input, from),
      windowOf,
      mayAsk,
      onNetwork: () => tell(port => port.networkChanged()),
      log,
    })

    /** Most of the program is read when it delays nothing that can be seen earlier. */
    function whenToRead(): Promise<void> {
      if (args.hidden)
        return Promise.resolve()
      // Setting up a server has nothing to show until the program is there.
      return glance.firstLook === null
        ? whenAsked
        : shell.whenPainted
    }

    /** Reads most of the program, and connects when there is something to see. */
    async function startCore(mayRead: Promise<void>): Promise<Core> {
      await mayRead
      const { createCore } = await import('./core.ts')
      const made = createCore({ home, args, shell: shell.port, clock, log, redactor })
      core = made
      void shell.whenPainted.then(() => {
        if (!isStopped)
          made.port.start()
      })
      log.info(`Ringside ${app.getVersion()} on Electron ${process.versions.electron}, ${process.platform}${made.settings.get().demo ? ', demo office' : ''}`)
      return made
    }

    function tell(act: (port: AppPort) => void): void {
      running.then(({ port }) => act(port)).catch((error: unknown) => log.error('Something unforeseen happened', error))
    }

    const offer = (link: string): void => {
      running.then(({ isDialable, port, settings }) => {
        if (!settings.get().preferences.openDialFromLinks) {
          log.info('A link was not followed: the person does not want that')
          shell.port.showMain('home')
        }
        else if (!isDialable(link)) {
          shell.port.showMain('home')
          shell.port.push('notice', { code: 'link-invalid' })
        }
        else {
          port.offerDial(link, 'link')
        }
      }).catch((error: unknown) => log.error('A link could not be offered', error))
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
    watchPower({ suspended: () => tell(port => port.suspended()), resumed: () => tell(port => port.resumed()), shutdown: () => app.quit() })

    app.on('before-quit', (event) => {
      if (isStopped)
        return
      event.preventDefault()
      isStopped = true
      shell.close()
      void within(STOP_MS, Promise.all([running.then(({ port }) => port.stop()), memory.stored()]))
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
function within(ms: number, work: Promise<unknown>): Promise<unknown> {
  return Promise.race([work, new Promise<void>(resolve => systemClock.after(ms, resolve))])
}

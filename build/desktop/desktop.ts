import type { Child } from './child.ts'
import type { Notifications } from './notifications.ts'
import type { Tray } from './tray.ts'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { runProgram, startChild } from './child.ts'
import { openNotifications } from './notifications.ts'
import { connectBus, startSessionBus, whenOwned } from './session-bus.ts'
import { openTray } from './tray.ts'

export interface DesktopOptions {
  readonly width?: number
  readonly height?: number
  /** 2: as on a screen with twice the density. */
  readonly scale?: 1 | 2
  /** A colour, or any picture in the language of ImageMagick: `gradient:#123-#456`. */
  readonly background?: string
  /** False: windows stand where they want to, without frames. */
  readonly windowManager?: boolean
  readonly tray?: boolean
  readonly notifications?: boolean
  /** A key store that is unlocked. */
  readonly keyring?: boolean
}

/** A screen that nobody sees, with what a person has around a program. */
export interface Desktop {
  readonly display: string
  /** The address of its session bus. */
  readonly bus: string
  /** The whole environment of a program on it; settings and data of programs land in a folder that goes with the desktop. */
  readonly env: Readonly<Record<string, string>>
  readonly tray: () => Tray
  readonly notifications: () => Notifications
  /** The whole screen as a PNG file. */
  readonly screenshot: (path: string) => Promise<void>
  /** Runs a program (xdotool, xprop, …) on it to its end and answers what it wrote. */
  readonly run: (command: string, ...parameters: readonly string[]) => Promise<string>
  /** Nothing that was started for it is left when this resolves. */
  readonly stop: () => Promise<void>
}

const NOT_FOR_PROGRAMS = ['ELECTRON_RUN_AS_NODE', 'NODE_OPTIONS', 'WAYLAND_DISPLAY', 'XAUTHORITY', 'SESSION_MANAGER', 'XDG_CURRENT_DESKTOP', 'GNOME_KEYRING_CONTROL']
const FOLDER = 'ringside-desktop-'

/** Starts a virtual desktop. Linux only; `DESKTOP` in machine.mjs names what it needs. */
export async function startDesktop(options: DesktopOptions = {}): Promise<Desktop> {
  removeLeftOvers()
  const folder = mkdtempSync(join(tmpdir(), `${FOLDER}${process.pid}-`))
  const children: Child[] = []
  const closers: (() => void)[] = []
  const stop = async (): Promise<void> => {
    for (const close of closers.splice(0)) close()
    // The last one started leans on those before it.
    for (const child of children.splice(0).reverse()) await child.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    return await build(options, folder, children, closers, stop)
  }
  catch (error) {
    await stop()
    throw error
  }
}

async function build(options: DesktopOptions, folder: string, children: Child[], closers: (() => void)[], stop: () => Promise<void>): Promise<Desktop> {
  const { width = 1280, height = 800, scale = 1, background = '#33475b' } = options
  const own = ownEnvironment(folder)

  const screen = await startChild('Xvfb', ['-displayfd', '3', '-screen', '0', `${width}x${height}x24`, '-dpi', `${96 * scale}`, '-nolisten', 'tcp', '-noreset'], { env: own, ready: /^\d+$/ })
  children.push(screen.child)
  const display = `:${screen.line?.[0]}`
  const bus = await startSessionBus(folder, own)
  children.push(bus.child)
  const env = {
    ...own,
    DISPLAY: display,
    DBUS_SESSION_BUS_ADDRESS: bus.address,
    ...(scale === 2 ? { GDK_SCALE: '2' } : {}),
    ...(options.keyring ? { XDG_CURRENT_DESKTOP: 'GNOME' } : {}),
  }

  await runProgram('display', ['-size', `${width}x${height}`, '-window', 'root', /^#|^\w+$/.test(background) ? `xc:${background}` : background], env, isPainted)
  if (options.windowManager !== false) {
    const manager = await startChild('openbox', ['--sm-disable', '--startup', 'echo the window manager is up'], { env, ready: /is up/ })
    children.push(manager.child)
  }
  const connection = await connectBus(bus.address)
  closers.push(() => connection.disconnect())
  if (options.keyring) {
    const keyring = await startChild('gnome-keyring-daemon', ['--foreground', '--unlock', '--components=secrets'], { env, input: 'ringside' })
    children.push(keyring.child)
    await whenOwned(connection, 'org.freedesktop.secrets')
  }
  const tray = options.tray ? await openTray(connection) : null
  const notifications = options.notifications ? await openNotifications(connection) : null

  return {
    display,
    bus: bus.address,
    env,
    tray: () => tray ?? missing('tray'),
    notifications: () => notifications ?? missing('notifications'),
    async screenshot(path) {
      await runProgram('import', ['-window', 'root', '-strip', `png:${path}`], env)
    },
    run: (command, ...parameters) => runProgram(command, parameters, env),
    stop,
  }
}

/** ImageMagick's display answers 1 for a root window that it has painted; when it has not, it says why. */
function isPainted(code: number | null, complaint: string): boolean {
  return (code === 0 || code === 1) && complaint === ''
}

function missing(what: string): never {
  throw new Error(`this desktop was started without ${what}`)
}

function ownEnvironment(folder: string): Readonly<Record<string, string>> {
  const places = { XDG_RUNTIME_DIR: 'run', XDG_CONFIG_HOME: 'config', XDG_DATA_HOME: 'data', XDG_STATE_HOME: 'state', XDG_CACHE_HOME: 'cache' }
  for (const name of Object.values(places))
    mkdirSync(join(folder, name), { mode: 0o700 })
  const inherited = Object.entries(process.env).flatMap(([key, value]): readonly (readonly [string, string])[] => value === undefined || NOT_FOR_PROGRAMS.includes(key) ? [] : [[key, value]])
  return {
    ...Object.fromEntries(inherited),
    ...Object.fromEntries(Object.entries(places).map(([key, name]) => [key, join(folder, name)])),
    NO_AT_BRIDGE: '1',
  }
}

/** A crash ends the processes of a desktop but leaves its folder; the next desktop takes it away. */
function removeLeftOvers(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = new RegExp(`^${FOLDER}(\\d+)-`).exec(name)?.[1]
    // That of another user is for them to take away.
    if (pid !== undefined && !existsSync(`/proc/${pid}`) && statSync(join(tmpdir(), name), { throwIfNoEntry: false })?.uid === process.getuid?.())
      rmSync(join(tmpdir(), name), { recursive: true, force: true })
  }
}

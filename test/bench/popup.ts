import type { BusyServer } from './busy-server.ts'
import type { Area, Screen } from './screen.ts'
import { performance } from 'node:perf_hooks'
import process from 'node:process'
import { setTimeout as after } from 'node:timers/promises'
import { startChild } from '../../build/desktop/child.ts'
import { startDesktop } from '../../build/desktop/desktop.ts'
import { createHome, executable, parameters, startProgram } from '../electron/support/program.ts'
import { startBusyServer } from './busy-server.ts'
import { untilIdle } from './processes.ts'
import { readCall } from './recorded-calls.ts'
import { isPlain, openScreen } from './screen.ts'
import { median, printRows, quantile } from './table.ts'

const SIZE = { width: 1280, height: 800 }
/** Where the popup comes up, and nothing else. */
const CORNER: Area = { x: SIZE.width - 400, y: 0, width: 400, height: 220 }
const EVENTS_PER_SECOND = 5000
const PAUSE_MS: readonly [shortest: number, longest: number] = [150, 350]

/**
 * From the bytes of a ringing call on the wire to its letters on the screen: with nothing else going on, and while the server
 * tells of thousands of events of other people's calls.
 */
export async function run(): Promise<void> {
  const calls = process.argv.includes('--quick') ? 15 : 100
  const server = await startBusyServer()
  const desktop = await startDesktop({ ...SIZE, keyring: true })
  const screen = await openScreen(desktop.display)
  const home = createHome()
  try {
    // Set up once, and then started as people start it: without anything attached that could slow it.
    const more = ['--password-store=gnome-libsecret']
    const setup = await startProgram(desktop, home, more)
    const page = await setup.page('main')
    const outcome = await page.evaluate(setUp(server.port))
    if (outcome !== true)
      throw new Error(`the program could not be set up: ${JSON.stringify(outcome)}`)
    await server.whenRead()
    await setup.end()
    const { child } = await startChild(executable(), parameters(home, more), { env: desktop.env })
    try {
      await server.whenRead()
      await untilIdle(child.pid)
      await ringAll(server, screen, 5, 0)
      const idle = await ringAll(server, screen, calls, 1000)
      const stop = server.stream(readCall('a-inbound-answered', '7001'), EVENTS_PER_SECOND)
      const loaded = await ringAll(server, screen, calls, 2000)
      const rate = stop()
      printRows(`Popup, from the wire to the screen, ${calls} calls each; loaded: ${rate.toFixed(0)} events a second of others`, [
        { what: 'idle, median', base: null, ours: median(idle), unit: 'ms', aim: 50 },
        { what: 'idle, 95 of 100', base: null, ours: quantile(idle, 0.95), unit: 'ms', aim: 50 },
        { what: 'loaded, median', base: null, ours: median(loaded), unit: 'ms', aim: 100 },
        { what: 'loaded, 95 of 100', base: null, ours: quantile(loaded, 0.95), unit: 'ms', aim: 100 },
      ])
    }
    finally {
      await child.stop()
    }
  }
  finally {
    screen.close()
    await desktop.stop()
    await server.close()
    home.remove()
  }
}

/** What a person would do in the assistant, in the words of the contract. Popups go at once when a call is over. */
function setUp(port: number): string {
  return `(async () => {
    const save = await window.bridge.invoke('setup.save', {
      server: { host: '127.0.0.1', port: ${port}, tls: false, username: 'bench', secret: 'bench', fingerprint: null, authority: null },
      line: { extension: '1001', hintContext: 'hints', devices: ['PJSIP/1001'], mailboxes: [], dialContext: 'internal', voicemailNumber: '', voicemailExten: '', outsidePrefix: '' },
      keepSecret: 'keystore',
    })
    const set = await window.bridge.invoke('preferences.set', { popupLingerSeconds: 0, theme: 'light' })
    return save.ok && set.ok ? true : [save, set]
  })()`
}

/** Rings and gives up, call after call; answers the milliseconds that each took to be seen. */
async function ringAll(server: BusyServer, screen: Screen, calls: number, firstNumber: number): Promise<readonly number[]> {
  const recorded = readCall('a-inbound-caller-gives-up', '1001')
  const taken: number[] = []
  for (let number = firstNumber; number < firstNumber + calls; number++) {
    await screen.until(CORNER, isPlain)
    const [shortest, longest] = PAUSE_MS
    await after(shortest + Math.random() * (longest - shortest))
    const start = performance.now()
    server.tell(recorded.ring(number))
    taken.push(await screen.until(CORNER, isRinging) - start)
    server.tell(recorded.end(number))
  }
  return taken
}

/** A frame left over from the call before is grey: only one that rings has this much of the colour of ringing. */
function isRinging(pixels: Uint32Array): boolean {
  let warm = 0
  for (const pixel of pixels) {
    const red = pixel >> 16 & 0xFF
    const blue = pixel & 0xFF
    if (red > 120 && red - blue > 80)
      warm++
  }
  return warm > 800
}

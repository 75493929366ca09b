import type { Child } from '../../build/desktop/child.ts'
import type { Desktop, DesktopOptions } from '../../build/desktop/desktop.ts'
import type { Screen } from './screen.ts'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { constants, setPriority, tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import process from 'node:process'
import { setTimeout as after } from 'node:timers/promises'
import { startChild } from '../../build/desktop/child.ts'
import { startDesktop } from '../../build/desktop/desktop.ts'
import { ROOT } from '../../build/project.mjs'
import { familyOf, memoryOf, processorOf, untilIdle } from './processes.ts'
import { isPainted, isPlain, openScreen } from './screen.ts'
import { median, printRows } from './table.ts'

const SIZE = { width: 520, height: 760 }
const ALL = { x: 0, y: 0, ...SIZE }
/** Chromium marks a script at its first start, keeps what it compiled to at the second, and reads that from the third on. */
const STARTS_TO_KNOW = 2
const LOOK_MS = 100
const GONE_MS = 10_000

interface Bench {
  readonly desktop: Desktop
  readonly screen: Screen
  /** Of all profiles, which go with it. */
  readonly folder: string
  /** How long a program may take to come to rest; the demo office never does for long. */
  readonly patienceMs: number
}

interface Started {
  readonly paintMs: number
  /** Of all processes until then: steadier than the clock where others use the machine, too. */
  readonly processorMs: number
}

/**
 * From the start of the process to letters on the screen, and the memory of all its processes at rest, ours beside an Electron
 * window with a heading and nothing else. Rounds alternate, because a machine is not as fast at all times.
 */
export async function run(): Promise<void> {
  const isQuick = process.argv.includes('--quick')
  const folder = mkdtempSync(join(tmpdir(), 'ringside-bench-'))
  const bare = [writeBareProgram(folder)]
  const ours = [ROOT, '--demo']
  goFirst()
  try {
    await onDesktop({ windowManager: false }, { folder, patienceMs: 0 }, bench => printStarts(bench, isQuick ? 3 : 11, bare, ours))
    await onDesktop({ windowManager: true }, { folder, patienceMs: isQuick ? 4000 : 15_000 }, bench => printMemory(bench, isQuick ? 1 : 3, bare, ours))
  }
  finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
  }
}

/** Where we may, everything that is measured goes before what others do on the machine: what happens after a picture must not pass for what it took. */
function goFirst(): void {
  try {
    setPriority(constants.priority.PRIORITY_HIGHEST)
  }
  catch {
    console.log('(as an ordinary user: other programs on this machine disturb what is measured)')
  }
}

async function onDesktop(options: DesktopOptions, parts: Pick<Bench, 'folder' | 'patienceMs'>, work: (bench: Bench) => Promise<void>): Promise<void> {
  const desktop = await startDesktop({ ...SIZE, tray: true, ...options })
  const screen = await openScreen(desktop.display)
  try {
    await work({ desktop, screen, ...parts })
  }
  finally {
    screen.close()
    await desktop.stop()
  }
}

async function printStarts(bench: Bench, rounds: number, bare: readonly string[], ours: readonly string[]): Promise<void> {
  const first = await alternate(bench, rounds, bare, ours, () => newProfile(bench))
  const known = { bare: newProfile(bench), ours: newProfile(bench) }
  for (let start = 0; start < STARTS_TO_KNOW; start++)
    await measureStart(bench, ours, known.ours)
  await measureStart(bench, bare, known.bare)
  const later = await alternate(bench, rounds, bare, ours, whose => known[whose])
  printRows(`Start, medians of ${rounds} alternating rounds`, [
    { what: 'the very first: first paint', base: first.bare.paintMs, ours: first.ours.paintMs, unit: 'ms', aim: 1.15 },
    { what: 'processor time until then', base: first.bare.processorMs, ours: first.ours.processorMs, unit: 'ms', aim: 1.15 },
    { what: 'from the third on: first paint', base: later.bare.paintMs, ours: later.ours.paintMs, unit: 'ms', aim: 1.15 },
    { what: 'processor time until then', base: later.bare.processorMs, ours: later.ours.processorMs, unit: 'ms', aim: 1.15 },
  ])
}

async function printMemory(bench: Bench, rounds: number, bare: readonly string[], ours: readonly string[]): Promise<void> {
  const base: number[] = []
  const shown: number[] = []
  const hidden: number[] = []
  const closed: number[] = []
  const tray: number[] = []
  for (let round = 0; round < rounds; round++) {
    base.push(await withProgram(bench, bare, newProfile(bench), program => memoryWithWindow(bench, program)))
    await withProgram(bench, ours, newProfile(bench), async (program) => {
      shown.push(await memoryWithWindow(bench, program))
      const processes = familyOf(program.pid).length
      await hide(bench)
      hidden.push(await memoryAtRest(bench, program))
      await close(bench)
      await untilFewer(program, processes)
      closed.push(await memoryAtRest(bench, program))
    })
    tray.push(await withProgram(bench, [...ours, '--hidden'], newProfile(bench), async (program) => {
      await bench.desktop.tray().until(() => true)
      return memoryAtRest(bench, program)
    }))
  }
  printRows(`Memory, ${rounds === 1 ? 'one round' : `medians of ${rounds} alternating rounds`}`, [
    { what: 'with window', base: median(base), ours: median(shown), unit: 'MB', aim: 1.15 },
    { what: 'hidden by Esc, ready to come back', base: median(base), ours: median(hidden), unit: 'MB', aim: 1.15 },
    { what: 'closed to the tray', base: median(base), ours: median(closed), unit: 'MB', aim: 0.9 },
    { what: 'started in the tray', base: median(base), ours: median(tray), unit: 'MB', aim: 0.9 },
  ])
}

/** Medians of both, one start of each in turn. */
async function alternate(bench: Bench, rounds: number, bare: readonly string[], ours: readonly string[], profileOf: (whose: 'bare' | 'ours') => string): Promise<{ readonly bare: Started, readonly ours: Started }> {
  const all: { readonly bare: Started[], readonly ours: Started[] } = { bare: [], ours: [] }
  for (let round = 0; round < rounds; round++) {
    all.bare.push(await measureStart(bench, bare, profileOf('bare')))
    all.ours.push(await measureStart(bench, ours, profileOf('ours')))
  }
  const middle = (starts: readonly Started[]): Started => ({ paintMs: median(starts.map(({ paintMs }) => paintMs)), processorMs: median(starts.map(({ processorMs }) => processorMs)) })
  return { bare: middle(all.bare), ours: middle(all.ours) }
}

async function measureStart(bench: Bench, parameters: readonly string[], profile: string): Promise<Started> {
  await bench.screen.until(ALL, isPlain)
  const start = performance.now()
  return withProgram(bench, parameters, profile, async (program) => {
    const paintMs = await bench.screen.until(ALL, isPainted) - start
    return { paintMs, processorMs: processorOf(familyOf(program.pid)) }
  })
}

async function memoryWithWindow(bench: Bench, program: Child): Promise<number> {
  await bench.screen.until(ALL, isPainted)
  return memoryAtRest(bench, program)
}

async function memoryAtRest(bench: Bench, program: Child): Promise<number> {
  await untilIdle(program.pid, bench.patienceMs)
  return memoryOf(familyOf(program.pid))
}

/** As people do; it comes back in no time, and gives its memory back after five minutes. */
async function hide({ desktop, screen }: Bench): Promise<void> {
  await desktop.run('xdotool', 'search', '--sync', '--onlyvisible', '--name', '^Ringside$', 'windowfocus', '--sync', 'key', 'Escape')
  await screen.until(ALL, isPlain)
}

/** As people do. The first time the window stays, to say that the program does. */
async function close({ desktop, screen }: Bench): Promise<void> {
  await desktop.tray().click()
  for (let time = 0; time < 2; time++) {
    await desktop.run('xdotool', 'search', '--sync', '--onlyvisible', '--name', '^Ringside$', 'windowfocus', '--sync')
    // Not to the window, but to the keyboard: the window manager takes it.
    await desktop.run('xdotool', 'key', 'alt+F4')
  }
  await screen.until(ALL, isPlain)
}

async function untilFewer(program: Child, processes: number): Promise<void> {
  for (let waited = 0; familyOf(program.pid).length >= processes; waited += LOOK_MS) {
    if (waited >= GONE_MS)
      throw new Error(`the window did not give its memory back within ${GONE_MS} ms of being closed`)
    await after(LOOK_MS)
  }
}

/** Starts a program, and ends it when the work with it is done. */
async function withProgram<Found>({ desktop }: Bench, parameters: readonly string[], profile: string, work: (program: Child) => Promise<Found>): Promise<Found> {
  const { child } = await startChild(process.execPath, [
    ...parameters,
    `--user-data-dir=${profile}`,
    '--password-store=basic',
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ], { env: desktop.env })
  try {
    return await work(child)
  }
  finally {
    await child.stop()
  }
}

const newProfile = ({ folder }: Pick<Bench, 'folder'>): string => mkdtempSync(join(folder, 'profile-'))

function writeBareProgram(parent: string): string {
  const folder = join(parent, 'bare')
  mkdirSync(folder)
  writeFileSync(join(folder, 'package.json'), '{ "main": "main.js" }')
  writeFileSync(join(folder, 'main.js'), `
const { app, BrowserWindow, Menu } = require('electron')
Menu.setApplicationMenu(null)
app.whenReady().then(() => new BrowserWindow({ width: 400, height: 680 }).loadFile('index.html'))
`)
  writeFileSync(join(folder, 'index.html'), '<!doctype html><meta charset="utf-8"><title>Bare</title><h1>Hello world</h1><p>An Electron window and nothing else.</p>')
  return folder
}

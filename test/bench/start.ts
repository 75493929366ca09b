import type { Child } from '../../build/desktop/child.ts'
import type { Desktop } from '../../build/desktop/desktop.ts'
import type { Screen } from './screen.ts'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
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
/** After so long a hidden window gives its memory back (main/shell/main-window.ts). */
const FORGET_MS = 5 * 60_000

interface Measured {
  readonly paintMs: number
  /** Of all processes until then: steadier than the clock where others use the machine, too. */
  readonly processorMs: number
  readonly memoryMb: number
}

/**
 * From the start of the process to letters on the screen, and the memory of all its processes at rest, ours beside an Electron
 * window with a heading and nothing else. Rounds alternate, because a machine is not as fast at all times.
 */
export async function run(): Promise<void> {
  const isQuick = process.argv.includes('--quick')
  const rounds = isQuick ? 3 : 9
  const bareFolder = writeBareProgram()
  const desktop = await startDesktop({ ...SIZE, windowManager: false, tray: true })
  const screen = await openScreen(desktop.display)
  try {
    const bare: Measured[] = []
    const ours: Measured[] = []
    const hidden: number[] = []
    for (let round = 0; round < rounds; round++) {
      bare.push(await measure(desktop, screen, [bareFolder]))
      ours.push(await measure(desktop, screen, [ROOT, '--demo']))
      hidden.push(await measureHidden(desktop))
    }
    const closed = isQuick ? null : await measureClosed(bareFolder)
    const middle = (all: readonly Measured[], what: keyof Measured): number => median(all.map(one => one[what]))
    const bareMemory = middle(bare, 'memoryMb')
    printRows(`Start and memory, medians of ${rounds} alternating rounds`, [
      { what: 'first paint', base: middle(bare, 'paintMs'), ours: middle(ours, 'paintMs'), unit: 'ms', aim: 1.15 },
      { what: 'processor time until then', base: middle(bare, 'processorMs'), ours: middle(ours, 'processorMs'), unit: 'ms', aim: 1.15 },
      { what: 'memory with window', base: bareMemory, ours: middle(ours, 'memoryMb'), unit: 'MB', aim: 1.15 },
      { what: 'memory started in the tray', base: bareMemory, ours: median(hidden), unit: 'MB', aim: 0.9 },
      ...(closed === null ? [] : [{ what: 'memory closed to the tray', base: closed.bare, ours: closed.ours, unit: 'MB', aim: 0.9 }]),
    ])
  }
  finally {
    screen.close()
    await desktop.stop()
    rmSync(bareFolder, { recursive: true, force: true })
  }
}

async function measure(desktop: Desktop, screen: Screen, parameters: readonly string[]): Promise<Measured> {
  await screen.until(ALL, isPlain)
  const start = performance.now()
  const program = await launch(desktop, parameters)
  try {
    const paintMs = await screen.until(ALL, isPainted) - start
    const processorMs = processorOf(familyOf(program.pid))
    await untilIdle(program.pid)
    return { paintMs, processorMs, memoryMb: memoryOf(familyOf(program.pid)) }
  }
  finally {
    await program.stop()
  }
}

/** As it starts with the session of a person who wants it in the tray. */
async function measureHidden(desktop: Desktop): Promise<number> {
  const program = await launch(desktop, [ROOT, '--demo', '--hidden'])
  try {
    await desktop.tray().until(() => true)
    await untilIdle(program.pid)
    return memoryOf(familyOf(program.pid))
  }
  finally {
    await program.stop()
  }
}

/** Hidden by Esc, as people do, and left alone until the window has been given back. */
async function measureClosed(bareFolder: string): Promise<{ readonly bare: number, readonly ours: number }> {
  const desktop = await startDesktop({ ...SIZE, tray: true })
  const screen = await openScreen(desktop.display)
  try {
    const program = await launch(desktop, [ROOT, '--demo'])
    await screen.until(ALL, isPainted)
    await untilIdle(program.pid)
    await desktop.run('xdotool', 'search', '--sync', '--onlyvisible', '--name', '^Ringside$', 'windowfocus', '--sync', 'key', 'Escape')
    const withWindow = familyOf(program.pid).length
    for (let waited = 0; familyOf(program.pid).length >= withWindow && waited < FORGET_MS + 60_000; waited += 5000)
      await after(5000)
    await untilIdle(program.pid)
    const ours = memoryOf(familyOf(program.pid))
    await program.stop()
    const bare = await launch(desktop, [bareFolder])
    await screen.until(ALL, isPainted)
    await untilIdle(bare.pid)
    const memory = memoryOf(familyOf(bare.pid))
    await bare.stop()
    return { bare: memory, ours }
  }
  finally {
    screen.close()
    await desktop.stop()
  }
}

async function launch(desktop: Desktop, parameters: readonly string[]): Promise<Child> {
  const profile = mkdtempSync(join(tmpdir(), 'ringside-bench-'))
  const { child } = await startChild(process.execPath, [
    ...parameters,
    `--user-data-dir=${profile}`,
    '--password-store=basic',
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ], { env: desktop.env })
  void child.ended.then(() => rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }))
  return child
}

function writeBareProgram(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ringside-bare-'))
  writeFileSync(join(folder, 'package.json'), '{ "main": "main.js" }')
  writeFileSync(join(folder, 'main.js'), `
const { app, BrowserWindow, Menu } = require('electron')
Menu.setApplicationMenu(null)
app.whenReady().then(() => new BrowserWindow({ width: 400, height: 680 }).loadFile('index.html'))
`)
  writeFileSync(join(folder, 'index.html'), '<!doctype html><meta charset="utf-8"><title>Bare</title><h1>Hello world</h1><p>An Electron window and nothing else.</p>')
  return folder
}

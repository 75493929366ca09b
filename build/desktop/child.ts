import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import process from 'node:process'
import { createInterface } from 'node:readline'
import { whichProgram } from '../machine.mjs'

export interface Child {
  readonly pid: number
  /** Resolves when it has gone, however it went. */
  readonly ended: Promise<void>
  /** Asks it to end, insists after three seconds, resolves when it has gone. */
  readonly stop: () => Promise<void>
}

export interface ChildOptions {
  readonly env: Readonly<Record<string, string>>
  /** Given to its standard input, which is then closed. */
  readonly input?: string
  /** Started once one of its lines (of stdout, stderr or descriptor 3) fits. */
  readonly ready?: RegExp
}

const PATIENCE_MS = 20_000
const GRACE_MS = 3000

/** Starts a program that ends when we do, even if we crash, and waits until it says that it is ready; answers the line that said so. */
export async function startChild(command: string, parameters: readonly string[], options: ChildOptions): Promise<{ readonly child: Child, readonly line: RegExpExecArray | null }> {
  // The kernel tells the child when its parent dies: no cleaner could do that after a crash.
  const [program, ...rest] = whichProgram('setpriv') === null
    ? [command, ...parameters]
    : ['setpriv', '--pdeathsig', 'TERM', '--', command, ...parameters]
  const running = spawn(program, rest, { env: options.env, stdio: ['pipe', 'pipe', 'pipe', 'pipe'] })
  const ended = new Promise<void>((done) => {
    running.once('exit', () => done())
    running.once('error', () => done())
  })
  const spawned = once(running, 'spawn')
  running.stdin?.on('error', () => {})
  running.stdin?.end(options.input ?? '')
  const killNow = (): void => { running.kill('SIGKILL') }
  process.once('exit', killNow)
  void ended.then(() => process.off('exit', killNow))
  await spawned
  const child: Child = { pid: running.pid ?? 0, ended, stop: () => stop(running, ended) }
  try {
    return { child, line: await whenReady(command, running, options.ready ?? null) }
  }
  catch (error) {
    await child.stop()
    throw error
  }
}

function whenReady(command: string, running: ChildProcess, ready: RegExp | null): Promise<RegExpExecArray | null> {
  return new Promise((done, fail) => {
    const said: string[] = []
    const timer = setTimeout(() => fail(new Error(`${command} was not ready within ${PATIENCE_MS} ms; it said: ${said.join(' | ')}`)), PATIENCE_MS)
    const settle = (act: () => void): void => {
      clearTimeout(timer)
      act()
    }
    running.once('exit', (code, signal) => settle(() => fail(new Error(`${command} ended at once (${code ?? signal}); it said: ${said.join(' | ')}`))))
    for (const stream of running.stdio.slice(1)) {
      // Read for the whole life of the child, or a full pipe would stop it.
      if (!stream || !('read' in stream))
        continue
      createInterface({ input: stream }).on('line', (text) => {
        const found = ready?.exec(text)
        if (found)
          settle(() => done(found))
        said.push(text)
        said.splice(0, said.length - 20)
      })
    }
    if (ready === null)
      settle(() => done(null))
  })
}

async function stop(running: ChildProcess, ended: Promise<void>): Promise<void> {
  running.kill('SIGTERM')
  const insist = setTimeout(() => running.kill('SIGKILL'), GRACE_MS)
  await ended
  clearTimeout(insist)
}

/** Runs a program to its end; answers what it wrote, or rejects with what it complained about. */
export async function runProgram(command: string, parameters: readonly string[], env: Readonly<Record<string, string>>, isGood = (code: number | null, _complaint: string): boolean => code === 0): Promise<string> {
  const running = spawn(command, parameters, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  let complaint = ''
  let code: number | null = null
  running.stdout.setEncoding('utf8').on('data', (text: string) => { output += text })
  running.stderr.setEncoding('utf8').on('data', (text: string) => { complaint += text })
  running.on('exit', (status) => { code = status })
  await once(running, 'close')
  if (!isGood(code, complaint))
    throw new Error(`${command} ${parameters.join(' ')} ended with ${code}: ${complaint.trim()}`)
  return output
}

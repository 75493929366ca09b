import type { TapListener } from '../../main/admin/tap.ts'
import type { FakeWindow } from './fake-window.ts'
import type { MemoryLog } from './memory-log.ts'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { onTestFailed } from 'vitest'
import { writeTrace } from '../../main/admin/trace/trace-file.ts'

type SeenPacket = Parameters<typeof writeTrace>[0] extends Iterable<infer Seen> ? Seen : never

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/** What stands in a file of this name, asked for only when it is written. */
export type Evidence = Readonly<Record<string, () => string | Promise<string>>>

/**
 * Should the test that runs now fail, these files are written to a folder of its own in `test-results`, and its path is printed.
 * Files of different calls must have different names.
 */
export function keepOnFailure(evidence: Evidence): void {
  onTestFailed(async ({ task }) => {
    const { errors = [], retryCount = 0, startTime = Date.now() } = task.result ?? {}
    const began = new Date(startTime).toISOString().replaceAll(':', '-')
    const folder = join('test-results', 'heard', ...[task.file.name.replace(/^test\//, ''), task.fullTestName].map(asFileName), `${began}-${retryCount + 1}`)
    if (await mkdir(join(ROOT, folder), { recursive: true }) !== undefined) {
      process.stderr.write(`what was heard: ${folder}\n`)
      await writeFile(join(ROOT, folder, 'error.txt'), errors.map(error => `${error.stack ?? error.message}\n`).join('\n'))
    }
    for (const [name, text] of Object.entries(evidence))
      await writeFile(join(ROOT, folder, name), await text())
  })
}

function asFileName(text: string): string {
  return text.replace(/[^\w.-]+/g, '-').slice(0, 150)
}

export interface Traffic {
  readonly listener: TapListener
  /** As the administration saves it, so that it can be replayed there; secrets are masked. */
  readonly trace: () => string
}

/** Keeps what passes between a program and its server. */
export function keepTraffic(log: MemoryLog): Traffic {
  const seen: SeenPacket[] = []
  return {
    listener: {
      onBanner: line => log.debug(`heard "${line}"`),
      onPacket: (direction, packet) => void seen.push({ at: Date.now(), direction, packet }),
      onUnreadable: (direction, error) => log.debug(`cannot be read any further (${direction})`, error),
    },
    trace: () => writeTrace(seen, { maskNumbers: false }),
  }
}

/** What was asked of the program, what it showed and what it logged, in order. */
export function historyOf(window: FakeWindow, log: MemoryLog): string {
  const told = [
    ...window.history.map(({ at, what, value }) => ({ at, text: `${what} ${JSON.stringify(value, masked)}` })),
    ...log.entries.map(({ at, line }) => ({ at, text: `log ${line}` })),
  ].sort((one, other) => one.at - other.at)
  return told.map(({ at, text }) => `${new Date(at).toISOString()} ${text}\n`).join('')
}

function masked(name: string, value: unknown): unknown {
  return name === 'secret' ? '(secret)' : value
}

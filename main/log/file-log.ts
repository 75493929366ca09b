import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import type { Redactor } from './redact.ts'
import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { inspect } from 'node:util'

const FULL_BYTES = 1024 * 1024
const KEPT_FILES = 3
const LONGEST_LINE = 8000

/**
 * A log in `folder/ringside.log`, turned over at a megabyte, three old files kept. Each line is redacted before it is written.
 * A disk that refuses costs the log and never the program.
 */
export function createFileLog(parts: {
  readonly folder: string
  readonly clock: Clock
  readonly redactor: Redactor
  readonly verbose: boolean
}): Log {
  const { clock, folder, redactor, verbose } = parts
  const path = join(folder, 'ringside.log')
  let size: number | null = null
  let broken = false

  function write(level: string, scope: string, message: string, details: readonly unknown[]): void {
    if (broken)
      return
    const words = [message, ...details.map(detail => typeof detail === 'string' ? detail : inspect(detail, { depth: 4, breakLength: Infinity }))].join(' ')
    const text = redactor.clean(words).replace(/\r?\n/g, '\n    ').slice(0, LONGEST_LINE)
    const line = `${new Date(clock.now()).toISOString()} ${level} ${scope}: ${text}\n`
    try {
      size ??= open()
      if (size > FULL_BYTES) {
        turnOver()
        size = 0
      }
      appendFileSync(path, line, { mode: 0o600 })
      size += Buffer.byteLength(line)
    }
    catch {
      // Nowhere is left to say it.
      broken = true
    }
  }

  function open(): number {
    mkdirSync(folder, { recursive: true })
    return statSync(path, { throwIfNoEntry: false })?.size ?? 0
  }

  function turnOver(): void {
    for (let number = KEPT_FILES - 1; number >= 0; number--) {
      const from = number === 0 ? path : `${path}.${number}`
      if (statSync(from, { throwIfNoEntry: false }))
        renameSync(from, `${path}.${number + 1}`)
    }
  }

  function scoped(scope: string): Log {
    return {
      debug(message, ...details) {
        if (verbose)
          write('debug', scope, message, details)
      },
      info: (message, ...details) => write('info', scope, message, details),
      warn: (message, ...details) => write('warn', scope, message, details),
      error: (message, ...details) => write('error', scope, message, details),
      scope: name => scoped(name),
    }
  }
  return scoped('app')
}

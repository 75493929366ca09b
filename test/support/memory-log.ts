import type { Log } from '../../main/log.ts'
import { inspect } from 'node:util'

export interface MemoryLog extends Log {
  /** One text for each entry: `warn ami: …`, with its details. */
  readonly lines: readonly string[]
  /** The same with their times. */
  readonly entries: readonly { readonly at: number, readonly line: string }[]
}

/** A log that can be asked what it says. */
export function createMemoryLog(): MemoryLog {
  const lines: string[] = []
  const entries: { readonly at: number, readonly line: string }[] = []
  const scoped = (scope: string): Log => {
    const at = (level: string) => (message: string, ...details: readonly unknown[]) => {
      const line = [`${level} ${scope}${message}`, ...details.map(detail => inspect(detail))].join(' ')
      lines.push(line)
      entries.push({ at: Date.now(), line })
    }
    return {
      debug: at('debug'),
      info: at('info'),
      warn: at('warn'),
      error: at('error'),
      scope: name => scoped(`${scope}${name}: `),
    }
  }
  return { ...scoped(''), lines, entries }
}

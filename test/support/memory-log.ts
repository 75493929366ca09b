import type { Log } from '../../main/log.ts'
import { inspect } from 'node:util'

export interface MemoryLog extends Log {
  /** One text for each entry: `warn ami: …`, with its details. */
  readonly lines: readonly string[]
}

/** A log that can be asked what it says. */
export function createMemoryLog(): MemoryLog {
  const lines: string[] = []
  const scoped = (scope: string): Log => {
    const at = (level: string) => (message: string, ...details: readonly unknown[]) => {
      lines.push([`${level} ${scope}${message}`, ...details.map(detail => inspect(detail))].join(' '))
    }
    return {
      debug: at('debug'),
      info: at('info'),
      warn: at('warn'),
      error: at('error'),
      scope: name => scoped(`${scope}${name}: `),
    }
  }
  return { ...scoped(''), lines }
}

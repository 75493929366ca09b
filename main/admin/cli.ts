import type { Asker } from '../ami/session/types.ts'
import type { Clock } from '../clock.ts'
import { AppError } from '../errors.ts'

export interface Cli {
  readonly run: (input: { readonly command: string, readonly confirmed: boolean }) => Promise<{ readonly lines: readonly string[], readonly elapsedMs: number }>
  /** Whole command lines that begin with the text; empty where the server cannot be asked. */
  readonly complete: (input: { readonly text: string }) => Promise<readonly string[]>
}

/** A command with one of these words only tells; everything else asks first. */
const TELLS = new Set(['show', 'list', 'help', 'ping'])
/** Servers colour some of their texts also where there is no terminal. */
// eslint-disable-next-line no-control-regex -- it begins with one
const COLOURS = /\x1B\[[\d;]*m/g
/** What Asterisk's completion ends with. */
const END = '_EOF_'

/** The lines that a console command prints, in either framing; a refused one rejects with `action-refused` and the server's own words. */
export async function runCli(asker: Asker, command: string): Promise<readonly string[]> {
  const answer = await asker.action('Command', { Command: command }, { timeoutMs: 60_000 })
  return (answer.output ?? []).map(line => line.replace(COLOURS, ''))
}

export function createCli({ asker, clock }: { readonly asker: () => Asker, readonly clock: Clock }): Cli {
  return {
    async run({ command, confirmed }) {
      if (!confirmed && !command.toLowerCase().split(/\s+/).some(word => TELLS.has(word)))
        throw new AppError('needs-confirmation', command, { details: { action: 'Command', what: command } })
      const from = clock.now()
      const lines = await runCli(asker(), command.trim())
      return { lines, elapsedMs: clock.now() - from }
    },
    async complete({ text }) {
      const server = asker()
      if (server.server.actions?.has('command') === false)
        return []
      const word = /\S*$/.exec(text)?.[0] ?? ''
      const before = text.slice(0, text.length - word.length)
      // Quotes would end the argument of the command that asks.
      if (text.includes('"'))
        return []
      try {
        const lines = await runCli(server, `_command matchesarray "${text}" "${word}"`)
        // What all of them have in common comes first, then the words themselves.
        const [, ...words] = lines.join(' ').split(' ').filter((each, index) => index === 0 || (each !== '' && each !== END))
        return [...new Set(words)].map(each => `${before}${each}`)
      }
      catch (error) {
        if (error instanceof AppError && (error.code === 'action-refused' || error.code === 'not-permitted' || error.code === 'unknown-action'))
          return []
        throw error
      }
    },
  }
}

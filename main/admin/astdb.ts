import type { Asker } from '../ami/session/types.ts'
import { AppError } from '../errors.ts'
import { runCli } from './cli.ts'

export interface DbEntry { readonly key: string, readonly value: string }

export interface AstDb {
  readonly get: (input: { readonly family: string, readonly key: string }) => Promise<{ readonly value: string | null }>
  readonly tree: (input: { readonly family: string }) => Promise<readonly DbEntry[]>
  readonly put: (input: { readonly family: string, readonly key: string, readonly value: string, readonly confirmed: boolean }) => Promise<void>
  /** With an empty key the whole family. */
  readonly delete: (input: { readonly family: string, readonly key: string, readonly confirmed: boolean }) => Promise<void>
}

const NOT_FOUND = /not found/i

/** The AstDB of the server by its actions; where a release lacks one, by the console if the account may use that. */
export function createAstDb({ asker }: { readonly asker: () => Asker }): AstDb {
  function confirm(confirmed: boolean, action: string, what: string): void {
    if (!confirmed)
      throw new AppError('needs-confirmation', what, { details: { action, what } })
  }

  return {
    async get({ family, key }) {
      try {
        const { items } = await asker().list('DBGet', { Family: family, Key: key })
        return { value: items[0]?.get('Val') ?? null }
      }
      catch (error) {
        if (error instanceof AppError && NOT_FOUND.test(error.message))
          return { value: null }
        throw error
      }
    },
    async tree({ family }) {
      const server = asker()
      // 16.28, 18.14, 19.6 and 20: before that only the console lists.
      if (server.server.actions?.has('dbgettree') === false) {
        const lines = await runCli(server, family === '' ? 'database show' : `database show ${word(family)}`)
        return lines.flatMap(readShownLine)
      }
      try {
        const { items } = await server.list('DBGetTree', family === '' ? {} : { Family: family })
        return items.map(item => ({ key: item.get('Key') ?? '', value: item.get('Val') ?? '' })).filter(({ key }) => key !== '')
      }
      catch (error) {
        if (error instanceof AppError && NOT_FOUND.test(error.message))
          return []
        throw error
      }
    },
    async put({ confirmed, family, key, value }) {
      confirm(confirmed, 'DBPut', `/${family}/${key}`)
      await asker().action('DBPut', { Family: family, Key: key, Val: value })
    },
    async delete({ confirmed, family, key }) {
      confirm(confirmed, key === '' ? 'DBDelTree' : 'DBDel', `/${family}/${key}`)
      const server = asker()
      const lacksActions = server.server.actions?.has(key === '' ? 'dbdeltree' : 'dbdel') === false
      if (lacksActions)
        await runCli(server, key === '' ? `database deltree ${word(family)}` : `database del ${word(family)} ${word(key)}`)
      else if (key === '')
        await server.action('DBDelTree', { Family: family })
      else
        await server.action('DBDel', { Family: family, Key: key })
    },
  }
}

/** One word of a console command, whatever is in it. */
function word(text: string): string {
  if (/["\\]/.test(text))
    throw new AppError('unsafe-value', 'A console command cannot hold a quotation mark or a backslash inside of a word')
  return `"${text}"`
}

/** `/family/key                      : value`. */
function readShownLine(line: string): readonly DbEntry[] {
  const colon = line.search(/\s: ?/)
  return line.startsWith('/') && colon > 0
    ? [{ key: line.slice(0, colon).trim(), value: line.slice(colon).replace(/^\s*: ?/, '').trimEnd() }]
    : []
}

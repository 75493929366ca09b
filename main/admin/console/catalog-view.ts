import type { CatalogAction, CatalogParameter } from '#contract/admin.ts'
import type { ActionData } from '../../ami/catalog/entries.ts'
import { actionEntries, eventEntries, parameterEntries } from '../../ami/catalog/entries.ts'
import { isAmong, parseRelease } from '../../ami/catalog/versions.ts'

export interface CatalogView {
  readonly actions: readonly CatalogAction[]
  readonly events: readonly { readonly name: string, readonly help: string, readonly privilege: readonly string[] }[]
}

/** The catalogue as forms and completion need it, for one server: its release as far as it told, and the actions that it offers this account. */
export function catalogView(server: { readonly asterisk: string | null, readonly actions: readonly string[] | null }): CatalogView {
  const release = server.asterisk === null
    ? null
    : parseRelease(server.asterisk)
  const known = (versions: string): boolean | null => release && isAmong(versions, release)
  const offered = server.actions && new Set(server.actions)

  function actionView([name, entry]: readonly [string, ActionData]): CatalogAction {
    const now = Object.entries(entry.privilege).filter(([versions]) => known(versions) !== false)
    const [, privilege = []] = now.at(-1) ?? Object.entries(entry.privilege).at(-1) ?? []
    return {
      name,
      group: entry.group,
      help: entry.help,
      privilege,
      reply: entry.reply,
      versions: entry.versions,
      allowed: offered && offered.has(name.toLowerCase()),
      successors: entry.successors ?? [],
      danger: entry.danger ?? null,
      parameters: Object.entries(entry.parameters).map(([parameter, own]): CatalogParameter => {
        const shared = parameterEntries[parameter]
        return {
          name: parameter,
          required: own.required ?? false,
          repeatable: own.repeatable ?? false,
          type: own.type ?? shared?.type ?? 'text',
          choices: own.choices ?? [],
          help: own.help ?? shared?.help ?? '',
          versions: own.versions,
          known: known(own.versions),
        }
      }),
    }
  }

  return {
    actions: Object.entries(actionEntries).map(actionView).sort((a, b) => a.name.localeCompare(b.name)),
    events: Object.entries(eventEntries).map(([name, { help, privilege }]) => ({ name, help, privilege })).sort((a, b) => a.name.localeCompare(b.name)),
  }
}

/** The entry of an action whatever the case it is written in. */
export function actionEntry(name: string): ActionData | undefined {
  return actionEntries[name] ?? Object.entries(actionEntries).find(([known]) => known.toLowerCase() === name.toLowerCase())?.[1]
}

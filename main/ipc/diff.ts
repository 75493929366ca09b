import type { Patch, Snapshot, TableName, Tables } from '#contract/tables.ts'
import { changedIds } from './derived.ts'

const NONE: ReadonlySet<TableName> = new Set()

/** What a window that has `before` and does not watch `without` must be told; null when that is nothing. Rows are compared by identity. */
export function diff(before: Snapshot, after: Tables, without: ReadonlySet<TableName> = NONE): Patch | null {
  const upsert: Record<string, Record<string, unknown>> = {}
  const remove: Record<string, readonly string[]> = {}
  let hasChanged = false
  for (const name of Object.keys(after) as TableName[]) { // the keys of Tables
    const from: Readonly<Record<string, unknown>> = before.tables[name]
    const to: Readonly<Record<string, unknown>> = after[name]
    if (from === to || without.has(name))
      continue
    const ids = changedIds(from, to)
    const changed = [...ids ?? Object.keys(to)].filter(id => Object.hasOwn(to, id) && from[id] !== to[id])
    const gone = [...ids ?? Object.keys(from)].filter(id => Object.hasOwn(from, id) && !Object.hasOwn(to, id))
    if (changed.length > 0)
      upsert[name] = Object.fromEntries(changed.map(id => [id, to[id]]))
    if (gone.length > 0)
      remove[name] = gone
    hasChanged ||= changed.length > 0 || gone.length > 0
  }
  return hasChanged
    ? { rev: before.rev + 1, upsert: upsert as Patch['upsert'], remove: remove as Patch['remove'] } // built table by table above
    : null
}

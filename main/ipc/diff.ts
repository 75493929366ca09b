import type { Patch, Snapshot, TableName, Tables } from '#contract/tables.ts'
import { changedIds } from './derived.ts'

const TABLES = [
  'connection',
  'line',
  'calls',
  'alerts',
  'dials',
  'mailboxes',
  'recents',
  'people',
  'parked',
  'lots',
  'queues',
  'queueCallers',
  'queueMembers',
  'todo',
  'acts',
] as const satisfies readonly TableName[]

/** What a window that has `before` must be told; null when that is nothing. Rows are compared by identity. */
export function diff(before: Snapshot, after: Tables): Patch | null {
  const upsert: Record<string, Record<string, unknown>> = {}
  const remove: Record<string, readonly string[]> = {}
  for (const name of TABLES) {
    const from: Readonly<Record<string, unknown>> = before.tables[name]
    const to: Readonly<Record<string, unknown>> = after[name]
    if (from === to)
      continue
    const ids = changedIds(from, to)
    const changed = ids
      ? [...ids].flatMap(id => Object.hasOwn(to, id) && from[id] !== to[id] ? [[id, to[id]] as const] : [])
      : Object.entries(to).filter(([id, row]) => from[id] !== row)
    const gone = ids
      ? [...ids].filter(id => Object.hasOwn(from, id) && !Object.hasOwn(to, id))
      : Object.keys(from).filter(id => !Object.hasOwn(to, id))
    if (changed.length > 0)
      upsert[name] = Object.fromEntries(changed)
    if (gone.length > 0)
      remove[name] = gone
  }
  if (Object.keys(upsert).length === 0 && Object.keys(remove).length === 0)
    return null
  return { rev: before.rev + 1, upsert: upsert as Patch['upsert'], remove: remove as Patch['remove'] } // built table by table above
}

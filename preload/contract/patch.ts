import type { Patch, Snapshot, TableName } from './tables.ts'

/** The snapshot with the patch in it, or null when the patch does not follow it: ask main for a new one. */
export function applyPatch(snapshot: Snapshot, patch: Patch): Snapshot | null {
  if (patch.rev !== snapshot.rev + 1)
    return null
  const tables: Record<string, Record<string, unknown>> = { ...snapshot.tables }
  const touched = new Set([
    ...Object.keys(patch.upsert),
    ...Object.keys(patch.remove),
  ])
  for (const name of touched) {
    const table = name as TableName // both sides of the patch are keyed by table name
    const rows: Record<string, unknown> = {
      ...snapshot.tables[table],
      ...patch.upsert[table],
    }
    for (const id of patch.remove[table] ?? []) delete rows[id]
    tables[table] = rows
  }
  return { rev: patch.rev, tables: tables as unknown as Snapshot['tables'] }
}

import type { Ref } from 'vue'
import type { AdminTableName, CatalogParameter } from '#contract/admin.ts'
import { shallowRef } from 'vue'
import { useBridge } from '../../bridge/index.ts'

/** A list is asked for again when it is older than this. */
const FRESH_MS = 15_000
const MOST = 200

const sources: Readonly<Partial<Record<CatalogParameter['type'], { readonly table: AdminTableName, readonly column: string }>>> = {
  channel: { table: 'channels', column: 'channel' },
  peer: { table: 'peers', column: 'peer' },
  queue: { table: 'queues', column: 'queue' },
  exten: { table: 'extensions', column: 'exten' },
  context: { table: 'extensions', column: 'context' },
  mailbox: { table: 'mailboxes', column: 'mailbox' },
}

/** What exists on the server for a kind of parameter, asked for when a field of that kind is entered. */
export function useSuggestions(): { readonly known: Ref<Readonly<Record<string, readonly string[]>>>, readonly look: (type: CatalogParameter['type']) => Promise<void> } {
  const bridge = useBridge()
  const known = shallowRef<Readonly<Record<string, readonly string[]>>>({})
  const askedAt = new Map<string, number>()

  return {
    known,
    async look(type) {
      const source = sources[type]
      if (!source || Date.now() - (askedAt.get(type) ?? 0) < FRESH_MS)
        return
      askedAt.set(type, Date.now())
      const result = await bridge.invoke('admin.table', { table: source.table, of: '' })
      // Without a list there is nothing to suggest; whoever types gets along.
      if (result.ok)
        known.value = { ...known.value, [type]: [...new Set(result.value.rows.flatMap(row => row[source.column] || []))].slice(0, MOST) }
    },
  }
}

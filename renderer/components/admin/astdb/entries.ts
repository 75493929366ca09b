export interface DbEntry { readonly key: string, readonly value: string }

/** `/family/sub/key` as the actions want it: everything before the last stroke is the family. */
export function splitKey(full: string): { readonly family: string, readonly key: string } {
  const path = full.replace(/^\/+/, '')
  const at = path.lastIndexOf('/')
  return at < 0 ? { family: '', key: path } : { family: path.slice(0, at), key: path.slice(at + 1) }
}

/** The first parts of all keys with how many entries each has, in order. */
export function familiesOf(entries: readonly DbEntry[]): readonly (readonly [family: string, count: number])[] {
  const counts = new Map<string, number>()
  for (const { key } of entries) {
    const family = key.replace(/^\/+/, '').split('/')[0] ?? ''
    counts.set(family, (counts.get(family) ?? 0) + 1)
  }
  return [...counts].sort(([a], [b]) => a.localeCompare(b))
}

/** As Asterisk writes it in lists. */
export function pathOf({ family, key }: { readonly family: string, readonly key: string }): string {
  return `/${family}/${key}`
}

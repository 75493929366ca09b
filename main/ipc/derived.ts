type Rows = Readonly<Record<string, unknown>>

interface Derivation { readonly base: WeakRef<Rows>, readonly ids: ReadonlySet<string> }

const derivations = new WeakMap<Rows, Derivation>()

/** A table that differs from `base` in these rows alone; a row that is undefined is not in it. Whoever compares the two looks at no others. */
export function derive<Row>(base: Readonly<Record<string, Row>>, change: ReadonlyMap<string, Row | undefined>): Readonly<Record<string, Row>> {
  const next: Record<string, Row> = { ...base }
  for (const [id, row] of change) {
    if (row === undefined)
      delete next[id]
    else
      next[id] = row
  }
  // Held weakly: a table that nobody has must not live on in the one that came of it, and with it all before.
  derivations.set(next, { base: new WeakRef(base), ids: new Set(change.keys()) })
  return next
}

/** The rows in which a table may differ from another, where that is known. */
export function changedIds(from: Rows, to: Rows): ReadonlySet<string> | null {
  const derivation = derivations.get(to)
  return derivation?.base.deref() === from
    ? derivation.ids
    : null
}

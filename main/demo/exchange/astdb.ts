/** The database of the server: values by family and key, listed in the order of their names. */
export class AstDb {
  readonly #entries = new Map<string, string>()

  get(family: string, key: string): string | null {
    return this.#entries.get(pathOf(family, key)) ?? null
  }

  put(family: string, key: string, value: string): void {
    this.#entries.set(pathOf(family, key), value)
  }

  delete(family: string, key: string): boolean {
    return this.#entries.delete(pathOf(family, key))
  }

  /** `/family/key` and value of all that lies under the place; everything for an empty one. */
  tree(family: string, key = ''): readonly (readonly [path: string, value: string])[] {
    const place = family === ''
      ? '/'
      : pathOf(family, key)
    return [...this.#entries]
      .filter(([path]) => place === '/' || path === place || path.startsWith(place.endsWith('/') ? place : `${place}/`))
      .sort(([one], [two]) => one.localeCompare(two, 'en'))
  }

  /** How many were there. */
  deleteTree(family: string, key = ''): number {
    const found = this.tree(family, key)
    for (const [path] of found) this.#entries.delete(path)
    return found.length
  }
}

function pathOf(family: string, key: string): string {
  return key === ''
    ? `/${family}`
    : `/${family}/${key}`
}

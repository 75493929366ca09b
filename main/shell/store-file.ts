import Store from 'electron-store'

/** Writes `folder/name.json` whole and in one step, for this person only. */
export function storeFile(folder: string, name: string): (content: object) => void {
  let store: Store<Record<string, unknown>> | null = null
  return (content) => {
    // Opened late: reading is our own, and most starts write nothing.
    store ??= new Store({ name, cwd: folder, configFileMode: 0o600, accessPropertiesByDotNotation: false })
    store.store = { ...content }
  }
}

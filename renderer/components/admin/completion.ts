import type { CatalogAction } from '#contract/admin.ts'

export interface Completion {
  /** What the chosen word replaces, as places in the text. */
  readonly from: number
  readonly to: number
  readonly words: readonly string[]
}

/** What could stand where the caret is, in a packet that is being typed: names of actions and headers, values where they are known. */
export function completeAt(text: string, caret: number, actions: readonly CatalogAction[], most = 12): Completion | null {
  const start = text.lastIndexOf('\n', caret - 1) + 1
  const end = !text.includes('\n', caret) ? text.length : text.indexOf('\n', caret)
  const typed = text.slice(start, caret)
  const colon = typed.indexOf(':')
  const lines = text.split('\n')
  const actionName = lines.map(line => /^\s*action\s*:(.*)/i.exec(line)?.[1]?.trim()).find(name => name !== undefined) ?? ''
  const action = actions.find(({ name }) => name.toLowerCase() === actionName.toLowerCase())

  if (colon < 0) {
    const word = typed.trimStart().toLowerCase()
    const used = new Set(lines.map(line => line.split(':')[0]?.trim().toLowerCase()).filter((_, at) => lines.slice(0, at).join('\n').length + (at > 0 ? 1 : 0) !== start))
    const names = actionName === '' && !used.has('action')
      ? ['Action']
      : (action?.parameters ?? []).filter(({ known, name, repeatable }) => known !== false && (repeatable || !used.has(name.toLowerCase()))).map(({ name }) => name)
    return found({ from: start, to: end }, names.filter(name => name.toLowerCase().startsWith(word)).map(name => `${name}: `), text)
  }

  const header = typed.slice(0, colon).trim().toLowerCase()
  const valueStart = start + colon + 1 + (/^\s*/.exec(typed.slice(colon + 1))?.[0].length ?? 0)
  const word = text.slice(valueStart, caret).toLowerCase()
  const place = { from: valueStart, to: end }
  if (header === 'action') {
    const names = actions.map(({ name }) => name)
    const ahead = names.filter(name => name.toLowerCase().startsWith(word))
    return found(place, [...ahead, ...names.filter(name => word.length > 1 && !ahead.includes(name) && name.toLowerCase().includes(word))], text)
  }
  const parameter = action?.parameters.find(({ name }) => name.toLowerCase() === header)
  const values = parameter?.type === 'boolean' ? ['true', 'false'] : parameter?.choices ?? []
  return found(place, values.filter(value => value.toLowerCase().startsWith(word)), text)

  function found({ from, to }: Omit<Completion, 'words'>, words: readonly string[], whole: string): Completion | null {
    const fresh = words.filter(candidate => candidate !== whole.slice(from, to)).slice(0, most)
    return fresh.length === 0 ? null : { from, to, words: fresh }
  }
}

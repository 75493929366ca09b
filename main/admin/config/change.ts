import type { ConfigCategory, ConfigChange, Headers } from '#contract/admin.ts'

export type ConfigWarning = 'category-missing' | 'category-exists' | 'line-missing' | 'removes-all' | 'updates-first' | 'drops-comments'

/**
 * What a file says after a change, by the rules of UpdateConfig that recordings of 1.4 to 22 show: a delete looks at `Match` alone and
 * without one takes every line of that name; an update changes the first line that fits.
 */
export function applyChange(categories: readonly ConfigCategory[], change: ConfigChange): { readonly categories: readonly ConfigCategory[], readonly warnings: readonly ConfigWarning[] } {
  const has = categories.some(({ name }) => name === change.category)
  const unchanged = (warning: ConfigWarning) => ({ categories, warnings: [warning] })
  /** Only the first category of a name is reached. */
  const edit = (how: (category: ConfigCategory) => ConfigCategory, warnings: readonly ConfigWarning[] = []) => {
    const at = categories.findIndex(({ name }) => name === change.category)
    return { categories: categories.map((category, index) => index === at ? how(category) : category), warnings }
  }

  if (change.do === 'new-category') {
    return has
      ? unchanged('category-exists')
      : { categories: [...categories, { name: change.category, template: change.template, inherits: change.inherits, lines: [] }], warnings: [] }
  }
  if (!has)
    return unchanged('category-missing')
  const lines = categories.find(({ name }) => name === change.category)?.lines ?? []

  switch (change.do) {
    case 'rename-category':
      return edit(category => ({ ...category, name: change.to }), categories.some(({ name }) => name === change.to) ? ['category-exists'] : [])
    case 'delete-category':
      return { categories: categories.filter(({ name }) => name !== change.category), warnings: [] }
    case 'empty-category':
      return edit(category => ({ ...category, lines: [] }))
    case 'append':
      return edit(category => ({ ...category, lines: [...category.lines, { name: change.name, value: change.value, isObject: change.isObject }] }))
    case 'insert':
      return edit(category => ({ ...category, lines: category.lines.toSpliced(change.line, 0, { name: change.name, value: change.value, isObject: change.isObject }) }))
    case 'delete': {
      const fits = (line: ConfigCategory['lines'][number]): boolean => line.name === change.name && (change.match === '' || line.value === change.match)
      const many = lines.filter(fits).length
      return many === 0
        ? unchanged('line-missing')
        : edit(category => ({ ...category, lines: category.lines.filter(line => !fits(line)) }), many > 1 ? ['removes-all'] : [])
    }
    case 'update': {
      const fits = (line: ConfigCategory['lines'][number]): boolean => line.name === change.name && (change.match === '' || line.value === change.match)
      const at = lines.findIndex(fits)
      return at === -1
        ? unchanged('line-missing')
        : edit(category => ({ ...category, lines: category.lines.map((line, index) => index === at ? { ...line, value: change.value, isObject: change.isObject || line.isObject } : line) }), lines.filter(fits).length > 1 ? ['updates-first'] : [])
    }
    default:
      return change satisfies never
  }
}

/** The headers of one operation; numbers are six digits, start at 000000 and have no gap, or the server silently stops there. */
export function operationHeaders(change: ConfigChange, index: number): Headers {
  const number = String(index).padStart(6, '0')
  const header = (name: string, value: string): readonly [string, string] => [`${name}-${number}`, value]
  const category = header('Cat', change.category)
  switch (change.do) {
    case 'new-category': {
      const options = [...(change.template ? ['template'] : []), ...(change.inherits.length > 0 ? [`inherit="${change.inherits.join(',')}"`] : [])]
      return [header('Action', 'NewCat'), category, ...(options.length > 0 ? [header('Options', options.join(','))] : [])]
    }
    case 'rename-category':
      return [header('Action', 'RenameCat'), category, header('Value', change.to)]
    case 'delete-category':
      return [header('Action', 'DelCat'), category]
    case 'empty-category':
      return [header('Action', 'EmptyCat'), category]
    case 'append':
      return [header('Action', 'Append'), category, header('Var', change.name), header('Value', valueOf(change))]
    case 'insert':
      return [header('Action', 'Insert'), category, header('Var', change.name), header('Value', valueOf(change)), header('Line', String(change.line).padStart(6, '0'))]
    case 'delete':
      return [header('Action', 'Delete'), category, header('Var', change.name), ...(change.match === '' ? [] : [header('Match', change.match)])]
    case 'update':
      return [header('Action', 'Update'), category, header('Var', change.name), header('Value', valueOf(change)), ...(change.match === '' ? [] : [header('Match', change.match)])]
    default:
      return change satisfies never
  }
}

/** `>` in front writes an object line, `name => value`. */
function valueOf({ isObject, value }: { readonly isObject: boolean, readonly value: string }): string {
  return isObject ? `>${value}` : value
}

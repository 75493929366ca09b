import type { ConfigCategory, ConfigChange, ConfigLine, Headers } from '#contract/admin.ts'

export type ConfigWarning = 'category-missing' | 'category-exists' | 'several-categories' | 'line-missing' | 'removes-all' | 'updates-first'

/** Which categories of one name a change reaches: from 12 on all of them, before that the first. */
export type Reach = 'all' | 'first'

interface Changed { readonly categories: readonly ConfigCategory[], readonly warnings: readonly ConfigWarning[] }

/**
 * What a file says after a change, by the rules of UpdateConfig that recordings of 1.4 to 11 and live servers show: names and values
 * match in any case, a delete looks at `Match` alone and without one takes every line of that name, an update changes the first line that fits.
 */
export function applyChange(categories: readonly ConfigCategory[], change: ConfigChange, reach: Reach): Changed {
  const targets = targetsOf(categories, change.category, reach)
  const unchanged = (warning: ConfigWarning): Changed => ({ categories, warnings: [warning] })
  const several: readonly ConfigWarning[] = targets.length > 1 ? ['several-categories'] : []
  const edit = (how: (category: ConfigCategory) => ConfigCategory, warnings: readonly ConfigWarning[] = []): Changed =>
    ({ categories: categories.map(category => targets.includes(category) ? how(category) : category), warnings: [...several, ...warnings] })
  const editLines = (how: (lines: readonly ConfigLine[]) => readonly ConfigLine[], warnings?: readonly ConfigWarning[]): Changed =>
    edit(category => ({ ...category, lines: how(category.lines) }), warnings)

  if (change.do === 'new-category') {
    return targets.length > 0
      ? unchanged('category-exists')
      : { categories: [...categories, { name: change.category, template: change.template, inherits: change.inherits, lines: [] }], warnings: [] }
  }
  if (targets.length === 0)
    return unchanged('category-missing')

  switch (change.do) {
    case 'rename-category':
      return edit(category => ({ ...category, name: change.to }), categories.some(({ name }) => isAlike(name, change.to)) ? ['category-exists'] : [])
    case 'delete-category':
      return { categories: categories.filter(category => !targets.includes(category)), warnings: several }
    case 'empty-category':
      return editLines(() => [])
    case 'append':
      return editLines(lines => [...lines, lineOf(change)])
    case 'insert':
      return editLines(lines => lines.toSpliced(isBeyond(change.line, targets) ? lines.length : change.line, 0, lineOf(change)))
    case 'delete': {
      const fits = fitter(change)
      const many = targets.flatMap(({ lines }) => lines).filter(fits).length
      return many === 0 ? unchanged('line-missing') : editLines(lines => lines.filter(line => !fits(line)), many > 1 ? ['removes-all'] : [])
    }
    case 'update': {
      const fits = fitter(change)
      const most = Math.max(...targets.map(({ lines }) => lines.filter(fits).length))
      return most === 0
        ? unchanged('line-missing')
        : editLines((lines) => {
            const at = lines.findIndex(fits)
            return lines.map((line, index) => index === at ? { ...lineOf(change), isObject: change.isObject || line.isObject } : line)
          }, most > 1 ? ['updates-first'] : [])
    }
    default:
      return change satisfies never
  }
}

/**
 * The headers of one operation on a file that says `before`; numbers are six digits, start at 000000 and have no gap, or the server
 * silently stops there.
 */
export function operationHeaders(change: ConfigChange, index: number, before: readonly ConfigCategory[], reach: Reach): Headers {
  const targets = targetsOf(before, change.category, reach)
  const number = String(index).padStart(6, '0')
  const header = (name: string, value: string): readonly [string, string] => [`${name}-${number}`, value]
  const category = header('Cat', change.category)
  // Without it a server does not find templates.
  const filter = change.do !== 'new-category' && targets.some(({ template }) => template) ? [header('Options', 'catfilter="TEMPLATES=include"')] : []
  switch (change.do) {
    case 'new-category': {
      const options = [...(change.template ? ['template'] : []), ...(change.inherits.length > 0 ? [`inherit="${change.inherits.join(',')}"`] : [])]
      return [header('Action', 'NewCat'), category, ...(options.length > 0 ? [header('Options', options.join(','))] : [])]
    }
    case 'rename-category':
      return [header('Action', 'RenameCat'), category, header('Value', change.to), ...filter]
    case 'delete-category':
      return [header('Action', 'DelCat'), category, ...filter]
    case 'empty-category':
      return [header('Action', 'EmptyCat'), category, ...filter]
    case 'append':
      return [header('Action', 'Append'), category, header('Var', change.name), header('Value', valueOf(change)), ...filter]
    case 'insert': {
      // Asterisk 16 and 22 die of a line beyond the end. They count the inherited lines too.
      if (isBeyond(change.line, targets))
        return [header('Action', 'Append'), category, header('Var', change.name), header('Value', valueOf(change)), ...filter]
      const inherited = Math.max(0, ...targets.map(target => inheritedLines(target, before)))
      return [header('Action', 'Insert'), category, header('Var', change.name), header('Value', valueOf(change)), header('Line', String(change.line + inherited).padStart(6, '0')), ...filter]
    }
    case 'delete':
      return [header('Action', 'Delete'), category, header('Var', change.name), ...(change.match === '' ? [] : [header('Match', change.match)]), ...filter]
    case 'update':
      return [header('Action', 'Update'), category, header('Var', change.name), header('Value', valueOf(change)), ...(change.match === '' ? [] : [header('Match', change.match)]), ...filter]
    default:
      return change satisfies never
  }
}

/** How many lines a category has from its templates, theirs included. */
function inheritedLines(category: ConfigCategory, categories: readonly ConfigCategory[], depth = 0): number {
  return category.inherits.reduce((sum, name) => {
    const template = categories.find(each => isAlike(each.name, name))
    // A file that inherits in a circle is none that a server reads.
    return template === undefined || depth > 20 ? sum : sum + template.lines.length + inheritedLines(template, categories, depth + 1)
  }, 0)
}

export function isAlike(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}

function targetsOf(categories: readonly ConfigCategory[], name: string, reach: Reach): readonly ConfigCategory[] {
  const all = categories.filter(category => isAlike(category.name, name))
  return reach === 'all' ? all : all.slice(0, 1)
}

function isBeyond(line: number, targets: readonly ConfigCategory[]): boolean {
  return targets.some(({ lines }) => line > lines.length)
}

function fitter(change: { readonly name: string, readonly match: string }): (line: ConfigLine) => boolean {
  return line => isAlike(line.name, change.name) && (change.match === '' || isAlike(line.value, change.match))
}

function lineOf({ isObject, name, value }: ConfigLine): ConfigLine {
  return { name, value, isObject }
}

/** `>` in front writes an object line, `name => value`. */
function valueOf({ isObject, value }: { readonly isObject: boolean, readonly value: string }): string {
  return isObject ? `>${value}` : value
}

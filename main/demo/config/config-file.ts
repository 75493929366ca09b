export interface ConfigVariable { readonly name: string, readonly value: string, /** `=>` instead of `=`. */ readonly isObject: boolean }

export interface ConfigCategory {
  readonly name: string
  readonly isTemplate: boolean
  readonly inherits: readonly string[]
  readonly variables: readonly ConfigVariable[]
}

export interface ConfigFile { readonly categories: readonly ConfigCategory[] }

/** One numbered step of `UpdateConfig`. */
export interface ConfigOperation {
  readonly action: string
  readonly category: string
  readonly variable: string
  readonly value: string
  readonly match: string
  readonly line: string
  readonly options: string
}

export type ConfigOutcome
  = | { readonly file: ConfigFile }
    | { readonly error: string }

const MOST_TEMPLATES = 20
const PROBLEM = 'Problem with category, value, or line (if required)'
const NO_CATEGORY = 'Given category does not exist'

/** All the steps or none, each with the sentence that Asterisk 22 refuses it with. */
export function updated(file: ConfigFile, operations: readonly ConfigOperation[]): ConfigOutcome {
  let outcome: ConfigOutcome = { file }
  for (const operation of operations) {
    outcome = applied(outcome.file, operation)
    if ('error' in outcome)
      return outcome
  }
  return outcome
}

function applied(file: ConfigFile, operation: ConfigOperation): ConfigOutcome {
  const { action, category, options, value } = operation
  const kind = action.toLowerCase()
  if (!['newcat', 'renamecat', 'delcat', 'emptycat', 'update', 'delete', 'append', 'insert'].includes(kind))
    return { error: 'Unknown action command' }
  if (category === '')
    return { error: 'Category not specified' }
  if (kind === 'newcat')
    return withNewCategory(file, category, options)
  // Templates are found only where they are asked for.
  const wantsTemplate = /catfilter="?[^"]*templates=(?:include|restrict)/i.test(options)
  const isMeant = (one: ConfigCategory): boolean => isAlike(one.name, category) && (!one.isTemplate || wantsTemplate)
  const index = file.categories.findIndex(isMeant)
  const found = file.categories[index]
  if (!found)
    return { error: NO_CATEGORY }
  const replace = (...by: readonly ConfigCategory[]): ConfigOutcome => ({ file: { categories: file.categories.toSpliced(index, 1, ...by) } })
  switch (kind) {
    case 'renamecat':
      return value === ''
        ? { error: PROBLEM }
        : replace({ ...found, name: value })
    case 'delcat':
      return { file: { categories: file.categories.filter(one => !isMeant(one)) } }
    case 'emptycat':
      return replace({ ...found, variables: [] })
    default: {
      const variables = changed(found.variables, inheritedBy(file, found), kind, operation)
      return typeof variables === 'string'
        ? { error: variables }
        : replace({ ...found, variables })
    }
  }
}

function withNewCategory(file: ConfigFile, name: string, options: string): ConfigOutcome {
  const allowsTwins = /allowdups/i.test(options)
  if (!allowsTwins && file.categories.some(one => isAlike(one.name, name)))
    return { error: 'Create category did not complete successfully' }
  const [, inherited = ''] = /inherit="?([^"]*)"?/i.exec(options) ?? []
  const inherits = inherited.split(',').map(one => one.trim()).filter(one => one !== '')
  if (inherits.some(one => !file.categories.some(category => isAlike(category.name, one))))
    return { error: 'Template category not found' }
  return {
    file: {
      categories: [
        ...file.categories,
        { name, isTemplate: /(?:^|,)\s*template\s*(?:,|$)/i.test(options), inherits, variables: [] },
      ],
    },
  }
}

/** What a category has from its templates, before its own. */
export function inheritedBy(file: ConfigFile, { inherits }: ConfigCategory, depth = 0): readonly ConfigVariable[] {
  // A file that inherits in a circle is none that a server reads.
  return depth > MOST_TEMPLATES
    ? []
    : inherits.flatMap((name) => {
        const template = file.categories.find(one => isAlike(one.name, name))
        return template
          ? [...inheritedBy(file, template, depth + 1), ...template.variables]
          : []
      })
}

function changed(variables: readonly ConfigVariable[], inherited: readonly ConfigVariable[], kind: string, { variable, value, match, line }: ConfigOperation): readonly ConfigVariable[] | string {
  if (variable === '')
    return PROBLEM
  const isMeant = (one: ConfigVariable): boolean => one.name === variable && (match === '' || one.value === match)
  const index = variables.findIndex(isMeant)
  // A value that begins so is written as an object.
  const isObject = value.startsWith('>')
  const written: ConfigVariable = { name: variable, isObject, value: isObject
    ? value.slice(1).trim()
    : value }
  switch (kind) {
    case 'update':
      if (index === -1) {
        return inherited.some(isMeant)
          ? [...variables, written]
          : 'Update did not complete successfully'
      }
      return variables.map(one => isMeant(one) ? written : one)
    case 'delete':
      return index === -1
        ? 'Update did not complete successfully'
        : variables.filter(one => !isMeant(one))
    case 'append':
      return [...variables, written]
    default:
      return /^\d+$/.test(line)
        // The number counts the lines of the templates too.
        ? variables.toSpliced(Math.min(Math.max(0, Number(line) - inherited.length), variables.length), 0, written)
        : PROBLEM
  }
}

const isAlike = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase()

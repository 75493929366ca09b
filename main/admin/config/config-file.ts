import type { ConfigCategory, ConfigFile } from '#contract/admin.ts'
import type { Asker } from '../../ami/session/types.ts'
import type { Message } from '../../ami/wire/message.ts'
import { isAlike } from './change.ts'

/** Reads a file of the server by `GetConfig` (1.4 and later, class config). Rejects with an `AppError`; `Config file not found` comes as `action-refused`. */
export async function readConfig(asker: Asker, file: string, now: number): Promise<ConfigFile> {
  // Otherwise templates are not told.
  const filter = asker.server.dialect === 'modern' ? { Filter: 'TEMPLATES=include' } : {}
  return parseConfig(file, await asker.action('GetConfig', { Filename: file, ...filter }), now)
}

/**
 * `Category-000000: name`, `Line-000000-000000: key=value`; from 13 also `IsTemplate-000000` and `Templates-000000`. Numbers tell what
 * belongs together, names may repeat. The answer does not tell `=` from `=>`, so `isObject` is always false. It repeats what a category
 * has from its templates; here stand only its own lines, as in the file.
 */
export function parseConfig(file: string, answer: Message, now: number): ConfigFile {
  const categories = new Map<string, { name: string, template: boolean, inherits: string[], lines: { name: string, value: string, isObject: boolean }[] }>()
  const of = (number: string): ReturnType<typeof make> => categories.get(number) ?? make(number)
  function make(number: string) {
    const category = { name: '', template: false, inherits: [] as string[], lines: [] as { name: string, value: string, isObject: boolean }[] }
    categories.set(number, category)
    return category
  }
  for (const [header, value] of answer.entries()) {
    const [, kind = '', number = ''] = /^(Category|Line|IsTemplate|Templates)-(\d+)(?:-\d+)?$/i.exec(header) ?? []
    switch (kind.toLowerCase()) {
      case 'category':
        of(number).name = value
        break
      case 'istemplate':
        of(number).template = value !== '0'
        break
      case 'templates':
        of(number).inherits.push(...value.split(',').map(name => name.trim().replace(/^"|"$/g, '')).filter(Boolean))
        break
      case 'line': {
        const equals = value.indexOf('=')
        of(number).lines.push({ name: equals < 0 ? value : value.slice(0, equals), value: equals < 0 ? '' : value.slice(equals + 1), isObject: false })
        break
      }
      default:
    }
  }
  const whole = [...categories.values()]
  return { file, categories: whole.map(category => ({ ...category, lines: ownLines(category, whole) })), readAt: now }
}

/** Without the lines of the templates, which stand before those of the category. */
function ownLines({ inherits, lines }: ConfigCategory, whole: readonly ConfigCategory[]): ConfigCategory['lines'] {
  const inherited = inherits.flatMap(name => whole.find(each => isAlike(each.name, name))?.lines ?? [])
  return inherited.every((line, index) => line.name === lines[index]?.name && line.value === lines[index]?.value)
    ? lines.slice(inherited.length)
    : lines
}

/** The file as text, a line for each line of it. */
export function configText(categories: readonly ConfigCategory[]): readonly string[] {
  return categories.flatMap(({ inherits, lines, name, template }, index) => {
    const marks = [...(template ? ['!'] : []), ...inherits]
    return [
      ...(index > 0 ? [''] : []),
      `[${name}]${marks.length > 0 ? `(${marks.join(',')})` : ''}`,
      ...lines.map(line => `${line.name} ${line.isObject ? '=>' : '='} ${line.value}`),
    ]
  })
}

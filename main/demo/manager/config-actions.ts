import type { ConfigCategory, ConfigFile, ConfigOperation } from '../config/config-file.ts'
import type { Headers } from '../exchange/channel.ts'
import type { OfficePbx } from '../office-pbx.ts'
import type { Answers } from './action.ts'
import type { Answer } from './answer.ts'
import type { Request } from './request.ts'
import { inheritedBy, updated } from '../config/config-file.ts'
import { facts, failure, silentSuccess, success } from './answer.ts'

export const configActions = {
  GetConfig: (request, office) => withFile(request, office, (file) => {
    const categories = chosen(file, request)
    return categories.length === 0 && request.get('Category') !== ''
      ? { ...facts([]), bareLines: ['No categories found'] }
      : facts(categories.flatMap((category, index) => numbered(file, category, index)))
  }),

  GetConfigJSON: (request, office) => withFile(request, office, file => facts([
    ['JSON', JSON.stringify(Object.fromEntries(chosen(file, request).map(({ name, variables }) => [name, Object.fromEntries(variables.map(variable => [variable.name, variable.value]))])))],
  ])),

  ListCategories: (request, office) => withFile(request, office, (file) => {
    const categories = shown(file)
    return categories.length === 0
      ? { ...facts([]), bareLines: ['Error: no categories found'] }
      : facts(categories.map(({ name }, index) => [`Category-${six(index)}`, name]))
  }),

  CreateConfig(request, { files }) {
    const name = request.get('Filename')
    if (name === '')
      return failure('Filename not specified')
    if (name.includes('/'))
      return failure('File requires escalated privileges')
    return files.get(name)
      ? failure('File exists')
      : success('New configuration file created successfully', () => files.set(name, { categories: [] }))
  },

  UpdateConfig(request, { exchange, files, reloadModule }) {
    const [source, target] = [request.get('SrcFilename'), request.get('DstFilename')]
    if (source === '' || target === '')
      return failure('Filename not specified')
    const file = files.get(source)
    if (!file || target.includes('/'))
      return failure('File requires escalated privileges')
    const outcome = updated(file, operationsOf(request))
    if ('error' in outcome)
      return failure(outcome.error)
    const reload = request.get('Reload')
    return silentSuccess(() => {
      files.set(target, outcome.file)
      if (reload !== '' && !/^no$/i.test(reload)) {
        const module = /^(?:yes|true)$/i.test(reload)
          ? ''
          : reload
        reloadModule(module)
        exchange.tell('Reload', [
          ['Module', module || 'All'],
          ['Status', 0],
        ])
      }
    })
  },
} as const satisfies Answers

const six = (number: number): string => String(number).padStart(6, '0')

function withFile(request: Request, { files }: OfficePbx, answer: (file: ConfigFile) => Answer): Answer {
  const name = request.get('Filename')
  if (name === '')
    return failure('Filename not specified')
  const file = files.get(name)
  return file
    ? answer(file)
    : failure('Config file not found')
}

const shown = ({ categories }: ConfigFile): readonly ConfigCategory[] => categories.filter(({ isTemplate }) => !isTemplate)

/** Templates are shown only where the filter asks for them; other terms of it are variables with their values. */
function chosen(file: ConfigFile, request: Request): readonly ConfigCategory[] {
  const terms = request.get('Filter').split(',').map(term => term.trim()).filter(term => term !== '')
  const templates = terms.find(term => /^templates=/i.test(term))?.slice('templates='.length).toLowerCase()
  const wanted = request.get('Category')
  return file.categories
    .filter(({ isTemplate }) => templates === 'restrict'
      ? isTemplate
      : !isTemplate || templates === 'include')
    .filter(({ name }) => wanted === '' || name === wanted)
    .filter(({ variables }) => terms.filter(term => !/^templates=/i.test(term)).every((term) => {
      const [name = '', value = ''] = term.split('=')
      return variables.some(variable => variable.name === name && variable.value === value)
    }))
}

function numbered(file: ConfigFile, category: ConfigCategory, index: number): Headers {
  const { name, isTemplate, inherits, variables } = category
  return [
    [`Category-${six(index)}`, name],
    ...isTemplate
      ? [[`IsTemplate-${six(index)}`, 1] as const]
      : [],
    ...inherits.length > 0
      ? [[`Templates-${six(index)}`, inherits.join(',')] as const]
      : [],
    ...[...inheritedBy(file, category), ...variables].map((variable, line) => [`Line-${six(index)}-${six(line)}`, `${variable.name}=${variable.value}`] as const),
  ]
}

/** The steps are numbered from 0; the first gap ends them. */
function operationsOf(request: Request): readonly ConfigOperation[] {
  const operations: ConfigOperation[] = []
  for (let index = 0; request.get(`Action-${six(index)}`) !== ''; index++) {
    const of = (header: string): string => request.get(`${header}-${six(index)}`)
    operations.push({ action: of('Action'), category: of('Cat'), variable: of('Var'), value: of('Value'), match: of('Match'), line: of('Line'), options: of('Options') })
  }
  return operations
}

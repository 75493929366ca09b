// Makes what follows from the catalogue of actions and events: types for the compiler and a page for people. `node build/catalog.mjs`
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import process from 'node:process'
import { pathToFileURL } from 'node:url'

const ROOT = resolve(import.meta.dirname, '..')
const DATA = join(ROOT, 'main/ami/catalog/data')

/**
 * @typedef {{ versions: string, required?: boolean, repeatable?: boolean, type?: string, help?: string, choices?: string[], default?: string }} Parameter
 * @typedef {{ group: string, help: string, versions: string, privilege: Record<string, string[]>, parameters: Record<string, Parameter>, reply: string, items?: string[], complete?: string[], successors?: string[], danger?: string }} Action
 * @typedef {{ help: string, versions: string, privilege: string[], snapshots?: string[], fields: string[], answers?: string[], successors?: string[], note?: string }} Event
 */

/** @returns {any} the parsed file */
const read = (/** @type {string} */ name) => JSON.parse(readFileSync(join(DATA, `${name}.json`), 'utf8'))

/** `Action-000000` stands for `Action-000001` and so on, `Header1` for a header with any name. */
function keyOf(/** @type {string} */ name) {
  const numbered = /^(.*-)0{6}$/.exec(name)
  if (name === 'Header1')
    return '[header: string]'
  if (numbered)
    return `[key: \`${numbered[1]}\${string}\`]`
  return /^[A-Z]\w*$/i.test(name) ? name : `'${name}'`
}

function valueOf(/** @type {Parameter} */ { type, choices, repeatable }) {
  const one = choices?.length
    ? choices.map(choice => `'${choice.replaceAll('\'', '\\\'')}'`).join(' | ')
    : { number: 'number | string', boolean: 'boolean | string' }[type ?? ''] ?? 'string | number'
  return repeatable ? `${one} | readonly (${one})[]` : one
}

/** @returns {string} the types of what each action takes */
function typesOf(/** @type {Record<string, Action>} */ actions, /** @type {Record<string, { type: string, help: string }>} */ parameters) {
  const lines = [
    '// Made by build/catalog.mjs from main/ami/catalog/data. Do not edit.',
    '',
    '/** What each action takes besides its ActionID. */',
    'export interface ActionFields {',
  ]
  for (const [name, action] of Object.entries(actions)) {
    const fields = Object.entries(action.parameters)
    lines.push(fields.length === 0 ? `  readonly ${name}: Readonly<Record<string, never>>` : `  readonly ${name}: {`)
    for (const [field, own] of fields) {
      const key = keyOf(field)
      const type = valueOf({ ...parameters[field], ...own })
      lines.push(`    readonly ${key}${own.required || key.startsWith('[') ? '' : '?'}: ${type}${own.required ? '' : ' | undefined'}`)
    }
    if (fields.length > 0)
      lines.push('  }')
  }
  lines.push('}', '')
  return lines.join('\n')
}

const cell = (/** @type {string} */ text) => text.replaceAll('|', '\\|').replaceAll('<', '&lt;')

/** @returns {string} the reference page */
function pageOf(/** @type {Record<string, Action>} */ actions, /** @type {Record<string, Event>} */ events, /** @type {Record<string, { type: string, help: string }>} */ parameters) {
  const lines = [
    '# The Asterisk Manager Interface, 1.0 to 23',
    '',
    'Made by `node build/catalog.mjs` from `main/ami/catalog/data`; the same data draws the forms of the administration window and checks our own code.',
    '`13+`: from that release on; `18.19.0+`: from that release inside its branch; `1.8–20`: both included. **Bold** parameters are required.',
    '',
    '## Actions',
  ]
  const groups = [...new Set(Object.values(actions).map(action => action.group))].sort()
  for (const group of groups) {
    lines.push('', `### ${group[0]?.toUpperCase()}${group.slice(1)}`)
    for (const [name, action] of Object.entries(actions).filter(([, each]) => each.group === group).sort(([a], [b]) => a.localeCompare(b))) {
      const classes = Object.entries(action.privilege).map(([versions, names]) => `${names.length > 0 ? names.join(' or ') : 'any account'} (${versions})`).join('; ')
      lines.push('', `#### ${name}`, '', `${action.help} Releases: ${action.versions}. Needs: ${classes}. Answer: ${action.reply}${action.items?.length ? ` of ${action.items.join(', ')}` : ''}${action.complete?.length ? `, ended by ${action.complete.join(' or ')}` : ''}.`)
      if (action.successors)
        lines.push(`Today: ${action.successors.map(next => `[${next}](#${next.toLowerCase()})`).join(', ')}.`)
      if (action.danger)
        lines.push(`Asks first: ${action.danger}`)
      const fields = Object.entries(action.parameters)
      if (fields.length > 0) {
        lines.push('', '| parameter | type | releases | |', '|---|---|---|---|')
        for (const [field, own] of fields) {
          const whole = { ...parameters[field], ...own }
          const about = [whole.help, whole.choices?.length ? `One of ${whole.choices.join(', ')}.` : '', whole.default ? `${whole.default} when empty.` : '', whole.repeatable ? 'May be repeated.' : ''].filter(Boolean).join(' ')
          lines.push(`| ${own.required ? `**${field}**` : field} | ${whole.type} | ${own.versions} | ${cell(about)} |`)
        }
      }
    }
  }
  lines.push('', '## Events', '', '| event | releases | class | |', '|---|---|---|---|')
  for (const [name, event] of Object.entries(events).sort(([a], [b]) => a.localeCompare(b))) {
    const about = [event.help, event.answers?.length ? `Answers ${event.answers.join(', ')}.` : '', event.successors?.length ? `Today: ${event.successors.join(', ')}.` : '', event.note ? `${event.note}.` : ''].filter(Boolean).join(' ')
    lines.push(`| ${name} | ${event.versions} | ${event.privilege.join(', ')} | ${cell(about)} |`)
  }
  lines.push('')
  return lines.join('\n')
}

/** Every file that follows from the catalogue, by its path from the root. */
export function generate() {
  const [actions, events, parameters] = ['actions', 'events', 'parameters'].map(read)
  return {
    'main/ami/catalog/generated/fields.ts': typesOf(actions, parameters),
    'docs/ami.md': pageOf(actions, events, parameters),
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const [path, text] of Object.entries(generate())) {
    mkdirSync(dirname(join(ROOT, path)), { recursive: true })
    writeFileSync(join(ROOT, path), text)
    console.log(`wrote ${path}`)
  }
}

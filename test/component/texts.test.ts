import { globSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { errorCodes } from '#contract/result.ts'
import enAdmin from '../../renderer/locales/en-admin.json'
import en from '../../renderer/locales/en.json'
import { createTexts } from '../../renderer/locales/index.ts'

const renderer = resolve(import.meta.dirname, '../../renderer')
const sources = globSync('**/*.{vue,ts}', { cwd: renderer }).map(file => readFileSync(resolve(renderer, file), 'utf8'))

function flatten(node: object, path: string): [key: string, text: string][] {
  return Object.entries(node).flatMap(([name, value]: [string, unknown]) => {
    const key = path === '' ? name : `${path}.${name}`
    return typeof value === 'object' && value !== null ? flatten(value, key) : [[key, String(value)]]
  })
}
const texts = new Map(flatten({ ...en, ...enAdmin }, ''))
const keys = [...texts.keys()]

/** What stands between the parentheses of every `t(…)`. */
function callsIn(source: string): string[] {
  return [...source.matchAll(/\bt\(/g)].map(({ index }) => {
    let depth = 0
    const start = index + 2
    for (let at = start; at < source.length; at++) {
      depth += source[at] === '(' ? 1 : 0
      depth -= source[at] === ')' ? 1 : 0
      if (depth < 0)
        return source.slice(start, at)
    }
    throw new Error('A call of t() has no end')
  })
}

const isKey = (text: string): boolean => /^[a-z][\w-]*(?:\.[\w-]+)+$/i.test(text)
const calls = sources.flatMap(callsIn)
const plain = new Set(calls.flatMap(call => [...call.matchAll(/'([^']*)'/g)].map(([, text = '']) => text)).filter(isKey))
/** `call.state.${…}` stands for all keys of that shape. */
const patterns = [...new Set(calls.flatMap(call => [...call.matchAll(/`([^`]*)`/g)].map(([, text = '']) => text)))].filter(text => text.includes('.')).map(text => ({ text, shape: new RegExp(`^${text.split(/\$\{[^}]*\}/).map(part => part.replaceAll('.', '\\.')).join('[\\w-]+')}$`) }))

it('has a sentence for every failure, and one for what to do next', () => {
  expect(Object.keys(en.errors).sort()).toEqual(errorCodes.flatMap(code => [code, `${code}-todo`]).sort())
  for (const [key, text] of texts) {
    if (key.startsWith('errors.'))
      expect(text, key).toMatch(/^[A-Z{].*\.$/)
  }
})

it('has a text for every key that is used', () => {
  expect(plain.size).toBeGreaterThan(100)
  expect([...plain].filter(key => !texts.has(key))).toEqual([])
  expect(patterns.length).toBeGreaterThan(10)
  expect(patterns.filter(({ shape }) => !keys.some(key => shape.test(key))).map(({ text }) => text)).toEqual([])
})

it('has no text that nobody uses', () => {
  expect(keys.filter(key => !plain.has(key) && !patterns.some(({ shape }) => shape.test(key)))).toEqual([])
})

it('can say every text', () => {
  const { global } = createTexts(enAdmin)
  const filled = { n: 2, total: 4, host: 'H', number: 'N', phone: 'P', name: 'M', extension: 'E', server: 'S', asterisk: 'A', time: 'T', queue: 'Q', from: 'F', to: 'O', query: 'Y', backend: 'B', version: 'V', versions: 'W', classes: 'C', section: 'I', action: 'J', ms: 3, module: 'U', path: 'Z', file: 'G', filter: 'D', key: 'K', value: 'L', family: 'R', category: 'X', match: 'AA', line: 1, names: 'BB', last: 9, channel: 'CC', exten: 'DD', context: 'EE', application: 'FF', subject: 'GG', device: 'HH', space: 'II', lot: 'JJ', reason: 'KK', percent: 90, keys: 'LL', what: 'MM', box: 'NN' }
  for (const [key, text] of texts) {
    const said = text.includes(' | ') ? global.t(key, 2, { named: filled }) : global.t(key, filled)
    expect(said, key).not.toMatch(/[{}|]|^$/)
    expect(said, key).not.toBe(key)
  }
})

import type { ConfigCategory, ConfigChange } from '#contract/admin.ts'
import type { Message } from '../../../main/ami/wire/message.ts'
import { expect } from 'vitest'
import { applyChange, operationHeaders } from '../../../main/admin/config/change.ts'
import { configText, parseConfig } from '../../../main/admin/config/config-file.ts'
import { item } from './item.ts'

const files = ['1.4/config', '1.8/config', '11/config']
const deletes = ['1.4/config_delete', '1.8/config_delete', '11/config_delete']

/** What the file of `config_delete` said before each request: it was written anew every time. */
const BEFORE: readonly ConfigCategory[] = [{ name: 't', template: false, inherits: [], lines: ['a', 'b', 'a', 'c'].map(value => ({ name: 'k', value, isObject: false })) }]
/** What it said after each of them, the same in 1.4, 1.8 and 11; read from the disk of the server when that was recorded. */
const AFTER = [
  ['[t]', 'k = b', 'k = c'],
  ['[t]'],
  ['[t]', 'k = b', 'k = c'],
  ['[t]', 'k = a', 'k = a', 'k = c'],
  ['[t]'],
  ['[t]', 'k = z', 'k = b', 'k = a', 'k = c'],
  ['[t]', 'k = z', 'k = b', 'k = a', 'k = c'],
  ['[t]', 'k = a', 'k = b', 'k = a', 'k = c', '[u]', 'n = 1'],
  ['[t]', 'k = a', 'k = b', 'k = a', 'k = c', 'p = 1'],
  ['[t]', 'k = a', 'k = b', 'k = a', 'k = c'],
  ['[t]', 'k = a', 'k = b', 'k = a', 'k = c'],
]

/** The operations of a request that a server carries out: six digits from 000000 to the first gap. */
function operationsOf(request: Message): readonly ConfigChange[] {
  const changes: ConfigChange[] = []
  for (let number = 0; ; number++) {
    const field = (name: string): string => request.get(`${name}-${String(number).padStart(6, '0')}`) ?? ''
    const value = field('Value')
    const line = { category: field('Cat'), name: field('Var'), value: value.replace(/^>/, ''), isObject: value.startsWith('>') }
    switch (field('Action').toLowerCase()) {
      case 'newcat':
        changes.push({ do: 'new-category', category: field('Cat'), template: false, inherits: [] })
        break
      case 'renamecat':
        changes.push({ do: 'rename-category', category: field('Cat'), to: value })
        break
      case 'delcat':
        changes.push({ do: 'delete-category', category: field('Cat') })
        break
      case 'append':
        changes.push({ do: 'append', ...line })
        break
      case 'update':
        changes.push({ do: 'update', ...line, match: field('Match') })
        break
      case 'delete':
        changes.push({ do: 'delete', category: line.category, name: line.name, match: field('Match') })
        break
      default:
        return changes
    }
  }
}

/** What must be there for the rest to mean anything. */
function there<T>(value: T | undefined): T {
  if (value === undefined)
    throw new Error('The recording lacks what the test is about')
  return value
}

function after(categories: readonly ConfigCategory[], changes: readonly ConfigChange[]): readonly string[] {
  return configText(changes.reduce((now, change) => applyChange(now, change, 'first').categories, categories)).filter(line => line !== '')
}

item('S-106', deletes, 'foresees what each request did to the file', ({ asked }) => {
  const requests = asked('UpdateConfig').map(({ packet }) => packet)
  expect(requests.map(request => after(BEFORE, operationsOf(request)))).toEqual(AFTER)
})
item('S-106', deletes, 'writes the numbers that the server reads', ({ asked }) => {
  const request = asked('UpdateConfig').find(({ packet }) => packet.get('Action-000001') !== undefined && packet.get('Action-000000') !== undefined)?.packet
  const written = operationsOf(there(request)).flatMap((change, index) => operationHeaders(change, index, [], 'first'))
  expect(written.map(([name, value]) => `${name}: ${value}`.toLowerCase())).toEqual((request?.entries() ?? []).filter(([name]) => /-\d{6}$/.test(name)).map(([name, value]) => `${name}: ${value}`.toLowerCase()))
})
item('S-106', ['1.8/config', '11/config'], 'is told what went wrong', ({ outcomes }) => {
  expect(outcomes('UpdateConfig')).toEqual(expect.arrayContaining([
    'action-refused: Given category does not exist',
    'action-refused: Delete did not complete successfully',
    'action-refused: Delete category did not complete successfully',
    'action-refused: Unknown action command',
    'action-refused: Filename not specified',
    'action-refused: Config file not found',
  ]))
})
item('S-106', ['1.4/config'], 'is told Success by 1.4 whatever it did, so that only the file tells', ({ outcomes, asked }) => {
  const nowhere = asked('UpdateConfig').findIndex(({ packet }) => packet.get('cat-000000') === 'nope')
  expect(outcomes('UpdateConfig')[nowhere]).toBe('Success')
})

item('S-107', files, 'foresees that the example does nothing before the section is there', ({ asked, answer, outcomes, name }) => {
  const { categories } = parseConfig('manager.conf', answer('GetConfig', { Filename: 'manager.conf' }).response, 0)
  const requests = asked('UpdateConfig').map(({ packet }) => packet)
  const [example, newCategory, append, another] = requests.map(operationsOf)
  expect(applyChange(categories, there(example?.[0]), 'first').warnings).toEqual(['category-missing'])
  expect(outcomes('UpdateConfig')[0]).toBe(name.startsWith('1.4') ? 'Success' : 'action-refused: Given category does not exist')
  // GetConfig was asked again after the two appends.
  const [now] = asked('GetConfig').flatMap(({ outcome }) => 'response' in outcome && outcome.response.entries().some(([, value]) => value === 'newuser') ? [outcome.response] : [])
  const planned = [...newCategory ?? [], ...append ?? [], ...another ?? []].reduce((current, change) => applyChange(current, change, 'first').categories, categories)
  expect(planned.map(({ name, lines }) => [name, lines])).toEqual(parseConfig('manager.conf', there(now), 0).categories.map(({ name, lines }) => [name, lines]))
})

item('S-108', files, 'writes an object line where the value begins with >', ({ asked, bytes }) => {
  const [change] = asked('UpdateConfig').map(({ packet }) => operationsOf(packet)).filter(changes => changes.length === 2)
  expect(change?.flatMap((change, index) => operationHeaders(change, index, [], 'first'))).toContainEqual(['Value-000001', '>999,1,Dial(SIP/Bob)'])
  expect(after([], change ?? [])).toEqual(['[ami-test]', 'exten => 999,1,Dial(SIP/Bob)'])
  expect(bytes).toMatch(/'999' => +1\. Dial\(SIP\/Bob\)/)
})

item('S-109', files, 'deletes the one value that matches', ({ asked, outcomes }) => {
  const example = asked('UpdateConfig').findIndex(({ packet }) => packet.get('match-000000') === 'nottelling')
  const change = operationsOf(there(asked('UpdateConfig')[example]).packet)
  const before: ConfigCategory = { name: 'newuser', template: false, inherits: [], lines: ['nottelling', 'other'].map(value => ({ name: 'secret', value, isObject: false })) }
  expect(outcomes('UpdateConfig')[example]).toBe('Success')
  expect(after([before], change)).toEqual(['[newuser]', 'secret = other'])
})

item('S-110', deletes, 'takes every line of the name without a match, and says so beforehand', ({ asked }) => {
  const [, withoutMatch, , otherValue] = asked('UpdateConfig').map(({ packet }) => operationsOf(packet)[0])
  expect(applyChange(BEFORE, there(withoutMatch), 'first')).toMatchObject({ categories: [{ lines: [] }], warnings: ['removes-all'] })
  // Value plays no part.
  expect(after(BEFORE, [there(otherValue)])).toEqual(AFTER[3])
  expect(operationHeaders(there(withoutMatch), 0, BEFORE, 'first')).toEqual([['Action-000000', 'Delete'], ['Cat-000000', 't'], ['Var-000000', 'k']])
})

item('S-111', files, 'reads sections and lines by their numbers', ({ answer, outcomes }) => {
  expect(parseConfig('testcfg.conf', answer('GetConfig', { Filename: 'testcfg.conf' }).response, 7)).toEqual({
    file: 'testcfg.conf',
    readAt: 7,
    categories: [
      { name: 'general', template: false, inherits: [], lines: [{ name: 'alpha', value: '1', isObject: false }, { name: 'beta', value: 'two', isObject: false }, { name: 'beta', value: 'three', isObject: false }] },
      { name: 'section two', template: false, inherits: [], lines: [{ name: 'key', value: 'value with, comma', isObject: false }] },
    ],
  })
  expect(outcomes('GetConfig').slice(2, 4)).toEqual(['action-refused: Config file not found', 'action-refused: Filename not specified'])
})
item('S-111', ['22/p-lists'], 'reads what 22 says of templates too', ({ answer }) => {
  const { categories } = parseConfig('some.conf', answer('GetConfig').response, 0)
  expect(categories.length).toBeGreaterThan(0)
  expect(categories.every(({ name, lines }) => name !== '' && lines.every(line => line.name !== ''))).toBe(true)
})

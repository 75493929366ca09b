import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { idOf, inventory } from './inventory.ts'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
/** Where a test may carry a number. */
const FOLDERS = ['test/contract/inventory', 'test/asterisk']
const tested: ReadonlySet<string> = new Set(FOLDERS.flatMap(folder => readdirSync(`${ROOT}${folder}`)
  .filter(file => file.endsWith('.test.ts') && file !== 'inventory.test.ts')
  .flatMap(file => [...readFileSync(`${ROOT}${folder}/${file}`, 'utf8').matchAll(/\b(?:item|it)\('(S-\d{3})['\s]/g)].map(([, id = '']) => id))))

describe('the inventory of the AMI description', () => {
  it('has a row for each of its 184 points, in order', () => {
    expect(inventory.map(({ id }) => id)).toEqual(Array.from({ length: 184 }, (_, index) => idOf(index + 1)))
  })

  it('names a module that is there', () => {
    expect(inventory.filter(({ where }) => !existsSync(`${ROOT}${where}`)).map(({ id, where }) => `${id} ${where}`)).toEqual([])
  })

  it('says of each where a person meets it', () => {
    expect(inventory.filter(({ reach, title }) => reach.length < 5 || title.length < 5)).toEqual([])
  })

  it('has a test for each row, and a row for each test', () => {
    const rows: readonly string[] = inventory.map(({ id }) => id)
    expect(rows.filter(id => !tested.has(id))).toEqual([])
    expect([...tested].filter(id => !rows.includes(id))).toEqual([])
  })
})

import { expect, it } from 'vitest'
import { groupDialled, groupNumber } from '../../../main/features/numbers.ts'

it.each([
  ['+442079460177', '+44 20 7946 0177'],
  ['+15550100123', '+1 555 010 0123'],
  ['+493023125042', '+49 30 23125042'],
  ['+8613912345678', '+86 139 1234 5678'],
])('writes %s as its country does', (number, written) => {
  expect(groupNumber(number)).toBe(written)
})

it.each([
  ['1001', '1001'],
  ['*97', '*97'],
  ['5551201', '555 1201'],
  ['0301234567', '030 123 4567'],
  ['+0', '+0'],
  ['', ''],
])('leaves %s as it can be read aloud: %s', (number, written) => {
  expect(groupNumber(number)).toBe(written)
})

it.each([
  ['442079460101', '44 20 7946 0101'],
  ['12025550143', '1 202 555 0143'],
  ['+442079460101', '+44 20 7946 0101'],
  ['02079460101', '020 794 601 01'],
  ['2025550143', '202 555 0143'],
  ['600', '600'],
  ['sales', 'sales'],
])('makes up no + for a number that was dialled without: %s is %s', (number, written) => {
  expect(groupDialled(number)).toBe(written)
})

it('gives a number of nobody back as it came', () => {
  expect(groupNumber('+999123')).toBe('+999123')
  expect(groupNumber('+1'.padEnd(40, '5'))).toBe('+1'.padEnd(40, '5'))
})

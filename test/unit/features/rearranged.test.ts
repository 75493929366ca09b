import { expect, it } from 'vitest'
import { rearranged } from '../../../main/features/office-config.ts'

const queues = [{ queue: 'sales', interface: 'PJSIP/1001', stateInterface: null, name: null, penalty: 0 }]
const before = {
  favourites: ['ann', 'gone'],
  groups: [{ name: 'Sales', members: ['ann', 'gone'] }, { name: 'Night', members: ['gone'] }, { name: 'Day', members: ['ben'] }],
  order: ['gone', 'ann'],
  queues,
}
const isListed = (id: string): boolean => id !== 'gone'

it('keeps the place of whoever the window could not list', () => {
  expect(rearranged(before, { favourites: ['ben'], groups: [{ name: 'Sales', members: ['ben'] }], order: ['ben', 'ann'] }, isListed)).toEqual({
    favourites: ['ben', 'gone'],
    groups: [{ name: 'Sales', members: ['ben', 'gone'] }, { name: 'Night', members: ['gone'] }],
    order: ['ben', 'ann', 'gone'],
    queues,
  })
})

it('forgets those who are listed and not arranged any more', () => {
  const nothing = { favourites: [], groups: [], order: [] }
  expect(rearranged(before, nothing, () => true)).toEqual({ ...nothing, queues })
})

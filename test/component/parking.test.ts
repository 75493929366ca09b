import { screen, within } from '@testing-library/vue'
import { beforeEach, describe, expect, it } from 'vitest'
import { failed, ok } from '../support/fake-bridge.ts'
import { openMain } from '../support/open-window.ts'
import { aLine, aLot, aParkedCall, byId, NOON } from '../support/rows.ts'

const line = { 1001: aLine() }
const row = (name = '701: Anna Schmidt'): HTMLElement => screen.getByRole('listitem', { name })

beforeEach(() => localStorage.clear())

describe('a parked call', () => {
  it('says who waits where, by whom, for how long, and when it rings again', async () => {
    const { pass } = await openMain({ tables: { line, lots: byId(aLot()), parked: byId(aParkedCall()) } })
    for (const words of ['701', 'Anna Schmidt', '+49 30 901820', 'goes back to Ben Okafor', 'rings again in 0:25'])
      expect(within(row()).getByText(words)).toBeTruthy()
    expect(within(row()).getByRole('timer').textContent).toBe('0:20')
    await pass(2000)
    expect(within(row()).getByText('rings again in 0:23')).toBeTruthy()
    expect(within(row()).getByRole('timer').textContent).toBe('0:22')
  })

  it('of mine is taken back with one click', async () => {
    const { user, bridge } = await openMain({ tables: { line, parked: byId(aParkedCall({ mine: true })) } })
    expect(within(row()).getByText('by you')).toBeTruthy()
    await user.click(within(row()).getByRole('button', { name: 'Take back' }))
    expect(bridge.inputsOf('parked.retrieve')).toEqual([{ id: 'default 701', confirmed: false }])
  })

  it('of somebody else is taken after a question', async () => {
    const { user, bridge } = await openMain({ tables: { line, parked: byId(aParkedCall()) } })
    bridge.answer('parked.retrieve', ({ confirmed }) => confirmed ? ok({ id: 'act' }) : failed('needs-confirmation'))
    await user.click(within(row()).getByRole('button', { name: 'Take back' }))
    const question = screen.getByRole('alertdialog', { name: 'This call goes back to Ben Okafor. Take it anyway?' })
    expect(document.activeElement).toBe(question)
    await user.click(within(question).getByRole('button', { name: 'Yes, do it' }))
    expect(bridge.inputsOf('parked.retrieve').map(each => each.confirmed)).toEqual([false, true])
  })

  it('says that somebody was faster', async () => {
    const { user, bridge } = await openMain({ tables: { line, parked: byId(aParkedCall({ mine: true })) } })
    bridge.answer('parked.retrieve', () => failed('parked-gone'))
    await user.click(within(row()).getByRole('button', { name: 'Take back' }))
    expect(within(row()).getByText('This call is not parked any more.')).toBeTruthy()
  })

  it('cannot be taken back with an account that may not, which says so', async () => {
    await openMain({ tables: { line: { 1001: aLine({ missing: { retrieve: 'not-permitted' } }) }, parked: byId(aParkedCall()) } })
    const button = within(row()).getByRole<HTMLButtonElement>('button', { name: 'Take back' })
    expect([button.disabled, button.title]).toEqual([true, 'Your account on the server may not do this.'])
  })
})

describe('the parking lots', () => {
  it('stand by their names, with how full they are', async () => {
    await openMain({ tables: { line, lots: byId(aLot(), aLot({ id: 'sales', spaces: 1 })), parked: byId(aParkedCall({ id: 's', lot: 'sales', space: '801', parkedAt: NOON })) } })
    const lot = screen.getByRole('region', { name: 'Parking lot sales' })
    expect(within(lot).getByText('1 of 1 taken')).toBeTruthy()
    expect(within(screen.getByRole('region', { name: 'Parking lot default' })).getByText('Nobody is parked')).toBeTruthy()
  })

  it('are known from the calls in them where an old server lists none', async () => {
    await openMain({ tables: { line, parked: byId(aParkedCall({ returnsAt: null })) } })
    expect(within(screen.getByRole('region', { name: 'Parking lot' })).getByRole('listitem')).toBeTruthy()
  })
})

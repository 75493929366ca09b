import { screen, within } from '@testing-library/vue'
import { describe, expect, it } from 'vitest'
import { failed } from '../support/fake-bridge.ts'
import { openMain } from '../support/open-window.ts'
import { aCall, aDial, aLine, anAlert, aParty, byId, connected, NOON } from '../support/rows.ts'

const line = { 1001: aLine() }
const card = (name = 'Anna Schmidt'): HTMLElement => screen.getByRole('article', { name })

describe('the card of a call', () => {
  it('counts from the moment it was answered', async () => {
    const { pass } = await openMain({ tables: { line, calls: byId(aCall({ answeredAt: NOON - 65_000 })) } })
    expect(within(card()).getByRole('timer').textContent).toBe('1:05')
    await pass(2000)
    expect(within(card()).getByRole('timer').textContent).toBe('1:07')
  })

  it('counts hours too', async () => {
    await openMain({ tables: { line, calls: byId(aCall({ answeredAt: NOON - 3_723_000 })) } })
    expect(within(card()).getByRole('timer').textContent).toBe('1:02:03')
  })

  it('tells where the call came from', async () => {
    await openMain({ tables: { line, calls: byId(aCall({ queue: 'Support', dialed: '5550', transferredBy: 'Chiara' })) } })
    for (const fact of ['+49 30 901820', 'Queue Support', 'To 5550', 'Transferred by Chiara'])
      expect(within(card()).getByText(fact)).toBeTruthy()
  })

  it.each([
    [{ state: 'calling-me' }, 'Your phone rings first'],
    [{ state: 'dialing', direction: 'out' }, 'Calling'],
    [{ state: 'ringing', direction: 'in' }, 'Incoming call'],
    [{ state: 'ringing', direction: 'out' }, 'Their phone rings'],
    [{ state: 'up' }, 'Connected'],
    [{ state: 'up', conference: true }, 'Conference'],
    [{ state: 'held', heldBy: 'me' }, 'On hold'],
    [{ state: 'held', heldBy: 'them' }, 'They put you on hold'],
    [{ state: 'held', heldBy: null }, 'On hold'],
    [{ state: 'ended' }, 'Ended'],
  ] as const)('says for %o: %s', async (over, words) => {
    await openMain({ tables: { line, calls: byId(aCall(over)) } })
    expect(within(card()).getByText(words, { exact: false })).toBeTruthy()
  })

  it('hangs up', async () => {
    const { user, bridge } = await openMain({ tables: { line, calls: byId(aCall()) } })
    await user.click(screen.getByRole('button', { name: 'Hang up' }))
    expect(bridge.inputsOf('call.hangup')).toEqual([{ id: 'call-1' }])
  })

  it('says why hanging up did not work', async () => {
    const { user, bridge } = await openMain({ tables: { line, calls: byId(aCall()) } })
    bridge.answer('call.hangup', () => failed('call-gone'))
    await user.click(screen.getByRole('button', { name: 'Hang up' }))
    expect(within(card()).getByRole('alert').textContent).toContain('This call has already ended.')
  })

  it('declines what rings me, rather than hanging up on the caller', async () => {
    const { user, bridge } = await openMain({ tables: { line, calls: byId(aCall({ state: 'ringing', answeredAt: null })), alerts: byId(anAlert()) } })
    await user.click(screen.getByRole('button', { name: 'Decline' }))
    expect(bridge.inputsOf('alert.decline')).toEqual([{ id: 'call-1' }])
    expect(bridge.inputsOf('call.hangup')).toEqual([])
  })

  it('greys the button with the reason where the account may not', async () => {
    await openMain({ tables: { line: { 1001: aLine({ missing: { hangup: 'not-permitted' } }) }, calls: byId(aCall()) } })
    expect(within(card()).getByRole<HTMLButtonElement>('button', { name: 'Your account on the server may not do this.' }).disabled).toBe(true)
  })

  it('stands still as of when the connection broke, and cannot be hung up until it is back', async () => {
    const { bridge, pass } = await openMain({ tables: { line, calls: byId(aCall({ answeredAt: NOON - 65_000 })) } })
    bridge.show({ connection: { me: connected({ state: 'waiting', staleSince: NOON + 2000, retryAt: NOON + 30_000, attempt: 1 }) } })
    await pass(5000)
    expect(within(card()).getByRole('timer').textContent).toBe('1:07')
    expect(within(card()).getByRole<HTMLButtonElement>('button', { name: 'There is no connection to the server.' }).disabled).toBe(true)
    bridge.show({ connection: { me: connected() } })
    await pass(1000)
    expect(within(card()).getByRole('timer').textContent).toBe('1:11')
    expect(within(card()).getByRole<HTMLButtonElement>('button', { name: 'Hang up' }).disabled).toBe(false)
  })

  it('names a caller without a number and without a name', async () => {
    await openMain({ tables: { line, calls: byId(aCall({ peer: { number: '', display: '', name: null } })) } })
    expect(card('Number withheld')).toBeTruthy()
  })
})

describe('the calls of now', () => {
  it('say that there is none', async () => {
    await openMain({ tables: { line } })
    expect(screen.getByText('No call at the moment')).toBeTruthy()
  })

  it('put what rings me first', async () => {
    await openMain({ tables: { line, calls: byId(
      aCall({ id: 'a', startedAt: NOON - 90_000, peer: aParty({ name: 'Talking' }) }),
      aCall({ id: 'b', startedAt: NOON - 1000, answeredAt: null, state: 'ringing', peer: aParty({ name: 'Ringing' }) }),
    ) } })
    expect(screen.getAllByRole('article').map(each => each.getAttribute('aria-label'))).toEqual(['Ringing', 'Talking'])
  })

  it('do not show twice what a progress card already tells', async () => {
    await openMain({ tables: { line, dials: byId(aDial({ state: 'far-rings' })), calls: byId(aCall({ direction: 'out', state: 'ringing', answeredAt: null, peer: { number: '2002', display: '2002', name: null } })) } })
    expect(screen.getAllByRole('article')).toHaveLength(1)
  })

  it('hand an answered dial over to the card of its call', async () => {
    const { bridge, pass } = await openMain({ tables: { line, dials: byId(aDial({ state: 'far-rings' })) } })
    bridge.show({ dials: byId(aDial({ state: 'answered' })), calls: byId(aCall({ direction: 'out', peer: { number: '2002', display: '2002', name: null } })) })
    await pass()
    expect(screen.getAllByRole('article').map(each => each.getAttribute('aria-label'))).toEqual(['2002'])
  })
})

import { screen, within } from '@testing-library/vue'
import { describe, expect, it } from 'vitest'
import { failed } from '../support/fake-bridge.ts'
import { openMain } from '../support/open-window.ts'
import { aLine, connected } from '../support/rows.ts'

const dnd = (): HTMLButtonElement => screen.getByRole('switch', { name: 'Do not disturb' })
const forward = (): HTMLElement => screen.getByRole('group', { name: 'Forward my calls' })

describe('do not disturb', () => {
  it.each([
    ['on', 'true', 'Do not disturb: on', false],
    ['off', 'false', 'Do not disturb', true],
    ['unknown', 'false', 'Do not disturb: ?', true],
  ] as const)('shows that it is %s, and a click changes it', async (state, checked, words, wanted) => {
    const { user, bridge } = await openMain({ tables: { line: { 1001: aLine({ dnd: state }) } } })
    expect([dnd().getAttribute('aria-checked'), dnd().textContent?.trim()]).toEqual([checked, words])
    await user.click(dnd())
    expect(bridge.inputsOf('line.dnd')).toEqual([{ on: wanted }])
  })

  it('stays as the server has it until the server says otherwise', async () => {
    const { user } = await openMain({ tables: { line: { 1001: aLine({ dnd: 'off' }) } } })
    await user.click(dnd())
    expect(dnd().getAttribute('aria-checked')).toBe('false')
  })

  it('says why it did not work', async () => {
    const { user, bridge } = await openMain({ tables: { line: { 1001: aLine() } } })
    bridge.answer('line.dnd', () => failed('no-feature-code'))
    await user.click(dnd())
    expect(screen.getByText('Your account may not change this, and no code is set that your phone could dial for it.')).toBeTruthy()
  })

  it('is greyed with the reason where the account may not', async () => {
    await openMain({ tables: { line: { 1001: aLine({ missing: { dnd: 'not-permitted' } }) } } })
    expect([dnd().disabled, dnd().title]).toEqual([true, 'Your account on the server may not do this.'])
  })

  it('is not there where the server has no such thing', async () => {
    await openMain({ tables: { line: { 1001: aLine({ missing: { dnd: 'not-on-this-server', forward: 'unknown-action' } }) } } })
    expect(screen.queryByRole('switch')).toBeNull()
    expect(screen.queryByRole('button', { name: 'Forward' })).toBeNull()
  })

  it('waits for the server', async () => {
    await openMain({ tables: { line: { 1001: aLine() }, connection: { me: connected({ state: 'connecting' }) } } })
    expect(dnd().disabled).toBe(true)
  })
})

describe('the call forward', () => {
  it('is set for each kind by itself', async () => {
    const { user, bridge } = await openMain({ tables: { line: { 1001: aLine() } } })
    await user.click(screen.getByRole('button', { name: 'Forward' }))
    await user.type(within(forward()).getByRole('textbox', { name: 'When I am busy' }), '0171 5550{Enter}')
    expect(bridge.inputsOf('line.forward')).toEqual([{ kind: 'busy', to: '0171 5550' }])
  })

  it('shows where all calls go, and is cleared with a click', async () => {
    const { user, bridge } = await openMain({ tables: { line: { 1001: aLine({ forward: { always: '2002', busy: null, noAnswer: null } }) } } })
    await user.click(screen.getByRole('button', { name: 'To 2002' }))
    expect(within(forward()).getByRole<HTMLInputElement>('textbox', { name: 'All calls' }).value).toBe('2002')
    await user.click(within(forward()).getByRole('button', { name: 'Clear' }))
    expect(bridge.inputsOf('line.forward')).toEqual([{ kind: 'always', to: null }])
  })

  it('follows what the server says, but not over what is being typed', async () => {
    const { user, bridge, pass } = await openMain({ tables: { line: { 1001: aLine() } } })
    await user.click(screen.getByRole('button', { name: 'Forward' }))
    await user.type(within(forward()).getByRole('textbox', { name: 'When I am busy' }), '55')
    bridge.show({ line: { 1001: aLine({ forward: { always: '1', busy: '2', noAnswer: null } }) } })
    await pass()
    expect(within(forward()).getAllByRole<HTMLInputElement>('textbox').map(field => field.value)).toEqual(['1', '55', ''])
  })

  it('says why it could not be set', async () => {
    const { user, bridge } = await openMain({ tables: { line: { 1001: aLine() } } })
    bridge.answer('line.forward', () => failed('number-invalid'))
    await user.click(screen.getByRole('button', { name: 'Forward' }))
    await user.type(within(forward()).getByRole('textbox', { name: 'All calls' }), 'x{Enter}')
    expect(within(forward()).getByText('x is not a phone number.')).toBeTruthy()
  })

  it('says when it cannot be seen', async () => {
    const { user } = await openMain({ tables: { line: { 1001: aLine({ forward: null }) } } })
    await user.click(screen.getByRole('button', { name: 'Forward' }))
    expect(within(forward()).getByText('This account cannot see what is set now.')).toBeTruthy()
  })

  it('closes with Esc, which hides no window', async () => {
    const { user, bridge } = await openMain({ tables: { line: { 1001: aLine() } } })
    await user.click(screen.getByRole('button', { name: 'Forward' }))
    await user.type(within(forward()).getByRole('textbox', { name: 'All calls' }), '{Escape}')
    expect(screen.queryByRole('group', { name: 'Forward my calls' })).toBeNull()
    expect(bridge.inputsOf('window.hide')).toEqual([])
  })
})

describe('my phones', () => {
  it('say which of them is not connected', async () => {
    const { user } = await openMain({ tables: { line: { 1001: aLine({ registrations: [{ device: 'PJSIP/1001', state: 'reachable' }, { device: 'PJSIP/1001-home', state: 'unreachable' }, { device: 'SIP/9', state: 'unknown' }] }) } } })
    await user.click(screen.getByRole('button', { name: '1 offline' }))
    const phones = within(screen.getByRole('list', { name: 'My phones' })).getAllByRole('listitem')
    expect(phones.map(phone => phone.textContent?.trim())).toEqual(['1001Online', '1001-homeOffline', '9Not known'])
  })

  it('are counted while all is well', async () => {
    await openMain({ tables: { line: { 1001: aLine() } } })
    expect(screen.getByRole('button', { name: '1 phone' })).toBeTruthy()
  })
})

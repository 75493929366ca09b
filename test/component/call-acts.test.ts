import type { CallView } from '#contract/tables.ts'
import { screen, within } from '@testing-library/vue'
import { describe, expect, it } from 'vitest'
import { failed } from '../support/fake-bridge.ts'
import { openMain } from '../support/open-window.ts'
import { aCall, aLine, aLot, anAlert, aParty, aPerson, byId, NOON } from '../support/rows.ts'

const line = { 1001: aLine() }
const people = byId(aPerson(), aPerson({ id: '1003@hints', exten: '1003', name: 'Chiara Rossi', state: 'inuse' }), aPerson({ id: '1004@hints', exten: '1004', name: 'Bea Nowak' }))
const card = (): HTMLElement => screen.getByRole('article', { name: 'Anna Schmidt' })
const press = (name: string | RegExp): HTMLElement => within(card()).getByRole('button', { name })

const talking = (over: Partial<CallView> = {}) => ({ tables: { line, people, calls: byId(aCall({ can: ['hangup', 'blind', 'consult', 'voicemail', 'park', 'dtmf', 'record', 'conference', 'mute', 'timeout', 'move'], ...over })) } })

describe('a transfer', () => {
  it('asks the colleague first on Enter, where there is a way back', async () => {
    const { user, bridge } = await openMain(talking())
    await user.click(press('Transfer'))
    expect(document.activeElement).toBe(screen.getByRole('combobox', { name: 'Send the call to' }))
    await user.keyboard('chi{Enter}')
    expect(bridge.inputsOf('call.consult')).toEqual([{ id: 'call-1', to: '1003', name: 'Chiara Rossi' }])
    expect(within(card()).queryByRole('combobox')).toBeNull()
  })

  it('goes to whom the arrow keys chose', async () => {
    const { user, bridge } = await openMain(talking())
    await user.click(press('Transfer'))
    await user.keyboard('be{ArrowDown}{ArrowDown}')
    expect(within(card()).getByRole('option', { selected: true }).textContent).toContain('Ben Okafor')
    await user.click(press('Send'))
    expect(bridge.inputsOf('call.transfer')).toEqual([{ id: 'call-1', to: '1002', name: 'Ben Okafor', kind: 'blind' }])
  })

  it('offers everybody at once, favourites and those who are free first, and sends to whom a click chose', async () => {
    const start = talking()
    const { user, bridge } = await openMain({ tables: { ...start.tables, people: { ...people, ...byId(aPerson({ id: '1005@hints', exten: '1005', name: 'Zoe Adams', favourite: true, state: 'busy' }), aPerson({ id: '1001@hints', exten: '1001', name: 'Me', isMe: true })) } } })
    await user.click(press('Transfer'))
    const offers = within(card()).getAllByRole('option')
    expect(offers.map(offer => offer.textContent?.trim())).toEqual(['Zoe AdamsBusy1005', 'Bea NowakFree1004', 'Ben OkaforFree1002', 'Chiara RossiOn a call1003'])
    expect(press('Send')).toHaveProperty('disabled', true)
    await user.click(within(card()).getByRole('option', { name: /Chiara Rossi/ }))
    expect(document.activeElement).toBe(screen.getByRole('combobox', { name: 'Send the call to' }))
    await user.click(press('Send'))
    expect(bridge.inputsOf('call.transfer')).toEqual([{ id: 'call-1', to: '1003', name: 'Chiara Rossi', kind: 'blind' }])
  })

  it('does nothing on Enter before anything is typed or chosen, not even with one colleague', async () => {
    const start = talking()
    const { user, bridge } = await openMain({ tables: { ...start.tables, people: byId(aPerson()) } })
    await user.click(press('Transfer'))
    await user.keyboard('{Enter}')
    expect(bridge.inputsOf('call.consult')).toEqual([])
    await user.keyboard('{ArrowDown}{Enter}')
    expect(bridge.inputsOf('call.consult')).toEqual([{ id: 'call-1', to: '1002', name: 'Ben Okafor' }])
  })

  it('keeps whom one chose when others come and go', async () => {
    const start = talking()
    const { user, bridge, pass } = await openMain(start)
    await user.click(press('Transfer'))
    await user.keyboard('{ArrowDown}{ArrowDown}')
    expect(within(card()).getByRole('option', { selected: true }).textContent).toContain('Ben Okafor')
    bridge.show({ people: { ...people, '1000@hints': aPerson({ id: '1000@hints', exten: '1000', name: 'Adele' }) } })
    await pass()
    expect(within(card()).getByRole('option', { selected: true }).textContent).toContain('Ben Okafor')
    await user.keyboard('{Enter}')
    expect(bridge.inputsOf('call.consult').map(each => each.to)).toEqual(['1002'])
  })

  it('says why it did not work for whom a click chose', async () => {
    const { user, bridge } = await openMain(talking())
    bridge.answer('call.transfer', () => failed('no-such-extension'))
    await user.click(press('Transfer'))
    await user.click(within(card()).getByRole('option', { name: /Chiara Rossi/ }))
    await user.click(press('Send'))
    expect(within(card()).getByText('The server knows no way to dial 1003.')).toBeTruthy()
  })

  it('draws of a thousand colleagues those in sight, and reaches the last with one key', async () => {
    const start = talking()
    const many = Array.from({ length: 1000 }, (_, at) => aPerson({ id: `${2000 + at}@hints`, exten: String(2000 + at), name: `Person ${String(at).padStart(4, '0')}` }))
    const { user } = await openMain({ tables: { ...start.tables, people: byId(...many) } })
    await user.click(press('Transfer'))
    const offers = within(card()).getAllByRole('option')
    expect(offers.length).toBeLessThan(40)
    expect(offers[0]?.getAttribute('aria-setsize')).toBe('1000')
    await user.keyboard('{ArrowUp}')
    expect(within(card()).getByRole('option', { selected: true }).textContent).toContain('Person 0999')
  })

  it('goes to a number as it was typed', async () => {
    const { user, bridge } = await openMain(talking({ can: ['blind'] }))
    await user.click(press('Transfer'))
    await user.keyboard('0171 5550{Enter}')
    expect(bridge.inputsOf('call.transfer')).toEqual([{ id: 'call-1', to: '0171 5550', name: null, kind: 'blind' }])
  })

  it('goes into a mailbox', async () => {
    const { user, bridge } = await openMain(talking())
    await user.click(press('Transfer'))
    await user.keyboard('ben')
    await user.click(press('To voicemail'))
    expect(bridge.inputsOf('call.transfer')).toEqual([{ id: 'call-1', to: '1002', name: 'Ben Okafor', kind: 'voicemail' }])
  })

  it('keeps what was typed and says why it did not work', async () => {
    const { user, bridge } = await openMain(talking({ can: ['blind'] }))
    bridge.answer('call.transfer', () => failed('no-such-extension'))
    await user.click(press('Transfer'))
    await user.keyboard('99{Enter}')
    expect(within(card()).getByText('The server knows no way to dial 99.')).toBeTruthy()
    expect(screen.getByRole<HTMLInputElement>('combobox', { name: 'Send the call to' }).value).toBe('99')
  })

  it('is left with Esc, which hides no window and ends no call', async () => {
    const { user, bridge } = await openMain(talking())
    await user.click(press('Transfer'))
    await user.keyboard('{Escape}')
    expect(within(card()).queryByRole('combobox')).toBeNull()
    expect(bridge.inputsOf('window.hide')).toEqual([])
    expect(bridge.inputsOf('call.hangup')).toEqual([])
  })
})

describe('a consultation', () => {
  const consulting = (over: Partial<CallView> = {}) => talking({ can: ['hangup', 'complete', 'swap', 'cancelConsult', 'conference'], consult: { to: aParty({ number: '1002', display: '1002', name: 'Ben Okafor' }), state: 'up' }, talkingTo: 'consult', ...over })

  it.each([
    [{ consult: { to: aParty({ name: 'Ben Okafor' }), state: 'calling' } }, 'Calling'],
    [{ consult: { to: aParty({ name: 'Ben Okafor' }), state: 'ringing' } }, 'Ringing'],
    [{ talkingTo: 'consult' }, 'You are talking to'],
    [{ talkingTo: 'peer' }, 'Waiting for you:'],
  ] as const)('says for %o: %s', async (over, words) => {
    await openMain(consulting(over))
    expect(within(card()).getByText(words).parentElement?.textContent).toContain('Ben Okafor')
  })

  it.each([
    ['Hand over', 'call.complete'],
    ['Swap', 'call.swap'],
    ['Back to the caller', 'call.cancelConsult'],
    ['Conference', 'call.conference'],
  ] as const)('has “%s”, which asks for %s', async (name, command) => {
    const { user, bridge } = await openMain(consulting())
    await user.click(press(name))
    expect(bridge.inputsOf(command)).toEqual([{ id: 'call-1' }])
  })

  it('offers only what this server can', async () => {
    await openMain(consulting({ can: ['hangup', 'complete'] }))
    expect(within(card()).getAllByRole('button').map(button => button.textContent?.trim() || button.getAttribute('aria-label'))).toEqual(['Hang up', 'Hand over'])
  })
})

describe('a call that is up', () => {
  it('is parked with one click where there is one lot', async () => {
    const { user, bridge } = await openMain(talking())
    await user.click(press('Park'))
    expect(bridge.inputsOf('call.park')).toEqual([{ id: 'call-1', lot: null, forWhom: null }])
  })

  it('is parked in the lot that is chosen where there are several', async () => {
    const start = talking()
    const { user, bridge } = await openMain({ tables: { ...start.tables, lots: byId(aLot(), aLot({ id: 'sales' })) } })
    await user.click(press('Park'))
    expect(bridge.inputsOf('call.park')).toEqual([])
    await user.click(press('sales'))
    expect(bridge.inputsOf('call.park')).toEqual([{ id: 'call-1', lot: 'sales', forWhom: null }])
  })

  it('gets the tones of the keypad', async () => {
    const { user, bridge } = await openMain(talking())
    await user.click(press('Send tones'))
    await user.click(press('4'))
    await user.click(press('#'))
    expect(bridge.inputsOf('call.dtmf')).toEqual([{ id: 'call-1', digits: '4' }, { id: 'call-1', digits: '#' }])
  })

  it.each([
    [null, 'Record', 'start'],
    ['on', 'Pause the recording', 'pause'],
    ['on', 'Stop the recording', 'stop'],
    ['paused', 'Resume the recording', 'resume'],
  ] as const)('with the recording %s has “%s”', async (recording, name, wanted) => {
    const { user, bridge } = await openMain(talking({ recording }))
    await user.click(press(name))
    expect(bridge.inputsOf('call.record')).toEqual([{ id: 'call-1', do: wanted }])
  })

  it('says in words that it is recorded, muted, and when it ends', async () => {
    const { pass } = await openMain(talking({ recording: 'on', muted: true, endsAt: NOON + 61_000 }))
    for (const words of ['Recording', 'You are muted: they do not hear you', 'Hangs up in 1:01'])
      expect(within(card()).getByText(words)).toBeTruthy()
    await pass(2000)
    expect(within(card()).getByText('Hangs up in 0:59')).toBeTruthy()
  })

  it('moves to another phone of mine', async () => {
    const start = talking()
    const { user, bridge } = await openMain({ tables: { ...start.tables, line: { 1001: aLine({ devices: ['PJSIP/1001', 'PJSIP/1001-home'] }) } } })
    await user.click(press('More'))
    await user.click(press('Move to 1001-home'))
    expect(bridge.inputsOf('call.move')).toEqual([{ id: 'call-1', device: 'PJSIP/1001-home' }])
  })

  it('is muted at the server, and heard again', async () => {
    const { user, bridge, pass } = await openMain(talking())
    await user.click(press('More'))
    await user.click(press('Mute'))
    const muted = talking({ muted: true }).tables.calls
    bridge.show({ calls: muted })
    await pass()
    await user.click(press('Unmute'))
    expect(bridge.inputsOf('call.mute')).toEqual([{ id: 'call-1', on: true }, { id: 'call-1', on: false }])
  })

  it('is ended after some minutes', async () => {
    const { user, bridge } = await openMain(talking())
    await user.click(press('More'))
    await user.click(press('Hang up later'))
    const minutes = within(card()).getByRole('spinbutton')
    await user.clear(minutes)
    await user.type(minutes, '5{Enter}')
    expect(bridge.inputsOf('call.timeout')).toEqual([{ id: 'call-1', seconds: 300 }])
  })

  it('says where a person looks for it what only the phone can do', async () => {
    const { user } = await openMain({ tables: { line, calls: byId(aCall()) } })
    await user.click(press('More'))
    expect(within(card()).getByText(/^To hold a call, press the key of your phone/)).toBeTruthy()
  })

  it('greys what the account may not do, with the reason', async () => {
    const { user } = await openMain({ tables: { line: { 1001: aLine({ missing: { transfer: 'not-permitted', consult: 'not-permitted', park: 'unknown-action' } }) }, calls: byId(aCall()) } })
    const transfer = within(card()).getByRole<HTMLButtonElement>('button', { name: 'Transfer' })
    expect([transfer.disabled, transfer.title]).toEqual([true, 'Your account on the server may not do this.'])
    await user.click(press('More'))
    expect(within(card()).getByText('Park: This Asterisk cannot do this.')).toBeTruthy()
  })

  it('opens the transfer for whom the pointer lets go on it', async () => {
    const { user, bridge, pass } = await openMain(talking())
    const data = new Map([['application/x-ringside-number', '1003'], ['application/x-ringside-name', 'Chiara Rossi']])
    const event = new Event('drop', { bubbles: true, cancelable: true })
    Object.defineProperty(event, 'dataTransfer', { value: { getData: (kind: string) => data.get(kind) ?? '', types: [...data.keys()] } })
    card().dispatchEvent(event)
    await pass()
    expect(screen.getByRole<HTMLInputElement>('combobox', { name: 'Send the call to' }).value).toBe('1003')
    await user.click(press('Send'))
    expect(bridge.inputsOf('call.transfer')).toEqual([{ id: 'call-1', to: '1003', name: 'Chiara Rossi', kind: 'blind' }])
  })
})

describe('a call that rings me', () => {
  const ringing = { line, people, calls: byId(aCall({ state: 'ringing', answeredAt: null })), alerts: byId(anAlert({ canTransfer: true, canPark: true })) }

  it('is sent on by keyboard from the main window', async () => {
    const { user, bridge } = await openMain({ tables: ringing })
    await user.click(press('Send to …'))
    await user.keyboard('chiara{Enter}')
    expect(bridge.inputsOf('alert.transfer')).toEqual([{ id: 'call-1', to: '1003' }])
  })

  it('is sent on with the pointer alone', async () => {
    const { user, bridge } = await openMain({ tables: ringing })
    await user.click(press('Send to …'))
    await user.click(within(card()).getByRole('option', { name: /Chiara Rossi/ }))
    await user.click(press('Send'))
    expect(bridge.inputsOf('alert.transfer')).toEqual([{ id: 'call-1', to: '1003' }])
  })

  it.each([
    ['To voicemail', 'alert.toVoicemail'],
    ['Park', 'alert.park'],
  ] as const)('has “%s”', async (name, command) => {
    const { user, bridge } = await openMain({ tables: ringing })
    await user.click(press(name))
    expect(bridge.inputsOf(command)).toEqual([{ id: 'call-1' }])
  })
})

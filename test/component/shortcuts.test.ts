import type { CallView } from '#contract/tables.ts'
import { screen, within } from '@testing-library/vue'
import { beforeEach, describe, expect, it } from 'vitest'
import { failed, ok } from '../support/fake-bridge.ts'
import { narrow } from '../support/narrow.ts'
import { openMain } from '../support/open-window.ts'
import { aCall, aDial, aLine, aLot, anAlert, aParkedCall, aParty, aPerson, byId } from '../support/rows.ts'

const line = { 1001: aLine() }
const people = byId(aPerson(), aPerson({ id: '1003@hints', exten: '1003', name: 'Chiara Rossi', state: 'inuse' }))
const everything = ['hangup', 'blind', 'consult', 'voicemail', 'park', 'dtmf', 'record', 'conference', 'mute'] as const
const talking = (over: Partial<CallView> = {}): CallView => aCall({ can: everything, ...over })
const held = aCall({ id: 'call-2', state: 'held', heldBy: 'me', can: everything, peer: aParty({ name: 'Jana Weiss' }) })
const consulting = talking({ can: ['hangup', 'complete', 'swap', 'cancelConsult', 'conference'], consult: { to: aParty({ name: 'Ben Okafor' }), state: 'up' }, talkingTo: 'consult' })
const card = (name = 'Anna Schmidt'): HTMLElement => screen.getByRole('article', { name })
const dialBox = (): HTMLElement => screen.getByRole('combobox', { name: 'Number to dial' })

beforeEach(() => localStorage.clear())

describe('a key for the call that I talk on', () => {
  it.each([
    ['{Control>}p{/Control}', 'call.park', { id: 'call-1', lot: null, forWhom: null }],
    ['{Control>}j{/Control}', 'call.conference', { id: 'call-1' }],
    ['{Control>}{Shift>}m{/Shift}{/Control}', 'call.mute', { id: 'call-1', on: true }],
    ['{Control>}{Shift>}r{/Shift}{/Control}', 'call.record', { id: 'call-1', do: 'start' }],
    ['{Control>}{Shift>}h{/Shift}{/Control}', 'call.hangup', { id: 'call-1' }],
  ] as const)('%s asks for %s', async (keys, command, input) => {
    const { user, bridge } = await openMain({ tables: { line, people, calls: byId(talking(), held) } })
    await user.keyboard(keys)
    expect(bridge.inputsOf(command)).toEqual([input])
  })

  it.each([
    ['{Control>}{Enter}{/Control}', 'call.complete'],
    ['{Control>}s{/Control}', 'call.swap'],
    ['{Control>}b{/Control}', 'call.cancelConsult'],
  ] as const)('%s asks for %s while I consult', async (keys, command) => {
    const { user, bridge } = await openMain({ tables: { line, people, calls: byId(consulting) } })
    await user.keyboard(keys)
    expect(bridge.inputsOf(command)).toEqual([{ id: 'call-1' }])
  })

  it('opens the transfer with its field ready, which sends at once with Ctrl and Enter', async () => {
    const { user, bridge, pass } = await openMain({ tables: { line, people, calls: byId(talking()) } })
    await user.keyboard('{Control>}t{/Control}')
    await pass()
    expect(document.activeElement).toBe(screen.getByRole('combobox', { name: 'Send the call to' }))
    await user.keyboard('chi')
    await user.keyboard('{Control>}{Enter}{/Control}')
    expect(bridge.inputsOf('call.transfer')).toEqual([{ id: 'call-1', to: '1003', name: 'Chiara Rossi', kind: 'blind' }])
    expect(bridge.inputsOf('call.consult')).toEqual([])
  })

  it('sends to voicemail from the transfer field with Ctrl, Shift and Enter', async () => {
    const { user, bridge, pass } = await openMain({ tables: { line, people, calls: byId(talking()) } })
    await user.keyboard('{Control>}t{/Control}')
    await pass()
    await user.keyboard('ben{Control>}{Shift>}{Enter}{/Shift}{/Control}')
    expect(bridge.inputsOf('call.transfer')).toEqual([{ id: 'call-1', to: '1002', name: 'Ben Okafor', kind: 'voicemail' }])
  })

  it('opens the keys of the phone, where digits are typed', async () => {
    const { user, bridge, pass } = await openMain({ tables: { line, calls: byId(talking()) } })
    await user.keyboard('{Control>}k{/Control}')
    await pass()
    await user.keyboard('4#')
    expect(bridge.inputsOf('call.dtmf')).toEqual([{ id: 'call-1', digits: '4' }, { id: 'call-1', digits: '#' }])
  })

  it('lets choose among several parking lots', async () => {
    const { user, bridge, pass } = await openMain({ tables: { line, lots: byId(aLot(), aLot({ id: 'sales' })), calls: byId(talking()) } })
    await user.keyboard('{Control>}p{/Control}')
    await pass()
    await user.keyboard('{Tab}{Enter}')
    expect(bridge.inputsOf('call.park')).toEqual([{ id: 'call-1', lot: 'sales', forWhom: null }])
  })

  it('means the card with the focus when there is one', async () => {
    const { user, bridge } = await openMain({ tables: { line, calls: byId(talking(), held) } })
    card('Jana Weiss').focus()
    await user.keyboard('{Control>}p{/Control}')
    expect(bridge.inputsOf('call.park')).toEqual([{ id: 'call-2', lot: null, forWhom: null }])
  })

  it('does nothing and says so where it would have to guess', async () => {
    const { user, bridge } = await openMain({ tables: { line, calls: byId(talking(), talking({ id: 'call-3', peer: aParty({ name: 'Jana Weiss' }) })) } })
    await user.keyboard('{Control>}{Shift>}h{/Shift}{/Control}')
    expect(bridge.inputsOf('call.hangup')).toEqual([])
    expect(screen.getByText('There are several calls. Go to the one you mean with F6, then press again.')).toBeTruthy()
  })

  it('says that it cannot be done when there is no call, and forgets it again', async () => {
    const { user, pass } = await openMain({ tables: { line } })
    await user.keyboard('{Control>}t{/Control}')
    await pass()
    expect(screen.getByText('Transfer: not possible now.')).toBeTruthy()
    await pass(6000)
    expect(screen.queryByText('Transfer: not possible now.')).toBeNull()
  })

  it('brings the call to the screen first in a narrow window', async () => {
    narrow()
    const { user, pass } = await openMain({ tables: { line, people, calls: byId(talking()) } })
    await user.click(screen.getByRole('tab', { name: 'People' }))
    await user.keyboard('{Control>}t{/Control}')
    await pass()
    expect(document.activeElement).toBe(screen.getByRole('combobox', { name: 'Send the call to' }))
  })

  it('is not heard behind another panel', async () => {
    const { user, bridge } = await openMain({ tables: { line, calls: byId(talking()) } })
    await user.click(screen.getByRole('button', { name: 'Settings' }))
    await user.keyboard('{Control>}{Shift>}h{/Shift}{/Control}')
    expect(bridge.inputsOf('call.hangup')).toEqual([])
  })
})

describe('a key for another call', () => {
  it('declines the one that rings, not the one I talk on', async () => {
    const { user, bridge } = await openMain({ tables: { line, calls: byId(talking(), aCall({ id: 'call-2', state: 'ringing', direction: 'in', answeredAt: null, can: [] })), alerts: byId(anAlert({ id: 'call-2' })) } })
    await user.keyboard('{Control>}{Shift>}d{/Shift}{/Control}')
    expect(bridge.inputsOf('alert.decline')).toEqual([{ id: 'call-2' }])
    expect(bridge.inputsOf('call.hangup')).toEqual([])
  })

  it('cancels a call that is on its way', async () => {
    const { user, bridge } = await openMain({ tables: { line, dials: byId(aDial()) } })
    await user.keyboard('{Control>}{Shift>}h{/Shift}{/Control}')
    expect(bridge.inputsOf('dial.cancel')).toEqual([{ id: 'dial-1' }])
  })

  it('takes back the one that I parked first', async () => {
    const { user, bridge } = await openMain({ tables: { line, parked: byId(aParkedCall({ id: 'a', parkedAt: 3, mine: true }), aParkedCall({ id: 'b', parkedAt: 2, mine: true }), aParkedCall({ id: 'c', parkedAt: 1, mine: false })) } })
    await user.keyboard('{Control>}{Shift>}p{/Shift}{/Control}')
    expect(bridge.inputsOf('parked.retrieve')).toEqual([{ id: 'b', confirmed: false }])
  })

  it('picks up the colleague who rings longest once Enter has said yes', async () => {
    const ringing = { state: 'ringing', canPickUp: true } as const
    const { user, bridge, pass } = await openMain({ tables: { line, people: byId(aPerson({ ...ringing, since: 2000 }), aPerson({ id: '1003@hints', exten: '1003', name: 'Chiara Rossi', ...ringing, since: 1000 })) } })
    bridge.answer('person.pickup', ({ confirmed }) => confirmed ? ok({ id: 'act-1' }) : failed('needs-confirmation'))
    await user.keyboard('{Control>}u{/Control}')
    await pass()
    expect(screen.getByText('This call rings Chiara Rossi. It will ring your phone instead.')).toBeTruthy()
    await user.keyboard('{Enter}')
    await pass()
    expect(bridge.inputsOf('person.pickup')).toEqual([{ id: '1003@hints', confirmed: false }, { id: '1003@hints', confirmed: true }])
    expect(document.activeElement).toBe(dialBox())
  })

  it('switches do not disturb', async () => {
    const { user, bridge } = await openMain({ tables: { line } })
    await user.keyboard('{Control>}n{/Control}')
    expect(bridge.inputsOf('line.dnd')).toEqual([{ on: true }])
  })
})

describe('the places of the window', () => {
  it('are the dial box and the search of people', async () => {
    const { user, pass } = await openMain({ tables: { line, people } })
    await user.keyboard('{Control>}f{/Control}')
    await pass()
    expect(document.activeElement).toBe(screen.getByRole('searchbox', { name: 'Search people' }))
    await user.keyboard('{Control>}l{/Control}')
    expect(document.activeElement).toBe(dialBox())
  })

  it('are gone through with F6 and back with Shift', async () => {
    const { user } = await openMain({ tables: { line, people, calls: byId(talking(), held) } })
    const places = [dialBox(), card(), card('Jana Weiss'), screen.getByRole('tab', { name: 'People' }), screen.getByRole('searchbox', { name: 'Search people' })]
    for (const place of [...places.slice(1), places[0]]) {
      await user.keyboard('{F6}')
      expect(document.activeElement).toBe(place)
    }
    await user.keyboard('{Shift>}{F6}{/Shift}')
    expect(document.activeElement).toBe(places.at(-1))
  })
})

describe('the sheet of keys', () => {
  it.each(['{F1}', '{Shift>}?{/Shift}'])('opens with %s and gives the focus back', async (keys) => {
    const { user, bridge, pass } = await openMain({ tables: { line, calls: byId(talking()) } })
    const button = screen.getByRole('button', { name: 'Settings' })
    button.focus()
    await user.keyboard(keys)
    await pass()
    const sheet = screen.getByRole('dialog', { name: 'Keyboard' })
    expect(within(sheet).getByText('Hang up').parentElement?.textContent).toContain('CtrlShiftH')
    within(sheet).getByRole('button', { name: 'Close' }).focus()
    await user.keyboard('{Escape}')
    await pass()
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(document.activeElement).toBe(button)
    expect(bridge.inputsOf('window.hide')).toEqual([])
  })

  it('leaves a question mark that is typed where it is typed', async () => {
    const { user } = await openMain({ tables: { line } })
    dialBox().focus()
    await user.keyboard('?')
    expect(screen.queryByRole('dialog')).toBeNull()
  })

  it('covers the calls: no key reaches them', async () => {
    const { user, bridge } = await openMain({ tables: { line, calls: byId(talking()) } })
    await user.keyboard('{F1}')
    await user.keyboard('{Control>}{Shift>}h{/Shift}{/Control}')
    expect(bridge.inputsOf('call.hangup')).toEqual([])
  })

  it('is reached with the mouse from the settings', async () => {
    const { user } = await openMain({ tables: { line } })
    await user.click(screen.getByRole('button', { name: 'Settings' }))
    await user.click(screen.getByRole('button', { name: 'Keyboard shortcuts' }))
    expect(screen.getByRole('dialog', { name: 'Keyboard' })).toBeTruthy()
  })
})

describe('a button', () => {
  it('tells its key for the call that the key means, and for no other', async () => {
    await openMain({ tables: { line, calls: byId(talking(), held) } })
    const mine = within(card()).getByRole('button', { name: 'Transfer' })
    expect(mine.title).toBe('Transfer (Ctrl+T)')
    expect(mine.getAttribute('aria-keyshortcuts')).toBe('Control+T')
    expect(within(card('Jana Weiss')).getByRole('button', { name: 'Transfer' }).getAttribute('aria-keyshortcuts')).toBeNull()
  })

  it('keeps the focus while what it asked for is under way, and asks once', async () => {
    const { user, bridge } = await openMain({ tables: { line, calls: byId(consulting) } })
    bridge.answer('call.swap', () => new Promise(() => {}))
    const swap = within(card()).getByRole('button', { name: 'Swap' })
    await user.click(swap)
    await user.keyboard('{Enter}')
    expect(document.activeElement).toBe(swap)
    expect(bridge.inputsOf('call.swap')).toHaveLength(1)
  })
})

describe('the focus', () => {
  it('goes to the next call when the one that has it is over, and to the dial box after the last', async () => {
    const { bridge, pass } = await openMain({ tables: { line, calls: byId(talking(), held) } })
    within(card()).getByRole('button', { name: 'Hang up' }).focus()
    bridge.show({ calls: byId(held) })
    await pass()
    expect(document.activeElement).toBe(card('Jana Weiss'))
    bridge.show({ calls: {} })
    await pass()
    expect(document.activeElement).toBe(dialBox())
  })

  it('stays in the card when its buttons become others', async () => {
    const { bridge, pass } = await openMain({ tables: { line, people, calls: byId(talking()) } })
    within(card()).getByRole('button', { name: 'Transfer' }).focus()
    bridge.show({ calls: byId(consulting) })
    await pass()
    expect(document.activeElement).toBe(card())
  })

  it('is left where it is when something else disappears', async () => {
    const { bridge, pass } = await openMain({ tables: { line, calls: byId(talking(), held) } })
    card('Jana Weiss').focus()
    bridge.show({ calls: byId(held) })
    await pass()
    expect(document.activeElement).toBe(card('Jana Weiss'))
  })
})

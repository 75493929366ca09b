import { screen, within } from '@testing-library/vue'
import { beforeEach, describe, expect, it } from 'vitest'
import { aDraggedNumber, drop } from '../support/drop.ts'
import { failed, ok } from '../support/fake-bridge.ts'
import { narrow } from '../support/narrow.ts'
import { openMain } from '../support/open-window.ts'
import { aCall, aLine, anAct, aParty, aPerson, aTodo, byId, NOON } from '../support/rows.ts'

const line = { 1001: aLine() }
const ben = aPerson({ since: NOON - 65_000 })
const chiara = aPerson({ id: '1003@hints', exten: '1003', name: 'Chiara Rossi', state: 'inuse' })
const jana = aPerson({ id: '1004@hints', exten: '1004', name: 'Jana Müller', state: 'unavailable', group: 'Sales' })
const people = byId(ben, chiara, jana)
const list = (): HTMLElement => screen.getByRole('list', { name: 'People' })
const rows = (): string[] => within(list()).getAllByRole('listitem').map(row => row.getAttribute('aria-label') ?? '')
const row = (name: string): HTMLElement => within(list()).getByRole('listitem', { name })

beforeEach(() => localStorage.clear())

describe('colleagues', () => {
  it.each([
    [{ state: 'idle' }, 'Free'],
    [{ state: 'inuse', with: aParty({ name: 'Harbour Printing' }), withState: 'up' }, 'Talking to Harbour Printing'],
    [{ state: 'ringing', with: aParty({ number: '', display: '', name: null }), withState: 'ringing' }, 'Call from Number withheld'],
    [{ state: 'idle', presence: { state: 'away', message: 'Lunch until one' } }, 'Free · Lunch until one'],
    [{ state: 'idle', presence: { state: 'dnd', message: null } }, 'Free · Do not disturb'],
    [{ state: 'idle', presence: { state: 'not_set', message: null } }, 'Free'],
  ] as const)('say for %o: %s', async (over, words) => {
    await openMain({ tables: { line, people: byId(aPerson(over)) } })
    expect(within(row('Ben Okafor')).getByText(words)).toBeTruthy()
  })

  it('stand favourites first, then in the own order, then by name', async () => {
    await openMain({ tables: { line, people: byId(ben, { ...chiara, order: 0 }, { ...jana, favourite: true }, aPerson({ id: '9@hints', exten: '9', name: 'Adele' })) } })
    expect(rows()).toEqual(['Jana Müller', 'Chiara Rossi', 'Adele', 'Ben Okafor'])
  })

  it.each([
    ['ros', ['Chiara Rossi']],
    ['muller', ['Jana Müller']],
    ['1002', ['Ben Okafor']],
    ['sales', ['Jana Müller']],
    ['o b', ['Ben Okafor']],
  ])('are found by “%s”', async (words, found) => {
    const { user } = await openMain({ tables: { line, people } })
    await user.type(screen.getByRole('searchbox', { name: 'Search people' }), words)
    expect(rows()).toEqual(found)
  })

  it('are found by their name as it is written, signs between its words and all', async () => {
    const { user } = await openMain({ tables: { line, people: byId(ben, aPerson({ id: '1005@hints', exten: '1005', name: 'Amélie Côté-Lefèvre' })) } })
    await user.type(screen.getByRole('searchbox'), 'Amélie Côté-Lefèvre')
    expect(rows()).toEqual(['Amélie Côté-Lefèvre'])
  })

  it('say that nobody fits, and come back with Esc', async () => {
    const { user, bridge } = await openMain({ tables: { line, people } })
    await user.type(screen.getByRole('searchbox'), 'xyz')
    expect(screen.getByText('Nobody matches.')).toBeTruthy()
    await user.keyboard('{Escape}')
    expect(rows()).toHaveLength(3)
    expect(bridge.inputsOf('window.hide')).toEqual([])
  })

  it.each([
    ['Sales', ['Jana Müller']],
    ['Favourites', []],
  ])('are narrowed to “%s”', async (choice, found) => {
    const { user } = await openMain({ tables: { line, people } })
    await user.selectOptions(screen.getByRole('combobox', { name: 'Show' }), choice)
    expect(screen.queryByRole('list', { name: 'People' }) === null ? [] : rows()).toEqual(found)
  })

  it.each([
    ['Free (1)', ['Ben Okafor']],
    ['On a call (1)', ['Chiara Rossi']],
    ['Ringing (0)', []],
    ['Offline (1)', ['Jana Müller']],
  ])('are narrowed with a press on “%s”, and shown again with another', async (name, found) => {
    const { user } = await openMain({ tables: { line, people } })
    const button = screen.getByRole('button', { name })
    await user.click(button)
    expect(screen.queryByRole('list', { name: 'People' }) === null ? [] : rows()).toEqual(found)
    expect(button.getAttribute('aria-pressed')).toBe('true')
    await user.click(button)
    expect(rows()).toHaveLength(3)
  })

  it('are narrowed to those of a group who are free', async () => {
    const { user } = await openMain({ tables: { line, people: byId(ben, { ...chiara, group: 'Sales' }, { ...jana, state: 'idle' }) } })
    await user.selectOptions(screen.getByRole('combobox', { name: 'Show' }), 'Sales')
    await user.click(screen.getByRole('button', { name: 'Free (1)' }))
    expect(rows()).toEqual(['Jana Müller'])
  })

  it('are narrowed to a state or a group by one choice where there is little room', async () => {
    narrow()
    localStorage.setItem('ringside.tab', 'people')
    const { user } = await openMain({ tables: { line, people } })
    expect(screen.queryByRole('button', { name: 'Free (1)' })).toBeNull()
    const choice = screen.getByRole('combobox', { name: 'Show' })
    await user.selectOptions(choice, 'Free (1)')
    expect(rows()).toEqual(['Ben Okafor'])
    await user.selectOptions(choice, 'Sales')
    expect(rows()).toEqual(['Jana Müller'])
  })

  it('are called with a click', async () => {
    const { user, bridge } = await openMain({ tables: { line, people } })
    await user.click(screen.getByRole('button', { name: 'Call Chiara Rossi' }))
    expect(bridge.inputsOf('dial.start')).toEqual([{ text: '1003', name: 'Chiara Rossi' }])
  })

  it('get my call with a click while I have one', async () => {
    const { user, bridge } = await openMain({ tables: { line, people, calls: byId(aCall({ can: ['blind', 'consult'] })) } })
    await user.click(screen.getByRole('button', { name: 'Transfer to Chiara Rossi' }))
    expect(bridge.inputsOf('call.transfer')).toEqual([{ id: 'call-1', to: '1003', name: 'Chiara Rossi', kind: 'blind' }])
  })

  it('say why it did not work', async () => {
    const { user, bridge } = await openMain({ tables: { line, people } })
    bridge.answer('dial.start', () => failed('no-phone'))
    await user.click(screen.getByRole('button', { name: 'Call Chiara Rossi' }))
    expect(screen.getByText('No phone of yours is set.')).toBeTruthy()
  })

  it('are picked up for only after a question', async () => {
    const { user, bridge } = await openMain({ tables: { line, people: byId({ ...ben, state: 'ringing', canPickUp: true }) } })
    bridge.answer('person.pickup', ({ confirmed }) => confirmed ? ok({ id: 'act' }) : failed('needs-confirmation'))
    await user.click(screen.getByRole('button', { name: 'Pick up for Ben Okafor' }))
    const question = screen.getByRole('alertdialog', { name: 'This call rings Ben Okafor. It will ring your phone instead.' })
    await user.click(within(question).getByRole('button', { name: 'Yes, do it' }))
    expect(bridge.inputsOf('person.pickup')).toEqual([{ id: ben.id, confirmed: false }, { id: ben.id, confirmed: true }])
    expect(screen.queryByRole('alertdialog')).toBeNull()
  })

  it('are not picked up for when the answer is no', async () => {
    const { user, bridge } = await openMain({ tables: { line, people: byId({ ...ben, state: 'ringing', canPickUp: true }) } })
    bridge.answer('person.pickup', () => failed('needs-confirmation'))
    await user.click(screen.getByRole('button', { name: 'Pick up for Ben Okafor' }))
    await user.keyboard('{Escape}')
    expect(screen.queryByRole('alertdialog')).toBeNull()
    expect(bridge.inputsOf('person.pickup')).toHaveLength(1)
    expect(bridge.inputsOf('window.hide')).toEqual([])
  })

  it('are left with Esc once one was picked up by keyboard, and the window stays', async () => {
    const rings = { ...ben, state: 'ringing', canPickUp: true } as const
    const { user, bridge, pass } = await openMain({ tables: { line, people: byId(rings, chiara) } })
    bridge.answer('person.pickup', ({ confirmed }) => confirmed ? ok({ id: 'act' }) : failed('needs-confirmation'))
    await user.click(screen.getByRole('button', { name: 'Pick up for Ben Okafor' }))
    await pass()
    await user.keyboard('{Tab}{Enter}')
    await pass()
    bridge.show({ people: byId({ ...rings, state: 'idle', canPickUp: false }, chiara) })
    await pass()
    expect(screen.getByRole('region', { name: 'Ben Okafor' }).contains(document.activeElement)).toBe(true)
    await user.keyboard('{Escape}')
    expect(screen.queryByRole('region', { name: 'Ben Okafor' })).toBeNull()
    expect(bridge.inputsOf('window.hide')).toEqual([])
  })

  it('are gone through with the arrow keys from the search on', async () => {
    const { user, pass } = await openMain({ tables: { line, people } })
    await user.click(screen.getByRole('searchbox'))
    await user.keyboard('{ArrowDown}{ArrowDown}')
    await pass()
    expect(row('Chiara Rossi').contains(document.activeElement)).toBe(true)
    await user.keyboard('{End}')
    await pass()
    expect(row('Jana Müller').contains(document.activeElement)).toBe(true)
    await user.keyboard('{ArrowUp}')
    await pass()
    expect(row('Chiara Rossi').contains(document.activeElement)).toBe(true)
  })

  it('are put into another order by keyboard', async () => {
    const { user, bridge, pass } = await openMain({ tables: { line, people } })
    await user.click(screen.getByRole('searchbox'))
    await user.keyboard('{ArrowDown}')
    await pass()
    await user.keyboard('{Alt>}{ArrowDown}{/Alt}')
    await pass()
    expect(bridge.inputsOf('people.arrange').map(each => each.order)).toEqual([[chiara.id, ben.id, jana.id]])
    bridge.show({ people: byId({ ...chiara, order: 0 }, { ...ben, order: 1 }, { ...jana, order: 2 }) })
    await pass()
    expect(rows()).toEqual(['Chiara Rossi', 'Ben Okafor', 'Jana Müller'])
    expect(row('Ben Okafor').contains(document.activeElement)).toBe(true)
    await user.keyboard('{Alt>}{ArrowDown}{/Alt}')
    expect(bridge.inputsOf('people.arrange').at(-1)?.order).toEqual([chiara.id, jana.id, ben.id])
  })

  it('are put into another order with the pointer', async () => {
    const { bridge, pass } = await openMain({ tables: { line, people } })
    const event = new Event('drop', { bubbles: true, cancelable: true })
    Object.defineProperty(event, 'dataTransfer', { value: { getData: (kind: string) => kind.endsWith('person') ? jana.id : '', types: ['application/x-ringside-person'] } })
    row('Ben Okafor').dispatchEvent(event)
    await pass()
    expect(bridge.inputsOf('people.arrange').map(each => each.order)).toEqual([[jana.id, ben.id, chiara.id]])
  })

  it('get the call that the pointer lets go on them', async () => {
    const { bridge, pass } = await openMain({ tables: { line, people, calls: byId(aCall({ id: 'c1', can: ['blind'] }), aCall({ id: 'c2', can: ['blind'] })) } })
    const event = new Event('drop', { bubbles: true, cancelable: true })
    Object.defineProperty(event, 'dataTransfer', { value: { getData: (kind: string) => kind.endsWith('call') ? 'c2' : '', types: ['application/x-ringside-call'] } })
    row('Ben Okafor').dispatchEvent(event)
    await pass()
    expect(bridge.inputsOf('call.transfer')).toEqual([{ id: 'c2', to: '1002', name: 'Ben Okafor', kind: 'blind' }])
  })
})

describe('a number for a colleague', () => {
  const question = (whom: string): HTMLElement => screen.getByRole('alertdialog', { name: `The phone of Ben Okafor will ring. Once it is answered, ${whom} is called from there.` })
  const asking = ({ confirmed = false, to }: { readonly confirmed?: boolean | undefined, readonly to: string }) => confirmed ? ok({ id: 'act' }) : failed('needs-confirmation', undefined, { number: to.replace('tel:', '').replaceAll('-', ' ') })

  it('that is let go on them is asked about, and given when the answer is yes', async () => {
    const { user, bridge, pass } = await openMain({ tables: { line, people } })
    bridge.answer('person.connect', asking)
    drop(row('Ben Okafor'), aDraggedNumber('+442079460123', 'Harbour Printing'))
    await pass()
    await user.click(within(question('Harbour Printing, +442079460123')).getByRole('button', { name: 'Yes, do it' }))
    const given = { id: ben.id, to: '+442079460123', name: 'Harbour Printing' }
    expect(bridge.inputsOf('person.connect')).toEqual([{ ...given, confirmed: false }, { ...given, confirmed: true }])
    expect(screen.queryByRole('combobox', { name: 'Connect with a number' })).toBeNull()
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Connect …' }))
  })

  it('comes from another program as words on one line', async () => {
    const { bridge, pass } = await openMain({ tables: { line, people } })
    bridge.answer('person.connect', asking)
    drop(row('Ben Okafor'), { 'text/plain': ' tel:+44-20-7946-0123\n' })
    await pass()
    expect(bridge.inputsOf('person.connect')).toEqual([{ id: ben.id, to: 'tel:+44-20-7946-0123', name: null, confirmed: false }])
    expect(question('+44 20 7946 0123')).toBeTruthy()
  })

  it('that is none is said to be none', async () => {
    const { bridge, pass } = await openMain({ tables: { line, people } })
    bridge.answer('person.connect', () => failed('number-invalid'))
    drop(row('Ben Okafor'), { 'text/plain': 'a pretty cat' })
    await pass()
    expect(within(screen.getByRole('region', { name: 'Ben Okafor' })).getByRole('alert')).toBeTruthy()
    expect(screen.queryByRole('alertdialog')).toBeNull()
  })

  it('is not given when the answer is no, and can be typed anew', async () => {
    const { user, bridge, pass } = await openMain({ tables: { line, people } })
    bridge.answer('person.connect', asking)
    drop(row('Ben Okafor'), aDraggedNumber('5551', 'Harbour Printing'))
    await pass()
    await user.keyboard('{Escape}')
    await user.clear(screen.getByRole('combobox', { name: 'Connect with a number' }))
    await user.keyboard('5552{Enter}')
    await pass()
    expect(question('5552')).toBeTruthy()
    expect(bridge.inputsOf('person.connect')).toEqual([{ id: ben.id, to: '5551', name: 'Harbour Printing', confirmed: false }, { id: ben.id, to: '5552', name: null, confirmed: false }])
    expect(bridge.inputsOf('window.hide')).toEqual([])
  })

  it('is given by keyboard, and a colleague by name', async () => {
    const { user, bridge, pass } = await openMain({ tables: { line, people } })
    bridge.answer('person.connect', asking)
    await user.click(screen.getByRole('button', { name: 'More about Ben Okafor' }))
    screen.getByRole('button', { name: 'Connect …' }).focus()
    await user.keyboard('{Enter}')
    await pass()
    await user.keyboard('chiara{ArrowDown}{Enter}')
    await pass()
    expect(question('Chiara Rossi, 1003')).toBeTruthy()
    expect(bridge.inputsOf('person.connect')).toEqual([{ id: ben.id, to: '1003', name: 'Chiara Rossi', confirmed: false }])
  })

  it('does not ring for me, and not where nobody may dial', async () => {
    const me = aPerson({ isMe: true })
    const { user, bridge, pass } = await openMain({ tables: { line: { 1001: aLine({ missing: { dial: 'not-permitted' } }) }, people: byId(me, chiara) } })
    drop(row('Ben Okafor'), aDraggedNumber('5551'))
    await pass()
    expect(bridge.inputsOf('person.connect')).toEqual([])
    await user.click(screen.getByRole('button', { name: 'More about Chiara Rossi' }))
    expect(screen.queryByRole('button', { name: 'Connect …' })).toBeNull()
  })

  it('is dragged from the calls to return', async () => {
    await openMain({ tables: { line, people, todo: byId(aTodo()) } })
    const told: Record<string, string> = {}
    const event = new Event('dragstart', { bubbles: true })
    Object.defineProperty(event, 'dataTransfer', { value: { setData: (kind: string, value: string) => { told[kind] = value } } })
    within(screen.getByRole('region', { name: 'To call back' })).getAllByRole('listitem')[0]?.dispatchEvent(event)
    const { number, name } = aTodo().caller
    expect(told).toEqual(aDraggedNumber(number, name ?? ''))
  })
})

describe('everything about one colleague', () => {
  const details = (): HTMLElement => screen.getByRole('region', { name: 'Ben Okafor' })
  const calling = { line, people, calls: byId(aCall({ can: ['blind', 'consult', 'voicemail', 'park'] })) }

  it.each([
    ['Call', 'dial.start', { text: '1002', name: 'Ben Okafor' }],
    ['Ask first', 'call.consult', { id: 'call-1', to: '1002', name: 'Ben Okafor' }],
    ['Transfer', 'call.transfer', { id: 'call-1', to: '1002', name: 'Ben Okafor', kind: 'blind' }],
    ['To their voicemail', 'call.transfer', { id: 'call-1', to: '1002', name: 'Ben Okafor', kind: 'voicemail' }],
    ['Park for them', 'call.park', { id: 'call-1', lot: null, forWhom: '1002@hints' }],
    ['Tell me when free', 'person.watch', { id: '1002@hints', on: true }],
    ['Favourite', 'people.arrange', { favourites: ['1002@hints'], groups: [{ name: 'Sales', members: ['1004@hints'] }], order: [] }],
  ] as const)('has “%s”', async (name, command, input) => {
    const { user, bridge } = await openMain({ tables: calling })
    await user.click(screen.getByRole('button', { name: 'More about Ben Okafor' }))
    await user.click(within(details()).getByRole('button', { name }))
    expect(bridge.inputsOf(command)).toEqual([input])
  })

  it.each([
    [{}, 'Call'],
    [{ calls: byId(aCall({ can: ['blind'] })) }, 'Transfer'],
    [{ calls: byId(aCall({ can: ['blind', 'consult'] })) }, 'Ask first'],
  ] as const)('begins with what one looks for: %o: %s', async (more, name) => {
    const { user } = await openMain({ tables: { line, people, ...more } })
    await user.type(screen.getByRole('searchbox', { name: 'Search people' }), 'ben{Enter}')
    expect(document.activeElement).toBe(within(details()).getByRole('button', { name }))
  })

  it('counts how long the state lasts', async () => {
    const { user, pass } = await openMain({ tables: { line, people } })
    await user.click(screen.getByRole('button', { name: 'More about Ben Okafor' }))
    expect(details().textContent).toContain('Free, 1:05')
    await pass(1000)
    expect(details().textContent).toContain('Free, 1:06')
  })

  it('puts them into a group', async () => {
    const { user, bridge } = await openMain({ tables: { line, people } })
    await user.click(screen.getByRole('button', { name: 'More about Ben Okafor' }))
    await user.type(within(details()).getByRole('combobox', { name: 'Group' }), 'Support{Enter}')
    expect(bridge.inputsOf('people.arrange').at(-1)?.groups).toEqual([{ name: 'Support', members: ['1002@hints'] }, { name: 'Sales', members: ['1004@hints'] }])
  })

  it.each([
    ['Ask first', 'call.consult', 'consult'],
    ['Transfer', 'call.transfer', 'blind'],
    ['To their voicemail', 'call.transfer', 'voicemail'],
    ['Park for them', 'call.park', 'park'],
  ] as const)('closes once “%s” is done, back to the row', async (name, command, kind) => {
    const { user, bridge, pass } = await openMain({ tables: calling })
    bridge.answer(command, () => ok({ id: 'act-7' }))
    await user.click(screen.getByRole('button', { name: 'More about Ben Okafor' }))
    await user.click(within(details()).getByRole('button', { name }))
    bridge.show({ acts: byId(anAct({ id: 'act-7', kind }), anAct({ id: 'act-6', state: 'done' })) })
    await pass()
    expect(details()).toBeTruthy()
    bridge.show({ acts: byId(anAct({ id: 'act-7', kind, state: 'done' })) })
    await pass()
    expect(screen.queryByRole('region', { name: 'Ben Okafor' })).toBeNull()
    expect(row('Ben Okafor').contains(document.activeElement)).toBe(true)
  })

  it('stays when what was asked for failed, and closes once it is done after all', async () => {
    const { user, bridge, pass } = await openMain({ tables: calling })
    bridge.answer('call.transfer', () => ok({ id: 'act-7' }))
    await user.click(screen.getByRole('button', { name: 'More about Ben Okafor' }))
    await user.click(within(details()).getByRole('button', { name: 'Transfer' }))
    bridge.show({ acts: byId(anAct({ id: 'act-7', state: 'failed' })) })
    await pass()
    expect(details().contains(document.activeElement)).toBe(true)
    bridge.answer('call.transfer', () => ok({ id: 'act-8' }))
    await user.click(within(details()).getByRole('button', { name: 'Transfer' }))
    bridge.show({ acts: byId(anAct({ id: 'act-8', state: 'done' })) })
    await pass()
    expect(screen.queryByRole('region', { name: 'Ben Okafor' })).toBeNull()
  })

  it('closes behind whoever types elsewhere by then, and leaves them there', async () => {
    const { user, bridge, pass } = await openMain({ tables: calling })
    bridge.answer('call.transfer', () => ok({ id: 'act-7' }))
    await user.click(screen.getByRole('button', { name: 'More about Ben Okafor' }))
    await user.click(within(details()).getByRole('button', { name: 'Transfer' }))
    const dial = screen.getByRole('combobox', { name: 'Number to dial' })
    await user.click(dial)
    bridge.show({ acts: byId(anAct({ id: 'act-7', state: 'done' })) })
    await pass()
    expect(screen.queryByRole('region', { name: 'Ben Okafor' })).toBeNull()
    expect(document.activeElement).toBe(dial)
  })

  it('closes with Esc, back to the row', async () => {
    const { user, pass } = await openMain({ tables: { line, people } })
    await user.click(screen.getByRole('button', { name: 'More about Ben Okafor' }))
    await user.keyboard('{Escape}')
    await pass()
    expect(screen.queryByRole('region', { name: 'Ben Okafor' })).toBeNull()
    expect(row('Ben Okafor').contains(document.activeElement)).toBe(true)
  })
})

describe('a thousand colleagues', () => {
  const many = Array.from({ length: 1000 }, (_, at) => aPerson({ id: `${2000 + at}@hints`, exten: String(2000 + at), name: `Person ${String(at).padStart(4, '0')}` }))

  it('are a thousand for those who hear the list, of which only those in sight are drawn', async () => {
    await openMain({ tables: { line, people: byId(...many) } })
    const drawn = within(list()).getAllByRole('listitem')
    expect(drawn.length).toBeLessThan(40)
    expect(drawn[0]?.getAttribute('aria-setsize')).toBe('1000')
    expect(screen.getByRole('option', { name: 'All (1000)' })).toBeTruthy()
  })

  it('follow what is scrolled to', async () => {
    const { pass } = await openMain({ tables: { line, people: byId(...many) } })
    const box = list().parentElement
    expect(box).toBeTruthy()
    if (box) {
      box.scrollTop = 48 * 500
      box.dispatchEvent(new Event('scroll'))
    }
    await pass()
    expect(rows()).toContain('Person 0500')
    expect(rows()).not.toContain('Person 0000')
  })
})

describe('a name in the dial box', () => {
  const field = (): HTMLElement => screen.getByRole('combobox', { name: 'Number to dial' })

  it('offers who is meant, and calls the one who is left', async () => {
    const { user, bridge } = await openMain({ tables: { line, people } })
    await user.type(field(), 'chi')
    expect(screen.getByText('Calls Chiara Rossi, 1003. Your phone 1001 rings first.')).toBeTruthy()
    await user.keyboard('{Enter}')
    expect(bridge.inputsOf('dial.start')).toEqual([{ text: '1003', name: 'Chiara Rossi' }])
  })

  it('calls whom the arrow keys choose among several', async () => {
    const { user, bridge } = await openMain({ tables: { line, people: byId(ben, chiara, aPerson({ id: '5@hints', exten: '5', name: 'Bea Nowak' })) } })
    await user.type(field(), 'be')
    expect(screen.getByText('Choose with the arrow keys or a click.')).toBeTruthy()
    await user.keyboard('{ArrowDown}{ArrowDown}{Enter}')
    expect(bridge.inputsOf('dial.start')).toEqual([{ text: '1002', name: 'Ben Okafor' }])
  })

  it('calls whom a click takes', async () => {
    const { user, bridge } = await openMain({ tables: { line, people } })
    await user.type(field(), 'ja')
    await user.click(screen.getByRole('option', { name: /Jana/ }))
    expect(bridge.inputsOf('dial.start')).toEqual([{ text: '1004', name: 'Jana Müller' }])
  })

  it('offers nobody before anything is typed, but everybody on an arrow down, free ones first', async () => {
    const { user, bridge } = await openMain({ tables: { line, people } })
    const dialled = (): HTMLElement[] => within(screen.getByRole('region', { name: 'Dial' })).queryAllByRole('option')
    await user.click(field())
    expect(dialled()).toEqual([])
    await user.keyboard('{ArrowDown}{ArrowDown}')
    expect(dialled().map(option => option.textContent?.trim())).toEqual(['Ben OkaforFree1002', 'Chiara RossiOn a call1003', 'Jana MüllerPhone offline1004'])
    await user.keyboard('{Enter}')
    expect(bridge.inputsOf('dial.start')).toEqual([{ text: '1003', name: 'Chiara Rossi' }])
    expect(dialled()).toEqual([])
  })

  it('takes back what an arrow down offered with Esc, before the window hides', async () => {
    const { user, bridge } = await openMain({ tables: { line, people } })
    await user.click(field())
    await user.keyboard('{ArrowDown}{Escape}')
    expect(screen.queryByRole('option', { name: /Ben Okafor/ })).toBeNull()
    expect(bridge.inputsOf('window.hide')).toEqual([])
    await user.keyboard('{Enter}')
    expect(bridge.inputsOf('dial.start')).toEqual([])
    await user.keyboard('{ArrowDown}{Tab}')
    expect(screen.getByRole('option', { name: /Ben Okafor/ })).toBeTruthy()
    await user.click(screen.getByRole('searchbox', { name: 'Search people' }))
    expect(screen.queryByRole('option', { name: /Ben Okafor/ })).toBeNull()
  })

  it('leaves digits a number', async () => {
    const { user, bridge } = await openMain({ tables: { line, people } })
    await user.type(field(), '1003{Enter}')
    expect(bridge.inputsOf('dial.start')).toEqual([{ text: '1003', name: null }])
  })
})

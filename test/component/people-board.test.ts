import type { PersonView } from '#contract/tables.ts'
import { screen, within } from '@testing-library/vue'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { aDraggedNumber, drop } from '../support/drop.ts'
import { failed, ok } from '../support/fake-bridge.ts'
import { narrow } from '../support/narrow.ts'
import { openMain } from '../support/open-window.ts'
import { aCall, aLine, anAct, aParty, aPerson, byId, NOON } from '../support/rows.ts'

const line = { 1001: aLine() }
const ben = aPerson()
const chiara = aPerson({ id: '1003@hints', exten: '1003', name: 'Chiara Rossi', state: 'inuse', since: NOON - 65_000 })
const jana = aPerson({ id: '1004@hints', exten: '1004', name: 'Jana Müller', state: 'unavailable' })
/** `A1` to `A9` and so on, in that order. */
const crowd = (letter: string, count: number, over: Partial<PersonView> = {}): PersonView[] => Array.from({ length: count }, (_, at) => aPerson({ id: `${letter}${at + 1}@hints`, exten: `${letter.charCodeAt(0)}${at + 1}`, name: `${letter}${at + 1}`, ...over }))

const grid = (): HTMLElement => screen.getByRole('grid', { name: 'People' })
const tile = (name: string): HTMLElement => within(grid()).getByRole('button', { name: new RegExp(`^${name}(?:,|$)`) })
const cell = (name: string): HTMLElement => within(grid()).getByRole('gridcell', { name: new RegExp(`^${name}(?:,|$)`) })
function lines(): string[][] {
  return within(grid()).getAllByRole('row').flatMap((row) => {
    const names = within(row).queryAllByRole('gridcell').flatMap(each => each.querySelector('.name')?.textContent ?? [])
    return names.length > 0 ? [names] : []
  })
}
const headings = (): string[] => within(grid()).queryAllByRole('rowheader').map(heading => [...heading.children].map(part => part.textContent).join(': '))
const focused = (): string => document.activeElement?.querySelector('.name')?.textContent ?? ''

/** Layout there is none: the board is told to be so many tiles of 11rem wide. */
function wide(columns: number): void {
  const before = Object.getOwnPropertyDescriptor(HTMLElement.prototype, 'clientWidth')
  Object.defineProperty(HTMLElement.prototype, 'clientWidth', { configurable: true, get: () => columns * 182 })
  onTestFinished(() => {
    if (before)
      Object.defineProperty(HTMLElement.prototype, 'clientWidth', before)
    else
      Reflect.deleteProperty(HTMLElement.prototype, 'clientWidth')
  })
}

beforeEach(() => {
  localStorage.clear()
  localStorage.setItem('ringside.people', 'board')
})

describe('the board of people', () => {
  it('is chosen beside the search, and stays chosen', async () => {
    localStorage.clear()
    const first = await openMain({ tables: { line, people: byId(ben) } })
    expect(screen.queryByRole('grid')).toBeNull()
    await first.user.click(within(screen.getByRole('radiogroup', { name: 'Show people as' })).getByRole('radio', { name: 'Board' }))
    expect(tile('Ben Okafor')).toBeTruthy()
    first.close()
    const next = await openMain({ tables: { line, people: byId(ben) } })
    expect(tile('Ben Okafor')).toBeTruthy()
    await next.user.click(screen.getByRole('radio', { name: 'List' }))
    expect(screen.getByRole('list', { name: 'People' })).toBeTruthy()
  })

  it('gives way to the list where there is no room for it', async () => {
    narrow(900)
    await openMain({ tables: { line, people: byId(ben) } })
    expect(screen.getByRole('list', { name: 'People' })).toBeTruthy()
    expect(screen.queryByRole('radiogroup', { name: 'Show people as' })).toBeNull()
  })

  it.each([
    [{ state: 'idle' }, 'Free', '1002'],
    [{ state: 'inuse', with: aParty({ name: 'Harbour Printing' }), withState: 'up', since: NOON - 65_000 }, 'Talking to Harbour Printing', '1:05'],
    [{ state: 'inuse' }, 'On a call', '1002'],
    [{ state: 'ringing', with: aParty({ number: '', display: '', name: null }), withState: 'ringing' }, 'Call from Number withheld', '1002'],
    [{ state: 'unavailable', since: NOON - 65_000 }, 'Offline', '1002'],
    [{ state: 'idle', presence: { state: 'away', message: 'Lunch until one' } }, 'Free · Lunch until one', '1002'],
  ] as const)('says for %o: %s, %s', async (over, words, end) => {
    await openMain({ tables: { line, people: byId(aPerson(over)) } })
    expect([...tile('Ben Okafor').querySelectorAll('.second > *')].map(part => part.textContent)).toEqual([words, end])
  })

  it('tells everything to those who hear it, and to the pointer', async () => {
    await openMain({ tables: { line, people: byId({ ...ben, favourite: true, watched: true, state: 'unavailable' }) } })
    const words = 'Ben Okafor, 1002, Phone offline, Favourite, You will be told when they are free'
    expect([tile('Ben Okafor').getAttribute('aria-label'), tile('Ben Okafor').title]).toEqual([words, words])
  })

  it('counts how long a call lasts', async () => {
    const { pass } = await openMain({ tables: { line, people: byId(chiara) } })
    expect(tile('Chiara Rossi').textContent).toContain('1:05')
    await pass(1000)
    expect(tile('Chiara Rossi').textContent).toContain('1:06')
  })

  it('has favourites, groups and others under headings, with how many are free', async () => {
    wide(3)
    await openMain({ tables: { line, people: byId(ben, { ...chiara, group: 'Support' }, { ...jana, favourite: true, group: 'Sales' }, ...crowd('A', 4, { group: 'Sales' })) } })
    expect(headings()).toEqual(['Favourites: 0 of 1 free', 'Sales: 4 of 4 free', 'Support: 0 of 1 free', 'Others: 1 of 1 free'])
    expect(lines()).toEqual([['Jana Müller'], ['A1', 'A2', 'A3'], ['A4'], ['Chiara Rossi'], ['Ben Okafor']])
  })

  it('needs no heading where nobody has a group', async () => {
    wide(4)
    await openMain({ tables: { line, people: byId(...crowd('A', 6)) } })
    expect(headings()).toEqual([])
    expect(lines()).toEqual([['A1', 'A2', 'A3', 'A4'], ['A5', 'A6']])
    expect([grid().getAttribute('aria-rowcount'), grid().getAttribute('aria-colcount')]).toEqual(['2', '4'])
  })

  it('says of a group how many are free also when one looks for something else', async () => {
    const { user } = await openMain({ tables: { line, people: byId({ ...ben, group: 'Sales' }, { ...chiara, group: 'Sales' }) } })
    await user.click(screen.getByRole('button', { name: 'On a call (1)' }))
    expect(lines()).toEqual([['Chiara Rossi']])
    expect(headings()).toEqual(['Sales: 1 of 2 free'])
  })

  it('is searched as the list is; Enter opens the first', async () => {
    const { user } = await openMain({ tables: { line, people: byId(ben, chiara, { ...jana, group: 'Sales' }) } })
    await user.type(screen.getByRole('searchbox'), 'sal{Enter}')
    expect(lines()).toEqual([['Jana Müller']])
    expect(screen.getByRole('region', { name: 'Jana Müller' })).toBeTruthy()
  })

  it('gives my call to whom the button says', async () => {
    const { user, bridge } = await openMain({ tables: { line, people: byId(ben, chiara), calls: byId(aCall({ can: ['blind', 'consult'] })) } })
    await user.click(screen.getByRole('button', { name: 'Transfer to Chiara Rossi' }))
    expect(bridge.inputsOf('call.transfer')).toEqual([{ id: 'call-1', to: '1003', name: 'Chiara Rossi', kind: 'blind' }])
  })

  it('calls with a button that the pointer brings, and with a double click', async () => {
    const { user, bridge } = await openMain({ tables: { line, people: byId(ben, chiara) } })
    expect(screen.queryByRole('button', { name: 'Call Chiara Rossi' })).toBeNull()
    await user.hover(cell('Chiara Rossi'))
    await user.click(screen.getByRole('button', { name: 'Call Chiara Rossi' }))
    await user.dblClick(tile('Ben Okafor'))
    expect(bridge.inputsOf('dial.start').map(each => each.text)).toEqual(['1003', '1002'])
  })

  it('has no button to call myself', async () => {
    await openMain({ tables: { line, people: byId({ ...ben, isMe: true }) } })
    expect(within(grid()).getAllByRole('button')).toEqual([tile('Ben Okafor')])
  })

  it('picks up for a colleague after a question', async () => {
    const { user, bridge } = await openMain({ tables: { line, people: byId({ ...ben, state: 'ringing', canPickUp: true }) } })
    bridge.answer('person.pickup', ({ confirmed }) => confirmed ? ok({ id: 'act' }) : failed('needs-confirmation'))
    await user.click(screen.getByRole('button', { name: 'Pick up for Ben Okafor' }))
    await user.click(within(screen.getByRole('alertdialog')).getByRole('button', { name: 'Yes, do it' }))
    expect(bridge.inputsOf('person.pickup').map(each => each.confirmed)).toEqual([false, true])
  })

  it('sends the call that the pointer lets go on a tile', async () => {
    const { bridge, pass } = await openMain({ tables: { line, people: byId(ben, chiara), calls: byId(aCall({ id: 'c1', can: ['blind'] }), aCall({ id: 'c2', can: ['blind'] })) } })
    drop(cell('Chiara Rossi'), { 'application/x-ringside-call': 'c2' })
    await pass()
    expect(bridge.inputsOf('call.transfer')).toEqual([{ id: 'c2', to: '1003', name: 'Chiara Rossi', kind: 'blind' }])
  })

  it('puts a colleague where the pointer lets go of them', async () => {
    const { bridge, pass } = await openMain({ tables: { line, people: byId(ben, chiara, jana) } })
    drop(cell('Ben Okafor'), { 'application/x-ringside-person': jana.id })
    await pass()
    expect(bridge.inputsOf('people.arrange').map(each => each.order)).toEqual([[jana.id, ben.id, chiara.id]])
  })
})

describe('everything about one colleague on the board', () => {
  it('asks about a number that is let go on them, once', async () => {
    const { user, bridge, pass } = await openMain({ tables: { line, people: byId(ben, chiara) } })
    bridge.answer('person.connect', () => failed('needs-confirmation', undefined, { number: '5551' }))
    drop(cell('Ben Okafor'), aDraggedNumber('5551', 'Harbour Printing'))
    await pass()
    expect(screen.getByRole('alertdialog', { name: 'The phone of Ben Okafor will ring. Once it is answered, Harbour Printing, 5551 is called from there.' })).toBeTruthy()
    await user.click(screen.getByRole('radio', { name: 'List' }))
    expect(screen.getByRole('region', { name: 'Ben Okafor' })).toBeTruthy()
    expect(bridge.inputsOf('person.connect')).toHaveLength(1)
  })

  it('stays when they are not among those who are shown any more, until one looks for somebody else', async () => {
    const { user, bridge, pass } = await openMain({ tables: { line, people: byId(ben, chiara) } })
    await user.click(screen.getByRole('button', { name: 'Free (1)' }))
    await user.click(tile('Ben Okafor'))
    bridge.show({ people: byId({ ...ben, state: 'inuse' }, chiara) })
    await pass()
    expect(within(screen.getByRole('region', { name: 'Ben Okafor' })).getByText('On a call')).toBeTruthy()
    expect(lines()).toEqual([['Ben Okafor']])
    await user.click(screen.getByRole('button', { name: 'On a call (2)' }))
    expect(screen.queryByRole('region', { name: 'Ben Okafor' })).toBeNull()
    expect(lines()).toEqual([['Ben Okafor'], ['Chiara Rossi']])
  })

  it('closes once my call is sent to them, with the focus on the tile, or on who stands there when only those are shown who are free', async () => {
    const calls = byId(aCall({ can: ['blind'] }))
    const { user, bridge, pass } = await openMain({ tables: { line, people: byId(ben, { ...chiara, state: 'idle' }), calls } })
    bridge.answer('call.transfer', () => ok({ id: 'act-7' }))
    await user.click(tile('Chiara Rossi'))
    await user.click(within(screen.getByRole('region', { name: 'Chiara Rossi' })).getByRole('button', { name: 'Transfer' }))
    bridge.show({ acts: byId(anAct({ id: 'act-7', state: 'done' })) })
    await pass()
    expect(screen.queryByRole('region', { name: 'Chiara Rossi' })).toBeNull()
    expect(focused()).toBe('Chiara Rossi')
    await user.click(screen.getByRole('button', { name: 'Free (2)' }))
    await user.click(tile('Chiara Rossi'))
    bridge.answer('call.transfer', () => ok({ id: 'act-8' }))
    await user.click(within(screen.getByRole('region', { name: 'Chiara Rossi' })).getByRole('button', { name: 'Transfer' }))
    bridge.show({ calls: {}, people: byId(ben, chiara), acts: byId(anAct({ id: 'act-8', state: 'done' })) })
    await pass()
    expect(lines()).toEqual([['Ben Okafor']])
    expect(focused()).toBe('Ben Okafor')
  })

  it('brings everybody back once who was looked for is done with, with the focus on them', async () => {
    const { user, pass } = await openMain({ tables: { line, people: byId(ben, chiara, jana) } })
    await user.click(screen.getByRole('searchbox', { name: 'Search people' }))
    await user.keyboard('chi{Enter}')
    await pass()
    expect(lines()).toEqual([['Chiara Rossi']])
    await user.keyboard('{Escape}')
    await pass()
    expect(lines().flat()).toEqual(['Ben Okafor', 'Chiara Rossi', 'Jana Müller'])
    expect(focused()).toBe('Chiara Rossi')
  })

  it('shows everybody again once the group that was chosen has nobody any more', async () => {
    const { user, bridge, pass } = await openMain({ tables: { line, people: byId({ ...ben, group: 'Sales' }, chiara) } })
    await user.selectOptions(screen.getByRole('combobox', { name: 'Show' }), 'Sales')
    expect(lines()).toEqual([['Ben Okafor']])
    bridge.show({ people: byId(ben, chiara) })
    await pass()
    expect(lines().flat()).toEqual(['Ben Okafor', 'Chiara Rossi'])
    expect(screen.getByRole<HTMLSelectElement>('combobox', { name: 'Show' }).selectedOptions[0]?.textContent).toContain('All (2)')
  })

  it('leaves alone what somebody else is looked for with', async () => {
    const { user, pass } = await openMain({ tables: { line, people: byId(ben, chiara, jana) } })
    await user.click(screen.getByRole('searchbox', { name: 'Search people' }))
    await user.keyboard('ben')
    await user.click(tile('Ben Okafor'))
    await user.keyboard('{Escape}')
    await pass()
    expect(lines()).toEqual([['Ben Okafor']])
    // What is typed next takes its place.
    await user.keyboard('{Control>}f{/Control}')
    await pass()
    await user.keyboard('jan')
    expect(lines()).toEqual([['Jana Müller']])
  })

  it('stands below their line, and Esc goes back to the tile', async () => {
    wide(2)
    const { user, pass } = await openMain({ tables: { line, people: byId(...crowd('A', 4)) } })
    await user.click(tile('A2'))
    const details = screen.getByRole('region', { name: 'A2' })
    expect(within(grid()).getAllByRole('row').map(row => row.contains(details))).toEqual([false, false, true])
    expect(details.contains(document.activeElement)).toBe(true)
    expect(tile('A2').getAttribute('aria-expanded')).toBe('true')
    await user.keyboard('{Escape}')
    await pass()
    expect(screen.queryByRole('region', { name: 'A2' })).toBeNull()
    expect(focused()).toBe('A2')
  })

  it('asks about a pick-up once, also when it is shown again in the list', async () => {
    const { user, bridge } = await openMain({ tables: { line, people: byId({ ...ben, state: 'ringing', canPickUp: true }) } })
    bridge.answer('person.pickup', () => failed('needs-confirmation'))
    await user.click(screen.getByRole('button', { name: 'Pick up for Ben Okafor' }))
    await user.click(screen.getByRole('radio', { name: 'List' }))
    expect(screen.getByRole('region', { name: 'Ben Okafor' })).toBeTruthy()
    expect(bridge.inputsOf('person.pickup')).toHaveLength(1)
  })

  it('goes along when they become a favourite, and the focus stays', async () => {
    const people = crowd('A', 4, { group: 'Sales' })
    const { user, bridge, pass } = await openMain({ tables: { line, people: byId(...people) } })
    await user.click(tile('A2'))
    const favourite = screen.getByRole('button', { name: 'Favourite' })
    await user.click(favourite)
    bridge.show({ people: byId(...people.map(person => person.name === 'A2' ? { ...person, favourite: true } : person)) })
    await pass()
    expect(headings()[0]).toBe('Favourites: 1 of 1 free')
    expect(document.activeElement).toBe(favourite)
  })

  it('leaves the arrow keys to what is typed', async () => {
    const { user } = await openMain({ tables: { line, people: byId(...crowd('A', 4)) } })
    await user.click(tile('A1'))
    const group = screen.getByRole('combobox', { name: 'Group' })
    await user.click(group)
    await user.keyboard('{ArrowDown}{ArrowRight}{Home}')
    expect(document.activeElement).toBe(group)
  })

  it('moves them within their group', async () => {
    const { user, bridge } = await openMain({ tables: { line, people: byId(...crowd('A', 2, { group: 'Sales' }), ...crowd('B', 1)) } })
    await user.click(tile('A2'))
    await user.click(screen.getByRole('button', { name: 'One place down' }))
    expect(bridge.inputsOf('people.arrange')).toEqual([])
    await user.click(screen.getByRole('button', { name: 'One place up' }))
    expect(bridge.inputsOf('people.arrange').map(each => each.order)).toEqual([['A2@hints', 'A1@hints', 'B1@hints']])
  })
})

describe('the board by keyboard', () => {
  // A1 A2 A3 / A4 A5 under Sales, B1 B2 B3 / B4 below.
  const people = byId(...crowd('A', 5, { group: 'Sales' }), ...crowd('B', 4))

  it.each([
    ['A1', '{ArrowRight}', 'A2'],
    ['A3', '{ArrowRight}', 'A4'],
    ['A4', '{ArrowLeft}', 'A3'],
    ['A1', '{ArrowLeft}', 'A1'],
    ['A2', '{ArrowDown}', 'A5'],
    ['A3', '{ArrowDown}', 'A5'],
    ['A5', '{ArrowDown}', 'B2'],
    ['B2', '{ArrowUp}', 'A5'],
    ['B4', '{ArrowDown}', 'B4'],
    ['A2', '{End}', 'A3'],
    ['A5', '{Home}', 'A4'],
    ['A5', '{Control>}{Home}{/Control}', 'A1'],
    ['A1', '{Control>}{End}{/Control}', 'B4'],
    ['A2', '{PageDown}', 'B4'],
    ['B3', '{PageUp}', 'A3'],
  ])('goes from %s with %s to %s', async (from, keys, to) => {
    wide(3)
    const { user, pass } = await openMain({ tables: { line, people } })
    tile(from).focus()
    await user.keyboard(keys)
    await pass()
    expect(focused()).toBe(to)
    expect(within(grid()).getAllByRole('button').filter(button => button.tabIndex === 0 && button.matches('.who'))).toEqual([tile(to)])
  })

  it('goes the other way in languages that are written from right to left', async () => {
    wide(3)
    const { user, pass } = await openMain({ tables: { line, people } })
    grid().style.direction = 'rtl'
    tile('A2').focus()
    await user.keyboard('{ArrowLeft}')
    await pass()
    expect(focused()).toBe('A3')
  })

  it('is reached from the search', async () => {
    const { user, pass } = await openMain({ tables: { line, people } })
    await user.click(screen.getByRole('searchbox'))
    await user.keyboard('{ArrowDown}')
    await pass()
    expect(focused()).toBe('A1')
  })

  it('takes a colleague along with Alt, within the group', async () => {
    wide(3)
    const { user, bridge, pass } = await openMain({ tables: { line, people } })
    tile('A2').focus()
    await user.keyboard('{Alt>}{ArrowDown}{/Alt}')
    expect(bridge.inputsOf('people.arrange').map(each => each.order?.slice(0, 5))).toEqual([['A1@hints', 'A3@hints', 'A4@hints', 'A5@hints', 'A2@hints']])
    await user.keyboard('{Alt>}{ArrowUp}{/Alt}')
    tile('A5').focus()
    await user.keyboard('{Alt>}{ArrowDown}{/Alt}')
    await pass()
    expect(bridge.inputsOf('people.arrange')).toHaveLength(1)
  })

  it('keeps the focus where it was when who had it is not shown any more', async () => {
    wide(3)
    const { user, bridge, pass } = await openMain({ tables: { line, people } })
    await user.click(screen.getByRole('button', { name: 'Free (9)' }))
    tile('A4').focus()
    bridge.show({ people: { ...people, 'A4@hints': aPerson({ ...people['A4@hints'], state: 'inuse' }) } })
    await pass()
    expect(lines().flat()).not.toContain('A4')
    expect(focused()).toBe('A5')
  })
})

describe('a thousand colleagues on the board', () => {
  const many = Array.from({ length: 1000 }, (_, at) => aPerson({ id: `${2000 + at}@hints`, exten: String(2000 + at), name: `Person ${String(at).padStart(4, '0')}`, group: at < 500 ? 'First' : 'Second' }))

  async function scrollTo(top: number, pass: () => Promise<void>): Promise<void> {
    grid().scrollTop = top
    grid().dispatchEvent(new Event('scroll'))
    await pass()
  }

  it('are drawn only where they are seen', async () => {
    wide(2)
    const { pass } = await openMain({ tables: { line, people: byId(...many) } })
    expect(grid().getAttribute('aria-rowcount')).toBe('500')
    expect(lines().length).toBeLessThan(20)
    await scrollTo(56 * 150, pass)
    expect(lines().flat()).toContain('Person 0300')
    expect(lines().length).toBeLessThan(30)
    expect(within(grid()).getAllByRole('row').find(row => row.textContent.includes('Person 0300'))?.getAttribute('aria-rowindex')).toBe('151')
  })

  it('can be reached with Tab wherever one scrolled to', async () => {
    wide(2)
    const { pass } = await openMain({ tables: { line, people: byId(...many) } })
    tile('Person 0002').focus()
    await scrollTo(56 * 150, pass)
    expect(focused()).toBe('Person 0002')
    expect(tile('Person 0002').tabIndex).toBe(0)
  })

  it('stay in their places when their states change, and only those are drawn again', async () => {
    wide(2)
    const { bridge, pass } = await openMain({ tables: { line, people: byId(...many) } })
    const before = lines()
    const changed: Node[] = []
    const observer = new MutationObserver(records => changed.push(...records.map(record => record.target)))
    observer.observe(grid(), { subtree: true, childList: true, characterData: true, attributes: true })
    bridge.show({ people: { ...byId(...many), '2003@hints': aPerson({ ...many[3], state: 'inuse' }) } })
    await pass()
    observer.disconnect()
    expect(lines()).toEqual(before)
    expect(tile('Person 0003').textContent).toContain('On a call')
    const tiles = changed.flatMap(node => (node instanceof Element ? node : node.parentElement)?.closest('[role="gridcell"]')?.getAttribute('aria-label') ?? [])
    expect([...new Set(tiles)]).toEqual(['Person 0003'])
  })
})

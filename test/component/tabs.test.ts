import { screen, within } from '@testing-library/vue'
import { beforeEach, describe, expect, it } from 'vitest'
import en from '../../renderer/locales/en.json'
import { low, narrow } from '../support/narrow.ts'
import { openMain } from '../support/open-window.ts'
import { aCall, aLine, aLot, aMailbox, anAct, aParkedCall, aPerson, aQueue, byId, NOON } from '../support/rows.ts'

const line = { 1001: aLine() }
const everything = {
  line,
  people: byId(aPerson()),
  queues: byId(aQueue({ waiting: 3, level: 'alarm' })),
  lots: byId(aLot()),
  parked: byId(aParkedCall()),
  mailboxes: { '1001@default': aMailbox({ newMessages: 2 }) },
}
/** As those hear them who do not see the marks. */
const names = (): string[] => screen.getAllByRole('tab').map(tab => [...tab.childNodes].filter(node => node.nodeType === Node.TEXT_NODE || (node instanceof Element && !node.matches('[aria-hidden]'))).map(node => node.textContent?.trim()).join(''))
const selected = (): string => screen.getByRole('tab', { selected: true }).textContent?.trim() ?? ''

beforeEach(() => localStorage.clear())

describe('the parts of a narrow window', () => {
  beforeEach(() => narrow())

  it('are those that the server has something for, with what waits in each', async () => {
    await openMain({ tables: everything })
    expect(names()).toEqual(['Now', 'People', 'Queues, 3 waiting', 'Parking, 1 parked', 'Voicemail, 2 new messages'])
  })

  it('are not shown where there is only one', async () => {
    await openMain({ tables: { line } })
    expect(screen.queryByRole('tablist')).toBeNull()
    expect(screen.getByText('No call at the moment')).toBeTruthy()
  })

  it('show a part that the account may not see, with the reason', async () => {
    const { user } = await openMain({ tables: { line: { 1001: aLine({ missing: { people: 'not-permitted' } }) } } })
    await user.click(screen.getByRole('tab', { name: 'People' }))
    expect(screen.getByText('Nothing can be shown here. Your account on the server may not do this. Ask your administrator to allow it. The check of the connection (Settings, Change) shows what is missing.')).toBeTruthy()
  })

  it('are gone through with the arrow keys, Home and End', async () => {
    const { user } = await openMain({ tables: everything })
    await user.click(screen.getByRole('tab', { name: 'Now' }))
    await user.keyboard('{ArrowRight}')
    expect(selected()).toBe('People')
    expect(document.activeElement).toBe(screen.getByRole('tab', { name: 'People' }))
    await user.keyboard('{End}')
    expect(selected()).toContain('Voicemail')
    await user.keyboard('{ArrowRight}')
    expect(selected()).toBe('Now')
    await user.keyboard('{ArrowLeft}{Home}')
    expect(selected()).toBe('Now')
  })

  it('are reached with Ctrl and a digit, with the search of people ready to type in', async () => {
    const { user, pass } = await openMain({ tables: everything })
    await user.keyboard('{Control>}2{/Control}')
    await pass()
    expect(document.activeElement).toBe(screen.getByRole('searchbox', { name: 'Search people' }))
    await user.keyboard('{Control>}4{/Control}')
    await pass()
    expect(screen.getByRole('tabpanel', { name: /Parking/ })).toBe(document.activeElement)
    await user.keyboard('{Control>}1{/Control}')
    await pass()
    expect(document.activeElement).toBe(screen.getByRole('combobox', { name: 'Number to dial' }))
  })

  it('leave the keys alone while another panel is open', async () => {
    const { user, pass } = await openMain({ tables: everything })
    await user.click(screen.getByRole('button', { name: 'Settings' }))
    await user.keyboard('{Control>}2{/Control}')
    await pass()
    expect(document.activeElement).toBe(screen.getByRole('heading', { level: 1, name: 'Settings' }))
  })

  it('are remembered from one start to the next', async () => {
    const first = await openMain({ tables: everything })
    await first.user.click(screen.getByRole('tab', { name: /Queues/ }))
    first.close()
    await openMain({ tables: everything })
    expect(selected()).toContain('Queues')
  })

  it.each([
    ['people', 'People'],
    ['queues', 'Queues'],
    ['voicemail', 'Voicemail'],
  ] as const)('show %s when main says so', async (panel, name) => {
    const { bridge, pass } = await openMain({ tables: everything })
    bridge.push('window.panel', { panel })
    await pass()
    expect(selected()).toContain(name)
  })

  it('keep the call in sight, and lead back to it', async () => {
    const { user } = await openMain({ tables: { ...everything, calls: byId(aCall()) } })
    await user.click(screen.getByRole('tab', { name: 'People' }))
    expect(screen.queryByRole('article')).toBeNull()
    await user.click(screen.getByRole('button', { name: /^Anna Schmidt/ }))
    expect(screen.getByRole('article', { name: 'Anna Schmidt' })).toBeTruthy()
  })
})

describe('a wide window', () => {
  it('shows what goes on now beside the chosen part', async () => {
    const { user } = await openMain({ tables: everything })
    expect(names()).toEqual(['People', 'Queues, 3 waiting', 'Parking, 1 parked', 'Voicemail, 2 new messages'])
    expect(screen.getByRole('region', { name: 'Recent calls' })).toBeTruthy()
    await user.click(screen.getByRole('tab', { name: /Parking/ }))
    expect(within(screen.getByRole('tabpanel')).getByText('Anna Schmidt')).toBeTruthy()
    expect(screen.getByRole('region', { name: 'Recent calls' })).toBeTruthy()
  })

  it('keeps the chosen part when Ctrl and 1 lead to the dial box', async () => {
    const { user, pass } = await openMain({ tables: everything })
    await user.click(screen.getByRole('tab', { name: /Parking/ }))
    await user.keyboard('{Control>}1{/Control}')
    await pass()
    expect(document.activeElement).toBe(screen.getByRole('combobox', { name: 'Number to dial' }))
    expect(selected()).toContain('Parking')
  })

  it('shows recent calls on the right where the server offers nothing else', async () => {
    await openMain({ tables: { line } })
    expect(screen.queryByRole('tablist')).toBeNull()
    expect(screen.getByRole('region', { name: 'Recent calls' })).toBeTruthy()
  })
})

describe('what was asked for', () => {
  it('stands at the foot of the window until it is over', async () => {
    const { bridge, pass } = await openMain({ tables: { line, acts: byId(anAct()) } })
    const foot = screen.getByRole('status', { name: 'What you asked for' })
    expect(foot.textContent).toContain('Transfer to Ben Okafor')
    expect(foot.textContent).toContain('asked …')
    bridge.show({ acts: byId(anAct({ state: 'done' })) })
    await pass()
    expect(foot.textContent).toContain('done')
    bridge.show({ acts: {} })
    await pass()
    expect(foot.textContent.trim()).toBe('')
  })

  it('stays with the reason when it failed, until it is dismissed', async () => {
    const { user, bridge } = await openMain({ tables: { line, acts: byId(anAct({ state: 'failed', error: { code: 'transfer-refused', message: 'Redirect failed' } })) } })
    expect(screen.getByText('The server did not transfer the call.')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Dismiss' }))
    expect(bridge.inputsOf('act.dismiss')).toEqual([{ id: 'act-1' }])
  })

  describe('in a low window', () => {
    const parked = anAct({ id: 'act-2', kind: 'park', subject: 'Karla', state: 'failed', at: NOON + 1000, error: { code: 'lot-full', message: 'no space' } })
    const failed = byId(anAct({ state: 'failed', error: { code: 'transfer-refused', message: 'Redirect failed' } }), parked, anAct({ id: 'act-3', kind: 'swap', at: NOON + 2000 }))
    const foot = (): HTMLElement => screen.getByRole('status', { name: 'What you asked for' })

    it('takes one line where it failed, which is read aloud whole, and says how much more did', async () => {
      low()
      await openMain({ tables: { line, acts: failed } })
      const told = within(foot()).getByRole('alert')
      expect(told.textContent).toContain('Park Karla: failed')
      expect(told.textContent).toContain(en.errors['lot-full'])
      expect(told.textContent).toContain(en.errors['lot-full-todo'])
      expect(told.title).toContain(en.errors['lot-full'])
      expect(foot().textContent).not.toContain(en.errors['transfer-refused'])
      expect(foot().textContent).toContain('+1 failed')
      expect(within(foot()).getAllByRole('listitem').map(item => item.textContent)).toEqual(['Swap to Ben Okaforasked …'])
    })

    it('is shown whole on demand, and in one line again', async () => {
      low()
      const { user } = await openMain({ tables: { line, acts: failed } })
      const more = within(foot()).getByRole('button', { name: 'Show what failed' })
      expect(more.getAttribute('aria-expanded')).toBe('false')
      await user.click(more)
      expect(foot().textContent).toContain('2 failed')
      expect(within(foot()).getAllByRole('alert').map(note => note.textContent)).toEqual([expect.stringContaining(en.errors['transfer-refused']), expect.stringContaining(en.errors['lot-full'])])
      await user.click(within(foot()).getByRole('button', { name: 'Show in one line' }))
      expect(within(foot()).getAllByRole('alert')).toHaveLength(1)
    })

    it('shows the one before when the last is dismissed, and what fails later is one line again', async () => {
      low()
      const { user, bridge, pass } = await openMain({ tables: { line, acts: failed } })
      await user.click(within(foot()).getByRole('button', { name: 'Dismiss' }))
      expect(bridge.inputsOf('act.dismiss')).toEqual([{ id: 'act-2' }])
      bridge.show({ acts: byId(anAct({ state: 'failed', error: { code: 'transfer-refused', message: 'Redirect failed' } })) })
      await pass()
      expect(within(foot()).getByRole('alert').textContent).toContain(en.errors['transfer-refused'])
      await user.click(within(foot()).getByRole('button', { name: 'Show what failed' }))
      bridge.show({ acts: {} })
      await pass()
      expect(foot().textContent.trim()).toBe('')
      bridge.show({ acts: byId(parked) })
      await pass()
      expect(within(foot()).getByRole('button', { name: 'Show what failed' })).toBeTruthy()
    })
  })
})

import { screen, within } from '@testing-library/vue'
import { describe, expect, it } from 'vitest'
import { ok } from '../support/fake-bridge.ts'
import { openMain, openPopup } from '../support/open-window.ts'
import { aCall, aDial, aLine, aLot, anAct, anAlert, aParkedCall, aPerson, aQueue, aQueueCaller, aQueueMember, aRecent, aTodo, byId, connected } from '../support/rows.ts'

const names = {
  'markup': '<img src=x onerror="globalThis.wasRun = true"><script>globalThis.wasRun = true</script><b>Bold</b>',
  'a template': '{{ constructor.constructor("globalThis.wasRun = true")() }} {number} @:errors.internal | other',
  'a change of direction': '\u202Egnp.exe\u2066\u2069 אבג \u200F123',
  'four thousand letters': 'x'.repeat(4096),
  'a name like our own words': 'Number withheld',
}

/** Everything that was shown is text of one element, in a direction of its own. */
function expectHarmless(text: string, within_: HTMLElement): void {
  const shown = within(within_).getAllByText((_, element) => element?.textContent?.trim() === text.trim() && element.children.length === 0, { normalizer: words => words })
  expect(shown.length).toBeGreaterThan(0)
  for (const element of shown)
    expect(element.tagName === 'BDI' || element.classList.contains('foreign')).toBe(true)
  expect(within_.querySelectorAll('img:not([alt]), script, b, iframe, [onerror]')).toHaveLength(0)
  expect('wasRun' in globalThis).toBe(false)
}

describe.each(Object.entries(names))('%s for a name', (_, name) => {
  const party = { number: name, display: name, name }
  const facts = { queue: name, dialed: name, transferredBy: name }

  it('does nothing in the popup', async () => {
    await openPopup({ tables: { alerts: byId(anAlert({ caller: party, ...facts })) } })
    expectHarmless(name, screen.getByRole('main'))
  })

  it('does nothing in the popup that tells how it ended', async () => {
    await openPopup({ tables: { alerts: byId(anAlert({ caller: party, state: 'answered-elsewhere', answeredBy: name })) } })
    expectHarmless(name, screen.getByRole('main'))
  })

  it('does nothing in the main window', async () => {
    await openMain({ tables: {
      line: { 1001: aLine({ name }) },
      connection: { me: connected({ server: name, asterisk: name }) },
      calls: byId(aCall({ peer: party, ...facts })),
      dials: byId(aDial({ number: name, display: name, name, state: 'failed', error: { code: 'far-busy', message: name } })),
      recents: byId(aRecent({ peer: party, queue: name, answeredBy: name, outcome: 'answered-elsewhere' })),
      mailboxes: { [name]: { mailbox: name, newMessages: 1, oldMessages: null, waiting: true } },
    } })
    expectHarmless(name, screen.getByRole('main'))
  })

  it('does nothing among people, in what was asked for and in the consultation of a call', async () => {
    const { user } = await openMain({ tables: {
      line: { 1001: aLine({ devices: [name], forward: { always: name, busy: null, noAnswer: null }, registrations: [{ device: name, state: 'unreachable' }] }) },
      people: byId(aPerson({ name, exten: name, group: name, with: party, withState: 'up', presence: { state: 'away', message: name } })),
      calls: byId(aCall({ peer: party, can: ['complete'], consult: { to: party, state: 'up' } })),
      acts: byId(anAct({ subject: name })),
      todo: byId(aTodo({ caller: party, queue: name })),
    } })
    expectHarmless(name, screen.getByRole('tabpanel'))
    await user.click(within(screen.getByRole('tabpanel')).getByRole('button', { name: /^More about/ }))
    await user.click(screen.getByRole('button', { name: '1 offline' }))
    expectHarmless(name, screen.getByRole('main'))
  })

  it('does nothing among queues', async () => {
    const { user } = await openMain({ tables: {
      line: { 1001: aLine({ pauseReasons: [name] }) },
      queues: byId(aQueue({ id: name })),
      queueCallers: byId(aQueueCaller({ queue: name, caller: party })),
      queueMembers: byId(aQueueMember({ queue: name, name, paused: true, reason: name })),
    } })
    await user.click(screen.getByRole('button', { name: /^Callers and members of/ }))
    await user.click(screen.getByRole('button', { name: 'Pause' }))
    expectHarmless(name, screen.getByRole('tabpanel'))
  })

  it('does nothing in the parking lot', async () => {
    await openMain({ tables: { line: { 1001: aLine() }, lots: byId(aLot({ id: name })), parked: byId(aParkedCall({ lot: name, space: name, caller: party, parkedBy: name })) } })
    expectHarmless(name, screen.getByRole('tabpanel'))
  })

  it('does nothing among messages', async () => {
    const { bridge, pass } = await openMain({ tables: { line: { 1001: aLine() }, mailboxes: {} } })
    bridge.answer('voicemail.messages', () => ok([{ id: '1', folder: name, caller: party, at: null, seconds: null }]))
    bridge.show({ mailboxes: { [name]: { mailbox: name, newMessages: 1, oldMessages: null, waiting: true } } })
    await pass()
    expectHarmless(name, screen.getByRole('tabpanel'))
  })

  it('does nothing among those whom the popup offers', async () => {
    const { user } = await openPopup({ tables: { people: byId(aPerson({ name })), alerts: byId(anAlert({ canTransfer: true, returned: { lot: name, space: name } })) } })
    await user.click(screen.getByRole('button', { name: 'Send to …' }))
    expectHarmless(name, screen.getByRole('list', { name: 'Send the call to' }))
  })
})

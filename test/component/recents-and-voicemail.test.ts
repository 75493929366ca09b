import { screen, within } from '@testing-library/vue'
import { describe, expect, it } from 'vitest'
import { failed } from '../support/fake-bridge.ts'
import { openMain } from '../support/open-window.ts'
import { aLine, aMailbox, aRecent, byId, connected, NOON } from '../support/rows.ts'

const line = { 1001: aLine() }
const recents = (): HTMLElement => screen.getByRole('region', { name: 'Recent calls' })
const voicemail = (): HTMLElement => screen.getByRole('region', { name: 'Voicemail' })

describe('recent calls', () => {
  it('say that there is none yet', async () => {
    await openMain({ tables: { line } })
    expect(within(recents()).getByText('Calls made and received while Ringside runs appear here.')).toBeTruthy()
  })

  it.each([
    [{ outcome: 'answered', direction: 'in' }, 'Incoming'],
    [{ outcome: 'answered', direction: 'out' }, 'Outgoing'],
    [{ outcome: 'answered-elsewhere', answeredBy: 'Ben' }, 'Answered by Ben'],
    [{ outcome: 'answered-elsewhere' }, 'Answered elsewhere'],
    [{ outcome: 'missed' }, 'Missed'],
    [{ outcome: 'voicemail' }, 'Went to voicemail'],
    [{ outcome: 'declined' }, 'Declined'],
    [{ outcome: 'forwarded' }, 'Forwarded'],
    [{ outcome: 'parked' }, 'Parked'],
    [{ outcome: 'busy', direction: 'out' }, 'Busy'],
    [{ outcome: 'no-answer', direction: 'out' }, 'No answer'],
    [{ outcome: 'failed', direction: 'out' }, 'Did not go through'],
    [{ outcome: 'cancelled', direction: 'out' }, 'Cancelled'],
    [{ outcome: 'unknown' }, 'Outcome not known'],
  ] as const)('say for %o: %s', async (over, words) => {
    await openMain({ tables: { line, recents: byId(aRecent(over)) } })
    expect(within(recents()).getByText(words)).toBeTruthy()
  })

  it('stand the newest first, with the time and how long was talked', async () => {
    await openMain({ tables: { line, recents: byId(
      aRecent({ id: 'old', at: NOON - 86_400_000, peer: { number: '1', display: '1', name: 'Old' } }),
      aRecent({ id: 'new', at: NOON - 300_000, outcome: 'answered', talkMs: 125_000, peer: { number: '2', display: '2', name: 'New' } }),
    ) } })
    const rows = within(recents()).getAllByRole('listitem')
    expect(rows.map(row => within(row).getByText(/New|Old/).textContent)).toEqual(['New', 'Old'])
    expect(rows.map(row => within(row).getByText(/\d\d:\d\d$/).textContent)).toEqual(['10:05', 'Sun 10:10'])
    expect(within(rows[0] ?? recents()).getByTitle('Talk time').textContent).toBe('2:05')
  })

  it('count the missed ones until the window was looked at and left', async () => {
    const { bridge, pass } = await openMain({ tables: { line, recents: byId(aRecent({ id: 'a' }), aRecent({ id: 'b' }), aRecent({ id: 'c', outcome: 'answered' })) } })
    expect(within(recents()).getByText('2 missed')).toBeTruthy()
    window.dispatchEvent(new Event('blur'))
    await pass()
    expect(within(recents()).queryByText(/\d missed/)).toBeNull()
    bridge.show({ recents: byId(aRecent({ id: 'a' }), aRecent({ id: 'd', at: NOON })) })
    await pass()
    expect(within(recents()).getByText('1 missed')).toBeTruthy()
  })

  it('are called again with a click, under the name they had', async () => {
    const { user, bridge } = await openMain({ tables: { line, recents: byId(aRecent()) } })
    await user.click(screen.getByRole('button', { name: 'Call Anna Schmidt' }))
    expect(bridge.inputsOf('dial.start')).toEqual([{ text: '+4930901820', name: 'Anna Schmidt' }])
  })

  it('say on the row why it could not be called', async () => {
    const { user, bridge } = await openMain({ tables: { line, recents: byId(aRecent()) } })
    bridge.answer('dial.start', () => failed('dial-too-fast'))
    await user.click(screen.getByRole('button', { name: 'Call Anna Schmidt' }))
    expect(within(within(recents()).getByRole('listitem')).getByRole('alert').textContent).toContain('only a moment ago')
  })

  it('offer no call to a withheld number, nor while the server is away', async () => {
    await openMain({ tables: { line, connection: { me: connected({ state: 'offline' }) }, recents: byId(aRecent(), aRecent({ id: 'w', peer: { number: '', display: '', name: null } })) } })
    const buttons = within(recents()).getAllByRole<HTMLButtonElement>('button')
    expect(buttons.map(button => [button.getAttribute('aria-label'), button.disabled])).toEqual([['Call Anna Schmidt', true]])
  })
})

describe('voicemail', () => {
  it.each([
    [{ newMessages: 0, waiting: false }, 'No new messages'],
    [{ newMessages: 1 }, '1 new message'],
    [{ newMessages: 12 }, '12 new messages'],
    [{ newMessages: null, waiting: true }, 'New messages'],
    [{ newMessages: null, waiting: false }, 'No new messages'],
  ])('says for %o: %s', async (over, words) => {
    await openMain({ tables: { line, mailboxes: { '1001@default': aMailbox(over) } } })
    expect(within(voicemail()).getByText(words)).toBeTruthy()
  })

  it('counts the old ones too, where told', async () => {
    await openMain({ tables: { line, mailboxes: { '1001@default': aMailbox({ oldMessages: 5 }) } } })
    expect(within(voicemail()).getByText('5 old')).toBeTruthy()
  })

  it('is called with one click', async () => {
    const { user, bridge } = await openMain({ tables: { line, mailboxes: { '1001@default': aMailbox() } } })
    await user.click(within(voicemail()).getByRole('button', { name: 'Listen' }))
    expect(bridge.inputsOf('voicemail.call')).toHaveLength(1)
  })

  it('tells the mailboxes apart when there are several', async () => {
    await openMain({ tables: { line, mailboxes: { '1001@default': aMailbox(), '600@sales': aMailbox({ mailbox: '600@sales', newMessages: 3 }) } } })
    expect(within(voicemail()).getByText('Mailbox 600 (sales)')).toBeTruthy()
    expect(within(voicemail()).getByText('3 new messages')).toBeTruthy()
  })

  it('is called mailbox by mailbox where there are several', async () => {
    const { user, bridge } = await openMain({ tables: { line, mailboxes: { '1001@default': aMailbox(), '600@sales': aMailbox({ mailbox: '600@sales' }) } } })
    expect(within(voicemail()).getAllByRole('button').map(button => button.getAttribute('aria-label'))).toEqual(['Listen: Mailbox 1001', 'Listen: Mailbox 600 (sales)'])
    await user.click(within(voicemail()).getByRole('button', { name: 'Listen: Mailbox 600 (sales)' }))
    expect(bridge.inputsOf('voicemail.call')).toEqual([{ mailbox: '600@sales' }])
  })

  it('says that there is no mailbox', async () => {
    await openMain({ tables: { line } })
    expect(within(voicemail()).getByText('No mailbox is set for this extension')).toBeTruthy()
    expect(within(voicemail()).queryByRole('button')).toBeNull()
  })

  it('says why it cannot be seen with this account', async () => {
    await openMain({ tables: { line: { 1001: aLine({ missing: { voicemail: 'not-permitted' } }) }, mailboxes: { '1001@default': aMailbox() } } })
    expect(within(voicemail()).getByText('Your account on the server may not do this.')).toBeTruthy()
    expect(within(voicemail()).queryByRole('button')).toBeNull()
  })
})

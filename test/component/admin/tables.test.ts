import { screen, within } from '@testing-library/vue'
import { describe, expect, it } from 'vitest'
import { failed, ok } from '../../support/fake-bridge.ts'
import { openAdmin } from '../../support/open-admin.ts'

type Opened = Awaited<ReturnType<typeof openAdmin>>
const channels = [
  { channel: 'PJSIP/1001-00000004', state: 'Up', caller: '1001', callerName: 'Dana', context: 'from-internal', seconds: '75', uniqueid: '1.4', linkedid: '1.4' },
  { channel: 'PJSIP/1002-00000005', state: 'Ringing', caller: '1002', callerName: 'Ben', context: 'from-internal', seconds: '9', uniqueid: '1.5', linkedid: '1.4' },
]

async function at(section: string, prepare: Parameters<typeof openAdmin>[1] = () => {}, start: Parameters<typeof openAdmin>[0] = {}): Promise<Opened> {
  const window = await openAdmin(start, prepare)
  await window.user.click(within(screen.getByRole('navigation', { name: 'Sections' })).getByRole('button', { name: section }))
  // Vue takes an event for older than a listener that was put there in the same millisecond.
  await window.pass(1)
  return window
}
const body = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('tbody tr')]
const first = (): string[] => body().map(row => row.querySelector('td')?.textContent?.trim() ?? '')
async function open(window: Opened, name: string): Promise<HTMLElement> {
  await window.user.click(screen.getByText(name))
  await window.pass()
  return screen.getByRole('complementary', { name })
}

describe('a list', () => {
  it('shows rows as people read them, and leaves out columns without a value', async () => {
    await at('Channels', bridge => bridge.list('channels', channels, ['seconds']))
    expect(screen.getByText('1:15')).toBeTruthy()
    expect(screen.queryByRole('columnheader', { name: 'Application' })).toBeNull()
    expect(screen.getByText(/^2 rows/)).toBeTruthy()
  })

  it('is sorted by number where it counts, up, down and as it came', async () => {
    const { user } = await at('Channels', bridge => bridge.list('channels', channels, ['seconds']))
    await user.click(screen.getByRole('button', { name: 'Time' }))
    expect(first()[0]).toBe('PJSIP/1002-00000005')
    expect(screen.getByRole('columnheader', { name: 'Time' }).getAttribute('aria-sort')).toBe('ascending')
    await user.click(screen.getByRole('button', { name: 'Time' }))
    expect(first()[0]).toBe('PJSIP/1001-00000004')
    await user.click(screen.getByRole('button', { name: 'Time' }))
    expect(screen.getByRole('columnheader', { name: 'Time' }).getAttribute('aria-sort')).toBeNull()
  })

  it('is filtered, and says when nothing is left', async () => {
    const { user } = await at('Channels', bridge => bridge.list('channels', channels))
    await user.type(screen.getByLabelText('Filter'), 'ben ring')
    expect(first()).toEqual(['PJSIP/1002-00000005'])
    await user.type(screen.getByLabelText('Filter'), ' xyzzy')
    expect(screen.getByText('Nothing matches “ben ring xyzzy”.')).toBeTruthy()
  })

  it('says in its own words that it is empty', async () => {
    await at('Parking')
    expect(screen.getByText('Nothing is parked.')).toBeTruthy()
  })

  it('says why it cannot be had', async () => {
    await at('Agents', bridge => bridge.answer('admin.table', () => failed('not-permitted', 'Agents: Permission denied')))
    expect(screen.getByRole('alert').textContent).toContain('Agents: Permission denied')
  })

  it('draws a few hundred rows of many thousands, and more when asked', async () => {
    const { user } = await at('Channels', bridge => bridge.list('channels', Array.from({ length: 5000 }, (_, n) => ({ channel: `SIP/${n}` }))))
    expect(body()).toHaveLength(200)
    await user.click(screen.getByRole('button', { name: '4800 more' }))
    expect(body()).toHaveLength(400)
  })

  it('is asked for again by hand, or by itself while wished', async () => {
    const { bridge, pass, user } = await at('Parking')
    await user.click(screen.getByRole('button', { name: 'Refresh' }))
    expect(bridge.inputsOf('admin.table')).toHaveLength(2)
    await pass(20_000)
    expect(bridge.inputsOf('admin.table')).toHaveLength(2)
    await user.click(screen.getByLabelText('Every 5 s'))
    await pass(10_000)
    expect(bridge.inputsOf('admin.table')).toHaveLength(4)
    await user.click(screen.getByRole('button', { name: 'Console' }))
    await pass(20_000)
    expect(bridge.inputsOf('admin.table')).toHaveLength(4)
  })

  it('shows what a hostile caller sends as text', async () => {
    await at('Channels', bridge => bridge.list('channels', [{ channel: 'SIP/x', callerName: '<img src=x onerror=alert(1)>' }]))
    expect(document.querySelector('img')).toBeNull()
    expect(screen.getByText('<img src=x onerror=alert(1)>')).toBeTruthy()
  })
})

describe('a row', () => {
  it('tells all that the server tells about it', async () => {
    const window = await at('Channels', (bridge) => {
      bridge.list('channels', channels)
      bridge.answer('admin.details', ({ id }) => ok([['Channel', id], ['Writeformat', 'ulaw']]))
    })
    const drawer = await open(window, 'PJSIP/1001-00000004')
    expect(within(drawer).getByText('Writeformat')).toBeTruthy()
  })

  it('is chosen with the keyboard', async () => {
    const window = await at('Channels', bridge => bridge.list('channels', channels))
    body()[0]?.focus()
    await window.user.keyboard('{ArrowDown}{Enter}')
    await window.pass()
    expect(screen.getByRole('complementary', { name: 'PJSIP/1002-00000005' })).toBeTruthy()
    await window.user.keyboard('{Escape}')
    expect(screen.queryByRole('complementary')).toBeNull()
  })

  it('is let go when it is no longer there', async () => {
    const window = await at('Channels', bridge => bridge.list('channels', channels))
    await open(window, 'PJSIP/1001-00000004')
    window.bridge.list('channels', channels.slice(1))
    await window.user.click(screen.getByRole('button', { name: 'Refresh' }))
    await window.pass()
    expect(screen.queryByRole('complementary')).toBeNull()
  })

  it('leads to its call in the trace', async () => {
    const window = await at('Channels', bridge => bridge.list('channels', channels))
    const drawer = await open(window, 'PJSIP/1002-00000005')
    await window.user.click(within(drawer).getByRole('button', { name: 'Show this call in the trace' }))
    expect(screen.getByLabelText<HTMLInputElement>('Linkedid or uniqueid').value).toBe('1.4')
  })

  it('says in words what this server or account cannot do', async () => {
    const window = await at('Channels', bridge => bridge.list('channels', channels), { status: { actions: ['coreshowchannels', 'hangup'] } })
    const drawer = await open(window, 'PJSIP/1001-00000004')
    expect(within(drawer).getAllByRole('button').map(button => button.textContent?.trim())).toContain('Hang up')
    expect(within(drawer).queryByRole('button', { name: 'Redirect …' })).toBeNull()
    expect(drawer.textContent).toContain('Redirect …: Redirect, needs write = call')
  })
})

describe('what can be done with a row', () => {
  it('hangs up after a question and reads the list again', async () => {
    const window = await at('Channels', bridge => bridge.list('channels', channels))
    const drawer = await open(window, 'PJSIP/1001-00000004')
    await window.user.click(within(drawer).getByRole('button', { name: 'Hang up' }))
    const asked = window.bridge.inputsOf('admin.table').length
    await window.user.click(within(screen.getByRole('alertdialog')).getByRole('button', { name: 'Yes, do it' }))
    await window.pass()
    expect(window.bridge.inputsOf('admin.send').at(-1)).toEqual({ action: 'Hangup', fields: [['Channel', 'PJSIP/1001-00000004']], confirmed: true })
    expect(window.bridge.inputsOf('admin.table').length).toBe(asked + 1)
  })

  it('asks for what is missing, with the rest filled in', async () => {
    const window = await at('Channels', bridge => bridge.list('channels', channels))
    const drawer = await open(window, 'PJSIP/1001-00000004')
    await window.user.click(within(drawer).getByRole('button', { name: 'Redirect …' }))
    await window.user.type(within(drawer).getByLabelText(/^Exten\s+required/), '1002')
    await window.user.click(within(drawer).getByRole('button', { name: 'Send Redirect' }))
    expect(window.bridge.inputsOf('admin.send')[0]?.fields).toEqual([['Channel', 'PJSIP/1001-00000004'], ['Exten', '1002'], ['Context', 'from-internal'], ['Priority', '1']])
  })

  it.each([
    ['peers', 'Peers & registrations', { peer: 'PJSIP/1001' }, 'Qualify', 'PJSIPQualify', [['Endpoint', '1001']]],
    ['peers', 'Peers & registrations', { peer: 'SIP/1001' }, 'Qualify', 'SIPqualifypeer', [['Peer', '1001']]],
    ['agents', 'Agents', { agent: '1001' }, 'Log off after the call', 'AgentLogoff', [['Agent', '1001'], ['Soft', 'true']]],
    ['conferences', 'Conferences', { conference: '800', kind: 'ConfBridge' }, 'Lock', 'ConfbridgeLock', [['Conference', '800']]],
    ['conferences', 'Conferences', { conference: '800', kind: 'MeetMe' }, 'Lock', 'Command', [['Command', 'meetme lock 800']]],
    ['queues', 'Queues', { queue: 'support' }, 'Reset statistics', 'QueueReset', [['Queue', 'support']]],
    ['mailboxes', 'Mailboxes', { mailbox: '1001', context: 'default' }, 'Count messages', 'MailboxCount', [['Mailbox', '1001@default']]],
  ] as const)('of %s: %s %o, %s', async (table, section, row, label, action, fields) => {
    const window = await at(section, bridge => bridge.list(table, [row]))
    const drawer = await open(window, Object.values(row)[0] ?? '')
    await window.user.click(within(drawer).getByRole('button', { name: label }))
    expect(window.bridge.inputsOf('admin.send')[0]).toEqual({ action, fields, confirmed: false })
  })

  it('speaks of Zap to a server that knows no DAHDI', async () => {
    const window = await at('DAHDI / Zap', bridge => bridge.list('dahdi', [{ line: '3' }]), { status: { dialect: 'legacy', asterisk: '1.2.40', actions: null } })
    const drawer = await open(window, '3')
    await window.user.click(within(drawer).getByRole('button', { name: 'Do not disturb on' }))
    expect(window.bridge.inputsOf('admin.send')[0]).toEqual({ action: 'ZapDNDon', fields: [['ZapChannel', '3']], confirmed: false })
  })
})

describe('lists about a row', () => {
  it('show who is in a conference, and mute them by the room’s kind', async () => {
    const window = await at('Conferences', (bridge) => {
      bridge.list('conferences', [{ conference: '800', kind: 'MeetMe' }])
      bridge.list('conference', [{ party: '2', channel: 'SIP/1001-1', kind: 'MeetMe' }])
    })
    await window.user.click(screen.getByText('800'))
    await window.pass()
    expect(window.bridge.inputsOf('admin.table').at(-1)).toEqual({ table: 'conference', of: '800' })
    const drawer = await open(window, 'SIP/1001-1')
    await window.user.click(within(drawer).getByRole('button', { name: 'Mute' }))
    expect(window.bridge.inputsOf('admin.send')[0]?.fields).toEqual([['Meetme', '800'], ['Usernum', '2']])
  })

  it('show members and callers of a queue, states in words', async () => {
    const window = await at('Queues', (bridge) => {
      bridge.list('queues', [{ queue: 'support' }])
      bridge.list('queue-members', [{ queue: 'support', interface: 'PJSIP/1001', status: '6', paused: '1' }])
    })
    await window.user.click(screen.getByText('support'))
    await window.pass()
    const part = screen.getByRole('region', { name: 'In support' })
    expect(within(part).getByText('Ringing')).toBeTruthy()
    await window.user.click(within(part).getByRole('button', { name: 'Callers' }))
    await window.pass()
    expect(window.bridge.inputsOf('admin.table').at(-1)).toEqual({ table: 'queue-callers', of: 'support' })
  })
})

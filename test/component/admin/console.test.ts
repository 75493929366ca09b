import { screen, within } from '@testing-library/vue'
import { describe, expect, it } from 'vitest'
import { aPacket, aReport } from '../../support/admin-bridge.ts'
import { failed, ok } from '../../support/fake-bridge.ts'
import { openAdmin } from '../../support/open-admin.ts'

type Opened = Awaited<ReturnType<typeof openAdmin>>
const reports = (): HTMLElement => screen.getByRole('region', { name: 'Answers' })
async function pick({ user }: Pick<Opened, 'user'>, name: string): Promise<void> {
  await user.clear(screen.getByLabelText('Search actions'))
  await user.type(screen.getByLabelText('Search actions'), `${name}{Enter}`)
}

describe('the list of actions', () => {
  it('is searched by name, help and today’s name', async () => {
    const { user } = await openAdmin()
    await user.type(screen.getByLabelText('Search actions'), 'zapdndon')
    expect(screen.getByRole('button', { name: /^ZapDNDon/ }).textContent).toContain('today: DAHDIDNDon')
  })

  it('greys what is not allowed and says which class is missing', async () => {
    const { user } = await openAdmin({ status: { actions: ['ping', 'listcommands'] } })
    await user.type(screen.getByLabelText('Search actions'), 'queuepause')
    expect(screen.getByRole('button', { name: /^QueuePause/ }).textContent).toContain('needs write = agent')
  })

  it('says that nothing fits', async () => {
    const { user } = await openAdmin()
    await user.type(screen.getByLabelText('Search actions'), 'xyzzy')
    expect(screen.getByText('No action matches “xyzzy”.')).toBeTruthy()
  })
})

describe('the form', () => {
  it('asks for what the catalogue says, with help and required marks', async () => {
    const window = await openAdmin()
    await pick(window, 'Redirect')
    expect(screen.getByLabelText(/^Exten\s+required/)).toBeTruthy()
    expect(screen.getByLabelText('ExtraChannel').getAttribute('aria-describedby')).toBeTruthy()
  })

  it('does not send what lacks a required part, and says where', async () => {
    const window = await openAdmin()
    await pick(window, 'Getvar')
    await window.user.click(screen.getByRole('button', { name: 'Send Getvar' }))
    expect(screen.getByText('This has to be filled in.')).toBeTruthy()
    expect(window.bridge.inputsOf('admin.send')).toEqual([])
  })

  it('greys parameters that this release does not know and never sends them', async () => {
    const window = await openAdmin({ status: { asterisk: '1.8.32.3', dialect: 'legacy' } })
    await pick(window, 'Originate')
    const early = screen.getByLabelText<HTMLSelectElement>('EarlyMedia')
    expect(early.disabled).toBe(true)
    expect(screen.getAllByText('This release does not know it (Asterisk 11+).').length).toBe(1)
  })

  it('offers choices, and rows for what may be repeated', async () => {
    const window = await openAdmin()
    await pick(window, 'ModuleLoad')
    await window.user.selectOptions(screen.getByLabelText(/^LoadType/), 'reload')
    await pick(window, 'PJSIPNotify')
    await window.user.type(screen.getByLabelText('Endpoint'), '1001')
    await window.user.type(screen.getByLabelText('Variable'), 'Event=check-sync')
    await window.user.click(screen.getByRole('button', { name: 'One more Variable' }))
    await window.user.type(screen.getByLabelText('Variable 2'), 'X=1')
    await window.user.click(screen.getByRole('button', { name: 'Send PJSIPNotify' }))
    expect(window.bridge.inputsOf('admin.send')[0]).toEqual({ action: 'PJSIPNotify', fields: [['Endpoint', '1001'], ['Variable', 'Event=check-sync'], ['Variable', 'X=1']], confirmed: false })
  })

  it('suggests channels of the server for a channel', async () => {
    const window = await openAdmin({}, bridge => bridge.list('channels', [{ channel: 'PJSIP/1001-00000004' }]))
    await pick(window, 'Hangup')
    await window.user.click(screen.getByLabelText(/^Channel/))
    await window.pass()
    expect([...document.querySelectorAll('datalist option')].map(option => option.getAttribute('value'))).toEqual(['PJSIP/1001-00000004'])
  })
})

describe('sending', () => {
  it('shows request, answer and what it caused in order, with the time it took', async () => {
    const window = await openAdmin()
    window.bridge.answer('admin.send', ({ action, fields }) => ok(aReport(action, fields, { elapsedMs: 12, caused: [aPacket({ id: 3, kind: 'event', name: 'Hangup', headers: [['Event', 'Hangup'], ['Cause', '16']] })] })))
    await window.user.click(screen.getByRole('button', { name: 'Send Ping' }))
    const rows = within(reports()).getAllByRole('listitem').map(row => (row.textContent ?? '').replace(/^(sent|answer|caused)/, '$1 '))
    expect(rows.map(row => /^\w+/.exec(row.trim())?.[0])).toEqual(['sent', 'answer', 'caused'])
    expect(rows[0]).toContain('Ping')
    expect(rows[1]).toContain('Success')
    expect(rows[2]).toContain('Hangup')
    expect(reports().textContent).toContain('12 ms')
  })

  it('asks before something dangerous, says what will happen, and goes on only when told', async () => {
    const window = await openAdmin()
    await pick(window, 'Hangup')
    await window.user.type(screen.getByLabelText(/^Channel/), 'PJSIP/1001-00000004')
    await window.user.click(screen.getByRole('button', { name: 'Send Hangup' }))
    const question = screen.getByRole('alertdialog')
    expect(question.textContent).toContain('The call ends at once, for everybody in it.')
    expect(document.activeElement?.textContent?.trim()).toBe('Cancel')
    await window.user.click(within(question).getByRole('button', { name: 'Yes, do it' }))
    await window.pass()
    expect(window.bridge.inputsOf('admin.send').map(input => input.confirmed)).toEqual([false, true])
    expect(within(reports()).getByText('Done', { selector: 'dd' })).toBeTruthy()
  })

  it('does nothing after Cancel or Escape', async () => {
    const window = await openAdmin()
    await pick(window, 'Hangup')
    await window.user.type(screen.getByLabelText(/^Channel/), 'x')
    await window.user.click(screen.getByRole('button', { name: 'Send Hangup' }))
    await window.user.keyboard('{Escape}')
    expect(screen.queryByRole('alertdialog')).toBeNull()
    expect(window.bridge.inputsOf('admin.send')).toHaveLength(1)
  })

  it('explains what no form sends and carries it over into text', async () => {
    const window = await openAdmin()
    await pick(window, 'Originate')
    await window.user.type(screen.getByLabelText(/^Channel\s+required/), 'Local/1@x')
    await window.user.type(screen.getByLabelText('Application'), 'System')
    await window.user.type(screen.getByLabelText('Data'), 'id')
    await window.user.click(screen.getByRole('button', { name: 'Send Originate' }))
    expect(screen.getByRole('alert').textContent).toContain('a form does not send it')
    await window.user.click(screen.getByRole('button', { name: 'Write it as text' }))
    expect(screen.getByLabelText<HTMLTextAreaElement>('Packet').value).toBe('Action: Originate\nChannel: Local/1@x\nApplication: System\nData: id')
  })

  it('shows the refusal of the server in its own words', async () => {
    const window = await openAdmin()
    window.bridge.answer('admin.send', ({ action, fields }) => ok(aReport(action, fields, { failure: { code: 'action-refused', message: 'No such channel' }, answer: [aPacket({ name: 'Error', headers: [['Response', 'Error'], ['Message', 'No such channel']] })] })))
    await window.user.click(screen.getByRole('button', { name: 'Send Ping' }))
    expect(within(reports()).getByLabelText('Refused')).toBeTruthy()
    expect(within(reports()).getAllByText('No such channel').length).toBe(2)
  })

  it('copies an exchange as text', async () => {
    const window = await openAdmin()
    await window.user.click(screen.getByRole('button', { name: 'Send Ping' }))
    await window.user.click(within(reports()).getByRole('button', { name: 'Copy as text' }))
    expect(window.bridge.inputsOf('clipboard.write')).toEqual([{ text: 'Action: Ping\nActionID: ringside-console-1\n\nResponse: Success\nActionID: ringside-console-1\nMessage: Done' }])
  })
})

describe('typed text', () => {
  async function typing(): Promise<Opened & { readonly area: HTMLTextAreaElement }> {
    const window = await openAdmin()
    await window.user.click(screen.getByRole('button', { name: 'Text' }))
    const area = screen.getByLabelText<HTMLTextAreaElement>('Packet')
    await window.user.clear(area)
    return { ...window, area }
  }

  it('completes the name of an action, then its headers', async () => {
    const { area, user } = await typing()
    await user.type(area, 'Act{Tab}mailboxc{Tab}{Enter}Ma{Tab}1001')
    expect(area.value).toBe('Action: MailboxCount\nMailbox: 1001')
  })

  it('offers no header twice, and the choices of a value', async () => {
    const { area, user } = await typing()
    await user.type(area, 'Action: ModuleLoad{Escape}{Enter}LoadType: ')
    expect(screen.getAllByRole('option').map(option => option.textContent?.trim())).toEqual(['load', 'unload', 'reload', 'refresh'])
    await user.type(area, 'rel{Tab}{Enter}L')
    expect(screen.queryAllByRole('option')).toEqual([])
  })

  it('is sent with Ctrl+Enter and found again with the arrows', async () => {
    const { area, bridge, user } = await typing()
    await user.type(area, 'Action: Ping{Escape}{Control>}{Enter}{/Control}')
    expect(bridge.inputsOf('admin.sendText')).toEqual([{ text: 'Action: Ping', confirmed: false }])
    await user.clear(area)
    await user.type(area, 'Action: X{Escape}{Control>}{Enter}{/Control}')
    await user.clear(area)
    await user.keyboard('{ArrowUp}{ArrowUp}')
    expect(area.value).toBe('Action: Ping')
    await user.keyboard('{ArrowDown}{ArrowDown}')
    expect(area.value).toBe('')
  })

  it('says what is not a packet', async () => {
    const { area, bridge, user } = await typing()
    bridge.answer('admin.sendText', () => failed('packet-unclear', 'Line 1 has no colon', { line: 1, text: 'hello' }))
    await user.type(area, 'hello')
    await user.click(screen.getByRole('button', { name: 'Send' }))
    expect(screen.getByRole('alert').textContent).toContain('What is typed is not an action.')
  })

  it('becomes the form again', async () => {
    const { area, user } = await typing()
    await user.type(area, 'Action: MailboxCount{Escape}{Enter}Mailbox: 1001')
    await user.click(screen.getByRole('button', { name: 'Form' }))
    expect(screen.getByLabelText<HTMLInputElement>(/^Mailbox/).value).toBe('1001')
  })
})

import { screen, within } from '@testing-library/vue'
import { describe, expect, it } from 'vitest'
import { openAdmin } from '../../support/open-admin.ts'

describe('user events', () => {
  it('are sent with headers, after which the field stays for the next', async () => {
    const { bridge, user } = await openAdmin()
    await user.click(screen.getByRole('button', { name: 'User events' }))
    await user.type(screen.getByLabelText('Name of the event'), 'OrderReady')
    await user.type(screen.getByLabelText('Name'), 'Order')
    await user.type(screen.getByLabelText('Value'), '4711')
    await user.click(screen.getByRole('button', { name: 'Send the event' }))
    expect(bridge.inputsOf('admin.send')).toEqual([{ action: 'UserEvent', fields: [['UserEvent', 'OrderReady'], ['Order', '4711']], confirmed: false }])
  })

  it('of others appear by themselves, the newest on top', async () => {
    const { bridge, pass, user } = await openAdmin()
    await user.click(screen.getByRole('button', { name: 'User events' }))
    const seen = screen.getByRole('region', { name: 'User events as they come' })
    expect(within(seen).getByText(/^None yet/)).toBeTruthy()
    bridge.hear('Event: UserEvent\nUserEvent: One\nOrder: 1\n\nEvent: UserEvent\nUserEvent: Two\nOrder: 2\n\n')
    await pass(2000)
    expect(within(seen).getAllByRole('listitem').map(item => item.querySelector('b')?.textContent)).toEqual(['Two', 'One'])
  })
})

describe('log and reload', () => {
  it('shows where the server logs to, and what was reloaded', async () => {
    const { bridge, pass, user } = await openAdmin({}, bridge => bridge.list('log-channels', [{ text: '/var/log/asterisk/messages.log  File' }]))
    await user.click(screen.getByRole('button', { name: 'Log & reload' }))
    await pass()
    expect(screen.getByText(/messages\.log/)).toBeTruthy()
    bridge.hear('Event: Reload\nModule: chan_sip\nStatus: 0\n\n')
    await pass(2000)
    expect(within(screen.getByRole('region', { name: 'What was reloaded' })).getByText(/chan_sip/)).toBeTruthy()
  })

  it('reloads a module after a question', async () => {
    const { bridge, pass, user } = await openAdmin()
    await user.click(screen.getByRole('button', { name: 'Log & reload' }))
    await user.click(screen.getByRole('button', { name: 'Reload …' }))
    await user.type(screen.getByLabelText('Module'), 'res_pjsip.so')
    await user.click(screen.getByRole('button', { name: 'Send Reload' }))
    await user.click(within(screen.getByRole('alertdialog')).getByRole('button', { name: 'Yes, do it' }))
    await pass()
    expect(bridge.inputsOf('admin.send').map(({ confirmed, fields }) => ({ confirmed, fields }))).toEqual([{ confirmed: false, fields: [['Module', 'res_pjsip.so']] }, { confirmed: true, fields: [['Module', 'res_pjsip.so']] }])
  })

  it('rotates logs by the console of old servers, which have no action for it', async () => {
    const { bridge, user } = await openAdmin({ status: { dialect: 'legacy', asterisk: '1.8.32.3', actions: ['command', 'reload'] } })
    await user.click(screen.getByRole('button', { name: 'Log & reload' }))
    await user.click(screen.getByRole('button', { name: 'Rotate log files' }))
    expect(bridge.inputsOf('admin.send')[0]).toEqual({ action: 'Command', fields: [['Command', 'logger rotate']], confirmed: false })
  })
})

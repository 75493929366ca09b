import type { MessageView } from '#contract/tables.ts'
import { screen, within } from '@testing-library/vue'
import { beforeEach, describe, expect, it } from 'vitest'
import { failed, ok } from '../support/fake-bridge.ts'
import { openMain } from '../support/open-window.ts'
import { aLine, aMailbox, anAct, aParty, aPerson, byId, NOON } from '../support/rows.ts'

const line = { 1001: aLine() }
const mailboxes = { '1001@default': aMailbox() }
const message: MessageView = { id: 'msg-1', folder: 'INBOX', caller: aParty(), at: NOON - 600_000, seconds: 34 }
const old: MessageView = { id: 'msg-2', folder: 'Old', caller: { number: '', display: '', name: null }, at: null, seconds: null }
const box = (): HTMLElement => screen.getByRole('region', { name: 'Mailbox 1001' })

async function open(over: Parameters<typeof openMain>[0] = { tables: { line, mailboxes } }) {
  const window = await openMain(over)
  window.bridge.answer('voicemail.messages', () => ok([message, old]))
  // The list was asked for before the test had its answer ready.
  window.bridge.show({ mailboxes: { '1001@default': aMailbox({ newMessages: 3 }) } })
  await window.pass()
  return window
}

beforeEach(() => localStorage.clear())

describe('the messages of a mailbox', () => {
  it('say who, when and how long', async () => {
    await open()
    const [first, second] = within(box()).getAllByRole('listitem')
    expect(first?.textContent.replace(/\s+/g, ' ')).toContain('Anna Schmidt+49 30 901820New10:000:34')
    expect(second?.textContent).toContain('Number withheld')
    expect(within(first ?? box()).getByRole('img', { name: 'New' })).toBeTruthy()
    expect(within(second ?? box()).getByRole('img', { name: 'Old' })).toBeTruthy()
  })

  it('stand with the newest on top', async () => {
    const { bridge, pass } = await open()
    bridge.answer('voicemail.messages', () => ok([old, { ...message, id: 'msg-3', at: NOON - 3_600_000, seconds: 18 }, message]))
    bridge.show({ mailboxes: { '1001@default': aMailbox({ newMessages: 4 }) } })
    await pass()
    expect(within(box()).getAllByRole('listitem').map(item => /0:(?:18|34)/.exec(item.textContent)?.[0] ?? 'not told')).toEqual(['0:34', '0:18', 'not told'])
  })

  it('are asked for anew when the counts change, and when something was done', async () => {
    const { bridge, pass } = await open()
    const before = bridge.inputsOf('voicemail.messages').length
    bridge.show({ acts: byId(anAct({ kind: 'messageMove', state: 'done' })) })
    await pass()
    expect(bridge.inputsOf('voicemail.messages')).toHaveLength(before + 1)
  })

  it('lead back to the caller', async () => {
    const { user, bridge } = await open()
    await user.click(within(box()).getByRole('button', { name: 'Call Anna Schmidt' }))
    expect(bridge.inputsOf('dial.start')).toEqual([{ text: '+4930901820', name: 'Anna Schmidt' }])
  })

  it('are moved to another folder', async () => {
    const { user, bridge } = await open()
    await user.click(within(box()).getByRole('button', { name: 'More about the message of Anna Schmidt' }))
    await user.selectOptions(within(box()).getByRole('combobox', { name: 'Folder' }), 'Work')
    await user.click(within(box()).getByRole('button', { name: 'Move' }))
    expect(bridge.inputsOf('voicemail.move')).toEqual([{ mailbox: '1001@default', folder: 'INBOX', ids: ['msg-1'], toFolder: 'Work' }])
  })

  it('are forwarded to a colleague by name', async () => {
    const { user, bridge } = await open({ tables: { line, mailboxes, people: byId(aPerson()) } })
    await user.click(screen.getByRole('tab', { name: /Voicemail/ }))
    await user.click(await screen.findByRole('button', { name: 'More about the message of Anna Schmidt' }))
    await user.type(within(box()).getByRole('combobox', { name: 'Forward to mailbox' }), 'ben{Enter}')
    expect(bridge.inputsOf('voicemail.forward')).toEqual([{ mailbox: '1001@default', folder: 'INBOX', ids: ['msg-1'], toMailbox: '1002' }])
  })

  it('are forwarded with the pointer alone, once', async () => {
    const { user, bridge } = await open({ tables: { line, mailboxes, people: byId(aPerson()) } })
    await user.click(screen.getByRole('tab', { name: /Voicemail/ }))
    await user.click(await screen.findByRole('button', { name: 'More about the message of Anna Schmidt' }))
    const forward = within(box()).getByRole('button', { name: 'Forward' })
    expect(within(box()).queryByRole('option', { name: /Ben Okafor/ })).toBeNull()
    await user.click(within(box()).getByRole('combobox', { name: 'Forward to mailbox' }))
    await user.click(within(box()).getByRole('option', { name: /Ben Okafor/ }))
    await user.click(forward)
    expect(bridge.inputsOf('voicemail.forward').map(each => each.toMailbox)).toEqual(['1002'])
    expect(forward).toHaveProperty('disabled', true)
  })

  it('are deleted only after a question', async () => {
    const { user, bridge } = await open()
    bridge.answer('voicemail.delete', ({ confirmed }) => confirmed ? ok({ id: 'act' }) : failed('needs-confirmation'))
    await user.click(within(box()).getByRole('button', { name: 'More about the message of Anna Schmidt' }))
    await user.click(within(box()).getByRole('button', { name: 'Delete' }))
    await user.click(within(screen.getByRole('alertdialog', { name: 'The message of Anna Schmidt is deleted on the server for good.' })).getByRole('button', { name: 'Yes, do it' }))
    expect(bridge.inputsOf('voicemail.delete').map(each => each.confirmed)).toEqual([false, true])
  })

  it('say why nothing can be changed with this account', async () => {
    const { user } = await open({ tables: { line: { 1001: aLine({ missing: { messageChange: 'not-permitted' } }) }, mailboxes } })
    await user.click(within(box()).getByRole('button', { name: 'More about the message of Anna Schmidt' }))
    expect(within(box()).getByText('Your account on the server may not do this.')).toBeTruthy()
    expect(within(box()).queryByRole('button', { name: 'Delete' })).toBeNull()
  })

  it('say that there are none', async () => {
    await openMain({ tables: { line, mailboxes } })
    expect(within(box()).getByText('No messages')).toBeTruthy()
  })

  it('say why the list could not be read', async () => {
    const { bridge, pass } = await openMain({ tables: { line, mailboxes } })
    bridge.answer('voicemail.messages', () => failed('no-answer'))
    bridge.show({ mailboxes: { '1001@default': aMailbox({ newMessages: 4 }) } })
    await pass()
    expect(within(box()).getByText('The server did not answer.')).toBeTruthy()
  })

  it('are not asked for where the server has no list, which is said', async () => {
    const { bridge } = await openMain({ tables: { line: { 1001: aLine({ missing: { messages: 'unknown-action' } }) }, mailboxes } })
    expect(screen.getByText('The messages cannot be listed here. This Asterisk cannot do this.')).toBeTruthy()
    expect(bridge.inputsOf('voicemail.messages')).toEqual([])
  })

  it('are heard at the phone', async () => {
    const { user, bridge } = await open()
    await user.click(screen.getByRole('button', { name: 'Listen on my phone' }))
    expect(bridge.inputsOf('voicemail.call')).toHaveLength(1)
  })

  it('are heard mailbox by mailbox where there are several', async () => {
    const { user, bridge } = await openMain({ tables: { line, mailboxes: { ...mailboxes, '600@sales': aMailbox({ mailbox: '600@sales' }) } } })
    const panel = within(screen.getByRole('tabpanel'))
    expect(panel.queryByRole('button', { name: 'Listen on my phone' })).toBeNull()
    bridge.answer('voicemail.call', () => failed('no-phone'))
    await user.click(panel.getByRole('button', { name: 'Listen: Mailbox 600 (sales)' }))
    expect(bridge.inputsOf('voicemail.call')).toEqual([{ mailbox: '600@sales' }])
    expect(within(panel.getByRole('region', { name: 'Mailbox 600 (sales)' })).getByText('No phone of yours is set.')).toBeTruthy()
  })
})

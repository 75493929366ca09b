import type { ConfigFile } from '#contract/admin.ts'
import { screen, within } from '@testing-library/vue'
import { describe, expect, it } from 'vitest'
import { systemClock } from '../../../main/clock.ts'
import { aConfigEditor } from '../../support/admin-bridge.ts'
import { failed, ok } from '../../support/fake-bridge.ts'
import { openAdmin } from '../../support/open-admin.ts'
import { NOON } from '../../support/rows.ts'

type Opened = Awaited<ReturnType<typeof openAdmin>>
const line = (name: string, value: string) => ({ name, value, isObject: false })
const file: ConfigFile = { file: 'sip.conf', readAt: NOON, categories: [
  { name: 'general', template: false, inherits: [], lines: [line('context', 'public'), line('allow', 'ulaw'), line('allow', 'alaw')] },
  { name: '1001', template: false, inherits: [], lines: [line('type', 'friend'), line('secret', 'correct horse')] },
  { name: '1001', template: false, inherits: [], lines: [line('type', 'peer')] },
] }

async function config(start: Parameters<typeof openAdmin>[0] = {}): Promise<Opened> {
  const window = await openAdmin(start, bridge => aConfigEditor(bridge, file, systemClock))
  await window.user.click(screen.getByRole('button', { name: 'Configuration files' }))
  await window.user.type(screen.getByLabelText('File'), 'sip.conf{Enter}')
  await window.pass()
  return window
}
const changes = (): HTMLElement => screen.getByRole('region', { name: 'Changes' })
const diff = (): string[] => within(changes()).getByRole('group', { name: 'What changes' }).textContent?.split(/(?=[+−])/).map(text => text.trim()).filter(text => /^[+−]/.test(text)) ?? []

async function addLine(window: Opened, name: string, value: string): Promise<void> {
  await window.user.click(screen.getByRole('button', { name: 'Add a line to general' }))
  await window.user.type(within(changes()).getByLabelText('Name'), name)
  await window.user.type(within(changes()).getByLabelText('Value'), value)
  await window.user.click(within(changes()).getByRole('button', { name: 'Add to the changes' }))
  await window.pass()
}

describe('a file', () => {
  it('is shown as categories and lines, secrets covered until wished', async () => {
    const { user } = await config()
    expect(screen.getByText('secret = ••••••')).toBeTruthy()
    await user.click(screen.getByLabelText('Show secrets'))
    expect(screen.getByText('secret = correct horse')).toBeTruthy()
  })

  it('says why it cannot be read', async () => {
    const window = await config()
    window.bridge.answer('admin.config.read', () => failed('action-refused', 'Config file not found'))
    await window.user.click(screen.getByRole('button', { name: 'Read' }))
    await window.pass()
    expect(screen.getByRole('alert').textContent).toContain('Config file not found')
  })

  it('offers no change of a second category of a name to an old server, which would make it in the first', async () => {
    await config({ status: { dialect: 'legacy', asterisk: '1.8.32.3' } })
    expect(screen.getAllByRole('button', { name: 'Remove 1001' })).toHaveLength(1)
    expect(screen.getByText('Only the first of this name can be changed.')).toBeTruthy()
  })

  it('says of categories that share a name that a change reaches all of them', async () => {
    const window = await config()
    expect(screen.getAllByText('One of several: a change reaches all of this name.')).toHaveLength(2)
    await window.user.click(screen.getAllByRole('button', { name: 'Remove all lines of 1001' })[0] ?? changes())
    await window.pass()
    expect(within(changes()).getByText(/the change reaches all of them/)).toBeTruthy()
    expect(diff()).toHaveLength(3)
  })

  it('is only read where the account may not write', async () => {
    const window = await config({ status: { actions: ['getconfig'] } })
    await addLine(window, 'port', '5060')
    expect(within(changes()).getByRole<HTMLButtonElement>('button', { name: 'Send the change' }).disabled).toBe(true)
    expect(screen.getByText(/may read files but not change them/)).toBeTruthy()
  })
})

describe('changes', () => {
  it('are collected, shown as a difference, edited and dropped; nothing is sent', async () => {
    const window = await config()
    await addLine(window, 'port', '5060')
    expect(diff()[0]).toContain('port = 5060')
    await window.user.click(screen.getByRole('button', { name: 'Remove context' }))
    await window.pass()
    expect(within(changes()).getByText('[general] context = public is removed')).toBeTruthy()
    await window.user.click(screen.getByRole('button', { name: 'Edit change 1' }))
    await window.user.clear(within(changes()).getByLabelText('Value'))
    await window.user.type(within(changes()).getByLabelText('Value'), '5070')
    await window.user.click(within(changes()).getByRole('button', { name: 'Add to the changes' }))
    await window.pass()
    expect(within(changes()).getByText('[general] port = 5070 is added')).toBeTruthy()
    await window.user.click(screen.getByRole('button', { name: 'Drop change 1' }))
    await window.pass()
    expect(window.bridge.inputsOf('admin.config.plan').at(-1)?.changes).toEqual([{ do: 'delete', category: 'general', name: 'context', match: 'public' }])
    expect(window.bridge.inputsOf('admin.config.apply')).toEqual([])
  })

  it('warn that a delete without a value takes every line of that name', async () => {
    const window = await config()
    await window.user.click(screen.getAllByRole('button', { name: 'Remove allow' })[0] ?? changes())
    await window.user.click(screen.getByRole('button', { name: 'Edit change 1' }))
    await window.user.clear(within(changes()).getByLabelText('Only where the value is'))
    await window.user.click(within(changes()).getByRole('button', { name: 'Add to the changes' }))
    await window.pass()
    expect(within(changes()).getByText('[general] every allow is removed')).toBeTruthy()
    expect(within(changes()).getByText(/Several lines have this name, and all of them go/)).toBeTruthy()
    expect(diff()).toHaveLength(2)
  })

  it('cover the secret that they change', async () => {
    const window = await config()
    await window.user.click(screen.getByRole('button', { name: 'Change secret' }))
    const value = within(changes()).getByLabelText<HTMLInputElement>('Value')
    expect(value.type).toBe('password')
    await window.user.clear(value)
    await window.user.type(value, 'battery')
    await window.user.click(within(changes()).getByRole('button', { name: 'Add to the changes' }))
    await window.pass()
    expect(changes().textContent).not.toMatch(/battery|horse/)
  })

  it.each([
    ['Rename general', 'New name', 'globals', { do: 'rename-category', category: 'general', to: 'generalglobals' }],
    ['New category', 'Category', 'new', { do: 'new-category', category: 'new', template: false, inherits: [] }],
    ['Insert a line before context', 'Name', 'x', { do: 'insert', category: 'general', name: 'x', value: '', line: 0, isObject: false }],
  ] as const)('%s', async (button, label, text, change) => {
    const window = await config()
    await window.user.click(screen.getByRole('button', { name: button }))
    await window.user.type(within(changes()).getByLabelText(label), text)
    await window.user.click(within(changes()).getByRole('button', { name: 'Add to the changes' }))
    await window.pass()
    expect(window.bridge.inputsOf('admin.config.plan').at(-1)?.changes).toEqual([change])
  })

  it.each([['Remove all lines of general', 'empty-category'], ['Remove general', 'delete-category']] as const)('%s', async (button, what) => {
    const window = await config()
    await window.user.click(screen.getByRole('button', { name: button }))
    await window.pass()
    expect(window.bridge.inputsOf('admin.config.plan').at(-1)?.changes).toEqual([{ do: what, category: 'general' }])
  })
})

describe('sending', () => {
  it('asks first, goes as one action with the reload that was chosen, and says that the file is as planned', async () => {
    const window = await config()
    window.bridge.answer('admin.config.apply', () => ok({ failure: null, now: file, asPlanned: true }))
    await addLine(window, 'port', '5060')
    await window.user.selectOptions(within(changes()).getByLabelText('Then'), 'reload everything')
    await window.user.click(within(changes()).getByRole('button', { name: 'Send the change' }))
    const question = screen.getByRole('alertdialog')
    expect(question.textContent).toContain('One change is written to sip.conf on the server.')
    expect(window.bridge.inputsOf('admin.config.apply')).toEqual([])
    await window.user.click(within(question).getByRole('button', { name: 'Yes, do it' }))
    await window.pass()
    expect(window.bridge.inputsOf('admin.config.apply')).toEqual([{ file: 'sip.conf', reload: 'yes', changes: [{ do: 'append', category: 'general', name: 'port', value: '5060', isObject: false }] }])
    expect(screen.getByText(/The file is now as planned/)).toBeTruthy()
    expect(within(changes()).queryByRole('list')).toBeNull()
  })

  it('says what failed, and keeps the changes that are not in the file', async () => {
    const window = await config()
    window.bridge.answer('admin.config.apply', () => ok({ failure: { code: 'action-refused', message: 'Save of config failed' }, now: file, asPlanned: false }))
    await addLine(window, 'port', '5060')
    await window.user.click(within(changes()).getByRole('button', { name: 'Send the change' }))
    await window.user.click(within(screen.getByRole('alertdialog')).getByRole('button', { name: 'Yes, do it' }))
    await window.pass()
    expect(screen.getByText(/The file is not as planned/)).toBeTruthy()
    expect(screen.getByRole('alert').textContent).toContain('Save of config failed')
    expect(within(changes()).getByText('[general] port = 5060 is added')).toBeTruthy()
  })
})

import { screen, within } from '@testing-library/vue'
import { describe, expect, it } from 'vitest'
import { openAdmin } from '../../support/open-admin.ts'

type Opened = Awaited<ReturnType<typeof openAdmin>>
async function originate(start: Parameters<typeof openAdmin>[0] = {}): Promise<Opened> {
  const window = await openAdmin(start)
  await window.user.click(within(screen.getByRole('navigation', { name: 'Sections' })).getByRole('button', { name: 'Originate' }))
  return window
}
async function fill({ user }: Opened, texts: Readonly<Record<string, string>>): Promise<void> {
  for (const [label, text] of Object.entries(texts)) {
    const field = screen.getByLabelText(new RegExp(`^${label}`))
    await user.clear(field)
    await user.type(field, text)
  }
}
const notes = (): HTMLElement => screen.getByRole('complementary', { name: 'What will happen' })

it('sends an extension with variables, account and caller id, in order and with the time in milliseconds', async () => {
  const window = await originate()
  await fill(window, { 'Ring first': 'PJSIP/1001', 'Extension': '1002', 'Context': 'from-internal', 'Seconds to ring': '20', 'Caller ID': 'Desk <1001>', 'Account code': 'a7' })
  for (const [name, value] of [['X', '1'], ['Y', '2']] as const) {
    await window.user.click(screen.getByRole('button', { name: 'Another variable' }))
    await window.user.type(screen.getAllByLabelText('Name').at(-1) ?? notes(), name)
    await window.user.type(screen.getAllByLabelText('Value').at(-1) ?? notes(), value)
  }
  await window.user.click(screen.getAllByRole('button', { name: 'Originate' }).at(-1) ?? notes())
  expect(window.bridge.inputsOf('admin.send')[0]).toEqual({ action: 'Originate', confirmed: false, fields: [
    ['Channel', 'PJSIP/1001'],
    ['Exten', '1002'],
    ['Context', 'from-internal'],
    ['Priority', '1'],
    ['Timeout', '20000'],
    ['CallerID', 'Desk <1001>'],
    ['Account', 'a7'],
    ['Variable', 'X=1'],
    ['Variable', 'Y=2'],
    ['Async', 'true'],
  ] })
  expect(screen.getByRole('alertdialog').textContent).toContain('A telephone rings')
})

it('does not send without a phone and a goal', async () => {
  const window = await originate()
  await window.user.click(screen.getAllByRole('button', { name: 'Originate' }).at(-1) ?? notes())
  expect(screen.getAllByText('This has to be filled in.')).toHaveLength(3)
  expect(window.bridge.inputsOf('admin.send')).toEqual([])
})

it('refuses an application that runs programs and hands it to the console as text', async () => {
  const window = await originate()
  await fill(window, { 'Ring first': 'PJSIP/1001' })
  await window.user.click(screen.getByRole('radio', { name: /run an application/ }))
  await fill(window, { Application: 'System', Data: 'id' })
  await window.user.click(screen.getAllByRole('button', { name: 'Originate' }).at(-1) ?? notes())
  const alert = screen.getByRole('alert')
  expect(alert.textContent).toContain('a form does not send it')
  await window.user.click(within(alert).getByRole('button', { name: 'Write it as text' }))
  expect(screen.getByLabelText<HTMLTextAreaElement>('Packet').value).toContain('Application: System\nData: id')
})

describe('warnings', () => {
  it.each([
    [{ 'Ring first': '1001' }, /A channel needs its technology/],
    [{ 'Ring first': 'Local/1@x' }, /A Local channel answers as soon as/],
    [{ 'Caller ID': 'Desk' }, /taken as a name only/],
    [{ 'Caller ID': 'Doe, J <1>' }, /needs quotes/],
    [{ 'Seconds to ring': '300' }, /long for a phone to ring/],
    [{ 'Seconds to ring': '0' }, /rings for 30 seconds/],
  ])('of %o: %s', async (texts, words) => {
    const window = await originate()
    await fill(window, texts)
    expect(within(notes()).getByText(words)).toBeTruthy()
  })

  it('say that waiting for the outcome blocks the connection', async () => {
    const window = await originate()
    await window.user.click(screen.getByLabelText('Wait for the outcome (Async: false)'))
    expect(within(notes()).getByText(/holds up everything else/)).toBeTruthy()
    expect(notes().textContent).toContain('Async: false')
  })

  it('say which phone rings first', async () => {
    const window = await originate()
    await fill(window, { 'Ring first': 'PJSIP/1001' })
    expect(within(notes()).getByText('PJSIP/1001 rings first')).toBeTruthy()
  })
})

it('greys what this release does not know', async () => {
  await originate({ status: { asterisk: '1.8.32.3', dialect: 'legacy' } })
  expect(screen.getByLabelText<HTMLInputElement>(/^ChannelId/).disabled).toBe(true)
  expect(screen.getByLabelText<HTMLInputElement>(/^Codecs/).disabled).toBe(false)
})

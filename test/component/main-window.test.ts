import { screen, within } from '@testing-library/vue'
import { describe, expect, it } from 'vitest'
import { openMain } from '../support/open-window.ts'
import { aCall, aLine, anAlert, byId, unconfigured } from '../support/rows.ts'

const heading = (name: string): HTMLElement => screen.getByRole('heading', { level: 1, name })

describe('the main window', () => {
  it('welcomes whoever has no server yet', async () => {
    await openMain({ info: unconfigured() })
    expect(heading('Welcome to Ringside')).toBeTruthy()
    expect(screen.queryByRole('combobox', { name: 'Number to dial' })).toBeNull()
  })

  it('shows my state, with the dial box ready to type in', async () => {
    await openMain({ tables: { line: { 1001: aLine({ state: 'inuse', name: 'Dana Lindqvist' }) } } })
    expect(heading('On a call')).toBeTruthy()
    expect(screen.getByText('Dana Lindqvist')).toBeTruthy()
    expect(document.activeElement).toBe(screen.getByRole('combobox', { name: 'Number to dial' }))
  })

  it.each([
    ['settings', 'Settings'],
    ['setup', 'Your server'],
    ['about', 'About'],
  ] as const)('shows %s when main says so, with the focus on its heading', async (panel, name) => {
    const { bridge, pass } = await openMain()
    bridge.push('window.panel', { panel })
    await pass()
    expect(document.activeElement).toBe(heading(name))
  })

  it('goes back to the calls on Esc, and keeps what was typed to dial', async () => {
    const { user, bridge, pass } = await openMain({ tables: { line: { 1001: aLine() } } })
    await user.type(screen.getByRole('combobox', { name: 'Number to dial' }), '555')
    await user.click(screen.getByRole('button', { name: 'Settings' }))
    expect(heading('Settings')).toBeTruthy()
    await user.keyboard('{Escape}')
    await pass()
    const field = screen.getByRole<HTMLInputElement>('combobox', { name: 'Number to dial' })
    expect(field.value).toBe('555')
    expect(document.activeElement).toBe(field)
    expect(bridge.inputsOf('window.hide')).toEqual([])
  })

  it('hides on Esc and never hangs up', async () => {
    const { user, bridge } = await openMain({ tables: { calls: byId(aCall()), line: { 1001: aLine() } } })
    await user.keyboard('{Escape}')
    expect(bridge.inputsOf('window.hide')).toHaveLength(1)
    expect(bridge.inputsOf('call.hangup')).toEqual([])
  })

  it('closes on Esc what was opened last, wherever the focus is, and hides when nothing is open', async () => {
    const { user, bridge, pass } = await openMain({ tables: { calls: byId(aCall()), line: { 1001: aLine({ forward: { always: null, busy: null, noAnswer: null } }) } } })
    await user.click(screen.getByRole('button', { name: 'More' }))
    await user.click(screen.getByRole('button', { name: /^Forward/ }))
    const expanded = (): readonly (string | null)[] => screen.getAllByRole('button', { expanded: true }).map(button => button.textContent)
    expect(expanded()).toHaveLength(2)
    // As after a click on what takes no focus.
    const leave = async (): Promise<void> => {
      screen.getByRole('combobox', { name: 'Number to dial' }).focus()
      document.activeElement instanceof HTMLElement && document.activeElement.blur()
      await user.keyboard('{Escape}')
      await pass()
    }
    await leave()
    expect(screen.getByRole('button', { name: /^Forward/ }).getAttribute('aria-expanded')).toBe('false')
    await leave()
    expect(screen.queryAllByRole('button', { expanded: true })).toEqual([])
    expect(bridge.inputsOf('window.hide')).toEqual([])
    await leave()
    expect(bridge.inputsOf('window.hide')).toHaveLength(1)
  })

  it('hides on Esc in the set-up too, where nothing typed is lost', async () => {
    const { user, bridge } = await openMain({ info: unconfigured() })
    await user.click(screen.getByRole('button', { name: /Connect to my Asterisk/ }))
    await user.type(screen.getByRole('textbox', { name: 'Server' }), 'pbx{Escape}')
    expect(bridge.inputsOf('window.hide')).toHaveLength(1)
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Server' }).value).toBe('pbx')
  })

  it('says once who calls', async () => {
    const { bridge, pass } = await openMain()
    bridge.show({ alerts: byId(anAlert({ queue: 'Support' })), calls: byId(aCall({ state: 'ringing', answeredAt: null })) })
    await pass()
    const words = 'Incoming call from Anna Schmidt, +49 30 901820, queue Support'
    const said = screen.getAllByRole('alert').map(each => each.textContent.trim())
    expect(said).toEqual([words])
    await pass(5000)
    expect(screen.getAllByRole('alert').map(each => each.textContent.trim())).toEqual([words])
  })

  it('shows a notice until it is dismissed', async () => {
    const { bridge, user, pass } = await openMain()
    bridge.push('notice', { code: 'hidden-to-tray' })
    bridge.push('notice', { code: 'no-mailbox' })
    await pass()
    const notices = screen.getByRole('status', { name: 'Notices' })
    expect(within(notices).getByText('Ringside keeps running in the tray.')).toBeTruthy()
    expect(within(notices).getByText('No number is set that plays your voicemail.')).toBeTruthy()
    for (const button of within(notices).getAllByRole('button', { name: 'Dismiss this notice' }))
      await user.click(button)
    expect(notices.textContent.trim()).toBe('')
  })

  it('does not pile up the same notice', async () => {
    const { bridge, pass } = await openMain()
    for (let times = 0; times < 5; times++)
      bridge.push('notice', { code: 'link-invalid' })
    await pass()
    expect(screen.getAllByText('The link holds no phone number.')).toHaveLength(1)
  })

  it('follows the preference of light or dark as it changes', async () => {
    const { bridge, pass } = await openMain()
    expect(document.documentElement.dataset['theme']).toBeUndefined()
    await bridge.invoke('preferences.set', { theme: 'dark' })
    await pass()
    expect(document.documentElement.dataset['theme']).toBe('dark')
    await bridge.invoke('preferences.set', { theme: 'system' })
    await pass()
    expect(document.documentElement.dataset['theme']).toBeUndefined()
  })

  it('asks for a new snapshot after a patch that does not follow', async () => {
    const { bridge, pass } = await openMain({ tables: { line: { 1001: aLine() } } })
    bridge.push('pbx.patch', { rev: 9, upsert: { line: { 1001: aLine({ state: 'busy' }) } }, remove: {} })
    await pass()
    expect(bridge.inputsOf('pbx.snapshot')).toHaveLength(2)
    expect(heading('Free')).toBeTruthy()
  })

  it('says in the demo office that nobody real is called, and leads out of it', async () => {
    const { user } = await openMain({ info: { ...unconfigured(), configured: true, demo: true } })
    expect(screen.getByText('Demo office: nobody real is called.')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Connect to my Asterisk' }))
    expect(heading('Your server')).toBeTruthy()
  })

  it('tells about itself, with a report to copy', async () => {
    const { user, bridge } = await openMain()
    await user.click(screen.getByRole('button', { name: 'About Ringside' }))
    expect(screen.getByText('Asterisk 22.10.1')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Copy these facts' }))
    expect(bridge.inputsOf('clipboard.write')).toEqual([{ text: 'Version: 0.1.0\nElectron: 42.0.0\nSystem: linux x64\nServer: Asterisk 22.10.1' }])
    await user.click(screen.getByRole('button', { name: 'Secure calling' }))
    expect(bridge.inputsOf('app.openHelp')).toEqual([{ page: 'certificates' }])
  })
})

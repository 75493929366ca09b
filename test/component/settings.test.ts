import { screen, within } from '@testing-library/vue'
import { describe, expect, it } from 'vitest'
import { failed } from '../support/fake-bridge.ts'
import { openMain } from '../support/open-window.ts'
import { anAppInfo, aProfile, FINGERPRINT } from '../support/rows.ts'

async function openSettings(start?: Parameters<typeof openMain>[0]) {
  const opened = await openMain(start)
  await opened.user.click(screen.getByRole('button', { name: 'Settings' }))
  return opened
}
const chosen = (name: string): string | undefined => screen.getByRole<HTMLSelectElement>('combobox', { name }).selectedOptions[0]?.textContent ?? undefined

describe('the settings', () => {
  it('keep the corner of the popup', async () => {
    const { user, bridge, pass } = await openSettings()
    await user.selectOptions(screen.getByRole('combobox', { name: 'Corner of the screen' }), 'Top left')
    await pass()
    expect(bridge.inputsOf('preferences.set')).toEqual([{ popupCorner: 'top-left' }])
    expect(chosen('Corner of the screen')).toBe('Top left')
  })

  it('keep how long a popup stays, as a number', async () => {
    const { user, bridge } = await openSettings()
    await user.selectOptions(screen.getByRole('combobox', { name: 'Keep it after the call' }), 'not at all')
    expect(bridge.inputsOf('preferences.set')).toEqual([{ popupLingerSeconds: 0 }])
  })

  it('keep the colours, and dress the window at once', async () => {
    const { user, pass } = await openSettings()
    await user.selectOptions(screen.getByRole('combobox', { name: 'Colours' }), 'Dark')
    await pass()
    expect(document.documentElement.dataset['theme']).toBe('dark')
  })

  it.each([
    ['Show who calls', { popup: false }],
    ['Keep running when the window is closed', { closeToTray: false }],
    ['Open phone links with Ringside', { openDialFromLinks: false }],
  ])('switch “%s” off', async (name, change) => {
    const { user, bridge, pass } = await openSettings()
    await user.click(screen.getByRole('switch', { name }))
    await pass()
    expect(bridge.inputsOf('preferences.set')).toEqual([change])
    expect(screen.getByRole<HTMLInputElement>('switch', { name }).checked).toBe(false)
  })

  it('ask for no corner when nothing pops up', async () => {
    const { user, pass } = await openSettings()
    await user.click(screen.getByRole('switch', { name: 'Show who calls' }))
    await pass()
    expect(screen.queryByRole('combobox', { name: 'Corner of the screen' })).toBeNull()
  })

  it('say when they could not be kept', async () => {
    const { user, bridge, pass } = await openSettings()
    bridge.answer('preferences.set', () => failed('settings-readonly'))
    await user.click(screen.getByRole('switch', { name: 'Show who calls' }))
    await pass()
    expect(screen.getByText('The settings cannot be saved.')).toBeTruthy()
    expect(screen.getByRole<HTMLInputElement>('switch', { name: 'Show who calls' }).checked).toBe(true)
  })

  it('do not offer the tray where there is none', async () => {
    await openSettings({ info: anAppInfo({ tray: false }) })
    expect(screen.queryByRole('switch', { name: 'Keep running when the window is closed' })).toBeNull()
    expect(screen.getByText('This desktop has no tray: closing the window quits Ringside.')).toBeTruthy()
  })

  it('end the program', async () => {
    const { user, bridge } = await openSettings()
    await user.click(screen.getByRole('button', { name: 'Quit Ringside' }))
    expect(bridge.inputsOf('app.quit')).toHaveLength(1)
  })
})

describe('the connection in the settings', () => {
  it.each([
    [{ tls: false }, 'Not encrypted'],
    [{ tls: true }, 'Encrypted'],
    [{ tls: true, fingerprint: FINGERPRINT }, 'Encrypted, certificate trusted by you'],
    [{ tls: true, authority: 'PEM' }, 'Encrypted, certificate of your company'],
    [{ secretKept: 'keystore' }, 'Kept encrypted on this computer'],
    [{ secretKept: 'session' }, 'Kept until Ringside quits'],
    [{ secretIsSet: false }, 'Not set: you will be asked for it'],
    [{ codes: { ...aProfile().codes, dndOff: '', agentLogin: '7500', conference: '3000' } }, '14 set'],
    [{ codes: Object.assign(aProfile().codes, ...Object.keys(aProfile().codes).map(name => ({ [name]: '' }))) }, 'None set'],
  ] as const)('says for %o: %s', async (over, words) => {
    await openSettings({ info: anAppInfo({ profile: aProfile(over) }) })
    expect(screen.getByText(words)).toBeTruthy()
  })

  it('is forgotten only after a second look, with the focus on keeping it', async () => {
    const { user, bridge, pass } = await openSettings()
    await user.click(screen.getByRole('button', { name: 'Forget this server' }))
    await pass()
    expect(bridge.inputsOf('setup.forget')).toEqual([])
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Cancel' }))
    await user.click(within(screen.getByRole('group', { name: 'Forget this server' })).getByRole('button', { name: 'Yes, forget it' }))
    await pass()
    expect(bridge.inputsOf('setup.forget')).toHaveLength(1)
    expect(screen.getByRole('heading', { level: 1, name: 'Welcome to Ringside' })).toBeTruthy()
  })

  it('is kept when one thinks better of it', async () => {
    const { user, bridge } = await openSettings()
    await user.click(screen.getByRole('button', { name: 'Forget this server' }))
    await user.click(screen.getByRole('button', { name: 'Cancel' }))
    expect(screen.getByRole('button', { name: 'Forget this server' })).toBeTruthy()
    expect(bridge.inputsOf('setup.forget')).toEqual([])
  })

  it('leads to the set-up with what is known filled in, but never the password', async () => {
    const { user } = await openSettings()
    await user.click(screen.getByRole('button', { name: 'Change' }))
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Server' }).value).toBe('pbx.example.com')
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Port' }).value).toBe('5039')
    expect(screen.getByLabelText<HTMLInputElement>('Password').value).toBe('')
    expect(screen.getByText('Stored. Leave empty to keep it.')).toBeTruthy()
  })

  it('is the demo office while that runs', async () => {
    await openSettings({ info: anAppInfo({ demo: true, profile: null }) })
    expect(screen.getByText('Demo office, on this computer only')).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Leave the demo office' })).toBeTruthy()
  })
})

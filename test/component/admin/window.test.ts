import { screen, within } from '@testing-library/vue'
import { describe, expect, it } from 'vitest'
import { failed, ok } from '../../support/fake-bridge.ts'
import { openAdmin } from '../../support/open-admin.ts'

const sections = (): HTMLElement => screen.getByRole('navigation', { name: 'Sections' })

describe('the connection', () => {
  it('is opened by the window itself, and its server, release and dialect are told', async () => {
    const { bridge } = await openAdmin()
    expect(bridge.inputsOf('admin.open')).toHaveLength(1)
    for (const fact of ['Connected', 'pbx.example.com:5039', 'Asterisk 22.10.1', 'protocol of 12 and later'])
      expect(screen.getByText(fact)).toBeTruthy()
  })

  it('says why it failed, with the server’s own words and what to do, and is tried again by hand', async () => {
    const { bridge, user } = await openAdmin({ status: { state: 'failed', actions: null, error: { code: 'login-refused', message: 'Authentication failed' } } })
    const alert = screen.getByRole('alert')
    expect(alert.textContent).toContain('pbx.example.com:5039 refuses the account or its password.')
    expect(alert.textContent).toContain('Authentication failed')
    await user.click(screen.getByRole('button', { name: 'Connect again' }))
    expect(bridge.inputsOf('admin.open')).toHaveLength(2)
  })

  it('says why there is nothing to connect to', async () => {
    await openAdmin({}, bridge => bridge.answer('admin.open', () => failed('not-online', 'There is no server to administer yet')))
    expect(screen.getByRole('alert').textContent).toContain('There is no server to administer yet')
  })

  it('reads the catalogue anew when the session comes back', async () => {
    const { bridge, pass } = await openAdmin()
    const before = bridge.inputsOf('admin.catalog').length
    bridge.become({ state: 'failed' })
    bridge.become({ state: 'online' })
    await pass()
    bridge.become({ state: 'failed' })
    await pass()
    bridge.become({ state: 'online' })
    await pass()
    expect(bridge.inputsOf('admin.catalog').length).toBeGreaterThan(before)
  })
})

describe('sections', () => {
  it('are opened by a click, and their heading takes the focus', async () => {
    const { user } = await openAdmin()
    await user.click(within(sections()).getByRole('button', { name: 'Trace' }))
    expect(document.activeElement?.textContent?.trim()).toBe('Trace')
    expect(screen.getByRole('main', { name: 'Trace' })).toBeTruthy()
  })

  it('are walked with the arrows and opened with Enter', async () => {
    const { user } = await openAdmin()
    within(sections()).getByRole('button', { name: 'Console' }).focus()
    await user.keyboard('{ArrowDown}{ArrowDown}{Enter}')
    expect(screen.getByRole('main', { name: 'Trace' })).toBeTruthy()
  })

  it('that server or account cannot serve are marked, and say which actions and classes are missing', async () => {
    const { user } = await openAdmin({ status: { actions: ['ping', 'coreshowchannels', 'listcommands'] } })
    await user.click(within(sections()).getByRole('button', { name: 'Configuration files (not available)' }))
    const page = screen.getByRole('main', { name: 'Configuration files' })
    expect(within(page).getByText('GetConfig')).toBeTruthy()
    expect(page.textContent).toContain('write = system, config')
    expect(within(page).queryByRole('button')).toBeNull()
    expect(within(sections()).getByRole('button', { name: 'Channels' })).toBeTruthy()
  })

  it('are all open where the server cannot be asked', async () => {
    await openAdmin({ status: { actions: null, asterisk: null } })
    expect(within(sections()).queryAllByText('(not available)')).toEqual([])
  })

  it('keep what was typed while another one is looked at', async () => {
    const { user } = await openAdmin()
    await user.click(within(sections()).getByRole('button', { name: 'Command line' }))
    await user.type(screen.getByLabelText('Command'), 'core show')
    await user.click(within(sections()).getByRole('button', { name: 'Agents' }))
    await user.click(within(sections()).getByRole('button', { name: 'Command line' }))
    expect(screen.getByLabelText<HTMLInputElement>('Command').value).toBe('core show')
  })
})

describe('news', () => {
  it('tell at once that somebody reloaded a module', async () => {
    const { bridge, pass } = await openAdmin()
    bridge.hear('Event: Reload\nPrivilege: system,all\nModule: res_pjsip.so\nStatus: 0\n\n')
    await pass(2000)
    expect(screen.getByText(/res_pjsip\.so was reloaded\./)).toBeTruthy()
  })

  it('tell that Asterisk stops, and are put away', async () => {
    const { bridge, pass, user } = await openAdmin()
    bridge.hear('Event: Shutdown\nPrivilege: system,all\nShutdown: Cleanly\nRestart: True\n\n')
    await pass(2000)
    expect(screen.getByText(/Asterisk is restarting\./)).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Close' }))
    expect(screen.queryByText(/Asterisk is restarting\./)).toBeNull()
  })
})

it('leaves no listener behind', async () => {
  const { bridge, close, pass } = await openAdmin()
  expect(bridge.listeners()).toBeGreaterThan(0)
  bridge.answer('admin.trace.page', () => ok({ packets: [], matching: 0, total: 0, names: [] }))
  close()
  await pass(5000)
  const asked = bridge.asked.length
  bridge.hear('Event: Reload\n\n')
  await pass(5000)
  expect(bridge.asked.length).toBe(asked)
})

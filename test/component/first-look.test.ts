import type { FakeBridge } from '../support/fake-bridge.ts'
import { screen } from '@testing-library/vue'
import { describe, expect, it } from 'vitest'
import { createFakeBridge, ok } from '../support/fake-bridge.ts'
import { openMain } from '../support/open-window.ts'
import { aLine, anAppInfo } from '../support/rows.ts'

const firstLook = { server: 'pbx.example:5039', secured: true, demo: false }

/** Main that is still reading itself; it answers when it is told to. */
function slowMain(info = anAppInfo()): { readonly bridge: FakeBridge, readonly answer: () => void } {
  const bridge = createFakeBridge({ tables: { line: { 1001: aLine() } }, info })
  const { promise, resolve } = Promise.withResolvers<ReturnType<typeof ok<typeof info>>>()
  bridge.answer('app.info', () => promise)
  bridge.answer('pbx.snapshot', () => new Promise(() => {}))
  return { bridge, answer: () => resolve(ok(info)) }
}

describe('the window before main has answered', () => {
  it('shows where main is about to connect', async () => {
    await openMain(slowMain().bridge, { firstLook })
    expect(screen.getByText('Connecting to pbx.example:5039 …')).toBeTruthy()
    expect(screen.getByPlaceholderText('Number or name')).toBeTruthy()
    expect(screen.queryByText('Starting …')).toBeNull()
  })

  it('says that it is the demo office', async () => {
    await openMain(slowMain().bridge, { firstLook: { server: 'Demo office', secured: false, demo: true } })
    expect(screen.getByText('Demo office: nobody real is called.')).toBeTruthy()
  })

  it('waits with what only main knows', async () => {
    const { bridge, answer } = slowMain()
    const { user, pass } = await openMain(bridge, { firstLook })
    await user.click(screen.getByRole('button', { name: 'Settings' }))
    expect(screen.getByText('Starting …')).toBeTruthy()
    answer()
    await pass()
    expect(screen.getByRole('heading', { level: 1, name: 'Settings' })).toBeTruthy()
  })

  it('says that it starts where there was nothing to say', async () => {
    await openMain(slowMain().bridge)
    expect(screen.getByText('Starting …')).toBeTruthy()
  })

  it('believes main when that knows of no server', async () => {
    const { bridge, answer } = slowMain(anAppInfo({ configured: false, profile: null }))
    const { pass } = await openMain(bridge, { firstLook })
    answer()
    await pass()
    expect(screen.getByRole('heading', { name: 'Welcome to Ringside' })).toBeTruthy()
  })
})

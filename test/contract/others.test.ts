import type { DemoDesk } from '../support/demo-desk.ts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDemoDesk } from '../support/demo-desk.ts'

/** Only what never comes takes longer. */
const patiently = { timeout: 45_000 }

describe('what only others do', () => {
  let program: DemoDesk

  beforeEach(async () => {
    program = await openDemoDesk()
  })
  afterEach(() => program.stop())

  const present = (message: string): void => program.demo.present('1007', { status: 'away', subtype: '', message })
  const seen = (message: string): Promise<unknown> => program.window.until(message, ({ people }) => people['1007@hints']?.presence?.message === message)

  it('is shown by the window, and the desktop around it is left in peace', async () => {
    const { shell } = program
    present('at lunch')
    await seen('at lunch')
    const before = shell.reflection
    present('back at two')
    await seen('back at two')
    expect(shell.reflection).toBe(before)
    await program.window.ask('preferences.set', { theme: 'dark' })
    await expect.poll(() => shell.reflection?.preferences.theme, patiently).toBe('dark')
  })

  it('waits while the window is hidden, and is there when it is shown', async () => {
    const { app, window } = program
    app.setSeen('main', false)
    present('at lunch')
    // Another window that watches shows when main has heard of it.
    await expect.poll(async () => JSON.stringify(await app.route('pbx.snapshot', undefined, 'popup')), patiently).toContain('at lunch')
    expect(window.tables.people['1007@hints']?.presence?.message).not.toBe('at lunch')
    app.setSeen('main', true)
    expect(window.tables.people['1007@hints']?.presence?.message).toBe('at lunch')
  })
})

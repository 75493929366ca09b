import type { Running } from './support/program.ts'
import { startDesktop } from '../../build/desktop/desktop.ts'
import { expect, test } from './support/fixtures.ts'
import { startProgram } from './support/program.ts'

/** As the close button of the window manager does. */
function closeMain(program: Running): Promise<void> {
  return program.ask(({ BrowserWindow }) => BrowserWindow.getAllWindows().find(window => window.getTitle() === 'Ringside')?.close())
}

function mainState(program: Running): Promise<string> {
  return program.ask(({ BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows().find(window => window.getTitle() === 'Ringside')
    if (window === undefined)
      return 'gone'
    if (window.isMinimized())
      return 'minimised'
    return window.isVisible() ? 'visible' : 'hidden'
  })
}

test('says once that it stays in the tray, then leaves for it and comes back by a click', async ({ atWork: program, desktop }) => {
  const page = await program.page('main')
  await desktop.tray().until(() => true)
  await closeMain(program)
  await expect(page.getByText('Ringside keeps running in the tray.')).toBeVisible()
  expect(await mainState(program)).toBe('visible')

  const left = page.waitForEvent('close')
  await closeMain(program)
  await left
  await expect.poll(() => mainState(program)).toBe('gone')
  await desktop.tray().click()
  const again = await program.page('main')
  await expect(again.getByText('Free', { exact: true }).first()).toBeVisible()

  await closeMain(program)
  await expect.poll(() => mainState(program)).toBe('gone')
})

test('hides by Esc and never hangs up', async ({ atWork, desktop, office }) => {
  const page = await atWork.page('main')
  await desktop.tray().until(() => true)
  const call = office.incoming({ name: null, number: '+15550100' })
  await expect.poll(() => call.rings()).toBe(true)
  call.answer()
  await expect(page.getByRole('button', { name: 'Hang up' })).toBeVisible()
  // Only down: a window that has gone never hears the key come up.
  await page.keyboard.down('Escape')
  await expect.poll(() => mainState(atWork)).toBe('hidden')
  expect(call.state).toBe('answered')
})

test('ends with the window when the person wants that', async ({ home, start }) => {
  home.write('settings.json', { version: 1, preferences: { closeToTray: false } })
  const program = await start()
  await program.page('main')
  const ended = new Promise(done => program.app.process().once('exit', done))
  await closeMain(program)
  expect(await ended).toBe(0)
})

test('starts in the tray when told to', async ({ desktop, start }) => {
  const program = await start(['--demo', '--hidden'])
  await desktop.tray().until(({ tooltip }) => /1001: /.test(tooltip))
  expect(await mainState(program)).toBe('gone')
})

test.describe('without a tray', () => {
  test('minimises instead of vanishing, and says that there is no tray', async ({ home }) => {
    const bare = await startDesktop({})
    const program = await startProgram(bare, home, ['--demo'])
    try {
      const page = await program.page('main')
      await expect(page.getByText('Extension 1001')).toBeVisible()
      expect(await page.evaluate(() => window.bridge.invoke('app.info'))).toMatchObject({ value: { tray: false } })
      await closeMain(program)
      await expect.poll(() => mainState(program)).toBe('minimised')
      await program.ask(({ BrowserWindow }) => BrowserWindow.getAllWindows().find(window => window.getTitle() === 'Ringside')?.restore())
      // Only down: a window that has gone never hears the key come up.
      await page.keyboard.down('Escape')
      await expect.poll(() => mainState(program)).toBe('minimised')
    }
    finally {
      await program.end('SIGKILL')
      await bare.stop()
    }
  })
})

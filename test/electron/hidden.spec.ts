import type { Page } from '@playwright/test'
import { expect, test } from './support/fixtures.ts'

/** What main tells whoever asks. */
const told = (page: Page): Promise<string> => page.evaluate(async () => JSON.stringify(await window.bridge.invoke('pbx.snapshot')))

test('is told nothing while it is hidden, and has it all when it comes back', async ({ atWork, desktop, office }) => {
  const page = await atWork.page('main')
  const popup = await atWork.page('popup')
  await desktop.tray().until(({ menu }) => menu.length > 0)
  await page.getByRole('tab', { name: /^People\b/ }).click()
  office.present('1007', { status: 'away', subtype: '', message: 'Back at three' })
  await expect(page.getByText('Back at three')).toBeVisible()

  await page.evaluate(() => window.bridge.invoke('window.hide'))
  await expect.poll(() => atWork.ask(({ BrowserWindow }) => BrowserWindow.getAllWindows().find(window => window.getTitle() === 'Ringside')?.isVisible())).toBe(false)
  office.present('1007', { status: 'away', subtype: '', message: 'Not before four' })
  await expect.poll(() => told(popup)).toContain('Not before four')
  await expect(page.getByText('Back at three')).toHaveCount(1)

  await desktop.tray().click()
  await expect(page.getByText('Not before four')).toBeVisible()
  office.present('1007', { status: 'away', subtype: '', message: 'Here again' })
  await expect(page.getByText('Here again')).toBeVisible()
})

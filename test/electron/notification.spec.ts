import { expect, test } from './support/fixtures.ts'

const HOSTILE = '<b>Tom</b> & <a href="https://x">Jerry</a>'

test('tells a missed call with the name as plain text, and opens the window by a click', async ({ atWork, desktop, office }) => {
  const page = await atWork.page('main')
  await page.keyboard.down('Escape')
  const call = office.incoming({ name: HOSTILE, number: '+493023125001', atTheBeep: 'nothing' })
  await expect.poll(() => call.rings()).toBe(true)
  call.callerHangsUp()
  const notification = await desktop.notifications().until(({ summary }) => summary === 'Missed call')
  expect(notification.body).toContain('&lt;b&gt;Tom&lt;/b&gt; &amp;')
  expect(notification.body).not.toMatch(/[<>]/)

  desktop.notifications().click(notification.id)
  await expect.poll(() => atWork.ask(({ BrowserWindow }) => BrowserWindow.getAllWindows().some(window => window.getTitle() === 'Ringside' && window.isVisible()))).toBe(true)
})

test('tells new voicemail while nobody looks', async ({ atWork, desktop, office }) => {
  const page = await atWork.page('main')
  await page.keyboard.down('Escape')
  office.voicemail({ name: 'Jana Nováková', number: '+493023125001' })
  const notification = await desktop.notifications().until(({ summary }) => summary === 'Voicemail', 30_000)
  expect(notification.body).toBe('2 new voicemail messages')
})

test('stays quiet for who looks at the window', async ({ atWork, desktop, office }) => {
  const page = await atWork.page('main')
  await atWork.ask(({ BrowserWindow }) => BrowserWindow.getAllWindows().find(window => window.getTitle() === 'Ringside')?.focus())
  await expect.poll(() => page.evaluate(() => document.hasFocus())).toBe(true)
  const before = desktop.notifications().all().length
  const call = office.incoming({ name: null, number: '+15550100', atTheBeep: 'nothing' })
  await expect.poll(() => call.rings()).toBe(true)
  call.callerHangsUp()
  await expect(page.getByText('Missed', { exact: true }).first()).toBeVisible()
  expect(desktop.notifications().all().slice(before)).toEqual([])
})

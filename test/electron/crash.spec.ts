import { expect, test } from './support/fixtures.ts'

test('starts the page again when it dies, with what is true', async ({ atWork, home, office }) => {
  const page = await atWork.page('main')
  const call = office.incoming({ name: 'Jana Nováková', number: '+493023125001' })
  await expect.poll(() => call.rings()).toBe(true)
  call.answer()
  await expect(page.getByRole('button', { name: 'Hang up' })).toBeVisible()

  const pid = await atWork.ask(({ BrowserWindow }) => BrowserWindow.getAllWindows().find(window => window.getTitle() === 'Ringside')?.webContents.getOSProcessId())
  process.kill(pid ?? 0, 'SIGKILL')
  await expect.poll(() => home.log()).toMatch(/main window's page is gone: killed/)
  await expect.poll(() => atWork.ask(({ BrowserWindow }) => BrowserWindow.getAllWindows().find(window => window.getTitle() === 'Ringside')?.webContents.executeJavaScript('document.body.innerText').catch(() => ''))).toContain('Jana Nováková')
  expect(call.state).toBe('answered')
})

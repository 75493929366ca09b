import { expect, test } from './support/fixtures.ts'

test('starts the page again when it dies, with what is true', async ({ atWork, home, office }) => {
  const page = await atWork.page('main')
  const call = office.incoming({ name: 'Jana Nováková', number: '+493023125001' })
  await expect.poll(() => call.rings()).toBe(true)
  call.answer()
  await expect(page.getByRole('button', { name: 'Hang up' })).toBeVisible()
  const isBack = atWork.app.evaluate(({ BrowserWindow }) => new Promise<void>((done) => {
    const window = BrowserWindow.getAllWindows().find(window => window.getTitle() === 'Ringside')
    window?.webContents.once('did-finish-load', () => done())
    window?.webContents.forcefullyCrashRenderer()
  }))
  await isBack
  const shown = await atWork.app.evaluate(({ BrowserWindow }) => new Promise<string>((done) => {
    const window = BrowserWindow.getAllWindows().find(window => window.getTitle() === 'Ringside')
    const look = async (): Promise<void> => {
      const text: string = await window?.webContents.executeJavaScript('document.body.innerText')
      if (text.includes('Hang up'))
        done(text)
      else
        setTimeout(() => void look(), 50)
    }
    void look()
  }))
  expect(shown).toContain('Jana Nováková')
  expect(home.log()).toMatch(/main window's page is gone/)
})

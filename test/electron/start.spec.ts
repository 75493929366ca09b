import type { Running } from './support/program.ts'
import { expect, settingsFor, test } from './support/fixtures.ts'

test('shows the first run within a window of its own', async ({ start }) => {
  const program = await start()
  const page = await program.page('main')
  await expect(page.getByRole('heading', { name: 'Welcome to Ringside' })).toBeVisible()
  expect(await page.title()).toBe('Ringside')
  const bounds = await program.ask(({ BrowserWindow }) => BrowserWindow.getAllWindows().map(window => ({ title: window.getTitle(), ...window.getContentBounds() })))
  expect(bounds.find(({ title }) => title === 'Ringside')).toMatchObject({ width: 400, height: 680 })
})

test('starts in the demo office without touching the stored profile', async ({ home, office, start }) => {
  home.write('settings.json', settingsFor(office))
  const before = home.read('settings.json')
  const page = await (await start(['--demo'])).page('main')
  await expect(page.getByText('Demo office').first()).toBeVisible()
  await expect(page.getByText('Free', { exact: true }).first()).toBeVisible()
  expect(JSON.parse(home.read('settings.json'))).toMatchObject(JSON.parse(before))
})

test('ends cleanly by a signal and says goodbye to the server', async ({ atWork, home }) => {
  expect(await atWork.end('SIGTERM')).toBe(0)
  expect(home.log()).toContain('The end')
})

test('comes back where it was, however often', async ({ start }) => {
  const bounds = (program: Running) => program.ask(({ BrowserWindow }) => BrowserWindow.getAllWindows().find(window => window.getTitle() === 'Ringside')?.getBounds())
  const first = await start()
  await first.page('main')
  await first.ask(({ BrowserWindow }) => BrowserWindow.getAllWindows().find(window => window.getTitle() === 'Ringside')?.setBounds({ x: 140, y: 160, width: 500, height: 600 }))
  await expect.poll(async () => (await bounds(first))?.width).toBe(500)
  const place = await bounds(first)
  expect(await first.end()).toBe(0)
  for (let again = 0; again < 2; again++) {
    const next = await start()
    await next.page('main')
    await expect.poll(() => bounds(next)).toEqual(place)
    expect(await next.end()).toBe(0)
  }
})

test('grows, shrinks and ends by the keys that people know', async ({ desktop, start }) => {
  const program = await start()
  const page = await program.page('main')
  await expect(page.getByRole('heading', { name: 'Welcome to Ringside' })).toBeVisible()
  // Real keys: those of the test runner do not pass through the window.
  const press = (key: string) => desktop.run('xdotool', 'search', '--sync', '--onlyvisible', '--name', '^Ringside$', 'windowfocus', '--sync', 'key', key)
  const ratio = () => page.evaluate(() => devicePixelRatio)
  expect(await ratio()).toBe(1)
  await press('ctrl+plus')
  await expect.poll(ratio).toBeGreaterThan(1.1)
  await press('ctrl+0')
  await expect.poll(ratio).toBe(1)
  const ended = new Promise(done => program.app.process().once('exit', done))
  // The window may have gone before the keys come up again; how the program ended tells.
  await Promise.allSettled([press('ctrl+q')])
  expect(await ended).toBe(0)
  // Keys that stay down would type into the window of the next test.
  await desktop.run('xdotool', 'keyup', 'ctrl+q')
})

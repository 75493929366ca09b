import { chmodSync, readdirSync } from 'node:fs'
import process from 'node:process'
import { expect, settingsFor, test, unlock } from './support/fixtures.ts'

test('begins anew with settings that it does not understand, keeps them and says so', async ({ home, start }) => {
  home.write('settings.json', '{"version":1,"prof')
  const page = await (await start()).page('main')
  await expect(page.getByText('The settings could not be read', { exact: false })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Welcome to Ringside' })).toBeVisible()
  expect(home.read('settings.corrupt-1.json')).toBe('{"version":1,"prof')
})

test('works on with settings that it may not write, and loses nothing', async ({ home, office, start }) => {
  test.skip(process.getuid?.() === 0, 'root may write everywhere')
  home.write('settings.json', settingsFor(office))
  const before = home.read('settings.json')
  const program = await start()
  const page = await program.page('main')
  chmodSync(home.folder, 0o500)
  try {
    const answer = await page.evaluate(() => window.bridge.invoke('preferences.set', { theme: 'dark' }))
    expect(answer).toMatchObject({ ok: false, error: { code: 'settings-readonly' } })
    expect(await page.evaluate(() => window.bridge.invoke('preferences.get'))).toMatchObject({ value: { theme: 'system' } })
    expect(home.read('settings.json')).toBe(before)
    await unlock(program, office)
  }
  finally {
    chmodSync(home.folder, 0o700)
  }
})

test('writes preferences at once, for nobody else to read', async ({ home, start }) => {
  const page = await (await start(['--demo'])).page('main')
  expect(await page.evaluate(() => window.bridge.invoke('preferences.set', { theme: 'dark' }))).toMatchObject({ ok: true })
  expect(JSON.parse(home.read('settings.json'))).toMatchObject({ demo: false, preferences: { theme: 'dark' } })
  await expect.poll(() => page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)).toBe(true)
  expect(readdirSync(home.folder).filter(name => name.startsWith('settings'))).toEqual(['settings.json'])
})

import type { Page } from '@playwright/test'
import type { ScriptedDemo } from '../../main/demo/demo-pbx.ts'
import type { Running } from './support/program.ts'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { startDesktop } from '../../build/desktop/desktop.ts'
import { systemClock } from '../../main/clock.ts'
import { createDemoPbx } from '../../main/demo/demo-pbx.ts'
import { expect, settingsFor, test, unlock } from './support/fixtures.ts'
import { ROOT, startProgram } from './support/program.ts'

/** Beside the other results; what is worth showing is copied from there to build/screenshots. */
const FOLDER = join(process.env['RINGSIDE_TEST_OUTPUT'] ?? join(ROOT, 'test-results'), 'pictures')
mkdirSync(FOLDER, { recursive: true })

const JANA = { name: 'Jana Nováková', number: '+493023125001' }

/** A morning: one call missed, one taken, one from a colleague. */
async function morning(office: ScriptedDemo, page: Page): Promise<void> {
  const missed = office.incoming({ name: 'Harbour Printing', number: '+442079460123', atTheBeep: 'nothing' })
  await expect.poll(() => missed.rings()).toBe(true)
  missed.callerHangsUp()
  const taken = office.between('1003', '1001')
  await expect.poll(() => taken.rings()).toBe(true)
  taken.answer()
  await expect(page.getByRole('button', { name: 'Hang up' })).toBeVisible()
  taken.callerHangsUp()
  const gone = page.getByRole('button', { name: 'Hang up' })
  await expect(gone).toHaveCount(0)
}

/** Everything that a window can show in the course of a day, each as a file `name-state.png`. */
async function film(program: Running, office: ScriptedDemo, name: string): Promise<void> {
  const page = await program.page('main')
  const popup = await program.page('popup')
  const take = (state: string, of: Page = page) => of.screenshot({ path: join(FOLDER, `${name}-${state}.png`), animations: 'disabled' })

  await take('home-first')
  await morning(office, page)
  await expect(popup.getByRole('article')).toHaveCount(0, { timeout: 15_000 })
  await take('home')

  const call = office.incoming(JANA)
  await expect(popup.getByRole('article')).toHaveCount(1)
  await take('ringing')
  await take('popup-ringing', popup)
  const second = office.incoming({ name: 'A caller with a name that is longer than any telephone on any desk could ever show in one line', number: '+15550123456', to: 'group' })
  await expect(popup.getByRole('article')).toHaveCount(2)
  await take('popup-two', popup)
  second.callerHangsUp()
  await expect.poll(() => call.rings()).toBe(true)
  call.answer()
  await expect(page.getByRole('button', { name: 'Hang up' })).toBeVisible()
  await take('in-call')
  await take('popup-ended', popup)
  call.callerHangsUp()
  await expect(page.getByRole('button', { name: 'Hang up' })).toHaveCount(0)

  office.dialAnswer('busy')
  await page.getByLabel('Number to dial').fill('030 2312 5002')
  await page.getByLabel('Number to dial').press('Enter')
  await expect(page.getByText('busy', { exact: false }).first()).toBeVisible({ timeout: 20_000 })
  await take('dial-failed')

  await page.getByRole('button', { name: 'Settings' }).click()
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible()
  await take('settings')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'About Ringside' }).click()
  await take('about')
  await page.keyboard.press('Escape')

  await office.stop()
  await expect(page.getByText(/as of/).first()).toBeVisible({ timeout: 20_000 })
  await take('away')
}

for (const theme of ['light', 'dark'] as const) {
  test(`shows a day in the ${theme} theme`, async ({ home, office, start }) => {
    home.write('settings.json', settingsFor(office, { theme, popupLingerSeconds: 3 }))
    const program = await start()
    await unlock(program, office)
    await film(program, office, theme)
  })

  test(`shows the first run in the ${theme} theme`, async ({ home, start }) => {
    home.write('settings.json', { version: 1, preferences: { theme } })
    const page = await (await start()).page('main')
    await expect(page.getByRole('heading', { name: 'Welcome to Ringside' })).toBeVisible()
    await page.screenshot({ path: join(FOLDER, `${theme}-welcome.png`) })
    await page.getByRole('button', { name: 'Connect to my Asterisk' }).click()
    await expect(page.getByLabel('Account', { exact: true })).toBeVisible()
    await page.screenshot({ path: join(FOLDER, `${theme}-server.png`) })
  })
}

/** What an operator sees: somebody parked, colleagues in calls, a caller in the queue, messages. */
async function busyHour(office: ScriptedDemo, page: Page): Promise<void> {
  const parked = office.incoming({ name: 'Thornbury & Vale Conveyancing Solicitors', number: '+442079460163' })
  await expect.poll(() => parked.rings()).toBe(true)
  parked.answer()
  await expect(page.getByRole('button', { name: 'Hang up' })).toBeVisible()
  expect(parked.park('1001')).toBe(701)
  await expect(page.getByRole('button', { name: 'Hang up' })).toHaveCount(0)
  const inside = office.between('1003', '1004')
  await expect.poll(() => inside.rings('1004')).toBe(true)
  inside.answer('1004')
  office.present('1007', { status: 'away', subtype: '', message: 'Back at three' })
  const talking = office.incoming(JANA)
  await expect.poll(() => talking.rings()).toBe(true)
  talking.answer()
  await expect(page.getByRole('button', { name: 'Hang up' })).toBeVisible()
  office.incoming({ name: 'Sam Whitlock', number: '+442079460177', did: '442079460102' })
  office.incoming({ name: '李静', number: '+493023125033', to: 'sales' })
}

for (const { name, theme, width } of [{ name: 'narrow-light', theme: 'light', width: 400 }, { name: 'wide-dark', theme: 'dark', width: 1000 }] as const) {
  test(`shows the parts of the window, ${name}`, async ({ home, office, start }) => {
    home.write('settings.json', settingsFor(office, { theme, popup: false }))
    home.write('window.json', { place: { x: 40, y: 40, width, height: 680 }, told: true })
    const program = await start()
    await unlock(program, office)
    const page = await program.page('main')
    await busyHour(office, page)
    await page.screenshot({ path: join(FOLDER, `${name}-call.png`), animations: 'disabled' })
    for (const part of ['People', 'Queues', 'Parking', 'Voicemail']) {
      await page.getByRole('tab', { name: new RegExp(`^${part}\\b`) }).click()
      await expect(page.getByRole('tabpanel')).not.toBeEmpty()
      await page.screenshot({ path: join(FOLDER, `${name}-${part.toLowerCase()}.png`), animations: 'disabled' })
    }
  })

  test(`shows the administration window, ${name}`, async ({ home, office, start }) => {
    home.write('settings.json', settingsFor(office, { theme }))
    const program = await start()
    await unlock(program, office)
    const main = await program.page('main')
    await main.getByRole('button', { name: 'Settings' }).click()
    const [page] = await Promise.all([program.page('admin'), main.getByRole('button', { name: 'Administration …' }).click()])
    await expect(page.getByText('Connected', { exact: true })).toBeVisible()
    office.between('1002', '1003')
    for (const section of ['Console', 'Channels', 'Trace']) {
      await page.getByRole('navigation', { name: 'Sections' }).getByRole('button', { name: section, exact: true }).click()
      await expect(page.getByRole('main', { name: section })).toBeVisible()
      await page.screenshot({ path: join(FOLDER, `${theme}-admin-${section.toLowerCase()}.png`), animations: 'disabled' })
    }
  })
}

test('shows a day on a screen of twice the density', async ({ home, office }) => {
  const dense = await startDesktop({ width: 2560, height: 1600, scale: 2, tray: true, notifications: true })
  home.write('settings.json', settingsFor(office, { popupLingerSeconds: 3 }))
  const program = await startProgram(dense, home, ['--force-device-scale-factor=2'])
  try {
    await unlock(program, office)
    await film(program, office, 'dense')
    const page = await program.page('main')
    expect(await page.evaluate(() => devicePixelRatio)).toBe(2)
  }
  finally {
    await program.end('SIGKILL')
    await dense.stop()
  }
})

/** Favourites and groups of a front desk, as somebody arranged them. */
const ARRANGED = {
  favourites: ['1002', '1003', '1004', '1007', '1021', '1009'].map(exten => `${exten}@hints`),
  groups: [
    { name: 'Conveyancing', members: ['1005', '1006', '1008', '1010', '1011', '1012', '2000', '2001', '2002'].map(exten => `${exten}@hints`) },
    { name: 'Litigation', members: ['2003', '2004', '2005', '2006', '2007', '2008', '2009', '2010', '2011'].map(exten => `${exten}@hints`) },
  ],
  order: [],
}

test('looks well on a desktop', async ({ home }) => {
  const office = createDemoPbx({ clock: systemClock, random: Math.random, scenario: 'scripted', people: 34 })
  await office.start()
  const desktop = await startDesktop({ width: 1480, height: 800, tray: true, notifications: true, background: 'gradient:#e9eff8-#b4c6e0' })
  home.write('settings.json', settingsFor(office, { theme: 'light' }))
  home.write('window.json', { place: { x: 28, y: 28, width: 1060, height: 720 }, told: true })
  const program = await startProgram(desktop, home)
  try {
    await unlock(program, office)
    const page = await program.page('main')
    const popup = await program.page('popup')
    await page.evaluate(arranged => window.bridge.invoke('people.arrange', arranged), ARRANGED)
    await page.getByRole('radio', { name: 'Board' }).check({ force: true })
    await morning(office, page)
    for (const [from, to] of [['2001', '2006'], ['2003', '2010'], ['1005', '2000']] as const) {
      const talk = office.between(from, to)
      await expect.poll(() => talk.rings(to)).toBe(true)
      talk.answer(to)
    }
    office.present('1007', { status: 'away', subtype: '', message: 'Back at three' })
    await busyHour(office, page)
    await expect(popup.getByRole('article')).toHaveCount(0, { timeout: 15_000 })
    const second = office.incoming({ name: 'Harbour Printing', number: '+442079460123', did: '442079460101' })
    await expect(popup.getByRole('article')).toHaveCount(1)
    await expect.poll(() => second.rings()).toBe(true)
    await page.mouse.move(0, 0)
    // Long enough for the timers to look like a call's.
    await expect(popup.getByText('0:07')).toBeVisible({ timeout: 15_000 })
    // Both windows are on the screen once they have painted what they know.
    for (const one of [page, popup])
      await one.evaluate(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))))
    await desktop.screenshot(join(FOLDER, 'front.png'))
  }
  finally {
    await program.end('SIGKILL')
    await desktop.stop()
    await office.stop()
  }
})

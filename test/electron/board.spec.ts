import type { Page } from '@playwright/test'
import type { ScriptedDemo } from '../../main/demo/demo-pbx.ts'
import type { Fixtures } from './support/fixtures.ts'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { AxeBuilder } from '@axe-core/playwright'
import { systemClock } from '../../main/clock.ts'
import { createDemoPbx } from '../../main/demo/demo-pbx.ts'
import { test as base, expect, settingsFor, unlock } from './support/fixtures.ts'
import { ROOT } from './support/program.ts'

const FOLDER = join(process.env['RINGSIDE_TEST_OUTPUT'] ?? join(ROOT, 'test-results'), 'pictures')
mkdirSync(FOLDER, { recursive: true })

/** A house that a front desk has in view whole. */
const test = base.extend({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the names in the braces.
  office: async ({}, use) => {
    const office = createDemoPbx({ clock: systemClock, random: Math.random, scenario: 'scripted', people: 60 })
    await office.start()
    await use(office)
    await office.stop()
  },
})
test.use({ desktopOptions: { width: 1400, height: 900, tray: true, notifications: true } })
test.setTimeout(120_000)
// A colleague takes seconds to answer, and a busy machine many more.
const slowly = { timeout: 40_000 }

const PLACE = { x: 20, y: 20, width: 1280, height: 800 }
const hint = (exten: number | string): string => `${exten}@hints`
const some = (from: number, count: number): readonly string[] => Array.from({ length: count }, (_, at) => hint(from + at))
const ARRANGED = {
  favourites: ['1002', '1003', '1007', '1012'].map(hint),
  groups: [{ name: 'Accounts', members: some(2000, 12) }, { name: 'Sales', members: some(2012, 14) }, { name: 'Support', members: some(2026, 12) }],
}

const arrangedFor = (office: ScriptedDemo, preferences: object): object => ({ ...settingsFor(office, { popup: false, ...preferences }), arrangements: { [`127.0.0.1:${office.port}`]: ARRANGED } })
const tile = (page: Page, name: string) => page.getByRole('gridcell', { name, exact: true })

async function showBoard(page: Page): Promise<void> {
  await page.getByRole('tab', { name: /^People\b/ }).click()
  await page.getByRole('radiogroup', { name: 'Show people as' }).getByTitle('Board').click()
  await expect(page.getByRole('grid', { name: 'People' })).toBeVisible()
}

/** The program of the front desk, with everybody on the board. */
async function openBoard({ home, office, start }: Pick<Fixtures, 'home' | 'office' | 'start'>): Promise<Page> {
  home.write('settings.json', arrangedFor(office, {}))
  home.write('window.json', { place: PLACE, told: true })
  const program = await start()
  await unlock(program, office)
  const page = await program.page('main')
  await showBoard(page)
  return page
}

/** An hour in which the house is at work. */
async function work(office: ScriptedDemo): Promise<void> {
  for (const [from, to] of [['2001', '2014'], ['2005', '2030'], ['1008', '2020'], ['2034', '1004'], ['2009', '2017']] as const) {
    const call = office.between(from, to)
    await expect.poll(() => call.rings(to), slowly).toBe(true)
    call.answer(to)
  }
  const outside = office.incoming({ name: 'Thornbury & Vale Conveyancing Solicitors', number: '+442079460163', did: '442079460103' })
  await expect.poll(() => outside.rings('1003'), slowly).toBe(true)
  outside.answer('1003')
  for (const exten of ['2003', '2022', '2037'])
    office.plug(exten, false)
  office.present('1007', { status: 'away', subtype: '', message: 'Back at three' })
  office.incoming({ name: 'Sam Whitlock', number: '+442079460177', did: '442079460102' })
}

for (const theme of ['light', 'dark'] as const) {
  test(`shows everybody on a board in the ${theme} theme`, async ({ home, office, start }) => {
    home.write('settings.json', arrangedFor(office, { theme }))
    home.write('window.json', { place: PLACE, told: true })
    const program = await start()
    await unlock(program, office)
    const page = await program.page('main')
    await work(office)
    await showBoard(page)
    await expect(tile(page, 'Priya Raghunathan')).toContainText('Call from Sam Whitlock', slowly)
    await page.mouse.move(0, 0)
    await page.screenshot({ path: join(FOLDER, `${theme}-board.png`), animations: 'disabled' })

    const mine = office.incoming({ name: 'Jana Nováková', number: '+493023125001' })
    await expect.poll(() => mine.rings(), slowly).toBe(true)
    mine.answer()
    await expect(page.getByRole('button', { name: 'Hang up' })).toBeVisible(slowly)
    await page.screenshot({ path: join(FOLDER, `${theme}-board-call.png`), animations: 'disabled' })
    await tile(page, 'Олена Шевченко').getByRole('button').first().click()
    await expect(page.getByRole('region', { name: 'Олена Шевченко' })).toBeVisible()
    await page.screenshot({ path: join(FOLDER, `${theme}-board-details.png`), animations: 'disabled' })
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze()
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(node => node.html).join(', ')}`)).toEqual([])
    await page.getByRole('radiogroup', { name: 'Show people as' }).getByTitle('List').click()
    await expect(page.getByRole('list', { name: 'People' })).toBeVisible()
    await page.screenshot({ path: join(FOLDER, `${theme}-list-wide.png`), animations: 'disabled' })
  })
}

test('lets a front desk find who is free and send a call there, with keys alone', async ({ home, office, start }) => {
  const page = await openBoard({ home, office, start })
  const call = office.incoming({ name: 'Jana Nováková', number: '+493023125001' })
  await expect.poll(() => call.rings(), slowly).toBe(true)
  call.answer()
  await expect(page.getByRole('button', { name: 'Hang up' })).toBeVisible(slowly)

  await page.getByRole('searchbox', { name: 'Search people' }).focus()
  await page.keyboard.press('ArrowDown')
  const focused = (): Promise<string | null> => page.evaluate(() => document.activeElement?.closest('[role="gridcell"]')?.getAttribute('aria-label') ?? null)
  const first = await focused()
  await page.keyboard.press('ArrowDown')
  const below = await focused()
  await page.keyboard.press('ArrowUp')
  expect([first, await focused(), below === first]).toEqual(['Priya Raghunathan', 'Priya Raghunathan', false])
  await page.keyboard.press('ArrowRight')
  const goal = await focused()
  await page.screenshot({ path: join(FOLDER, 'board-keys.png'), animations: 'disabled' })
  await page.keyboard.press('Tab')
  await expect(page.getByRole('button', { name: `Transfer to ${goal}` })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(tile(page, goal ?? '')).toContainText('Jana Nováková', slowly)
  await expect(page.getByRole('button', { name: 'Hang up' })).toHaveCount(0, slowly)
})

test('lets a front desk pick up from a tile', async ({ home, office, start }) => {
  const page = await openBoard({ home, office, start })
  office.incoming({ name: 'Sam Whitlock', number: '+442079460177', did: '442079460102' })
  await page.getByRole('button', { name: 'Pick up for Priya Raghunathan' }).click(slowly)
  await page.getByRole('alertdialog').getByRole('button', { name: 'Yes, do it' }).click()
  await expect(page.getByRole('article', { name: 'Sam Whitlock' })).toContainText('Connected', slowly)
  await expect(tile(page, 'Priya Raghunathan')).toContainText('Free', slowly)
})

test('lets a front desk give a call to return to a colleague with the mouse', async ({ home, office, start }) => {
  const page = await openBoard({ home, office, start })
  const call = office.incoming({ name: 'Sam Whitlock', number: '+442079460177' })
  await expect.poll(() => call.rings(), slowly).toBe(true)
  call.callerHangsUp()
  const row = page.getByRole('region', { name: 'To call back' }).getByRole('listitem').filter({ hasText: 'Sam Whitlock' })
  await expect(row).toBeVisible(slowly)

  await row.dragTo(tile(page, 'Priya Raghunathan'))
  const question = page.getByRole('alertdialog')
  await expect(question).toContainText('The phone of Priya Raghunathan will ring. Once it is answered, Sam Whitlock, +44 20 7946 0177 is called from there.')
  await page.screenshot({ path: join(FOLDER, 'board-connect.png'), animations: 'disabled' })
  await question.getByRole('button', { name: 'Yes, do it' }).click()
  await expect(tile(page, 'Priya Raghunathan')).toContainText('Sam Whitlock', slowly)
  await expect(row).toHaveCount(0, slowly)
  await expect(page.getByRole('button', { name: 'Hang up' })).toHaveCount(0)
})

test('has lists to choose from that are read in its own letters and worked with keys alone', async ({ home, office, start }) => {
  const page = await openBoard({ home, office, start })
  const choice = page.getByRole('combobox', { name: 'Show' })
  const option = page.getByRole('option', { name: 'Support', exact: true })
  await page.evaluate(() => document.addEventListener('keydown', ({ key }) => { document.body.dataset['keys'] = `${document.body.dataset['keys'] ?? ''}${key} ` }))
  await choice.focus()
  await page.keyboard.press('Space')
  await expect(option).toBeVisible()
  await page.screenshot({ path: join(FOLDER, 'board-choice.png'), animations: 'disabled' })
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(node => node.html).join(', ')}`)).toEqual([])

  await page.keyboard.press('Escape')
  await expect(option).toBeHidden()
  await expect(choice).toBeFocused()
  await page.keyboard.press('Space')
  await expect(option).toBeVisible()
  await page.keyboard.type('sup')
  await page.keyboard.press('Enter')
  await expect(option).toBeHidden()
  await expect(page.getByRole('rowheader')).toHaveText([/^Support/])
  await expect(choice).toBeFocused()
  // The keys were the list's: Esc has closed nothing else, and no letter has acted on anything.
  expect(await page.evaluate(() => document.body.dataset['keys']?.match(/Escape|Enter|[a-z] /g) ?? [])).toEqual([])
})

test('draws only those in sight in the smallest window, too', async ({ home, office, start }) => {
  home.write('settings.json', arrangedFor(office, {}))
  home.write('window.json', { place: { x: 20, y: 20, width: 360, height: 480 }, told: true })
  const program = await start()
  await unlock(program, office)
  const page = await program.page('main')
  await page.getByRole('tab', { name: /^People\b/ }).click()
  const rows = page.getByRole('list', { name: 'People' }).getByRole('listitem')
  await expect(rows.first()).toBeVisible()
  expect(await rows.count()).toBeLessThan(30)
})

import type { Page } from '@playwright/test'
import type { Running } from './support/program.ts'
import { readFileSync } from 'node:fs'
import { AxeBuilder } from '@axe-core/playwright'
import { expect, test } from './support/fixtures.ts'

/** Opens the administration window as a person does, from the settings. */
async function administer(program: Running): Promise<Page> {
  const main = await program.page('main')
  await main.getByRole('button', { name: 'Settings' }).click()
  const [page] = await Promise.all([program.page('admin'), main.getByRole('button', { name: 'Administration …' }).click()])
  await expect(page.getByText('Connected', { exact: true })).toBeVisible()
  return page
}

/** How many connections to this port of this machine are open. */
function linksTo(port: number): number {
  const far = `:${port.toString(16).toUpperCase().padStart(4, '0')}`
  return readFileSync('/proc/net/tcp', 'utf8').split('\n').map(line => line.trim().split(/\s+/)).filter(([, , remote, state]) => remote?.endsWith(far) && state === '01').length
}

const section = (page: Page, name: string) => page.getByRole('navigation', { name: 'Sections' }).getByRole('button', { name, exact: true }).click()
const yes = (page: Page) => page.getByRole('alertdialog').getByRole('button', { name: 'Yes, do it' }).click()

test('sends an action and shows its answer, and the trace keeps the login without its secret', async ({ atWork, office }) => {
  const page = await administer(atWork)
  await page.getByRole('button', { name: 'Send Ping' }).click()
  const answers = page.getByRole('region', { name: 'Answers' })
  await expect(answers.getByText('Pong')).toBeVisible()

  await section(page, 'Trace')
  const packets = page.getByRole('listbox', { name: 'Packets' })
  await packets.getByRole('option').filter({ hasText: 'Ping' }).first().click()
  await expect(page.getByRole('region', { name: /^Packet \d+$/ })).toContainText('Action:')
  await page.getByLabel('Direction').selectOption('out')
  await packets.getByRole('option').filter({ hasText: 'Login' }).first().click()
  await expect(page.getByRole('region', { name: /^Packet \d+$/ })).toContainText('••••••')
  expect(await page.evaluate(() => document.body.textContent)).not.toContain(office.secret)
})

test('shows the channels of a call and ends it after a question', async ({ atWork, office }) => {
  const page = await administer(atWork)
  office.between('1002', '1003')
  await section(page, 'Channels')
  await page.getByRole('button', { name: 'Refresh' }).click()
  const rows = page.locator('tbody tr')
  await expect(rows.first()).toBeVisible()
  const channel = (await rows.first().locator('td').first().textContent() ?? '').trim()
  await rows.first().click()
  await page.getByRole('complementary').getByRole('button', { name: 'Hang up', exact: true }).click()
  await yes(page)
  await expect(rows.filter({ hasText: channel })).toHaveCount(0)
})

test('writes, finds and deletes an entry of the AstDB', async ({ atWork }) => {
  const page = await administer(atWork)
  await section(page, 'AstDB')
  await page.getByLabel('Family').fill('ringside-test')
  await page.getByLabel('Key', { exact: true }).fill('1001')
  await page.getByLabel('Value').fill('yes')
  await page.getByRole('button', { name: 'Write' }).click()
  await yes(page)
  await expect(page.getByText('/ringside-test/1001 is written.')).toBeVisible()
  await page.getByRole('button', { name: 'Delete /ringside-test/1001' }).click()
  await yes(page)
  await expect(page.getByText('/ringside-test/1001', { exact: true })).toHaveCount(0)
})

test('runs commands of the console, and asks before one that does more than tell', async ({ atWork }) => {
  const page = await administer(atWork)
  await section(page, 'Command line')
  const field = page.getByLabel('Command', { exact: true })
  await field.fill('core show version')
  await field.press('Enter')
  await expect(page.getByRole('log').locator('pre').first()).toContainText('Asterisk')
  await field.fill('core restart now')
  await field.press('Enter')
  await expect(page.getByRole('alertdialog')).toContainText('core restart now')
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(field).toHaveValue('core restart now')
})

test('changes a configuration file after showing every line of the change', async ({ atWork }) => {
  const page = await administer(atWork)
  await section(page, 'Configuration files')
  await page.getByRole('combobox', { name: 'File' }).fill('queues.conf')
  await page.getByRole('button', { name: 'Read' }).click()
  await page.getByRole('button', { name: 'New category' }).click()
  const changes = page.getByRole('region', { name: 'Changes' })
  await changes.getByRole('textbox', { name: 'Category' }).fill('ringside-test')
  await changes.getByRole('button', { name: 'Add to the changes' }).click()
  await expect(changes.getByRole('group', { name: 'What changes' })).toContainText('[ringside-test]')
  await changes.getByRole('button', { name: 'Send the change' }).click()
  await yes(page)
  await expect(page.getByText('The file is now as planned.', { exact: false })).toBeVisible()
  await expect(page.getByText('[ringside-test]').first()).toBeVisible()
})

test('has every section without a fault that a checker of accessibility knows', async ({ atWork }) => {
  // The checker reads every colour of sixteen sections; how long that takes is no matter of the program.
  test.setTimeout(300_000)
  const page = await administer(atWork)
  // Half-way between two colours there is no contrast to speak of.
  await page.emulateMedia({ reducedMotion: 'reduce' })
  const names = await page.getByRole('navigation', { name: 'Sections' }).locator('button .label').allTextContents()
  expect(names.length).toBe(16)
  const found: string[] = []
  for (const name of names) {
    await page.getByRole('navigation', { name: 'Sections' }).getByRole('button').filter({ hasText: name }).first().click()
    await expect(page.getByRole('main', { name })).toBeVisible()
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
    found.push(...violations.map(({ id, nodes }) => `${name}: ${id} ${nodes.map(node => node.html.slice(0, 120)).join(' ')}`))
  }
  expect(found).toEqual([])
})

test('answers the commands of administration to its own page only', async ({ atWork }) => {
  const main = await atWork.page('main')
  expect(await main.evaluate(() => window.bridge.invoke('admin.open'))).toMatchObject({ ok: false, error: { code: 'untrusted-sender' } })
  const page = await administer(atWork)
  expect(await page.evaluate(() => window.bridge.invoke('admin.status'))).toMatchObject({ ok: true, value: { state: 'online' } })
})

test('ends its session with its window', async ({ atWork, office }) => {
  expect(linksTo(office.port)).toBe(1)
  const page = await administer(atWork)
  expect(linksTo(office.port)).toBe(2)
  await page.close()
  await expect.poll(() => linksTo(office.port)).toBe(1)
})

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from './support/fixtures.ts'
import { executable, parameters } from './support/program.ts'

test('is one program however often it is started, and a link fills the dial box without dialling', async ({ atWork, desktop, home, office }) => {
  const page = await atWork.page('main')
  const second = spawn(executable(), parameters(home, ['tel:+49-30-2312-5001']), { env: desktop.env, stdio: 'ignore' })
  expect((await once(second, 'exit'))[0]).toBe(0)

  const box = page.getByLabel('Number to dial')
  await expect(box).toHaveValue(/30/)
  await expect(page.getByText('A link wants to dial this number.', { exact: false })).toBeVisible()
  // Nothing rings before the person says so.
  expect(await page.evaluate(() => window.bridge.invoke('pbx.snapshot'))).toMatchObject({ value: { tables: { dials: {} } } })

  office.dialAnswer('answer')
  office.myPhone('lift')
  await box.press('Enter')
  await expect(page.getByRole('button', { name: 'Hang up' }).first()).toBeVisible()
})

test('brings the window of the first start to the front', async ({ atWork, desktop, home }) => {
  const page = await atWork.page('main')
  await page.keyboard.down('Escape')
  const isVisible = () => atWork.ask(({ BrowserWindow }) => BrowserWindow.getAllWindows().some(window => window.getTitle() === 'Ringside' && window.isVisible()))
  await expect.poll(isVisible).toBe(false)
  const second = spawn(executable(), parameters(home), { env: desktop.env, stdio: 'ignore' })
  await once(second, 'exit')
  await expect.poll(isVisible).toBe(true)
})

test('opens the dial box with the link that started it', async ({ start }) => {
  const page = await (await start(['--demo', 'tel:5550100'])).page('main')
  await expect(page.getByLabel('Number to dial')).toHaveValue(/555/)
})

test('says what is wrong with a link that hides something else', async ({ start }) => {
  const page = await (await start(['--demo', 'tel:555;phone-context=x\r\nAction: Originate'])).page('main')
  await expect(page.getByRole('status', { name: 'Notices' }).getByRole('article')).toHaveCount(1)
  await expect(page.getByLabel('Number to dial')).toHaveValue('')
})

test('follows no link when the person does not want it', async ({ home, start }) => {
  home.write('settings.json', { version: 1, demo: true, preferences: { openDialFromLinks: false } })
  const page = await (await start(['tel:5550100'])).page('main')
  await expect(page.getByText('Free', { exact: true }).first()).toBeVisible()
  await expect(page.getByLabel('Number to dial')).toHaveValue('')
  expect(home.log()).toContain('A link was not followed')
})

import { expect, settingsFor, test, unlock } from './support/fixtures.ts'

test('a call to return is still to be returned after the next start', async ({ home, office, start }) => {
  home.write('settings.json', settingsFor(office))
  const program = await start()
  await unlock(program, office)
  const call = office.incoming({ name: 'Jana Nováková', number: '+493023125001' })
  await expect.poll(() => call.rings()).toBe(true)
  call.callerHangsUp()
  const list = (page: Awaited<ReturnType<typeof program.page>>) => page.getByRole('region', { name: 'To call back' })
  await expect(list(await program.page('main')).getByText('Jana Nováková').first()).toBeVisible()
  // At once: what waits to be written is written at the end.
  expect(await program.end()).toBe(0)
  expect(JSON.parse(home.read('calls-to-return.json'))).toMatchObject({ version: 1, offices: { [`127.0.0.1:${office.port}/1001`]: [{ kind: 'missed', caller: { number: '+493023125001' } }] } })

  const next = await start()
  await unlock(next, office)
  await expect(list(await next.page('main')).getByText('Jana Nováková').first()).toBeVisible()
})

test('a list of calls to return that it does not understand is kept, and said', async ({ home, start }) => {
  home.write('calls-to-return.json', '{"version":1,"off')
  const page = await (await start(['--demo'])).page('main')
  await expect(page.getByText('The list “To call back” could not be read', { exact: false })).toBeVisible()
  expect(home.read('calls-to-return.corrupt-1.json')).toBe('{"version":1,"off')
})

test('my agent logs in by a call of my phone, and out by a button', async ({ start }) => {
  const page = await (await start(['--demo'])).page('main')
  await page.getByRole('tab', { name: /Queues/ }).click()
  const agent = page.getByRole('region', { name: 'Agent Alex Winter' })
  await agent.getByRole('button', { name: 'Log agent in' }).click()
  await expect(agent.getByText('Logged in', { exact: true })).toBeVisible({ timeout: 30_000 })
  await agent.getByRole('button', { name: 'Log agent out' }).click()
  await expect(agent.getByText('Logged out', { exact: true })).toBeVisible()
})

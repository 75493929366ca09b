import { Buffer } from 'node:buffer'
import { expect, test } from './support/fixtures.ts'

test('shows state and voicemail in the tray, in picture, words and menu', async ({ atWork, desktop, office }) => {
  await atWork.page('main')
  const tray = desktop.tray()
  const free = await tray.until(({ tooltip }) => /1001: Free/.test(tooltip))
  expect(free.tooltip).toBe('Ringside – 1001: Free – 1 new voicemail message')
  expect(free.menu.filter(({ separator }) => !separator).map(({ enabled, label }) => [label, enabled])).toEqual([
    ['1001: Free', false],
    ['1 new voicemail message', false],
    ['Call my mailbox', true],
    ['Show Ringside', true],
    ['Settings', true],
    ['Quit Ringside', true],
  ])

  const call = office.incoming({ name: 'Jana Nováková', number: '+493023125001' })
  const ringing = await tray.until(({ tooltip }) => /Ringing/.test(tooltip))
  call.answer()
  const talking = await tray.until(({ tooltip }) => /In a call/.test(tooltip))
  call.callerHangsUp()
  await tray.until(({ tooltip }) => /1001: Free/.test(tooltip))
  await office.stop()
  const offline = await tray.until(({ tooltip }) => /Not connected|Connecting/.test(tooltip))

  const pictures = [free, ringing, talking, offline].map(({ pictures: [picture] }) => Buffer.from(picture?.rgba ?? []).toString('base64'))
  expect(new Set(pictures).size).toBe(4)
})

test('opens the window, its settings, and ends from the tray', async ({ atWork, desktop }) => {
  const page = await atWork.page('main')
  const tray = desktop.tray()
  await tray.until(({ menu }) => menu.length > 0)
  await tray.choose('Settings')
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible()
  const ended = new Promise(done => atWork.app.process().once('exit', done))
  await tray.choose('Quit Ringside')
  expect(await ended).toBe(0)
})

test('calls the mailbox from the tray', async ({ atWork, desktop }) => {
  const page = await atWork.page('main')
  await desktop.tray().until(({ menu }) => menu.some(({ label }) => label === 'Call my mailbox'))
  await desktop.tray().choose('Call my mailbox')
  await expect(page.getByText('*97').first()).toBeVisible()
})

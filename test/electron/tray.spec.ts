import type { Tray, TrayItem } from '../../build/desktop/tray.ts'
import { Buffer } from 'node:buffer'
import { expect, test } from './support/fixtures.ts'

/** Until the lists are read the menu is made anew again and again. */
const whenAtWork = (tray: Tray): Promise<TrayItem> => tray.until(({ tooltip }) => /1001: Free – 1 new/.test(tooltip))

test('shows state and voicemail in the tray, in picture, words and menu', async ({ atWork, desktop, office }) => {
  await atWork.page('main')
  const tray = desktop.tray()
  const free = await whenAtWork(tray)
  expect(free.tooltip).toBe('Ringside – 1001: Free – 1 new voicemail message')
  expect(free.menu.filter(({ separator }) => !separator).map(({ enabled, label }) => [label, enabled])).toEqual([
    ['1001: Free', false],
    ['1 new voicemail message', false],
    ['Listen to my voicemail', true],
    ['Show Ringside', true],
    ['Settings', true],
    ['Quit Ringside', true],
  ])

  const call = office.incoming({ name: 'Jana Nováková', number: '+493023125001' })
  const ringing = await tray.until(({ tooltip }) => /Ringing/.test(tooltip))
  call.answer()
  const talking = await tray.until(({ tooltip }) => /On a call/.test(tooltip))
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
  await whenAtWork(tray)
  await tray.choose('Settings')
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible()
  const ended = new Promise(done => atWork.app.process().once('exit', done))
  await tray.choose('Quit Ringside')
  expect(await ended).toBe(0)
})

test('calls the mailbox from the tray', async ({ atWork, desktop }) => {
  const page = await atWork.page('main')
  await whenAtWork(desktop.tray())
  await desktop.tray().choose('Listen to my voicemail')
  await expect(page.getByText('*97').first()).toBeVisible()
})

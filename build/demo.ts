// Shows Ringside at work where there is no screen: a minute in the demo office on a virtual desktop, kept in pictures.
import type { ElectronApplication, Locator, Page } from '@playwright/test'
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { _electron as electron } from '@playwright/test'
import texts from '../renderer/locales/en.json' with { type: 'json' }
import { startDesktop } from './desktop/desktop.ts'
import { ROOT } from './project.mjs'
import { say } from './say.mjs'

/** The office keeps time by itself; a slow machine may need longer for everything else. */
const PATIENCE_MS = 45_000
/** What is in the page is on the screen two frames later. */
const PAINTED = 'new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))'
const NUMBER_TO_DIAL = '020 7946 0163'
/** The extension of the colleague who answers the third call of the minute. */
const TAKES_THE_GROUP = '1002'

const { values } = parseArgs({ options: { output: { type: 'string', default: join(ROOT, 'pictures') } } })
const folder = resolve(values.output)
mkdirSync(folder, { recursive: true })

say('there is no screen here: playing a minute in the demo office on a virtual desktop')
const desktop = await startDesktop({ width: 1280, height: 800, background: 'gradient:#2b3a4a-#6d8299', tray: true, notifications: true })
try {
  const program = await electron.launch({
    executablePath: process.execPath,
    args: [
      ROOT,
      '--demo=minute',
      '--password-store=basic',
      ...(process.getuid?.() === 0
        ? ['--no-sandbox']
        : []),
    ],
    env: { ...desktop.env },
  })
  try {
    await playAndTakePictures(program)
  }
  finally {
    await program.close()
  }
}
finally {
  await desktop.stop()
}
say(`the pictures are in ${folder}`)

async function playAndTakePictures(program: ElectronApplication): Promise<void> {
  const main = await windowOf(program, 'main')
  const popup = await windowOf(program, 'popup')
  let count = 0
  const take = async (what: string, ...windows: readonly Page[]): Promise<void> => {
    const name = `${String(++count).padStart(2, '0')}-${what}`
    for (const window of windows)
      await window.evaluate(PAINTED)
    await desktop.screenshot(join(folder, `${name}.png`))
    for (const window of windows)
      await window.screenshot({ path: join(folder, `${name}-${window === main ? 'main' : 'popup'}.png`) })
    say(`${name}.png`)
  }

  await see(main.getByText(texts.line.state.idle, { exact: true }).first())
  await take('free', main)

  const alert = popup.getByRole('article')
  await see(alert.filter({ hasText: texts.alert.state.ringing }))
  await take('a-call-rings', main, popup)
  await see(main.getByRole('article').filter({ hasText: texts.call.state.up }))
  await take('answered', main, popup)

  await see(alert.filter({ hasText: texts.alert.state.ringing }))
  await see(alert.filter({ hasNotText: texts.alert.state.ringing }))
  await take('not-answered', main, popup)
  await see(main.getByText(newMessages(2)))
  await take('voicemail-arrived', main)

  const field = main.getByLabel(texts.dial.field, { exact: true })
  await field.fill(NUMBER_TO_DIAL)
  await see(main.getByText(texts.dial.dials.split('{')[0] ?? '').first())
  await take('about-to-dial', main)
  await field.press('Enter')
  await see(main.getByText(myPhoneRings()))
  await take('my-phone-rings-first', main)
  await see(main.getByRole('article').filter({ hasText: texts.call.state.up }))
  await take('dialled', main)

  await see(alert.filter({ hasText: texts.alert.state.ringing }))
  await take('the-group-rings', main, popup)
  await see(alert.filter({ hasText: /Answered by/ }))
  await take('answered-by-a-colleague', main, popup)

  await main.getByRole('button', { name: texts.app.settings }).click()
  await see(main.getByRole('heading', { name: texts.settings.heading }))
  await take('settings', main)
  await main.keyboard.press('Escape')

  // The minute is over once the colleague has hung up; from here on there is time.
  await widen(program)
  await main.getByRole('tab', { name: startsWith(texts.tabs.people) }).click()
  await see(main.getByRole('listitem').filter({ hasText: TAKES_THE_GROUP }).filter({ hasText: texts.line.state.idle }))
  await field.fill(NUMBER_TO_DIAL)
  await field.press('Enter')
  const call = main.getByRole('article').filter({ hasText: texts.call.state.up })
  await see(call)
  await take('people-while-on-a-call', main)
  await main.getByRole('radio', { name: texts.people.view.board }).check({ force: true })
  await take('everybody-at-a-glance', main)
  await main.keyboard.press('F1')
  await see(main.getByRole('dialog', { name: texts.keys.heading }))
  await take('by-keyboard', main)
  await main.keyboard.press('Escape')
  await main.getByRole('tab', { name: startsWith(texts.tabs.queues) }).click()
  await take('queues', main)
  await call.getByRole('button', { name: texts.call.park }).click()
  await call.getByRole('group', { name: texts.call.park }).getByRole('button').first().click()
  await main.getByRole('tab', { name: startsWith(texts.tabs.parking) }).click()
  await see(main.getByRole('button', { name: texts.parking.takeBack }))
  await take('parked', main)
}

/** A tab tells how much waits in it after its name. */
function startsWith(name: string): RegExp {
  return new RegExp(`^${name}\\b`)
}

/** Room for two columns, as on the desk of an operator. */
async function widen(program: ElectronApplication): Promise<void> {
  await program.evaluate(({ BrowserWindow }) => {
    const main = BrowserWindow.getAllWindows().find(one => one.webContents.getURL().includes('/main/'))
    main?.setBounds({ x: 60, y: 60, width: 1060, height: 680 })
  })
}

function newMessages(count: number): string {
  const [, , many = ''] = texts.voicemail.new.split(' | ')
  return many.replace('{n}', String(count))
}

function myPhoneRings(): string {
  return texts.dial.progress['my-phone-rings'].replace('{phone}', '1001')
}

async function see(what: Locator): Promise<void> {
  await what.first().waitFor({ timeout: PATIENCE_MS })
}

/** The window whose page lies in this folder, as soon as there is one. */
async function windowOf(program: ElectronApplication, name: string): Promise<Page> {
  const isIt = (page: Page): boolean => page.url().includes(`/${name}/`)
  return program.windows().find(isIt) ?? program.waitForEvent('window', { predicate: isIt, timeout: PATIENCE_MS })
}

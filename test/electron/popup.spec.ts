import type { Desktop } from '../../build/desktop/desktop.ts'
import type { Running } from './support/program.ts'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from './support/fixtures.ts'

interface PopupState {
  readonly visible: boolean
  readonly bounds: { readonly x: number, readonly y: number, readonly width: number, readonly height: number }
}

function popupState(program: Running): Promise<PopupState | null> {
  return program.ask(({ BrowserWindow }) => {
    const popup = BrowserWindow.getAllWindows().find(window => window.webContents.getURL().includes('/popup/'))
    return popup === undefined ? null : { visible: popup.isVisible(), bounds: popup.getBounds() }
  })
}

/** An editor of somebody else: a window that has the focus and collects what is typed. */
async function openEditor(desktop: Desktop): Promise<{ readonly typed: () => string, readonly close: () => Promise<void> }> {
  const editor = spawn('xev', ['-event', 'keyboard', '-name', 'somebody elses editor'], { env: desktop.env, stdio: ['ignore', 'pipe', 'ignore'] })
  let output = ''
  editor.stdout.setEncoding('utf8').on('data', (text: string) => { output += text })
  await desktop.run('xdotool', 'search', '--sync', '--onlyvisible', '--name', 'somebody elses editor', 'windowfocus', '--sync')
  return {
    typed: () => [...output.matchAll(/^KeyPress event[\s\S]*?XLookupString gives \d+ bytes: \([^)]*\) "([^"]*)"/gm)].map(([, text]) => text).join(''),
    async close() {
      const gone = once(editor, 'exit')
      editor.kill()
      await gone
    },
  }
}

test('pops up who rings, once, and ends with what became of the call', async ({ atWork, office }) => {
  const popup = await atWork.page('popup')
  expect((await popupState(atWork))?.visible).toBe(false)
  const call = office.incoming({ name: 'Jana Nováková', number: '+493023125001' })
  const card = popup.getByRole('article')
  await expect(card).toHaveCount(1)
  await expect(card).toContainText('Jana Nováková')
  await expect(card).toContainText('Incoming call')
  await expect.poll(async () => (await popupState(atWork))?.visible).toBe(true)
  const height = await popup.evaluate(() => document.querySelector('main')?.getBoundingClientRect().height ?? 0)
  await expect.poll(async () => (await popupState(atWork))?.bounds.height).toBe(Math.ceil(height))

  call.answer()
  await expect(card).toContainText('You answered')
  await expect(card).toHaveCount(0, { timeout: 10_000 })
  await expect.poll(async () => (await popupState(atWork))?.visible).toBe(false)
})

test('ends with where I sent the call, and no missed call is left of it', async ({ atWork, office }) => {
  const popup = await atWork.page('popup')
  const page = await atWork.page('main')
  const card = popup.getByRole('article')
  const jana = { name: 'Jana Nováková', number: '+493023125001' }

  const sent = office.incoming(jana)
  await card.getByRole('button', { name: 'Send to …' }).click()
  await card.getByRole('button', { name: /Priya Raghunathan/ }).click()
  await expect(card).toContainText('Sent on to Priya Raghunathan')
  sent.callerHangsUp()
  await expect(card).toHaveCount(0, { timeout: 10_000 })

  const parked = office.incoming(jana)
  await card.getByRole('button', { name: 'Park' }).click()
  await expect(card).toContainText('Parked')
  await expect(card).toHaveCount(0, { timeout: 10_000 })

  const rows = page.getByRole('region', { name: 'Recent calls' })
  await expect(rows.getByText('Forwarded', { exact: true })).toBeVisible()
  await expect(rows.getByText('Parked', { exact: true })).toBeVisible()
  await expect(rows.getByText('Missed', { exact: true })).toHaveCount(0)

  // Nobody has spoken to whoever gives up in the lot.
  parked.callerHangsUp()
  await expect(rows.getByText('Missed', { exact: true })).toBeVisible()
})

test('stacks the calls that ring at the same time in one window', async ({ atWork, office }) => {
  const popup = await atWork.page('popup')
  office.incoming({ name: 'First', number: '+15550101' })
  await expect(popup.getByRole('article')).toHaveCount(1)
  const one = (await popupState(atWork))?.bounds.height ?? 0
  office.incoming({ name: 'Second', number: '+15550102', to: 'group' })
  await expect(popup.getByRole('article')).toHaveCount(2)
  await expect.poll(async () => (await popupState(atWork))?.bounds.height ?? 0).toBeGreaterThan(one * 1.5)
  expect(await atWork.ask(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(2)
})

test('takes no key and no focus from who types elsewhere', async ({ atWork, desktop, office }) => {
  const popup = await atWork.page('popup')
  const editor = await openEditor(desktop)
  const before = await desktop.run('xdotool', 'getwindowfocus')
  const text = 'thequickbrownfoxjumpsoverthelazydog'.repeat(3)
  const typing = desktop.run('xdotool', 'type', '--delay', '12', text)
  const call = office.incoming({ name: 'Jana Nováková', number: '+493023125001' })
  await expect.poll(async () => (await popupState(atWork))?.visible).toBe(true)
  await typing
  await expect.poll(() => editor.typed()).toBe(text)
  expect(await desktop.run('xdotool', 'getwindowfocus')).toBe(before)

  // A click works all the same, and takes nothing either.
  const bounds = (await popupState(atWork))?.bounds
  const button = await popup.getByRole('button', { name: 'Decline' }).boundingBox()
  await desktop.run('xdotool', 'mousemove', String(Math.round((bounds?.x ?? 0) + (button?.x ?? 0) + 20)), String(Math.round((bounds?.y ?? 0) + (button?.y ?? 0) + 12)), 'click', '1')
  await expect.poll(() => call.rings()).toBe(false)
  await expect(popup.getByRole('article')).toContainText('Declined')
  expect(await desktop.run('xdotool', 'getwindowfocus')).toBe(before)
  await editor.close()
})

test('lies above a window that is raised later', async ({ atWork, desktop, office }) => {
  const popup = await atWork.page('popup')
  office.incoming({ name: 'Jana Nováková', number: '+493023125001' })
  await expect(popup.getByRole('article')).toHaveCount(1)
  const state = await popupState(atWork)
  const editor = await openEditor(desktop)
  const place = { x: state?.bounds.x ?? 0, y: state?.bounds.y ?? 0 }
  await desktop.run('xdotool', 'search', '--name', 'somebody elses editor', 'windowmove', String(place.x), String(place.y), 'windowsize', '300', '200', 'windowraise')
  await desktop.run('xdotool', 'mousemove', String(place.x + 100), String(place.y + 40))
  const under = /WINDOW=(\d+)/.exec(await desktop.run('xdotool', 'getmouselocation', '--shell'))?.[1] ?? ''
  expect(await desktop.run('xdotool', 'getwindowname', under)).toContain('incoming call')
  await editor.close()
})

test('stays away when the person does not want it', async ({ atWork, office }) => {
  const page = await atWork.page('main')
  await page.evaluate(() => window.bridge.invoke('preferences.set', { popup: false }))
  const call = office.incoming({ name: 'Jana Nováková', number: '+493023125001' })
  await expect(page.getByText('Jana Nováková').first()).toBeVisible()
  expect(call.rings()).toBe(true)
  expect((await popupState(atWork))?.visible ?? false).toBe(false)
})

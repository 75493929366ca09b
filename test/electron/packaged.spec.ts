import type { Browser, Page } from '@playwright/test'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { chromium } from '@playwright/test'
import { runProgram, startChild } from '../../build/desktop/child.ts'
import { expect, test } from './support/fixtures.ts'
import { executable, ROOT } from './support/program.ts'

// What people install is another program than the one of the other tests: sealed in an archive, and with its back doors closed.
test.describe.configure({ mode: 'serial', timeout: 180_000 })

let folder = ''
let program = ''
const noSandbox = process.getuid?.() === 0 || process.env['RINGSIDE_NO_SANDBOX'] ? ['--no-sandbox'] : []

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ringside-packaged-'))
  await runProgram(executable(), [join(ROOT, 'build/run.mjs'), 'package', '--test-only', '--output', folder, 'dir'], {
    ...Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined)),
    ELECTRON_RUN_AS_NODE: '1',
  })
  program = join(folder, 'linux-unpacked/ringside')
})
test.afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('holds the built program and nothing of the workshop', () => {
  const resources = join(folder, 'linux-unpacked/resources')
  expect(readdirSync(resources)).toEqual(['app.asar'])
  // Electron's Node looks into archives.
  expect(readdirSync(join(resources, 'app.asar')).toSorted()).toEqual(['out', 'package.json'])
  expect(readdirSync(join(resources, 'app.asar/out')).toSorted()).toEqual(['main', 'preload', 'renderer'])
})

test('says that it is for tests only while it holds the test copy of Electron', () => {
  test.skip(!existsSync(join(executable(), '../ORIGIN')), 'the Electron of this run is an official one')
  expect(existsSync(join(folder, 'linux-unpacked/ORIGIN'))).toBe(true)
})

test('starts, shows the demo office and ends by a signal', async ({ desktop, home }) => {
  const { child, line } = await startChild(program, [...noSandbox, '--disable-gpu', '--password-store=basic', `--user-data-dir=${home.folder}`, '--remote-debugging-port=0', '--demo'], {
    env: desktop.env,
    ready: /DevTools listening on (ws:\S+)/,
  })
  const browser = await chromium.connectOverCDP(line?.[1] ?? '')
  try {
    const page = await mainPage(browser)
    await expect(page.getByText('Free', { exact: true }).first()).toBeVisible()
    expect(await page.evaluate('typeof require + typeof process')).toBe('undefinedundefined')
  }
  finally {
    await browser.close()
    await child.stop()
  }
  expect(home.log()).toContain('The end')
})

test('runs nobody else\'s code: it is no Node, listens to no debugger, and loads nothing but its archive', async ({ desktop, home }) => {
  const { child, line } = await startChild(program, [...noSandbox, '--disable-gpu', '--password-store=basic', `--user-data-dir=${home.folder}`, '--remote-debugging-port=0', '--inspect=0', '--demo', '-e', 'console.log(`I am Node`)'], {
    env: { ...desktop.env, ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '--require=/nothing/there.cjs' },
    // Whichever comes first; a Node would say its own line, a debugger the second.
    ready: /I am Node|Debugger listening|Cannot find module|DevTools listening/,
  })
  await child.stop()
  expect(line?.[0]).toBe('DevTools listening')
})

async function mainPage(browser: Browser): Promise<Page> {
  const [context] = browser.contexts()
  if (context === undefined)
    throw new Error('the program has no pages')
  const isMain = (page: Page): boolean => page.url().includes('/windows/main/')
  return context.pages().find(isMain) ?? context.waitForEvent('page', { predicate: isMain })
}

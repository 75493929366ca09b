import type { Page } from '@playwright/test'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { startDesktop } from '../../build/desktop/desktop.ts'
import { expect, test } from './support/fixtures.ts'
import { startProgram } from './support/program.ts'

const SECRET = 'kingfisher-umbrella-7441'

/** Files under a folder in which this text stands, as it is or in Base64. */
function filesWith(folder: string, text: string): readonly string[] {
  const forms = [text, btoa(text).replace(/=+$/, '')]
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .filter(path => forms.some(form => readFileSync(path, 'latin1').includes(form)))
}

function save(page: Page, keepSecret: 'keystore' | 'session', port: number, secret: string): Promise<unknown> {
  return page.evaluate(([keepSecret, port, secret]) => window.bridge.invoke('setup.save', {
    server: { host: '127.0.0.1', port, tls: false, username: 'companion', secret, fingerprint: null, authority: null },
    line: { extension: '1001', hintContext: 'hints', devices: ['PJSIP/1001'], mailboxes: [], dialContext: 'internal', voicemailNumber: '', voicemailExten: '', outsidePrefix: '' },
    keepSecret,
  }), [keepSecret, port, secret] as const)
}

test('keeps the secret sealed by the key store and opens it after a restart', async ({ home, office }) => {
  const desktop = await startDesktop({ keyring: true })
  const store = ['--password-store=gnome-libsecret']
  try {
    const first = await startProgram(desktop, home, store)
    const page = await first.page('main')
    expect(await page.evaluate(() => window.bridge.invoke('app.info'))).toMatchObject({ value: { keyStore: { available: true, backend: 'gnome_libsecret' } } })
    expect(await save(page, 'keystore', office.port, office.secret)).toMatchObject({ ok: true, value: { profile: { secretIsSet: true, secretKept: 'keystore' } } })
    await expect(page.getByText('Free', { exact: true }).first()).toBeVisible()
    expect(await first.end()).toBe(0)
    expect(filesWith(home.folder, office.secret)).toEqual([])

    const second = await startProgram(desktop, home, store)
    try {
      await expect((await second.page('main')).getByText('Free', { exact: true }).first()).toBeVisible()
    }
    finally {
      await second.end('SIGKILL')
    }
  }
  finally {
    await desktop.stop()
  }
})

test('keeps the secret for the session only where there is no key store', async ({ home, start }) => {
  const program = await start()
  const page = await program.page('main')
  expect(await page.evaluate(() => window.bridge.invoke('app.info'))).toMatchObject({ value: { keyStore: { available: false } } })
  expect(await save(page, 'keystore', 9, SECRET)).toMatchObject({ ok: false, error: { code: 'no-key-store' } })
  expect(await save(page, 'session', 9, SECRET)).toMatchObject({ ok: true, value: { profile: { secretIsSet: true, secretKept: 'session' } } })
  await expect.poll(() => home.log()).not.toBe('')
  expect(await program.end()).toBe(0)
  expect(filesWith(home.folder, SECRET)).toEqual([])
})

test('shows no page the secret that it stored', async ({ start }) => {
  const program = await start()
  const page = await program.page('main')
  await save(page, 'session', 9, SECRET)
  const told = await page.evaluate(async () => JSON.stringify(await Promise.all([window.bridge.invoke('app.info'), window.bridge.invoke('pbx.snapshot'), window.bridge.invoke('preferences.get')])))
  expect(told).not.toContain(SECRET)
})

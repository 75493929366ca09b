import type { Desktop, DesktopOptions } from '../../../build/desktop/desktop.ts'
import type { DemoPbx, ScriptedDemo } from '../../../main/demo/demo-pbx.ts'
import type { Home, Running } from './program.ts'
import { test as base } from '@playwright/test'
import { startDesktop } from '../../../build/desktop/desktop.ts'
import { systemClock } from '../../../main/clock.ts'
import { createDemoPbx } from '../../../main/demo/demo-pbx.ts'
import { createHome, startProgram } from './program.ts'

export { expect } from '@playwright/test'

export interface Fixtures {
  readonly home: Home
  readonly start: (more?: readonly string[], env?: Readonly<Record<string, string>>) => Promise<Running>
  /** An office whose calls the test makes, listening on loopback. */
  readonly office: ScriptedDemo
  /** The program, connected to the office as extension 1001. */
  readonly atWork: Running
}

export interface WorkerFixtures {
  readonly desktopOptions: DesktopOptions
  readonly desktop: Desktop
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  desktopOptions: [{ tray: true, notifications: true }, { scope: 'worker', option: true }],
  desktop: [async ({ desktopOptions }, use) => {
    const desktop = await startDesktop(desktopOptions)
    await use(desktop)
    await desktop.stop()
  }, { scope: 'worker' }],
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the names in the braces.
  home: async ({}, use) => {
    const home = createHome()
    await use(home)
    home.remove()
  },
  start: async ({ desktop, home }, use, info) => {
    const running: Running[] = []
    await use(async (more, env) => {
      const program = await startProgram(desktop, home, more, env)
      running.push(program)
      return program
    })
    for (const program of running)
      await program.end('SIGKILL')
    if (info.status !== info.expectedStatus)
      await info.attach('ringside.log', { body: home.log(), contentType: 'text/plain' })
  },
  // eslint-disable-next-line no-empty-pattern -- as above
  office: async ({}, use) => {
    const office = createDemoPbx({ clock: systemClock, random: Math.random, scenario: 'scripted' })
    await office.start()
    await use(office)
    await office.stop()
  },
  atWork: async ({ home, office, start }, use) => {
    home.write('settings.json', settingsFor(office))
    const program = await start()
    await unlock(program, office)
    await use(program)
  },
})

/** Settings of extension 1001 at the office; the secret is not in them. */
export function settingsFor(office: Pick<DemoPbx, 'port' | 'username'>, preferences: object = {}): object {
  return {
    version: 1,
    profile: {
      host: '127.0.0.1',
      port: office.port,
      tls: false,
      username: office.username,
      fingerprint: null,
      authority: null,
      extension: '1001',
      hintContext: 'hints',
      devices: ['PJSIP/1001'],
      mailboxes: ['1001@default'],
      dialContext: 'internal',
      voicemailNumber: '*97',
      voicemailExten: '*1001',
      outsidePrefix: '',
      sealedSecret: null,
    },
    preferences,
  }
}

/** Types the secret, as a person does after each start where there is no key store, and waits until the line is known, or whatever else is to be seen then. */
export async function unlock(program: Running, office: Pick<DemoPbx, 'secret'>, seen: string | RegExp = 'Free'): Promise<void> {
  const page = await program.page('main')
  await page.getByLabel(/^Password for/).fill(office.secret)
  await page.getByRole('button', { name: 'Connect', exact: true }).click()
  await page.getByText(seen, { exact: true }).first().waitFor()
}

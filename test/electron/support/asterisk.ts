import type { Locator, Page } from '@playwright/test'
import type { AsteriskVersion } from '../../asterisk/support/provision.ts'
import { provisionAsterisk } from '../../asterisk/support/provision.ts'
import { test } from './fixtures.ts'

/** The servers that tests of the windows meet. */
export const VERSIONS: readonly AsteriskVersion[] = ['16', '22']

/** Who calls through the provider. */
export const KARLA = { name: 'Karla Customer', number: '+15550100' }

/** Gets a server, for a hook before all tests of a group: the first run fetches it, and where it cannot be had they are skipped with the reason. */
export async function provide(version: AsteriskVersion): Promise<void> {
  test.setTimeout(300_000)
  const provision = await provisionAsterisk(version)
  test.skip(!provision.ok, provision.ok
    ? ''
    : provision.reason)
}

/** The card of a call, by who is in it. */
export const cardOf = (page: Page, name: string): Locator => page.getByRole('article').filter({ hasText: name })

import type { AsteriskProgram, AsteriskVersion } from './provision.ts'
import { describe } from 'vitest'
import { provisionAsterisk } from './provision.ts'

export const VERSIONS: readonly AsteriskVersion[] = ['16', '22']

/** A group of tests for each real Asterisk; where one cannot be had the group is skipped and its name says why. */
export async function describeAsterisk(name: string, body: (program: AsteriskProgram) => void): Promise<void> {
  for (const version of VERSIONS) {
    const provision = await provisionAsterisk(version)
    if (provision.ok) {
      describe(`${name}, Asterisk ${version}`, () => body(provision.program))
    }
    else {
      describe.skip(`${name}: ${provision.reason}`, () => body({
        version,
        banner: '',
        root: '',
        launch: '',
        modules: '',
        share: '',
      }))
    }
  }
}

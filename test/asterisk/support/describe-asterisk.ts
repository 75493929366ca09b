import type { AsteriskProgram, AsteriskVersion } from './provision.ts'
import process from 'node:process'
import { describe } from 'vitest'
import { provisionAsterisk } from './provision.ts'

const VERSIONS: readonly AsteriskVersion[] = ['16', '22']

/** A group of tests for each real Asterisk; where one cannot be had the group is skipped, and the reason is printed. */
export async function describeAsterisk(name: string, body: (program: AsteriskProgram) => void): Promise<void> {
  for (const version of VERSIONS) {
    const provision = await provisionAsterisk(version)
    if (provision.ok) {
      describe(`${name}, ${provision.program.banner}`, () => body(provision.program))
    }
    else {
      // A reporter shows neither groups that were skipped nor why.
      process.stderr.write(`SKIPPED ${name}: ${provision.reason}\n`)
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

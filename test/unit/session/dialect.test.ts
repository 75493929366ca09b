import { expect, it } from 'vitest'
import { readGreeting } from '../../../main/ami/session/dialect.ts'

it.each([
  ['1.0', 'legacy'],
  ['1.1', 'middle'],
  ['1.3', 'middle'],
  ['2.0.0', 'modern'],
  ['2.10.6', 'modern'],
  ['11.0.0', 'modern'],
  ['99.1', 'modern'],
  ['certified', 'modern'],
] as const)('takes a greeting with version %s for %s', (amiVersion, dialect) => {
  const banner = `Asterisk Call Manager/${amiVersion}`
  expect(readGreeting(`${banner} `)).toEqual({ banner, amiVersion, dialect })
})

it.each(['', 'HTTP/1.1 400 Bad Request', 'Asterisk Call Manager Proxy/1.21', 'OpenSIPS'])('does not take %j for a greeting', (line) => {
  expect(readGreeting(line)).toBeNull()
})

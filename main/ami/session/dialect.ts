import type { Dialect } from './types.ts'

export interface Greeting {
  readonly banner: string
  readonly amiVersion: string
  readonly dialect: Dialect
}

const GREETING = 'Asterisk Call Manager/'

/** What the first line of a server says; null where it is no Asterisk, a proxy with a greeting of its own included. */
export function readGreeting(line: string): Greeting | null {
  const banner = line.trim()
  if (!banner.startsWith(GREETING))
    return null
  const amiVersion = banner.slice(GREETING.length)
  return { banner, amiVersion, dialect: dialectOf(amiVersion) }
}

/** A version that nobody knows is newer than we are. */
function dialectOf(amiVersion: string): Dialect {
  const [, major, minor] = /^(\d+)(?:\.(\d+))?/.exec(amiVersion) ?? []
  if (major === '0' || (major === '1' && (minor === undefined || minor === '0')))
    return 'legacy'
  return major === '1' ? 'middle' : 'modern'
}

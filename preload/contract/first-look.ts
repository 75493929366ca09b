/**
 * Where main is about to connect, as far as a page can be told before main has read itself whole. It stands behind the `#` of the
 * page's address, so that the page has it without asking.
 */
export interface FirstLook {
  /** As in the view of the connection. */
  readonly server: string
  readonly secured: boolean
  readonly demo: boolean
}

export function writeFirstLook({ server, secured, demo }: FirstLook): string {
  return new URLSearchParams({ server, secured: String(secured), demo: String(demo) }).toString()
}

/** Reads what follows the `#`, with or without it; null when main had nothing to say. */
export function readFirstLook(hash: string): FirstLook | null {
  const words = new URLSearchParams(hash.replace(/^#/, ''))
  const server = words.get('server')
  return server === null
    ? null
    : { server, secured: words.get('secured') === 'true', demo: words.get('demo') === 'true' }
}

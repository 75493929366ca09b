export interface Redactor {
  /** The text without secrets and numbers. */
  readonly clean: (text: string) => string
  /** From now on this value is removed wherever it stands. */
  readonly hide: (secret: string) => void
}

const SECRET = /\b(secret|password|passwd|key|authorization|token)(["']?\s*[:=]\s*)("[^"]*"|'[^']*'|[^\s,;}]+)/gi
/** Addresses and times are no telephone numbers. */
const KEPT = /\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\b|\b\d{4}-\d{2}-\d{2}(?:T[\d:.]+Z?)?\b|:\d+:\d+/g
const NUMBER = /\+?\d[\d\s()/-]{4,}\d/g
const LINK = /\b(tel|callto|sip|sips):\S+/gi
/** Shorter ones would tear holes into ordinary words. */
const SHORTEST_SECRET = 4

/** Removes what must not stand in a log: known secrets, what is named like one, telephone numbers. */
export function createRedactor(): Redactor {
  const secrets = new Set<string>()
  return {
    hide(secret) {
      if (secret.length >= SHORTEST_SECRET)
        secrets.add(secret)
    },
    clean(text) {
      let rest = text
      for (const secret of secrets)
        rest = rest.replaceAll(secret, '[secret]')
      rest = rest.replace(SECRET, '$1$2[secret]').replace(LINK, '$1:[number]')
      return withoutNumbers(rest)
    },
  }
}

function withoutNumbers(text: string): string {
  let out = ''
  let from = 0
  for (const kept of text.matchAll(KEPT)) {
    out += text.slice(from, kept.index).replace(NUMBER, '[number]') + kept[0]
    from = kept.index + kept[0].length
  }
  return out + text.slice(from).replace(NUMBER, '[number]')
}

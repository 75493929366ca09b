/** What releases write where they have nothing to say; `anonymous` is what SIP puts for a withheld number. */
const NOTHING = /^(?:<unknown>|<null>|\(null\)|unknown)?$/i
const WITHHELD = /^(?:anonymous|restricted|withheld)$/i
const ESCAPES: Readonly<Record<string, string>> = {
  n: ' ',
  r: ' ',
  t: ' ',
  a: ' ',
  b: ' ',
  f: ' ',
  v: ' ',
}

/** A value, or null where the server says that there is none or says nothing. */
export function given(value: string | undefined): string | null {
  return value === undefined || NOTHING.test(value.trim())
    ? null
    : value
}

export function numberGiven(value: string | undefined): string | null {
  const number = given(value)
  return number === null || WITHHELD.test(number.trim())
    ? null
    : number
}

/** A whole number; null for anything else. */
export function integer(value: string | undefined): number | null {
  return value !== undefined && /^\s*-?\d+\s*$/.test(value)
    ? Number(value)
    : null
}

/** A number that may have a fraction; null for anything else. */
export function decimal(value: string | undefined): number | null {
  return value !== undefined && /^\s*-?\d+(?:\.\d+)?\s*$/.test(value)
    ? Number(value)
    : null
}

/** `yes`, `1`, `On`, `true`, `Success`: releases do not agree on a word. */
export function isTrue(value: string | undefined): boolean {
  return value !== undefined && /^(?:1|yes|true|on|[yt]|success)$/i.test(value.trim())
}

/** Undoes the C escapes of 13.5 and later; what would be a control character is a blank. */
export function unescape(value: string): string {
  return value.replace(/\\(.)/gs, (_, char: string) => ESCAPES[char] ?? char)
}

import type { ErrorCode } from '#contract/result.ts'
import { parsePhoneNumberFromString } from 'libphonenumber-js/min'

export interface DialTextOptions {
  /** Dialled before numbers that lead outside. */
  readonly outsidePrefix: string
  /** My own extension: numbers no longer than it stay inside. */
  readonly internal?: string
}

export type DialText = { readonly ok: true, readonly number: string, readonly display: string } | { readonly ok: false, readonly code: ErrorCode }

interface TelUri {
  /** Digits, `*`, `#`, with a leading `+` when it is global. */
  readonly number: string
  readonly extension: string | null
}

const LONGEST = 40
/** The longest number without a prefix when nothing is known of this site. */
const INSIDE_DIGITS = 4

const UNSEEN = /[\u00AD\u061C\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/gu
const GROUPING = /[\s().\u2010-\u2015\u2212/-]/gu
const KEYPAD: Readonly<Record<string, string>> = Object.fromEntries(
  [
    'ABC',
    'DEF',
    'GHI',
    'JKL',
    'MNO',
    'PQRS',
    'TUV',
    'WXYZ',
  ].flatMap((letters, index) => [...letters].map(letter => [
    letter,
    String(index + 2),
  ])),
)

/** What a person typed, pasted or clicked, as it is dialled. What does not belong in a number is refused, never left out. */
export function readDialText(text: string, options: DialTextOptions): DialText {
  const seen = text.replace(UNSEEN, '').trim()
  if (seen === '')
    return { ok: false, code: 'number-empty' }
  if (/^(?:tel|callto):/i.test(seen)) {
    const uri = parseTelUri(seen)
    return uri
      ? finish(uri.number, groupNumber(uri.number), options)
      : { ok: false, code: 'number-invalid' }
  }
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u001F\u007F-\u009F\u2028\u2029]/.test(seen))
    return { ok: false, code: 'number-invalid' }
  const plain = plainDigits(seen)
  const spelled = fromKeypad(plain)
  if (spelled === null)
    return { ok: false, code: 'number-invalid' }
  // +49 (0)30: the trunk zero is for callers inside the country.
  const number = spelled.replace(/^(\s*\+[\d\s.-]+)\(0\)/u, '$1').replace(GROUPING, '')
  return /^\+?[\d*#]+$/.test(number)
    ? finish(number, plain.replace(/\s+/gu, ' ').trim(), options)
    : { ok: false, code: 'number-invalid' }
}

/** RFC 3966; null for what is no telephone number or hides something else in one. */
function parseTelUri(text: string): TelUri | null {
  const [, rest] = /^(?:tel|callto):(?:\/\/)?(.*)$/is.exec(text.trim()) ?? []
  if (rest === undefined)
    return null
  const decoded = decode(rest)
  if (decoded === null)
    return null
  const [subscriber = '', ...parameters] = plainDigits(decoded.replace(UNSEEN, '')).split(';')
  if (!/^\+?[\d*#\s().-]+$/u.test(subscriber) || parameters.some(parameter => !/^[\w-]+(?:=[\w.+:%*#()-]*)?$/.test(parameter)))
    return null
  const number = subscriber.replace(GROUPING, '')
  if (!/^\+?[\d*#]+$/.test(number))
    return null
  const extension = parameterOf(parameters, 'ext')?.replace(GROUPING, '') ?? null
  if (extension !== null && !/^\d+$/.test(extension))
    return null
  // A local number means something only together with its context, which is a prefix or a domain (RFC 3966 §5.1.5).
  const context = parameterOf(parameters, 'phone-context')
  const global = !number.startsWith('+') && context?.startsWith('+')
    ? context.replace(GROUPING, '') + number
    : number
  return /^\+?[\d*#]+$/.test(global)
    ? { number: global, extension }
    : null
}

/** A number that came without grouping, in groups that can be read aloud: a global one as its country writes it; short ones and codes stay whole. */
export function groupNumber(number: string): string {
  if (number.startsWith('+')) {
    const known = parsePhoneNumberFromString(number)
    return known?.isPossible()
      ? known.formatInternational()
      : number
  }
  if (!/^\d{7,}$/.test(number))
    return number
  // Groups of three from the left, and no single digit at the end.
  return (number.match(/\d{3}(?=\d{2})|\d+/g) ?? []).join(' ')
}

/** A number that a caller dialled, as the provider handed it over: often without its +, and none is made up, but in the groups of its country. */
export function groupDialled(number: string): string {
  const known = /^[1-9]\d{10,14}$/.test(number)
    ? parsePhoneNumberFromString(`+${number}`)
    : undefined
  return known?.isValid()
    ? known.formatInternational().slice(1)
    : groupNumber(number)
}

function finish(number: string, display: string, { outsidePrefix, internal = '' }: DialTextOptions): DialText {
  const insideDigits = Math.max(internal.length, INSIDE_DIGITS)
  const isOutside = number.startsWith('+') || (/^\d+$/.test(number) && number.length > insideDigits)
  const dialled = isOutside && outsidePrefix !== ''
    ? dialledOutside(number, outsidePrefix)
    : number
  return dialled.length > LONGEST
    ? { ok: false, code: 'number-too-long' }
    : { ok: true, number: dialled, display }
}

/** How a number is dialled that leads outside, where that takes a prefix. */
export function dialledOutside(number: string, prefix: string): string {
  return prefix + number.replace(/^\+/, '00')
}

/** Digits of any script and full-width signs as ASCII. */
function plainDigits(text: string): string {
  return text.normalize('NFKC').replace(/\p{Nd}/gu, digit => String(digitValue(digit)))
}

/** Unicode keeps the ten digits of a script together and in order, so that the zero is found by counting back. */
function digitValue(digit: string): number {
  const code = digit.codePointAt(0) ?? 0
  let value = 0
  while (value < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(code - value - 1)))
    value++
  return code < 0x80
    ? code - 0x30
    : value
}

/** Letters are taken for keys only in what is plainly a vanity number: some digits first, then one run of at least three letters. */
function fromKeypad(text: string): string | null {
  if (!/\p{L}/u.test(text))
    return text
  const [, head, word, tail] = /^(\+?[\d\s().-]{3,})([A-Z][A-Z\s-]*[A-Z])([\d\s-]*)$/i.exec(text) ?? []
  if (head === undefined || word === undefined || tail === undefined || word.replace(/[^A-Z]/gi, '').length < 3)
    return null
  return head + word.toUpperCase().replace(/[A-Z]/g, letter => KEYPAD[letter] ?? letter) + tail
}

function decode(text: string): string | null {
  try {
    const once = decodeURIComponent(text)
    // Encoded twice, or with control characters: nobody writes a number like that.
    // eslint-disable-next-line no-control-regex
    return /%[0-9a-f]{2}|[\u0000-\u001F\u007F-\u009F\u2028\u2029]/i.test(once)
      ? null
      : once
  }
  catch {
    return null // not UTF-8
  }
}

function parameterOf(parameters: readonly string[], name: string): string | null {
  const found = parameters.find(parameter => parameter.toLowerCase().startsWith(`${name}=`))
  return found === undefined
    ? null
    : found.slice(name.length + 1)
}

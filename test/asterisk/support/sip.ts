/** One SIP message, as far as a scripted phone must understand it (RFC 3261). */
export interface SipMessage {
  /** Of a request; empty in a response. */
  readonly method: string
  /** Of a response; 0 in a request. */
  readonly status: number
  readonly reason: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: string
}

const COMPACT: Readonly<Record<string, string>> = {
  v: 'via',
  f: 'from',
  t: 'to',
  i: 'call-id',
  m: 'contact',
  o: 'event',
  r: 'refer-to',
  l: 'content-length',
  c: 'content-type',
}

export function parseSip(text: string): SipMessage {
  const end = text.indexOf('\r\n\r\n')
  const [first = '', ...lines] = text.slice(0, end < 0
    ? text.length
    : end).split('\r\n')
  const [start = '', second = '', ...rest] = first.split(' ')
  const isResponse = start === 'SIP/2.0'
  return {
    method: isResponse ? '' : start,
    status: isResponse
      ? Number(second)
      : 0,
    reason: isResponse
      ? rest.join(' ')
      : '',
    headers: lines.map((line) => {
      const colon = line.indexOf(':')
      const name = line.slice(0, colon).trim().toLowerCase()
      return [
        COMPACT[name] ?? name,
        line.slice(colon + 1).trim(),
      ]
    }),
    body: end < 0
      ? ''
      : text.slice(end + 4),
  }
}

/** Every value of a header, in order. */
export function headersOf(message: SipMessage, name: string): readonly string[] {
  return message.headers.filter(([key]) => key === name).map(([, value]) => value)
}

/** The first value of a header, or an empty text. */
export function headerOf(message: SipMessage, name: string): string {
  return headersOf(message, name)[0] ?? ''
}

/** A value without the display name before it, which may hold anything. */
function withoutName(value: string): string {
  return value.replace(/^\s*"(?:[^"\\]|\\.)*"/, '')
}

/** The address inside `"Name" <sip:…>;tag=…`. */
export function uriOf(value: string): string {
  const bare = withoutName(value)
  return /<([^>]+)>/.exec(bare)?.[1] ?? bare.split(';')[0] ?? ''
}

export function tagOf(value: string): string | null {
  return /;tag=([^;>\s]+)/.exec(withoutName(value))?.[1] ?? null
}

/** A display name as the header carries it. */
export function quote(name: string): string {
  return `"${name.replace(/["\\]/g, '\\$&')}"`
}

/** Name and number as a phone shows them. */
export function partyOf(value: string): { readonly name: string, readonly number: string } {
  return {
    name: /^\s*"((?:[^"\\]|\\.)*)"/.exec(value)?.[1]?.replace(/\\(.)/g, '$1') ?? '',
    number: /^sips?:([^@;]+)@/.exec(uriOf(value))?.[1] ?? '',
  }
}

export function formatSip(first: string, headers: readonly (readonly [string, string])[], body = ''): string {
  return [
    first,
    ...headers.map(([name, value]) => `${name}: ${value}`),
    `Content-Length: ${Buffer.byteLength(body)}`,
    '',
    body,
  ].join('\r\n')
}

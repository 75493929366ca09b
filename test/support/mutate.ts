/** Numbers below 1, the same for the same seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6D2B79F5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

type Random = () => number

/** Bytes that have broken parsers before. */
const HOSTILE = ['\r\n', '\n', '\r', '\r\n\r\n', '\0', ':', ': ', '\xFF\xFE', '\xF0\x9F', '\xE2\x80\xA8', '--END COMMAND--\r\n\r\n', 'Response: Follows\r\n', 'Event: ', 'ActionID: 1\r\n', '<script>', '__proto__: x\r\n', 'constructor: y\r\n', '%s%n', '\x1B[2J', `X: ${'a'.repeat(5000)}\r\n`, 'Uniqueid: \r\n', 'Channel: <unknown>\r\n']
const NUMBERS = ['-1', '0', '99999999999999999999', '1e309', 'NaN', '', '0x10', '.5']

/** One way or several in which a stream may come out wrong. One character a byte. */
export function mutated(text: string, other: string, random: Random): string {
  let result = text
  const rounds = 1 + Math.floor(random() * 6)
  for (let round = 0; round < rounds; round++)
    result = mutations[Math.floor(random() * mutations.length)]?.(result, other, random) ?? result
  return result
}

const place = (text: string, random: Random): number => Math.floor(random() * (text.length + 1))
const pick = <T>(all: readonly T[], random: Random): T | undefined => all[Math.floor(random() * all.length)]

const mutations: readonly ((text: string, other: string, random: Random) => string)[] = [
  // A bit flips.
  (text, _, random) => {
    const at = place(text, random)
    return text.slice(0, at) + String.fromCharCode((text.charCodeAt(at) || 0) ^ (1 << Math.floor(random() * 8))) + text.slice(at + 1)
  },
  // Something gets lost.
  (text, _, random) => {
    const at = place(text, random)
    return text.slice(0, at) + text.slice(at + Math.floor(random() ** 3 * 2000))
  },
  // Something comes twice.
  (text, _, random) => {
    const at = place(text, random)
    const part = text.slice(at, at + Math.floor(random() ** 2 * 1000))
    return text.slice(0, at) + part + part + text.slice(at + part.length)
  },
  // Somebody else's bytes.
  (text, other, random) => {
    const [at, from] = [place(text, random), place(other, random)]
    return text.slice(0, at) + other.slice(from, from + Math.floor(random() * 4000)) + text.slice(at)
  },
  // What breaks parsers.
  (text, _, random) => {
    const at = place(text, random)
    return text.slice(0, at) + (pick(HOSTILE, random) ?? '') + text.slice(at)
  },
  // Packets in another order.
  (text, _, random) => {
    const packets = text.split('\r\n\r\n')
    const [one, two] = [Math.floor(random() * packets.length), Math.floor(random() * packets.length)]
    return packets.with(one, packets[two] ?? '').with(two, packets[one] ?? '').join('\r\n\r\n')
  },
  // Packets that never come.
  (text, _, random) => text.split('\r\n\r\n').filter(() => random() > 0.1).join('\r\n\r\n'),
  // Headers that are called otherwise, are there twice or not at all.
  (text, _, random) => {
    const lines = text.split('\r\n')
    const at = Math.floor(random() * lines.length)
    const from = Math.floor(random() * lines.length)
    return lines.toSpliced(at, random() < 0.5 ? 1 : 0, lines[from] ?? '').join('\r\n')
  },
  // Numbers that are none, or too large.
  (text, _, random) => {
    const wanted = Math.floor(random() * 200)
    let seen = 0
    return text.replace(/(?<=: )\d+(?=\r)/g, digits => seen++ === wanted ? pick(NUMBERS, random) ?? '' : digits)
  },
  // One channel in place of another.
  (text, _, random) => {
    const channels = [...new Set(text.match(/(?<=^Channel: ).*(?=\r$)/gm))]
    const [one, two] = [pick(channels, random), pick(channels, random)]
    return one === undefined || two === undefined ? text : text.replaceAll(one, () => random() < 0.5 ? one : two)
  },
]

/** The bytes in pieces of any length. */
export function* pieces(bytes: Uint8Array, random: Random): Generator<Uint8Array> {
  for (let start = 0; start < bytes.length;) {
    const length = 1 + Math.floor(random() ** 4 * 20_000)
    yield bytes.subarray(start, start + length)
    start += length
  }
}

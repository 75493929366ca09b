/** One character a byte: lossless, and the fastest there is. A cut inside a character needs no care then; `decodeText` reads it. */
export function bytesToText(bytes: Uint8Array): string {
  const buffer = bytes instanceof Buffer ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return buffer.toString('latin1')
}

/** Whether every byte is below 0x80. */
export function isAscii(bytes: string): boolean {
  return Buffer.byteLength(bytes) === bytes.length
}

/** The characters behind the bytes: UTF-8, or Latin-1 where they are not UTF-8. Shares no memory with `bytes`. */
export function decodeText(bytes: string): string {
  if (isAscii(bytes))
    return ownCopy(bytes)
  const buffer = Buffer.from(bytes, 'latin1')
  const text = buffer.toString('utf8')
  // U+FFFD stands for bytes that are not UTF-8, or is really there: newer servers put it in themselves.
  if (!text.includes('\uFFFD') || Buffer.from(text, 'utf8').equals(buffer) || isCutShort(buffer, text))
    return text
  return buffer.toString('latin1')
}

/** Asterisk up to 16 cuts long names at a byte: one unfinished character at the end of others that are UTF-8. */
function isCutShort(buffer: Buffer, text: string): boolean {
  const whole = Buffer.from(text.slice(0, -1), 'utf8')
  const rest = buffer.subarray(whole.length)
  const [lead = 0] = rest
  return text.endsWith('\uFFFD')
    && whole.some(byte => byte >= 0x80)
    && whole.equals(buffer.subarray(0, whole.length))
    && lead >= 0xC2 && lead <= 0xF4 && rest.length < 4
}

/** A string that shares no memory with `text`: of a part of 13 characters or more V8 keeps the whole chunk alive (nodejs/node#31891). */
export function ownCopy(text: string): string {
  return ownPart(text, 0, text.length)
}

/** `text.slice(start, end)` that shares no memory with `text`. */
export function ownPart(text: string, start: number, end: number): string {
  const length = end - start
  if (length < COPIED)
    return text.slice(start, end)
  // Two parts that V8 copies, joined when somebody looks inside: half the price, and most values are never looked into.
  if (length <= 2 * (COPIED - 1))
    return text.slice(start, start + COPIED - 1) + text.slice(start + COPIED - 1, end)
  return ` ${text.slice(start, end)}`.slice(1)
}

/** Shorter parts V8 copies anyway. */
const COPIED = 13

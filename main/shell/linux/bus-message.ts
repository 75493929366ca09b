/** The little of the D-Bus wire protocol that asking for the owner of a name takes: https://dbus.freedesktop.org/doc/dbus-specification.html */

export interface BusCall {
  readonly serial: number
  readonly member: string
  readonly argument: string | null
}

export interface BusMessage {
  readonly type: 'call' | 'answer' | 'error' | 'signal' | 'unknown'
  readonly member: string | null
  readonly replyTo: number | null
  readonly signature: string
  readonly body: Buffer
  readonly littleEndian: boolean
}

const TYPES = ['unknown', 'call', 'answer', 'error', 'signal'] as const
const FIELD = { path: 1, interface: 2, member: 3, replyTo: 5, destination: 6, signature: 8 }
const FIXED_BYTES = 16
/** Of the specification. */
const LONGEST_BYTES = 2 ** 27

/** A method call on the bus itself. */
export function encodeCall({ argument, member, serial }: BusCall): Buffer {
  const fields = joined([
    textField(FIELD.path, 'o', '/org/freedesktop/DBus'),
    textField(FIELD.interface, 's', 'org.freedesktop.DBus'),
    textField(FIELD.member, 's', member),
    textField(FIELD.destination, 's', 'org.freedesktop.DBus'),
    ...(argument === null ? [] : [[FIELD.signature, 1, ...ascii('g'), 0, 1, ...ascii('s'), 0]]),
  ])
  const body = argument === null ? [] : text(argument)
  return Buffer.from(pad([...ascii('l'), 1, 0, 1, ...uint32(body.length), ...uint32(serial), ...uint32(fields.length), ...fields], 8).concat(body))
}

/** The first whole message of these bytes and how many it took; null while it is not whole. Throws on what is no message. */
export function decodeMessage(bytes: Buffer): { readonly message: BusMessage, readonly taken: number } | null {
  if (bytes.length < FIXED_BYTES)
    return null
  const littleEndian = bytes[0] === 0x6C
  const read = (at: number): number => littleEndian ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at)
  const bodyStart = aligned(FIXED_BYTES + read(12), 8)
  const taken = bodyStart + read(4)
  if (taken > LONGEST_BYTES)
    throw new Error('A message of the session bus is too long to be one')
  if (bytes.length < taken)
    return null
  const fields = decodeFields(bytes, FIXED_BYTES + read(12), read)
  return {
    taken,
    message: {
      type: TYPES[bytes[1] ?? 0] ?? 'unknown',
      member: textOf(fields.get(FIELD.member)),
      replyTo: numberOf(fields.get(FIELD.replyTo)),
      signature: textOf(fields.get(FIELD.signature)) ?? '',
      body: bytes.subarray(bodyStart, taken),
      littleEndian,
    },
  }
}

/** The strings of a body that begins with them. */
export function readStrings({ body, littleEndian }: BusMessage, count: number): readonly string[] {
  const strings: string[] = []
  let at = 0
  while (strings.length < count) {
    at = aligned(at, 4)
    const length = littleEndian ? body.readUInt32LE(at) : body.readUInt32BE(at)
    strings.push(body.toString('utf8', at + 4, at + 4 + length))
    at += 4 + length + 1
  }
  return strings
}

export function readBoolean({ body, littleEndian }: BusMessage): boolean {
  return (littleEndian ? body.readUInt32LE(0) : body.readUInt32BE(0)) === 1
}

function decodeFields(bytes: Buffer, end: number, read: (at: number) => number): ReadonlyMap<number, string | number> {
  const fields = new Map<number, string | number>()
  let at = FIXED_BYTES
  while (at < end) {
    at = aligned(at, 8)
    const code = bytes[at] ?? 0
    const type = String.fromCharCode(bytes[at + 2] ?? 0)
    // Code, a signature of one letter, its zero.
    at += 4
    if (type === 'g') {
      const length = bytes[at] ?? 0
      fields.set(code, bytes.toString('latin1', at + 1, at + 1 + length))
      at += length + 2
    }
    else if (type === 'u') {
      fields.set(code, read(at))
      at += 4
    }
    else if (type === 's' || type === 'o') {
      const length = read(at)
      fields.set(code, bytes.toString('utf8', at + 4, at + 4 + length))
      at += 4 + length + 1
    }
    else {
      throw new Error(`A header field of type "${type}" has no place in a message of the session bus`)
    }
  }
  return fields
}

const textOf = (value: string | number | undefined): string | null => typeof value === 'string' ? value : null
const numberOf = (value: string | number | undefined): number | null => typeof value === 'number' ? value : null
const aligned = (at: number, to: number): number => Math.ceil(at / to) * to
const ascii = (value: string): number[] => [...Buffer.from(value)]
const uint32 = (value: number): number[] => [value & 255, value >> 8 & 255, value >> 16 & 255, value >>> 24]
const text = (value: string): number[] => [...uint32(Buffer.byteLength(value)), ...ascii(value), 0]
const pad = (bytes: readonly number[], to: number): number[] => [...bytes, ...Array.from<number>({ length: aligned(bytes.length, to) - bytes.length }).fill(0)]

function textField(code: number, type: 'o' | 's', value: string): number[] {
  return [code, 1, ...ascii(type), 0, ...text(value)]
}

/** Each field begins at a multiple of eight; nothing follows the last. */
function joined(fields: readonly (readonly number[])[]): number[] {
  return fields.reduce<number[]>((all, field) => [...pad(all, 8), ...field], [])
}

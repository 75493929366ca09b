import type { Fields, FieldValue, Message } from '../../../main/ami/wire/message.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Decoder } from '../../../main/ami/wire/decoder.ts'
import { encodeAction, encodePacket } from '../../../main/ami/wire/encoder.ts'
import { AppError } from '../../../main/errors.ts'
import { decodeChunks } from '../../support/decode.ts'
import { referenceDecode } from './reference.ts'
import { streamOf, tell } from './streams.ts'

/** Pieces of these lengths, over and over, until there is no more. */
function* cutAt(bytes: Uint8Array, lengths: readonly number[]): Generator<Uint8Array> {
  let start = 0
  for (let index = 0; start < bytes.length; index += 1) {
    const end = start + (lengths[index % lengths.length] ?? 1)
    // A copy in a buffer that is gone afterwards, as sockets give them.
    const piece = Uint8Array.from(bytes.subarray(start, end))
    yield piece
    piece.fill(0x21)
    start = end
  }
}

const cuts = fc.array(fc.oneof(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 3000 })), { minLength: 1, maxLength: 30 })

/** Text in which everything is that ends something, in any order. */
const nasty = fc.array(fc.constantFrom(
  'Event: ',
  'Response: Follows\r\n',
  'Response: Success',
  'ActionID: ',
  'Privilege: call,all\r\n',
  'Output: ',
  'Message: Command output follows\r\n',
  '--END COMMAND--',
  '--END COMMAND--\r\n\r\n',
  '\r\n\r\n',
  '\r\n\n',
  '\r\n',
  '\r',
  '\n',
  'Key: ',
  'key: ',
  ':',
  ' ',
  'x',
  'Ž',
  '\xFF',
), { maxLength: 60 }).map(parts => Buffer.concat(parts.map(part => Buffer.from(part, part === '\xFF' ? 'latin1' : 'utf8'))))

describe('however a stream is cut', () => {
  it.each(['1.2/command', '1.2/sip_iax', '11/newer_actions', '1.4/queue_admin', '22/l-command', '22/a-inbound-utf8-name', '16/f-park.companion'])('%s says the same', (name) => {
    const bytes = streamOf(name)
    const { messages } = referenceDecode(bytes)

    fc.assert(fc.property(cuts, (lengths) => {
      expect(decodeChunks(cutAt(bytes, lengths), { banner: true }).messages.map(tell)).toEqual(messages)
    }), { numRuns: 15 })
  })

  it('a stream of ends and beginnings says the same', () => {
    fc.assert(fc.property(nasty, cuts, (bytes, lengths) => {
      const whole = decodeChunks([bytes], { banner: false }).messages.map(message => [tell(message), message.raw()])

      expect(decodeChunks(cutAt(bytes, lengths), { banner: false }).messages.map(message => [tell(message), message.raw()])).toEqual(whole)
    }), { numRuns: 1000 })
  })

  it('a client says the same, whatever ends its lines', () => {
    fc.assert(fc.property(nasty, cuts, (bytes, lengths) => {
      const options = { banner: false, lenient: true } as const
      const mended = Buffer.from(bytes.toString('latin1').replace(/\r?\n/g, '\r\n'), 'latin1')

      expect(decodeChunks(cutAt(bytes, lengths), options).messages.map(tell)).toEqual(decodeChunks([mended], options).messages.map(tell))
    }), { numRuns: 500 })
  })

  it('the same events are left out', () => {
    fc.assert(fc.property(nasty, cuts, (bytes, lengths) => {
      const options = { banner: false, wants: (name: string) => name === 'x' }

      expect(decodeChunks(cutAt(bytes, lengths), options).messages.map(tell)).toEqual(decodeChunks([bytes], options).messages.map(tell))
    }), { numRuns: 1000 })
  })
})

describe('any packet', () => {
  it('tells the same whether headers are read one by one or all at once', () => {
    fc.assert(fc.property(nasty, (bytes) => {
      for (const message of decodeChunks([bytes], { banner: false }).messages)
        expectConsistent(message)
    }), { numRuns: 1000 })
  })
})

const NAME = /^[\x21-\x39\x3B-\x7E]+$/
const headerName = fc.oneof(fc.constantFrom('Key', 'key', 'KEY', 'Uniqueid', 'UniqueID', '__proto__', 'constructor', 'Event', 'Response', 'Output', 'Privilege'), fc.stringMatching(NAME))
const value: fc.Arbitrary<FieldValue> = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }), fc.integer(), fc.boolean(), fc.constantFrom('a: b', ' x', '', 'a\r\nAction: Logoff', 'a\nb', '\r\n\r\n', '--END COMMAND--'))

describe('what is encoded', () => {
  it('is decoded as exactly the one message that was meant, or never leaves the encoder', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.oneof(headerName, fc.string()), value), { maxLength: 12 }), cuts, (fields, lengths) => {
      const headers = [['Event', 'Test'], ...fields] as const
      const bytes = unlessRefused(() => encodePacket(headers))
      if (bytes === null) {
        expect(headers.some(([name, value]) => !NAME.test(name) || isUnsafe(value))).toBe(true)
        return
      }
      expect(decodeChunks(cutAt(bytes, lengths), { banner: false }).messages.map(message => message.entries())).toEqual([headers.map(([name, value]) => [name, String(value)])])
      expect(headers.some(([, value]) => isUnsafe(value))).toBe(false)
    }), { numRuns: 1500 })
  })

  it('as an action is read by a server as that action alone', () => {
    const fields: fc.Arbitrary<Fields> = fc.dictionary(fc.oneof(headerName, fc.string()), fc.oneof(value, fc.array(value, { maxLength: 4 })), { maxKeys: 8 })

    fc.assert(fc.property(fc.oneof(fc.constantFrom('Ping', 'Originate'), fc.string()), fields, fc.option(fc.string()), (name, fields, id) => {
      const bytes = unlessRefused(() => encodeAction(name, fields, id))
      if (bytes === null)
        return

      const { messages } = decodeChunks([bytes], { banner: false, lenient: true })
      expect(messages.map(({ kind, name }) => [kind, name])).toEqual([['action', name]])
      expect(messages[0]?.all('ActionID')).toEqual(id === null ? [] : [id])
      expect(messages[0]?.all('Action')).toEqual([name])
      expect(messages[0]?.entries().slice(id === null ? 1 : 2)).toEqual(Object.entries(fields).flatMap(([name, value]) => [value ?? []].flat().map(item => [name, String(item)])))
    }), { numRuns: 1500 })
  })
})

describe('recorded traffic with bytes changed, lost and doubled', () => {
  it.each(['1.2/sip_iax', '1.4/command', '11/newer_actions', '22/a-inbound-utf8-name'])('never breaks the decoder: %s', (name) => {
    const recorded = streamOf(name).subarray(0, 4000)
    const mutation = fc.record({ at: fc.nat(recorded.length - 1), length: fc.nat(40), bytes: fc.oneof(fc.uint8Array({ maxLength: 6 }), fc.constantFrom('\r\n', '\n', '\r', '\r\n\r\n', ':', '--END COMMAND--', 'Response: Follows\r\n').map(text => Buffer.from(text))) })

    fc.assert(fc.property(fc.array(mutation, { minLength: 1, maxLength: 10 }), cuts, (mutations, lengths) => {
      const bytes = mutations.reduce((bytes: Uint8Array, { at, length, bytes: put }) => Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + length)]), recorded)
      const messages: Message[] = []
      const decoder = new Decoder({ onBanner() {}, onMessage: message => messages.push(message) }, { banner: true, limits: { lineBytes: 5000, bannerBytes: 200 } })

      const refused = unlessRefused(() => {
        for (const chunk of cutAt(bytes, lengths))
          decoder.push(chunk)
        return bytes
      }) === null
      for (const message of messages)
        expectConsistent(message)
      if (!refused)
        expect(messages.map(tell)).toEqual(decodeChunks([bytes], { banner: true }).messages.map(tell))
    }), { numRuns: 40, seed: 20260 })
  })
})

/** What `get` and `all` say of every header there is, and of some that there are not, is what `entries` say. */
function expectConsistent(message: Message): void {
  const entries = message.entries()
  const names = [...new Set([...entries.map(([name]) => name), 'KEY', 'uniqueid', 'OUTPUT', 'Not-There'])]
  const alike = (name: string): readonly string[] => entries.filter(([other]) => other.toLowerCase() === name.toLowerCase()).map(([, value]) => value)

  expect(names.map(name => [name, message.get(name), message.all(name)]))
    .toEqual(names.map(name => [name, entries.find(([other]) => other === name)?.[1] ?? alike(name)[0], alike(name)]))
}

function isUnsafe(value: FieldValue): boolean {
  const text = String(value)
  return !text.isWellFormed() || [...text].some(character => character < ' ' || character === '\x7F' || character === '\u2028' || character === '\u2029')
}

/** Null for what is refused as it should be. */
function unlessRefused<Result>(action: () => Result): Result | null {
  try {
    return action()
  }
  catch (error) {
    if (error instanceof AppError)
      return null
    throw error
  }
}

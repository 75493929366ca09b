import type { EncoderLimits } from '../../../main/ami/wire/limits.ts'
import type { Fields, FieldValue } from '../../../main/ami/wire/message.ts'
import { describe, expect, it } from 'vitest'
import { encodeAction, encodePacket } from '../../../main/ami/wire/encoder.ts'
import { legacyEncoderLimits, modernEncoderLimits } from '../../../main/ami/wire/limits.ts'

const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)
const action = (fields: Fields, limits?: EncoderLimits): string => textOf(encodeAction('Test', fields, 'r-1', limits))
const failure = (code: string): unknown => expect.objectContaining({ name: 'AppError', code })

describe('an action', () => {
  it('is written as every release reads it: CR LF, one blank behind the colon, the id second', () => {
    expect(textOf(encodeAction('Originate', {
      Channel: 'PJSIP/1001',
      Priority: 1,
      Async: true,
      Variable: ['A=1', 'B=2'],
      Account: undefined,
      Data: '',
    }, 'r-1'))).toBe('Action: Originate\r\nActionID: r-1\r\nChannel: PJSIP/1001\r\nPriority: 1\r\nAsync: true\r\nVariable: A=1\r\nVariable: B=2\r\nData: \r\n\r\n')
  })

  it('may go without an id', () => {
    expect(textOf(encodeAction('Ping', {}, null))).toBe('Action: Ping\r\n\r\n')
  })

  it('is written in UTF-8', () => {
    expect(action({ CallerID: '"Žofie 😀" <1001>' })).toContain('CallerID: "Žofie 😀" <1001>\r\n')
  })
})

describe('what could become another header or action', () => {
  const unsafe = ['a\r\nAction: Logoff', 'a\nb', 'a\rb', 'a\0b', 'a\x1Bb', 'a\x7Fb', 'a\u2028b', 'a\u2029b', 'half \uD800 character']

  it.each(unsafe)('is refused as a value: %j', (value) => {
    expect(() => action({ Key: value })).toThrow(failure('unsafe-value'))
    expect(() => action({ Key: ['fine', value] })).toThrow(failure('unsafe-value'))
    expect(() => encodeAction('Ping', {}, value)).toThrow(failure('unsafe-value'))
    expect(() => encodePacket([['Event', value]])).toThrow(failure('unsafe-value'))
  })

  it.each([...unsafe, '', 'a b', 'Key: a', 'Key:', 'Schlüssel'])('is refused as a name: %j', (name) => {
    expect(() => action({ [name]: 'x' })).toThrow(failure('unsafe-value'))
    expect(() => encodePacket([['Event', 'x'], [name, 'x']])).toThrow(failure('unsafe-value'))
  })

  it.each([...unsafe, '', 'a b'])('is refused as an action: %j', (name) => {
    expect(() => encodeAction(name, {}, null)).toThrow(failure('unsafe-value'))
  })

  it.each(['Action', 'ACTION', 'ActionID', 'actionid'])('is refused as a field that says %s once more', (name) => {
    expect(() => action({ [name]: 'Logoff' })).toThrow(failure('unsafe-value'))
  })

  it.each([Number.NaN, Infinity])('is no number: %s', (value) => {
    expect(() => action({ Key: value })).toThrow(failure('unsafe-value'))
  })

  it('is not repeated in the message, which goes to the log', () => {
    expect(() => action({ Secret: 'hunter2\r\n' })).toThrow(expect.objectContaining({ message: expect.not.stringContaining('hunter2') }))
  })
})

describe('limits of the server', () => {
  it.each([['modern', modernEncoderLimits, 1000], ['legacy', legacyEncoderLimits, 250]] as const)('of a %s one are kept in bytes, not in characters', (_, limits, bytes) => {
    const room = bytes - 'Key: '.length

    expect(action({ Key: 'x'.repeat(room) }, limits)).toContain('xxx')
    expect(() => action({ Key: 'x'.repeat(room + 1) }, limits)).toThrow(failure('line-too-long'))
    expect(action({ Key: 'é'.repeat(room / 2) }, limits)).toContain('ééé')
    expect(() => action({ Key: 'é'.repeat(room / 2 + 1) }, limits)).toThrow(failure('line-too-long'))
  })

  it('hold for the action and its id too', () => {
    expect(() => encodeAction('A'.repeat(1000), {}, null)).toThrow(failure('line-too-long'))
    expect(() => encodeAction('Ping', {}, 'i'.repeat(1000))).toThrow(failure('line-too-long'))
  })

  it.each([['modern', modernEncoderLimits, 120], ['legacy', legacyEncoderLimits, 75]] as const)('of a %s one allow so many headers with the action and its id', (_, limits, headers) => {
    const variables = (count: number): Fields => ({ Variable: Array.from({ length: count }, (_, index) => `V${index}=1`) })

    expect(action(variables(headers - 2), limits).split('\r\n')).toHaveLength(headers + 2)
    expect(() => action(variables(headers - 1), limits)).toThrow(failure('too-many-headers'))
  })
})

describe('a packet of a server', () => {
  it('keeps the order of its headers', () => {
    const headers: readonly (readonly [string, FieldValue])[] = [['Event', 'Test'], ['State', 'a'], ['Count', 2], ['State', 'b']]

    expect(textOf(encodePacket(headers))).toBe('Event: Test\r\nState: a\r\nCount: 2\r\nState: b\r\n\r\n')
  })

  it('may have lines as long as servers send them', () => {
    expect(textOf(encodePacket([['Response', 'Success'], ['JSON', 'x'.repeat(5000)]]))).toHaveLength('Response: Success\r\nJSON: \r\n\r\n'.length + 5000)
  })

  it('is not empty, and does not announce output that never ends', () => {
    expect(() => encodePacket([])).toThrow(failure('unsafe-value'))
    expect(() => encodePacket([['Response', 'Follows']])).toThrow(failure('unsafe-value'))
  })
})

import type { DecoderListener } from '../../../main/ami/wire/decoder.ts'
import { Buffer } from 'node:buffer'
import { describe, expect, it } from 'vitest'
import { Decoder } from '../../../main/ami/wire/decoder.ts'
import { cut, decodeChunks, decodeText } from '../../support/decode.ts'
import { streamOf, streams, tell } from './streams.ts'

const silent: DecoderListener = { onBanner() {}, onMessage() {} }
const bytesOf = (text: string): Uint8Array => Buffer.from(text, 'latin1')

describe('the greeting', () => {
  it('is told as soon as its line is whole, wherever it is cut', () => {
    const bytes = bytesOf('Asterisk Call Manager/11.0.0\r\nEvent: FullyBooted\r\n\r\n')

    for (let at = 0; at <= bytes.length; at += 1) {
      const { banner, messages } = decodeChunks([bytes.subarray(0, at), bytes.subarray(at)], { banner: true })
      expect(banner).toBe('Asterisk Call Manager/11.0.0')
      expect(messages.map(({ name }) => name)).toEqual(['FullyBooted'])
    }
  })

  it('may be followed by a message at once', () => {
    expect(decodeChunks([bytesOf('Hello\r\nResponse: Success\r\n\r\n')], { banner: true }).messages).toHaveLength(1)
  })
})

describe('the end of a packet', () => {
  it.each([
    ['CR LF CR LF', '\r\n\r\n'],
    ['CR LF LF', '\r\n\n'],
    ['more empty lines than one', '\r\n\r\n\r\n\n\r\n'],
  ])('is %s', (_, end) => {
    const messages = decodeText(`Event: One\r\nKey: a${end}Event: Two\r\nKey: b${end}`)

    expect(messages.map(tell)).toEqual([
      { kind: 'event', name: 'One', output: null, entries: [['Event', 'One'], ['Key', 'a']] },
      { kind: 'event', name: 'Two', output: null, entries: [['Event', 'Two'], ['Key', 'b']] },
    ])
  })

  it('is not a line feed in a value, wherever in the packet it is', () => {
    const [message, ...more] = decodeText('Event: Status\r\nState: Unknown (8)\n\r\nNote: one\n\ntwo\r\nUniqueid: 1.2\r\n\r\n')

    expect(more).toEqual([])
    expect(message?.entries()).toEqual([['Event', 'Status'], ['State', 'Unknown (8)'], ['Note', 'one\n\ntwo'], ['Uniqueid', '1.2']])
  })
})

describe('the kind of a packet', () => {
  it('is decided by its first header, whatever others follow', () => {
    expect(decodeText('Event: OriginateResponse\r\nResponse: Failure\r\n\r\nEvent: UserEvent\r\nAction: Logoff\r\n\r\n').map(({ kind, name }) => [kind, name]))
      .toEqual([['event', 'OriginateResponse'], ['event', 'UserEvent']])
  })

  it('is found without the blank and in any case', () => {
    expect(decodeText('EVENT:Hangup\r\n\r\nresponse: Success\r\n\r\n').map(({ kind, name }) => [kind, name]))
      .toEqual([['event', 'Hangup'], ['response', 'Success']])
  })

  it('is that of the second header when the first is the ActionID', () => {
    const [message] = decodeText('ActionID: a1\r\nEvent: VoicemailUserEntry\r\nVoiceMailbox: 1001\r\n\r\n')

    expect(message && tell(message)).toEqual({
      kind: 'event',
      name: 'VoicemailUserEntry',
      output: null,
      entries: [['ActionID', 'a1'], ['Event', 'VoicemailUserEntry'], ['VoiceMailbox', '1001']],
    })
  })

  it('is text for a table without a Response, with the ActionID above it', () => {
    const [message] = decodeChunks([streamOf('1.2/sip_iax')], { banner: true }).messages.filter(({ kind }) => kind === 'text')

    expect(message?.get('ActionID')).toBe('a8')
    expect(message?.output).toEqual([
      'Name/Username    Host                 Mask             Port          Status    ',
      '8002             127.0.0.1       (S)  255.255.255.255  4569          Unmonitored',
      '8001             (Unspecified)   (D)  255.255.255.255  0             UNKNOWN   ',
      '2 iax2 peers [0 online, 1 offline, 1 unmonitored]',
    ])
  })
})

describe('the name of an event', () => {
  it.each([
    ['a carriage return', 'A\rB', 'A'],
    ['more characters than any real one', 'A'.repeat(150), 'A'.repeat(100)],
    ['a line feed', 'A\nB', 'A'],
    ['characters outside ASCII', 'Ä', 'A'],
  ])('is known again with %s in it, beside one that begins alike', (_, name, other) => {
    const names = [name, other, name, name, other, other, name]

    expect(decodeText(names.map(name => `Event: ${name}\r\nKey: x\r\n\r\n`).join('')).map(({ name }) => name)).toEqual(names)
  })

  it('is known again among more of them than are remembered', () => {
    const names = Array.from({ length: 3000 }, (_, index) => `Name${index}`)

    expect(decodeText([...names, ...names].map(name => `Event: ${name}\r\n\r\n`).join('')).map(({ name }) => name)).toEqual([...names, ...names])
  })
})

describe('headers', () => {
  const [message] = decodeText('Event: Test\r\nKey: a: b\r\nkey:  c\r\nEmpty: \r\nBare:\r\nNoSpace:x\r\nnot a header\r\nKEY: 007\r\nDotted: .10\r\n\r\n')

  it('are found in any case, the first of them first, but before it one that is spelled as asked', () => {
    expect(message?.get('kEY')).toBe('a: b')
    expect(message?.get('KEY')).toBe('007')
    expect(message?.all('kEY')).toEqual(['a: b', ' c', '007'])
  })

  it('are not found when they are not there, nor as part of another', () => {
    expect(message?.get('Ke')).toBeUndefined()
    expect(message?.get('Key: a')).toBeUndefined()
    expect(message?.get('a')).toBeUndefined()
    expect(message?.get('')).toBeUndefined()
    expect(message?.all('Nothing')).toEqual([])
  })

  it('are not found in the middle of a line or of a name', () => {
    const [message] = decodeText('Event: Test\r\nSubKey: 1\r\nText: Key: 2\nKey: 3\r\nKey: 4\r\n\r\n')

    expect(message?.get('Key')).toBe('4')
    expect(message?.get('KEY')).toBe('4')
    expect(message?.all('key')).toEqual(['4'])
  })

  it('keep their order, their spelling and their values', () => {
    expect(message?.entries()).toEqual([
      ['Event', 'Test'],
      ['Key', 'a: b'],
      ['key', ' c'],
      ['Empty', ''],
      ['Bare', ''],
      ['NoSpace', 'x'],
      ['KEY', '007'],
      ['Dotted', '.10'],
    ])
  })

  it('may have any name', () => {
    const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'get', 'error']
    const [message] = decodeText(`Event: UserEvent\r\n${names.map(name => `${name}: of ${name}\r\n`).join('')}\r\n`)

    expect(names.map(name => message?.get(name))).toEqual(names.map(name => `of ${name}`))
    expect(message?.entries().slice(1)).toEqual(names.map(name => [name, `of ${name}`]))
  })

  it('are read right after an event of the same name had others', () => {
    const messages = decodeText(['A: 1\r\nB: 2', 'B: 3\r\nA: 4', 'A: 5', 'AB: 6\r\nB: 7', 'A: 8\r\nB: 9\r\nC: 10'].map(lines => `Event: E\r\n${lines}\r\n\r\n`).join(''))

    expect(messages.map(message => message.entries().slice(1).map(header => header.join('')))).toEqual([
      ['A1', 'B2'],
      ['B3', 'A4'],
      ['A5'],
      ['AB6', 'B7'],
      ['A8', 'B9', 'C10'],
    ])
  })
})

describe('characters', () => {
  it('are UTF-8, however they are cut', () => {
    const bytes = new TextEncoder().encode('Event: Test\r\nName: Žofie 中文 😀 Nováková\r\n\r\n')

    for (const length of [1, 2, 3, 5])
      expect(decodeChunks(cut(bytes, length), { banner: false }).messages[0]?.get('Name')).toBe('Žofie 中文 😀 Nováková')
  })

  it('are Latin-1 in a value that is not UTF-8, and in no other', () => {
    const bytes = Buffer.concat([bytesOf('Event: Test\r\nOld: M\xFCller \x80\r\n'), new TextEncoder().encode('New: Müller\r\nGone: \uFFFD\r\n\r\n')])
    const [message] = decodeChunks([bytes], { banner: false }).messages

    expect(message?.entries()).toEqual([['Event', 'Test'], ['Old', 'M\xFCller \x80'], ['New', 'Müller'], ['Gone', '\uFFFD']])
    expect(message?.raw()).toBe('Event: Test\r\nOld: M\xFCller \x80\r\nNew: Müller\r\nGone: \uFFFD')
  })

  it('keep a byte order mark and a NUL', () => {
    expect(decodeText('Event: Test\r\nValue: \uFEFFa\0b\r\n\r\n')[0]?.get('Value')).toBe('\uFEFFa\0b')
  })

  it('may be in the name of a header', () => {
    const messages = decodeText('Event: Test\r\nÄrger: ja\r\n\r\n'.repeat(2))

    expect(messages.map(message => message.entries()[1])).toEqual([['Ärger', 'ja'], ['Ärger', 'ja']])
    expect(messages.map(message => message.get('Ärger'))).toEqual(['ja', 'ja'])
  })
})

describe('output of a command', () => {
  it.each([
    ['that ends with the mark on a line of its own', 'one: 1\ntwo\n', ['one: 1', 'two']],
    ['that has text before the mark', 'one\ntwo', ['one', 'two']],
    ['that is empty', '', []],
    ['with empty lines', '\none\n\n\ntwo\n\n', ['', 'one', '', '', 'two', '']],
    ['with carriage returns', 'one\r\ntwo\r\n', ['one', 'two']],
    ['that holds the mark', 'a --END COMMAND--\nb\n', ['a --END COMMAND--', 'b']],
    ['that looks like another packet', 'x\r\n\nEvent: Hangup\r\n\r\ny\n', ['x', '', 'Event: Hangup', '', 'y']],
  ])('up to 13 is its lines, %s', (_, output, lines) => {
    const text = `Response: Follows\r\nPrivilege: Command\r\nActionID: a1\r\n${output}--END COMMAND--\r\n\r\nResponse: Pong\r\n\r\n`

    for (let length = 1; length < text.length; length += 1) {
      const [message, next] = decodeChunks(cut(bytesOf(text), length), { banner: false }).messages
      expect(message?.output).toEqual(lines)
      expect(message?.entries()).toEqual([['Response', 'Follows'], ['Privilege', 'Command'], ['ActionID', 'a1']])
      expect(next?.name).toBe('Pong')
    }
  })

  it('from 14 on is the Output headers', () => {
    const [message, none, other] = decodeText('Response: Success\r\nMessage: Command output follows\r\nOutput: a: b\r\nOutput: \r\nOutput:  c\r\n\r\n'
      + 'Response: Success\r\nMessage: Command output follows\r\n\r\nResponse: Success\r\nPing: Pong\r\n\r\n')

    expect(message?.output).toEqual(['a: b', '', ' c'])
    expect(none?.output).toEqual([])
    expect(other?.output).toBeNull()
  })
})

describe('events that are not wanted', () => {
  const names = (text: string, wants: (name: string) => boolean = () => false): readonly string[] => decodeText(text, { wants }).map(({ name }) => name)

  it('never become messages', () => {
    const asked: string[] = []

    expect(names('Event: RTCPSent\r\nPrivilege: reporting,all\r\nX: 1\r\n\r\nEvent: Hangup\r\nPrivilege: call,all\r\n\r\n', (name) => {
      asked.push(name)
      return name === 'Hangup'
    })).toEqual(['Hangup'])
    expect(asked).toEqual(['RTCPSent', 'Hangup'])
  })

  it('are told all the same when they have an ActionID, wherever it stands', () => {
    expect(names('Event: A\r\nPrivilege: call,all\r\nX: ActionID: 1\r\n\r\nEvent: Status\r\nPrivilege: Call\r\nX: 1\r\nActionID: a1\r\n\r\nEvent: B\r\nPrivilege: call,all\r\n\r\n'))
      .toEqual(['Status'])
  })

  it('are told all the same when they are items of a list without an ActionID', () => {
    expect(names('Event: PeerEntry\r\nChannelType: IAX2\r\n\r\nEvent: PeerlistComplete\r\n\r\n')).toEqual(['PeerEntry', 'PeerlistComplete'])
  })

  it.each(streams)('never take an answer or an item of a list with them, in $name', ({ bytes }) => {
    const all = decodeChunks(cut(bytes, 700), { banner: true }).messages
    const kept = decodeChunks(cut(bytes, 700), { banner: true, wants: () => false }).messages

    expect(kept.map(message => message.raw())).toEqual(all
      .filter(message => message.kind !== 'event' || message.get('ActionID') !== undefined || message.get('Privilege') === undefined)
      .map(message => message.raw()))
  })

  it('leave answers alone', () => {
    expect(names('Response: Success\r\n\r\nsome text\r\n\r\n')).toEqual(['Success', ''])
  })
})

describe('a stream of a client', () => {
  const options = { banner: false, lenient: true } as const

  it.each([
    ['CR LF', 'Action: Ping\r\nActionID: 1\r\n\r\n'],
    ['LF', 'Action: Ping\nActionID: 1\n\n'],
    ['both', 'Action: Ping\nActionID: 1\r\n\n'],
  ])('may end lines with %s', (_, text) => {
    for (let length = 1; length <= text.length; length += 1) {
      expect(decodeChunks(cut(bytesOf(text.repeat(2)), length), options).messages.map(tell))
        .toEqual(Array.from({ length: 2 }, () => ({ kind: 'action', name: 'Ping', output: null, entries: [['Action', 'Ping'], ['ActionID', '1']] })))
    }
  })

  it('may name the action in any place', () => {
    const [message] = decodeText('actionid: 7\nACTION:ping\n\n', options)

    expect(message && [message.kind, message.name, message.get('ActionID')]).toEqual(['action', 'ping', '7'])
  })
})

describe('a listener that throws', () => {
  it('is heard of after the whole chunk, and stops nothing', () => {
    const heard: string[] = []
    const decoder = new Decoder({
      onBanner() {},
      onMessage(message) {
        heard.push(message.name)
        if (message.name === 'Bad')
          throw new Error('cannot bear it')
      },
    }, { banner: false })

    expect(() => decoder.push(bytesOf('Event: Bad\r\n\r\nEvent: Good\r\n\r\nEvent: Ha'))).toThrow('cannot bear it')
    decoder.push(bytesOf('lf\r\n\r\n'))
    expect(heard).toEqual(['Bad', 'Good', 'Half'])
  })

  it('is heard of as often as it throws', () => {
    const decoder = new Decoder({
      onBanner() {},
      onMessage({ name }) { throw new Error(name) },
    }, { banner: false })

    expect(() => decoder.push(bytesOf('Event: A\r\n\r\nEvent: B\r\n\r\n'))).toThrow(AggregateError)
  })
})

describe('limits', () => {
  it.each([
    ['the greeting', { banner: true, limits: { bannerBytes: 10 } }, 'Asterisk Call', 'greeting'],
    ['a line', { banner: false, limits: { lineBytes: 20 } }, `Event: A\r\nKey: ${'x'.repeat(16)}\r\n\r\n`, 'line'],
    ['a line without an end', { banner: false, limits: { lineBytes: 20 } }, `Event: A\r\nKey: ${'x'.repeat(60)}`, 'line'],
    ['a message', { banner: false, limits: { messageBytes: 40, lineBytes: 20 } }, `Event: A\r\n${'Key: x\r\n'.repeat(5)}\r\n`, 'message'],
    ['a message without an end', { banner: false, limits: { messageBytes: 40, lineBytes: 20 } }, `Event: A\r\n${'Key: x\r\n'.repeat(9)}`, 'message'],
    ['the headers of a message', { banner: false, limits: { headers: 3 } }, 'Event: A\r\nKey: x\r\nKey: x\r\nKey: x\r\n\r\n', 'headers'],
    ['command output', { banner: false, limits: { messageBytes: 60 } }, `Response: Follows\r\n${'line\n'.repeat(30)}`, 'message'],
  ])('of %s end the stream with a protocol error, however it is cut', (_, options, text, message) => {
    for (let length = 1; length <= text.length; length += 1) {
      const decoder = new Decoder(silent, options)
      const push = (): void => {
        for (const chunk of cut(bytesOf(text), length))
          decoder.push(chunk)
      }
      expect(push).toThrow(expect.objectContaining({ code: 'protocol-error', message: expect.stringContaining(message) }))
    }
  })

  it('let pass what just keeps them, however it is cut', () => {
    const text = `Event: A\r\nKey: ${'x'.repeat(15)}\r\n\r\n`.repeat(2)

    for (let length = 1; length <= text.length; length += 1)
      expect(decodeChunks(cut(bytesOf(text), length), { banner: false, limits: { lineBytes: 20, messageBytes: 30, headers: 2 } }).messages).toHaveLength(2)
  })

  it('leave the decoder refusing whatever comes next', () => {
    const decoder = new Decoder(silent, { banner: false, limits: { lineBytes: 10 } })
    expect(() => decoder.push(bytesOf('x'.repeat(200)))).toThrow('line')

    expect(() => decoder.push(bytesOf('Event: A\r\n\r\n'))).toThrow('line')
  })

  it('stop 32 MiB without a line end before a third of it has been taken', () => {
    const decoder = new Decoder(silent, { banner: false })
    const chunk = Buffer.alloc(65536, 'x')
    let taken = 0

    expect(() => {
      for (; taken < 512; taken += 1)
        decoder.push(chunk)
    }).toThrow('line')
    expect(taken).toBeLessThan(170)
  })

  it('allow a value of a megabyte, byte by byte', () => {
    const value = 'y'.repeat(1024 * 1024)
    const { messages } = decodeChunks(cut(bytesOf(`Response: Success\r\nJSON: ${value}\r\n\r\n`), 1), { banner: false })

    expect(messages.map(message => message.get('JSON') === value)).toEqual([true])
  })
})

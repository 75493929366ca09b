import type { PbxEvent } from '../../../main/pbx/events.ts'
import { describe, expect, it } from 'vitest'
import { createTranslator, isWanted } from '../../../main/ami/translate/translate.ts'
import { decodeText } from '../../support/decode.ts'

const AT = 1_795_400_000_000

/** What one packet means. */
function translate(lines: Readonly<Record<string, string>>): readonly PbxEvent[] {
  const packet = `${Object.entries(lines).map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`
  const { translate: read } = createTranslator()
  return decodeText(packet).flatMap(message => read(message, AT))
}

describe('channels', () => {
  it('reads the caller ID of 1.0, which has name and number in one', () => {
    expect(translate({ Event: 'Newchannel', Channel: 'SIP/1001-08a1', State: 'Ringing', CallerID: '"John Caller" <02083361234>', Uniqueid: '1.2' })).toEqual([
      { type: 'channel.created', at: AT, channel: { uniqueid: '1.2', name: 'SIP/1001-08a1', state: 'ringing', caller: { number: '02083361234', name: 'John Caller' } } },
    ])
  })

  it.each([
    ['<unknown>', '<unknown>'],
    ['<Unknown>', '(null)'],
    ['', ''],
    ['unknown', 'unknown'],
    ['anonymous', '<unknown>'],
  ])('says that there is no number and no name: %j, %j', (number, name) => {
    expect(translate({ Event: 'NewCallerid', Channel: 'SIP/1-1', Uniqueid: '1', CallerIDNum: number, CallerIDName: name })).toEqual([
      { type: 'channel.changed', at: AT, channel: { uniqueid: '1', name: 'SIP/1-1', caller: { number: null, name: null } } },
    ])
  })

  it('undoes the escapes of names where there is a linkedid, and only there', () => {
    const escaped = { Event: 'Newstate', Channel: 'SIP/1-1', Uniqueid: '1', CallerIDNum: '1', CallerIDName: 'O\\\'Brien \\"Bob\\" \\\\ \\n' }
    const nameIn = ([event]: readonly PbxEvent[]): unknown => event?.type === 'channel.changed' ? event.channel.caller?.name : undefined
    expect(nameIn(translate({ ...escaped, Linkedid: '1' }))).toBe('O\'Brien "Bob" \\  ')
    expect(nameIn(translate(escaped))).toBe(escaped.CallerIDName)
  })

  it.each([
    ['0', 'Down', 'down'],
    ['1', 'Rsrvd', 'reserved'],
    ['2', 'OffHook', 'offhook'],
    ['3', 'Dialing', 'dialing'],
    ['4', 'Ring', 'ring'],
    ['5', 'Ringing', 'ringing'],
    ['6', 'Up', 'up'],
    ['7', 'Busy', 'busy'],
    ['8', 'Dialing Offhook', 'dialing-offhook'],
    ['9', 'Pre-ring', 'prering'],
  ])('reads a state as the number %s and as the word %s', (number, word, state) => {
    const channel = { Event: 'Newstate', Channel: 'SIP/1-1', Uniqueid: '1' }
    expect(translate({ ...channel, ChannelState: number, ChannelStateDesc: 'whatever' })).toMatchObject([{ channel: { state } }])
    expect(translate({ ...channel, State: word })).toMatchObject([{ channel: { state } }])
  })

  it('takes a state that it does not know for unknown, and says nothing where none is told', () => {
    const [odd] = translate({ Event: 'Newstate', Channel: 'SIP/1-1', Uniqueid: '1', ChannelState: '17', ChannelStateDesc: 'Up' })
    expect(odd).toMatchObject({ channel: { state: 'unknown' } })
    const [none] = translate({ Event: 'NewAccountCode', Channel: 'SIP/1-1', Uniqueid: '1', AccountCode: 'sales', OldAccountCode: '' })
    expect(none).toEqual({ type: 'channel.changed', at: AT, channel: { uniqueid: '1', name: 'SIP/1-1', account: 'sales' } })
  })

  it('reads the variables that an administrator adds to events, and the last of two', () => {
    const [event] = decodeText('Event: Hangup\r\nChannel: PJSIP/1-1\r\nUniqueid: 1\r\nLinkedid: 1\r\nChanVariable: CRM=a\r\nChanVariable: X=1=2\r\nChanVariable: CRM=b\\\'s\r\nCause: 16\r\n\r\n')
      .flatMap(message => createTranslator().translate(message, AT))
    expect(event).toMatchObject({ channel: { variables: { CRM: 'b\'s', X: '1=2' } }, cause: 16, techCause: null })
  })

  it.each([
    [{ Event: 'Hold', Status: 'On' }, true],
    [{ Event: 'Hold', Status: 'Off' }, false],
    [{ Event: 'Hold' }, true],
    [{ Event: 'Unhold' }, false],
  ])('reads hold in each of its forms: %o', (head, held) => {
    expect(translate({ ...head, Channel: 'SIP/1-1', Uniqueid: '1' })).toMatchObject([
      { type: 'channel.holdChanged', held },
    ])
  })

  it('knows nothing of a packet that names no channel', () => {
    expect(translate({ Event: 'Newchannel', ChannelState: '4' })).toEqual([])
    expect(translate({ Event: 'Hangup', Channel: '', Uniqueid: '<unknown>' })).toEqual([])
  })
})

describe('dials', () => {
  it('gives the caller ID of a Dial to its source', () => {
    expect(translate({ Event: 'Dial', Source: 'SIP/trunk-1', Destination: 'SIP/1001-2', CallerID: '0208', CallerIDName: 'John', SrcUniqueID: '1', DestUniqueID: '2' })).toEqual([
      {
        type: 'dial.begun',
        at: AT,
        source: { uniqueid: '1', name: 'SIP/trunk-1', caller: { number: '0208', name: 'John' } },
        destination: { uniqueid: '2', name: 'SIP/1001-2' },
        dialString: null,
      },
    ])
  })

  it('has no source where nobody dials', () => {
    expect(translate({ Event: 'DialBegin', DestChannel: 'PJSIP/1001-1', DestUniqueid: '1', DestLinkedid: '1', DialString: '1001' })).toMatchObject([
      { type: 'dial.begun', source: null, destination: { uniqueid: '1' }, dialString: '1001' },
    ])
  })

  it.each([
    ['ANSWER', 'answer'],
    ['BUSY', 'busy'],
    ['NOANSWER', 'noanswer'],
    ['CANCEL', 'cancel'],
    ['CONGESTION', 'congestion'],
    ['CHANUNAVAIL', 'chanunavail'],
    ['ABORT', 'abort'],
    ['CONTINUE', 'continue'],
    ['GOTO', 'goto'],
    ['TORTURE', 'other'],
  ])('reads how a dial ended, before 12 and since: %s', (word, status) => {
    expect(translate({ Event: 'Dial', SubEvent: 'End', Channel: 'SIP/t-1', UniqueID: '1', DialStatus: word })).toMatchObject([
      { type: 'dial.ended', source: { uniqueid: '1' }, destination: null, status, forward: null },
    ])
    expect(translate({ Event: 'DialEnd', Channel: 'SIP/t-1', Uniqueid: '1', DestChannel: 'SIP/1-2', DestUniqueid: '2', DialStatus: word, Forward: 'Local/1002@x' })).toMatchObject([
      { type: 'dial.ended', source: { uniqueid: '1' }, destination: { uniqueid: '2' }, status, forward: 'Local/1002@x' },
    ])
  })

  it.each([['RINGING', 'ringing'], ['PROGRESS', 'progress'], ['PROCEEDING', 'proceeding']])('reads how far a dial is: %s', (word, status) => {
    expect(translate({ Event: 'DialState', DestChannel: 'SIP/1-2', DestUniqueid: '2', DialStatus: word })).toMatchObject([
      { type: 'dial.progressed', source: null, destination: { uniqueid: '2' }, status },
    ])
  })
})

describe('voicemail', () => {
  it('adds the context that old servers leave out, and knows that nothing new waits', () => {
    expect(translate({ Event: 'MessageWaiting', Mailbox: '1001', Waiting: '0' })).toEqual([
      { type: 'mailbox.changed', mailbox: '1001@default', waiting: false, newMessages: 0, oldMessages: null, leftBy: null, at: AT },
    ])
  })

  it('does not guess how many wait', () => {
    expect(translate({ Event: 'MessageWaiting', Mailbox: '1001@office', Waiting: '1' })).toMatchObject([
      { mailbox: '1001@office', waiting: true, newMessages: null, oldMessages: null },
    ])
  })
})

describe('queues', () => {
  it('reads the state of a member as a device state', () => {
    expect(translate({ Event: 'QueueMemberStatus', Queue: 'support', Location: 'SIP/1001', Status: '6', Paused: '0', Penalty: '1' })).toMatchObject([
      { type: 'queue.memberChanged', member: { queue: 'support', interface: 'SIP/1001', state: 'ringing', paused: false, penalty: 1, name: null, inCall: null } },
    ])
  })

  it('keeps the reason of a pause under both of its names', () => {
    expect(translate({ Event: 'QueueMemberPaused', Queue: 'q', Location: 'SIP/1', Paused: '1', Reason: 'lunch' })).toMatchObject([{ member: { paused: true, pausedReason: 'lunch' } }])
    expect(translate({ Event: 'QueueMemberPause', Queue: 'q', Interface: 'SIP/1', Paused: '1', PausedReason: 'lunch' })).toMatchObject([{ member: { paused: true, pausedReason: 'lunch' } }])
  })

  it('names the member and not the caller when nobody answered', () => {
    expect(translate({ Event: 'AgentRingNoAnswer', Queue: 'q', Uniqueid: '1', Channel: 'SIP/trunk-1', Member: 'SIP/1001', Ringtime: '0' })).toMatchObject([
      { type: 'queue.memberRangOut', interface: 'SIP/1001', caller: { uniqueid: '1' }, leg: null },
    ])
  })
})

describe('the server', () => {
  it.each([
    [{ Event: 'OriginateFailure', Reason: '5' }, false, 5],
    [{ Event: 'OriginateSuccess', Reason: '4' }, true, 4],
    [{ Event: 'OriginateResponse', Response: 'Failure', Reason: '0' }, false, 0],
    [{ Event: 'OriginateResponse', Response: 'Success', Reason: '4' }, true, 4],
  ])('tells how an Originate went: %o', (packet, success, reason) => {
    expect(translate({ ...packet, ActionID: 'a1', Channel: 'SIP/1001', Uniqueid: '<null>' })).toEqual([
      { type: 'originate.finished', actionId: 'a1', success, reason, channel: 'SIP/1001', uniqueid: null, at: AT },
    ])
  })

  it('tells whether it comes back', () => {
    expect(translate({ Event: 'Shutdown', Shutdown: 'Cleanly', Restart: 'True' })).toEqual([
      { type: 'server.shuttingDown', restart: true, at: AT },
    ])
  })
})

describe('what is wanted', () => {
  it('is asked without regard to case', () => {
    expect(['Newcallerid', 'NewCallerid', 'NEWSTATE', 'Hangup'].map(isWanted)).toEqual([true, true, true, true])
    expect(['VarSet', 'RTCPSent', 'Cdr', 'Status', 'constructor'].map(isWanted)).toEqual([false, false, false, false, false])
  })

  it('is no answer and no action, whatever its name', () => {
    const [response] = decodeText('Response: Hangup\r\nChannel: SIP/1-1\r\n\r\n')
    expect(response && createTranslator().translate(response, AT)).toEqual([])
  })
})

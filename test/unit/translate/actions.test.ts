import type { PbxAction } from '../../../main/pbx/actions.ts'
import { describe, expect, it } from 'vitest'
import { failureOf, hiddenFailure, toAmi } from '../../../main/ami/translate/actions.ts'
import { AppError } from '../../../main/errors.ts'

type Originate = Extract<PbxAction, { readonly do: 'originate' }>

const originate: Originate = {
  do: 'originate',
  channel: 'PJSIP/1001',
  context: 'from-internal',
  exten: '0420555123',
  priority: 1,
  target: { number: '0420555123', name: 'Karla' },
  timeoutMs: 30_000,
  channelId: 'ringside-1',
  account: null,
}
const fieldsOf = (change: Partial<Originate>, dialect: 'legacy' | 'middle' | 'modern'): Readonly<Record<string, unknown>> => toAmi({ ...originate, ...change }, dialect).fields

describe('originate', () => {
  it('shows the target on my phone and my own number at the far end, from 12 on', () => {
    expect(toAmi(originate, 'modern')).toEqual({
      name: 'Originate',
      fields: {
        Channel: 'PJSIP/1001',
        Context: 'from-internal',
        Exten: '0420555123',
        Priority: 1,
        Timeout: 30_000,
        Async: 'true',
        Account: undefined,
        ChannelId: 'ringside-1',
        Variable: 'CONNECTEDLINE(all)=Karla <0420555123>',
      },
    })
  })

  it.each(['legacy', 'middle'] as const)('says whom it calls in the name of my own caller ID: %s', (dialect) => {
    const fields = fieldsOf({ channel: 'SIP/1001' }, dialect)
    expect(fields).toMatchObject({ CallerID: '"Call Karla" <1001>', Async: 'true' })
    expect(fields).not.toHaveProperty('ChannelId')
    expect(fields).not.toHaveProperty('Variable')
  })

  it('gives an old server no caller ID when the phone is not called after a number', () => {
    expect(fieldsOf({ channel: 'SIP/front-desk' }, 'legacy')).toMatchObject({ CallerID: undefined })
  })

  it.each([
    ['Smith, John', 'CONNECTEDLINE(all)=Smith\\, John <0420555123>'],
    ['O\'Brien "Bob" <x>', 'CONNECTEDLINE(all)=O\'Brien Bob x <0420555123>'],
    ['a\\b\nc\u0000d\u2028e\u202Ef', 'CONNECTEDLINE(all)=ab c d e f <0420555123>'],
    ['张三', 'CONNECTEDLINE(all)=张三 <0420555123>'],
    ['"<>"', 'CONNECTEDLINE(all)=<0420555123>'],
    ['x'.repeat(500), `CONNECTEDLINE(all)=${'x'.repeat(80)} <0420555123>`],
  ])('lets nothing in a name end it or start another variable: %j', (name, variable) => {
    expect(fieldsOf({ target: { number: '0420555123', name } }, 'modern')).toMatchObject({ Variable: variable })
  })

  it('shows a number without a name alone', () => {
    expect(fieldsOf({ target: { number: '*97', name: null } }, 'modern')).toMatchObject({ Variable: 'CONNECTEDLINE(all)=<*97>' })
    expect(fieldsOf({ channel: 'SIP/1001', target: { number: '*97', name: null } }, 'middle')).toMatchObject({ CallerID: '"Call *97" <1001>' })
  })
})

describe('hangup and redirect', () => {
  it('say the cause where there is one', () => {
    expect(toAmi({ do: 'hangup', channel: 'PJSIP/1001-00000001', cause: 21 }, 'modern')).toEqual({ name: 'Hangup', fields: { Channel: 'PJSIP/1001-00000001', Cause: 21 } })
    expect(toAmi({ do: 'hangup', channel: 'PJSIP/1001-00000001', cause: null }, 'modern')).toEqual({ name: 'Hangup', fields: { Channel: 'PJSIP/1001-00000001', Cause: undefined } })
  })

  it('sends a channel to an extension', () => {
    expect(toAmi({ do: 'redirect', channel: 'SIP/trunk-1', context: 'default', exten: '*1001', priority: 1 }, 'legacy')).toEqual({ name: 'Redirect', fields: { Channel: 'SIP/trunk-1', Context: 'default', Exten: '*1001', Priority: 1 } })
  })
})

describe('failureOf', () => {
  const hangup: PbxAction = { do: 'hangup', channel: 'x', cause: null }
  const redirect: PbxAction = { do: 'redirect', channel: 'x', context: 'c', exten: '1', priority: 1 }

  it.each([
    [originate, 'Extension does not exist.', 'no-such-extension'],
    [originate, 'Originate failed', 'action-refused'],
    [hangup, 'No such channel', 'call-gone'],
    [redirect, 'Channel does not exist: SIP/nope-1', 'call-gone'],
    [redirect, 'No such channel', 'call-gone'],
    [redirect, 'Permission denied', 'not-permitted'],
    [hangup, 'No channel specified', 'action-refused'],
  ] as const)('knows what a refusal means: %o, %s', (action, sentence, code) => {
    expect(failureOf(action, new AppError('action-refused', sentence))).toMatchObject({ code, message: sentence })
  })

  it('leaves other failures as they are', () => {
    const error = new AppError('not-online', 'No such channel')
    expect(failureOf(hangup, error)).toBe(error)
  })
})

const place = { context: 'from-internal', exten: '1002' }

describe('acts during a call', () => {
  it.each<[PbxAction, 'legacy' | 'middle' | 'modern', string, object]>([
    [{ do: 'transferBlind', channel: 'PJSIP/1001-1', ...place }, 'modern', 'BlindTransfer', { Channel: 'PJSIP/1001-1', Context: 'from-internal', Exten: '1002' }],
    [{ do: 'transferAttended', channel: 'PJSIP/1001-1', ...place }, 'modern', 'Atxfer', { Channel: 'PJSIP/1001-1', Context: 'from-internal', Exten: '1002' }],
    [{ do: 'transferAttended', channel: 'SIP/1001-1', ...place }, 'middle', 'Atxfer', { Channel: 'SIP/1001-1', Context: 'from-internal', Exten: '1002', Priority: 1 }],
    [{ do: 'cancelAttended', channel: 'PJSIP/1001-1' }, 'modern', 'CancelAtxfer', { Channel: 'PJSIP/1001-1' }],
    [{ do: 'bridge', one: 'PJSIP/a-1', two: 'PJSIP/b-1' }, 'modern', 'Bridge', { Channel1: 'PJSIP/a-1', Channel2: 'PJSIP/b-1', Tone: 'no' }],
    [{ do: 'redirectBoth', channel: 'SIP/a-1', extra: 'SIP/b-1', ...place }, 'legacy', 'Redirect', { Channel: 'SIP/a-1', ExtraChannel: 'SIP/b-1', Context: 'from-internal', Exten: '1002', Priority: 1 }],
    [{ do: 'redirectBoth', channel: 'SIP/a-1', extra: 'SIP/b-1', ...place }, 'modern', 'Redirect', { Channel: 'SIP/a-1', ExtraChannel: 'SIP/b-1', Context: 'from-internal', Exten: '1002', Priority: 1, ExtraContext: 'from-internal', ExtraExten: '1002', ExtraPriority: 1 }],
    [{ do: 'park', channel: 'PJSIP/t-1', parker: 'PJSIP/1001-000000a1', returnTo: 'PJSIP/1001-000000a1', lot: 'sales' }, 'modern', 'Park', { Channel: 'PJSIP/t-1', TimeoutChannel: 'PJSIP/1001-000000a1', Parkinglot: 'sales' }],
    [{ do: 'park', channel: 'PJSIP/t-1', parker: 'PJSIP/1001-1', returnTo: 'PJSIP/front-desk-0', lot: null }, 'modern', 'Park', { Channel: 'PJSIP/t-1', TimeoutChannel: 'PJSIP/front-desk-0', Parkinglot: undefined }],
    [{ do: 'park', channel: 'SIP/t-1', parker: 'SIP/1001-1', returnTo: 'SIP/1001-1', lot: null }, 'legacy', 'Park', { Channel: 'SIP/t-1', Channel2: 'SIP/1001-1', Parkinglot: undefined }],
    [{ do: 'digit', channel: 'PJSIP/t-1', digit: '#' }, 'legacy', 'PlayDTMF', { Channel: 'PJSIP/t-1', Digit: '#' }],
    [{ do: 'press', channel: 'PJSIP/1001-1', digit: '*' }, 'modern', 'PlayDTMF', { Channel: 'PJSIP/1001-1', Digit: '*', Receive: 'true' }],
    [{ do: 'recordStart', how: 'mix', channel: 'PJSIP/1001-1', file: 'ringside-1' }, 'modern', 'MixMonitor', { Channel: 'PJSIP/1001-1', File: 'ringside-1.wav' }],
    [{ do: 'recordStart', how: 'monitor', channel: 'SIP/1001-1', file: 'ringside-1' }, 'legacy', 'Monitor', { Channel: 'SIP/1001-1', File: 'ringside-1', Format: 'wav', Mix: 'true' }],
    [{ do: 'recordPause', how: 'mix', channel: 'PJSIP/1001-1', paused: true }, 'modern', 'MixMonitorMute', { Channel: 'PJSIP/1001-1', Direction: 'both', State: 1 }],
    [{ do: 'recordPause', how: 'monitor', channel: 'SIP/1001-1', paused: false }, 'legacy', 'UnpauseMonitor', { Channel: 'SIP/1001-1' }],
    [{ do: 'recordStop', how: 'mix', channel: 'PJSIP/1001-1' }, 'modern', 'StopMixMonitor', { Channel: 'PJSIP/1001-1' }],
    [{ do: 'limit', channel: 'PJSIP/1001-1', seconds: 60 }, 'legacy', 'AbsoluteTimeout', { Channel: 'PJSIP/1001-1', Timeout: 60 }],
    [{ do: 'mute', channel: 'PJSIP/1001-1', on: true }, 'modern', 'MuteAudio', { Channel: 'PJSIP/1001-1', Direction: 'in', State: 'on' }],
    [{ do: 'listen', channel: 'PJSIP/1001', mailbox: '1004@default', target: { number: '1004', name: null }, timeoutMs: 30_000, channelId: 'ringside-2' }, 'modern', 'Originate', { Channel: 'PJSIP/1001', Application: 'VoiceMailMain', Data: '1004@default', Timeout: 30_000, Async: 'true', ChannelId: 'ringside-2', Variable: 'CONNECTEDLINE(all)=<1004>' }],
    [{ do: 'listen', channel: 'SIP/1001', mailbox: '1004@default', target: { number: '1004', name: null }, timeoutMs: 30_000, channelId: 'ringside-2' }, 'legacy', 'Originate', { Channel: 'SIP/1001', Application: 'VoiceMailMain', Data: '1004@default', Timeout: 30_000, Async: 'true', CallerID: '"Call 1004" <1001>' }],
    [{ do: 'ring', channel: 'PJSIP/mobile', target: { number: '1002', name: 'Bob' }, timeoutMs: 30_000, channelId: 'ringside-2' }, 'modern', 'Originate', { Channel: 'PJSIP/mobile', Application: 'Wait', Data: 30, Timeout: 30_000, Async: 'true', ChannelId: 'ringside-2', Variable: 'CONNECTEDLINE(all)=Bob <1002>' }],
    [{ do: 'runCode', code: '*78', context: 'from-internal', caller: '1001' }, 'legacy', 'Originate', { Channel: 'Local/*78@from-internal', Application: 'NoOp', CallerID: '1001', Async: 'true', Timeout: 10_000 }],
    [{ do: 'databasePut', family: 'DND', key: '1001', value: 'YES' }, 'legacy', 'DBPut', { Family: 'DND', Key: '1001', Val: 'YES' }],
    [{ do: 'databasePut', family: 'CF', key: '1001', value: null }, 'modern', 'DBDel', { Family: 'CF', Key: '1001' }],
    [{ do: 'setDeviceState', device: 'Custom:DND1001', busy: false }, 'modern', 'Setvar', { Variable: 'DEVICE_STATE(Custom:DND1001)', Value: 'NOT_INUSE' }],
    [{ do: 'queueAdd', queue: 'support', interface: 'Local/1001@from-queue/n', name: 'Alice', stateInterface: 'hint:1001@ext-local', penalty: 2 }, 'modern', 'QueueAdd', { Queue: 'support', Interface: 'Local/1001@from-queue/n', Penalty: 2, MemberName: 'Alice', StateInterface: 'hint:1001@ext-local' }],
    [{ do: 'queueRemove', queue: 'support', interface: 'PJSIP/1001' }, 'legacy', 'QueueRemove', { Queue: 'support', Interface: 'PJSIP/1001' }],
    [{ do: 'queuePause', queue: 'support', interface: 'PJSIP/1001', paused: true, reason: 'lunch' }, 'modern', 'QueuePause', { Queue: 'support', Interface: 'PJSIP/1001', Paused: 'true', Reason: 'lunch' }],
    [{ do: 'messageMove', mailbox: '1001@default', folder: 'INBOX', id: '1795-1', toFolder: 'Old' }, 'modern', 'VoicemailMove', { Mailbox: '1001', Context: 'default', Folder: 'INBOX', ID: '1795-1', ToFolder: 'Old' }],
    [{ do: 'messageDelete', mailbox: '1001@sales', folder: 'INBOX', id: '1795-1' }, 'modern', 'VoicemailRemove', { Mailbox: '1001', Context: 'sales', Folder: 'INBOX', ID: '1795-1' }],
    [{ do: 'messageForward', mailbox: '1001@default', folder: 'INBOX', id: '1795-1', toMailbox: '1002@default' }, 'modern', 'VoicemailForward', { Mailbox: '1001', Context: 'default', Folder: 'INBOX', ID: '1795-1', ToMailbox: '1002', ToContext: 'default', ToFolder: 'INBOX' }],
  ])('are said as the dialect wants them: %j for %s', (action, dialect, name, fields) => {
    expect(toAmi(action, dialect)).toEqual({ name, fields })
  })

  it.each<PbxAction>([
    { do: 'transferBlind', channel: 'SIP/1001-1', ...place },
    { do: 'press', channel: 'SIP/1001-1', digit: '*' },
    { do: 'ring', channel: 'SIP/mobile', target: { number: '1', name: null }, timeoutMs: 1, channelId: 'x' },
  ])('are not said to a server that would do something else: %j', (action) => {
    expect(() => toAmi(action, 'middle')).toThrow(expect.objectContaining({ code: 'not-on-this-server' }))
  })

  // Sentences as recorded from 1.2 to 22.
  it.each<[PbxAction, string, string]>([
    [{ do: 'redirect', channel: 'x', ...place, priority: 1 }, 'Channel does not exist: PJSIP/none-1', 'call-gone'],
    [{ do: 'recordStop', how: 'mix', channel: 'x' }, 'No such channel', 'call-gone'],
    [{ do: 'queueAdd', queue: 'q', interface: 'i', name: null, stateInterface: null, penalty: 0 }, 'Unable to add interface: Already there', 'already-so'],
    [{ do: 'queueAdd', queue: 'q', interface: 'i', name: null, stateInterface: null, penalty: 0 }, 'Unable to add interface to queue: No such queue', 'no-such-queue'],
    [{ do: 'queueRemove', queue: 'q', interface: 'i' }, 'Unable to remove interface: Not there', 'not-a-member'],
    [{ do: 'queueRemove', queue: 'q', interface: 'i' }, 'Member not dynamic', 'static-member'],
    [{ do: 'queuePause', queue: 'q', interface: 'i', paused: true, reason: null }, 'Interface not found', 'not-a-member'],
    [{ do: 'databasePut', family: 'CF', key: '1001', value: null }, 'Database entry could not be deleted', 'already-so'],
    [{ do: 'transferBlind', channel: 'x', ...place }, 'Transfer not permitted', 'transfer-refused'],
    [{ do: 'queueAdd', queue: 'q', interface: 'i', name: null, stateInterface: null, penalty: 0 }, 'Permission denied', 'not-permitted'],
  ])('that are refused say why: %j %s', (action, sentence, code) => {
    expect(failureOf(action, new AppError('action-refused', sentence)).code).toBe(code)
  })

  it('fail where the server says Success and means the contrary', () => {
    const move: PbxAction = { do: 'messageMove', mailbox: '1001@default', folder: 'INBOX', id: 'x', toFolder: 'Old' }
    expect(hiddenFailure(move, 'Message move failed')?.code).toBe('messages-gone')
    expect(hiddenFailure({ do: 'messageForward', mailbox: '1001@default', folder: 'INBOX', id: 'x', toMailbox: '9999@default' }, 'Message forward failed')?.code).toBe('message-not-forwarded')
    expect(hiddenFailure(move, 'Message move successful')).toBeNull()
    expect(hiddenFailure({ do: 'hangup', channel: 'x', cause: null }, 'Message move failed')).toBeNull()
  })
})

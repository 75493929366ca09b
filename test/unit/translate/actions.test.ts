import type { PbxAction } from '../../../main/pbx/actions.ts'
import { describe, expect, it } from 'vitest'
import { failureOf, toAmi } from '../../../main/ami/translate/actions.ts'
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

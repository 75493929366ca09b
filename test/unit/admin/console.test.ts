import type { Headers } from '#contract/admin.ts'
import { describe, expect, it } from 'vitest'
import { runsPrograms, watchOver } from '../../../main/admin/console/danger.ts'
import { readTypedPacket } from '../../../main/admin/console/typed-text.ts'
import { AppError } from '../../../main/errors.ts'
import { openAdmin } from '../../support/admin-bench.ts'
import { ConversationServer } from '../../support/conversation-server.ts'
import { ScriptedServer } from '../../support/scripted-server.ts'

const names = (packets: readonly { readonly name: string }[]): readonly string[] => packets.map(({ name }) => name)

describe('an action of the console', () => {
  it('comes back with its answer and how long that took', async () => {
    const { after, ask } = await openAdmin(await ConversationServer.of('1.4/ping_listcommands', '1.4/extension_state'))
    const report = await after(1000, ask['admin.send']({ action: 'ExtensionState', fields: [['Exten', '1001'], ['Context', 'default']], confirmed: false }))
    expect(report.sent.headers).toEqual([['Action', 'ExtensionState'], ['ActionID', expect.stringMatching(/^ringside-console-/)], ['Exten', '1001'], ['Context', 'default']])
    expect(report.answer).toMatchObject([{ kind: 'response', name: 'Success', direction: 'in' }])
    expect(report.answer[0]?.headers).toContainEqual(['Hint', 'SIP/1001'])
    expect(report).toMatchObject({ elapsedMs: 0, failure: null, caused: [] })
  })

  it('comes back with the whole list, its end included', async () => {
    const { after, ask } = await openAdmin(await ConversationServer.of('22/p-lists'))
    const report = await after(1000, ask['admin.send']({ action: 'Status', fields: [], confirmed: false }))
    expect(names(report.answer)).toEqual(['Success', 'Status', 'Status', 'StatusComplete'])
  })

  it('comes back with the text of a server that answers in text, all of it', async () => {
    const { after, ask } = await openAdmin(await ConversationServer.of('1.4/ping_listcommands', '1.4/queue_admin'))
    const report = await after(1000, ask['admin.send']({ action: 'Queues', fields: [], confirmed: false }))
    expect(report.answer.map(({ kind }) => kind)).toEqual(['text', 'text', 'text'])
    expect(report.answer.map(({ output }) => output?.[0]?.split(' ')[0])).toEqual(['empty', 'agentq', 'support'])
    expect(report.failure).toBe(null)
  })

  it('gathers what it caused: events of its channels, before and up to a second after the answer', async () => {
    const server = new ScriptedServer()
    server.on('Hangup', (action, connection) => {
      connection.packet({ Event: 'Unlink', Privilege: 'call,all', Channel1: 'SIP/1-1', Channel2: 'SIP/2-1' })
      connection.answer(action, 'Success', { Message: 'Channel Hungup' })
      connection.packet({ Event: 'Hangup', Privilege: 'call,all', Channel: 'SIP/1-1', Uniqueid: '1.1', Cause: '16' })
      connection.packet({ Event: 'Hangup', Privilege: 'call,all', Channel: 'SIP/9-9', Uniqueid: '9.9', Cause: '16' })
    })
    const { after, ask } = await openAdmin(server)
    const report = await after(1000, ask['admin.send']({ action: 'Hangup', fields: [['Channel', 'SIP/1-1']], confirmed: true }))
    expect(names(report.caused)).toEqual(['Unlink', 'Hangup'])
    expect(report.caused.map(({ id }) => id)).toEqual([2, 4])
    expect(names(report.answer)).toEqual(['Success'])
  })

  it('takes the event of an asynchronous Originate for part of the answer, by its ActionID', async () => {
    const server = new ScriptedServer()
    server.on('Originate', (action, connection) => {
      connection.answer(action, 'Success', { Message: 'Originate successfully queued' })
      connection.packet({ Event: 'OriginateResponse', Privilege: 'call,all', ActionID: action.get('ActionID') ?? '', Response: 'Failure', Channel: 'SIP/1', Reason: '0' })
    })
    const { after, ask } = await openAdmin(server)
    const report = await after(1000, ask['admin.send']({ action: 'Originate', fields: [['Channel', 'SIP/1'], ['Application', 'Wait'], ['Async', 'true']], confirmed: true }))
    expect(names(report.answer)).toEqual(['Success', 'OriginateResponse'])
  })

  it('tells a refusal beside the packet that says it', async () => {
    const { after, ask } = await openAdmin(await ConversationServer.of('1.8/ping_listcommands', '1.8/errors'))
    const report = await after(1000, ask['admin.send']({ action: 'Frobnicate', fields: [], confirmed: false }))
    expect(report.failure).toMatchObject({ code: 'unknown-action' })
    expect(report.answer[0]?.headers).toContainEqual(['Message', expect.stringMatching(/^Invalid\/unknown command: Frobnicate/)])
  })

  it('sends a repeated header once for each value, in order', async () => {
    const server = new ScriptedServer()
    const { after, ask } = await openAdmin(server)
    await after(1000, ask['admin.send']({ action: 'UserEvent', fields: [['UserEvent', 'x'], ['Variable', 'a=1'], ['Variable', 'b=2']], confirmed: true }))
    expect(server.latest.actions.at(-1)?.all('Variable')).toEqual(['a=1', 'b=2'])
  })

  it.each<readonly [string, Headers]>([
    ['a second action in its headers', [['Action', 'Command']]],
    ['an ActionID of its own', [['ActionID', 'mine']]],
    ['a name with a blank', [['a b', '1']]],
  ])('is not sent with %s', async (_, fields) => {
    const server = new ScriptedServer()
    const { after, ask } = await openAdmin(server)
    const before = server.latest.actions.length
    expect(await after(1000, ask['admin.send']({ action: 'Ping', fields: fields.map(([name, value]) => [name, value]), confirmed: false }))).toMatchObject({ failure: { code: 'unsafe-value' }, answer: [] })
    expect(server.latest.actions.length).toBe(before)
  })

  it('never shows a secret that it was given', async () => {
    const server = new ScriptedServer()
    const { after, ask } = await openAdmin(server)
    const report = await after(1000, ask['admin.send']({ action: 'UserEvent', fields: [['Secret', 'hunter2'], ['Note', 'password=hunter2']], confirmed: true }))
    expect(server.latest.actions.at(-1)?.get('Secret')).toBe('hunter2')
    expect(JSON.stringify(report)).not.toContain('hunter2')
  })
})

describe('a packet typed as text', () => {
  it('is sent as it is typed', async () => {
    const server = new ScriptedServer()
    const { after, ask } = await openAdmin(server)
    await after(1000, ask['admin.sendText']({ text: 'action:  UserEvent\nUserEvent:Note\r\n\nActionID: 7\nText: a: b', confirmed: true }))
    const sent = server.latest.actions.at(-1)
    expect(sent?.entries().filter(([name]) => name !== 'ActionID')).toEqual([['Action', 'UserEvent'], ['UserEvent', 'Note'], ['Text', 'a: b']])
    expect(sent?.get('ActionID')).not.toBe('7')
  })

  it.each([
    ['Action: Ping\nnonsense', { line: 2, text: 'nonsense' }],
    [': x', { line: 1, text: ': x' }],
    ['Channel: SIP/1', { line: 1, text: 'Channel: SIP/1' }],
    ['', { line: 1, text: '' }],
  ])('says which line of %j is unclear', (text, details) => {
    expect(() => readTypedPacket(text)).toThrow(expect.objectContaining({ code: 'packet-unclear', details }))
  })
})

describe('dangerous actions', () => {
  const passes = (request: Partial<Parameters<typeof watchOver>[0]>): string => {
    try {
      watchOver({ action: 'Originate', fields: [], danger: null, typed: false, confirmed: false, ...request })
      return 'sent'
    }
    catch (error) {
      return error instanceof AppError ? error.code : String(error)
    }
  }
  const shell: Headers = [['Channel', 'Local/1@x'], ['Application', 'System'], ['Data', 'rm']]

  it('ask first, with what will happen', async () => {
    const server = new ScriptedServer()
    const { ask } = await openAdmin(server)
    await expect(ask['admin.send']({ action: 'hangup', fields: [['Channel', 'SIP/1-1']], confirmed: false })).rejects.toMatchObject({ code: 'needs-confirmation', details: { action: 'hangup', what: expect.any(String) } })
    expect(server.latest.asked).not.toContain('hangup')
  })

  it('that run a program are never sent from a form, and as text after a question', () => {
    expect(passes({ fields: shell, confirmed: true })).toBe('never-allowed')
    expect(passes({ fields: shell, typed: true })).toBe('needs-confirmation')
    expect(passes({ fields: shell, typed: true, confirmed: true })).toBe('sent')
  })

  it.each<readonly [string, Headers]>([
    ['Originate', [['application', ' TrySystem'], ['Data', 'id']]],
    ['Originate', [['Application', 'AGI'], ['Data', 'x.agi']]],
    ['Originate', [['Application', 'Wait'], ['Application', 'System']]],
    ['Originate', [['Application', 'System'], ['Application', 'Wait']]],
    ['Originate', [['Application', 'Set'], ['Data', `x=$\{shell(id)}`]]],
    ['Originate', [['Exten', '1'], ['Variable', `x=$\{SHELL(id)}`]]],
    ['Originate', [['Application', 'MixMonitor'], ['Data', 'a.wav,,rm']]],
    ['originate', [['Application', 'ExecIf'], ['Data', '1?System:id']]],
    ['MixMonitor', [['Channel', 'SIP/1'], ['Command', 'rm']]],
    ['Getvar', [['Variable', 'SHELL(id)']]],
    ['Setvar', [['Variable', 'shell (x)'], ['Value', '1']]],
    ['DialplanExtensionAdd', [['Application', 'System'], ['ApplicationData', 'id']]],
  ])('are seen in %s with %j', (action, fields) => {
    expect(runsPrograms(action, fields)).toBe(true)
  })

  it.each<readonly [string, Headers]>([
    ['Originate', [['Channel', 'SIP/1'], ['Exten', '1002'], ['Variable', 'CONNECTEDLINE(all)=Bob <1002>']]],
    ['Originate', [['Application', 'Playback'], ['Data', 'system-shell']]],
    ['Getvar', [['Variable', 'CALLERID(num)']]],
    ['MixMonitor', [['Channel', 'SIP/1'], ['File', 'a.wav']]],
  ])('are not seen in %s with %j', (action, fields) => {
    expect(runsPrograms(action, fields)).toBe(false)
  })
})

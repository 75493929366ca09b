import type { Message } from '../../main/ami/wire/message.ts'
import type { SessionBench } from '../support/session-bench.ts'
import { describe, expect, it } from 'vitest'
import { ScriptedServer } from '../support/scripted-server.ts'
import { createSessionBench } from '../support/session-bench.ts'

async function online(server: ScriptedServer): Promise<SessionBench> {
  const bench = createSessionBench(server)
  bench.session.start()
  await bench.settled()
  return bench
}

function idOf(action: Message | undefined): string {
  return action?.get('ActionID') ?? ''
}

/** Settled promises as plain words: the value of `Value`, or the code of the failure. */
function outcome(promise: Promise<Message>): Promise<string> {
  return promise.then(answer => answer.get('Value') ?? answer.name, (error: { code: string }) => error.code)
}

describe('answers', () => {
  it('find their action in whatever order they come', async () => {
    const server = new ScriptedServer()
    const { session } = await online(server)
    const asked: Message[] = []
    server.on('Getvar', (action, connection) => {
      asked.push(action)
      if (asked.length === 1000)
        asked.toReversed().forEach(each => connection.answer(each, 'Success', { Value: each.get('Variable') ?? '' }))
    })
    const answers = await Promise.all(Array.from({ length: 1000 }, (_, index) => session.action('Getvar', { Variable: `v${index}` })))
    expect(answers.map(answer => answer.get('Value'))).toEqual(Array.from({ length: 1000 }, (_, index) => `v${index}`))
    expect(new Set(asked.map(idOf)).size).toBe(1000)
  })

  it('that carry the ActionID of another program are nobody\'s', async () => {
    const server = new ScriptedServer()
    const { clock, session } = await online(server)
    server.on('Getvar', (action, connection) => connection.packet({ Response: 'Success', ActionID: `${idOf(action)}0`, Value: 'stolen' }))
    const answer = outcome(session.action('Getvar', { Variable: 'X' }))
    await clock.pass(10_000)
    expect(await answer).toBe('no-answer')
  })

  it('without ActionID go to the only action that can be meant', async () => {
    const server = new ScriptedServer()
    const { session } = await online(server)
    server.on('Getvar', (_, connection) => connection.packet({ Response: 'Success', Value: 'mine' }))
    expect(await outcome(session.action('Getvar', { Variable: 'X' }))).toBe('mine')
  })

  it('without ActionID settle nothing where two may be meant', async () => {
    const server = new ScriptedServer()
    const { clock, session } = await online(server)
    server.on('Getvar', (action, connection) => action.get('Variable') === 'b' && connection.packet({ Response: 'Success', Value: 'whose?' }))
    const answers = Promise.all(['a', 'b'].map(name => outcome(session.action('Getvar', { Variable: name }))))
    await clock.pass(10_000)
    expect(await answers).toEqual(['no-answer', 'no-answer'])
  })

  it('without ActionID are known by what they say', async () => {
    const server = new ScriptedServer()
    const { session } = await online(server)
    server.on('Getvar', () => {})
    server.on('Events', () => {})
    server.on('Ping', (action, connection) => {
      connection.say('Response: Events Off\r\n\r\n')
      connection.say('Response: Pong\r\n\r\n')
      connection.answer(action, 'Success', { Value: 'too late' })
    })
    void session.action('Getvar', { Variable: 'X' }).catch(() => {})
    const answers = [session.action('Events', { EventMask: 'off' }), session.action('Ping')].map(outcome)
    expect(await Promise.all(answers)).toEqual(['Events Off', 'Pong'])
  })

  it('to a later action free the earlier one from what comes without ActionID', async () => {
    const server = new ScriptedServer()
    const { clock, session } = await online(server)
    server.on('Events', () => {})
    const first = outcome(session.action('Events', { EventMask: 'on' }))
    await session.action('Ping')
    server.on('Getvar', (_, connection) => connection.packet({ Response: 'Success', Value: 'mine' }))
    expect(await outcome(session.action('Getvar', { Variable: 'X' }))).toBe('mine')
    await clock.pass(10_000)
    expect(await first).toBe('no-answer')
  })

  it('that complain of a packet without action settle nothing', async () => {
    const server = new ScriptedServer()
    const { session } = await online(server)
    server.on('Getvar', (action, connection) => {
      connection.packet({ Response: 'Error', Message: 'Missing action in request' })
      connection.answer(action, 'Success', { Value: 'mine' })
    })
    expect(await outcome(session.action('Getvar', { Variable: 'X' }))).toBe('mine')
  })

  it('that come too late are nobody\'s, and not the next action\'s', async () => {
    const server = new ScriptedServer()
    const { clock, session, settled } = await online(server)
    server.on('Getvar', () => {})
    const late = outcome(session.action('Getvar', { Variable: 'X' }, { timeoutMs: 500 }))
    await clock.pass(500)
    expect(await late).toBe('no-answer')
    const next = outcome(session.action('Getvar', { Variable: 'X' }, { timeoutMs: 500 }))
    server.latest.packet({ Response: 'Success', Value: 'of the first' })
    await settled()
    await clock.pass(500)
    expect(await next).toBe('no-answer')
  })

  it.each([
    ['Permission denied', 'not-permitted'],
    ['Invalid/unknown command', 'unknown-action'],
    ['Invalid/unknown command: Getvar. Use Action: ListCommands to show available commands.', 'unknown-action'],
    ['No such channel', 'action-refused'],
    ['Asterisk is shutting down', 'shutting-down'],
  ])('%j fail with their code and the words of the server', async (sentence, code) => {
    const server = new ScriptedServer()
    const { session } = await online(server)
    server.on('Getvar', (action, connection) => connection.answer(action, 'Error', { Message: sentence }))
    const failure = await session.action('Getvar', { Variable: 'X' }).catch((error: unknown) => error)
    expect(failure).toMatchObject({ code, details: { action: 'getvar', sentence } })
  })

  it('of raw text go to the action that is answered so', async () => {
    const server = new ScriptedServer({ banner: 'Asterisk Call Manager/1.0' })
    const { session } = await online(server)
    server.on('Getvar', () => {})
    server.on('Queues', (_, connection) => connection.say('support      has 0 calls (max unlimited)\r\n   No Members\r\n\r\n\r\n\r\n'))
    void session.action('Getvar', { Variable: 'X' }).catch(() => {})
    const answer = await session.action('Queues')
    expect(answer.output?.[0]).toBe('support      has 0 calls (max unlimited)')
  })

  it('do not settle an Originate before they come, though its event comes first', async () => {
    const server = new ScriptedServer()
    const { events, session } = await online(server)
    server.on('Originate', (action, connection) => {
      connection.packet({ Event: 'OriginateResponse', Privilege: 'call,all', ActionID: idOf(action), Response: 'Failure', Reason: '5' })
      connection.answer(action, 'Success', { Message: 'Originate successfully queued' })
    })
    const answer = await session.action('Originate', { Channel: 'PJSIP/1001', Async: true }, { actionId: 'desk-1-call' })
    expect(answer.get('Message')).toBe('Originate successfully queued')
    expect(events.map(event => [event.name, idOf(event)])).toEqual([['OriginateResponse', 'desk-1-call']])
  })
})

describe('an action', () => {
  it('is not sent before the login', async () => {
    const server = new ScriptedServer()
    server.on('Login', () => {})
    const { session } = await online(server)
    expect(await outcome(session.action('Ping'))).toBe('not-online')
    expect(server.latest.asked).toEqual(['Challenge', 'Login'])
  })

  it('has an unknown outcome when the link breaks after it was sent, and is not sent again', async () => {
    const server = new ScriptedServer()
    const { clock, session, settled } = await online(server)
    server.on('Originate', (_, connection) => connection.close(new Error('read ECONNRESET')))
    expect(await outcome(session.action('Originate', { Channel: 'SIP/1' }))).toBe('outcome-unknown')
    expect(await outcome(session.action('Originate', { Channel: 'SIP/1' }))).toBe('not-online')
    await clock.pass(1000)
    await settled()
    expect(server.connections.map(connection => connection.asked.includes('Originate'))).toEqual([true, false])
  })

  it('that would write a second header is refused before a byte is sent', async () => {
    const server = new ScriptedServer()
    const { session } = await online(server)
    const before = server.latest.actions.length
    expect(await outcome(session.action('Originate', { Channel: 'PJSIP/1001\r\nAction: Logoff' }))).toBe('unsafe-value')
    expect(server.latest.actions).toHaveLength(before)
  })

  it('is not cut by a release that reads short lines', async () => {
    const old = await online(new ScriptedServer({ banner: 'Asterisk Call Manager/1.0' }))
    expect(await outcome(old.session.action('Setvar', { Variable: 'X', Value: 'x'.repeat(300) }))).toBe('line-too-long')
    const server = new ScriptedServer()
    server.on('Setvar', (action, connection) => connection.answer(action, 'Success'))
    const modern = await online(server)
    expect(await outcome(modern.session.action('Setvar', { Variable: 'X', Value: 'x'.repeat(300) }))).toBe('Success')
  })

  it('waits anew after the machine has slept, because its answer may lie unread', async () => {
    const server = new ScriptedServer()
    const { clock, session, settled } = await online(server)
    let asked: Message | null = null
    server.on('Getvar', (action) => { asked = action })
    const answer = outcome(session.action('Getvar', { Variable: 'X' }))
    await settled()
    await clock.sleep(3_600_000)
    if (asked !== null)
      server.latest.answer(asked, 'Success', { Value: 'read after waking' })
    expect(await answer).toBe('read after waking')
  })
})

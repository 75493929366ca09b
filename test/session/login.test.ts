import { describe, expect, it } from 'vitest'
import { AppError } from '../../main/errors.ts'
import { ScriptedServer } from '../support/scripted-server.ts'
import { createSessionBench } from '../support/session-bench.ts'

describe('logging in', () => {
  it('proves the secret by a challenge without TLS, and the secret itself never leaves', async () => {
    const server = new ScriptedServer()
    const { path, session, settled } = createSessionBench(server)
    session.start()
    await settled()
    expect(path()).toEqual(['connecting', 'authenticating', 'syncing', 'online'])
    expect(server.latest.asked).toEqual(['Challenge', 'Login', 'ListCommands'])
    expect(server.latest.actions.map(action => action.raw()).join()).not.toMatch(/Secret/i)
  })

  it('logs in plainly inside TLS, and asks for the events it was told to', async () => {
    const server = new ScriptedServer()
    const { path, session, settled } = createSessionBench(server, { secured: true, events: 'off' })
    session.start()
    await settled()
    expect(path().at(-1)).toBe('online')
    expect(server.latest.asked).toEqual(['Login', 'ListCommands'])
    expect(server.latest.actions[0]?.entries()).toEqual([
      ['Action', 'Login'],
      ['ActionID', 'desk-1-1'],
      ['Secret', 'secret'],
      ['Username', 'companion'],
      ['Events', 'off'],
    ])
  })

  it('does not send the secret unprotected when the challenge is refused, and does not try again', async () => {
    const server = new ScriptedServer()
    server.on('Challenge', (action, connection) => connection.answer(action, 'Error', { Message: 'Must specify AuthType' }))
    const { clock, path, session, settled } = createSessionBench(server)
    session.start()
    await settled()
    await clock.pass(120_000)
    expect(path()).toEqual(['connecting', 'authenticating', 'offline: challenge-refused'])
    expect(server.connections.flatMap(connection => connection.asked)).toEqual(['Challenge'])
  })

  it.each([
    ['Authentication failed', 'offline: login-refused'],
    ['Authentication Required', 'offline: login-refused'],
    ['Permission denied', 'offline: login-refused'],
    ['Login Already In Use', 'waiting: login-in-use'],
    ['Asterisk is shutting down', 'waiting: shutting-down'],
  ])('understands %j', async (sentence, state) => {
    const server = new ScriptedServer()
    server.on('Login', (action, connection) => {
      connection.answer(action, 'Error', { Message: sentence })
      connection.close()
    })
    const { path, session, settled } = createSessionBench(server)
    session.start()
    await settled()
    expect(path()).toEqual(['connecting', 'authenticating', state])
  })

  it.each(['Already logged in', 'Already authenticated'])('is content with %j', async (sentence) => {
    const server = new ScriptedServer()
    server.on('Login', (action, connection) => connection.answer(action, 'Success', { Message: sentence }))
    const { path, session, settled } = createSessionBench(server)
    session.start()
    await settled()
    expect(path().at(-1)).toBe('online')
  })

  it('takes a wrong secret back to offline until a person tries again', async () => {
    const server = new ScriptedServer({ secret: 'Secret' })
    const { clock, path, session, settled } = createSessionBench(server)
    session.start()
    await clock.pass(600_000)
    expect(path()).toEqual(['connecting', 'authenticating', 'offline: login-refused'])
    session.retryNow()
    await settled()
    expect(server.connections).toHaveLength(2)
  })

  it('tells a server that closes without an answer, and one that never answers', async () => {
    const closing = new ScriptedServer()
    closing.on('Login', (_, connection) => connection.close())
    const first = createSessionBench(closing)
    first.session.start()
    await first.settled()
    expect(first.path().at(-1)).toBe('waiting: connection-lost')

    const silent = new ScriptedServer()
    silent.on('Login', () => {})
    const second = createSessionBench(silent)
    second.session.start()
    await second.clock.pass(10_000)
    expect(second.path().at(-1)).toBe('waiting: login-timeout')
  })

  it('gives up a server without a greeting after five seconds, and one that is no Asterisk at once', async () => {
    const silent = createSessionBench(new ScriptedServer({ banner: null }))
    silent.session.start()
    await silent.clock.pass(4999)
    expect(silent.path()).toEqual(['connecting'])
    await silent.clock.pass(1)
    expect(silent.path()).toEqual(['connecting', 'waiting: no-banner'])

    const other = createSessionBench(new ScriptedServer({ banner: 'SSH-2.0-OpenSSH_9.6' }))
    other.session.start()
    await other.settled()
    expect(other.path()).toEqual(['connecting', 'waiting: not-asterisk'])
  })

  it('takes a close without a word for too many sessions', async () => {
    const server = new ScriptedServer({ banner: null })
    const { path, session, settled } = createSessionBench(server)
    session.start()
    await settled()
    server.latest.close()
    await settled()
    expect(path()).toEqual(['connecting', 'waiting: too-many-sessions'])
  })

  it('goes on without the names of actions where ListCommands is not allowed', async () => {
    const server = new ScriptedServer()
    server.on('ListCommands', (action, connection) => connection.answer(action, 'Error', { Message: 'Permission denied' }))
    const { session, settled } = createSessionBench(server)
    session.start()
    await settled()
    expect(session.server.actions).toBeNull()
  })

  it('learns the names of actions in lower case', async () => {
    const { session, settled } = createSessionBench(new ScriptedServer())
    session.start()
    await settled()
    expect(session.server).toEqual({
      banner: 'Asterisk Call Manager/11.0.0',
      amiVersion: '11.0.0',
      dialect: 'modern',
      actions: new Set(['ping', 'status', 'hangup']),
    })
  })

  it('goes offline with the reason when there are no credentials', async () => {
    const { path, session, settled } = createSessionBench(new ScriptedServer(), {
      credentials: async () => { throw new AppError('secret-missing', 'Not kept') },
    })
    session.start()
    await settled()
    expect(path()).toEqual(['connecting', 'authenticating', 'offline: secret-missing'])
  })

  it('keeps the secret out of the log, whatever happens', async () => {
    const server = new ScriptedServer({ secret: 'other' })
    const { log, session, settled } = createSessionBench(server, { secured: true, credentials: async () => ({ username: 'companion', secret: 'hunter2' }) })
    session.start()
    await settled()
    expect(log.lines.length).toBeGreaterThan(0)
    expect(log.lines.join('\n')).not.toContain('hunter2')
  })

  it('refuses a secret that would write a header of its own, and sends none of it', async () => {
    const server = new ScriptedServer()
    const { path, session, settled } = createSessionBench(server, { secured: true, credentials: async () => ({ username: 'a', secret: 'x\r\nAction: Logoff' }) })
    session.start()
    await settled()
    expect(path().at(-1)).toBe('offline: unsafe-value')
    expect(server.latest.asked).toEqual([])
  })
})

import type { SessionStatus } from '../../main/ami/session/types.ts'
import { describe, expect, it } from 'vitest'
import { AppError } from '../../main/errors.ts'
import { ScriptedServer } from '../support/scripted-server.ts'
import { createSessionBench } from '../support/session-bench.ts'

const HANGUP = { Event: 'Hangup', Privilege: 'call,all' }

describe('reading the lists', () => {
  it('holds events back and tells them afterwards, in order', async () => {
    const server = new ScriptedServer()
    const order: string[] = []
    const { session, settled } = createSessionBench(server, {
      async sync(asker) {
        server.latest.packet({ ...HANGUP, Uniqueid: '1' })
        await asker.action('Ping')
        server.latest.packet({ ...HANGUP, Uniqueid: '2' })
        await asker.action('Ping')
        order.push('synced')
      },
      onEvent: event => order.push(event.get('Uniqueid') ?? ''),
      onStatus: status => status.status === 'online' && order.push('online'),
    })
    session.start()
    await settled()
    server.latest.packet({ ...HANGUP, Uniqueid: '3' })
    await settled()
    expect(order).toEqual(['synced', 'online', '1', '2', '3'])
  })

  it('holds what comes between login and lists, too', async () => {
    const server = new ScriptedServer()
    server.on('Login', (action, connection) => {
      connection.answer(action, 'Success')
      connection.packet({ Event: 'FullyBooted', Privilege: 'system,all' })
    })
    const { events, session, settled } = createSessionBench(server)
    session.start()
    await settled()
    expect(events.map(event => event.name)).toEqual(['FullyBooted'])
  })

  it('reconnects when the lists cannot be had, and reads them again', async () => {
    const server = new ScriptedServer()
    let tries = 0
    const { clock, path, session, settled } = createSessionBench(server, {
      async sync() {
        if (++tries === 1)
          throw new AppError('no-answer', 'QueueStatus')
      },
    })
    session.start()
    await settled()
    await clock.pass(1000)
    expect(path()).toEqual(['connecting', 'authenticating', 'syncing', 'waiting: no-answer', 'connecting', 'authenticating', 'syncing', 'online'])
  })

  it('gives its asker up with its link: an old one can ask nothing of the new', async () => {
    const server = new ScriptedServer()
    const askers: { readonly action: (name: string) => Promise<unknown> }[] = []
    const { clock, session, settled } = createSessionBench(server, { sync: async (asker) => { askers.push(asker) } })
    session.start()
    await settled()
    server.latest.close()
    await clock.pass(1000)
    expect(session.status.status).toBe('online')
    await expect(askers[0]?.action('Ping')).rejects.toMatchObject({ code: 'not-online' })
    await expect(askers[1]?.action('Ping')).resolves.toMatchObject({ name: 'Success' })
  })

  it('reconnects rather than holding events without end', async () => {
    const server = new ScriptedServer()
    const { events, path, session, settled } = createSessionBench(server, { sync: () => new Promise(() => {}) })
    session.start()
    await settled()
    server.latest.say(`Event: Hangup\r\nPrivilege: call,all\r\n\r\n`.repeat(100_001))
    await settled()
    expect(path().at(-1)).toBe('waiting: protocol-error')
    expect(events).toEqual([])
  })
})

describe('keeping the link alive', () => {
  it('pings after 25 seconds of silence, and not while there is traffic', async () => {
    const server = new ScriptedServer()
    const { clock, session, settled } = createSessionBench(server)
    session.start()
    await settled()
    for (let count = 0; count < 10; count++) {
      await clock.pass(20_000)
      server.latest.packet(HANGUP)
    }
    expect(server.latest.asked).not.toContain('Ping')
    await clock.pass(24_999)
    expect(server.latest.asked).not.toContain('Ping')
    await clock.pass(1)
    expect(server.latest.asked.at(-1)).toBe('Ping')
    await clock.pass(250_000)
    expect(server.latest.asked.filter(name => name === 'Ping')).toHaveLength(11)
    expect(session.status.status).toBe('online')
  })

  it('finds a link that is half open: nothing comes and nobody closes it', async () => {
    const server = new ScriptedServer()
    const { clock, path, session, settled } = createSessionBench(server)
    session.start()
    await settled()
    server.on('Ping', () => {})
    const dead = server.latest
    await clock.pass(34_999)
    expect(path().at(-1)).toBe('online')
    await clock.pass(1)
    expect(path().at(-1)).toBe('waiting: connection-lost')
    expect(dead.isOpen).toBe(false)
  })

  it('takes any word for a sign of life', async () => {
    const server = new ScriptedServer()
    const { clock, path, session, settled } = createSessionBench(server)
    session.start()
    await settled()
    server.on('Ping', (_, connection) => connection.packet(HANGUP))
    await clock.pass(120_000)
    expect(path().at(-1)).toBe('online')
  })

  it('asks again after the machine has slept instead of dropping a link whose answer lies unread', async () => {
    const server = new ScriptedServer()
    const { clock, path, session, settled } = createSessionBench(server)
    session.start()
    await settled()
    server.on('Ping', () => {})
    await clock.pass(25_000)
    await clock.sleep(3_600_000)
    expect(path().at(-1)).toBe('online')
    server.latest.packet(HANGUP)
    await clock.pass(10_000)
    expect(path().at(-1)).toBe('online')
  })

  it('finds out after waking that the link has died', async () => {
    const server = new ScriptedServer()
    const { clock, path, session, settled } = createSessionBench(server)
    session.start()
    await settled()
    server.on('Ping', () => {})
    await clock.sleep(3_600_000)
    await clock.pass(10_000)
    expect(path().at(-1)).toBe('waiting: connection-lost')
  })

  it('asks at once for a sign of life when a person wants to connect again', async () => {
    const server = new ScriptedServer()
    const { session, settled } = createSessionBench(server)
    session.start()
    await settled()
    session.retryNow()
    await settled()
    expect(server.latest.asked.at(-1)).toBe('Ping')
    expect(server.connections).toHaveLength(1)
  })
})

describe('coming back', () => {
  it('tries after one, two, four seconds, and begins anew once the link has lasted', async () => {
    const server = new ScriptedServer()
    const waits: number[] = []
    const { clock, session, settled } = createSessionBench(server, {
      onStatus: status => status.status === 'waiting' && waits.push(status.retryAt - clock.now()),
    })
    server.refusals.push(...(['connection-refused', 'unreachable', 'connect-timeout'] as const).map(code => new AppError(code, '')))
    session.start()
    await clock.pass(7000)
    expect(session.status.status).toBe('online')
    server.latest.close()
    await clock.pass(8000)
    expect(session.status.status).toBe('online')
    await clock.pass(30_000)
    server.latest.close()
    await settled()
    expect(waits).toEqual([1000, 2000, 4000, 8000, 1000])
  })

  it('does not wait when a person wants to connect now', async () => {
    const server = new ScriptedServer()
    server.refusals.push(new AppError('connection-refused', ''))
    const { path, session, settled } = createSessionBench(server)
    session.start()
    await settled()
    session.retryNow()
    await settled()
    expect(path()).toEqual(['connecting', 'waiting: connection-refused', 'connecting', 'authenticating', 'syncing', 'online'])
  })

  it('hears nothing of the old link any more, and starts its packets anew', async () => {
    const server = new ScriptedServer()
    const { clock, events, session, settled } = createSessionBench(server)
    session.start()
    await settled()
    const old = server.latest
    old.say('Event: Hangup\r\nPrivilege: call,all\r\nUniqueid: half a pack')
    await settled()
    old.close()
    await clock.pass(1000)
    expect(session.status.status).toBe('online')
    server.latest.packet({ ...HANGUP, Uniqueid: 'new' })
    await settled()
    expect(events.map(event => event.raw())).toEqual(['Event: Hangup\r\nPrivilege: call,all\r\nUniqueid: new'])
  })

  it('gives no ActionID twice', async () => {
    const server = new ScriptedServer()
    const { clock, session, settled } = createSessionBench(server)
    session.start()
    await settled()
    server.latest.close()
    await clock.pass(1000)
    const ids = server.connections.flatMap(connection => connection.actions.map(action => action.get('ActionID')))
    expect(ids).toHaveLength(6)
    expect(new Set(ids).size).toBe(6)
  })

  it('says that the server shut down when it had announced it', async () => {
    const server = new ScriptedServer()
    const { events, path, session, settled } = createSessionBench(server)
    session.start()
    await settled()
    server.latest.packet({ Event: 'Shutdown', Privilege: 'system,all', Shutdown: 'Cleanly', Restart: 'False' })
    server.latest.close()
    await settled()
    expect(path().at(-1)).toBe('waiting: shutting-down')
    expect(events.map(event => event.name)).toEqual(['Shutdown'])
  })
})

describe('stopping', () => {
  it('logs off, waits for the close and leaves nothing running', async () => {
    const server = new ScriptedServer()
    const { clock, path, session, settled } = createSessionBench(server)
    session.start()
    await settled()
    await session.stop()
    expect(server.latest.asked.at(-1)).toBe('Logoff')
    expect(server.latest.isOpen).toBe(false)
    expect(path().at(-1)).toBe('offline')
    expect(clock.pending()).toBe(0)
  })

  it('does not wait longer than a second for a server that does not answer', async () => {
    const server = new ScriptedServer()
    server.on('Logoff', () => {})
    const { clock, session, settled } = createSessionBench(server)
    session.start()
    await settled()
    let stopped = false
    const stopping = session.stop().then(() => { stopped = true })
    await clock.pass(999)
    expect(stopped).toBe(false)
    await clock.pass(1)
    await stopping
    expect(server.latest.isOpen).toBe(false)
    expect(clock.pending()).toBe(0)
  })

  it('tells of no event any more', async () => {
    const server = new ScriptedServer()
    server.on('Logoff', (_, connection) => {
      connection.packet(HANGUP)
      connection.close()
    })
    const { events, session, settled } = createSessionBench(server)
    session.start()
    await settled()
    await session.stop()
    expect(events).toEqual([])
  })

  it('tells nothing more of a chunk in the middle of which it was stopped', async () => {
    const server = new ScriptedServer()
    const heard: string[] = []
    const { session, settled } = createSessionBench(server, {
      onEvent(event) {
        heard.push(event.get('Uniqueid') ?? '')
        void session.stop()
      },
    })
    session.start()
    await settled()
    server.latest.say([1, 2].map(id => `Event: Hangup\r\nPrivilege: call,all\r\nUniqueid: ${id}\r\n\r\n`).join(''))
    await settled()
    expect(heard).toEqual(['1'])
  })

  it('fails what was not answered', async () => {
    const server = new ScriptedServer()
    server.on('Getvar', () => {})
    const { session, settled } = createSessionBench(server)
    session.start()
    await settled()
    const outcome = session.action('Getvar', { Variable: 'X' }).catch((error: { code: string }) => error.code)
    await settled()
    await session.stop()
    expect(await outcome).toBe('outcome-unknown')
  })

  it('gives up an attempt to connect, and the wait for the next one', async () => {
    const pending = createSessionBench({ connect: (_, signal) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))) })
    pending.session.start()
    await pending.settled()
    await pending.session.stop()
    expect(pending.path()).toEqual(['connecting', 'offline'])
    expect(pending.clock.pending()).toBe(0)

    const server = new ScriptedServer()
    server.refusals.push(new AppError('connection-refused', ''))
    const waiting = createSessionBench(server)
    waiting.session.start()
    await waiting.settled()
    await waiting.session.stop()
    await waiting.clock.pass(120_000)
    expect(server.connections).toEqual([])
  })

  it('works from within a status, where a check ends at its first failure', async () => {
    const server = new ScriptedServer()
    server.refusals.push(new AppError('connection-refused', ''))
    const seen: SessionStatus['status'][] = []
    const { clock, session, settled } = createSessionBench(server, {
      onStatus(status) {
        seen.push(status.status)
        if (status.status === 'waiting')
          void session.stop()
      },
    })
    session.start()
    await settled()
    await clock.pass(120_000)
    expect(seen).toEqual(['connecting', 'waiting', 'offline'])
    expect(server.connections).toEqual([])
  })

  it('lets it be started again', async () => {
    const { path, session, settled } = createSessionBench(new ScriptedServer())
    session.start()
    await settled()
    await session.stop()
    session.start()
    await settled()
    expect(path().slice(-3)).toEqual(['authenticating', 'syncing', 'online'])
  })
})

describe('a listener that throws', () => {
  it('is reported and stops nobody', async () => {
    const server = new ScriptedServer()
    const heard: string[] = []
    const { log, session, settled } = createSessionBench(server, {
      onEvent(event) {
        heard.push(event.get('Uniqueid') ?? '')
        throw new Error('a bug of ours')
      },
    })
    session.start()
    await settled()
    server.latest.packet({ ...HANGUP, Uniqueid: '1' })
    server.latest.packet({ ...HANGUP, Uniqueid: '2' })
    await settled()
    expect(heard).toEqual(['1', '2'])
    expect(session.status.status).toBe('online')
    expect(log.lines.filter(line => line.includes('a bug of ours'))).toHaveLength(2)
  })
})

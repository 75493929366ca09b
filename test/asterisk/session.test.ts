import type { Session } from '../../main/ami/session/session.ts'
import type { Asker, SessionStatus } from '../../main/ami/session/types.ts'
import type { AsteriskServer, Credentials } from './support/server.ts'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { createSession } from '../../main/ami/session/session.ts'
import { connectTo } from '../../main/ami/transport/connect.ts'
import { systemClock } from '../../main/clock.ts'
import { silentLog } from '../../main/log.ts'
import { describeAsterisk } from './support/describe-asterisk.ts'
import { startAsterisk } from './support/server.ts'

interface Run {
  readonly session: Session
  readonly path: string[]
  /** The first status that is one of these. */
  readonly reaches: (...wanted: readonly SessionStatus['status'][]) => Promise<SessionStatus>
}

await describeAsterisk('a session', ({ version }) => {
  let server: AsteriskServer
  const sessions: Session[] = []

  beforeAll(async () => {
    server = await startAsterisk({ version })
  })
  afterEach(() => Promise.all(sessions.splice(0).map(session => session.stop())))
  afterAll(() => server?.stop())

  function run(credentials: Credentials, options: { readonly secured?: boolean, readonly fingerprint?: string, readonly sync?: (asker: Asker) => Promise<void> } = {}): Run {
    const { secured = false, fingerprint = null, sync = async () => {} } = options
    const path: string[] = []
    const waiting: { readonly wanted: readonly string[], readonly resolve: (status: SessionStatus) => void }[] = []
    const session = createSession({
      connect: connectTo({ host: server.host, port: secured ? server.ports.amiTls : server.ports.ami, tls: secured, fingerprint, authority: null }),
      credentials: async () => credentials,
      secured,
      clock: systemClock,
      random: Math.random,
      log: silentLog,
      idPrefix: `test-${Math.random().toString(36).slice(2)}`,
      events: 'system,call,agent,user',
      onStatus(status) {
        path.push('reason' in status && status.reason !== null ? `${status.status}: ${status.reason.code}` : status.status)
        for (const each of waiting.splice(0))
          each.wanted.includes(status.status) ? each.resolve(status) : waiting.push(each)
      },
      sync,
      onEvent: () => {},
    })
    sessions.push(session)
    session.start()
    return {
      session,
      path,
      reaches: (...wanted) => new Promise(resolve => waiting.push({ wanted, resolve })),
    }
  }

  it('proves its secret, learns what the account may do and reads whole lists', async () => {
    const { path, reaches, session } = run(server.credentials.companion)
    await reaches('online')
    expect(path).toEqual(['connecting', 'authenticating', 'syncing', 'online'])
    expect(session.server.actions).toContain('originate')
    const [states, channels, parked] = await Promise.all([session.list('ExtensionStateList'), session.list('Status'), session.list('ParkedCalls')])
    expect(states.complete?.get('ListItems')).toBe(String(states.items.length))
    expect(states.items.length).toBeGreaterThan(3)
    expect([channels.items, parked.items]).toEqual([[], []])
  })

  it('logs in through TLS to the certificate that was trusted, and to no other', async () => {
    const trusted = run(server.credentials.companion, { secured: true, fingerprint: server.fingerprint })
    await trusted.reaches('online')
    const unknown = run(server.credentials.companion, { secured: true })
    expect(await unknown.reaches('waiting')).toMatchObject({ reason: { code: 'certificate-untrusted', details: { fingerprint: server.fingerprint } } })
    const changed = run(server.credentials.companion, { secured: true, fingerprint: 'AB:CD' })
    expect(await changed.reaches('waiting')).toMatchObject({ reason: { code: 'certificate-changed', details: { expected: 'AB:CD', actual: server.fingerprint } } })
  })

  it('says what stands in the way of a login', async () => {
    const wrong = run({ ...server.credentials.companion, secret: 'wrong' })
    expect(await wrong.reaches('offline', 'waiting')).toMatchObject({ status: 'offline', reason: { code: 'login-refused' } })
    const first = run(server.credentials.single)
    await first.reaches('online')
    const second = run(server.credentials.single)
    expect(await second.reaches('offline', 'waiting')).toMatchObject({ status: 'waiting', reason: { code: 'login-in-use' } })
  })

  it('says what an action is refused for', async () => {
    const { reaches, session } = run(server.credentials.readonly)
    await reaches('online')
    await expect(session.action('Originate', { Channel: 'PJSIP/1001' })).rejects.toMatchObject({ code: 'not-permitted' })
    await expect(session.action('NoSuchAction')).rejects.toMatchObject({ code: 'unknown-action' })
  })

  it('says that the TLS port gives no greeting to who speaks plainly', async () => {
    const session = createSession({
      connect: connectTo({ host: server.host, port: server.ports.amiTls, tls: false, fingerprint: null, authority: null }),
      credentials: async () => server.credentials.companion,
      secured: false,
      clock: systemClock,
      random: Math.random,
      log: silentLog,
      idPrefix: 'test',
      events: 'off',
      onStatus: status => status.status === 'waiting' && refused(status),
      sync: async () => {},
      onEvent: () => {},
    })
    let refused = (_: SessionStatus): void => {}
    const waiting = new Promise<SessionStatus>((resolve) => { refused = resolve })
    sessions.push(session)
    session.start()
    expect(await waiting).toMatchObject({ reason: { code: 'no-banner' } })
  })

  it('comes back after the server has been restarted, and reads its lists again', async () => {
    let synced = 0
    const { path, reaches } = run(server.credentials.companion, { sync: async (asker) => {
      await asker.list('ExtensionStateList')
      synced++
    } })
    await reaches('online')
    const back = reaches('waiting').then(() => reaches('online'))
    await server.restart()
    await back
    expect(synced).toBe(2)
    expect(path.find(step => step.startsWith('waiting'))).toMatch(/connection-lost|shutting-down/)
  })
})

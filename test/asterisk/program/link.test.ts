import { isDeepStrictEqual } from 'node:util'
import { expect, it } from 'vitest'
import { describeAsterisk } from '../support/describe-asterisk.ts'
import { anyAlert, anyRecent, callIn, KARLA, lineIn, useOffice } from '../support/office.ts'

await describeAsterisk('the link to the server', (program) => {
  const office = useOffice(program)

  it('breaks in a call: what is shown is said to be old, and is right again after the return', async () => {
    const { phones, server, sitDown } = office()
    const { window } = await sitDown()
    phones[1001].behaviour = 'answer'
    phones.trunk.dial('5551201', KARLA)
    const { id } = await window.until('a popup', anyAlert)
    await window.until('we talk', callIn(id, 'up'))
    await window.until('in use', lineIn('inuse'))
    const before = Date.now()
    await server.kill()
    const { connection } = await window.until('old', tables => tables.connection.me.staleSince !== null && tables)
    expect(connection.me).toMatchObject({ state: 'waiting', attempt: 1, error: { code: 'connection-lost' } })
    expect(connection.me.staleSince).toBeGreaterThanOrEqual(before)
    expect(connection.me.retryAt).toBeGreaterThan(before)
    // What was known stays on show.
    expect(window.tables.calls[id]).toMatchObject({ state: 'up', peer: KARLA })
    expect(window.tables.line['1001']).toMatchObject({ state: 'inuse' })
    await server.start()
    await window.ask('connection.retry')
    await window.until('online', tables => tables.connection.me.state === 'online')
    expect(window.tables.connection.me).toMatchObject({ staleSince: null, error: null, retryAt: null })
    await window.until('no call', ({ calls }) => Object.keys(calls).length === 0)
    expect(await window.until('a row', anyRecent)).toMatchObject({ id, outcome: 'answered', peer: KARLA })
    await window.until('idle', lineIn('idle'))
  })

  it('breaks while my phone rings: the popup ends, and nobody claims to know how the call did', async () => {
    const { phones, server, sitDown } = office()
    const { window } = await sitDown()
    phones.trunk.dial('5551201', KARLA)
    const { id } = await window.until('a popup', anyAlert)
    await server.kill()
    await window.until('old', tables => tables.connection.me.staleSince !== null)
    await server.start()
    await window.until('online', tables => tables.connection.me.state === 'online')
    await window.until('no longer ringing', ({ alerts }) => alerts[id]?.state !== 'ringing')
    expect(await window.until('a row', anyRecent)).toMatchObject({ id, outcome: 'unknown' })
  })

  it('comes back by itself, again and again, and then works as before', async () => {
    const { phones, server, sitDown } = office()
    const { window } = await sitDown()
    for (const _ of [1, 2]) {
      await server.restart()
      await window.until('online again', tables => tables.connection.me.state === 'online' && tables.connection.me.staleSince === null)
    }
    const calling = phones.trunk.dial('5551201', KARLA)
    await window.until('a popup', anyAlert)
    await calling.hangUp()
    expect(await window.until('a row', anyRecent)).toMatchObject({ outcome: 'missed' })
  })

  it('is there while the server still loads its modules: what the account may do is known when all are loaded', async () => {
    const { server, sitDown } = office()
    const { window } = await sitDown()
    const missing = window.tables.line['1001']?.missing
    expect(missing).toMatchObject({ mute: 'not-permitted', messageChange: program.version === '22' ? 'not-permitted' : 'not-on-this-server' })
    await server.kill()
    const booting = server.start()
    // As early as it can be.
    for (let tries = 0; window.tables.connection.me.state !== 'online';) {
      tries = await window.until('an end of this attempt', ({ connection: { me } }) => (me.state === 'online' || (me.state === 'waiting' && me.attempt > tries)) && me.attempt + 1) - 1
      await window.ask('connection.retry')
    }
    await booting
    await window.until('all that it may do', ({ line }) => isDeepStrictEqual(line['1001']?.missing, missing))
    await window.until('the queues', ({ queues }) => Object.keys(queues).length > 0)
  })

  it('refuses to dial while it is away', async () => {
    const { server, sitDown } = office()
    const { window } = await sitDown()
    await server.kill()
    await window.until('away', tables => tables.connection.me.state !== 'online')
    expect(await window.invoke('dial.start', { text: '1002', name: null })).toMatchObject({ ok: false, error: { code: 'not-online' } })
    await server.start()
  })

  it('says a popup that rang before a reload of the server still rings after it', async () => {
    const { phones, server, sitDown } = office()
    const { window } = await sitDown()
    phones.trunk.dial('5551201', KARLA)
    const { id } = await window.until('a popup', anyAlert)
    await server.cli('core reload')
    await phones[1002].dial('600').answered
    expect(window.tables.alerts[id]).toMatchObject({ state: 'ringing' })
    expect(window.tables.connection.me).toMatchObject({ state: 'online' })
  })

  it('is one that nobody can listen to, for the certificate that was trusted and for no other', async () => {
    const { phones, server, sitDown } = office()
    const { window } = await sitDown({
      tls: { fingerprint: server.fingerprint },
    })
    expect(window.tables.connection.me).toMatchObject({ state: 'online', secured: true })
    const trusted = server.fingerprint
    await server.renewCertificate()
    const { error } = await window.until('a warning', ({ connection }) => connection.me.error?.code === 'certificate-changed' && connection.me)
    expect(error?.details).toMatchObject({ expected: trusted, actual: server.fingerprint })
    const report = await window.ask('setup.check', {
      host: server.host,
      port: server.ports.amiTls,
      tls: true,
      username: 'companion',
      secret: null,
      fingerprint: trusted,
      authority: null,
    })
    expect(report).toMatchObject({ ok: false, expectedFingerprint: trusted, certificate: { fingerprint: server.fingerprint } })
    const again = await sitDown({
      tls: { fingerprint: server.fingerprint },
    })
    phones.trunk.dial('5551201', KARLA)
    expect(await again.window.until('a popup', anyAlert)).toMatchObject({ caller: KARLA })
  })

  it('is closed by a server that no longer knows the secret, and is not tried again', async () => {
    const { server, unpack } = office()
    const { window } = await unpack()
    await window.ask('setup.save', {
      server: { ...server.credentials.companion, secret: 'out of date', host: server.host, port: server.ports.ami, tls: false, fingerprint: null, authority: null },
      line: { extension: '1001', hintContext: 'hints', devices: ['PJSIP/1001'], mailboxes: [], dialContext: 'internal', voicemailNumber: '*97', voicemailExten: '', outsidePrefix: '' },
      keepSecret: 'session',
    })
    const { error, retryAt } = await window.until('refused', ({ connection }) => connection.me.state === 'offline' && connection.me.error !== null && connection.me)
    expect(error).toMatchObject({ code: 'login-refused' })
    expect(retryAt).toBeNull()
    await window.ask('connection.unlock', { secret: server.credentials.companion.secret })
    await window.until('online', ({ connection }) => connection.me.state === 'online')
  })

  it.each([
    {
      account: 'dialless',
      missing: { dial: 'not-permitted' },
    },
    {
      account: 'readonly',
      missing: {
        dial: 'not-permitted',
        hangup: 'not-permitted',
        redirect: 'not-permitted',
        voicemail: 'not-permitted',
        states: 'not-permitted',
      },
    },
  ] as const)('tells the window what the account $account cannot do, and shows what it can', async ({ account, missing }) => {
    const { phones, sitDown } = office()
    const { window } = await sitDown({ account })
    expect(window.tables.line['1001']?.missing).toMatchObject(missing)
    phones.trunk.dial('5551201', KARLA)
    expect(await window.until('a popup', anyAlert)).toMatchObject({ caller: KARLA, state: 'ringing' })
    const { id } = await window.ask('dial.start', { text: '1002', name: null })
    expect(await window.until('refused', ({ dials }) => dials[id]?.error)).toMatchObject({ code: 'not-permitted' })
  })
})

import type { Socket } from 'node:net'
import type { CheckReport, CheckStepView } from '#contract/setup.ts'
import type { Program } from '../../support/program.ts'
import type { Draft } from '../support/office.ts'
import { connect, createServer } from 'node:net'
import { expect, it } from 'vitest'
import { describeAsterisk } from '../support/describe-asterisk.ts'
import { connectManager } from '../support/manager.ts'
import { draftOf, useOffice } from '../support/office.ts'
import { startAsterisk } from '../support/server.ts'

/** The checklist in one line: `resolve ok, connect failed (connection-refused), …`. */
function told({ steps }: Pick<CheckReport, 'steps'>): string {
  return steps.map(({ step, state, error }) => error
    ? `${step} ${state} (${error.code})`
    : `${step} ${state}`).join(', ')
}

/** Checks, and holds that the steps that were pushed on the way end where the report ends. */
async function check({ window }: Program, draft: Draft): Promise<CheckReport> {
  const pushed = new Map<string, CheckStepView>()
  const end = window.subscribe('setup.step', step => void pushed.set(step.step, step))
  const report = await window.ask('setup.check', draft)
  end()
  for (const step of report.steps.filter(({ state }) => state === 'ok' || state === 'failed'))
    expect(pushed.get(step.step)).toEqual(step)
  return report
}

/** Something that is no Asterisk, for as long as the body runs. */
async function withListener(greet: (socket: Socket) => void, body: (port: number) => Promise<void>): Promise<void> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => {}))
    greet(socket)
  })
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  try {
    await body(typeof address === 'object' && address
      ? address.port
      : 0)
  }
  finally {
    for (const socket of sockets) socket.destroy()
    await new Promise(closed => server.close(closed))
  }
}

await describeAsterisk('the first run', (program) => {
  const office = useOffice(program)
  const banner = program.version === '16'
    ? 'Asterisk Call Manager/5.0.4'
    : 'Asterisk Call Manager/11.0.0'

  it('finds a server, what the account may do, and the extensions with their owners', async () => {
    const { server, unpack } = office()
    const desk = await unpack()
    expect(desk.window.tables.connection.me).toMatchObject({ state: 'unconfigured' })
    const report = await check(desk, draftOf(server))
    expect(told(report)).toBe('resolve ok, connect ok, secure skipped, banner ok, login ok, rights ok, extensions ok')
    expect(report).toMatchObject({ ok: true, certificate: null, expectedFingerprint: null })
    expect(report.steps.find(({ step }) => step === 'banner')?.found).toBe(banner)
    expect(report.rights).toEqual([
      { feature: 'popup', allowed: null, needs: null },
      ...(['states', 'snapshot', 'voicemail', 'dial', 'hangup'] as const).map(feature => ({ feature, allowed: true, needs: null })),
    ])
    expect(report.extensions.toSorted((one, other) => one.exten.localeCompare(other.exten))).toEqual([
      ['1001', 'Alice One', 'idle'],
      ['1002', 'Bob Two', 'idle'],
      ['1003', 'Carol Three', 'idle'],
      ['1004', 'Dave Four', 'unavailable'],
      ...(program.version === '16'
        ? [
            ['2001', 'Erin Legacy', 'idle'],
          ]
        : []),
    ].map(([exten, name, state]) => expect.objectContaining({ exten, name, state, context: 'hints' })))
  })

  it('knows the version of Asterisk where the account may ask for it', async () => {
    const { server, unpack } = office()
    const report = await check(await unpack(), draftOf(server, { account: 'admin' }))
    expect(report.asterisk).toBe(program.banner)
  })

  it('proposes the phone, the mailbox and the numbers of an extension, and rings nothing', async () => {
    const { phones, server, unpack, witness } = office()
    const desk = await unpack()
    await check(desk, draftOf(server))
    expect(await desk.window.ask('setup.propose', { extension: '1001', context: 'hints' })).toEqual({
      extension: '1001',
      hintContext: 'hints',
      devices: ['PJSIP/1001'],
      mailboxes: ['1001@default'],
      dialContext: 'internal',
      voicemailNumber: '*97',
    })
    await witness.request('Ping')
    expect(phones[1001].hasArrived).toBe(false)
    expect(witness.events.filter(({ Event }) => Event === 'Newchannel')).toEqual([])
  })

  it('connects with what was proposed, and forgets it when asked', async () => {
    const { server, unpack } = office()
    const { window } = await unpack()
    await window.ask('setup.check', draftOf(server))
    const line = await window.ask('setup.propose', { extension: '1001', context: 'hints' })
    const info = await window.ask('setup.save', {
      server: draftOf(server),
      line: { ...line, devices: [...line.devices], mailboxes: [...line.mailboxes], voicemailExten: '', outsidePrefix: '' },
      keepSecret: 'session',
    })
    expect(info).toMatchObject({ configured: true, profile: { username: 'companion', secretIsSet: true, secretKept: 'session' } })
    expect(JSON.stringify(info)).not.toContain(server.credentials.companion.secret)
    await window.until('online', ({ connection }) => connection.me.state === 'online')
    await window.until('my line', ({ line }) => line['1001']?.state === 'idle')
    await window.ask('setup.forget')
    await window.until('forgotten', ({ connection, line }) => connection.me.state === 'unconfigured' && Object.keys(line).length === 0)
  })

  it.each([
    {
      account: 'readonly',
      missing: ['states', 'snapshot', 'voicemail', 'dial', 'hangup'],
    },
    {
      account: 'dialless',
      missing: ['dial'],
    },
  ] as const)('says what the account $account may not, and which class would help', async ({ account, missing }) => {
    const { server, unpack } = office()
    const { ok, rights } = await check(await unpack(), draftOf(server, { account }))
    expect(ok).toBe(true)
    expect(rights.filter(({ allowed }) => allowed === false)).toEqual(missing.map(feature => ({
      feature,
      allowed: false,
      needs: feature === 'dial'
        ? 'write = originate'
        : 'write = call',
    })))
  })

  it('says that the secret is wrong, and nothing more', async () => {
    const { server, unpack } = office()
    const report = await check(await unpack(), { ...draftOf(server), secret: 'wrong' })
    expect(told(report)).toBe('resolve ok, connect ok, secure skipped, banner ok, login failed (login-refused), rights skipped, extensions skipped')
    expect(report).toMatchObject({ ok: false, rights: [], extensions: [] })
  })

  it.each([
    {
      what: 'a person whom the server does not know',
      change: { username: 'nobody' },
    },
    {
      what: 'an empty secret',
      change: { secret: '' },
    },
  ])('refuses $what in the same words', async ({ change }) => {
    const { server, unpack } = office()
    expect(told(await check(await unpack(), { ...draftOf(server), ...change }))).toContain('login failed (login-refused)')
  })

  it('is refused where the account may not be used from this address', async () => {
    const { server, unpack } = office()
    expect(told(await check(await unpack(), draftOf(server, { account: 'elsewhere' })))).toContain('login failed (login-refused)')
  })

  it('says that the account is in use elsewhere', async () => {
    const { server, unpack } = office()
    const other = await connectManager(server, server.credentials.single)
    expect(told(await check(await unpack(), draftOf(server, { account: 'single' })))).toContain('login failed (login-in-use)')
    other.close()
  })

  it('says that nobody listens at the port', async () => {
    const { server, unpack } = office()
    await server.kill()
    expect(told(await check(await unpack(), draftOf(server)))).toBe('resolve ok, connect failed (connection-refused), secure skipped, banner skipped, login skipped, rights skipped, extensions skipped')
    await server.start()
  })

  it('says that there is no such name', async () => {
    const { server, unpack } = office()
    expect(told(await check(await unpack(), { ...draftOf(server), host: 'pbx.invalid' }))).toMatch(/^resolve failed \(name-not-found\), connect skipped/)
  })

  it('says that a web server is no Asterisk', async () => {
    const { server, unpack } = office()
    const desk = await unpack()
    await withListener(socket => socket.write('HTTP/1.1 400 Bad Request\r\n\r\n'), async (port) => {
      expect(told(await check(desk, { ...draftOf(server), port }))).toContain('connect ok, secure skipped, banner failed (not-asterisk), login skipped')
    })
  })

  it('says that somebody listens but says nothing', async () => {
    const { server, unpack } = office()
    const desk = await unpack()
    await withListener(() => {}, async (port) => {
      expect(told(await check(desk, { ...draftOf(server), port }))).toContain('connect ok, secure skipped, banner failed (no-banner), login skipped')
    })
  })

  it('says so when TLS is asked of the plain port, and plain text of the TLS port', async () => {
    const { server, unpack } = office()
    const desk = await unpack()
    expect(told(await check(desk, { ...draftOf(server, { tls: {} }), port: server.ports.ami }))).toContain('connect ok, secure failed (tls-failed), banner skipped')
    expect(told(await check(desk, { ...draftOf(server), port: server.ports.amiTls }))).toContain('connect ok, secure skipped, banner failed (no-banner)')
  })

  it('shows a certificate that nobody vouches for, and takes it once its fingerprint is trusted', async () => {
    const { server, unpack } = office()
    const desk = await unpack()
    const report = await check(desk, draftOf(server, { tls: {} }))
    expect(told(report)).toContain('connect ok, secure failed (certificate-untrusted), banner skipped')
    expect(report.certificate).toMatchObject({ fingerprint: server.fingerprint, subject: expect.stringContaining('localhost') })
    expect(told(await check(desk, draftOf(server, {
      tls: { fingerprint: server.fingerprint },
    })))).toBe('resolve ok, connect ok, secure ok, banner ok, login ok, rights ok, extensions ok')
  })

  it('takes a certificate that a private authority vouches for', async () => {
    const { server, unpack } = office()
    expect((await check(await unpack(), draftOf(server, {
      tls: { authority: server.certificate },
    }))).ok).toBe(true)
  })

  it('warns of a certificate that is not the one that was trusted', async () => {
    const { server, unpack } = office()
    const fingerprint = Array.from({ length: 32 }).fill('AB').join(':')
    const report = await check(await unpack(), draftOf(server, { tls: { fingerprint } }))
    expect(told(report)).toContain('secure failed (certificate-changed)')
    expect(report).toMatchObject({ expectedFingerprint: fingerprint, certificate: { fingerprint: server.fingerprint } })
  })

  it('says that the server lets nobody in any more', async () => {
    const crowded = await startAsterisk({ version: program.version, managerGeneral: 'authlimit = 1' })
    const idler = connect(crowded.ports.ami, crowded.host)
    await new Promise(greeted => idler.once('data', greeted))
    expect(told(await check(await office().unpack(), draftOf(crowded)))).toContain('banner failed (too-many-sessions)')
    idler.destroy()
    await crowded.stop()
  })
})

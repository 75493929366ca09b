import type { Manager } from './support/manager.ts'
import type { Phone } from './support/phone.ts'
import type { AsteriskServer } from './support/server.ts'
import { connect } from 'node:tls'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { describeAsterisk } from './support/describe-asterisk.ts'
import { connectManager } from './support/manager.ts'
import { startAsterisk } from './support/server.ts'

await describeAsterisk('a real office', ({ version, banner }) => {
  let server: AsteriskServer
  let manager: Manager
  let alice: Phone
  let trunk: Phone

  beforeAll(async () => {
    server = await startAsterisk({ version })
    alice = await server.phone('1001')
    trunk = await server.phone('trunk')
  })
  beforeEach(async () => {
    alice.behaviour = 'ring'
    manager = await connectManager(server)
  })
  afterEach(() => manager?.close())
  afterAll(() => server?.stop())

  it('is the version that was asked for, and fully booted', async () => {
    expect(await server.cli('core show version')).toContain(banner.split(' ')[1])
    expect(await server.cli('core waitfullybooted')).toContain('fully booted')
  })

  it('rings the phone when a call comes in over the trunk, until somebody answers and hangs up', async () => {
    const calling = trunk.dial('5551201', { name: 'Karla Customer', number: '+15550100' })
    const call = await alice.nextCall()
    await calling.ringing
    expect(call.peer).toEqual({ name: 'Karla Customer', number: '+15550100' })
    call.answer()
    await calling.answered
    expect(await manager.event('DialEnd', { DialStatus: 'ANSWER' })).toMatchObject({ CallerIDNum: '+15550100', DestCallerIDNum: '1001' })
    await call.hangUp()
    expect(await calling.ended).toMatchObject({ by: 'them' })
  })

  it('lets the phone decline', async () => {
    alice.behaviour = { refuse: 486 }
    const calling = trunk.dial('5551201', { number: '+15550100' })
    await alice.nextCall()
    expect(await manager.event('DialEnd', { DialStatus: 'BUSY' })).toMatchObject({ DestCallerIDNum: '1001' })
    await calling.hangUp()
  })

  it('keeps a message for who does not answer, and says that it waits', async () => {
    await server.phone('1003')
    await server.letRing(1)
    const calling = trunk.dial('5551203', { number: '+15550100' })
    await calling.answered
    await server.recorded('1003')
    await calling.hangUp()
    expect(await manager.event('MessageWaiting', { Mailbox: '1003@default' })).toMatchObject({ Waiting: '1', New: '1' })
  })

  it('rings the phone that an Originate names, and then calls the other', async () => {
    const queued = await manager.request('Originate', {
      Channel: 'PJSIP/1001',
      Context: 'internal',
      Exten: '7001',
      Priority: '1',
      Async: 'true',
      Variable: 'CONNECTEDLINE(all)=Far One <7001>',
    })
    expect(queued).toMatchObject({ Response: 'Success' })
    const call = await alice.nextCall()
    expect(call.peer).toEqual({ name: 'Far One', number: '7001' })
    call.answer()
    expect(await manager.event('OriginateResponse')).toMatchObject({ Response: 'Success', Reason: '4' })
    await call.hangUp()
  })

  it('lets a phone register with its password', async () => {
    const dave = await server.roamingPhone()
    expect(await dave.register()).toBe(200)
    const calling = alice.dial('1004')
    expect((await dave.nextCall()).peer.number).toBe('1001')
    await calling.hangUp()
    expect(await dave.register(0)).toBe(200)
  })

  it('speaks TLS with its own certificate', async () => {
    const socket = connect({
      host: server.host,
      port: server.ports.amiTls,
      ca: server.certificate,
      servername: 'localhost',
    })
    const greeting = await new Promise<string>((read, fail) => socket.once('data', bytes => read(bytes.toString())).once('error', fail))
    socket.destroy()
    expect(greeting).toMatch(/^Asterisk Call Manager\//)
  })

  it('comes back after a kill, on the same ports', async () => {
    await server.kill()
    expect(server.isRunning).toBe(false)
    await server.start()
    const again = await connectManager(server, server.credentials.companion)
    expect(await again.request('Ping')).toMatchObject({ Response: 'Success' })
    again.close()
  })
})

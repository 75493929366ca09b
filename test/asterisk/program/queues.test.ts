import type { Socket } from 'node:net'
import type { ActView, Tables } from '#contract/tables.ts'
import type { Program } from '../../support/program.ts'
import { readFile, writeFile } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { describeAsterisk } from '../support/describe-asterisk.ts'
import { draftOf, KARLA, LINE, useOffice } from '../support/office.ts'
import { doneIn, ended } from '../support/talking.ts'

const namesOf = ({ queues }: Tables): readonly string[] => Object.keys(queues).toSorted()

await describeAsterisk('queues that come and go', (program) => {
  const office = useOffice(program)
  let whole: string | null = null

  /** The section of a queue is taken out of the file, or all are there again; `how` says what has the server read it. */
  async function write(without: string | null, how: 'queue reload all' | 'module reload app_queue.so' | 'QueueReload'): Promise<void> {
    const { server, witness } = office()
    const path = join(server.folder, 'etc/queues.conf')
    whole ??= await readFile(path, 'utf8')
    await writeFile(path, without === null ? whole : whole.replace(new RegExp(`\\[${without}\\][^[]*`), ''))
    if (how === 'QueueReload')
      expect(await witness.request('QueueReload')).toMatchObject({ Response: 'Success' })
    else
      await server.cli(how)
  }
  afterEach(async () => {
    if (whole !== null)
      await write(null, 'queue reload all')
  })

  async function failedIn(window: Program['window'], asked: Promise<{ readonly id: string }>): Promise<ActView> {
    const { id } = await asked
    return window.until('an answer', ended(id))
  }

  it.each(['queue reload all', 'QueueReload'] as const)('one that nobody says has gone is told by the next act, and is no more: %s', async (how) => {
    const { sitDown } = office()
    const { window } = await sitDown()
    await doneIn(window, window.ask('queue.login', { queue: 'sales' }))
    expect(window.tables.queues.sales?.mine).toMatchObject({ interface: 'PJSIP/1001' })
    await write('sales', how)
    expect(await failedIn(window, window.ask('queue.pause', { queue: 'sales', paused: true, reason: null }))).toMatchObject({ state: 'failed' })
    await window.until('it is gone', tables => !namesOf(tables).includes('sales'))
    expect(Object.values(window.tables.queueMembers).filter(({ queue }) => queue === 'sales')).toEqual([])
    await window.until('the reason is told', ({ acts }) => Object.values(acts).some(({ error }) => error?.code === 'no-such-queue'))
    for (const asked of [window.invoke('queue.login', { queue: 'sales' }), window.invoke('queue.logout', { queue: 'sales' }), window.invoke('queue.pause', { queue: 'sales', paused: false, reason: null })])
      expect(await asked).toMatchObject({ ok: false, error: { code: 'no-such-queue' } })
    expect(window.tables.queues.support).toBeDefined()
  })

  it('one with a caller in it goes when the module says that it was reloaded, where the account hears that', async () => {
    const { phones, server, sitDown } = office()
    const { window } = await sitDown({ account: 'admin' })
    await doneIn(window, window.ask('queue.login', { queue: 'sales' }))
    const calling = phones.trunk.dial('5558001', KARLA)
    await window.until('somebody waits', ({ queueCallers }) => Object.values(queueCallers).some(({ queue }) => queue === 'sales'))
    await write('sales', 'module reload app_queue.so')
    await window.until('it is gone', tables => !namesOf(tables).includes('sales'))
    expect([Object.values(window.tables.queueCallers), Object.values(window.tables.queueMembers).filter(({ queue }) => queue === 'sales')]).toEqual([[], []])
    await calling.hangUp()
    await server.silent()
    // What the server said of who waited there has not brought it back.
    expect(namesOf(window.tables)).not.toContain('sales')
  })

  it('an alarm is told once, and not again when the link has been cut', async () => {
    const { phones, server, unpack } = office()
    const { shell, window } = await unpack()
    await using line = await openRelay(server.ports.ami)
    await window.ask('preferences.set', { queueLevels: { busyWaiting: 1, alarmWaiting: 1, busySeconds: 600, alarmSeconds: 600 } })
    await window.ask('setup.save', { server: { ...draftOf(server), port: line.port }, line: LINE, keepSecret: 'session' })
    await window.until('online', ({ connection }) => connection.me.state === 'online')
    await doneIn(window, window.ask('queue.login', { queue: 'sales' }))
    const alarms = (): readonly string[] => shell.announced.filter(({ what }) => what === 'queue-alarm').map(({ id }) => id)
    phones.trunk.dial('5558001', KARLA)
    await window.until('an alarm', ({ queues }) => queues.sales?.level === 'alarm')
    expect(alarms()).toEqual(['sales'])
    line.cut()
    await window.until('the link is cut', ({ connection }) => connection.me.state !== 'online')
    await window.until('it is back', ({ connection }) => connection.me.state === 'online')
    expect(window.tables.queues.sales).toMatchObject({ level: 'alarm', waiting: 1 })
    expect(alarms()).toEqual(['sales'])
  })

  it('one that comes is there when somebody first calls it', async () => {
    const { phones, sitDown } = office()
    await write('sales', 'queue reload all')
    const { window } = await sitDown()
    expect(namesOf(window.tables)).toEqual(['careful', 'hotline', 'support'])
    await write(null, 'queue reload all')
    phones.trunk.dial('5558001', KARLA)
    // With its counters, which only a list tells.
    await window.until('it is there', ({ queues, queueMembers }) => queues.sales?.waiting === 1 && queues.sales.completed === 0 && Object.values(queueMembers).some(({ queue, name }) => queue === 'sales' && name === 'Bob Two'))
  })
})

interface Relay extends AsyncDisposable {
  readonly port: number
  /** Whoever is connected is so no more; whoever comes is let through again. */
  readonly cut: () => void
}

/** A line to a port of this machine that can be cut. */
async function openRelay(to: number): Promise<Relay> {
  const sockets = new Set<Socket>()
  const server = createServer((here) => {
    const there = connect(to, '127.0.0.1')
    for (const socket of [here, there]) {
      sockets.add(socket)
      socket.on('error', () => {}).once('close', () => {
        sockets.delete(socket)
        here.destroy()
        there.destroy()
      })
    }
    here.pipe(there).pipe(here)
  })
  const cut = (): void => sockets.forEach(socket => void socket.destroy())
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  if (address === null || typeof address === 'string')
    throw new Error('a relay without a port')
  return {
    port: address.port,
    cut,
    async [Symbol.asyncDispose]() {
      const closed = new Promise(done => server.close(done))
      cut()
      await closed
    },
  }
}

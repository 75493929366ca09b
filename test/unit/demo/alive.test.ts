import type { OpenOffice } from '../../support/demo-office.ts'
import { afterEach, describe, expect, it } from 'vitest'
import { createDemoPbx } from '../../../main/demo/demo-pbx.ts'
import { openOffice, seeded } from '../../support/demo-office.ts'
import { createFakeClock } from '../../support/fake-clock.ts'

let office: OpenOffice | null = null
afterEach(async () => {
  await office?.close()
  office = null
})

describe('the office left alone', () => {
  it.each([1, 2, 3, 4, 5])('rings me within eight seconds of the first look (chance %i)', async (seed) => {
    office = await openOffice({ scenario: 'alive', random: seeded(seed) })
    await office.pass(8000)
    const ring = office.client.events.find(event => event.name === 'DialBegin' && event.get('DestChannel')?.startsWith('PJSIP/1001-'))
    expect(ring?.get('Channel')).toMatch(/^PJSIP\/trunk-/)
  })

  it('stands still until somebody looks', async () => {
    const clock = createFakeClock()
    const demo = createDemoPbx({ clock, random: seeded(1) })
    await demo.start()
    expect(clock.pending()).toBe(0)
    await demo.stop()
  })

  it.each([1, 2, 3, 4, 5])('shows every kind of call within five minutes and leaves nothing behind (chance %i)', async (seed) => {
    office = await openOffice({ scenario: 'alive', random: seeded(seed) })
    await office.pass(5 * 60_000)
    const { events } = office.client
    const mine = (header: string) => (event: typeof events[number]): boolean => event.get(header)?.startsWith('PJSIP/1001-') ?? false
    const has = (what: (event: typeof events[number]) => boolean): boolean => events.some(what)
    expect({
      answered: has(event => event.name === 'BridgeEnter' && mine('Channel')(event)),
      elsewhere: has(event => event.name === 'Hangup' && mine('Channel')(event) && event.get('Cause') === '26'),
      voicemail: has(event => event.name === 'MessageWaiting' && event.get('Mailbox') === '1001@default'),
      queue: has(event => event.name === 'AgentCalled' && mine('DestChannel')(event)),
      colleagues: has(event => event.name === 'ExtensionStatus' && event.get('Exten') !== '1001' && event.get('Status') === '1'),
    }).toEqual({ answered: true, elsewhere: true, voicemail: true, queue: true, colleagues: true })
    const gone = events.filter(({ name }) => name === 'Hangup').length
    const { items } = await office.client.list('CoreShowChannels')
    expect(events.filter(({ name }) => name === 'Newchannel').length - gone).toBe(items.length - 1)
  })

  it('shows within a quarter of an hour how people park, wait in both queues, take breaks and say where they are', async () => {
    office = await openOffice({ scenario: 'alive', random: seeded(3) })
    await office.pass(15 * 60_000)
    const names = new Set(office.client.events.map(({ name }) => name))
    expect(['ParkedCall', 'UnParkedCall', 'QueueCallerJoin', 'AgentComplete', 'QueueMemberPause', 'PresenceStateChange'].filter(name => !names.has(name))).toEqual([])
    expect(new Set(office.client.events.filter(({ name }) => name === 'QueueCallerJoin').map(event => event.get('Queue')))).toEqual(new Set(['support', 'sales']))
  })

  it('is calm: at most a few calls a minute ring me, and lines are free again in the end', async () => {
    office = await openOffice({ scenario: 'alive', random: seeded(9) })
    const perMinute: number[] = []
    for (let minute = 0; minute < 30; minute++) {
      const before = rings(office)
      await office.pass(60_000)
      perMinute.push(rings(office) - before)
    }
    expect(Math.max(...perMinute)).toBeLessThanOrEqual(3)
    expect(perMinute.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(15)
    const { items } = await office.client.list('CoreShowChannels')
    expect(items.length).toBeLessThan(20)
  })
})

function rings({ client }: OpenOffice): number {
  return new Set(client.events.filter(event => event.name === 'DialBegin' && event.get('DestChannel')?.startsWith('PJSIP/1001-')).map(event => event.get('Linkedid'))).size
}

describe('the minute for pictures', () => {
  it('rings, is answered, leaves a message and lets a colleague take a call, at its times', async () => {
    office = await openOffice()
    const { clock, demo } = office
    const start = clock.now()
    const steps: (readonly [step: string, seconds: number])[] = []
    const over = demo.playMinute(step => steps.push([step, (clock.now() - start) / 1000]))
    await office.pass(60_000)
    await over
    expect(steps).toEqual([
      ['ringing', 2],
      ['answered', 8],
      ['ended', 15],
      ['voicemail-rings', 18],
      ['voicemail', 21],
      ['dial', 32],
      ['group-rings', 48],
      ['answered-elsewhere', 54],
      ['over', 60],
    ])
    const { events } = office.client
    expect(events.filter(({ name }) => name === 'MessageWaiting').map(event => event.get('New'))).toEqual(['2'])
    expect(events.filter(event => event.name === 'Hangup' && event.get('Channel')?.startsWith('PJSIP/1001-')).map(event => event.get('Cause'))).toEqual(['16', '17', '26'])
    const { items } = await office.client.list('CoreShowChannels')
    expect(items.filter(({ name }) => name === 'CoreShowChannel')).toEqual([])
  })

  it('is what there is to see first when it was asked for', async () => {
    office = await openOffice({ scenario: 'minute' })
    await office.pass(16_000)
    expect(rings(office)).toBe(1)
    await office.pass(60_000)
    expect(rings(office)).toBeGreaterThan(3)
  })
})

import type { InputOf } from '#contract/command.ts'
import type { Commands } from '#contract/commands.ts'
import type { SeenPacket } from '../../../main/admin/feed.ts'
import type { AdminBench } from '../../support/admin-bench.ts'
import { describe, expect, it } from 'vitest'
import { replay } from '../../../main/admin/trace/replay.ts'
import { readTrace, writeTrace } from '../../../main/admin/trace/trace-file.ts'
import { MOST_PACKETS, TraceStore } from '../../../main/admin/trace/trace-store.ts'
import { createAdminBench, openAdmin } from '../../support/admin-bench.ts'
import { readConversation } from '../../support/conversation.ts'
import { decodeText } from '../../support/decode.ts'
import { deskOfLab } from '../../support/labs.ts'
import { readRecording } from '../../support/recording.ts'
import { ScriptedServer } from '../../support/scripted-server.ts'

type TraceFilter = InputOf<Commands['admin.trace.page']>['filter']

const EVERYTHING: TraceFilter = { names: [], text: '', channel: '', linkedid: '', direction: 'both' }
const event = (text: string): SeenPacket => ({ direction: 'in', at: 0, packet: decodeText(`${text.replaceAll('\n', '\r\n')}\r\n\r\n`)[0] as SeenPacket['packet'] }) // the text is one packet

/** Packets of a recording, with their times. */
function recorded(name: string): readonly SeenPacket[] {
  return readRecording(name).moments.flatMap(moment => moment.kind === 'said' ? [{ direction: 'in' as const, at: 1_795_400_000_000 + moment.at, packet: moment.message }] : [])
}

function filled(packets: Iterable<SeenPacket>, most?: number): TraceStore {
  const store = new TraceStore(most)
  for (const packet of packets)
    store.add(packet)
  return store
}

const atOnce = (): Promise<void> => Promise.resolve()

describe('the packets of a trace', () => {
  it('are numbered from 1, and the oldest go first', async () => {
    const store = filled(Array.from({ length: 12 }, (_, index) => event(`Event: E${index + 1}`)), 5)
    expect([...store.all()].map(({ id, packet }) => `${id} ${packet.name}`)).toEqual(['8 E8', '9 E9', '10 E10', '11 E11', '12 E12'])
    const { matching, names, packets, total } = await store.page(EVERYTHING, null, 3, atOnce)
    expect([packets.map(({ id }) => id), matching, total]).toEqual([[10, 11, 12], 5, 5])
    expect(names.map(([name]) => name).toSorted()).toEqual(['E10', 'E11', 'E12', 'E8', 'E9'])
  })

  it('stay at 100,000 however many come', async () => {
    const packet = event('Event: Newstate\nPrivilege: call,all\nChannel: SIP/1')
    const store = new TraceStore()
    for (let at = 0; at < MOST_PACKETS + 20_000; at++)
      store.add(packet)
    const page = await store.page(EVERYTHING, null, 500, atOnce)
    expect([store.size, page.total, page.matching, page.packets.length, page.packets.at(-1)?.id]).toEqual([100_000, 100_000, 100_000, 500, 120_000])
    expect(page.names).toEqual([['Newstate', 100_000]])
  })

  it('are paged backwards without a gap', async () => {
    const store = filled(Array.from({ length: 10 }, (_, index) => event(`Event: E${index}`)))
    const last = (await store.page(EVERYTHING, null, 4, atOnce)).packets
    const before = (await store.page(EVERYTHING, last[0]?.id ?? 0, 4, atOnce)).packets
    expect([before, last].map(page => page.map(({ id }) => id))).toEqual([[3, 4, 5, 6], [7, 8, 9, 10]])
  })

  it('are looked at once for one filter, however many pages are asked for, and found again after old ones have gone', async () => {
    const store = new TraceStore(1000)
    const add = (name: string): void => store.add(event(`Event: ${name}`))
    for (let at = 0; at < 1000; at++)
      add(at % 2 === 0 ? 'Even' : 'Odd')
    const wanted = { ...EVERYTHING, names: ['Even'] }
    expect((await store.page(wanted, null, 2, atOnce))).toMatchObject({ packets: [{ id: 997 }, { id: 999 }], matching: 500 })
    for (let at = 0; at < 500; at++)
      add('Even')
    expect((await store.page(wanted, null, 1, atOnce))).toMatchObject({ packets: [{ id: 1500 }], matching: 750, total: 1000 })
    expect((await store.page(wanted, 503, 500, atOnce)).packets.map(({ id }) => id)).toEqual([501])
  })

  it('keep their numbers going after they were cleared', async () => {
    const store = filled([event('Event: A')])
    store.clear()
    store.add(event('Event: B'))
    expect((await store.page(EVERYTHING, null, 5, atOnce))).toMatchObject({ packets: [{ id: 2 }], names: [['B', 1]], total: 1 })
  })
})

describe('a filter', () => {
  const store = filled(recorded('22/a-inbound-answered.companion'))
  const found = async (filter: Partial<TraceFilter>): Promise<number> => (await store.page({ ...EVERYTHING, ...filter }, null, 500, atOnce)).matching

  it('finds event names, most frequent first', async () => {
    const { names } = await store.page(EVERYTHING, null, 1, atOnce)
    expect(names.map(([, count]) => count)).toEqual(names.map(([, count]) => count).toSorted((a, b) => b - a))
    for (const [name, count] of names)
      expect([name, await found({ names: [name] })]).toEqual([name, count])
  })

  it('finds a channel in whatever header it stands', async () => {
    const phone = await found({ channel: 'PJSIP/1001-' })
    expect(phone).toBeGreaterThan(5)
    expect(phone).toBeLessThan(store.size)
    expect((await store.page({ ...EVERYTHING, channel: 'PJSIP/1001-', names: ['DialBegin'] }, null, 5, atOnce)).packets[0]?.headers).toContainEqual(['DestChannel', expect.stringMatching(/^PJSIP\/1001-/)])
  })

  it('finds a call by its linkedid', async () => {
    const linkedid = (await store.page({ ...EVERYTHING, names: ['Newchannel'] }, null, 1, atOnce)).packets[0]?.headers.find(([name]) => name === 'Linkedid')?.[1] ?? ''
    expect(await found({ linkedid })).toBeGreaterThan(10)
    expect(await found({ linkedid: `${linkedid}0` })).toBe(0)
  })

  it('finds text in any case, and one direction', async () => {
    expect(await found({ text: 'customer karla' })).toBe(await found({ text: 'Customer Karla' }))
    expect(await found({ text: 'customer karla' })).toBeGreaterThan(3)
    expect(await found({ direction: 'out' })).toBe(0)
    expect(await found({ direction: 'in' })).toBe(store.size)
  })
})

describe('a saved trace', () => {
  const same = (packets: readonly SeenPacket[]): readonly unknown[] => packets.map(({ at, direction, packet }) => ({ at, direction, kind: packet.kind, name: packet.name, entries: packet.entries().filter(([name]) => name !== 'Output'), output: packet.output }))

  it.each(['1.2/inbound_answered', '1.4/park', '1.8/transfer_attended_sip', '11/queue_call.companion', '16/a-inbound-utf8-name.companion', '22/g-queue.companion', '22/p-lists.companion'])('of %s reads as it was written', (name) => {
    const packets = recorded(name)
    expect(same(readTrace(writeTrace(packets, { maskNumbers: false })))).toEqual(same(packets))
  })

  it.each(['1.2/sip_iax', '1.4/queue_admin', '1.4/command', '11/command', '16/l-command', '22/l-command'])('keeps raw text and console output of %s', async (name) => {
    const { said } = await readConversation(name)
    const packets = said.map(packet => ({ at: 0, direction: 'in' as const, packet }))
    const read = readTrace(writeTrace(packets, { maskNumbers: false }))
    expect(read.map(({ packet }) => packet.output)).toEqual(packets.map(({ packet }) => packet.output === null ? null : packet.output))
    expect(read.map(({ packet }) => packet.kind)).toEqual(packets.map(({ packet }) => packet.kind))
  })

  it('keeps both directions', async () => {
    const [out] = decodeText('Action: Ping\r\nActionID: 1\r\n\r\n')
    const text = writeTrace([{ at: 1000, direction: 'out', packet: out as SeenPacket['packet'] }, { ...event('Response: Success\nPing: Pong'), at: 1001 }], { maskNumbers: false })
    expect(text).toBe('# Ringside trace 1\n\n1970-01-01T00:00:01.000Z > action\nAction: Ping\nActionID: 1\n\n1970-01-01T00:00:01.001Z < response\nResponse: Success\nPing: Pong\n')
    expect(readTrace(text).map(({ direction, packet }) => `${direction} ${packet.kind} ${packet.name}`)).toEqual(['out action Ping', 'in response Success'])
  })

  it('has no secret in it', async () => {
    const [login] = decodeText('Action: Login\r\nUsername: admin\r\nSecret: hunter2\r\n\r\n')
    const text = writeTrace([
      { at: 0, direction: 'out', packet: login as SeenPacket['packet'] },
      event('Response: Success\nLine-000001-000000: secret=hunter2\nLine-000001-000001: remotesecret=hunter2'),
      event('Event: VarSet\nVariable: SECRET\nValue: hunter2'),
      event('Response: Success\nChallenge: 123456789'),
    ], { maskNumbers: false })
    expect(text).not.toContain('hunter2')
    expect(text).not.toContain('123456789')
    expect(text).toContain('Username: admin')
  })

  it('has no telephone number in it where that is wanted, and still reads', async () => {
    const packets = recorded('1.4/inbound_answered')
    const text = writeTrace(packets, { maskNumbers: true })
    expect(text).not.toContain('02083361234')
    expect(text).toContain('xxxxxxxxx34')
    const ids = (all: readonly SeenPacket[]): readonly (string | undefined)[] => all.map(({ packet }) => packet.get('Uniqueid'))
    expect(ids(readTrace(text))).toEqual(ids(packets))
  })

  it.each([
    ['', 1],
    ['something else', 1],
    ['# Ringside trace 1\nEvent: Newchannel', 2],
    ['# Ringside trace 1\n2026-11-25T10:00:00.000Z < event\nEvent: A\nnonsense', 4],
  ])('is not %j', (text, line) => {
    expect(() => readTrace(text)).toThrow(expect.objectContaining({ code: 'not-a-trace', details: { line } }))
  })
})

describe('a replay', () => {
  const traced = [...filled(recorded('1.4/inbound_answered')).all()]
  const config = deskOfLab('1.4', '1001')
  const at = (name: string): number => traced.findLast(({ packet }) => packet.name === name)?.id ?? 0

  it('shows what the desk would have shown, up to the packet that is chosen', async () => {
    const rung = replay(traced, config, traced.find(({ packet }) => packet.get('State') === 'Ringing')?.id ?? 0, '')
    expect(Object.values(rung.tables.alerts)).toHaveLength(1)
    expect(Object.values(rung.tables.calls)).toMatchObject([{ peer: { number: '02083361234', name: 'John Caller' } }])
    const over = replay(traced, config, null, '')
    expect(over.upTo).toBe(traced.at(-1)?.id)
    expect(Object.values(over.tables.recents)).toMatchObject([{ direction: 'in', peer: { number: '02083361234' } }])
  })

  it('ends at the packet, also when it is asked again', async () => {
    const link = at('Link')
    expect(replay(traced, config, link, '')).toEqual(replay(traced, config, link, ''))
    expect(replay(traced, config, link, '').upTo).toBe(link)
  })
})

describe('the trace of the window', () => {
  async function noisy(): Promise<AdminBench & { readonly server: ScriptedServer }> {
    const server = new ScriptedServer()
    const bench = await openAdmin(server)
    return { ...bench, server }
  }
  const say = (server: ScriptedServer, name: string): void => server.latest.packet({ Event: name, Privilege: 'call,all', Channel: 'SIP/1-1' })

  it('holds both directions from the login on, without the secret', async () => {
    const { ask } = await noisy()
    const { packets } = await ask['admin.trace.page']({ filter: EVERYTHING, before: null, limit: 100 })
    expect(packets.slice(0, 4).map(({ direction, name }) => `${direction} ${name}`)).toEqual(['out Challenge', 'in Success', 'out Login', 'in Success'])
    expect(packets[2]?.headers).toContainEqual(['Key', '••••••'])
  })

  it('tells the window at most four times a second that it grew', async () => {
    const { after, ask, server, shell } = await noisy()
    await after(1000, null)
    const told: number[] = []
    shell.subscribe('admin.trace.grew', ({ total }) => told.push(total))
    const { trace } = await ask['admin.status'](undefined)
    for (let at = 0; at < 50; at++)
      say(server, 'Newstate')
    await after(1000, null)
    expect(told).toEqual([trace.packets + 50])
  })

  it('keeps nothing while it is paused', async () => {
    const { after, ask, server } = await noisy()
    const { trace } = await ask['admin.trace.pause']({ paused: true })
    say(server, 'Newstate')
    await after(0, null)
    expect((await ask['admin.status'](undefined)).trace).toMatchObject({ packets: trace.packets, paused: true })
    await ask['admin.trace.pause']({ paused: false })
    say(server, 'Newstate')
    await after(0, null)
    expect((await ask['admin.status'](undefined)).trace.packets).toBe(trace.packets + 1)
  })

  it('is saved, opened in its place, and comes back live', async () => {
    const { after, ask, server } = await noisy()
    say(server, 'Newchannel')
    await after(0, null)
    const { path } = await ask['admin.trace.save']({ filter: { ...EVERYTHING, names: ['Newchannel'] }, maskNumbers: false })
    expect(path).toMatch(/^\/files\/ringside-trace-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.txt$/)
    expect((await ask['admin.trace.openFile'](undefined)).trace).toMatchObject({ source: 'file', file: '/files/saved.txt', packets: 1 })
    expect((await ask['admin.trace.live'](undefined)).trace.source).toBe('live')
  })

  it('is replayed for any extension', async () => {
    const bench = createAdminBench(new ScriptedServer())
    const text = writeTrace(recorded('22/a-inbound-answered.companion'), { maskNumbers: false })
    await bench.shell.saveText('x', text)
    await bench.ask['admin.trace.openFile'](undefined)
    const { tables } = await bench.ask['admin.trace.replay']({ extension: '1001', devices: [], upTo: null })
    expect(Object.values(tables.recents)).toMatchObject([{ direction: 'in', peer: { name: 'Customer Karla' } }])
  })

  it('is forgotten when the window goes', async () => {
    const { admin, after, ask } = await noisy()
    await after(2000, admin.close())
    expect((await ask['admin.status'](undefined)).trace.packets).toBe(0)
  })
})

import type { ListAnswer } from '../../main/ami/session/types.ts'
import type { Message } from '../../main/ami/wire/message.ts'
import type { ScriptedConnection } from '../support/scripted-server.ts'
import type { SessionBench } from '../support/session-bench.ts'
import { describe, expect, it } from 'vitest'
import { ScriptedServer } from '../support/scripted-server.ts'
import { createSessionBench } from '../support/session-bench.ts'

type Packets = (id: string) => readonly Readonly<Record<string, string>>[]

async function online(server: ScriptedServer): Promise<SessionBench> {
  const bench = createSessionBench(server)
  bench.session.start()
  await bench.settled()
  return bench
}

function answering(packets: Packets): (action: Message, connection: ScriptedConnection) => void {
  return (action, connection) => packets(action.get('ActionID') ?? '').forEach(packet => connection.packet(packet))
}

function shape({ items, complete }: ListAnswer): readonly string[] {
  return [...items.map(item => item.get('Channel') ?? item.name), `end ${complete?.name ?? 'unmarked'}`]
}

const item = (id: string, channel: string): Readonly<Record<string, string>> => ({ Event: 'Status', ActionID: id, Channel: channel })

describe('a list', () => {
  it.each<[string, Packets, readonly string[]]>([
    ['with marks', ActionID => [
      { Response: 'Success', ActionID, EventList: 'start', Message: 'Channel status will follow' },
      item(ActionID, 'a'),
      { Event: 'StatusComplete', ActionID, EventList: 'Complete', ListItems: '1' },
    ], ['a', 'end StatusComplete']],
    ['with the spelling of early 1.6', ActionID => [
      { Response: 'Success', ActionID, Eventlist: 'start' },
      item(ActionID, 'a'),
      { Event: 'StatusComplete', ActionID },
    ], ['a', 'end StatusComplete']],
    ['whose end is known by its name', ActionID => [
      { Response: 'Success', ActionID, Message: 'Peer status list will follow' },
      item(ActionID, 'a'),
      { Event: 'PeerlistComplete', ActionID },
    ], ['a', 'end PeerlistComplete']],
    ['that ends as the oldest documents say', ActionID => [
      { Response: 'Success', ActionID, Message: 'Queue status will follow' },
      { Event: 'QueueParams', ActionID },
      { Event: 'QueueStatusEnd', ActionID },
    ], ['QueueParams', 'end QueueStatusEnd']],
    ['without items', ActionID => [
      { Response: 'Success', ActionID, EventList: 'start' },
      { Event: 'StatusComplete', ActionID, EventList: 'Complete', ListItems: '0' },
    ], ['end StatusComplete']],
    ['that is only a success', ActionID => [
      { Response: 'Success', ActionID, Message: 'There are no voicemail users currently defined.' },
    ], ['end unmarked']],
    ['whose items come before the answer', ActionID => [
      item(ActionID, 'a'),
      { Response: 'Success', ActionID, EventList: 'start' },
      item(ActionID, 'b'),
      { Event: 'StatusComplete', ActionID, EventList: 'Complete' },
    ], ['a', 'b', 'end StatusComplete']],
    ['that is over before its answer', ActionID => [
      item(ActionID, 'a'),
      { Event: 'StatusComplete', ActionID, EventList: 'Complete' },
      { Response: 'Success', ActionID, EventList: 'start' },
    ], ['a', 'end StatusComplete']],
    ['whose items lack the ActionID', ActionID => [
      { Response: 'Success', ActionID, Message: 'Peer status list will follow', EventList: 'start' },
      { Event: 'PeerEntry' },
      { Event: 'Newchannel', Privilege: 'call,all', Channel: 'not of the list' },
      { Event: 'PeerEntry' },
      { Event: 'PeerlistComplete', ActionID, EventList: 'Complete' },
    ], ['PeerEntry', 'PeerEntry', 'end PeerlistComplete']],
  ])('%s is collected', async (_, packets, expected) => {
    const server = new ScriptedServer()
    const { session } = await online(server)
    server.on('Status', answering(packets))
    expect(shape(await session.list('Status'))).toEqual(expected)
  })

  it('of channels without a first line, as 1.6.0 writes them, is collected', async () => {
    const server = new ScriptedServer({ banner: 'Asterisk Call Manager/1.1' })
    const { session } = await online(server)
    server.on('CoreShowChannels', (action, connection) => {
      connection.answer(action, 'Success', { Message: 'Channels will follow', Eventlist: 'start' })
      connection.say('Channel: SIP/1001-1\r\nUniqueID: 1\r\n\r\nChannel: SIP/1002-2\r\nUniqueID: 2\r\n\r\n')
      connection.packet({ Event: 'CoreShowChannelsComplete', ActionID: action.get('ActionID') ?? '', EventList: 'Complete', ListItems: '2' })
    })
    const { items } = await session.list('CoreShowChannels')
    expect(items.map(each => each.output)).toEqual([['Channel: SIP/1001-1', 'UniqueID: 1'], ['Channel: SIP/1002-2', 'UniqueID: 2']])
  })

  it('leaves events of calls to those who listen, and keeps its own from them', async () => {
    const server = new ScriptedServer()
    const { events, session } = await online(server)
    server.on('Status', answering(ActionID => [
      { Response: 'Success', ActionID, EventList: 'start' },
      item(ActionID, 'a'),
      { Event: 'Hangup', Privilege: 'call,all', Channel: 'x' },
      { Event: 'AgentComplete', Privilege: 'agent,all' },
      { Event: 'UserEvent', Privilege: 'user,all', ActionID: 'of another program' },
      { Event: 'StatusComplete', ActionID, EventList: 'Complete' },
    ]))
    await session.list('Status')
    expect(events.map(event => event.name)).toEqual(['Hangup', 'AgentComplete', 'UserEvent'])
  })

  it('does not mix with another that is asked at the same time', async () => {
    const server = new ScriptedServer()
    const { session } = await online(server)
    const open: string[] = []
    server.on('Status', (action, connection) => {
      open.push(action.get('ActionID') ?? '')
      if (open.length < 3)
        return
      open.forEach(ActionID => connection.packet({ Response: 'Success', ActionID, EventList: 'start' }))
      for (const part of [1, 2])
        open.forEach((ActionID, index) => connection.packet(item(ActionID, `${index}.${part}`)))
      open.toReversed().forEach(ActionID => connection.packet({ Event: 'StatusComplete', ActionID, EventList: 'Complete' }))
    })
    const answers = await Promise.all([1, 2, 3].map(() => session.list('Status')))
    expect(answers.map(shape)).toEqual([0, 1, 2].map(index => [`${index}.1`, `${index}.2`, 'end StatusComplete']))
  })

  it('that is refused fails, and what might follow is not waited for', async () => {
    const server = new ScriptedServer()
    const { session } = await online(server)
    server.on('Status', (action, connection) => connection.answer(action, 'Error', { Message: 'No such channel' }))
    await expect(session.list('Status')).rejects.toMatchObject({ code: 'action-refused', message: 'No such channel' })
  })

  it('that the server gives up fails: half a list is no list', async () => {
    const server = new ScriptedServer()
    const { session } = await online(server)
    server.on('Status', answering(ActionID => [
      { Response: 'Success', ActionID, EventList: 'start' },
      item(ActionID, 'a'),
      { Event: 'StatusComplete', ActionID, EventList: 'Cancelled' },
    ]))
    await expect(session.list('Status')).rejects.toMatchObject({ code: 'action-refused' })
  })

  it('may take longer than an answer as long as it goes on, and fails when it stops in the middle', async () => {
    const server = new ScriptedServer()
    const { clock, events, session } = await online(server)
    let id = ''
    server.on('Status', (action, connection) => {
      id = action.get('ActionID') ?? ''
      connection.answer(action, 'Success', { EventList: 'start' })
    })
    const outcome = session.list('Status', {}, { timeoutMs: 1000 }).then(shape, (error: { code: string }) => error.code)
    for (let count = 0; count < 5; count++) {
      await clock.pass(900)
      server.latest.packet(item(id, String(count)))
    }
    await clock.pass(999)
    expect(await Promise.race([outcome, 'not yet'])).toBe('not yet')
    await clock.pass(1)
    expect(await outcome).toBe('no-answer')

    server.latest.packet(item(id, 'late'))
    server.latest.packet({ Event: 'StatusComplete', ActionID: id, EventList: 'Complete' })
    await clock.pass(0)
    expect(events).toEqual([])
  })

  it('without an end mark, as 1.0 sends its queues, is complete when nothing more comes', async () => {
    const server = new ScriptedServer({ banner: 'Asterisk Call Manager/1.0' })
    const { clock, session } = await online(server)
    server.on('QueueStatus', answering(ActionID => [
      { Response: 'Success', ActionID, Message: 'Queue status will follow' },
      { Event: 'QueueParams', ActionID },
    ]))
    const answer = session.list('QueueStatus')
    await clock.pass(10_000)
    expect(shape(await answer)).toEqual(['QueueParams', 'end unmarked'])
  })

  it('that does not end is given up at 50,000 items, and the rest of it is nobody\'s', async () => {
    const server = new ScriptedServer()
    const { events, session, settled } = await online(server)
    server.on('Status', (action, connection) => {
      const id = action.get('ActionID') ?? ''
      connection.answer(action, 'Success', { EventList: 'start' })
      connection.say(`Event: Status\r\nActionID: ${id}\r\n\r\n`.repeat(50_001))
    })
    await expect(session.list('Status')).rejects.toMatchObject({ code: 'list-too-long' })
    await settled()
    expect(events).toEqual([])
    expect(session.status.status).toBe('online')
  })
})

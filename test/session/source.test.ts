import type { ServerLimits } from '../../main/features/types.ts'
import type { PbxEvent } from '../../main/pbx/events.ts'
import { expect, it } from 'vitest'
import { reduce } from '../../main/pbx/reduce.ts'
import { emptyPbx } from '../../main/pbx/state.ts'
import { createAmiSource } from '../../main/source/ami-source.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import { createMemoryLog } from '../support/memory-log.ts'
import { ScriptedServer } from '../support/scripted-server.ts'
import { settled } from '../support/turns.ts'

/** A server that says that it has come up, and whose phone 1002 begins to ring while its lists are read once more, after `moment`; they say that it is idle. */
async function ringsDuring(moment: 'ExtensionStateList' | 'ParkedCalls' | 'Status'): Promise<readonly PbxEvent[]> {
  const server = new ScriptedServer()
  const clock = createFakeClock()
  let hasBooted = false
  server.on('ListCommands', (action, connection) => connection.answer(action, 'Success', Object.fromEntries(['ExtensionStateList', 'ExtensionState', 'ParkedCalls', 'Status'].map(name => [name, 'a list (Priv: call,all)']))))
  for (const list of ['ExtensionStateList', 'ParkedCalls', 'Status'] as const) {
    server.on(list, (action, connection) => {
      const ActionID = action.get('ActionID') ?? ''
      connection.packet({ Response: 'Success', ActionID, EventList: 'start' })
      if (list === 'ExtensionStateList')
        connection.packet({ Event: 'ExtensionStatus', ActionID, Exten: '1002', Context: 'hints', Hint: 'PJSIP/1002', Status: '0' })
      connection.packet({ Event: `${list}Complete`, ActionID, EventList: 'Complete', ListItems: '1' })
      if (hasBooted && list === moment)
        connection.packet({ Event: 'ExtensionStatus', Privilege: 'call,all', Exten: '1002', Context: 'hints', Hint: 'PJSIP/1002', Status: '8' })
    })
  }
  const events: PbxEvent[] = []
  const source = createAmiSource({
    connect: server.connect,
    secured: false,
    credentials: async () => ({ username: 'companion', secret: 'secret' }),
    wishes: () => ({ extensions: [], mailboxes: [] }),
    clock,
    random: () => 0.5,
    log: createMemoryLog(),
  }, { onStatus: () => {}, onServer: () => {}, onEvent: event => events.push(event) })
  source.start()
  await settled()
  hasBooted = true
  server.latest.packet({ Event: 'FullyBooted', Privilege: 'system,all', Status: 'Fully Booted' })
  await settled()
  await clock.pass(3000)
  await settled()
  await source.stop()
  return events
}

it.each(['ExtensionStateList', 'ParkedCalls', 'Status'] as const)('shows a phone that begins to ring with the end of %s', async (moment) => {
  const events = await ringsDuring(moment)
  expect(events.filter(({ type }) => type === 'pbx.replaced')).toHaveLength(2)
  expect(events.reduce(reduce, emptyPbx()).extensions.get('1002@hints')).toMatchObject({ bits: 8 })
})

it('reads the lists of a server that has no hints twice, and then leaves it in peace', async () => {
  const server = new ScriptedServer()
  const clock = createFakeClock()
  server.on('ListCommands', (action, connection) => connection.answer(action, 'Success', { ExtensionStateList: 'a list (Priv: call,all)' }))
  server.on('ExtensionStateList', (action, connection) => {
    const ActionID = action.get('ActionID') ?? ''
    connection.packet({ Response: 'Success', ActionID, EventList: 'start' })
    connection.packet({ Event: 'ExtensionStateListComplete', ActionID, EventList: 'Complete', ListItems: '0' })
  })
  const source = createAmiSource({
    connect: server.connect,
    secured: false,
    credentials: async () => ({ username: 'companion', secret: 'secret' }),
    wishes: () => ({ extensions: [], mailboxes: [] }),
    clock,
    random: () => 0.5,
    log: createMemoryLog(),
  }, { onStatus: () => {}, onServer: () => {}, onEvent: () => {} })
  source.start()
  await settled()
  await clock.pass(20_000)
  expect(server.latest.asked.filter(name => name === 'ExtensionStateList')).toHaveLength(2)
  await source.stop()
})

it.each(['says so', 'says nothing of it, as 22'])('learns what the account may do again when a server that was still loading its modules has booted and %s, and reads what it could not', async (how) => {
  const server = new ScriptedServer()
  const clock = createFakeClock()
  let loaded = ['ExtensionStateList', 'CoreSettings']
  server.on('ListCommands', (action, connection) => connection.answer(action, 'Success', Object.fromEntries(loaded.map(name => [name, 'an action (Priv: call,all)']))))
  server.on('QueueStatus', (action, connection) => {
    const ActionID = action.get('ActionID') ?? ''
    connection.packet({ Response: 'Success', ActionID, EventList: 'start' })
    connection.packet({ Event: 'QueueParams', ActionID, Queue: 'sales', Max: '0', Strategy: 'ringall', Calls: '0' })
    connection.packet({ Event: 'QueueStatusComplete', ActionID, EventList: 'Complete', ListItems: '1' })
  })
  const events: PbxEvent[] = []
  const learned: ServerLimits[] = []
  const source = createAmiSource({
    connect: server.connect,
    secured: false,
    credentials: async () => ({ username: 'companion', secret: 'secret' }),
    wishes: () => ({ extensions: [], mailboxes: [] }),
    clock,
    random: () => 0.5,
    log: createMemoryLog(),
  }, { onStatus: () => {}, onServer: ({ limits }) => learned.push(limits), onEvent: event => events.push(event) })
  source.start()
  await settled()
  expect(learned.at(-1)?.missing).toMatchObject({ park: 'not-permitted', queues: 'not-permitted' })
  // A slow one: it is not there yet when it is asked for the second time.
  await clock.pass(4000)
  loaded = [...loaded, 'Park', 'QueueStatus']
  if (how === 'says so')
    server.latest.packet({ Event: 'FullyBooted', Privilege: 'system,all', Status: 'Fully Booted' })
  await settled()
  await clock.pass(6000)
  await settled()
  expect(learned.at(-1)?.missing).not.toHaveProperty('park')
  expect(learned.at(-1)?.missing).not.toHaveProperty('queues')
  expect(learned.at(-1)?.missing).toMatchObject({ dial: 'not-permitted' })
  expect([...events.reduce(reduce, emptyPbx()).queues.keys()]).toEqual(['sales'])
  await clock.pass(200_000)
  expect(server.latest.asked.filter(name => name === 'ListCommands').length).toBeLessThanOrEqual(6)
  await source.stop()
})

it('does not put back into a queue who has left it with the end of the list', async () => {
  const server = new ScriptedServer()
  const member = { Queue: 'sales', Location: 'PJSIP/1001', Interface: 'PJSIP/1001', Membership: 'dynamic', Paused: '0', Status: '1' }
  server.on('ListCommands', (action, connection) => connection.answer(action, 'Success', { QueueStatus: 'a list (Priv: call,all)' }))
  let hasLooked = false
  server.on('QueueStatus', (action, connection) => {
    const ActionID = action.get('ActionID') ?? ''
    connection.packet({ Response: 'Success', ActionID, EventList: 'start' })
    connection.packet({ Event: 'QueueParams', ActionID, Queue: 'sales', Calls: '0', Completed: '0', Abandoned: '0' })
    connection.packet({ Event: 'QueueMember', ActionID, Name: 'Alice One', ...member })
    const gone = `Event: QueueMemberRemoved\r\nPrivilege: agent,all\r\n${Object.entries(member).map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`
    connection.say(`Event: QueueStatusComplete\r\nActionID: ${ActionID}\r\nEventList: Complete\r\nListItems: 2\r\n\r\n${hasLooked ? gone : ''}`)
  })
  const events: PbxEvent[] = []
  const source = createAmiSource({
    connect: server.connect,
    secured: false,
    credentials: async () => ({ username: 'companion', secret: 'secret' }),
    wishes: () => ({ extensions: [], mailboxes: [] }),
    clock: createFakeClock(),
    random: () => 0.5,
    log: createMemoryLog(),
  }, { onStatus: () => {}, onServer: () => {}, onEvent: event => events.push(event) })
  source.start()
  await settled()
  expect(events.reduce(reduce, emptyPbx()).queueMembers.values()).toMatchObject([{ interface: 'PJSIP/1001' }])
  hasLooked = true
  await source.read('queues')
  await settled()
  expect(events.some(({ type }) => type === 'queues.read')).toBe(true)
  expect(events.reduce(reduce, emptyPbx()).queueMembers.values()).toEqual([])
  await source.stop()
})

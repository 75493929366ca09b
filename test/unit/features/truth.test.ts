import type { DeskInput } from '../../../main/features/types.ts'
import type { ChannelSnapshot, PbxEvent } from '../../../main/pbx/events.ts'
import type { BridgeId, Linkedid, Uniqueid } from '../../../main/pbx/ids.ts'
import { expect, it } from 'vitest'
import { planAct } from '../../../main/features/acts/plan.ts'
import { createProjector } from '../../../main/ipc/project.ts'
import { play } from '../../support/desk-player.ts'
import { deskOfLab } from '../../support/labs.ts'
import { connected } from '../../support/rows.ts'

type Told = PbxEvent extends infer Event ? Event extends PbxEvent ? Omit<Event, 'at'> : never : never

const config = deskOfLab('22')
const AT = 1_795_400_000_000
const BOB = { number: '1002', name: 'Bob Two' }

function inputs(...events: readonly Told[]): readonly DeskInput[] {
  return events.map((event, index) => ({ kind: 'pbx', event: { ...event, at: AT + index * 1000 } as PbxEvent, at: AT + index * 1000 })) // what `Omit` took is given back
}

function channel(name: string, id: string, more: Partial<ChannelSnapshot> = {}): ChannelSnapshot {
  return { name, uniqueid: id as Uniqueid, linkedid: id as Linkedid, ...more } // as the server names them
}

it('takes a phone of mine that another desk of mine rings for a call that I make, not for a caller', () => {
  const leg = channel('PJSIP/1001-00000001', 'ringside-abc-1', { state: 'ringing', caller: { number: '1001', name: 'Alice One' }, connected: { number: '7002', name: null } })
  const { desk, popups } = play(inputs({ type: 'channel.created', channel: leg }), config)
  expect(popups).toEqual([])
  expect(desk.calls).toMatchObject([{ direction: 'out', peer: { number: '7002' } }])
})

it('shows of two who ring a colleague the one who was first, in whatever order they are told', () => {
  const hint = { extensions: [{ exten: '1002', context: 'hints', bits: 8, hint: 'PJSIP/1002' }], channels: [] }
  const ringing = [['1795400001.1', '+15550100'], ['1795400001.2', '+15550111']].map(([id = '', number = '']) => channel(`PJSIP/1002-0000000${id.at(-1)}`, id, { state: 'ringing', connected: { number, name: null } }))
  for (const told of [ringing, ringing.toReversed()]) {
    const { desk } = play(inputs({ type: 'pbx.replaced', snapshot: hint }, ...told.map(one => ({ type: 'channel.created' as const, channel: one }))), config)
    expect(desk.people.get('1002@hints')).toMatchObject({ withNumber: '+15550100', talk: 'ringing' })
  }
})

it('does not leave at the other end who sent me on', () => {
  const mine = channel('PJSIP/1001-00000001', '1795400001.1', { state: 'ring', exten: '1002', context: 'internal', caller: { number: '1001', name: 'Alice One' }, connected: { number: null, name: null } })
  const bobs = channel('PJSIP/1002-00000002', '1795400001.2', { state: 'up', linkedid: '1795400001.1' as Linkedid, caller: BOB, connected: { number: '1001', name: 'Alice One' } })
  const bridge = { id: 'talk' as BridgeId } // as the server calls it
  const talking = { ...mine, state: 'up' as const, connected: BOB }
  const { desk } = play(inputs(
    { type: 'channel.created', channel: mine },
    { type: 'dial.begun', source: mine, destination: bobs, dialString: '1002' },
    { type: 'bridge.entered', bridge, channel: bobs, swapped: null },
    { type: 'bridge.entered', bridge, channel: talking, swapped: null },
    { type: 'transfer.blind', success: true, transferer: bobs, transferee: talking, exten: '7001', context: 'internal' },
    { type: 'bridge.left', bridge, channel: bobs },
    { type: 'bridge.left', bridge, channel: talking },
    { type: 'channel.hungUp', channel: bobs, cause: 16, causeText: null, techCause: null },
    { type: 'channel.changed', channel: { ...talking, exten: '7001', connected: { number: null, name: null } } },
  ), config)
  expect(desk.calls).toMatchObject([{ peer: { number: '7001' }, transferredBy: 'Bob Two' }])
})

it('ends a call that my phone hands over while it rings, though the bridge that my phone leaves has been merged into the other', () => {
  const karla = channel('PJSIP/trunk-00000001', '1795400001.1', { state: 'up', exten: '1001', caller: { number: '+15550100', name: 'Karla Customer' } })
  const mine = channel('PJSIP/1001-00000002', '1795400001.2', { state: 'up', linkedid: '1795400001.1' as Linkedid, caller: { number: '1001', name: 'Alice One' }, connected: { number: '+15550100', name: 'Karla Customer' } })
  const asked = channel('Local/1002@internal-00000001;1', '1795400001.3', { state: 'ringing', exten: '1002' })
  const [first, second] = [{ id: 'first' as BridgeId }, { id: 'second' as BridgeId }] // as the server calls them
  const { desk } = play(inputs(
    { type: 'channel.created', channel: karla },
    { type: 'channel.created', channel: { ...mine, state: 'down' } },
    { type: 'dial.begun', source: karla, destination: { ...mine, state: 'ringing' }, dialString: '1001' },
    { type: 'bridge.entered', bridge: first, channel: mine, swapped: null },
    { type: 'bridge.entered', bridge: first, channel: karla, swapped: null },
    { type: 'channel.created', channel: asked },
    { type: 'bridge.entered', bridge: second, channel: asked, swapped: null },
    { type: 'bridge.left', bridge: first, channel: mine },
    { type: 'bridge.entered', bridge: second, channel: mine, swapped: null },
    // Told in this order by 22 once: mostly my phone has left before.
    { type: 'bridge.merged', to: first, from: second },
    { type: 'bridge.left', bridge: second, channel: asked },
    { type: 'bridge.entered', bridge: first, channel: asked, swapped: null },
    { type: 'bridge.left', bridge: second, channel: mine },
    { type: 'transfer.attended', success: true, transferer: mine, transferee: karla, target: asked, replaced: [] },
  ), config)
  expect(desk.calls.filter(({ phase }) => phase !== 'over')).toEqual([])
  expect(desk.recents).toMatchObject([{ direction: 'in', outcome: 'answered', peer: { number: '+15550100' } }])
})

it('shows where my phone waits when somebody has parked it, not who did', () => {
  const mine = channel('PJSIP/1001-00000001', '1795400001.1', { state: 'up', exten: '1002', context: 'internal', caller: { number: '1001', name: 'Alice One' }, connected: BOB, application: 'Dial' })
  const { desk } = play(inputs(
    { type: 'channel.created', channel: mine },
    { type: 'parking.parked', parked: { lot: 'default', space: '701', parkee: mine, parker: 'PJSIP/1002', timeoutSeconds: 30, parkedSeconds: 0 } },
  ), config)
  expect(Object.values(createProjector()(desk, connected(), {}).calls)).toMatchObject([{ state: 'up', peer: { number: '701', name: null } }])
})

it('tells whom my phone took back from parking before the desk came', () => {
  const karla = { number: '+15550100', name: 'Karla Customer' }
  const listed = [
    channel('PJSIP/1001-00000002', '1795400001.2', { state: 'up', exten: '701', application: 'ParkedCall', caller: { number: '1001', name: 'Alice One' }, connected: karla }),
    channel('PJSIP/trunk-00000001', '1795400001.1', { state: 'up', exten: '1001', application: 'Dial', caller: karla }),
  ].map(one => ({ ...one, linkedid: '1795400001.1' as Linkedid, ageSeconds: 5, bridgeId: 'talk' as BridgeId, bridgedTo: null })) // as the server calls them
  const { desk } = play(inputs({ type: 'pbx.replaced', snapshot: { channels: listed } }), config)
  expect(desk.calls).toMatchObject([{ direction: 'in', peer: karla }])
})

it('takes whom I had called, parked and taken back for a call of mine', () => {
  const listed = [
    channel('PJSIP/1001-00000002', '1795400001.2', { state: 'up', exten: '701', application: 'ParkedCall', caller: { number: '1001', name: 'Alice One' }, connected: BOB }),
    channel('PJSIP/1002-00000001', '1795400001.1', { state: 'up', application: 'AppDial', caller: BOB }),
  ].map(one => ({ ...one, linkedid: '1795400001.1' as Linkedid, ageSeconds: 5, bridgeId: 'talk' as BridgeId, bridgedTo: null })) // as the server calls them
  const { desk } = play(inputs({ type: 'pbx.replaced', snapshot: { channels: listed } }), config)
  expect(desk.calls).toMatchObject([{ direction: 'out', peer: BOB }])
})

it('lets the first phone of mine speak for me in a queue, in whatever order the members are told', () => {
  const queue = { queue: 'support', holdSeconds: 0, completed: 0, abandoned: 0, serviceLevelSeconds: 0, servicePercent: 0 }
  const members = ['PJSIP/1003', 'PJSIP/1001'].map(device => ({ queue: 'support', interface: device, stateInterface: null, name: null, membership: 'dynamic', penalty: 0, callsTaken: 0, lastCall: 0, state: 'not_inuse' as const, paused: false, pausedReason: '', inCall: false }))
  for (const queueMembers of [members, members.toReversed()]) {
    const { desk } = play(inputs({ type: 'pbx.replaced', snapshot: { queues: [queue], queueMembers, queueCallers: [], channels: [] } }), { ...config, devices: ['PJSIP/1001', 'PJSIP/1003'] })
    expect(createProjector()(desk, connected(), {}).queues.support?.mine).toMatchObject({ interface: 'PJSIP/1001' })
  }
})

it('counts two lines of my phone in one conference as two calls, whoever came first: they or the desk', () => {
  const lines = ['1', '2'].map(count => channel(`PJSIP/1001-0000000${count}`, `1795400001.${count}`, { state: 'up', exten: '3000', application: 'ConfBridge', caller: { number: '1001', name: 'Alice One' } }))
  const listed = lines.map(line => ({ ...line, ageSeconds: 5, bridgeId: 'room' as BridgeId, bridgedTo: null })) // as the server calls it
  const bridge = { id: 'room' as BridgeId, creator: 'ConfBridge' } // as the server calls it
  const late = play(inputs({ type: 'pbx.replaced', snapshot: { channels: listed } }), config)
  const early = play(inputs(...lines.flatMap(line => [{ type: 'channel.created' as const, channel: line }, { type: 'bridge.entered' as const, bridge, channel: line, swapped: null }])), config)
  for (const { desk } of [late, early])
    expect(desk.calls).toMatchObject([{ conference: true, direction: 'out' }, { conference: true, direction: 'out' }])
})

it('does not offer to pick up a colleague whom I ring myself', () => {
  const mine = channel('PJSIP/1001-00000001', '1795400001.1', { state: 'ring', exten: '1002', context: 'internal', caller: { number: '1001', name: 'Alice One' } })
  const bobs = channel('PJSIP/1002-00000002', '1795400001.2', { state: 'ringing', linkedid: '1795400001.1' as Linkedid, caller: BOB, connected: { number: '1001', name: 'Alice One' } }) // as the server names it
  const { desk } = play(inputs(
    { type: 'pbx.replaced', snapshot: { extensions: [{ exten: '1002', context: 'hints', bits: 8, hint: 'PJSIP/1002' }], channels: [] } },
    { type: 'channel.created', channel: mine },
    { type: 'channel.created', channel: bobs },
    { type: 'dial.begun', source: mine, destination: bobs, dialString: '1002' },
  ), config)
  expect(createProjector()(desk, connected(), {}).people['1002@hints']).toMatchObject({ withState: 'ringing', canPickUp: false })
  expect(planAct({ ...desk, online: true }, { kind: 'pickup', person: '1002@hints', confirmed: true }, 'act')).toEqual({ refused: 'not-ringing' })
})

it('does not take a caller whom I was to pick up, and who has gone, for one that I spoke to', () => {
  const karla = { number: '+15550100', name: 'Karla Customer' }
  const leg = channel('PJSIP/1001-00000001', 'ringside-abc-act1', { state: 'ringing', exten: '**1003', context: 'internal', caller: { number: '1001', name: 'Alice One' }, connected: karla })
  const { desk } = play(inputs(
    { type: 'channel.created', channel: leg },
    { type: 'channel.changed', channel: { ...leg, state: 'up' } },
    { type: 'channel.hungUp', channel: { ...leg, state: 'up' }, cause: 16, causeText: null, techCause: null },
  ), config)
  expect(desk.recents).toMatchObject([{ direction: 'out', talkMs: null }])
})

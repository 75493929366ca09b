import type { ChannelSnapshot, PbxEvent, PbxSnapshot, QueueMemberSnapshot } from '../../../main/pbx/events.ts'
import type { Uniqueid } from '../../../main/pbx/ids.ts'
import { expect, it } from 'vitest'
import { reduce } from '../../../main/pbx/reduce.ts'
import { emptyPbx } from '../../../main/pbx/state.ts'

type Told = PbxEvent extends infer Event ? Event extends PbxEvent ? Omit<Event, 'at'> : never : never

const AT = 1_795_400_000_000
const after = (...events: readonly Told[]) => events.reduce((state, event, index) => reduce(state, { ...event, at: AT + index * 1000 } as PbxEvent), emptyPbx()) // what `Omit` took is given back

const channel = (id: string, more: Partial<ChannelSnapshot> = {}): ChannelSnapshot => ({ uniqueid: id as Uniqueid, name: `PJSIP/${id}-00000001`, state: 'up', ...more }) // a name as the server makes it

const member = (more: Partial<QueueMemberSnapshot>): QueueMemberSnapshot => ({ queue: 'sales', interface: 'PJSIP/1002', stateInterface: null, name: null, membership: null, penalty: 0, callsTaken: 0, lastCall: 0, state: 'inuse', paused: false, pausedReason: null, inCall: null, ...more })
const QUEUE = { queue: 'sales', holdSeconds: 0, completed: 0, abandoned: 0, serviceLevelSeconds: 0, servicePercent: 0 }
const lists = (more: PbxSnapshot): Told => ({ type: 'pbx.replaced', snapshot: more })

it('keeps what happened while the lists were read', () => {
  const state = after({
    type: 'pbx.replaced',
    snapshot: { extensions: [{ exten: '1002', context: 'hints', bits: 0 }], channels: [] },
    later: [{ type: 'extension.changed', exten: '1002', context: 'hints', bits: 8, at: AT }],
  })
  expect(state.extensions.get('1002@hints')).toMatchObject({ bits: 8 })
})

it('takes two who are parked in one lot for two calls', () => {
  const listed = ['1001', '1002'].map(id => ({ ...channel(id), ageSeconds: 5, bridgeId: 'lot' as never, bridgedTo: null })) // a bridge as the server calls it
  const parked = listed.map((parkee, index) => ({ lot: 'default', space: `70${index + 1}`, parkee, parker: null, timeoutSeconds: 30, parkedSeconds: 5 }))
  expect(after(lists({ channels: listed, parked })).calls.size).toBe(2)
})

it('lets who is transferred into a queue wait in the place of who was there', () => {
  const state = after(
    lists({ channels: [], queues: [QUEUE], queueMembers: [], queueCallers: [] }),
    { type: 'queue.callerJoined', queue: 'sales', caller: channel('1003'), position: 1, count: 1 },
    { type: 'channel.created', channel: channel('1001') },
    { type: 'transfer.attended', success: true, transferer: channel('1003'), transferee: channel('1001'), target: null, replaced: [channel('1003'), channel('1004')] },
    { type: 'channel.hungUp', channel: channel('1003'), cause: 16, causeText: null, techCause: null },
  )
  expect(state.queues.get('sales')?.callers).toEqual(['1001'])
  expect(state.queueCallers.get('1001' as Uniqueid)).toEqual({ queue: 'sales', joinedAt: AT + 1000 })
})

it('counts a call of a member when it is over, whether or not the member is free then', () => {
  const state = after(
    lists({ queues: [QUEUE], queueMembers: [member({})], queueCallers: [], channels: [] }),
    { type: 'queue.memberCompleted', queue: 'sales', interface: 'PJSIP/1002', caller: null, leg: null, reason: 'transfer', talkSeconds: 3 },
  )
  expect(state.queueMembers.values()).toMatchObject([{ callsTaken: 1, lastCall: Math.floor((AT + 1000) / 1000) }])
})

it('lets a pause begin anew when it is asked for once more', () => {
  const state = after(
    lists({ queues: [QUEUE], queueMembers: [member({})], queueCallers: [], channels: [] }),
    { type: 'queue.memberChanged', member: member({ paused: true, lastPause: 10 }) },
    { type: 'queue.memberChanged', member: member({ paused: true, lastPause: 10, state: 'not_inuse' }) },
    { type: 'queue.memberChanged', member: member({ paused: true, lastPause: 12, pausedReason: 'tea' }) },
  )
  expect(state.queueMembers.values()).toMatchObject([{ pausedSince: AT + 3000, pausedReason: 'tea' }])
})

it('knows nothing of registrations that may have changed while the link was away', () => {
  const registered: Told = { type: 'peer.changed', peer: 'PJSIP/1001', status: 'registered', cause: null }
  expect(after(registered, lists({ channels: [] })).peers.get('pjsip/1001')).toBe(true)
  expect(after(registered, { type: 'link.lost' }, lists({ channels: [] })).peers.get('pjsip/1001')).toBeUndefined()
})

it('keeps who takes the place of one that is parked when that one hangs up', () => {
  const place = { lot: 'default', space: '701', parker: 'SIP/2001', timeoutSeconds: 30, parkedSeconds: 0 }
  const state = after(
    { type: 'channel.created', channel: channel('local') },
    { type: 'parking.parked', parked: { ...place, parkee: channel('local') } },
    { type: 'channel.created', channel: channel('1001') },
    { type: 'parking.parked', parked: { ...place, parkee: channel('1001'), timeoutSeconds: 27, parkedSeconds: 3 } },
    { type: 'channel.hungUp', channel: channel('local'), cause: 16, causeText: null, techCause: null },
  )
  expect(state.parked.values()).toEqual([{ lot: 'default', space: '701', parkee: '1001', parker: 'SIP/2001', parkedAt: AT, returnsAt: AT + 30_000 }])
})

import type { DeskInput } from '../../../main/features/types.ts'
import type { ChannelSnapshot, PbxEvent } from '../../../main/pbx/events.ts'
import type { BridgeId, Linkedid, Uniqueid } from '../../../main/pbx/ids.ts'
import { expect, it } from 'vitest'
import { play } from '../../support/desk-player.ts'
import { deskOfLab } from '../../support/labs.ts'

type Told = PbxEvent extends infer Event ? Event extends PbxEvent ? Omit<Event, 'at'> : never : never

const AT = 1_795_400_000_000
const DAY_MS = 86_400_000
const config = deskOfLab('22')

function told(from: number, ...events: readonly Told[]): readonly DeskInput[] {
  return events.map((event, index) => ({ kind: 'pbx', event: { ...event, at: from + index * 1000 } as PbxEvent, at: from + index * 1000 })) // what `Omit` took is given back
}

function channel(name: string, id: string, more: Partial<ChannelSnapshot> = {}): ChannelSnapshot {
  return { name, uniqueid: id as Uniqueid, linkedid: id as Linkedid, ...more } // as the server names them
}

const hungUp = (one: ChannelSnapshot): Told => ({ type: 'channel.hungUp', channel: one, cause: 16, causeText: null, techCause: null })
/** Waits for calls on one channel for weeks. */
const agent = channel('PJSIP/1005-00000001', '1795400000.1', { state: 'up', application: 'AgentLogin' })

/** A caller of a queue rings me in vain and is served by the agent. */
function served(count: number): readonly DeskInput[] {
  const id = `1795400000.${count}0`
  const caller = channel(`PJSIP/trunk-${id}`, id, { state: 'up', exten: '5558000', caller: { number: '+15550100', name: 'Karla' } })
  const mine = channel(`PJSIP/1001-${id}`, `${id}1`, { state: 'ringing', linkedid: id as Linkedid, connected: { number: '+15550100', name: 'Karla' } })
  const bridge = { id: `talk-${count}` as BridgeId } // as the server calls it
  return told(AT + count * (DAY_MS / 100), { type: 'channel.created', channel: caller }, { type: 'queue.callerJoined', queue: 'support', caller, position: 1, count: 1 }, { type: 'channel.created', channel: mine }, { type: 'dial.begun', source: caller, destination: mine, dialString: '1001' }, hungUp(mine), { type: 'queue.memberAnswered', queue: 'support', interface: 'Agent/2105', memberName: 'Erin', caller, leg: agent, holdSeconds: 5 }, { type: 'bridge.entered', bridge, channel: agent, swapped: null }, { type: 'bridge.entered', bridge, channel: caller, swapped: null }, { type: 'bridge.left', bridge, channel: caller }, { type: 'bridge.left', bridge, channel: agent }, hungUp(caller))
}

it('keeps nothing of calls that an agent has served who stays logged in for weeks', () => {
  const days = Array.from({ length: 300 }, (_, index) => served(index + 1)).flat()
  const { desk } = play([...told(AT, { type: 'channel.created', channel: agent }), ...days], config)
  expect(desk.recents.length).toBe(200)
  expect(desk.calls).toEqual([])
  expect(desk.pbx.channels.keys()).toEqual([agent.uniqueid])
  expect(desk.pbx.aliases.size).toBeLessThan(100)
})

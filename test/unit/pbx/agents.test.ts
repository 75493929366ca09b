import type { AgentSnapshot, PbxEvent } from '../../../main/pbx/events.ts'
import { expect, it } from 'vitest'
import { reduce } from '../../../main/pbx/reduce.ts'
import { emptyPbx } from '../../../main/pbx/state.ts'

const at = 1_795_400_000_000
const out: AgentSnapshot = { agent: '2100', name: 'Alice One', state: 'out', since: null, channel: null, call: null }
const after = (...events: readonly PbxEvent[]) => events.reduce(reduce, emptyPbx())
const read = (...agents: readonly AgentSnapshot[]): PbxEvent => ({ type: 'agents.read', agents, at })
const logsIn: PbxEvent = { type: 'agent.loggedIn', agent: '2100', channel: 'PJSIP/1001-1', at }
const connects = (queue: string): PbxEvent => ({ type: 'queue.memberAnswered', queue, interface: 'Agent/2100', memberName: null, caller: null, leg: null, holdSeconds: null, at: at + 5000 })
const completes: PbxEvent = { type: 'queue.memberCompleted', queue: 'hotline', interface: 'Agent/2100', caller: null, leg: null, reason: 'caller', talkSeconds: 3, at }

it('an agent of a pool talks as its device says, and the queue is the one that connected it', () => {
  const talks = after(read(out), logsIn, { type: 'device.changed', device: 'Agent:2100', state: 'inuse', at: at + 4000 }, connects('hotline'))
  expect(talks.agents.get('2100')).toMatchObject({ state: 'oncall', since: at, call: { queue: 'hotline', since: at + 4000 } })
  expect(reduce(talks, completes).agents.get('2100')).toMatchObject({ state: 'idle', call: null })
})

it('a member of a queue is the agent whose device shows its state', () => {
  const member = { queue: 'hotline', interface: 'Local/2100@agents', stateInterface: 'Agent:2100', name: null, membership: 'static', penalty: 0, callsTaken: 0, lastCall: 0, state: 'not_inuse', paused: false, pausedReason: '', inCall: false } as const
  const pbx = after(read(out), logsIn, { type: 'queue.memberChanged', member, at }, { ...connects('hotline'), interface: 'Local/2100@agents' } as PbxEvent) // one field of an event
  expect(pbx.agents.get('2100')).toMatchObject({ state: 'oncall', call: { queue: 'hotline' } })
})

it('nothing that is said of a call makes an agent talk who has logged off', () => {
  const pbx = after(read(out), logsIn, { type: 'agent.loggedOut', agent: '2100', at }, { type: 'device.changed', device: 'Agent:2100', state: 'inuse', at }, connects('hotline'))
  expect(pbx.agents.get('2100')).toEqual(out)
})

it('a list that is read again removes who is not in it, and keeps what was seen', () => {
  const talks = after(read(out), logsIn, connects('hotline'))
  const listed: AgentSnapshot = { ...out, state: 'oncall', since: at + 700, channel: 'PJSIP/1001-1', call: { queue: null, since: null } }
  expect(reduce(talks, read(listed))).toBe(talks)
  expect(reduce(talks, read({ ...listed, state: 'idle', call: null })).agents.get('2100')).toMatchObject({ state: 'idle', since: at, call: null })
  expect(reduce(talks, read()).agents.size).toBe(0)
})

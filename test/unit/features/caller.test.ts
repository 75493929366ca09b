import type { PbxEvent } from '../../../main/pbx/events.ts'
import type { Uniqueid } from '../../../main/pbx/ids.ts'
import type { PbxState } from '../../../main/pbx/state.ts'
import { describe, expect, it } from 'vitest'
import { callerOf, partnerOf, takerOf } from '../../../main/features/caller.ts'
import { mineOf, showsMyself } from '../../../main/features/mine.ts'
import { NOBODY } from '../../../main/features/my-call.ts'
import { reduce } from '../../../main/pbx/reduce.ts'
import { emptyPbx } from '../../../main/pbx/state.ts'

const id = (text: string): Uniqueid => text as Uniqueid // as translate makes them
const mine = mineOf({ extension: '1002', devices: ['SIP/1002'] })
const party = (number: string, name: string | null = null): { number: string, name: string | null } => ({ number, name })
const created = (uniqueid: string, name: string, rest: Partial<Extract<PbxEvent, { type: 'channel.created' }>['channel']> = {}): PbxEvent => ({ type: 'channel.created', at: 1, channel: { uniqueid: id(uniqueid), name, ...rest } })
const dialled = (source: string, destination: string): PbxEvent => ({ type: 'dial.begun', at: 1, source: { uniqueid: id(source), name: '' }, destination: { uniqueid: id(destination), name: '' }, dialString: null })
const answered = (source: string, destination: string): PbxEvent => ({ type: 'dial.ended', at: 1, source: { uniqueid: id(source), name: '' }, destination: { uniqueid: id(destination), name: '' }, status: 'answer', forward: null })
const linked = (one: string, two: string): PbxEvent => ({ type: 'channels.linked', at: 1, one: { uniqueid: id(one), name: '' }, two: { uniqueid: id(two), name: '' } })
const after = (...events: readonly PbxEvent[]): PbxState => events.reduce(reduce, emptyPbx())

function legIn(pbx: PbxState, uniqueid: string): NonNullable<ReturnType<PbxState['channels']['get']>> {
  const leg = pbx.channels.get(id(uniqueid))
  if (!leg)
    throw new Error(`no channel ${uniqueid}`)
  return leg
}

describe('who took a call', () => {
  it('is whoever the caller talks to', () => {
    const pbx = after(created('1', 'SIP/trunk-1'), created('2', 'SIP/1002-2'), created('3', 'SIP/1003-3'), dialled('1', '2'), dialled('1', '3'), answered('1', '3'), linked('1', '3'))
    expect(takerOf(pbx, mine, id('1'))?.name).toBe('SIP/1003-3')
  })

  it('is not who asks me before a transfer, though an answered leg of hers waits at the other end', () => {
    const pbx = after(
      created('1', 'SIP/trunk-1'),
      created('2', 'SIP/1001-2', { state: 'up' }),
      dialled('1', '2'),
      answered('1', '2'),
      created('3', 'Local/1002@internal-1;1'),
      created('4', 'Local/1002@internal-1;2'),
      linked('3', '2'),
      created('5', 'SIP/1002-5', { state: 'ringing' }),
      dialled('4', '5'),
    )
    expect(takerOf(pbx, mine, id('3'))).toBeNull()
  })
})

describe('whom I talk to', () => {
  it('is what the channel at the other end says of itself, before there are linkedids', () => {
    const pbx = after(created('1', 'SIP/trunk-1', { caller: party('0208', 'John') }), created('2', 'SIP/1002-2', { connected: party('1001', 'Alice') }), linked('1', '2'))
    expect(partnerOf(pbx, mine, legIn(pbx, '2'))).toEqual(party('0208', 'John'))
  })

  it('is found through Local channels', () => {
    const pbx = after(
      created('1', 'SIP/trunk-1', { caller: party('0208', 'John') }),
      created('2', 'Local/1002@default-1,1'),
      created('3', 'Local/1002@default-1,2', { caller: party('5551001') }),
      created('4', 'SIP/1002-4'),
      linked('1', '2'),
      linked('3', '4'),
    )
    expect(partnerOf(pbx, mine, legIn(pbx, '4'))).toEqual(party('0208', 'John'))
  })
})

describe('who calls', () => {
  it('is not the number that was dialled, once somebody is known', () => {
    const pbx = after(created('1', 'SIP/1002-1', { caller: party('5551001') }))
    expect(callerOf(pbx, mine, legIn(pbx, '1'), id('1'), party('0208', 'John'))).toBeNull()
    expect(callerOf(pbx, mine, legIn(pbx, '1'), id('1'), NOBODY)).toEqual(party('5551001'))
  })
})

describe('a leg that shows myself', () => {
  it('is rung by another program of mine', () => {
    const pbx = after(created('1', 'SIP/1002-1', { caller: party('1002', 'Bob') }))
    expect(showsMyself(pbx, mine, id('1'))).toBe(true)
  })

  it('is not one that somebody dials, nor one that shows somebody else', () => {
    const pbx = after(
      created('0', 'SIP/trunk-0'),
      created('1', 'SIP/1002-1', { caller: party('1002') }),
      dialled('0', '1'),
      created('2', 'SIP/1002-2', { caller: party('1002'), connected: party('0208') }),
    )
    expect([showsMyself(pbx, mine, id('1')), showsMyself(pbx, mine, id('2'))]).toEqual([false, false])
  })
})

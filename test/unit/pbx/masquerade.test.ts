import type { PbxEvent } from '../../../main/pbx/events.ts'
import type { Uniqueid } from '../../../main/pbx/ids.ts'
import { describe, expect, it } from 'vitest'
import { reduce } from '../../../main/pbx/reduce.ts'
import { emptyPbx } from '../../../main/pbx/state.ts'

const id = (text: string): Uniqueid => text as Uniqueid // as translate makes them
const rename = (from: string, to: string, uniqueid: string): PbxEvent => ({ type: 'channel.renamed', from, to, uniqueid: id(uniqueid), at: 2 })

/** A caller rings 1001, and 1002 has lifted to pick that up: as 1.2 and 1.4 tell it, where no event says so. */
const before: readonly PbxEvent[] = [
  { type: 'channel.created', at: 1, channel: { uniqueid: id('1'), name: 'SIP/trunk-1', state: 'ring', caller: { number: '0208', name: 'John' } } },
  { type: 'channel.created', at: 1, channel: { uniqueid: id('2'), name: 'SIP/1001-2', state: 'ringing', caller: { number: '5551001', name: null } } },
  { type: 'channel.created', at: 1, channel: { uniqueid: id('3'), name: 'SIP/1002-3', state: 'up', caller: { number: '1002', name: 'Bob' } } },
]
const masquerade: readonly PbxEvent[] = [
  rename('SIP/1002-3', 'SIP/1002-3<MASQ>', '3'),
  rename('SIP/1001-2', 'SIP/1002-3', '2'),
  rename('SIP/1002-3<MASQ>', 'SIP/1001-2<ZOMBIE>', '3'),
]

describe('a masquerade', () => {
  it('gives the channel that takes a name also the state and the caller ID that went with it', () => {
    const pbx = [...before, ...masquerade].reduce(reduce, emptyPbx())
    expect(pbx.channels.get(id('2'))).toMatchObject({ name: 'SIP/1002-3', device: 'sip/1002', state: 'up', answeredAt: 2, caller: { number: '1002', name: 'Bob' } })
    expect(pbx.names.get('SIP/1002-3')).toBe('2')
  })

  it('makes a channel known that no event announced', () => {
    const pbx = [
      ...before,
      rename('SIP/1002-3', 'SIP/1002-3<MASQ>', '3'),
      rename('Transfered/SIP/1002-3', 'SIP/1002-3', '4'),
    ].reduce(reduce, emptyPbx())
    expect(pbx.channels.get(id('4'))).toMatchObject({ name: 'SIP/1002-3', state: 'up', caller: { number: '1002', name: 'Bob' } })
  })

  it('does not bring back a channel that has hung up', () => {
    const pbx = [
      ...before,
      rename('SIP/1002-3', 'SIP/1002-3<MASQ>', '3'),
      { type: 'channel.hungUp', at: 2, channel: { uniqueid: id('4'), name: '' }, cause: 16, causeText: null, techCause: null } as const,
      rename('Transfered/SIP/1002-3', 'SIP/1002-3', '4'),
    ].reduce(reduce, emptyPbx())
    expect(pbx.channels.has(id('4'))).toBe(false)
  })
})

describe('two channels that are linked', () => {
  it('are answered, whatever was told before', () => {
    const linked: PbxEvent = { type: 'channels.linked', at: 3, one: { uniqueid: id('1'), name: 'SIP/trunk-1' }, two: { uniqueid: id('2'), name: 'SIP/1001-2' } }
    const pbx = [...before, linked].reduce(reduce, emptyPbx())
    expect([pbx.channels.get(id('1'))?.state, pbx.channels.get(id('2'))?.answeredAt]).toEqual(['up', 3])
  })
})

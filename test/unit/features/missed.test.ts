import type { DeskConfig, DeskInput } from '../../../main/features/types.ts'
import type { ChannelSnapshot, PbxEvent } from '../../../main/pbx/events.ts'
import type { BridgeId, Linkedid, Uniqueid } from '../../../main/pbx/ids.ts'
import { describe, expect, it } from 'vitest'
import { play } from '../../support/desk-player.ts'
import { deskOfLab } from '../../support/labs.ts'

type Told = PbxEvent extends infer Event ? Event extends PbxEvent ? Omit<Event, 'at'> : never : never

const AT = 1_795_400_000_000
/** Longer than the wait for late evidence. */
const LATER_MS = 5000
const config: DeskConfig = { ...deskOfLab('22'), outsidePrefix: '0' }

function told(from: number, ...events: readonly Told[]): readonly DeskInput[] {
  return events.map((event, index) => ({ kind: 'pbx', event: { ...event, at: from + index } as PbxEvent, at: from + index })) // what `Omit` took is given back
}

function channel(name: string, id: string, more: Partial<ChannelSnapshot> = {}): ChannelSnapshot {
  return { name, uniqueid: id as Uniqueid, linkedid: id as Linkedid, ...more } // as the server names them
}

const hungUp = (one: ChannelSnapshot): Told => ({ type: 'channel.hungUp', channel: one, cause: 16, causeText: null, techCause: null })

/** Somebody rings my phone and gives up after `meanwhile`. */
function missed(number: string, ...meanwhile: readonly Told[]): readonly DeskInput[] {
  const caller = channel('PJSIP/trunk-00000001', '1795400000.1', { state: 'ring', exten: '5551201', caller: { number, name: 'Karla' } })
  const mine = channel('PJSIP/1001-00000002', '1795400000.2', { state: 'ringing', linkedid: '1795400000.1' as Linkedid, connected: { number, name: 'Karla' } })
  return [
    ...told(AT, { type: 'channel.created', channel: caller }, { type: 'channel.created', channel: mine }, { type: 'dial.begun', source: caller, destination: mine, dialString: '1001' }),
    ...told(AT + LATER_MS, hungUp(mine), ...meanwhile, hungUp(caller)),
  ]
}

/** My phone, rung by a click, talks to `number`. */
function talkTo(number: string): readonly DeskInput[] {
  const mine = channel('PJSIP/1001-00000003', 'click', { state: 'up', caller: { number: '1001', name: null } })
  const far = channel('PJSIP/trunk-00000004', '1795400000.4', { state: 'up', linkedid: 'click' as Linkedid })
  const bridge = { id: 'talk' as BridgeId } // as the server calls it
  const at = AT + 2 * LATER_MS
  return [
    { kind: 'dial', id: 'click', number, display: number, name: null, at },
    ...told(at, { type: 'channel.created', channel: mine }, { type: 'dial.begun', source: mine, destination: far, dialString: number }, { type: 'bridge.entered', bridge, channel: far, swapped: null }, { type: 'bridge.entered', bridge, channel: mine, swapped: null }),
  ]
}

describe('a missed call', () => {
  it.each([
    ['03012345', '003012345'],
    ['+493012345', '000493012345'],
    ['1002', '1002'],
  ])('of %s is returned by a call to %s, which is how it is dialled here', (caller, dialled) => {
    expect(play(missed(caller), config).desk.todos).toMatchObject([{ done: false }])
    expect(play([...missed(caller), ...talkTo(dialled)], config).desk.todos).toMatchObject([{ done: true }])
  })

  it('is not returned by a call to somebody else', () => {
    expect(play([...missed('03012345'), ...talkTo('003012346')], config).desk.todos).toMatchObject([{ done: false }])
  })

  it.each([
    ['1001@default', 'voicemail', 0],
    ['1002@default', 'missed', 1],
  ] as const)('with a message in mailbox %s ends as %s', (mailbox, outcome, todos) => {
    const { desk } = play(missed('03012345', { type: 'mailbox.changed', mailbox, waiting: true, newMessages: 1, oldMessages: 0, leftBy: { number: '03012345', name: 'Karla' } }), config)
    expect(desk.recents).toMatchObject([{ outcome }])
    expect(desk.todos).toHaveLength(todos)
  })
})

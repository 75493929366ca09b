import type { BridgeSnapshot, PbxEvent } from '../../pbx/events.ts'
import type { BridgeId } from '../../pbx/ids.ts'
import type { Message } from '../wire/message.ts'
import type { EventTranslators } from './translator.ts'
import { channelNamed, channelOf, uniqueidOf } from './channel.ts'
import { given, isTrue } from './text.ts'
import { one } from './translator.ts'

const link = (type: 'channels.linked' | 'channels.unlinked') => one((message, at) => pair(message, at, type))

const entered = one((message, at) => {
  const bridge = bridgeOf(message)
  const channel = channelOf(message)
  return bridge && channel && { type: 'bridge.entered', bridge, channel, swapped: uniqueidOf(message.get('SwapUniqueid')), at }
})

const left = one((message, at) => {
  const bridge = bridgeOf(message)
  const channel = channelOf(message)
  return bridge && channel && { type: 'bridge.left', bridge, channel, at }
})

export const bridgeEvents: EventTranslators = {
  link: link('channels.linked'),
  unlink: link('channels.unlinked'),
  /** 1.6.0 to 11. */
  bridge: one((message, at) => {
    switch (message.get('Bridgestate')?.toLowerCase()) {
      case 'link': return pair(message, at, 'channels.linked')
      case 'unlink': return pair(message, at, 'channels.unlinked')
      default: return null
    }
  }),
  bridgeenter: entered,
  bridgeleave: left,
  /** Who takes the place of somebody in a conference enters its bridge without another word (13 and later; before, no bridge is named). */
  confbridgejoin: entered,
  confbridgeleave: left,
  bridgemerge: one((message, at) => {
    const to = bridgeOf(message, 'To')
    const from = bridgeOf(message, 'From')
    return to && from && { type: 'bridge.merged', to, from, at }
  }),
  bridgedestroy: one((message, at) => {
    const bridge = bridgeOf(message)
    return bridge && { type: 'bridge.destroyed', bridge, at }
  }),
  localbridge: one((message, at) => {
    // 11 calls the halves Channel1 and Channel2.
    const first = channelOf(message, 'LocalOne') ?? channelNamed(message.get('Channel1'), message.get('Uniqueid1'))
    const second = channelOf(message, 'LocalTwo') ?? channelNamed(message.get('Channel2'), message.get('Uniqueid2'))
    return first && second && { type: 'local.bridged', one: first, two: second, at }
  }),
  localoptimizationend: one((message, at) => {
    const first = channelOf(message, 'LocalOne')
    const second = channelOf(message, 'LocalTwo')
    return first && second && { type: 'local.optimized', one: first, two: second, success: isTrue(message.get('Success')), at }
  }),
}

function pair(message: Message, at: number, type: 'channels.linked' | 'channels.unlinked'): PbxEvent | null {
  const first = channelNamed(message.get('Channel1'), message.get('Uniqueid1'))
  const second = channelNamed(message.get('Channel2'), message.get('Uniqueid2'))
  return first && second && { type, one: first, two: second, at }
}

function bridgeOf(message: Message, prefix = ''): BridgeSnapshot | null {
  const id = given(message.get(`${prefix}BridgeUniqueid`))
  if (id === null)
    return null
  const type = given(message.get(`${prefix}BridgeType`))
  const technology = given(message.get(`${prefix}BridgeTechnology`))
  const creator = given(message.get(`${prefix}BridgeCreator`))
  const name = given(message.get(`${prefix}BridgeName`))
  return {
    id: id as BridgeId, // what the server calls so
    ...(type !== null && { type }),
    ...(technology !== null && { technology }),
    ...(creator !== null && { creator }),
    ...(name !== null && { name }),
  }
}

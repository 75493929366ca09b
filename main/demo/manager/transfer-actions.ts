import type { OfficePbx } from '../office-pbx.ts'
import type { Answers } from './action.ts'
import type { Answer } from './answer.ts'
import type { Request } from './request.ts'
import { threadOf } from '../exchange/bridging.ts'
import { CONTEXT } from '../office.ts'
import { failure, success } from './answer.ts'

export const transferActions = {
  Redirect(request, office) {
    const { exchange } = office
    const name = request.get('Channel')
    if (name === '')
      return failure('Channel not specified')
    if (!/^\d+$/.test(request.get('Priority'))) {
      return failure(request.get('Priority') === ''
        ? 'Priority not specified'
        : 'Invalid priority')
    }
    const channel = exchange.named(name)
    if (!channel)
      return failure(`Channel does not exist: ${name}`)
    const extra = request.get('ExtraChannel')
    if (extra !== '')
      return redirectBoth(request, office, channel.uniqueid, extra)
    // Where the extension does not exist a real server says Success too, and the call is lost.
    return exchange.canRedirect(channel.uniqueid)
      ? success('Redirect successful', () => exchange.redirect(channel.uniqueid, request.get('Context') || channel.context, request.get('Exten')))
      : failure('Redirect failed')
  },

  BlindTransfer(request, { exchange, transfers }) {
    if (request.get('Channel') === '')
      return failure('No channel specified')
    if (request.get('Exten') === '')
      return failure('No extension specified')
    const channel = exchange.named(request.get('Channel'))
    if (!channel)
      return failure('Channel specified does not exist')
    const act = (): boolean => transfers.blind(channel.uniqueid, request.get('Context') || channel.context, request.get('Exten'))
    return exchange.talks.has(channel.uniqueid)
      ? success('Transfer succeeded', act)
      : { ...failure('Transfer invalid'), then: act }
  },

  Atxfer(request, { exchange, transfers }) {
    if (request.get('Channel') === '')
      return failure('No channel specified')
    if (request.get('Exten') === '')
      return failure('No extension specified')
    const channel = exchange.named(request.get('Channel'))
    // Feature digits are sent to the channel; whether it heeds them nobody says.
    return channel
      ? success('Atxfer successfully queued', () => transfers.attended(channel.uniqueid, request.get('Context') || CONTEXT, request.get('Exten')))
      : failure('Channel specified does not exist')
  },

  CancelAtxfer(request, { exchange, transfers }) {
    if (request.get('Channel') === '')
      return failure('No channel specified')
    const channel = exchange.named(request.get('Channel'))
    return channel
      ? success('CancelAtxfer successfully queued', () => transfers.cancel(channel.uniqueid))
      : failure('Channel specified does not exist')
  },

  Bridge(request, { exchange, transfers }) {
    const names = [request.get('Channel1'), request.get('Channel2')]
    if (names.includes(''))
      return failure('Missing channel parameter in request')
    const [one, two] = names.map(name => exchange.named(name))
    if (!one)
      return failure(`Channel1 does not exist: ${names[0]}`)
    if (!two)
      return failure(`Channel2 does not exist: ${names[1]}`)
    const unfit = transfers.unfitToJoin(one.uniqueid, two.uniqueid)
    return unfit === null
      ? success('Channels have been bridged', () => transfers.join(one.uniqueid, two.uniqueid))
      : failure(`Channel${unfit} is not up or cannot be bridged`)
  },
} as const satisfies Answers

/** Both ends of a call go elsewhere together; of two other calls each goes by itself. */
function redirectBoth(request: Request, { exchange, dialplan }: OfficePbx, id: string, extraName: string): Answer {
  const extra = exchange.named(extraName)
  if (!extra)
    return failure(`ExtraChannel does not exist: ${extraName}`)
  const context = request.get('Context') || exchange.known(id).context
  const exten = request.get('Exten')
  const place = { context, exten, priority: 1 }
  const extraPlace = { context: request.get('ExtraContext') || context, exten: request.get('ExtraExten') || exten, priority: 1 }
  const talk = exchange.talks.get(id)
  if (talk?.other(id) !== extra.uniqueid) {
    if (!exchange.canRedirect(id) || !exchange.canRedirect(extra.uniqueid))
      return failure('Redirect failed')
    return success('Dual Redirect successful', () => {
      exchange.redirect(id, place.context, place.exten)
      // The first may have taken the second with it.
      if (exchange.channel(extra.uniqueid))
        exchange.redirect(extra.uniqueid, extraPlace.context, extraPlace.exten)
    })
  }
  return success('Dual Redirect successful', () => {
    exchange.movedByManager(id)
    for (const one of [id, extra.uniqueid]) exchange.setHeld(one, false)
    talk.lift(id)
    exchange.change(id, place)
    exchange.change(extra.uniqueid, extraPlace)
    exchange.bridges.dissolve(talk.bridge, id)
    for (const [one, to] of [[extra.uniqueid, extraPlace], [id, place]] as const) {
      const thread = threadOf(exchange, dialplan, one)
      thread.take({ stop() {} })
      thread.go(to.context, to.exten)
    }
  })
}

import type { Party } from './channel.ts'
import type { Exchange } from './exchange.ts'
import { channelHeaders, NOBODY } from './channel.ts'

/** The two halves of a Local channel: what the second meets in the dialplan, the first is told. */
export interface LocalPair { readonly one: string, readonly two: string }

export function createLocal(exchange: Exchange, place: { readonly context: string, readonly exten: string, readonly linkedid?: string }): LocalPair {
  const device = `Local/${place.exten}@${place.context}`
  const number = exchange.nextLocalNumber()
  const half = (which: 1 | 2, linkedid: string | undefined): string => exchange.create({
    device,
    name: `${device}-${number};${which}`,
    state: which === 1
      ? 0
      : 4,
    caller: NOBODY,
    context: place.context,
    exten: place.exten,
    linkedid,
  }).uniqueid
  const one = half(1, place.linkedid)
  return { one, two: half(2, exchange.known(one).linkedid) }
}

export function tellLocalBridge(exchange: Exchange, pair: LocalPair, isKept = false): void {
  const { context, exten } = exchange.known(pair.two)
  exchange.tell('LocalBridge', [
    ...halves(exchange, pair),
    ['Context', context],
    ['Exten', exten],
    ['LocalOptimization', isKept
      ? 'No'
      : 'Yes'],
  ])
}

/** Rings, answers and dies with its other half; `shows` is told whom the call has reached. */
export function followLocal(exchange: Exchange, { one, two }: LocalPair, events: { readonly shows: (callee: Party) => void, readonly answered: () => void, readonly talks: () => void, readonly over: (cause: number) => void }): void {
  exchange.watch(two, {
    dials(callee) {
      if (!exchange.channel(one))
        return
      exchange.change(one, { caller: callee })
      events.shows(callee)
    },
    rings() {
      if (exchange.channel(one)?.state !== 0)
        return
      exchange.setState(one, 5)
      exchange.setCaller(one, exchange.known(one).caller)
      exchange.between('DialState', null, one, [['DialStatus', 'RINGING']])
    },
    answered() {
      if (!exchange.channel(one))
        return
      exchange.setState(one, 6)
      exchange.dialEnd(null, one, 'ANSWER')
      events.answered()
    },
    talks: events.talks,
    over: events.over,
  })
}

/**
 * Takes the Local channel out of the middle: whom its second half talks to steps into the bridge in the place of the first.
 * Gives back who that is; null where the second half talks to nobody.
 */
export function optimizeAway(exchange: Exchange, pair: LocalPair, id: number): string | null {
  const { one, two } = pair
  const talk = exchange.talks.get(two)
  const bridge = exchange.known(one).bridge
  if (!talk || bridge === null)
    return null
  const source = talk.other(two)
  exchange.watch(two, null)
  exchange.tell('LocalOptimizationBegin', [
    ...halves(exchange, pair),
    ...channelHeaders(exchange.known(source), 'Source'),
    ['DestUniqueId', two],
    ['Id', id],
  ])
  talk.lift('transfer')
  exchange.bridges.leave(talk.bridge, source)
  exchange.bridges.leave(bridge, one)
  exchange.bridges.enter(bridge, source, one)
  exchange.tell('LocalOptimizationEnd', [
    ...halves(exchange, pair),
    ['Success', 'No'],
    ['Id', id],
  ])
  exchange.requestHangup(one, 16)
  exchange.bridges.dissolve(talk.bridge, two)
  exchange.tell('SoftHangupRequest', [...channelHeaders(exchange.known(two)), ['Cause', 16]])
  exchange.hangUp(two, 16)
  exchange.hangUp(one, 16)
  return source
}

function halves(exchange: Exchange, { one, two }: LocalPair): ReturnType<typeof channelHeaders> {
  return [...channelHeaders(exchange.known(one), 'LocalOne'), ...channelHeaders(exchange.known(two), 'LocalTwo')]
}

import type { Exchange } from './exchange.ts'
import type { Dialplan, Thread } from './thread.ts'
import { meet } from './bridging.ts'
import { causeHeaders, channelHeaders } from './channel.ts'

/**
 * Pickup(): takes the call that rings at one of the devices, the youngest first, as if this channel had been dialled.
 * Where none rings the channel goes on with nothing.
 */
export function pickUp(exchange: Exchange, dialplan: Dialplan, thread: Thread, isMeant: (device: string) => boolean): void {
  const own = thread.channel
  const target = exchange.channels.findLast(({ uniqueid, device, state, linkedid }) => state === 5 && device !== own.device && linkedid !== own.linkedid && isMeant(device) && exchange.controlOf(uniqueid)?.pickUp)
  const way = target && exchange.controlOf(target.uniqueid)?.pickUp
  if (!target || !way) {
    thread.finish()
    return
  }
  const caller = exchange.known(way.caller)
  const wasUp = own.state === 6
  exchange.movedByManager(caller.uniqueid)
  exchange.setConnected(own.uniqueid, caller.caller)
  exchange.setState(own.uniqueid, 6)
  borrowAccount(exchange, own.uniqueid, target.uniqueid)
  exchange.setConnected(caller.uniqueid, exchange.known(own.uniqueid).caller)
  exchange.about('Pickup', exchange.known(own.uniqueid), channelHeaders(exchange.known(target.uniqueid), 'Target'))
  if (wasUp)
    exchange.about('SoftHangupRequest', exchange.known(target.uniqueid), causeHeaders(16, null))
  way.take(own.uniqueid)
  putAside(exchange, target.uniqueid, own, wasUp
    ? 26
    : 16)
  // From here on it is a dialled leg: no dialplan goes on with it, and lists call it one.
  exchange.change(own.uniqueid, { application: target.application, applicationData: target.applicationData })
  exchange.control(own.uniqueid, { answer: null, end() {}, redirect: null })
  meet({ exchange, dialplan, first: own.uniqueid, second: caller.uniqueid, told: 0 })
}

/** The two channels change places inside the server, which tells of the account on the way. */
function borrowAccount(exchange: Exchange, picker: string, target: string): void {
  const { account, context, exten } = exchange.known(picker)
  const { account: other, context: otherContext, exten: otherExten } = exchange.known(target)
  if (other === account)
    return
  exchange.change(picker, { context: otherContext, exten: otherExten })
  exchange.setAccount(picker, other)
  exchange.setAccount(picker, account)
  exchange.change(picker, { context, exten })
}

function putAside(exchange: Exchange, target: string, { account, context, exten, priority }: { readonly account: string, readonly context: string, readonly exten: string, readonly priority: number }, cause: number): void {
  const { account: old } = exchange.known(target)
  const last = exchange.change(target, { account, context, exten, priority })
  exchange.hangUp(target, cause)
  if (old !== account)
    exchange.about('NewAccountCode', last, [['OldAccountCode', old]])
}

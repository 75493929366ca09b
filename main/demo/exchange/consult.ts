import type { Talk } from './control.ts'
import type { Exchange } from './exchange.ts'
import type { LocalPair } from './local.ts'
import type { Dialplan } from './thread.ts'
import { guard, leaveAlone, settle } from './bridging.ts'
import { channelHeaders } from './channel.ts'
import { createLocal, followLocal, optimizeAway, tellLocalBridge } from './local.ts'
import { Thread } from './thread.ts'

export interface Consult {
  /** Back to who was put on hold; who was asked is let go. */
  readonly cancel: () => void
}

interface ConsultParts {
  readonly exchange: Exchange
  readonly dialplan: Dialplan
  readonly talk: Talk
  /** Who asks somebody else before handing over. */
  readonly transferer: string
  readonly context: string
  readonly exten: string
  /** Counts the Local channels that were taken out of calls. */
  readonly nextOptimization: () => number
  readonly onEnd: () => void
}

/**
 * An attended transfer: one party waits with music while the other asks a third, through a Local channel. It ends when the
 * transferer hangs up (the two others talk), takes it back, or anybody else goes.
 */
export function consult({ exchange, dialplan, talk, transferer, context, exten, nextOptimization, onEnd }: ConsultParts): Consult {
  const { bridges } = exchange
  const home = talk.bridge
  const waiting = talk.other(transferer)
  /** Null once nobody waits any more: then it is an ordinary call between transferer and target. */
  let isWaiting = true
  let isDone = false

  talk.lift('transfer')
  exchange.setHeld(transferer, false)
  exchange.about('Hold', exchange.known(transferer))
  exchange.setHeld(waiting, true)
  const pair: LocalPair = createLocal(exchange, { context, exten, linkedid: exchange.known(transferer).linkedid })
  const { one, two } = pair
  const { account, caller } = exchange.known(transferer)
  exchange.setAccount(one, account)
  const room = bridges.create()
  exchange.change(two, { account })
  exchange.setCaller(two, caller)
  if (account !== '')
    exchange.about('NewAccountCode', exchange.known(two), [['OldAccountCode', '']])
  tellLocalBridge(exchange, pair)
  exchange.setConnected(one, caller)
  bridges.enter(room, one)
  bridges.leave(home, transferer)
  bridges.enter(room, transferer)
  exchange.setConnected(transferer, { number: null, name: null })

  const asked = new Thread(exchange, dialplan, two)
  followLocal(exchange, pair, {
    shows: callee => !isDone && exchange.setConnected(transferer, callee),
    answered() {},
    talks: () => (isDone || !isWaiting) && join(),
    over: cause => targetGone(cause),
  })
  exchange.control(one, { answer: null, end: () => dropTarget(), redirect: null })
  guard({ exchange, dialplan }, transferer, talk.told, { gone: complete, moved: dropTarget })
  guard({ exchange, dialplan }, waiting, talk.told, { gone: waitingGone, moved: waitingGone })
  asked.go(context, exten)

  function over(): void {
    isDone = true
    onEnd()
  }

  /** The transferer has hung up: the two others are brought together. */
  function complete(): void {
    if (isDone)
      return
    if (!isWaiting) {
      dropTarget()
      return
    }
    over()
    bridges.leave(room, transferer)
    exchange.setHeld(waiting, false)
    exchange.tell('BridgeMerge', [...bridges.headers(home, 'To'), ...bridges.headers(room, 'From')])
    bridges.leave(room, one)
    bridges.enter(home, one)
    const { caller: waitingCaller } = exchange.known(waiting)
    exchange.setConnected(one, waitingCaller)
    const target = exchange.talks.get(two)?.other(two) ?? ringingLeg()
    if (target !== undefined)
      exchange.setConnected(target, waitingCaller)
    exchange.tell('AttendedTransfer', [
      ['Result', 'Success'],
      ...channelHeaders(exchange.known(transferer), 'OrigTransferer'),
      ...bridges.headers(home, 'Orig'),
      ...channelHeaders(exchange.known(transferer), 'SecondTransferer'),
      ...bridges.headers(room, 'Second'),
      ...channelHeaders(exchange.known(waiting), 'Transferee'),
      ['IsExternal', 'No'],
      ['DestType', 'Bridge'],
      ['DestBridgeUniqueid', home],
    ])
    exchange.setConnected(waiting, exchange.known(one).caller)
    bridges.destroy(room)
    exchange.setCaller(two, waitingCaller)
    handOver(home, waiting)
    if (exchange.talks.has(two))
      join()
  }

  /** The first half stands for the target until that can be reached directly. */
  function handOver(bridge: string, partner: string): void {
    settle({ exchange, dialplan, first: one, second: partner, told: 16, onEnd: () => exchange.watch(two, null) }, bridge)
    const half = exchange.controlOf(one)
    exchange.control(one, {
      answer: null,
      redirect: null,
      end(ending) {
        half?.end(ending)
        endSecondHalf()
      },
    })
    exchange.watch(one, { over: endSecondHalf })
  }

  /** What talks to the second half takes the place of the first. */
  function join(): void {
    const bridge = exchange.channel(one)?.bridge
    if (bridge === undefined || bridge === null || !exchange.talks.has(two))
      return
    const partner = bridges.membersOf(bridge).find(id => id !== one)
    exchange.watch(one, null)
    exchange.talks.get(one)?.lift('transfer')
    const target = optimizeAway(exchange, pair, nextOptimization())
    if (target !== null && partner !== undefined)
      settle({ exchange, dialplan, first: target, second: partner, told: 16 }, bridge)
  }

  function waitingGone(): void {
    if (isDone || !isWaiting)
      return
    isWaiting = false
    exchange.stopMusic(waiting)
    bridges.dissolve(home, waiting)
    over()
    handOver(room, transferer)
    if (exchange.talks.has(two))
      join()
  }

  /** Whoever was asked has gone, or cannot be had: back to who waits. */
  function targetGone(cause: number): void {
    if (!exchange.channel(one))
      return
    if (isDone) {
      exchange.end(one, { by: 'server', cause, techCause: null })
      return
    }
    over()
    exchange.requestHangup(one, cause)
    bridges.leave(room, one)
    bridges.leave(room, transferer)
    back()
    bridges.destroy(room)
    exchange.hangUp(one, cause)
  }

  function cancel(): void {
    if (isDone)
      return
    over()
    exchange.watch(two, null)
    bridges.leave(room, transferer)
    back()
    bridges.leave(room, one)
    bridges.destroy(room)
    exchange.hangUp(one, 16)
    endSecondHalf()
  }

  function back(): void {
    bridges.enter(home, transferer)
    exchange.setHeld(waiting, false)
    exchange.about('Unhold', exchange.known(transferer))
    exchange.setConnected(transferer, exchange.known(waiting).caller)
    const isCaller = exchange.controlOf(transferer) instanceof Thread
    settle({ exchange, dialplan, first: isCaller ? waiting : transferer, second: isCaller ? transferer : waiting, told: talk.told }, home)
  }

  /** The transferer goes elsewhere or only ends a talk: nobody waits for the target any more. */
  function dropTarget(): void {
    if (isDone)
      return
    over()
    exchange.watch(two, null)
    bridges.leave(room, transferer)
    bridges.leave(room, one)
    bridges.destroy(room)
    exchange.hangUp(one, 16)
    endSecondHalf()
    if (isWaiting) {
      exchange.setHeld(waiting, false)
      bridges.dissolve(home, waiting)
      leaveAlone(exchange, waiting)
    }
  }

  function endSecondHalf(): void {
    if (exchange.channel(two))
      exchange.end(two, { by: 'server', cause: 16, techCause: null })
  }

  function ringingLeg(): string | undefined {
    return exchange.channels.find(channel => channel.linkedid === exchange.known(two).linkedid && channel.state === 5 && channel.uniqueid !== one)?.uniqueid
  }

  return { cancel }
}

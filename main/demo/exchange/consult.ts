import type { Headers } from './channel.ts'
import type { Talk } from './control.ts'
import type { Exchange } from './exchange.ts'
import type { LocalPair } from './local.ts'
import type { Dialplan } from './thread.ts'
import { guard, leaveAlone, settle } from './bridging.ts'
import { channelHeaders } from './channel.ts'
import { createLocal, followLocal, optimizeAway, tellLocalBridge } from './local.ts'
import { Thread } from './thread.ts'
import { gather } from './three-way.ts'

export interface Consult {
  /** Back to who was put on hold; who was asked is let go. */
  readonly cancel: () => void
  /** What the keys of the transferer's phone do meanwhile. */
  readonly swap: () => void
  readonly threeWay: () => void
  readonly complete: () => void
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
  /** The transferer is back with who waits, and who was asked waits. */
  let isHome = false
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
  guard({ exchange, dialplan }, transferer, talk.told, { gone: () => complete(), moved: dropTarget })
  guard({ exchange, dialplan }, waiting, talk.told, { gone: waitingGone, moved: waitingGone })
  asked.go(context, exten)

  function over(): void {
    isDone = true
    onEnd()
  }

  /** Where the transferer is at the moment: with who waits, or with who is asked. */
  function here(): string {
    return isHome
      ? home
      : room
  }

  /** From the one to the other; whoever is left hears music. */
  function swap(): void {
    if (isDone || !isWaiting || exchange.known(one).state !== 6)
      return
    const [left, met] = isHome
      ? [waiting, one]
      : [one, waiting]
    exchange.about('Hold', exchange.known(transferer))
    exchange.setHeld(left, true)
    bridges.leave(here(), transferer)
    isHome = !isHome
    bridges.enter(here(), transferer)
    exchange.setHeld(met, false)
    if (isHome)
      exchange.setConnected(transferer, exchange.known(met).caller)
    exchange.about('Unhold', exchange.known(transferer))
    exchange.setConnected(transferer, exchange.known(met).caller)
  }

  /** The transferer has hung up, or says so by a key: the two others are brought together. */
  function complete(isByKey = false): void {
    if (isDone)
      return
    if (!isWaiting) {
      dropTarget()
      return
    }
    over()
    if (!isByKey || isHome)
      bridges.leave(here(), transferer)
    exchange.setHeld(waiting, false)
    exchange.setHeld(one, false)
    tellMerge()
    bridges.leave(room, one)
    bridges.enter(home, one)
    if (isByKey && !isHome)
      bridges.leave(room, transferer)
    const { caller: waitingCaller } = exchange.known(waiting)
    exchange.setConnected(one, waitingCaller)
    const target = exchange.talks.get(two)?.other(two) ?? ringingLeg()
    if (target !== undefined)
      exchange.setConnected(target, waitingCaller)
    if (isByKey)
      exchange.setConnected(waiting, exchange.known(one).caller)
    // Who was asked is named where somebody said so, and not where the transferer is just gone.
    tellTransfer([['DestType', 'Bridge'], ['DestBridgeUniqueid', home]], isByKey
      ? channelHeaders(exchange.known(one), 'TransferTarget')
      : [])
    exchange.setConnected(waiting, exchange.known(one).caller)
    bridges.destroy(room)
    exchange.setCaller(two, waitingCaller)
    settleTwo(home, one, waiting)
    if (exchange.talks.has(two))
      join()
  }

  /** All three hear each other. */
  function threeWay(): void {
    if (isDone || !isWaiting || exchange.known(one).state !== 6)
      return
    if (isHome)
      swap()
    over()
    tellMerge()
    bridges.leave(room, one)
    bridges.enter(home, one)
    bridges.leave(room, transferer)
    bridges.enter(home, transferer)
    exchange.setHeld(waiting, false)
    tellTransfer([
      ['DestType', 'Threeway'],
      ['DestBridgeUniqueid', home],
      ['DestTransfererChannel', exchange.known(transferer).name],
    ], channelHeaders(exchange.known(one), 'TransferTarget'))
    bridges.destroy(room)
    gather({ exchange, dialplan, settleTwo }, home)
    if (exchange.talks.has(two))
      join()
  }

  function tellMerge(): void {
    exchange.tell('BridgeMerge', [...bridges.headers(home, 'To'), ...bridges.headers(room, 'From')])
  }

  function tellTransfer(destination: Headers, target: Headers = []): void {
    exchange.tell('AttendedTransfer', [
      ['Result', 'Success'],
      ...channelHeaders(exchange.known(transferer), 'OrigTransferer'),
      ...bridges.headers(home, 'Orig'),
      ...channelHeaders(exchange.known(transferer), 'SecondTransferer'),
      ...bridges.headers(room, 'Second'),
      ...channelHeaders(exchange.known(waiting), 'Transferee'),
      ...target,
      ['IsExternal', 'No'],
      ...destination,
    ])
  }

  /** The first half stands for the target until that can be reached directly. */
  function settleTwo(bridge: string, first: string, second: string): void {
    settle({ exchange, dialplan, first, second, told: 16 }, bridge)
    if (first !== one && second !== one)
      return
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
    exchange.watch(one, null)
    exchange.talks.get(one)?.lift('transfer')
    if (optimizeAway(exchange, pair, nextOptimization()) === null)
      return
    const [first, second, third] = bridges.membersOf(bridge)
    if (third !== undefined)
      gather({ exchange, dialplan, settleTwo }, bridge)
    else if (first !== undefined && second !== undefined)
      settleTwo(bridge, second, first)
  }

  function waitingGone(): void {
    if (isDone || !isWaiting)
      return
    isWaiting = false
    exchange.stopMusic(waiting)
    if (isHome) {
      bridges.leave(home, waiting)
      bridges.leave(home, transferer)
      bridges.destroy(home)
      exchange.setHeld(one, false)
      bridges.enter(room, transferer)
    }
    else {
      bridges.dissolve(home, waiting)
    }
    over()
    settleTwo(room, one, transferer)
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
    exchange.stopMusic(one)
    bridges.leave(room, one)
    if (!isHome)
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
    if (!isHome)
      bridges.leave(room, transferer)
    back()
    exchange.stopMusic(one)
    bridges.leave(room, one)
    bridges.destroy(room)
    exchange.hangUp(one, 16)
    endSecondHalf()
  }

  function back(): void {
    if (!isHome) {
      bridges.enter(home, transferer)
      exchange.setHeld(waiting, false)
      exchange.about('Unhold', exchange.known(transferer))
      exchange.setConnected(transferer, exchange.known(waiting).caller)
    }
    const isCaller = exchange.controlOf(transferer) instanceof Thread
    settle({ exchange, dialplan, first: isCaller ? waiting : transferer, second: isCaller ? transferer : waiting, told: talk.told }, home)
  }

  /** The transferer goes elsewhere or only ends a talk: nobody waits for the target any more. */
  function dropTarget(): void {
    if (isDone)
      return
    over()
    exchange.watch(two, null)
    bridges.leave(here(), transferer)
    exchange.stopMusic(one)
    bridges.leave(room, one)
    bridges.destroy(room)
    exchange.hangUp(one, 16)
    endSecondHalf()
    if (isWaiting && exchange.channel(waiting)) {
      exchange.setHeld(waiting, false)
      bridges.dissolve(home, waiting)
      leaveAlone(exchange, waiting)
    }
  }

  function endSecondHalf(): void {
    if (exchange.channel(two))
      exchange.end(two, { by: 'server', cause: 16, techCause: null })
  }

  function completeByKey(): void {
    if (isDone || !isWaiting)
      return
    complete(true)
    leaveAlone(exchange, transferer)
  }

  function ringingLeg(): string | undefined {
    return exchange.channels.find(channel => channel.linkedid === exchange.known(two).linkedid && channel.state === 5 && channel.uniqueid !== one)?.uniqueid
  }

  return { cancel, swap, threeWay, complete: completeByKey }
}

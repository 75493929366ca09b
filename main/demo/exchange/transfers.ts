import type { Consult } from './consult.ts'
import type { Exchange } from './exchange.ts'
import type { Parking } from './parking.ts'
import type { Recordings } from './recordings.ts'
import type { Dialplan } from './thread.ts'
import { canPullOut, leaveAlone, meet, pullOut, threadOf } from './bridging.ts'
import { channelHeaders } from './channel.ts'
import { consult } from './consult.ts'

interface TransfersParts {
  readonly exchange: Exchange
  readonly dialplan: Dialplan
  readonly parking: Parking
  readonly recordings: Recordings
  /** Whether keys that are pressed in a call mean anything. */
  readonly callFeatures: boolean
}

/** Until the server gives up asking for a number that exists. */
const INVALID_MS = 9000

/** Calls that change hands: blind, after asking, by bringing two channels together. */
export class Transfers {
  readonly #parts: TransfersParts
  readonly #consults = new Map<string, Consult>()
  /** The last keys of each phone. */
  readonly #pressed = new Map<string, string>()
  #optimizations = 0

  constructor(parts: TransfersParts) {
    this.#parts = parts
  }

  /** Sends whoever `id` talks to elsewhere, and lets `id` go; false where it talks to nobody. */
  blind(id: string, context: string, exten: string): boolean {
    const { exchange, dialplan, parking } = this.#parts
    const transferer = exchange.known(id)
    const talk = exchange.talks.get(id)
    if (transferer.bridge !== null)
      exchange.about('Unhold', transferer)
    exchange.tell('BlindTransfer', [
      ['Result', talk
        ? 'Success'
        : 'Invalid'],
      ...channelHeaders(transferer, 'Transferer'),
      ...talk
        ? channelHeaders(exchange.known(talk.other(id)), 'Transferee')
        : [],
      ...transferer.bridge === null
        ? []
        : exchange.bridges.headers(transferer.bridge),
      ['IsExternal', 'Yes'],
      ['Context', context],
      ['Extension', exten],
    ])
    if (!talk)
      return false
    const transferee = talk.other(id)
    exchange.movedByManager(id)
    const lot = parking.lotOf(context, exten)
    if (lot) {
      parking.park(transferee, { lot: lot.name, parker: transferer.device, announceTo: id, timeoutMs: null })
      return true
    }
    exchange.setHeld(transferee, false)
    exchange.setHeld(id, false)
    talk.lift('transfer')
    exchange.change(transferee, { context, exten, priority: 1 })
    exchange.bridges.dissolve(talk.bridge, id)
    leaveAlone(exchange, id)
    const thread = threadOf(exchange, dialplan, transferee)
    thread.take({ stop() {} })
    thread.go(context, exten)
    return true
  }

  /** The other party waits while `id` asks at `exten`. Where `id` talks to nobody nothing happens, as on a real server. */
  attended(id: string, context: string, exten: string): void {
    const { exchange, dialplan, callFeatures } = this.#parts
    const talk = exchange.talks.get(id)
    if (!talk || !callFeatures)
      return
    exchange.movedByManager(id)
    if (!dialplan(context, exten)) {
      this.#askInVain(id, talk.other(id))
      return
    }
    this.#consults.set(id, consult({
      exchange,
      dialplan,
      talk,
      transferer: id,
      context,
      exten,
      nextOptimization: () => this.#optimizations++,
      onEnd: () => this.#consults.delete(id),
    }))
  }

  cancel(id: string): void {
    this.#consults.get(id)?.cancel()
  }

  /** A key of the phone: during a consultation it has four, in every other talk one. */
  press(id: string, digit: string): void {
    const { recordings } = this.#parts
    const keys = `${this.#pressed.get(id) ?? ''}${digit}`.slice(-2)
    this.#pressed.set(id, keys)
    const asking = this.#consults.get(id)
    const talk = this.#parts.exchange.talks.get(id)
    switch (keys) {
      case '*1':
        if (asking)
          return asking.cancel()
        return talk && recordings.toggle(talk.other(id))
      case '*2': return asking?.complete()
      case '*3': return asking?.threeWay()
      case '*4': return asking?.swap()
    }
  }

  /** Which of the two cannot be brought together with the other; null where both can. */
  unfitToJoin(one: string, two: string): 1 | 2 | null {
    const { exchange } = this.#parts
    if (!canPullOut(exchange, one))
      return 1
    return canPullOut(exchange, two) && one !== two
      ? null
      : 2
  }

  /** Two channels talk from now on; whoever they talked to before is let go. */
  join(one: string, two: string): void {
    const { exchange, dialplan } = this.#parts
    if (exchange.talks.get(one)?.other(one) === two)
      return
    exchange.movedByManager(one)
    exchange.movedByManager(two)
    const first = pullOut(exchange, one)
    // The first may have taken the second with it, where one waited for the other.
    const second = exchange.channel(two) && pullOut(exchange, two)
    if (first && second && exchange.channel(one)) {
      meet({ exchange, dialplan, first: one, second: two, told: 16 })
    }
    else {
      for (const id of [one, two]) leaveAlone(exchange, id)
    }
    first?.rest()
    second?.rest()
  }

  /** Holds the other, finds no such number, and comes back. */
  #askInVain(id: string, waiting: string): void {
    const { exchange } = this.#parts
    exchange.about('Hold', exchange.known(id))
    exchange.setHeld(waiting, true)
    exchange.clock.after(INVALID_MS, () => {
      if (!exchange.channel(waiting)?.held || exchange.talks.get(id)?.other(id) !== waiting)
        return
      exchange.setHeld(waiting, false)
      exchange.about('Unhold', exchange.known(id))
    })
  }
}

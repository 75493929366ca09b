import type { Channel } from './exchange/channel.ts'
import type { Ending } from './exchange/control.ts'
import type { Exchange } from './exchange/exchange.ts'
import type { Staff } from './office.ts'
import { busyHere, declined, hungUpByLine, noCircuit, notFound } from './exchange/control.ts'
import { deviceOf, ME, OUTSIDE_SPECIAL, userOf } from './office.ts'

export type DialAnswer = 'answer' | 'busy' | 'noanswer' | 'unknown' | 'declined' | 'congestion'
export type PhoneAnswer = 'lift' | 'ignore' | 'busy' | 'decline'

const LIFT_MS = 1500
const REFUSE_MS = 900
const ANSWER_MS = 3500
const TALK_MS: readonly [shortest: number, longest: number] = [20_000, 50_000]

const REFUSALS: Readonly<Record<'busy' | 'unknown' | 'declined' | 'congestion', Ending>> = {
  busy: busyHere,
  unknown: notFound,
  declined,
  congestion: noCircuit,
}

/**
 * How phones behave that nobody holds. In the demo there is no phone on the desk, so mine is lifted by itself a moment after a
 * click-to-dial rings it, and whoever is called then answers or does not. Calls of the script are played by the script.
 */
export class Manners {
  /** Null: as the number says. */
  farEnd: DialAnswer | null = null
  phone: PhoneAnswer = 'lift'
  /** Whether people who were called hang up after a while. */
  talksEnd = true
  readonly #staff: Staff
  readonly #exchange: () => Exchange
  readonly #isStaged: (linkedid: string) => boolean

  constructor(staff: Staff, exchange: () => Exchange, isStaged: (linkedid: string) => boolean) {
    this.#staff = staff
    this.#exchange = exchange
    this.#isStaged = isStaged
  }

  rang(leg: Channel, source: Channel | null): void {
    if (this.#isEngaged(leg))
      this.#refuse(leg, busyHere, 0)
    else if (source === null)
      this.#ownPhone(leg)
    else if (!this.#isStaged(leg.linkedid))
      this.#called(leg, source)
  }

  #isEngaged({ device, uniqueid }: Channel): boolean {
    const person = this.#staff.at(userOf(device))
    return person !== undefined && !person.callWaiting && this.#exchange().channels.some(other => other.device === device && other.uniqueid !== uniqueid)
  }

  #ownPhone(leg: Channel): void {
    switch (leg.device === deviceOf(ME)
      ? this.phone
      : 'lift') {
      case 'lift': return this.#answer(leg, LIFT_MS)
      case 'busy': return this.#refuse(leg, busyHere, REFUSE_MS)
      case 'decline': return this.#refuse(leg, declined, REFUSE_MS)
      case 'ignore':
    }
  }

  #called(leg: Channel, source: Channel): void {
    const behaviour = this.farEnd ?? OUTSIDE_SPECIAL[source.exten] ?? 'answer'
    if (behaviour === 'noanswer')
      return
    if (behaviour !== 'answer')
      return this.#refuse(leg, REFUSALS[behaviour], REFUSE_MS)
    this.#answer(leg, ANSWER_MS)
    if (!this.talksEnd)
      return
    const [shortest, longest] = TALK_MS
    const { clock, random } = this.#exchange()
    clock.after(ANSWER_MS + shortest + random() * (longest - shortest), () => this.#exchange().end(leg.uniqueid, hungUpByLine))
  }

  #answer({ uniqueid }: Channel, afterMs: number): void {
    this.#exchange().clock.after(afterMs, () => this.#exchange().answer(uniqueid))
  }

  /** A leg that was answered, or is gone, by then is left alone. */
  #refuse({ uniqueid }: Channel, ending: Ending, afterMs: number): void {
    this.#exchange().clock.after(afterMs, () => {
      if (this.#exchange().channel(uniqueid)?.state === 5)
        this.#exchange().end(uniqueid, ending)
    })
  }
}

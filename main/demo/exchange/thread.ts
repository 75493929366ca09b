import type { Channel } from './channel.ts'
import type { Control, Ending } from './control.ts'
import type { Exchange } from './exchange.ts'
import { causeHeaders, sipStatusOf } from './channel.ts'

/** What a channel runs in the dialplan at one moment: Dial, Queue, VoiceMail … */
export interface Application {
  /** The channel ends (with its ending) or goes on elsewhere (null): clean up, tell what a server would. */
  readonly stop: (ending: Ending | null) => void
  /** Why a line that hangs up now says it does, and what its channel ends with; without it the cause that the channel has. */
  readonly lineCause?: () => LineCause
}

interface LineCause { readonly told: number, readonly final: number, readonly techCause: number | null }

/** Runs an extension on a thread: it starts applications one after the other. */
export type Extension = (thread: Thread) => void
export type Dialplan = (context: string, exten: string) => Extension | null

/** Two people who forward their calls to each other must not keep the server busy for ever. */
const MOST_JUMPS = 40
const idle: Application = { stop() {} }

/** One channel going through the dialplan, from its first extension to its hang-up. */
export class Thread implements Control {
  readonly exchange: Exchange
  readonly id: string
  readonly answer = null
  /** A caller of the script leaves messages where it says so. */
  leavesMessage = true
  readonly #dialplan: Dialplan
  #application: Application = idle
  /** Raised with every change of application: an application that ended while it started is not kept. */
  #step = 0
  #over = false
  #jumps = 0
  /** A leg that was dialled is in none until it is sent somewhere. */
  #isInDialplan = false

  constructor(exchange: Exchange, dialplan: Dialplan, id: string) {
    this.exchange = exchange
    this.#dialplan = dialplan
    this.id = id
    exchange.control(id, this)
  }

  get channel(): Channel {
    const channel = this.exchange.channel(this.id)
    if (!channel)
      throw new Error(`channel ${this.id} is gone`)
    return channel
  }

  /** A channel that went with what it was taken out of goes nowhere. */
  go(context: string, exten: string): void {
    if (this.#over || !this.exchange.channel(this.id))
      return
    this.#isInDialplan = true
    const extension = ++this.#jumps > MOST_JUMPS
      ? null
      : this.#dialplan(context, exten)
    this.exchange.change(this.id, { context, exten, priority: 1 })
    if (extension)
      extension(this)
    else
      this.finish()
  }

  /** Steps on to an application; what it takes to stop it comes back from `start`. */
  run(priority: number, application: string, data: string, start: () => Application): void {
    const step = ++this.#step
    this.exchange.change(this.id, { priority, application, applicationData: data })
    const started = start()
    if (step === this.#step)
      this.#application = started
  }

  /** From here on something else is to be stopped; what it ran until now has ended by itself. */
  take(application: Application): void {
    this.#step++
    this.#application = application
  }

  /** Stops what it runs, without a next. */
  interrupt(): void {
    const application = this.#application
    this.take(idle)
    application.stop(null)
  }

  /** The dialplan has nothing more for this channel; without a cause it is the one that the channel has. */
  finish(given: number | null = null): void {
    if (this.#over || !this.exchange.channel(this.id))
      return
    const cause = given ?? (this.channel.cause || 16)
    this.#over = true
    this.#step++
    this.#tellSoftHangup(null)
    this.exchange.hangUp(this.id, cause, this.channel.device.startsWith('PJSIP/')
      ? sipStatusOf(cause)
      : null)
  }

  readonly end = (ending: Ending): void => {
    if (this.#over)
      return
    this.#over = true
    this.#step++
    const application = this.#application
    const { cause: known } = this.channel
    const line = application.lineCause?.() ?? { told: known, final: known, techCause: sipStatusOf(known) }
    const byLine = ending.by === 'line'
    const cause = ending.cause || finalCause(ending.by, line.final)
    const techCause = ending.techCause ?? (byLine
      ? line.techCause
      : null)
    if (ending.by !== 'manager')
      this.exchange.requestHangup(this.id, ending.cause || line.told, techCause)
    application.stop({ ...ending, cause, techCause })
    this.#tellSoftHangup(techCause)
    this.exchange.hangUp(this.id, cause, techCause)
  }

  readonly redirect = (context: string, exten: string): void => {
    // The server has moved the channel before the old application notices.
    this.exchange.change(this.id, { context, exten, priority: 1 })
    this.interrupt()
    this.go(context, exten)
  }

  #tellSoftHangup(techCause: number | null): void {
    if (this.#isInDialplan)
      this.exchange.about('SoftHangupRequest', this.channel, causeHeaders(16, techCause))
  }
}

function finalCause(by: Ending['by'], ofLine: number): number {
  switch (by) {
    case 'line': return ofLine
    case 'manager': return 16
    case 'server': return 0
  }
}

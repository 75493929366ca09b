import type { Party } from './channel.ts'
import type { Ending } from './control.ts'
import type { Application, Dialplan, Thread } from './thread.ts'
import { meet, requestOf } from './bridging.ts'
import { NOBODY } from './channel.ts'

type DialStatus = 'ANSWER' | 'BUSY' | 'NOANSWER' | 'CONGESTION' | 'CHANUNAVAIL'

export interface Target {
  readonly device: string
  /** Whom the called phone says it is; a line outside says nothing. */
  readonly caller: Party
  readonly context: string
  /** What stands behind `PJSIP/`. */
  readonly dialString: string
}

export interface DialOptions {
  readonly targets: readonly Target[]
  readonly ringMs: number
  readonly dialplan: Dialplan
  readonly done: (status: DialStatus) => void
}

interface Leg { readonly id: string, readonly target: Target }

/** Dial(): rings all targets, bridges the first that answers. */
export function dial(thread: Thread, { targets, ringMs, dialplan, done }: DialOptions): Application {
  const { exchange, id: caller } = thread
  const { clock } = exchange
  const single = targets.length === 1
  let open: readonly Leg[] = []
  let refusal: DialStatus = 'NOANSWER'
  let stopRinging = (): void => {}

  function prepare(target: Target): Leg {
    const { channel } = thread
    const { uniqueid: id } = exchange.create({
      device: target.device,
      state: 0,
      caller: target.caller,
      context: target.context,
      exten: 's',
      linkedid: channel.linkedid,
    })
    exchange.change(id, { exten: channel.exten, application: 'AppDial', applicationData: '(Outgoing Line)' })
    // Asterisk has the connected line in place before it tells of the account.
    const before = exchange.channel(id)?.connected ?? NOBODY
    exchange.change(id, { connected: channel.caller })
    if (target.caller.number === null) {
      exchange.change(id, { account: channel.account })
      exchange.setCaller(id, guessed(channel.connected, channel.exten))
      exchange.change(id, { account: '' })
    }
    exchange.setAccount(id, channel.account)
    exchange.change(id, { connected: before })
    exchange.setConnected(id, channel.caller)
    exchange.control(id, {
      answer: () => answered({ id, target }),
      end: ending => refused({ id, target }, ending),
      redirect: null,
      pickUp: { caller, take: picker => pickedUp({ id, target }, picker) },
    })
    return { id, target }
  }

  function answered(leg: Leg): void {
    stopRinging()
    const others = open.filter(one => one.id !== leg.id)
    open = []
    exchange.setState(leg.id, 6)
    const callee = exchange.channel(leg.id)?.caller ?? NOBODY
    if (!single)
      exchange.showCallee(caller, callee)
    for (const other of others) exchange.dialEnd(caller, other.id, 'CANCEL')
    for (const other of others) exchange.hangUp(other.id, 26)
    // From here on a hang-up is a normal one, whatever the channels do next.
    exchange.change(caller, { cause: 16 })
    exchange.change(leg.id, { exten: '', cause: 16 })
    exchange.dialEnd(caller, leg.id, 'ANSWER')
    exchange.setState(caller, 6)
    meet({ exchange, dialplan, first: leg.id, second: caller, told: 16 })
  }

  /** The picker steps into the place of the leg, as if it had been dialled. */
  function pickedUp(leg: Leg, picker: string): void {
    stopRinging()
    const others = open.filter(one => one.id !== leg.id)
    open = []
    for (const other of others) exchange.dialEnd(caller, other.id, 'CANCEL')
    for (const other of others) exchange.hangUp(other.id, 26)
    exchange.change(picker, { exten: '' })
    exchange.dialEnd(caller, picker, 'ANSWER')
    exchange.setState(caller, 6)
  }

  function refused(leg: Leg, ending: Ending): void {
    const { cause, techCause } = ending
    open = open.filter(one => one.id !== leg.id)
    const status = statusOf(cause)
    requestOf(exchange, leg.id, ending, 0)
    exchange.dialEnd(caller, leg.id, status)
    exchange.hangUp(leg.id, cause, techCause)
    exchange.change(caller, { cause })
    if (refusal !== 'BUSY')
      refusal = status
    if (open.length > 0)
      return
    stopRinging()
    done(refusal)
  }

  const reachable = targets.filter(({ device }) => exchange.states.of(device) !== 'UNAVAILABLE')
  if (reachable.length === 0) {
    done('CHANUNAVAIL')
    return { stop() {} }
  }
  open = reachable.map(prepare)
  stopRinging = clock.after(ringMs, () => {
    const rang = open
    open = []
    for (const { id } of rang) exchange.dialEnd(caller, id, 'NOANSWER')
    for (const { id } of rang) exchange.hangUp(id, 0)
    done('NOANSWER')
  })
  for (const { id, target } of open) {
    exchange.dialBegin(caller, id, target.dialString)
    if (single)
      exchange.showCallee(caller, exchange.known(id).caller)
    exchange.ring(caller, id)
  }

  return {
    // A caller who gives up cancels its own INVITE; recorded as 127 with 487, and 500 towards the called phone.
    lineCause: () => ({ told: 127, final: 127, techCause: 487 }),
    stop(ending) {
      stopRinging()
      for (const { id } of open) exchange.dialEnd(caller, id, 'CANCEL')
      for (const { id } of open) {
        exchange.hangUp(id, ending === null
          ? 16
          : ending.cause, ending?.by === 'line'
          ? 500
          : null)
      }
    },
  }
}

function statusOf(cause: number): DialStatus {
  if (cause === 17)
    return 'BUSY'
  return cause === 34
    ? 'CONGESTION'
    : 'NOANSWER'
}

/** A line outside has no caller ID of its own: Asterisk shows whom the caller was told, else what was dialled. */
function guessed(connected: Party, exten: string): Party {
  return connected.number === null
    ? { number: exten, name: null }
    : connected
}

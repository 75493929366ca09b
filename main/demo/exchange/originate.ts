import type { Headers, Party } from './channel.ts'
import type { Exchange } from './exchange.ts'
import type { Dialplan } from './thread.ts'
import { requestOf } from './bridging.ts'
import { NOBODY, unknownOr } from './channel.ts'
import { createLocal, followLocal, tellLocalBridge } from './local.ts'
import { Thread } from './thread.ts'

/** What the phone runs once it was lifted. */
export type OriginateTarget
  = | { readonly kind: 'extension', readonly context: string, readonly exten: string }
    | { readonly kind: 'application', readonly name: string, readonly data: string, readonly serve: ((thread: Thread) => void) | null }

export interface OriginateRequest {
  readonly actionId: string | null
  /** `PJSIP/1001` or `Local/*78@internal`. */
  readonly device: string
  readonly caller: Party
  /** Of the phone's own channel. */
  readonly context: string
  readonly target: OriginateTarget
  readonly timeoutMs: number
  readonly channelId: string | null
  readonly account: string
  readonly callerId: Party | null
  readonly connected: Party | null
}

/** Applications that take their time before they are over; others are over at once. */
const APPLICATION_MS: Readonly<Record<string, (data: string) => number>> = {
  playback: () => 2000,
  wait: data => (Number(data) || 0) * 1000,
  echo: () => 60_000,
}

/** Rings a phone first and lets it run an extension once it was lifted; tells everybody how the first part went. */
export function originate(exchange: Exchange, dialplan: Dialplan, request: OriginateRequest, done: (success: boolean) => void): void {
  const { device, channelId } = request
  if (channelId !== null && exchange.channel(channelId))
    return failed(0)
  const [, exten, context, option] = /^Local\/([^@]+)@([^/]+)(\/n)?$/.exec(device) ?? []
  if (exten !== undefined && context !== undefined)
    ringLocal(exten, context, option !== undefined)
  else if (!exchange.states.has(device) || exchange.states.of(device) === 'UNAVAILABLE')
    failed(0)
  else
    ringPhone()

  function ringPhone(): void {
    const { uniqueid: id } = exchange.create({
      device,
      state: 0,
      caller: request.caller,
      context: request.context,
      exten: 's',
      uniqueid: channelId ?? undefined,
    })
    exchange.setAccount(id, request.account)
    present(id)
    const stopRinging = exchange.clock.after(request.timeoutMs, () => {
      failed(3)
      exchange.hangUp(id, 19, 480)
    })
    exchange.control(id, {
      answer() {
        stopRinging()
        exchange.setState(id, 6)
        exchange.dialEnd(null, id, 'ANSWER')
        answered(id)
      },
      end(ending) {
        const { cause, techCause } = ending
        stopRinging()
        requestOf(exchange, id, ending, 0)
        failed(0)
        exchange.dialEnd(null, id, cause === 17
          ? 'BUSY'
          : 'NOANSWER')
        exchange.hangUp(id, cause, techCause)
      },
      redirect: null,
    })
    exchange.dialBegin(null, id, device.slice(device.indexOf('/') + 1))
    exchange.ring(null, id)
  }

  /** Another extension stands for the phone: the second half of a Local channel runs it, the first answers when it does. */
  function ringLocal(exten: string, context: string, isKept: boolean): void {
    if (!dialplan(context, exten))
      return failed(0)
    const pair = createLocal(exchange, { context, exten })
    const { one, two } = pair
    present(one)
    if (request.callerId) {
      exchange.change(two, { connected: request.callerId })
      exchange.setCaller(two, request.callerId)
      exchange.about('NewConnectedLine', exchange.known(two))
    }
    tellLocalBridge(exchange, pair, isKept)
    let isOpen = true
    const stopRinging = exchange.clock.after(request.timeoutMs, () => {
      isOpen = false
      failed(3)
      exchange.hangUp(one, 19)
    })
    const refused = (cause: number): void => {
      stopRinging()
      isOpen = false
      failed(0)
      exchange.dialEnd(null, one, cause === 17
        ? 'BUSY'
        : 'NOANSWER')
      exchange.hangUp(one, cause)
    }
    exchange.control(one, { answer: null, end: ({ cause }) => refused(cause), redirect: null })
    exchange.watch(one, { over: cause => exchange.end(two, { by: 'server', cause, techCause: null }) })
    followLocal(exchange, pair, {
      shows() {},
      answered() {
        stopRinging()
        isOpen = false
        answered(one)
      },
      talks() {},
      over(cause) {
        if (!exchange.channel(one))
          return
        if (isOpen)
          refused(cause)
        else exchange.end(one, { by: 'server', cause, techCause: null })
      },
    })
    exchange.dialBegin(null, one, device.slice(device.indexOf('/') + 1))
    new Thread(exchange, dialplan, two).go(context, exten)
  }

  function present(id: string): void {
    if (request.callerId) {
      exchange.setCaller(id, request.callerId)
      exchange.setConnected(id, request.callerId)
    }
    if (request.connected)
      exchange.setConnected(id, request.connected)
  }

  function answered(id: string): void {
    done(true)
    exchange.tell('OriginateResponse', response('Success', exchange.known(id).name, 4, id))
    const { target } = request
    if (target.kind === 'extension') {
      new Thread(exchange, dialplan, id).go(target.context, target.exten)
      return
    }
    if (target.serve) {
      target.serve(new Thread(exchange, dialplan, id))
      return
    }
    exchange.change(id, { application: target.name, applicationData: target.data })
    const durationMs = APPLICATION_MS[target.name.toLowerCase()]?.(target.data) ?? 0
    if (durationMs === 0) {
      exchange.hangUp(id, 0)
      return
    }
    new Thread(exchange, dialplan, id).take({ stop: exchange.clock.after(durationMs, () => exchange.hangUp(id, 0)) })
  }

  function failed(reason: number): void {
    done(false)
    exchange.tell('OriginateResponse', response('Failure', device, reason, channelId ?? '<unknown>'))
  }

  function response(outcome: 'Success' | 'Failure', channel: string, reason: number, uniqueid: string): Headers {
    const { number, name } = request.callerId ?? NOBODY
    const { target } = request
    return [
      ...request.actionId === null
        ? []
        : [['ActionID', request.actionId] as const],
      ['Response', outcome],
      ['Channel', channel],
      ...target.kind === 'extension'
        ? [['Context', target.context], ['Exten', target.exten]] as const
        : [['Application', target.name], ['Data', target.data]] as const,
      ['Reason', reason],
      ['Uniqueid', uniqueid],
      ['CallerIDNum', unknownOr(number)],
      ['CallerIDName', unknownOr(name)],
    ]
  }
}

import type { Headers, Party } from './channel.ts'
import type { Ending } from './control.ts'
import type { Exchange } from './exchange.ts'
import type { Dialplan } from './thread.ts'
import { NOBODY, unknownOr } from './channel.ts'
import { Thread } from './thread.ts'

export interface OriginateRequest {
  readonly actionId: string | null
  readonly device: string
  readonly caller: Party
  readonly context: string
  readonly exten: string
  readonly timeoutMs: number
  readonly channelId: string | null
  readonly account: string
  readonly callerId: Party | null
  readonly connected: Party | null
}

/** Rings a phone first and lets it run an extension once it was lifted; tells everybody how the first part went. */
export function originate(exchange: Exchange, dialplan: Dialplan, request: OriginateRequest, done: (success: boolean) => void): void {
  const { device, channelId } = request
  if (!exchange.hasDevice(device) || exchange.deviceState(device) === 'UNAVAILABLE' || (channelId !== null && exchange.channel(channelId))) {
    failed(0)
    return
  }
  const { uniqueid: id } = exchange.create({
    device,
    state: 0,
    caller: request.caller,
    context: request.context,
    exten: 's',
    uniqueid: channelId ?? undefined,
  })
  exchange.setAccount(id, request.account)
  if (request.callerId) {
    exchange.setCaller(id, request.callerId)
    exchange.setConnected(id, request.callerId)
  }
  if (request.connected)
    exchange.setConnected(id, request.connected)

  const stopRinging = exchange.clock.after(request.timeoutMs, () => {
    failed(3)
    exchange.hangUp(id, 19, 480)
  })
  exchange.control(id, {
    answer() {
      stopRinging()
      exchange.setState(id, 6)
      exchange.dialEnd(null, id, 'ANSWER')
      succeeded(exchange.channel(id)?.name ?? device)
      new Thread(exchange, dialplan, id).go(request.context, request.exten)
    },
    end({ by, cause, techCause }: Ending) {
      stopRinging()
      if (by === 'line')
        exchange.requestHangup(id, cause, techCause)
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

  function succeeded(channel: string): void {
    done(true)
    exchange.tell('OriginateResponse', response('Success', channel, 4, id))
  }

  function failed(reason: number): void {
    done(false)
    exchange.tell('OriginateResponse', response('Failure', device, reason, channelId ?? '<unknown>'))
  }

  function response(outcome: 'Success' | 'Failure', channel: string, reason: number, uniqueid: string): Headers {
    const { number, name } = request.callerId ?? NOBODY
    return [
      ...request.actionId === null
        ? []
        : [['ActionID', request.actionId] as const],
      ['Response', outcome],
      ['Channel', channel],
      ['Context', request.context],
      ['Exten', request.exten],
      ['Reason', reason],
      ['Uniqueid', uniqueid],
      ['CallerIDNum', unknownOr(number)],
      ['CallerIDName', unknownOr(name)],
    ]
  }
}

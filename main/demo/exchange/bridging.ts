import type { Ending } from './control.ts'
import type { Exchange } from './exchange.ts'
import type { Dialplan } from './thread.ts'
import { Thread } from './thread.ts'

/** A caller and the leg that answered it, talking. */
export interface Talk {
  /** The caller leaves: hangs up, or goes on elsewhere. The leg ends with it. */
  readonly callerLeaves: () => void
}

export interface TalkOptions {
  readonly exchange: Exchange
  readonly dialplan: Dialplan
  readonly caller: string
  readonly leg: string
  /** What a leg that hangs up says why: legs of a queue say nothing. */
  readonly toldCause: number
  /** Before anybody leaves the bridge; queues tell here how the talk went. */
  readonly onEnd?: (by: 'caller' | 'agent') => void
  /** The leg has ended, the caller is alone. */
  readonly onAlone: () => void
}

export function talk({ exchange, dialplan, caller, leg, toldCause, onEnd, onAlone }: TalkOptions): Talk {
  const bridge = exchange.bridge(leg, caller)

  function part(first: string): void {
    onEnd?.(first === caller
      ? 'caller'
      : 'agent')
    exchange.unbridge(bridge, first)
  }

  exchange.control(leg, {
    answer: null,
    end({ by, cause, techCause }: Ending) {
      if (by === 'line')
        exchange.requestHangup(leg, cause || toldCause, techCause)
      part(leg)
      exchange.hangUp(leg, cause || 16, techCause)
      onAlone()
    },
    redirect(context, exten) {
      part(leg)
      const thread = new Thread(exchange, dialplan, leg)
      onAlone()
      thread.go(context, exten)
    },
  })
  return {
    callerLeaves() {
      part(caller)
      exchange.hangUp(leg, 16)
    },
  }
}

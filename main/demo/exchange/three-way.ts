import type { Exchange } from './exchange.ts'
import type { Dialplan } from './thread.ts'
import { guard, introduce, leaveAlone } from './bridging.ts'

interface ThreeWayParts {
  readonly exchange: Exchange
  readonly dialplan: Dialplan
  /** Two are left, and talk. */
  readonly settleTwo: (bridge: string, first: string, second: string) => void
}

/** All who are in the bridge hear each other, until one of three has left. */
export function gather({ exchange, dialplan, settleTwo }: ThreeWayParts, bridge: string): void {
  for (const id of exchange.bridges.membersOf(bridge)) {
    const left = (): void => {
      exchange.bridges.leave(bridge, id)
      const [first, second, third] = exchange.bridges.membersOf(bridge)
      if (first === undefined || third !== undefined)
        return
      if (second === undefined) {
        exchange.bridges.dissolve(bridge, first)
        leaveAlone(exchange, first)
        return
      }
      introduce(exchange, first, second)
      settleTwo(bridge, second, first)
    }
    guard({ exchange, dialplan }, id, 16, { gone: left, moved: left })
  }
}

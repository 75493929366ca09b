import type { Message } from '../ami/wire/message.ts'

export interface SeenPacket { readonly direction: 'in' | 'out', readonly at: number, readonly packet: Message }

/** Tells everybody who listens about each packet of the administration session, in the order of the wire. */
export interface PacketFeed {
  /** Answers the function that ends it. */
  readonly listen: (listener: (seen: SeenPacket) => void) => () => void
}

export interface PacketSource extends PacketFeed {
  readonly tell: (seen: SeenPacket) => void
}

export function createPacketFeed(): PacketSource {
  const listeners = new Set<(seen: SeenPacket) => void>()
  return {
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    tell(seen) {
      for (const listener of listeners)
        listener(seen)
    },
  }
}

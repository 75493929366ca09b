import type { Connect, Transport } from '../ami/transport/transport.ts'
import type { Message } from '../ami/wire/message.ts'
import { Decoder } from '../ami/wire/decoder.ts'

export interface TapListener {
  readonly onBanner: (line: string) => void
  readonly onPacket: (direction: 'in' | 'out', packet: Message) => void
  /** The bytes of one direction cannot be read any further: the session ends, or what a person typed was no packet. */
  readonly onUnreadable: (direction: 'in' | 'out', error: unknown) => void
}

/** The same way to connect, but everything that passes in either direction is told as packets, unfiltered. */
export function tapped(connect: Connect, listener: TapListener): Connect {
  return async (events, signal) => {
    const incoming = reader('in', true)
    const outgoing = reader('out', false)
    const transport = await connect({
      onData(chunk) {
        incoming(chunk)
        events.onData(chunk)
      },
      onClose: events.onClose,
    }, signal)
    return {
      send(bytes) {
        outgoing(bytes)
        transport.send(bytes)
      },
      close: () => transport.close(),
    } satisfies Transport
  }

  function reader(direction: 'in' | 'out', banner: boolean): (bytes: Uint8Array) => void {
    const decoder = new Decoder({
      onBanner: listener.onBanner,
      onMessage: packet => listener.onPacket(direction, packet),
    }, { banner, lenient: !banner })
    let readable = true
    return (bytes) => {
      if (!readable)
        return
      try {
        decoder.push(bytes)
      }
      catch (error) {
        // What the session makes of it is its own affair; the trace only stops here.
        readable = false
        listener.onUnreadable(direction, error)
      }
    }
  }
}

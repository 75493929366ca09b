import { fork } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { fileURLToPath } from 'node:url'
import { createDecoder } from './clients.ts'
import { cpuOf, median } from './measure.ts'

/** Until then V8 is still finding out what is worth compiling. */
const WARM_UP_ROUNDS = 4

export interface Loopback {
  /** µs an event of a client that reads a socket and counts packets. */
  readonly raw: number
  /** Of one that decodes them. */
  readonly decoded: number
  /** How much more the second costs, of pairs that follow each other. */
  readonly ratio: number
}

export async function measureLoopback(events: number, rounds: number): Promise<Loopback> {
  const server = fork(fileURLToPath(new URL('./sender.ts', import.meta.url)), [String(events)])
  try {
    const [address] = await once(server, 'message')
    const raw: number[] = []
    const decoded: number[] = []
    for (let round = -WARM_UP_ROUNDS; round < rounds; round += 1) {
      const costs = [await cpuOf(() => read(address.port, events, counter())), await cpuOf(() => read(address.port, events, decoder()))] as const
      if (round < 0)
        continue
      raw.push(costs[0] / events)
      decoded.push(costs[1] / events)
    }
    return { raw: median(raw), decoded: median(decoded), ratio: median(decoded.map((cost, round) => cost / (raw[round] ?? Number.NaN))) }
  }
  finally {
    server.kill()
  }
}

/** Takes a chunk and says how many events there have been. */
type Reader = (chunk: Buffer) => number

function counter(): Reader {
  let events = 0
  return (chunk) => {
    const text = chunk.toString('latin1')
    for (let at = text.indexOf('\r\n\r\n'); at !== -1; at = text.indexOf('\r\n\r\n', at + 4))
      events += 1
    return events
  }
}

function decoder(): Reader {
  const tally = { events: 0, characters: 0 }
  const decoder = createDecoder('two', tally)
  return (chunk) => {
    decoder.push(chunk)
    return tally.events
  }
}

async function read(port: number, events: number, reader: Reader): Promise<void> {
  const socket = connect(port, '127.0.0.1')
  // A counter does not see ends that are cut; a few hundredths of a per cent do not matter.
  socket.on('data', (chunk) => {
    if (reader(chunk) >= events * 0.998)
      socket.destroy()
  })
  await once(socket, 'close')
}

import type { Client, Connection, Mode } from './decoder/clients.ts'
import type { Mark } from './decoder/report.ts'
import type { EventStream } from './decoder/streams.ts'
import process from 'node:process'
import { setImmediate as turn } from 'node:timers/promises'
import { peers, plainScan, ringside } from './decoder/clients.ts'
import { measureLoopback } from './decoder/loopback.ts'
import { cpuOf, median } from './decoder/measure.ts'
import { measureEndless, measureMemory } from './decoder/memory.ts'
import { figure, printMarks, printTable } from './decoder/report.ts'
import { legacy, modern, recorded } from './decoder/streams.ts'

interface Race {
  readonly what: string
  readonly mode: Mode
  readonly stream: (events: number) => EventStream
  /** Times as fast as the fastest peer. */
  readonly aim: number
}

const races: readonly Race[] = [
  { what: 'name and two headers', mode: 'two', stream: modern, aim: 12 },
  { what: 'all headers', mode: 'all', stream: modern, aim: 4 },
  { what: '1 % of events wanted', mode: 'rare', stream: modern, aim: 16 },
  { what: 'name and two headers, 1.4', mode: 'two', stream: legacy, aim: 7 },
  { what: 'name and two headers, recorded 22', mode: 'two', stream: recorded, aim: 8 },
]

/** Prints what decoding costs beside four clients of the package registry, and the aims. */
export async function run(): Promise<void> {
  const quick = process.argv.includes('--quick')
  const rounds = quick ? 3 : 7
  const events = quick ? 20_000 : 60_000
  const clients = [ringside, plainScan, ...peers]

  const marks: Mark[] = []
  const figures = new Map(clients.map(({ name }) => [name, [] as number[]]))
  for (const { aim, mode, stream, what } of races) {
    const costs = await race(clients, mode, stream, events, rounds)
    for (const [name, cost] of costs)
      figures.get(name)?.push(cost)
    const best = Math.min(...peers.map(({ name }) => costs.get(name) ?? Infinity))
    marks.push({ what, aim, reached: best / (costs.get(ringside.name) ?? Number.NaN), unit: 'x', better: 'more' })
  }
  printTable(`CPU µs an event, ${rounds} rounds, medians (Node ${process.versions.node}, V8 ${process.versions.v8})`, ['', ...races.map(({ what }) => what)], [...figures].map(([name, costs]) => [name, ...costs.map(figure)]))

  const { raw, decoded } = await measureLoopback(quick ? 20_000 : 100_000, rounds)
  printTable('CPU µs an event over a socket on loopback', ['', 'cost'], [['packets counted', figure(raw)], ['ringside, two headers', figure(decoded)]])
  const memory = measureMemory(quick ? 200_000 : 1_000_000)
  const endless = await measureEndless()
  printMarks([
    ...marks,
    { what: 'over loopback, of what a socket alone costs', aim: 1.4, reached: decoded / raw, unit: 'x', better: 'less' },
    { what: `left of each of ${memory.kept} kept values`, aim: 120, reached: memory.bytesPerValue, unit: 'B', better: 'less' },
    { what: `peak growth over ${memory.events} events`, aim: 10, reached: memory.peakMebibytes, unit: 'MiB', better: 'less' },
    { what: '32 MiB without a line end', aim: 0.15, reached: endless.seconds, unit: 's', better: 'less' },
  ])
}

async function race(clients: readonly Client[], mode: Mode, streamOf: (events: number) => EventStream, events: number, rounds: number): Promise<ReadonlyMap<string, number>> {
  const long = streamOf(events)
  // Peers that cost fifty times as much need not do it for as long.
  const short = streamOf(events / 5)
  const costs = new Map(clients.map(({ name }) => [name, [] as number[]]))
  // The first round warms up.
  for (let round = 0; round <= rounds; round += 1) {
    for (const client of clients) {
      const stream = client === ringside || client === plainScan ? long : short
      const connection = await client.open(mode)
      const cpu = await cpuOf(() => feed(connection, stream))
      if (round > 0)
        costs.get(client.name)?.push(cpu / stream.events)
      connection.socket.destroy()
    }
  }
  return new Map([...costs].map(([name, values]) => [name, median(values)]))
}

async function feed({ socket, tally }: Connection, { chunks, events }: EventStream): Promise<void> {
  for (const chunk of chunks) {
    socket.push(chunk)
    await turn()
  }
  // One of the peers keeps the last event to itself until another comes.
  for (let turns = 0; tally.events < events - 1 && turns < 1000; turns += 1)
    await turn()
  if (tally.events < events - 1)
    throw new Error(`${tally.events} of ${events} events were seen`)
}

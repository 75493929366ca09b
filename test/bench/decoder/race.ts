// One race in a process of its own, so that no other has shaped the code that V8 makes: `race.ts RACE EVENTS ROUNDS`. Its parent gets the costs.
import type { Client } from './clients.ts'
import type { EventStream } from './streams.ts'
import process from 'node:process'
import { setImmediate as turn } from 'node:timers/promises'
import { peers, plainScan, ringside } from './clients.ts'
import { cpuOf, median } from './measure.ts'
import { races } from './races.ts'

/** Until then V8 is still finding out what is worth compiling. */
const WARM_UP_MICROSECONDS = 700_000

const [number, events, rounds] = process.argv.slice(2).map(Number)

async function race(): Promise<void> {
  const { mode, stream } = races[number ?? 0] ?? fail()
  const long = stream(events ?? 0)
  // What costs fifty times as much need not be done for as long.
  const short = stream((events ?? 0) / 5)
  const clients = [ringside, plainScan, ...peers]
  const streamFor = (client: Client): EventStream => peers.includes(client) ? short : long
  const costs = new Map<string, number[]>()

  for (const client of clients) {
    costs.set(client.name, [])
    for (let spent = 0; spent < WARM_UP_MICROSECONDS;)
      spent += await cost(client, streamFor(client))
  }
  for (let round = 0; round < (rounds ?? 0); round += 1) {
    for (const client of clients)
      costs.get(client.name)?.push(await cost(client, streamFor(client)) / streamFor(client).events)
  }
  process.send?.([...costs].map(([name, values]) => [name, median(values)]))

  async function cost(client: Client, { chunks, events }: EventStream): Promise<number> {
    const { socket, tally } = await client.open(mode)
    const cpu = await cpuOf(async () => {
      for (const chunk of chunks) {
        socket.push(chunk)
        await turn()
      }
      // One of the peers keeps the last event to itself until another comes.
      for (let turns = 0; tally.events < events - 1 && turns < 1000; turns += 1)
        await turn()
    })
    if (tally.events < events - 1)
      throw new Error(`${client.name} saw ${tally.events} of ${events} events`)
    socket.destroy()
    return cpu
  }
}

function fail(): never {
  throw new Error(`There is no race ${number}`)
}

void race()

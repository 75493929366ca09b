// One race in a process of its own, so that no other has shaped the code that V8 makes: `race.ts RACE EVENTS ROUNDS`. Its parent gets the costs.
import type { Client } from './clients.ts'
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
  const eventStream = stream(events ?? 0)
  const clients = [ringside, plainScan, ...peers]
  const costs = new Map<string, number[]>()
  /** What costs a fiftieth has to be done more often to be seen. */
  const times = (client: Client): number => peers.includes(client) ? 1 : 10

  for (const client of clients) {
    costs.set(client.name, [])
    for (let spent = 0; spent < WARM_UP_MICROSECONDS;)
      spent += await cost(client)
  }
  for (let round = 0; round < (rounds ?? 0); round += 1) {
    for (const client of clients)
      costs.get(client.name)?.push(await cost(client) / times(client) / eventStream.events)
  }
  process.send?.([...costs].map(([name, values]) => [name, median(values)]))

  async function cost(client: Client): Promise<number> {
    const { socket, tally } = await client.open(mode)
    const expected = eventStream.events * times(client)
    // One of the peers keeps the last event to itself until another comes, and the scan does not see ends that are cut.
    const enough = client === plainScan ? expected * 0.999 : expected - 1
    const cpu = await cpuOf(async () => {
      for (let time = 0; time < times(client); time += 1) {
        for (const chunk of eventStream.chunks) {
          socket.push(chunk)
          await turn()
        }
      }
      for (let turns = 0; tally.events < enough && turns < 1000; turns += 1)
        await turn()
    })
    if (tally.events < enough)
      throw new Error(`${client.name} saw ${tally.events} of ${expected} events`)
    socket.destroy()
    return cpu
  }
}

function fail(): never {
  throw new Error(`There is no race ${number}`)
}

void race()

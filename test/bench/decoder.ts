import type { Memory } from './decoder/memory.ts'
import type { Mark } from './decoder/report.ts'
import process from 'node:process'
import { resultOf } from './decoder/child.ts'
import { peers, plainScan, ringside } from './decoder/clients.ts'
import { measureEndless } from './decoder/endless.ts'
import { measureLoopback } from './decoder/loopback.ts'
import { races } from './decoder/races.ts'
import { figure, printMarks, printTable } from './decoder/report.ts'

/** Prints what decoding costs beside four clients of the package registry, and the aims. */
export async function run(): Promise<void> {
  const quick = process.argv.includes('--quick')
  const rounds = quick ? 3 : 7
  const events = quick ? 4000 : 15_000

  const marks: Mark[] = []
  const columns: ReadonlyMap<string, number>[] = []
  for (const [index, { aim, what }] of races.entries()) {
    // The child is a file of ours, which sends just this.
    const costs = new Map(await resultOf(new URL('./decoder/race.ts', import.meta.url), [index, events, rounds]) as [string, number][])
    const best = Math.min(...peers.map(({ name }) => costs.get(name) ?? Infinity))
    columns.push(costs)
    marks.push({ what, aim, reached: best / (costs.get(ringside.name) ?? Infinity), unit: 'x', better: 'more' })
  }
  printTable(
    `CPU µs an event, medians of ${rounds} interleaved rounds (Node ${process.versions.node}, V8 ${process.versions.v8})`,
    ['', ...races.map(({ what }) => what)],
    [ringside, plainScan, ...peers].map(({ name }) => [name, ...columns.map(costs => figure(costs.get(name) ?? Number.NaN))]),
  )

  const { raw, decoded, ratio } = await measureLoopback(quick ? 50_000 : 100_000, rounds)
  printTable('CPU µs an event over a socket on loopback', ['', 'cost'], [['packets counted', figure(raw)], ['ringside, two headers', figure(decoded)]])

  const passed = quick ? 200_000 : 1_000_000
  // As above.
  const memory = await resultOf(new URL('./decoder/memory.ts', import.meta.url), [passed]) as Memory
  printMarks([
    ...marks.map(mark => ({ ...mark, what: `${mark.what}, of the best peer` })),
    { what: 'over loopback, of what the socket alone costs', aim: 1.4, reached: ratio, unit: 'x', better: 'less' },
    { what: `left of each of ${memory.kept} kept values`, aim: 120, reached: memory.bytesPerValue, unit: 'B', better: 'less' },
    { what: `peak growth over ${passed} events`, aim: 10, reached: memory.peakMebibytes, unit: 'MiB', better: 'less' },
    { what: '32 MiB without a line end', aim: 0.15, reached: await measureEndless(), unit: 's', better: 'less' },
  ])
}

import process from 'node:process'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** Microseconds of all threads of this process that the task takes, the collection of its garbage included. */
export async function cpuOf(task: () => Promise<void> | void): Promise<number> {
  const before = process.cpuUsage()
  await task()
  const { user, system } = process.cpuUsage(before)
  return user + system
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

setFlagsFromString('--expose-gc')
// The flag gives the function to contexts made after it.
const collect: () => void = runInNewContext('gc')

/** Bytes that are alive. */
export function heapInUse(): number {
  collect()
  collect()
  return process.memoryUsage().heapUsed
}

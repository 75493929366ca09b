import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as after } from 'node:timers/promises'

/** Clock ticks a second in /proc; the same on every Linux that runs Electron. */
const TICKS = 100
const LOOK_MS = 500
const QUIET_LOOKS = 4

/** A process and everything that it started. */
export function familyOf(pid: number): readonly number[] {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc')) {
    const status = /^\d+$/.test(name) ? read(`/proc/${name}/stat`) : null
    // The name of the program stands in brackets and may hold anything.
    const parent = status?.slice(status.lastIndexOf(')') + 2).split(' ')[1]
    if (parent !== undefined)
      parents.set(Number(name), Number(parent))
  }
  const family = [pid]
  for (const member of family)
    family.push(...[...parents].filter(([, parent]) => parent === member).map(([child]) => child))
  return family
}

/** MB of a family, where a page that several share counts once. */
export function memoryOf(family: readonly number[]): number {
  const kilobytes = family.map(pid => Number(/^Pss:\s+(\d+)/m.exec(read(`/proc/${pid}/smaps_rollup`) ?? '')?.[1] ?? 0))
  return kilobytes.reduce((sum, one) => sum + one, 0) / 1024
}

/** Waits until the family has used no more than a hundredth of a core for two seconds, as long as that takes within reason. */
export async function untilIdle(pid: number, patienceMs = 30_000): Promise<void> {
  let quiet = 0
  let before = ticksOf(familyOf(pid))
  for (let waited = 0; quiet < QUIET_LOOKS && waited < patienceMs; waited += LOOK_MS) {
    await after(LOOK_MS)
    const now = ticksOf(familyOf(pid))
    quiet = (now - before) / TICKS <= LOOK_MS / 1000 / 100 ? quiet + 1 : 0
    before = now
  }
}

/** Milliseconds of processor time that a family has used so far. */
export const processorOf = (family: readonly number[]): number => ticksOf(family) / TICKS * 1000

function ticksOf(family: readonly number[]): number {
  return family.reduce((sum, pid) => {
    const status = read(`/proc/${pid}/stat`)
    const fields = status?.slice(status.lastIndexOf(')') + 2).split(' ') ?? []
    return sum + Number(fields[11] ?? 0) + Number(fields[12] ?? 0)
  }, 0)
}

/** Null when the process has gone meanwhile. */
function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  }
  catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH'))
      return null
    throw error
  }
}

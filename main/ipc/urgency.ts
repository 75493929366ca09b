import type { DeskState } from '../features/desk.ts'

/** Parts of the desk that change with every phone in the house. */
const OTHERS: ReadonlySet<string> = new Set<keyof DeskState>(['pbx', 'people', 'queueLevels', 'connects'])

/** Whether a step changed something of mine (a call, something that I asked for, what I set) and not only what others do. */
export function concernsMe(before: DeskState, after: DeskState): boolean {
  return (Object.keys(after) as (keyof DeskState)[]).some(part => before[part] !== after[part] && !OTHERS.has(part)) // the keys of a DeskState
}

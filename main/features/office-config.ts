import type { FeatureCodes } from '#contract/setup.ts'
import { defaultCodes } from '#contract/setup.ts'

export type { FeatureCodes }
export { defaultCodes }

/** How this person likes to see the colleagues, and the queues that were theirs before. */
export interface Arrangement {
  readonly favourites: readonly string[]
  readonly groups: readonly { readonly name: string, readonly members: readonly string[] }[]
  readonly order: readonly string[]
  readonly queues: readonly MyQueue[]
}

/** A queue that I was a member of, and as what: enough to log in again. */
export interface MyQueue {
  readonly queue: string
  readonly interface: string
  readonly stateInterface: string | null
  readonly name: string | null
  readonly penalty: number
}

export const emptyArrangement: Arrangement = { favourites: [], groups: [], order: [], queues: [] }

/** A window arranges those whom it lists; whoever is not there at the moment keeps the place that they had. */
export function rearranged(before: Arrangement, now: Omit<Arrangement, 'queues'>, isListed: (id: string) => boolean): Arrangement {
  const isAbsent = (id: string): boolean => !isListed(id)
  const absent = before.groups.map(({ name, members }) => ({ name, members: members.filter(isAbsent) })).filter(({ members }) => members.length > 0)
  return {
    ...before,
    favourites: [...now.favourites, ...before.favourites.filter(isAbsent)],
    groups: [
      ...now.groups.map(({ name, members }) => ({ name, members: [...members, ...absent.find(group => group.name === name)?.members ?? []] })),
      ...absent.filter(({ name }) => now.groups.every(group => group.name !== name)),
    ],
    order: [...now.order, ...before.order.filter(isAbsent)],
  }
}

export interface QueueLevels {
  readonly busyWaiting: number
  readonly alarmWaiting: number
  readonly busySeconds: number
  readonly alarmSeconds: number
}

export interface OfficeConfig {
  readonly codes: FeatureCodes
  readonly arrangement: Arrangement
  readonly queueLevels: QueueLevels
  readonly pauseReasons: readonly string[]
}

export const defaultOffice: OfficeConfig = {
  codes: defaultCodes,
  arrangement: emptyArrangement,
  queueLevels: { busyWaiting: 3, alarmWaiting: 6, busySeconds: 60, alarmSeconds: 180 },
  pauseReasons: [],
}

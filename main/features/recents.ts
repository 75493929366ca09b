import type { Party } from '../pbx/events.ts'
import type { Dial } from './dial.ts'
import type { MyCall, Outcome } from './my-call.ts'
import { saysNothingNew } from '../pbx/same.ts'
import { partyOf } from './dial.ts'

/** A call of this session that is over. */
export interface Recent {
  readonly id: string
  readonly direction: 'in' | 'out'
  readonly outcome: Outcome
  readonly peer: Party
  readonly queue: string | null
  readonly answeredBy: string | null
  readonly at: number
  readonly talkMs: number | null
  /** The click-to-dial that made it. */
  readonly dial: string | null
}

const KEPT = 200

/** One row a call: written when it ends, corrected when more becomes known, taken back when it rings again. */
export function recordCall(recents: readonly Recent[], call: MyCall): readonly Recent[] {
  const known = recents.findIndex(recent => recent.id === call.id)
  if (call.outcome === null || call.direction === null) {
    return known === -1
      ? recents
      : recents.filter(recent => recent.id !== call.id)
  }
  return put(recents, known, {
    id: call.id,
    direction: call.direction,
    outcome: call.outcome,
    // My phone may still show whom I asked, or who joined us.
    peer: call.resumed?.party ?? call.peer,
    queue: call.queue,
    answeredBy: call.outcome === 'answered-elsewhere'
      ? call.taken?.by ?? null
      : null,
    at: call.startedAt,
    talkMs: call.outcome !== 'answered' || call.answeredAt === null || call.endedAt === null
      ? null
      : Math.max(0, call.endedAt - call.answeredAt),
    dial: call.dial,
  })
}

/** A click-to-dial that failed before my phone had a leg. */
export function recordDial(recents: readonly Recent[], dial: Dial): readonly Recent[] {
  if (recents.some(recent => recent.dial === dial.id))
    return recents
  return put(recents, -1, {
    id: dial.id,
    direction: 'out',
    outcome: dial.state === 'cancelled'
      ? 'cancelled'
      : 'failed',
    peer: partyOf(dial),
    queue: null,
    answeredBy: null,
    at: dial.startedAt,
    talkMs: null,
    dial: dial.id,
  })
}

function put(recents: readonly Recent[], known: number, recent: Recent): readonly Recent[] {
  const before = recents[known]
  if (before === undefined)
    return [recent, ...recents].slice(0, KEPT)
  return saysNothingNew(before, recent)
    ? recents
    : recents.with(known, recent)
}

import type { ErrorCode } from '#contract/result.ts'
import type { FarLeg, MyCall, Outcome } from './my-call.ts'

/** Q.850 causes that say more than the status of the dial. */
const BY_CAUSE: Readonly<Record<number, ErrorCode>> = {
  1: 'far-invalid-number',
  3: 'far-unreachable',
  17: 'far-busy',
  18: 'far-no-answer',
  19: 'far-no-answer',
  20: 'far-unreachable',
  21: 'far-declined',
  22: 'far-invalid-number',
  27: 'far-unreachable',
  28: 'far-invalid-number',
  34: 'far-congestion',
  38: 'far-congestion',
  42: 'far-congestion',
}

/** Why nobody took it; null while somebody still may, or when it was I who gave up. A declined call ends as `noanswer` with cause 21. */
export function farFailure({ far, legs }: Pick<MyCall, 'far' | 'legs'>): ErrorCode | null {
  if (far.length === 0)
    return ownCause(legs)
  if (far.some(leg => isAnswered(leg) || !hasEnded(leg)))
    return null
  const codes = far.map(codeOf)
  return codes.find(code => code === 'far-busy') ?? codes.find(code => code !== null) ?? null
}

export function isAnswered({ up, status }: FarLeg): boolean {
  return up || status === 'answer'
}

export function outcomeOfOutgoing(call: MyCall): Outcome {
  const code = farFailure(call)
  if (call.answeredAt !== null && (code === null || call.far.length > 0))
    return 'answered'
  if (call.wish !== null)
    return 'cancelled'
  if (code === 'far-busy')
    return 'busy'
  if (code === 'far-no-answer' || code === 'far-declined')
    return 'no-answer'
  if (code !== null)
    return 'failed'
  return call.dial !== null && call.legs.every(leg => leg.upAt === null)
    ? 'failed'
    : 'cancelled'
}

/** The dialplan rang nobody and said why: Busy() and Congestion() hang up the caller with the cause of the far end. */
function ownCause(legs: MyCall['legs']): ErrorCode | null {
  if (legs.some(leg => leg.state !== 'gone'))
    return null
  const lifted = legs.findLast(leg => leg.upAt !== null || leg.role === 'out')
  return lifted?.cause
    ? BY_CAUSE[lifted.cause] ?? null
    : null
}

function hasEnded({ gone, status }: FarLeg): boolean {
  return gone || (status !== null && status !== 'continue')
}

function codeOf({ status, cause }: FarLeg): ErrorCode | null {
  const told = cause === null
    ? undefined
    : BY_CAUSE[cause]
  switch (status) {
    case 'busy': return 'far-busy'
    case 'congestion': return told ?? 'far-congestion'
    case 'chanunavail': return told ?? 'far-unreachable'
    case 'noanswer': return told ?? 'far-no-answer'
    // The caller gave up; the cause is then whatever the driver made of its own CANCEL.
    case 'cancel': case 'abort': return null
    default: return told ?? null
  }
}

import type { ErrorCode } from '#contract/result.ts'
import type { DeskState } from './desk.ts'
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

const NORMAL = 16

/**
 * Why nobody took it; null while somebody still may, or when it was I who gave up. A declined call ends as `noanswer` with cause 21.
 * `tellsHangups`: the server says who ended a call.
 */
export function farFailure(call: MyCall, tellsHangups: boolean): ErrorCode | null {
  const { far } = call
  if (far.length === 0)
    return ownCause(call, tellsHangups)
  if (far.some(leg => isAnswered(leg) || !hasEnded(leg)))
    return null
  const codes = far.map(codeOf)
  return codes.find(code => code === 'far-busy') ?? codes.find(code => code !== null) ?? null
}

export function isAnswered({ up, status }: FarLeg): boolean {
  return up || status === 'answer'
}

export function outcomeOfOutgoing(call: MyCall, tellsHangups: boolean): Outcome {
  const code = farFailure(call, tellsHangups)
  if (call.answeredAt !== null && (code === null || call.far.length > 0))
    return 'answered'
  if (call.wish !== null)
    return 'cancelled'
  if (tellsHangups && isServed(call))
    return 'answered'
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

/** The server itself took the call, did what the dialplan says and ended it: a code, an announcement. */
export function isServed({ far, legs }: Pick<MyCall, 'far' | 'legs'>): boolean {
  const lifted = legs.findLast(leg => leg.upAt !== null)
  return far.length === 0 && lifted?.state === 'gone' && lifted.cause === NORMAL && !lifted.hungUp
}

/** The dialplan rang nobody and said why: Busy() and Congestion() hang up the caller with the cause of the far end. */
function ownCause({ answeredAt, legs }: MyCall, tellsHangups: boolean): ErrorCode | null {
  if (legs.some(leg => leg.state !== 'gone'))
    return null
  const lifted = legs.findLast(leg => leg.upAt !== null || leg.role === 'out')
  // After its tone of busy or congestion the server hangs up a lifted phone without a cause.
  if (tellsHangups && answeredAt === null && lifted?.cause === 0 && lifted.upAt !== null && !lifted.hungUp)
    return 'far-not-rung'
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

/** Whether a hang-up that no phone asked for is the server's own. */
export function tellsHangups({ limits }: Pick<DeskState, 'limits'>): boolean {
  return !limits.lacks.has('tellHangups')
}

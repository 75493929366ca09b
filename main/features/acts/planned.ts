import type { ErrorCode } from '#contract/result.ts'
import type { Plan } from './act.ts'
import { displayName } from '../display-name.ts'

/** Why something would not work, before anything is asked of the server. */
export interface Refusal { readonly refused: ErrorCode, readonly details?: Readonly<Record<string, string | number>> }
export type Planned = Plan | Refusal

export function isRefusal(planned: Planned): planned is Refusal {
  return 'refused' in planned
}

/** A plan of which most is as usual. */
export function plan(kind: Plan['kind'], subject: string, more: Partial<Plan>): Plan {
  return {
    kind,
    subject: displayName(subject),
    call: null,
    steps: [],
    proof: { by: 'answer' },
    trust: false,
    dial: null,
    second: null,
    connect: null,
    note: null,
    ...more,
  }
}

import type { Failure } from '#contract/result.ts'
import type { ActKind } from '#contract/tables.ts'
import type { PbxAction } from '../../pbx/actions.ts'
import type { Party } from '../../pbx/events.ts'
import type { Uniqueid } from '../../pbx/ids.ts'
import type { ConnectPlan } from '../connect.ts'

/** One thing to be done after another; of each the first way that the server takes. */
export type Steps = readonly (readonly PbxAction[])[]

/** What has to be true for an act to be done; the answer of a server says only that it has heard. */
export type Proof
  /** Nothing else tells: the answer has to do. */
  = | { readonly by: 'answer' }
    | { readonly by: 'gone', readonly legs: readonly Uniqueid[] }
  /** My leg has gone and theirs goes on. */
    | { readonly by: 'handed', readonly leg: Uniqueid, readonly far: Uniqueid }
    | { readonly by: 'consulted', readonly call: string }
    | { readonly by: 'consult-over', readonly call: string }
    | { readonly by: 'talking-to', readonly call: string, readonly to: 'peer' | 'consult' }
    | { readonly by: 'conference', readonly call: string }
    | { readonly by: 'recording', readonly channels: readonly Uniqueid[], readonly want: 'on' | 'paused' | null }
    | { readonly by: 'moved', readonly call: string, readonly leg: Uniqueid, readonly heir: Uniqueid }
    | { readonly by: 'parked', readonly channel: Uniqueid }
    | { readonly by: 'retrieved', readonly parked: string, readonly channel: Uniqueid }
    | { readonly by: 'picked-up', readonly ringing: Uniqueid, readonly root: Uniqueid | null }
  /** Their phone was lifted, and they talk to the number. */
    | { readonly by: 'connected', readonly display: string }
    | { readonly by: 'dnd', readonly on: boolean }
    | { readonly by: 'forward', readonly which: 'always' | 'busy' | 'noAnswer', readonly number: string | null }
    | { readonly by: 'agent', readonly agent: string, readonly want: 'in' | 'out' }
    | { readonly by: 'members', readonly members: readonly { readonly queue: string, readonly interface: string }[], readonly want: 'in' | 'out' | 'paused' | 'unpaused' }

/** What is to be done and how it will be known that it was. */
export interface Plan {
  readonly kind: ActKind
  readonly subject: string
  readonly call: string | null
  readonly steps: Steps
  readonly proof: Proof
  /** Where no event tells, the answer counts once the wait is over. */
  readonly trust: boolean
  /** A click-to-dial that goes with it: my phone rings first. */
  readonly dial: { readonly number: string, readonly name: string | null, readonly fetched?: Party } | null
  /** The click-to-dial that is tried where the server says yes and nothing shows. */
  readonly second: Plan['dial']
  /** A click-to-dial for a colleague: their phone rings first. */
  readonly connect: ConnectPlan | null
  /** What the server does not tell and the desk notes when it is done. */
  readonly note: Note | null
}

export type Note
  = | { readonly what: 'muted', readonly on: boolean }
    | { readonly what: 'limit', readonly seconds: number }
    | { readonly what: 'recording', readonly recording: 'on' | 'paused' | null }

/** `asked → done | failed`; `consult` may fail after all when nobody takes the second call. */
export interface Act extends Plan {
  readonly id: string
  readonly state: 'asked' | 'done' | 'failed'
  readonly error: Failure | null
  readonly at: number
  readonly step: number
  readonly way: number
  /** The server has answered all of it. */
  readonly answered: boolean
  /** Queues that the server knows nothing of, or where I am not any more: in the others it is done all the same. */
  readonly skipped: readonly string[]
  /** The proof was seen half: for `handed` my leg has gone, for `consulted` the second call began, for `picked-up` my phone was lifted. */
  readonly half: boolean
}

/**
 * Why a channel is to end: `line` is its own phone or provider, `manager` a Hangup action, `server` whatever of the server itself
 * has no more use for it (the other half of a Local channel, a conference that throws it out, an absolute timeout).
 */
export interface Ending {
  readonly by: 'line' | 'manager' | 'server'
  /** Q.850; 0 leaves it to the one who ends it. */
  readonly cause: number
  readonly techCause: number | null
}

/** Who decides what becomes of a channel: the dialplan that it runs, or the application that dialled it. */
export interface Control {
  /** Its phone was lifted; null where nobody waits for that. */
  readonly answer: (() => void) | null
  readonly end: (ending: Ending) => void
  /** It is to go on at another extension; null where it cannot. */
  readonly redirect: ((context: string, exten: string) => void) | null
  /** Who calls, and how another channel takes the call that rings here; left out where that cannot be. */
  readonly pickUp?: { readonly caller: string, readonly take: (picker: string) => void }
}

/** Two channels that talk to each other in a bridge. */
export interface Talk {
  readonly bridge: string
  /** Why a line that hangs up says it does: legs of a queue say nothing. */
  readonly told: number
  readonly other: (id: string) => string
  /** The talk is over for whoever counts it; bridge and channels stay as they are, for the caller to go on with. */
  readonly lift: (by: string | 'transfer') => void
}

export const hungUpByLine: Ending = { by: 'line', cause: 0, techCause: null }
export const busyHere: Ending = { by: 'line', cause: 17, techCause: 486 }
export const declined: Ending = { by: 'line', cause: 21, techCause: 603 }
export const notFound: Ending = { by: 'line', cause: 1, techCause: 404 }
export const noCircuit: Ending = { by: 'line', cause: 34, techCause: 503 }

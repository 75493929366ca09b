/** What a person asks for; numbers are read and ready to be dialled. */
export type ActRequest
  = | { readonly kind: 'hangup', readonly call: string }
    | { readonly kind: 'blind', readonly call: string, readonly number: string, readonly name: string | null }
    | { readonly kind: 'voicemail', readonly call: string, readonly number: string, readonly name: string | null }
    | { readonly kind: 'consult', readonly call: string, readonly number: string, readonly name: string | null }
    | { readonly kind: 'swap', readonly call: string }
    | { readonly kind: 'complete', readonly call: string }
    | { readonly kind: 'cancelConsult', readonly call: string }
    | { readonly kind: 'conference', readonly call: string }
    | { readonly kind: 'dtmf', readonly call: string, readonly digits: string }
    | { readonly kind: 'record', readonly call: string, readonly do: 'start' | 'pause' | 'resume' | 'stop' }
    | { readonly kind: 'timeout', readonly call: string, readonly seconds: number }
    | { readonly kind: 'mute', readonly call: string, readonly on: boolean }
    | { readonly kind: 'move', readonly call: string, readonly device: string }
    | { readonly kind: 'park', readonly call: string, readonly lot: string | null, readonly forWhom: string | null }
    | { readonly kind: 'retrieve', readonly parked: string, readonly confirmed: boolean }
    | { readonly kind: 'pickup', readonly person: string, readonly confirmed: boolean }
    | { readonly kind: 'connect', readonly person: string, readonly number: string, readonly display: string, readonly name: string | null, readonly confirmed: boolean }
    | { readonly kind: 'dnd', readonly on: boolean }
    | { readonly kind: 'forward', readonly which: 'always' | 'busy' | 'noAnswer', readonly number: string | null }
    | { readonly kind: 'messages', readonly do: 'move' | 'delete' | 'forward', readonly mailbox: string, readonly folder: string, readonly ids: readonly string[], readonly to: string, readonly confirmed: boolean }
    | { readonly kind: 'agentLogin' }
    | { readonly kind: 'agentLogout' }
    | { readonly kind: 'queueLogin', readonly queue: string | null }
    | { readonly kind: 'queueLogout', readonly queue: string | null }
    | { readonly kind: 'queuePause', readonly queue: string | null, readonly paused: boolean, readonly reason: string | null }

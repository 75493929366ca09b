import type { PresenceSnapshot } from './events.ts'
import type { PbxState } from './state.ts'
import { extensionKey } from './extensions.ts'
import { withTables } from './state.ts'

export interface Presence {
  readonly state: string
  readonly message: string | null
}

/** Kept by the extension, or by the provider where none is told: `custompresence:1001`. */
export function changePresence(state: PbxState, said: PresenceSnapshot): PbxState {
  const key = said.exten !== null && said.context !== null
    ? extensionKey(said.exten, said.context)
    : providerKey(said.provider)
  const known = state.presences.get(key)
  return known && known.state === said.state && known.message === said.message
    ? state
    : withTables(state, {
        presences: state.presences.set(key, { state: said.state, message: said.message }),
      })
}

/** What an extension says of itself; the provider stands behind the comma of its hint. */
export function presenceOf(state: PbxState, key: string, hint: string | null): Presence | null {
  const provider = hint?.split(',')[1]
  return state.presences.get(key) ?? (provider === undefined
    ? null
    : state.presences.get(providerKey(provider)) ?? null)
}

function providerKey(provider: string): string {
  return provider.trim().toLowerCase()
}

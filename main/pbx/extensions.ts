import type { ExtensionBits } from './events.ts'
import type { PbxState } from './state.ts'
import { withTables } from './state.ts'

export interface Extension {
  readonly exten: string
  readonly context: string
  readonly bits: ExtensionBits
  /** Empty: there is none; null: not told. */
  readonly hint: string | null
}

export const extensionKey = (exten: string, context: string): string => `${exten}@${context}`

export function changeExtension(state: PbxState, said: { readonly exten: string, readonly context: string, readonly bits: ExtensionBits, readonly hint?: string }): PbxState {
  const key = extensionKey(said.exten, said.context)
  const known = state.extensions.get(key)
  const hint = said.hint ?? known?.hint ?? null
  if (known && known.bits === said.bits && known.hint === hint)
    return state
  return withTables(state, {
    extensions: state.extensions.set(key, {
      exten: said.exten,
      context: said.context,
      bits: said.bits,
      hint,
    }),
  })
}

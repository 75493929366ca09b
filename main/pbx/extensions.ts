import type { ExtensionBits } from './events.ts'
import type { DeviceName } from './ids.ts'
import type { PbxState } from './state.ts'
import { comparable } from './channels.ts'
import { devicesOfHint } from './device-name.ts'
import { withTables } from './state.ts'

export interface Extension {
  readonly exten: string
  readonly context: string
  readonly bits: ExtensionBits
  /** Empty: there is none; null: not told. */
  readonly hint: string | null
  /** When an event brought it to these bits; null: a list told. */
  readonly since: number | null
  /** The phones of the hint. */
  readonly devices: readonly DeviceName[]
}

export const extensionKey = (exten: string, context: string): string => `${exten}@${context}`

/** `since` is null for an item of a list. */
export function changeExtension(state: PbxState, said: { readonly exten: string, readonly context: string, readonly bits: ExtensionBits, readonly hint?: string }, since: number | null): PbxState {
  const key = extensionKey(said.exten, said.context)
  const known = state.extensions.get(key)
  const hint = said.hint ?? known?.hint ?? null
  if (known && known.bits === said.bits && known.hint === hint)
    return state
  const devices = known?.hint === hint
    ? known.devices
    : devicesOfHint(hint ?? '').map(comparable)
  return withTables(indexPhones(state, key, known?.devices ?? [], devices), {
    extensions: state.extensions.set(key, {
      exten: said.exten,
      context: said.context,
      bits: said.bits,
      hint,
      since: known?.bits === said.bits
        ? known.since
        : since,
      devices,
    }),
  })
}

/** Whose phone a device is: which extensions change with it. */
function indexPhones(state: PbxState, key: string, before: readonly DeviceName[], after: readonly DeviceName[]): PbxState {
  if (before === after)
    return state
  let { extensionsOf } = state
  for (const device of before) {
    const rest = (extensionsOf.get(device) ?? []).filter(other => other !== key)
    extensionsOf = rest.length > 0
      ? extensionsOf.set(device, rest)
      : extensionsOf.delete(device)
  }
  for (const device of after)
    extensionsOf = extensionsOf.set(device, [...extensionsOf.get(device) ?? [], key])
  return withTables(state, { extensionsOf })
}

import type { LineState } from '#contract/tables.ts'
import type { ExtensionBits } from '../pbx/events.ts'

/** The state of an extension in one word; undefined: not told. */
export function lineStateOf(bits: ExtensionBits | undefined): LineState {
  if (bits === undefined)
    return 'unknown'
  if (bits < 0)
    return 'notfound'
  if (bits & 8)
    return bits & (1 | 2 | 16) ? 'ringinuse' : 'ringing'
  if (bits & 16)
    return 'onhold'
  if (bits & 2)
    return 'busy'
  if (bits & 1)
    return 'inuse'
  return bits & 4 ? 'unavailable' : 'idle'
}

import type { PartyView } from '#contract/tables.ts'
import type { Party } from '../pbx/events.ts'
import { displayName, displayNameOrNull } from '../features/display-name.ts'
import { groupDialled, groupNumber } from '../features/numbers.ts'

/** The number and the name of somebody as they may be shown. */
export function partyView({ number, name }: Party): PartyView {
  const clean = number === null
    ? ''
    : displayName(number)
  return {
    number: clean,
    display: groupNumber(clean),
    name: displayNameOrNull(name),
  }
}

/** Which number or group was dialled, as it may be shown. */
export function dialledView(dialled: string | null): string | null {
  const clean = displayNameOrNull(dialled)
  return clean === null
    ? null
    : groupDialled(clean)
}

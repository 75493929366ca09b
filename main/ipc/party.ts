import type { PartyView } from '#contract/tables.ts'
import type { Party } from '../pbx/events.ts'
import { displayName, displayNameOrNull } from '../features/display-name.ts'
import { groupNumber } from '../features/numbers.ts'

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

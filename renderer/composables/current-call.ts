import type { Ref } from 'vue'
import type { CallView } from '#contract/tables.ts'

/** The call that a key press means when no card has the focus: the one I talk on, or the only one. Among several nobody guesses. */
export function currentCall(calls: readonly CallView[]): CallView | null {
  const going = calls.filter(call => call.state !== 'ended')
  const talking = going.filter(call => call.state === 'up' || call.consult !== null)
  const [first, second] = talking.length > 0 ? talking : going
  return first && !second ? first : null
}

/** Whether a key press means the card around `place`: the one with the focus, or else the current one. */
export function meansCard(place: Readonly<Ref<HTMLElement | null>>, isCurrent: () => boolean): boolean {
  const focused = document.activeElement?.closest('[data-call]') ?? null
  return focused === null
    ? isCurrent()
    : focused.contains(place.value)
}

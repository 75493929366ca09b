/** While a list to choose from is open, keys are for it alone: Esc closes the list and nothing around it, and what is typed is looked for in it. Until what it answers is called. */
export function leaveKeysToLists(): () => void {
  const keep = (event: KeyboardEvent): void => {
    // Only an open list has the focus on one of its choices.
    if (event.target instanceof HTMLOptionElement)
      event.stopPropagation()
  }
  window.addEventListener('keydown', keep, { capture: true })
  return () => window.removeEventListener('keydown', keep, { capture: true })
}

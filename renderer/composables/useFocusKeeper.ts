import type { Ref } from 'vue'
import { onScopeDispose, watch } from 'vue'

/** What is focused as a whole when something inside of it is gone: not a button, so that a second Enter does nothing to a neighbour. */
const ROWS = 'article, li, tr'
/** Around it, the same or whatever else takes the focus as a whole: the details of a colleague, the part that is shown. */
const AROUND = `${ROWS}, [tabindex="-1"]`

interface Place {
  readonly element: Element
  readonly parent: Element | null
  /** Which row of its list it was. */
  readonly at: number
}

const rowsOf = (list: Element): Element[] => [...list.children].filter(child => child.matches(ROWS))

/** Where somebody is who works in here: every element around `inner`, the innermost first. */
function pathTo(inner: Element, root: Element): readonly Place[] {
  const path: Place[] = []
  for (let element: Element | null = inner; element !== null && element !== root; element = element.parentElement) {
    const parent: Element | null = element.parentElement
    path.push({ element, parent, at: parent !== null && element.matches(ROWS) ? rowsOf(parent).indexOf(element) : -1 })
  }
  return path
}

/** The nearest that is left of a place: what is around it, else the row that took its place in the list. */
function nearest(path: readonly Place[]): HTMLElement | null {
  for (const { element, parent, at } of path) {
    if (element.isConnected && element.matches(AROUND) && !element.matches(':disabled'))
      return element instanceof HTMLElement ? element : null
    const rows = at >= 0 && parent?.isConnected ? rowsOf(parent) : []
    const row = rows[Math.min(at, rows.length - 1)]
    if (row instanceof HTMLElement)
      return row
  }
  return null
}

function focusRow(row: HTMLElement): void {
  if (!row.hasAttribute('tabindex')) {
    row.tabIndex = -1
    row.addEventListener('blur', () => row.removeAttribute('tabindex'), { once: true })
  }
  // What is scrolled away by hand stays away.
  row.focus({ preventScroll: true })
}

/** Whoever works with the keyboard never stands nowhere: when what has the focus disappears or is switched off, its row gets it, or the next one, or else `fallback`. */
export function useFocusKeeper(root: Readonly<Ref<HTMLElement | null>>, fallback: () => void): void {
  let last: HTMLElement | null = null
  let path: readonly Place[] = []

  function onFocus(event: FocusEvent): void {
    last = event.target instanceof HTMLElement ? event.target : null
    path = last && root.value ? pathTo(last, root.value) : []
  }
  function keep(): void {
    if (last === null || (last.isConnected && !last.matches(':disabled')))
      return
    const focused = document.activeElement
    const isLost = focused === null || focused === document.body || focused === last
    last = null
    if (!isLost)
      return
    const row = nearest(path)
    if (row)
      focusRow(row)
    else
      fallback()
  }
  const observer = new MutationObserver(keep)
  watch(root, (element, before) => {
    before?.removeEventListener('focusin', onFocus)
    observer.disconnect()
    element?.addEventListener('focusin', onFocus)
    if (element)
      observer.observe(element, { childList: true, subtree: true, attributeFilter: ['disabled'] })
  }, { immediate: true })
  onScopeDispose(() => observer.disconnect())
}

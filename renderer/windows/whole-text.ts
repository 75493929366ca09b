/** As deep as a text stands within what cuts it off. */
const DEEPEST = 3
/** Titles that were set here, and so may be taken away again. */
const ours = new WeakSet<HTMLElement>()

function isCut(element: HTMLElement): boolean {
  return getComputedStyle(element).overflowX !== 'visible' && element.clientWidth > 0
    && (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1)
}

/** A text that has no room to be shown whole is told whole under the pointer; what scrolls or has a title of its own is left alone. */
function tellWhole({ target }: Event): void {
  let element = target instanceof HTMLElement ? target : null
  const titled = element?.closest<HTMLElement>('[title]') ?? null
  if (titled && !ours.has(titled))
    return
  titled?.removeAttribute('title')
  for (let depth = 0; element !== null && depth < DEEPEST; depth++, element = element.parentElement) {
    if (!element.matches('p, span, bdi, strong, h1, h2, h3') || !isCut(element))
      continue
    element.title = element.textContent?.trim().replace(/\s+/g, ' ') ?? ''
    ours.add(element)
    return
  }
}

/** Until what it answers is called. */
export function tellCutTexts(): () => void {
  document.addEventListener('pointerover', tellWhole)
  return () => document.removeEventListener('pointerover', tellWhole)
}

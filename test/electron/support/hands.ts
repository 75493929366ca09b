import type { Locator, Page } from '@playwright/test'
import { expect } from '@playwright/test'

export type Part = 'Now' | 'People' | 'Queues' | 'Parking' | 'Voicemail'
const PARTS: readonly Part[] = ['Now', 'People', 'Queues', 'Parking', 'Voicemail']

/** Colleagues take seconds to answer, and a busy machine many more. */
export const slowly = { timeout: 40_000 }

/** How a person works the main window: with nothing but a pointer, or with nothing but keys. */
export interface Hands {
  readonly kind: 'mouse' | 'keyboard'
  readonly page: Page
  readonly press: (goal: Locator) => Promise<void>
  /** Shows a part of the window. */
  readonly goTo: (part: Part) => Promise<void>
  /** Where a person would look next there is something to go on with; a pointer is always somewhere. */
  readonly rest: () => Promise<void>
  /** How often something was pressed so far. */
  readonly count: () => number
}

export const cardOf = (page: Page, name: string): Locator => page.getByRole('article', { name, exact: true })
const tab = (page: Page, part: Part): Locator => page.getByRole('tab', { name: new RegExp(`^${part}\\b`) })

/** The pointer alone. Where now stands beside the other parts there is no tab for it. */
export function mouse(page: Page): Hands {
  let presses = 0
  const press = async (goal: Locator): Promise<void> => {
    presses += 1
    await goal.click(slowly)
  }
  return {
    kind: 'mouse',
    page,
    press,
    async goTo(part) {
      if (part !== 'Now' || await tab(page, 'Now').count() > 0)
        await press(tab(page, part))
    },
    rest: async () => {},
    count: () => presses,
  }
}

/** The keys alone: Tab until it is reached, Enter to press it. */
export function keyboard(page: Page): Hands & { readonly type: (text: string) => Promise<void>, readonly key: (name: string) => Promise<void>, readonly reach: (goal: Locator) => Promise<void> } {
  let presses = 0
  const key = async (name: string): Promise<void> => {
    presses += 1
    await page.keyboard.press(name)
  }
  async function reach(goal: Locator): Promise<void> {
    await expect(goal).toBeVisible(slowly)
    await rest()
    for (let steps = 0; steps < 80; steps++) {
      if (await goal.evaluate(element => element === document.activeElement))
        return rest()
      await key('Tab')
    }
    throw new Error(`the Tab key does not lead to ${String(goal)}`)
  }
  async function rest(): Promise<void> {
    await expect.poll(() => page.evaluate(lookAtFocus), { message: 'where the focus is', ...slowly }).toBe('seen')
  }
  return {
    kind: 'keyboard',
    page,
    key,
    reach,
    async type(text) {
      presses += text.length
      await page.keyboard.type(text)
    },
    async press(goal) {
      await reach(goal)
      await expect(goal).toBeEnabled(slowly)
      await key('Enter')
    },
    async goTo(part) {
      await key(`ControlOrMeta+${PARTS.indexOf(part) + 1}`)
    },
    rest,
    count: () => presses,
  }
}

/** In the page: `seen` when whoever looks at the screen sees where the keys go. */
function lookAtFocus(): string {
  const at = document.activeElement
  if (!(at instanceof HTMLElement) || at === document.body)
    return 'the focus is lost'
  const what = `${at.tagName.toLowerCase()} “${at.getAttribute('aria-label') ?? at.textContent.slice(0, 40)}”`
  if (!at.matches(':focus-visible'))
    return `the focus on ${what} does not show`
  const { top, bottom, left, right } = at.getBoundingClientRect()
  if (bottom <= 0 || right <= 0 || top >= innerHeight || left >= innerWidth || !at.checkVisibility())
    return `the focus is on ${what}, out of sight`
  for (let around: HTMLElement | null = at, depth = 0; around && depth < 3; around = around.parentElement, depth++) {
    const { outlineStyle, outlineWidth } = getComputedStyle(around)
    if (outlineStyle !== 'none' && outlineWidth !== '0px')
      return 'seen'
  }
  return `nothing is drawn around ${what}`
}

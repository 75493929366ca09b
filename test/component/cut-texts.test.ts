import { fireEvent, screen } from '@testing-library/vue'
import { expect, it, vi } from 'vitest'
import { openMain } from '../support/open-window.ts'
import { aLine, aRecent, byId } from '../support/rows.ts'

/** Nothing is laid out here: how wide the text is and how much room it has is said by hand. */
async function withText({ needs, has }: { readonly needs: number, readonly has: number }): Promise<HTMLElement> {
  await openMain({ tables: { line: { 1001: aLine() }, recents: byId(aRecent()) } })
  const text = screen.getByText('Anna Schmidt').closest('p')
  if (text === null)
    throw new Error('The name stands in no paragraph')
  text.style.overflow = 'hidden'
  vi.spyOn(text, 'clientWidth', 'get').mockReturnValue(has)
  vi.spyOn(text, 'scrollWidth', 'get').mockReturnValue(needs)
  return text
}

it('tells a text whole under the pointer where it is cut off', async () => {
  const text = await withText({ needs: 400, has: 100 })
  await fireEvent.pointerOver(screen.getByText('Anna Schmidt'))
  expect(text.title).toBe('Anna Schmidt')
})

it('tells nothing about a text that is there whole, also when it was not before', async () => {
  const text = await withText({ needs: 100, has: 100 })
  await fireEvent.pointerOver(screen.getByText('Anna Schmidt'))
  expect(text.title).toBe('')
  vi.spyOn(text, 'scrollWidth', 'get').mockReturnValue(400)
  await fireEvent.pointerOver(screen.getByText('Anna Schmidt'))
  expect(text.title).toBe('Anna Schmidt')
  vi.spyOn(text, 'scrollWidth', 'get').mockReturnValue(100)
  await fireEvent.pointerOver(screen.getByText('Anna Schmidt'))
  expect(text.title).toBe('')
})

it('leaves a title alone that says more than the text', async () => {
  const text = await withText({ needs: 400, has: 100 })
  text.title = 'Anna Schmidt, Harbour Printing'
  await fireEvent.pointerOver(screen.getByText('Anna Schmidt'))
  expect(text.title).toBe('Anna Schmidt, Harbour Printing')
})

import type { Desktop } from '../../build/desktop/desktop.ts'
import { isPainted, openScreen } from '../bench/screen.ts'
import { expect, test } from './support/fixtures.ts'

const SIZE = { width: 520, height: 760 }
test.use({ desktopOptions: { ...SIZE, background: '#33475b', windowManager: false } })

/** How much of the screen is as light as paper, from 0 to 1. */
function lightPart(pixels: Uint32Array): number {
  const isLight = (pixel: number): boolean => [16, 8, 0].every(shift => (pixel >> shift & 0xFF) > 0xC0)
  return pixels.filter(isLight).length / pixels.length
}

/** Looks whenever something is drawn, until there are letters; answers how light it was when it was lightest. */
async function lightestMoment(desktop: Desktop, start: () => Promise<unknown>): Promise<number> {
  const screen = await openScreen(desktop.display)
  try {
    let lightest = 0
    const painted = screen.until({ x: 0, y: 0, ...SIZE }, (pixels) => {
      lightest = Math.max(lightest, lightPart(pixels))
      return isPainted(pixels)
    }, 45_000)
    await Promise.all([painted, start()])
    return lightest
  }
  finally {
    screen.close()
  }
}

test('is dark from its first moment on where the person wants it dark', async ({ desktop, home, start }) => {
  home.write('settings.json', { version: 1, demo: true, preferences: { theme: 'dark' } })
  expect(await lightestMoment(desktop, start)).toBeLessThan(0.02)
})

test('is light where the person wants it light', async ({ desktop, home, start }) => {
  home.write('settings.json', { version: 1, demo: true, preferences: { theme: 'light' } })
  expect(await lightestMoment(desktop, start)).toBeGreaterThan(0.5)
})

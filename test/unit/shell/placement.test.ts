import { describe, expect, it } from 'vitest'
import { placePopup, reachable } from '../../../main/shell/placement.ts'

/** Left of the main screen, with a panel at its top. */
const area = { x: -1920, y: 30, width: 1920, height: 1050 }

describe('the place of the popup', () => {
  it.each([
    ['top-left', { x: -1908, y: 42 }],
    ['top-right', { x: -372, y: 42 }],
    ['bottom-left', { x: -1908, y: 868 }],
    ['bottom-right', { x: -372, y: 868 }],
  ] as const)('is the corner %s of the work area', (corner, place) => {
    expect(placePopup(area, corner, { width: 360, height: 200 })).toEqual({ ...place, width: 360, height: 200 })
  })

  it('stays on the screen however many calls ring', () => {
    expect(placePopup(area, 'bottom-right', { width: 360, height: 2000 })).toEqual({ x: -372, y: 42, width: 360, height: 1026 })
  })
})

describe('the remembered place of a window', () => {
  const place = { x: -1000, y: 200, width: 400, height: 680 }

  it('is used while its screen is there', () => {
    expect(reachable(place, [{ x: 0, y: 0, width: 1280, height: 800 }, area])).toEqual(place)
  })

  it('is forgotten when its screen is gone', () => {
    expect(reachable(place, [{ x: 0, y: 0, width: 1280, height: 800 }])).toBeNull()
  })

  it('is forgotten when its title could not be grasped', () => {
    expect(reachable({ ...place, y: 1060 }, [area])).toBeNull()
    expect(reachable({ ...place, x: -1920 - 380 }, [area])).toBeNull()
  })
})

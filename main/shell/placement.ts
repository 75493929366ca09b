import type { Preferences } from '#contract/settings.ts'

export interface Rectangle {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Between the popup and the edges of the work area. */
const MARGIN = 12
/** So much of the title must be on a screen for the window to be caught with the mouse. */
const GRASP = { width: 80, height: 40 }

/** Where a popup of this size lies in its corner of a work area; one that is too tall is cut, so that its top stays visible. */
export function placePopup(area: Rectangle, corner: Preferences['popupCorner'], size: { readonly width: number, readonly height: number }): Rectangle {
  const width = Math.min(size.width, area.width - 2 * MARGIN)
  const height = Math.min(size.height, area.height - 2 * MARGIN)
  return {
    x: corner.endsWith('left')
      ? area.x + MARGIN
      : area.x + area.width - width - MARGIN,
    y: corner.startsWith('top')
      ? area.y + MARGIN
      : area.y + area.height - height - MARGIN,
    width,
    height,
  }
}

/** The remembered place of a window if it can be seen and grasped on one of these work areas, else null: the screen of then may be gone. */
export function reachable(place: Rectangle, areas: readonly Rectangle[]): Rectangle | null {
  const isSeen = areas.some((area) => {
    const width = Math.min(place.x + place.width, area.x + area.width) - Math.max(place.x, area.x)
    const hasTop = place.y >= area.y && place.y + GRASP.height <= area.y + area.height
    return width >= GRASP.width && hasTop
  })
  return isSeen
    ? place
    : null
}

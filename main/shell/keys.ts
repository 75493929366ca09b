/** What a key press asks of the program itself, in any of its windows. */
export type KeyWish = 'quit' | 'larger' | 'smaller' | 'ordinary-size'

export interface KeyPress {
  readonly type: string
  readonly key: string
  readonly control: boolean
  readonly alt: boolean
  readonly meta: boolean
}

const KEYS: Readonly<Record<string, KeyWish>> = {
  'q': 'quit',
  '+': 'larger',
  '=': 'larger',
  '-': 'smaller',
  '0': 'ordinary-size',
}

/** The wish of this key press, or null when it is for the page. */
export function keyWish({ alt, control, key, meta, type }: KeyPress): KeyWish | null {
  return type === 'keyDown' && control && !alt && !meta
    ? KEYS[key.toLowerCase()] ?? null
    : null
}

/** Steps of zoom as Chromium counts them: each a fifth larger. */
const ZOOM = { smallest: -3, largest: 5 }

export function nextZoom(level: number, wish: Exclude<KeyWish, 'quit'>): number {
  switch (wish) {
    case 'larger': return Math.min(ZOOM.largest, level + 1)
    case 'smaller': return Math.max(ZOOM.smallest, level - 1)
    case 'ordinary-size': return 0
    default: return wish satisfies never
  }
}

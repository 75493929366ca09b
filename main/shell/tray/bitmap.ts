import type { Shape } from './shapes.ts'

export interface Colour {
  readonly red: number
  readonly green: number
  readonly blue: number
  /** 0 cuts a hole into what lies beneath. */
  readonly alpha: number
}

export interface Layer {
  readonly shape: Shape
  readonly colour: Colour
}

/** Points of a pixel that are looked at in each direction: enough for smooth edges. */
const SAMPLES = 4
const UNITS = 16
const NOTHING: Colour = { red: 0, green: 0, blue: 0, alpha: 0 }

/**
 * Draws layers from back to front into a square picture: four bytes a pixel, blue, green, red, alpha, premultiplied. Only pixels that an edge
 * may cross are looked at more than once, since this is done while the program starts.
 */
export function drawLayers(layers: readonly Layer[], size: number): Uint8Array {
  const pixels = new Uint8Array(size * size * 4)
  const pixel = UNITS / size
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const [x, y] = [(column + 0.5) * pixel, (row + 0.5) * pixel]
      const isMixed = layers.some(({ shape }) => Math.abs(shape(x, y)) < pixel * Math.SQRT1_2)
      pixels.set(isMixed
        ? mixed(layers, column * pixel, row * pixel, pixel)
        : plain(topmost(layers, x, y)), (row * size + column) * 4)
    }
  }
  return pixels
}

function topmost(layers: readonly Layer[], x: number, y: number): Colour {
  return layers.findLast(({ shape }) => shape(x, y) <= 0)?.colour ?? NOTHING
}

function plain({ alpha, blue, green, red }: Colour): readonly number[] {
  return [blue * alpha, green * alpha, red * alpha, 255 * alpha].map(Math.round)
}

function mixed(layers: readonly Layer[], left: number, top: number, pixel: number): readonly number[] {
  const sum = { red: 0, green: 0, blue: 0, alpha: 0 }
  for (let sample = 0; sample < SAMPLES * SAMPLES; sample++) {
    const { alpha, blue, green, red } = topmost(layers, left + (sample % SAMPLES + 0.5) / SAMPLES * pixel, top + (Math.floor(sample / SAMPLES) + 0.5) / SAMPLES * pixel)
    sum.red += red * alpha
    sum.green += green * alpha
    sum.blue += blue * alpha
    sum.alpha += 255 * alpha
  }
  return [sum.blue, sum.green, sum.red, sum.alpha].map(value => Math.round(value / SAMPLES ** 2))
}

export function colour(hex: string, alpha = 1): Colour {
  const value = Number.parseInt(hex.slice(1), 16)
  return { red: value >> 16, green: value >> 8 & 255, blue: value & 255, alpha }
}

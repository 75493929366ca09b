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

/** Draws layers from back to front into a square picture: four bytes a pixel, blue, green, red, alpha, premultiplied. */
export function drawLayers(layers: readonly Layer[], size: number): Uint8Array {
  const pixels = new Uint8Array(size * size * 4)
  const step = UNITS / size / SAMPLES
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const sum = { red: 0, green: 0, blue: 0, alpha: 0 }
      for (let sample = 0; sample < SAMPLES * SAMPLES; sample++) {
        const x = column * UNITS / size + (sample % SAMPLES + 0.5) * step
        const y = row * UNITS / size + (Math.floor(sample / SAMPLES) + 0.5) * step
        const top = layers.findLast(({ shape }) => shape(x, y) <= 0)?.colour
        if (top === undefined)
          continue
        sum.red += top.red * top.alpha
        sum.green += top.green * top.alpha
        sum.blue += top.blue * top.alpha
        sum.alpha += 255 * top.alpha
      }
      pixels.set([sum.blue, sum.green, sum.red, sum.alpha].map(value => Math.round(value / SAMPLES ** 2)), (row * size + column) * 4)
    }
  }
  return pixels
}

export function colour(hex: string, alpha = 1): Colour {
  const value = Number.parseInt(hex.slice(1), 16)
  return { red: value >> 16, green: value >> 8 & 255, blue: value & 255, alpha }
}

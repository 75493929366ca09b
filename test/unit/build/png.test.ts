import { describe, expect, it } from 'vitest'
import { decodePng, encodePng } from '../../../build/desktop/png.ts'

/** Five rows of five pixels, each row with another of the five filters that a PNG file can have; ImageMagick reads the same. */
const FILTERED = 'iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAdElEQVR42gFpAJb/AHlCvfIhBvCEd2Lw88tNdk3HByBRARWaD4ndLMtB8X7hZy8BQj5ymp1oArAZwe26SLWJxPGxV3/6I4dzThZLA3D0olsbp/CiVz1VPySSOkFwGGlTBP5IfLk72RqiMRQXM00iyk4BY8+o4mguATkJtWkAAAAASUVORK5CYII='
const PIXELS = 'eUK98iEG8IR3YvDzy012TccHIFEVmg+J8sbayuNEuzESRf1vhN+a18Wz0HasDo9TpzVsiJE/IPb3LbAi0k0KltrUPBYXwamOeBKeAyc3EGXQlYZPFa2guEbBwOvFNIrceZrfhA=='

describe('a PNG file', () => {
  it('holds the pixels that were put in', () => {
    const rgba = Uint8Array.from({ length: 5 * 3 * 4 }, (_, index) => index * 7 % 256)
    expect(decodePng(encodePng(5, 3, rgba))).toEqual({ width: 5, height: 3, rgba })
  })

  it('is read whatever filter its rows have', () => {
    expect(decodePng(Buffer.from(FILTERED, 'base64'))).toEqual({ width: 5, height: 5, rgba: new Uint8Array(Buffer.from(PIXELS, 'base64')) })
  })

  it('of another kind is refused', () => {
    const palette = encodePng(1, 1, new Uint8Array(4))
    palette[25] = 3
    expect(() => decodePng(palette)).toThrow('eight bits')
  })
})

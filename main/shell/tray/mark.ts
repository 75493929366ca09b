import { colour, drawLayers } from './bitmap.ts'
import { both, box, disc, ring } from './shapes.ts'

/** The mark of the program: a ringing disc on its accent colour; bytes as for `nativeImage.createFromBitmap`. */
export function drawMark(size: number): Uint8Array {
  return drawLayers([
    { shape: box(0.6, 0.6, 14.8, 14.8, 3.6), colour: colour('#1a5fc8') },
    { shape: disc(8, 8, 2.3), colour: colour('#ffffff') },
    { shape: both(ring(8, 8, 5, 1.5), (x, y) => Math.abs(y - 8) - Math.abs(x - 8) * 0.95), colour: colour('#ffffff') },
  ], size)
}

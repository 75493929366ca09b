import type { Shape } from './shapes.ts'
import { colour, drawLayers } from './bitmap.ts'
import { both, box, disc, inside, placed, ring, union } from './shapes.ts'

/** Where the ring is open; degrees from the right, downwards. */
const GAP = { from: -60.8, to: 4.3 }

const outsideOfGap = inside((x, y) => {
  const degrees = Math.atan2(y - 20, x - 18.9) * 180 / Math.PI
  return degrees <= GAP.from || degrees >= GAP.to
})

/** A ring, and who sits at its side: renderer/components/common/RingsideMark.vue, in its own square of 40. */
const MARK: Shape = union(
  both(ring(18.9, 20, 13.5, 5), outsideOfGap),
  disc(25.6, 8.2, 2.5),
  disc(32.3, 21, 2.5),
  disc(32, 11, 5),
)

/** The mark of the program on its accent colour; bytes as for `nativeImage.createFromBitmap`. */
export function drawMark(size: number): Uint8Array {
  return drawLayers([
    { shape: box(0.5, 0.5, 15, 15, 3.6), colour: colour('#1a5fc8') },
    { shape: placed(MARK, 0.28, 2.5, 2.4), colour: colour('#ffffff') },
  ], size)
}

import type { Colour, Layer } from './bitmap.ts'
import type { TrayFace } from './face.ts'
import type { Shape } from './shapes.ts'
import { colour, drawLayers } from './bitmap.ts'
import { both, box, disc, grown, inside, placed, ring, stroke, union, without } from './shapes.ts'

/** What lies behind the picture; `template`: the system colours it (macOS), only the alpha counts. */
export type Panel = 'dark' | 'light' | 'template'

/** Each state has a shape of its own: what colour says, shape says first. */
const GLYPHS: Readonly<Record<TrayFace['state'], Shape>> = {
  // A circle struck through.
  'offline': union(
    without(ring(8, 8, 5.6, 1.8), stroke(2, 14, 14, 2, 4.2)),
    stroke(2.4, 13.6, 13.6, 2.4, 1.8),
  ),
  // A circle with nothing in it.
  'idle': ring(8, 8, 5.4, 2.2),
  // A full disc.
  'in-call': disc(8, 8, 6.6),
  // A bell between two waves.
  'ringing': union(
    disc(8, 8, 3.1),
    both(ring(8, 8, 6.4, 2), (x, y) => Math.abs(y - 8) - Math.abs(x - 8) * 0.95),
  ),
}

const COLOURS: Readonly<Record<Exclude<Panel, 'template'>, Readonly<Record<TrayFace['state'] | 'halo' | 'badge' | 'digit', Colour>>>> = {
  dark: {
    'offline': colour('#c3c9d3'),
    'idle': colour('#7fe0a8'),
    'ringing': colour('#ffb764'),
    'in-call': colour('#ff9096'),
    'halo': colour('#101216', 0.85),
    'badge': colour('#ffffff'),
    'digit': colour('#101216'),
  },
  light: {
    'offline': colour('#4d545f'),
    'idle': colour('#14703b'),
    'ringing': colour('#a15200'),
    'in-call': colour('#b3202c'),
    'halo': colour('#ffffff', 0.85),
    'badge': colour('#181b20'),
    'digit': colour('#ffffff'),
  },
}
const BLACK = colour('#000000')
const HOLE = colour('#000000', 0)

/** Five by seven; a row is five bits. */
const DIGITS = {
  '1': '040c040404040e',
  '2': '0e11010204081f',
  '3': '1f02040201110e',
  '4': '02060a121f0202',
  '5': '1f101e0101110e',
  '6': '0608101e11110e',
  '7': '1f010204080808',
  '8': '0e11110e11110e',
  '9': '0e11110f01020c',
  '+': '0004041f040400',
  'some': '00000e0e0e0000',
} as const

/** Left and top of the cells of the sign; the badge lies around them. */
const SIGN = { left: 10, top: 8 }
const BADGE = box(SIGN.left - 1.2, SIGN.top - 1.2, 7.2, 9.2, 1.8)

/** The picture of the tray, `size` pixels high and wide, as bytes for `nativeImage.createFromBitmap`. */
export function drawTray(face: TrayFace, panel: Panel, size: number): Uint8Array {
  const sign = signOf(face.voicemail)
  const glyph = sign === null
    ? GLYPHS[face.state]
    : without(placed(GLYPHS[face.state], 0.82, -0.4, -0.4), grown(BADGE, 1))
  return drawLayers(panel === 'template'
    ? templateLayers(glyph, sign)
    : colouredLayers(face, panel, glyph, sign), size)
}

function colouredLayers({ state }: TrayFace, panel: Exclude<Panel, 'template'>, glyph: Shape, sign: Shape | null): Layer[] {
  const colours = COLOURS[panel]
  return [
    // Seen on a panel that is not what we think it is.
    { shape: grown(glyph, 0.9), colour: colours.halo },
    { shape: glyph, colour: colours[state] },
    ...(sign === null
      ? []
      : [
          { shape: BADGE, colour: colours.badge },
          { shape: sign, colour: colours.digit },
        ]),
  ]
}

function templateLayers(glyph: Shape, sign: Shape | null): Layer[] {
  return [
    { shape: glyph, colour: BLACK },
    ...(sign === null
      ? []
      : [
          { shape: BADGE, colour: BLACK },
          { shape: sign, colour: HOLE },
        ]),
  ]
}

function signOf(voicemail: TrayFace['voicemail']): Shape | null {
  if (voicemail === 0)
    return null
  const name = voicemail === 'some'
    ? 'some'
    : voicemail > 9
      ? '+'
      : String(voicemail) as keyof typeof DIGITS // 1 to 9
  const rows = (DIGITS[name].match(/../g) ?? []).map(row => Number.parseInt(row, 16))
  const isInk = inside((x, y) => {
    const row = rows[Math.floor(y - SIGN.top)] ?? 0
    const column = Math.floor(x - SIGN.left)
    return column >= 0 && column < 5 && (row >> (4 - column) & 1) === 1
  })
  return both(BADGE, isInk)
}

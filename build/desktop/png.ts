import { Buffer } from 'node:buffer'
import { crc32, deflateSync, inflateSync } from 'node:zlib'

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
const EIGHT_BITS = 8
const RGB = 2
const RGBA = 6

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type), data])
  const frame = Buffer.alloc(body.length + 8)
  frame.writeUInt32BE(data.length, 0)
  body.copy(frame, 4)
  frame.writeUInt32BE(crc32(body), body.length + 4)
  return frame
}

/** Pixels in the order red, green, blue, alpha as a PNG file. */
export function encodePng(width: number, height: number, rgba: Uint8Array): Buffer {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head[8] = EIGHT_BITS
  head[9] = RGBA
  const stride = width * 4
  const rows = Buffer.alloc((stride + 1) * height)
  for (let row = 0; row < height; row++)
    rows.set(rgba.subarray(row * stride, (row + 1) * stride), row * (stride + 1) + 1)
  return Buffer.concat([SIGNATURE, chunk('IHDR', head), chunk('IDAT', deflateSync(rows)), chunk('IEND', new Uint8Array())])
}

/** The pixels of a PNG file with eight bits a colour and no interlacing, as Chromium writes them. */
export function decodePng(file: Buffer): { readonly width: number, readonly height: number, readonly rgba: Uint8Array } {
  const width = file.readUInt32BE(16)
  const height = file.readUInt32BE(20)
  const colours = file[25]
  if (file[24] !== EIGHT_BITS || (colours !== RGB && colours !== RGBA) || file[28] !== 0)
    throw new Error('only plain PNG files with eight bits a colour are read here')
  const data: Buffer[] = []
  for (let at = 8; at < file.length;) {
    const length = file.readUInt32BE(at)
    if (file.toString('latin1', at + 4, at + 8) === 'IDAT')
      data.push(file.subarray(at + 8, at + 8 + length))
    at += length + 12
  }
  const step = colours === RGBA ? 4 : 3
  const stride = width * step
  const bytes = unfilter(inflateSync(Buffer.concat(data)), stride, height, step)
  const rgba = new Uint8Array(width * height * 4)
  for (let pixel = 0; pixel < width * height; pixel++)
    rgba.set([...bytes.subarray(pixel * step, pixel * step + 3), step === 4 ? bytes[pixel * step + 3] ?? 0 : 255], pixel * 4)
  return { width, height, rgba }
}

/** Every byte is kept as the difference to what its neighbours let expect. */
function unfilter(rows: Uint8Array, stride: number, height: number, step: number): Uint8Array {
  const bytes = new Uint8Array(stride * height)
  for (let row = 0; row < height; row++) {
    const filter = rows[row * (stride + 1)] ?? 0
    for (let column = 0; column < stride; column++) {
      const at = row * stride + column
      const left = column < step ? 0 : bytes[at - step] ?? 0
      const up = row === 0 ? 0 : bytes[at - stride] ?? 0
      const corner = column < step || row === 0 ? 0 : bytes[at - stride - step] ?? 0
      bytes[at] = (rows[row * (stride + 1) + 1 + column] ?? 0) + predict(filter, left, up, corner)
    }
  }
  return bytes
}

function predict(filter: number, left: number, up: number, corner: number): number {
  switch (filter) {
    case 1: return left
    case 2: return up
    case 3: return (left + up) >> 1
    case 4: {
      const guess = left + up - corner
      const [byLeft, byUp, byCorner] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)]
      return byLeft <= byUp && byLeft <= byCorner ? left : byUp <= byCorner ? up : corner
    }
    default: return 0
  }
}

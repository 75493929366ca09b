// The icons of the packages, drawn by the code that draws the mark in the program. Run this file to write them anew.
import { Buffer } from 'node:buffer'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { pathToFileURL } from 'node:url'
import { drawMark } from '../main/shell/tray/mark.ts'
import { encodePng } from './desktop/png.ts'

const LINUX = [16, 24, 32, 48, 64, 128, 256, 512]
const WINDOWS = [16, 24, 32, 48, 64, 128, 256]
/** The types of an icns file that hold a PNG. */
const MACOS = { icp4: 16, icp5: 32, ic07: 128, ic08: 256, ic09: 512, ic11: 32, ic12: 64, ic13: 256, ic14: 512 }

/** Every icon file by its path in this folder. */
export function iconFiles(): ReadonlyMap<string, Buffer> {
  const drawn = new Map<number, Buffer>()
  const picture = (size: number): Buffer => {
    const made = drawn.get(size) ?? png(size)
    drawn.set(size, made)
    return made
  }
  return new Map([
    ...LINUX.map(size => [`icons/${size}x${size}.png`, picture(size)] as const),
    ['icon.ico', ico(WINDOWS.map(size => ({ size, file: picture(size) })))],
    ['icon.icns', icns(Object.entries(MACOS).map(([type, size]) => ({ type, file: picture(size) })))],
  ])
}

function png(size: number): Buffer {
  const bgra = drawMark(size)
  const rgba = new Uint8Array(bgra.length)
  for (let at = 0; at < bgra.length; at += 4) {
    const alpha = bgra[at + 3] ?? 0
    // A PNG is not premultiplied.
    const plain = (value: number | undefined): number => alpha === 0 ? 0 : Math.min(255, Math.round((value ?? 0) * 255 / alpha))
    rgba.set([plain(bgra[at + 2]), plain(bgra[at + 1]), plain(bgra[at]), alpha], at)
  }
  return encodePng(size, size, rgba)
}

function ico(pictures: readonly { readonly size: number, readonly file: Buffer }[]): Buffer {
  const ENTRY = 16
  const head = Buffer.alloc(6 + ENTRY * pictures.length)
  head.writeUInt16LE(1, 2)
  head.writeUInt16LE(pictures.length, 4)
  let offset = head.length
  pictures.forEach(({ file, size }, index) => {
    const at = 6 + ENTRY * index
    // 256 is written as 0.
    head.writeUInt8(size % 256, at)
    head.writeUInt8(size % 256, at + 1)
    head.writeUInt16LE(1, at + 4)
    head.writeUInt16LE(32, at + 6)
    head.writeUInt32LE(file.length, at + 8)
    head.writeUInt32LE(offset, at + 12)
    offset += file.length
  })
  return Buffer.concat([head, ...pictures.map(({ file }) => file)])
}

function icns(pictures: readonly { readonly type: string, readonly file: Buffer }[]): Buffer {
  const block = (type: string, body: Buffer): Buffer => {
    const head = Buffer.alloc(8)
    head.write(type, 'latin1')
    head.writeUInt32BE(body.length + head.length, 4)
    return Buffer.concat([head, body])
  }
  return block('icns', Buffer.concat(pictures.map(({ file, type }) => block(type, file))))
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const [path, content] of iconFiles()) {
    const to = join(import.meta.dirname, path)
    mkdirSync(dirname(to), { recursive: true })
    writeFileSync(to, content)
  }
}

import { Buffer } from 'node:buffer'
import { Decoder } from '../../../main/ami/wire/decoder.ts'
import { cpuOf } from './measure.ts'

const MEBIBYTE = 1024 * 1024

/** Seconds of CPU for 32 MiB without a line end, with the limits out of the way. */
export async function measureEndless(): Promise<number> {
  const decoder = new Decoder({ onBanner() {}, onMessage() {} }, { banner: false, limits: { lineBytes: 64 * MEBIBYTE, messageBytes: 64 * MEBIBYTE } })
  const chunk = Buffer.alloc(65_536, 'x')
  const cpu = await cpuOf(() => {
    for (let taken = 0; taken < 32 * MEBIBYTE; taken += chunk.length)
      decoder.push(chunk)
  })
  return cpu / 1_000_000
}

import { Buffer } from 'node:buffer'
import { Decoder } from '../../../main/ami/wire/decoder.ts'
import { cpuOf, heapInUse } from './measure.ts'
import { modern } from './streams.ts'

const MEBIBYTE = 1024 * 1024
const KEPT_OF = 100

export interface Memory {
  readonly events: number
  readonly kept: number
  readonly bytesPerValue: number
  readonly peakMebibytes: number
}

/** What is alive while so many events pass and one value of every hundredth is kept. */
export function measureMemory(events: number): Memory {
  const { chunks, events: inStream } = modern(20_000)
  const kept: string[] = []
  let seen = 0
  const decoder = new Decoder({
    onBanner() {},
    onMessage(message) {
      seen += 1
      const value = seen % KEPT_OF === 0 ? message.get('Channel') : undefined
      if (value !== undefined)
        kept.push(value)
    },
  }, { banner: false })
  const pass = (): void => {
    for (const chunk of chunks)
      decoder.push(chunk)
  }
  // The first pass warms up.
  pass()
  kept.length = 0

  const before = heapInUse()
  let peak = before
  for (let passed = 0; passed < events; passed += inStream) {
    pass()
    peak = Math.max(peak, heapInUse())
  }
  const left = heapInUse() - before
  return { events, kept: kept.length, bytesPerValue: left / kept.length, peakMebibytes: (peak - before) / MEBIBYTE }
}

/** 32 MiB of one line, with the limits out of the way. */
export async function measureEndless(): Promise<{ readonly seconds: number }> {
  const decoder = new Decoder({ onBanner() {}, onMessage() {} }, { banner: false, limits: { lineBytes: 64 * MEBIBYTE, messageBytes: 64 * MEBIBYTE } })
  const chunk = Buffer.alloc(65_536, 'x')
  const cpu = await cpuOf(() => {
    for (let taken = 0; taken < 32 * MEBIBYTE; taken += chunk.length)
      decoder.push(chunk)
  })
  return { seconds: cpu / 1_000_000 }
}

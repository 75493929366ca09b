// What is alive while a million events pass and one value of every hundredth is kept: `memory.ts EVENTS`.
import process from 'node:process'
import { Decoder } from '../../../main/ami/wire/decoder.ts'
import { heapInUse } from './measure.ts'
import { modern } from './streams.ts'

export interface Memory {
  readonly kept: number
  readonly bytesPerValue: number
  readonly peakMebibytes: number
}

const MEBIBYTE = 1024 * 1024
const KEPT_OF = 100

function measure(events: number): Memory {
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
  return { kept: kept.length, bytesPerValue: (heapInUse() - before) / kept.length, peakMebibytes: (peak - before) / MEBIBYTE }
}

process.send?.(measure(Number(process.argv[2])))

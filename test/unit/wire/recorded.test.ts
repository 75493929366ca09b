import { describe, expect, it } from 'vitest'
import { cut, decodeChunks } from '../../support/decode.ts'
import { referenceDecode } from './reference.ts'
import { streamOf, streams, tell } from './streams.ts'

const recordings = streams.map(stream => ({ ...stream, expected: referenceDecode(stream.bytes) }))

describe('recorded traffic', () => {
  it.each(recordings)('tells of $name every header of every message exactly, in every kind of chunk', ({ bytes, expected }) => {
    for (const length of [bytes.length, 1460, 61]) {
      const { banner, messages } = decodeChunks(cut(bytes, length), { banner: true })
      expect(banner).toBe(expected.banner)
      expect(messages.map(tell)).toEqual(expected.messages)
    }
  })

  it('holds what makes streams hard, so that the comparison above proves something', () => {
    const told = recordings.flatMap(({ expected }) => expected.messages)

    expect(told.length).toBeGreaterThan(5000)
    expect(told.filter(({ kind }) => kind === 'text').length).toBeGreaterThan(10)
    expect(told.filter(({ output, name }) => name === 'Follows' && output?.length).length).toBeGreaterThan(20)
    expect(told.filter(({ output, name }) => name === 'Success' && output?.length).length).toBeGreaterThan(10)
    expect(told.some(({ entries }) => entries.some(([, value]) => value === 'Žofie Nováková 😀'))).toBe(true)
  })
})

describe('reading a recording in other ways', () => {
  const bytes = streamOf('22/p-lists')

  it('gives the same values whether headers are read one by one or all at once', () => {
    const { messages } = decodeChunks([bytes], { banner: true })

    for (const message of messages) {
      for (const [name] of message.entries()) {
        const values = message.entries().filter(([other]) => other.toLowerCase() === name.toLowerCase()).map(([, value]) => value)
        expect(message.all(name.toUpperCase())).toEqual(values)
        expect(message.get(name)).toBe(values[0])
      }
    }
  })

  it('never has a header in two spellings in one packet', () => {
    const packets = recordings.flatMap(({ expected }) => expected.messages)

    expect(packets.filter(({ entries }) => new Set(entries.map(([name]) => name)).size !== new Set(entries.map(([name]) => name.toLowerCase())).size)).toEqual([])
  })

  it('gives back the packet as it came', () => {
    const text = new TextDecoder().decode(bytes)
    const { messages } = decodeChunks(cut(bytes, 500), { banner: true })

    let position = 0
    for (const message of messages) {
      position = text.indexOf(message.raw(), position)
      expect(position).not.toBe(-1)
      position += message.raw().length
    }
  })

  it.each(['1.4/command', '22/l-command'])('gives back the packet of command output as it came, of %s', (name) => {
    const bytes = streamOf(name)
    const { messages } = decodeChunks([bytes], { banner: true })
    const packets = messages.map(message => message.raw())

    expect(new TextDecoder().decode(bytes).replace(/^[^\n]*\n/, '').split(/(?:\r\n){2,}/).filter(packet => packet !== '')).toEqual(packets)
  })
})

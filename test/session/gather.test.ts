import { Buffer } from 'node:buffer'
import { describe, expect, it } from 'vitest'
import { gather } from '../../main/ami/transport/gather.ts'
import { createFakeClock } from '../support/fake-clock.ts'

function start() {
  const clock = createFakeClock()
  const handed: string[] = []
  const { take, end } = gather(bytes => handed.push(bytes.toString()), clock)
  return {
    clock,
    handed,
    end,
    say: (text: string) => take(Buffer.from(text)),
    /** A piece each 20 ms for longer than half a second; answers what was handed on. */
    async talkThickly(): Promise<readonly string[]> {
      for (const letter of 'abcdefghijklmnopqrstuvwxyz') {
        take(Buffer.from(letter))
        await clock.pass(20)
      }
      return handed.splice(0)
    },
  }
}

describe('small pieces of a busy server', () => {
  it('are handed on one by one until they have come thick for a while', async () => {
    const { talkThickly } = start()
    expect(await talkThickly()).toEqual([...'abcdefghijklmnopqrstuvwxyz'])
  })

  it('are handed on together then, the first at once', async () => {
    const { clock, handed, say, talkThickly } = start()
    await talkThickly()
    await clock.pass(20)
    say('1')
    expect(handed).toEqual(['1'])
    say('2')
    await clock.pass(10)
    say('3')
    expect(handed).toEqual(['1'])
    await clock.pass(10)
    expect(handed).toEqual(['1', '23'])
    await clock.pass(10)
    say('4')
    await clock.pass(10)
    expect(handed).toEqual(['1', '23', '4'])
  })

  it('wait for nothing once the line is quiet again', async () => {
    const { clock, handed, say, talkThickly } = start()
    await talkThickly()
    await clock.pass(1500)
    say('1')
    say('2')
    expect(handed).toEqual(['1', '2'])
  })

  it('do not wait behind a large one, and none overtakes another', async () => {
    const { handed, say, talkThickly } = start()
    await talkThickly()
    say('1')
    say('2')
    say('3'.repeat(5000))
    expect(handed.join('')).toBe(`12${'3'.repeat(5000)}`)
  })

  it('are all handed on at the end, and nothing after it', async () => {
    const { clock, end, handed, say, talkThickly } = start()
    await talkThickly()
    say('1')
    say('2')
    end()
    expect(handed.join('')).toBe('12')
    expect(clock.pending()).toBe(0)
  })
})

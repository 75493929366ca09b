import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openWindowMemory } from '../../../main/shell/window-memory.ts'
import { createMemoryLog } from '../../support/memory-log.ts'

let folder = ''
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'ringside-window-')) })
afterEach(() => rmSync(folder, { recursive: true }))

const write = (text: string) => writeFileSync(join(folder, 'window.json'), text)
function read() {
  const log = createMemoryLog()
  const memory = openWindowMemory(folder, log)
  return { place: memory.place(), told: memory.told(), lines: log.lines.length }
}

describe('what the window remembers', () => {
  it('is nothing at first, and nothing is said about that', () => {
    expect(read()).toEqual({ place: null, told: false, lines: 0 })
  })

  it('is its place, and whether the person knows about the tray', () => {
    write(JSON.stringify({ place: { x: -20, y: 30, width: 400, height: 680 }, told: true }))
    expect(read()).toEqual({ place: { x: -20, y: 30, width: 400, height: 680 }, told: true, lines: 0 })
  })

  it.each([
    { x: 1, y: 2, width: 0, height: 4 },
    { x: 1, y: 2, width: 3 },
    { x: 1.5, y: 2, width: 3, height: 4 },
    { x: '1', y: 2, width: 3, height: 4 },
    [1, 2, 3, 4],
    null,
  ])('is no place that is none: %j', (place) => {
    write(JSON.stringify({ place, told: 'yes' }))
    expect(read()).toEqual({ place: null, told: false, lines: 0 })
  })

  it('is forgotten with a line in the log where the file makes no sense', () => {
    write('no JSON')
    expect(read()).toEqual({ place: null, told: false, lines: 1 })
  })
})

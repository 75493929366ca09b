import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readCount, readPlaywright } from '../../../build/test.mjs'

describe('the count of tests', () => {
  let folder = ''
  beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'ringside-count-')) })
  afterAll(() => rmSync(folder, { recursive: true }))

  function write(report: unknown): string {
    const path = join(folder, 'report.json')
    writeFileSync(path, JSON.stringify(report))
    return path
  }

  it('takes a run that left no report for one failure', () => {
    const lost = { passed: 0, failed: 1, skipped: [] }
    expect([readCount(join(folder, 'none')), readPlaywright(join(folder, 'none'))]).toEqual([lost, lost])
  })

  it('reads what vitest counted', () => {
    const count = { passed: 3, failed: 0, skipped: ['rings: no such phone'] }
    expect(readCount(write(count))).toEqual(count)
  })

  it('finds skipped window tests and their reasons however deep they are described', () => {
    const skipped = (title: string, annotations: readonly object[]) => ({ title, tests: [{ status: 'skipped', annotations }] })
    expect(readPlaywright(write({
      stats: { expected: 4, flaky: 1, unexpected: 2, skipped: 2 },
      errors: [],
      suites: [{ specs: [skipped('a', [])], suites: [{ specs: [skipped('b', [{ type: 'skip', description: 'no tray here' }]), { title: 'c', tests: [{ status: 'expected', annotations: [] }] }] }] }],
    }))).toEqual({ passed: 5, failed: 2, skipped: ['a', 'b: no tray here'] })
  })

  it('counts an error outside of every window test as one failure', () => {
    expect(readPlaywright(write({ stats: { expected: 4, flaky: 0, unexpected: 0, skipped: 0 }, errors: [{ message: 'no such file' }], suites: [] })).failed).toBe(1)
  })
})

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
    const lost = (what: string) => ({ passed: 0, failed: 1, skipped: [], troubles: [`${what} left no report`] })
    expect([readCount(join(folder, 'none')), readPlaywright(join(folder, 'none'))]).toEqual([lost('vitest'), lost('Playwright')])
  })

  it('reads what vitest counted', () => {
    const count = { passed: 3, failed: 0, skipped: ['rings: no such phone'], troubles: ['answers: expected 1 to be 2'] }
    expect(readCount(write(count))).toEqual(count)
  })

  it('finds skipped window tests and their reasons however deep they are described', () => {
    const skipped = (title: string, annotations: readonly object[]) => ({ title, tests: [{ status: 'skipped', annotations }] })
    expect(readPlaywright(write({
      stats: { expected: 4, flaky: 1, unexpected: 2, skipped: 2 },
      errors: [],
      suites: [{ specs: [skipped('a', [])], suites: [{ specs: [skipped('b', [{ type: 'skip', description: 'no tray here' }]), { title: 'c', tests: [{ status: 'expected', annotations: [] }] }] }] }],
    }))).toEqual({ passed: 5, failed: 2, skipped: ['a', 'b: no tray here'], troubles: [] })
  })

  it('counts an error outside of every window test as one failure', () => {
    const { failed, troubles } = readPlaywright(write({ stats: { expected: 4, flaky: 0, unexpected: 0, skipped: 0 }, errors: [{ message: 'no such file' }], suites: [] }))
    expect([failed, troubles]).toEqual([1, ['outside of any test: no such file']])
  })

  it('says what failed and what passed only at the second try, in one line each', () => {
    const test = (title: string, status: string) => ({ title, tests: [{ status, annotations: [], results: [{ errors: [{ message: '\u001B[31mTimed out\u001B[39m\n  at line 3' }] }] }] })
    expect(readPlaywright(write({
      stats: { expected: 4, flaky: 1, unexpected: 1, skipped: 0 },
      errors: [],
      suites: [{ specs: [test('rings', 'unexpected'), test('answers', 'flaky'), { title: 'ends', tests: [{ status: 'expected', annotations: [] }] }] }],
    })).troubles).toEqual(['rings: Timed out', 'answers: Timed out (passed at the second try)'])
  })
})

import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readPackageOrder } from '../../../build/package.mjs'

describe('an order for packages', () => {
  it('makes what is for release in dist', () => {
    expect(readPackageOrder(['deb'])).toEqual({ targets: ['deb'], output: resolve('dist'), testOnly: false })
  })

  it('makes what is for tests where it is told to', () => {
    expect(readPackageOrder(['--test-only', '--output', '/tmp/made', 'dir'])).toEqual({ targets: ['dir'], output: '/tmp/made', testOnly: true })
  })

  it.each([[[]], [['--output', 'dist']], [['--output', 'dist/deep']], [['--output', './dist/../dist']]])('never puts what is for tests into dist: %j', (parameters) => {
    expect(() => readPackageOrder(['--test-only', ...parameters])).toThrow('outside of dist')
  })

  it('refuses switches that it does not know', () => {
    expect(() => readPackageOrder(['--unsigned'])).toThrow('--unsigned')
  })
})

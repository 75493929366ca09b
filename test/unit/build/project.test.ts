import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { areDependenciesFresh, isBuildFresh } from '../../../build/project.mjs'

let root = ''
beforeEach(() => { root = mkdtempSync(join(tmpdir(), 'ringside-clone-')) })
afterEach(() => rmSync(root, { recursive: true }))

function write(path: string, content: unknown = '', seconds = 1000): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), typeof content === 'string' ? content : JSON.stringify(content))
  utimesSync(join(root, path), seconds, seconds)
}

describe('the dependencies of a clone', () => {
  const lock = (packages: Readonly<Record<string, object>>) => ({ packages: { '': {}, ...packages } })

  it('are missing in a fresh clone', () => {
    write('package-lock.json', lock({}))
    expect(areDependenciesFresh(root)).toBe(false)
  })

  it.each([
    [true, 'as the lock file says', { 'node_modules/vue': { version: '3.5.45' } }],
    [false, 'of another version', { 'node_modules/vue': { version: '3.5.0' } }],
    [false, 'not all there', {}],
  ])('are fresh: %s, when they are %s', (isFresh, _, installed) => {
    write('package-lock.json', lock({ 'node_modules/vue': { version: '3.5.45' } }))
    write('node_modules/.package-lock.json', { packages: installed })
    expect(areDependenciesFresh(root)).toBe(isFresh)
  })

  it('are fresh without the binaries of other systems', () => {
    write('package-lock.json', lock({ 'node_modules/fsevents': { version: '2.3.3', optional: true } }))
    write('node_modules/.package-lock.json', { packages: {} })
    expect(areDependenciesFresh(root)).toBe(true)
  })
})

describe('the build of a clone', () => {
  const built = ['out/main/index.js', 'out/preload/index.cjs', 'out/renderer/windows/main/index.html', 'out/renderer/windows/popup/index.html']
  beforeEach(() => {
    for (const path of ['main/index.ts', 'preload/index.ts', 'renderer/windows/main/App.vue', 'renderer/windows/main/index.html', 'renderer/windows/popup/index.html', 'electron.config.ts', 'package-lock.json', 'package.json'])
      write(path, '', 2000)
  })

  function touchFolders(): void {
    for (const folder of ['main', 'preload', 'renderer', 'renderer/windows', 'renderer/windows/main', 'renderer/windows/popup'])
      utimesSync(join(root, folder), 2000, 2000)
  }

  it.each(built)('is stale while %s is missing', (missing) => {
    for (const path of built.filter(path => path !== missing)) write(path, '', 3000)
    touchFolders()
    expect(isBuildFresh(root)).toBe(false)
  })

  it('is fresh when every part is newer than every source', () => {
    for (const path of built) write(path, '', 3000)
    touchFolders()
    expect(isBuildFresh(root)).toBe(true)
  })

  it('is stale as soon as a source is newer', () => {
    for (const path of built) write(path, '', 3000)
    write('renderer/windows/main/App.vue', '', 4000)
    touchFolders()
    expect(isBuildFresh(root)).toBe(false)
  })
})

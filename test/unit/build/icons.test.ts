import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { iconFiles } from '../../../build/icons.ts'
import { ROOT } from '../../../build/project.mjs'

describe('the icons of the packages', () => {
  it('are those that the program draws; build/icons.ts writes them anew', () => {
    const changed = [...iconFiles()].filter(([path, content]) => !readFileSync(join(ROOT, 'build', path)).equals(content)).map(([path]) => path)
    expect(changed).toEqual([])
  // Half a million pixels, on a machine that others use, too.
  }, 60_000)
})

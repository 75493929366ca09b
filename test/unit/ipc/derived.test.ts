import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { changedIds, derive } from '../../../main/ipc/derived.ts'

describe('a table that came of another', () => {
  it('differs in these rows, and knows it', () => {
    const base = { a: 1, b: 2 }
    const next = derive(base, new Map([['a', undefined], ['c', 3]]))
    expect(next).toEqual({ b: 2, c: 3 })
    expect(changedIds(base, next)).toEqual(new Set(['a', 'c']))
  })

  it('says nothing of tables further back', () => {
    const first: Readonly<Record<string, number>> = { a: 1 }
    const last = derive(derive(first, new Map([['a', 2]])), new Map([['b', 1]]))
    expect(changedIds(first, last)).toBeNull()
  })

  it('does not keep the ones before alive', async () => {
    setFlagsFromString('--expose-gc')
    const collect = runInNewContext('gc') as () => void // as the flag makes it
    let rows: Readonly<Record<string, number>> = { a: 0 }
    const old = new WeakRef(rows)
    for (let count = 1; count <= 3; count++)
      rows = derive(rows, new Map([['a', count]]))
    // Whoever reads a weak reference holds what it points to until the turn ends.
    await new Promise(resolve => setImmediate(resolve))
    collect()
    expect([old.deref(), rows['a']]).toEqual([undefined, 3])
  })
})

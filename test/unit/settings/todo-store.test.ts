import type { Todo } from '../../../main/features/todo.ts'
import type { TodoStore } from '../../../main/settings/todo-store.ts'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { silentLog } from '../../../main/log.ts'
import { createTodoKeeper } from '../../../main/settings/todo-keeper.ts'
import { openTodos } from '../../../main/settings/todo-store.ts'
import { createFakeClock } from '../../support/fake-clock.ts'
import { createMemoryLog } from '../../support/memory-log.ts'
import { createMemoryTodos } from '../../support/memory-stores.ts'

const NOW = 1_800_000_000_000
const DAY = 86_400_000
const aTodo = (over: Partial<Todo> = {}): Todo => ({ id: 'call-1', kind: 'missed', queue: null, caller: { number: '+15550100', name: 'Karla' }, at: NOW, attempts: 2, done: false, ...over })

describe('the file of the calls to return', () => {
  let folder = ''
  beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'ringside-todos-')) })
  afterEach(() => rmSync(folder, { recursive: true }))

  const file = (): string => join(folder, 'calls-to-return.json')
  const open = () => openTodos(folder, content => writeFileSync(file(), JSON.stringify(content)), silentLog)

  it('is not there before there is something to keep', () => {
    const { store, wasReset } = open()
    store.set('demo', [])
    store.forget(() => true)
    expect({ todos: store.get('demo'), wasReset, files: readdirSync(folder) }).toEqual({ todos: [], wasReset: false, files: [] })
  })

  it('keeps those of each office apart, with what was tried and done', () => {
    open().store.set('pbx:5038/1001', [aTodo({ done: true })])
    open().store.set('demo', [aTodo({ id: 'call-2', kind: 'queue', queue: 'support', caller: { number: null, name: null } })])
    const { store } = open()
    expect(store.get('pbx:5038/1001')).toEqual([aTodo({ done: true })])
    expect(store.get('demo').map(({ id }) => id)).toEqual(['call-2'])
    expect(store.get('pbx:5038/1002')).toEqual([])
  })

  it('forgets an office for good', () => {
    const { store } = open()
    store.set('pbx:5038/1001', [aTodo()])
    store.set('demo', [aTodo()])
    store.forget(office => office.startsWith('pbx:5038/'))
    expect([open().store.get('pbx:5038/1001'), open().store.get('demo')]).toEqual([[], [aTodo()]])
  })

  it.each([
    ['no JSON', '{"version":1,'],
    ['a later version', '{"version":2,"offices":{}}'],
    ['a row that is none', JSON.stringify({ version: 1, offices: { demo: [{ ...aTodo(), attempts: 0 }] } })],
  ])('is kept aside, and said, when it is %s', (_what, text) => {
    writeFileSync(file(), text)
    const { store, wasReset } = open()
    expect({ todos: store.get('demo'), wasReset, aside: readFileSync(join(folder, 'calls-to-return.corrupt-1.json'), 'utf8') }).toEqual({ todos: [], wasReset: true, aside: text })
  })

  it('is tried again with the next change when the disk refuses, and this program goes on', () => {
    const log = createMemoryLog()
    let isFull = true
    const { store } = openTodos(folder, (content) => {
      if (isFull)
        throw new Error('ENOSPC')
      writeFileSync(file(), JSON.stringify(content))
    }, log)
    store.set('demo', [aTodo()])
    expect({ kept: store.get('demo'), lines: log.lines.map(line => line.split(' ')[0]), files: readdirSync(folder) }).toEqual({ kept: [aTodo()], lines: ['warn'], files: [] })
    isFull = false
    store.set('demo', [aTodo({ done: true })])
    expect(open().store.get('demo')).toEqual([aTodo({ done: true })])
  })
})

describe('the keeper of the calls to return', () => {
  /** Counts what goes to the disk. */
  function bench(start: readonly Todo[] = []) {
    const clock = createFakeClock(NOW)
    const memory = createMemoryTodos({ demo: start })
    const written: string[] = []
    const store: TodoStore = {
      ...memory,
      set(office, todos) {
        written.push(`${office} ${todos.map(({ id }) => id).join()}`)
        memory.set(office, todos)
      },
    }
    return { clock, written, store, keeper: createTodoKeeper(store, clock) }
  }

  it('writes many changes of a second at once', async () => {
    const { clock, keeper, written } = bench()
    keeper.open('demo')
    keeper.changed([aTodo()])
    await clock.pass(400)
    keeper.changed([aTodo({ id: 'call-2' }), aTodo()])
    await clock.pass(599)
    expect(written).toEqual([])
    await clock.pass(1)
    expect(written).toEqual(['demo call-2,call-1'])
    await clock.pass(60_000)
    expect(written).toHaveLength(1)
  })

  it('writes at once at the end, and when another office is opened', () => {
    const { keeper, written } = bench()
    keeper.open('demo')
    keeper.changed([aTodo()])
    keeper.flush()
    keeper.changed([aTodo({ id: 'call-2' })])
    expect(keeper.open('pbx:5038/1001')).toEqual([])
    keeper.flush()
    expect(written).toEqual(['demo call-1', 'demo call-2'])
  })

  it('keeps nothing where there is no office yet', async () => {
    const { clock, keeper, written } = bench()
    expect(keeper.open(null)).toEqual([])
    keeper.changed([aTodo()])
    await clock.pass(5000)
    expect(written).toEqual([])
  })

  it('gives back no more than may interest somebody: a week of what is done, a month of the rest, 200 at most', () => {
    const rows = [
      aTodo({ id: 'done yesterday', done: true, at: NOW - DAY }),
      aTodo({ id: 'done last week', done: true, at: NOW - 7 * DAY }),
      aTodo({ id: 'open last week', at: NOW - 8 * DAY }),
      aTodo({ id: 'open last month', at: NOW - 30 * DAY }),
    ]
    expect(bench(rows).keeper.open('demo').map(({ id }) => id)).toEqual(['done yesterday', 'open last week'])
    expect(bench(Array.from({ length: 250 }, (_, index) => aTodo({ id: `call-${index}` }))).keeper.open('demo')).toHaveLength(200)
  })
})

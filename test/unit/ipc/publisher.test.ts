import type { Patch, TableName, Tables } from '#contract/tables.ts'
import { describe, expect, it } from 'vitest'
import { createPublisher } from '../../../main/ipc/publisher.ts'
import { createFakeClock } from '../../support/fake-clock.ts'
import { aDial, aPerson, connected } from '../../support/rows.ts'

const nothing: Tables = { connection: { me: connected() }, line: {}, calls: {}, alerts: {}, dials: {}, mailboxes: {}, recents: {}, people: {}, parked: {}, lots: {}, queues: {}, queueCallers: {}, queueMembers: {}, todo: {}, acts: {} }
const everything: ReadonlySet<TableName> = new Set()
const noPeople: ReadonlySet<TableName> = new Set(['people'])

/** The main window watches everything, the popup all but the colleagues. `skew` is how far the publisher's clock is off. */
function bench(skew = () => 0) {
  const clock = createFakeClock()
  const told: string[] = []
  const patches: { readonly window: string, readonly patch: Patch }[] = []
  let tables = nothing
  const publisher = createPublisher<'main' | 'popup'>({
    clock: { now: () => clock.now() + skew(), after: clock.after },
    project: () => tables,
    push: (window, patch) => {
      patches.push({ window, patch })
      told.push(window)
    },
    onLooked: () => told.push('desktop'),
  })
  const first = { main: publisher.watch('main', everything), popup: publisher.watch('popup', noPeople) }
  told.length = 0
  return {
    clock,
    told,
    first,
    publisher,
    /** Which dials and people each patch to the main window brought. */
    brought: () => patches.filter(({ window }) => window === 'main').map(({ patch }) => [...Object.keys(patch.upsert.dials ?? {}), ...Object.keys(patch.upsert.people ?? {})]),
    toPopup: () => patches.filter(({ window }) => window === 'popup').map(({ patch }) => patch),
    dial(id: string) {
      tables = { ...tables, dials: { ...tables.dials, [id]: aDial({ id }) } }
      publisher.touch()
    },
    lift(id: string) {
      tables = { ...tables, people: { ...tables.people, [id]: aPerson({ id }) } }
      publisher.touch('others')
    },
  }
}

describe('the publisher', () => {
  it('tells windows before it lets the desktop draw anything', async () => {
    const { clock, dial, told } = bench()
    await clock.pass(1000)
    dial('one')
    await clock.pass(0)
    expect(told).toEqual(['main', 'popup', 'desktop'])
  })

  it('tells the first change at once and further ones once a frame', async () => {
    const { brought, clock, dial } = bench()
    await clock.pass(1000)
    dial('one')
    await clock.pass(0)
    expect(brought()).toEqual([['one']])
    for (const id of ['two', 'three', 'four'])
      dial(id)
    await clock.pass(15)
    expect(brought()).toHaveLength(1)
    await clock.pass(1)
    expect(brought()).toEqual([['one'], ['two', 'three', 'four']])
  })

  it('tells of others the first change at once and further ones ten times a second', async () => {
    const { brought, clock, lift } = bench()
    await clock.pass(1000)
    for (let at = 0; at < 1000; at += 5) {
      lift(String(at))
      await clock.pass(5)
    }
    expect(brought()[0]).toEqual(['0'])
    expect(brought()[1]).toHaveLength(19)
    expect(brought()).toHaveLength(11)
  })

  it('does not let what concerns me wait for what does not', async () => {
    const { brought, clock, dial, lift } = bench()
    await clock.pass(1000)
    lift('colleague')
    await clock.pass(1)
    lift('another')
    dial('mine')
    await clock.pass(15)
    expect(brought()).toEqual([['colleague'], ['mine', 'another']])
    await clock.pass(1000)
    expect(brought()).toHaveLength(2)
    expect(clock.pending()).toBe(0)
  })

  it('does not wait for an hour that the clock was set back', async () => {
    let skew = 0
    const { brought, clock, dial } = bench(() => skew)
    await clock.pass(1000)
    dial('one')
    await clock.pass(0)
    skew = -3_600_000
    dial('two')
    await clock.pass(16)
    expect(brought()).toEqual([['one'], ['two']])
  })

  it('lets the desktop know also of what windows need not be told', async () => {
    const { clock, publisher, told } = bench()
    publisher.touch()
    await clock.pass(100)
    expect(told).toEqual(['desktop'])
  })

  it('tells a window nothing of a table that it does without', async () => {
    const { clock, first, lift, toPopup, publisher } = bench()
    await clock.pass(1000)
    lift('colleague')
    await clock.pass(1000)
    expect([first.popup.tables.people, toPopup()]).toEqual([{}, []])
    expect(Object.keys(publisher.watch('popup', everything).tables.people)).toEqual(['colleague'])
  })

  it('counts for each window its own, so that none misses what it does without', async () => {
    const { clock, dial, first, lift, toPopup } = bench()
    for (const act of [() => lift('a'), () => lift('b'), () => dial('c')]) {
      act()
      await clock.pass(1000)
    }
    expect(toPopup().map(({ rev }) => rev)).toEqual([first.popup.rev + 1])
  })

  it('tells a hidden window nothing, and before it is shown all that it missed in one', async () => {
    const { brought, clock, dial, lift, publisher } = bench()
    publisher.setSeen('main', false)
    dial('one')
    lift('colleague')
    await clock.pass(1000)
    dial('two')
    await clock.pass(1000)
    expect(brought()).toEqual([])
    publisher.setSeen('main', true)
    expect(brought()).toEqual([['one', 'two', 'colleague']])
  })
})

import type { Patch, Tables } from '#contract/tables.ts'
import { describe, expect, it } from 'vitest'
import { createPublisher } from '../../../main/ipc/publisher.ts'
import { createFakeClock } from '../../support/fake-clock.ts'
import { aDial } from '../../support/rows.ts'

const nothing: Omit<Tables, 'connection'> = { line: {}, calls: {}, alerts: {}, dials: {}, mailboxes: {}, recents: {}, people: {}, parked: {}, lots: {}, queues: {}, queueCallers: {}, queueMembers: {}, todo: {}, acts: {} }

function bench() {
  const clock = createFakeClock()
  const told: string[] = []
  const patches: Patch[] = []
  const connection = { me: { state: 'online', server: 'pbx.example:5038', demo: false, secured: true, asterisk: null, staleSince: null, retryAt: null, attempt: 0, error: null } } as const
  let tables: Tables = { ...nothing, connection }
  const publisher = createPublisher({
    clock,
    project: () => tables,
    push: (patch) => {
      patches.push(patch)
      told.push(`windows ${patch.rev}`)
    },
    onLooked: () => told.push('desktop'),
  })
  return {
    clock,
    told,
    patches,
    publisher,
    change(id: string) {
      tables = { ...tables, dials: { ...tables.dials, [id]: aDial({ id }) } }
      publisher.touch()
    },
  }
}

describe('the publisher', () => {
  it('tells windows before it lets the desktop draw anything', async () => {
    const { change, clock, told } = bench()
    told.length = 0
    change('one')
    await clock.pass(0)
    expect(told).toEqual(['windows 1', 'desktop'])
  })

  it('tells the first change at once and further ones once a frame', async () => {
    const { change, clock, patches } = bench()
    change('one')
    await clock.pass(0)
    expect(patches).toHaveLength(1)
    for (const id of ['two', 'three', 'four'])
      change(id)
    await clock.pass(15)
    expect(patches).toHaveLength(1)
    await clock.pass(1)
    expect(patches.map(({ upsert }) => Object.keys(upsert.dials ?? {}))).toEqual([['one'], ['two', 'three', 'four']])
  })

  it('lets the desktop know also of what windows need not be told', async () => {
    const { clock, publisher, told } = bench()
    told.length = 0
    publisher.touch()
    await clock.pass(0)
    expect(told).toEqual(['desktop'])
  })
})

import type { Patch, Snapshot, TableName, Tables } from '#contract/tables.ts'
import type { PbxEvent } from '../../../main/pbx/events.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createDesk, step } from '../../../main/features/desk.ts'
import { createProjector } from '../../../main/ipc/project.ts'
import { createPublisher } from '../../../main/ipc/publisher.ts'
import { concernsMe } from '../../../main/ipc/urgency.ts'
import { applyPatch } from '../../../preload/contract/patch.ts'
import { createFakeClock } from '../../support/fake-clock.ts'
import { deskOfLab } from '../../support/labs.ts'
import { connected } from '../../support/rows.ts'

type Name = 'main' | 'popup'
type Act
  = | { readonly do: 'tell', readonly said: Said }
    | { readonly do: 'pass', readonly ms: number }
    | { readonly do: 'watch', readonly window: Name, readonly without: readonly TableName[] }
    | { readonly do: 'see', readonly window: Name, readonly isSeen: boolean }
type Said = Pick<Extract<PbxEvent, { type: 'extension.changed' }>, 'type' | 'exten' | 'context' | 'bits'>
  | Omit<Extract<PbxEvent, { type: 'mailbox.changed' }>, 'at'>
  | Omit<Extract<PbxEvent, { type: 'queue.memberChanged' }>, 'at'>
  | Omit<Extract<PbxEvent, { type: 'queue.memberRemoved' }>, 'at'>
  | Omit<Extract<PbxEvent, { type: 'pbx.replaced' }>, 'at'>

const member = { queue: 'support', stateInterface: null, name: null, membership: null, penalty: null, lastCall: null, pausedReason: null, inCall: null }
const exten = fc.integer({ min: 0, max: 6 }).map(number => String(1000 + number))
const interfaceOf = exten.map(number => `PJSIP/${number}`)
const said: fc.Arbitrary<Said> = fc.oneof(
  // -2: the hint goes, and with it the row.
  { weight: 6, arbitrary: fc.record({ type: fc.constant('extension.changed' as const), exten, context: fc.constant('hints'), bits: fc.constantFrom(-2, 0, 1, 8, 16) }) },
  fc.record({ type: fc.constant('mailbox.changed' as const), mailbox: fc.constant('1001@default'), waiting: fc.boolean(), newMessages: fc.nat(2), oldMessages: fc.constant(0), leftBy: fc.constant(null) }),
  fc.record({ type: fc.constant('queue.memberChanged' as const), member: fc.record({ interface: interfaceOf, state: fc.constantFrom('not_inuse' as const, 'inuse' as const), paused: fc.boolean(), callsTaken: fc.nat(1) }).map(changed => ({ ...member, ...changed })) }),
  fc.record({ type: fc.constant('queue.memberRemoved' as const), queue: fc.constant('support'), interface: interfaceOf }),
  fc.record({ type: fc.constant('pbx.replaced' as const), snapshot: fc.record({ extensions: fc.uniqueArray(exten, { maxLength: 5 }).map(all => all.map(one => ({ exten: one, context: 'hints', bits: 0 }))) }) }),
)
const window = fc.constantFrom<Name>('main', 'popup')
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constant('tell' as const), said }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.constantFrom(0, 3, 16, 40, 120) }) },
  fc.record({ do: fc.constant('watch' as const), window, without: fc.constantFrom<readonly TableName[]>([], ['people']) }),
  fc.record({ do: fc.constant('see' as const), window, isSeen: fc.boolean() }),
)

/** A desk with two windows that have nothing but snapshots and patches, copied as between processes. */
async function play(acts: readonly Act[]): Promise<{ readonly now: Tables, readonly mirrors: ReadonlyMap<Name, Snapshot>, readonly without: ReadonlyMap<Name, readonly TableName[]> }> {
  const clock = createFakeClock()
  const project = createProjector()
  const me = connected()
  const mirrors = new Map<Name, Snapshot>()
  const without = new Map<Name, readonly TableName[]>()
  let desk = createDesk(deskOfLab('22', '1001'))
  const publisher = createPublisher<Name>({
    clock,
    project: () => project(desk, me, {}),
    onLooked() {},
    push(name, patch: Patch) {
      const mirror = mirrors.get(name)
      const next = mirror && applyPatch(mirror, structuredClone(patch))
      if (!next)
        throw new Error(`patch ${patch.rev} does not follow ${mirror?.rev}`)
      mirrors.set(name, next)
    },
  })
  const watch = (name: Name, tables: readonly TableName[]): void => {
    const first = publisher.watch(name, new Set(tables))
    mirrors.set(name, structuredClone(first))
    without.set(name, tables)
  }
  watch('main', [])
  watch('popup', ['people'])
  for (const one of acts) {
    switch (one.do) {
      case 'pass':
        await clock.pass(one.ms)
        break
      case 'watch':
        watch(one.window, one.without)
        break
      case 'see':
        publisher.setSeen(one.window, one.isSeen)
        break
      case 'tell': {
        const before = desk
        desk = step(desk, { kind: 'pbx', event: { ...one.said, at: clock.now() } as PbxEvent, at: clock.now() }).state // each of `Said` lacks only this
        if (desk !== before)
          publisher.touch(concernsMe(before, desk) ? 'me' : 'others')
        break
      }
      default:
        one satisfies never
    }
  }
  publisher.setSeen('main', true)
  publisher.setSeen('popup', true)
  await clock.pass(100)
  return { now: createProjector()(desk, me, {}), mirrors, without }
}

describe('a window that has snapshots and patches alone', () => {
  it('shows what is true within a tenth of a second, whatever happened, was hidden and was left out', async () => {
    await fc.assert(fc.asyncProperty(fc.array(act, { maxLength: 60 }), async (acts) => {
      const { mirrors, now, without } = await play(acts)
      for (const [name, { tables }] of mirrors) {
        const expected = without.get(name)?.includes('people') ? { ...now, people: {} } : now
        expect(tables).toEqual(expected)
      }
    }), { numRuns: 300 })
  })
})

import type { DeskState } from '../../../main/features/desk.ts'
import type { DeskInput, Effect } from '../../../main/features/types.ts'
import type { PbxEvent } from '../../../main/pbx/events.ts'
import { describe, expect, it } from 'vitest'
import { createDesk, step } from '../../../main/features/desk.ts'
import { diff } from '../../../main/ipc/diff.ts'
import { createProjector } from '../../../main/ipc/project.ts'
import { deskOfLab } from '../../support/labs.ts'
import { connected } from '../../support/rows.ts'

const COLLEAGUES = 1000
const at = 1_795_400_000_000
const exten = (index: number): string => String(2000 + index)
const hintOf = (index: number): string => `PJSIP/${exten(index)}&Custom:DND${exten(index)},CustomPresence:${exten(index)}`

function office(): DeskState {
  const extensions = Array.from({ length: COLLEAGUES }, (_, index) => ({ exten: exten(index), context: 'hints', bits: 0, hint: hintOf(index) }))
  return feed(createDesk(deskOfLab('22')), {
    kind: 'pbx',
    event: { type: 'pbx.replaced', snapshot: { extensions, names: [{ mailbox: '2000@default', name: 'Ada First' }], presences: [{ provider: 'CustomPresence:2001', exten: null, context: null, state: 'away', subtype: null, message: 'back at 3' }] }, at },
    at,
  })
}

function feed(desk: DeskState, ...inputs: readonly DeskInput[]): DeskState {
  return inputs.reduce((state, input) => step(state, input).state, desk)
}

const pbx = (event: PbxEvent): DeskInput => ({ kind: 'pbx', event, at: event.at })
const changed = (index: number, bits: number, when = at): DeskInput => pbx({ type: 'extension.changed', exten: exten(index), context: 'hints', bits, hint: hintOf(index), at: when })
const tablesOf = (project: ReturnType<typeof createProjector>, desk: DeskState) => project(desk, connected(), {})

it('says in my own row that I am not to be disturbed, which my hint may not know of', () => {
  const project = createProjector()
  const mine = feed(office(), pbx({ type: 'extension.changed', exten: '1001', context: 'hints', bits: 0, hint: 'PJSIP/1001', at }))
  const told = (value: string | null): unknown => tablesOf(project, feed(mine, pbx({ type: 'database.read', values: { 'DND/1001': value }, at }))).people['1001@hints']?.presence
  expect([told('YES'), told(null), told('YES')]).toEqual([{ state: 'dnd', message: null }, null, { state: 'dnd', message: null }])
})

describe('a thousand colleagues', () => {
  it('have a row each, with the name of their mailbox and what they say of themselves', () => {
    const { people } = tablesOf(createProjector(), office())
    expect(Object.keys(people)).toHaveLength(COLLEAGUES)
    expect(people['2000@hints']).toMatchObject({ name: 'Ada First', state: 'idle', presence: null, since: null, isMe: false })
    expect(people['2001@hints']?.presence).toEqual({ state: 'away', message: 'back at 3' })
  })

  it('cost a window one row for each that changed', () => {
    const project = createProjector()
    let desk = office()
    const before = tablesOf(project, desk)
    desk = feed(desk, changed(7, 8, at + 5), changed(9, 1, at + 6), changed(9, 0, at + 7))
    const after = tablesOf(project, desk)
    const patch = diff({ rev: 1, tables: before }, after)
    // 2009 has been idle again before anybody looked, but since another moment.
    expect(Object.keys(patch?.upsert.people ?? {})).toEqual(['2007@hints', '2009@hints'])
    expect(after.people['2007@hints']).toMatchObject({ state: 'ringing', since: at + 5 })
    expect(after.people['2500@hints']).toBe(before.people['2500@hints'])
  })

  it('stay the same table while only others change', () => {
    const project = createProjector()
    const desk = office()
    const before = tablesOf(project, desk)
    const after = tablesOf(project, feed(desk, pbx({ type: 'mailbox.changed', mailbox: '1001@default', waiting: true, newMessages: 1, oldMessages: 0, leftBy: null, at })))
    expect(after.people).toBe(before.people)
  })

  it('of whom thousands change one after the other cost only those that changed', () => {
    const project = createProjector()
    let desk = office()
    let tables = tablesOf(project, desk)
    for (let change = 0; change < 2000; change++) {
      desk = feed(desk, changed(change % COLLEAGUES, change % 2 === 0 ? 8 : 1, at + change))
      // A frame for each third change; how long they take is measured by the benchmark.
      if (change % 3 === 0) {
        const next = tablesOf(project, desk)
        expect(Object.keys(diff({ rev: 1, tables }, next)?.upsert.people ?? {}).length).toBeLessThanOrEqual(3)
        tables = next
      }
    }
  })

  it('go when their hint goes', () => {
    const project = createProjector()
    const desk = feed(office(), changed(3, -2))
    expect(tablesOf(project, desk).people['2003@hints']).toBeUndefined()
  })
})

describe('being told when somebody is free', () => {
  const effectsOf = (desk: DeskState, input: DeskInput): readonly Effect[] => step(desk, input).effects.filter(effect => effect.type === 'announce')

  it('comes once, when they are', () => {
    const busy = feed(office(), changed(1, 1), { kind: 'watch', id: '2001@hints', on: true, at })
    expect(effectsOf(busy, changed(1, 16))).toEqual([])
    expect(effectsOf(busy, changed(1, 0))).toEqual([{ type: 'announce', what: 'person-free', id: '2001@hints' }])
    const free = feed(busy, changed(1, 0), changed(1, 1))
    expect(free.watched).toEqual([])
    expect(effectsOf(free, changed(1, 0))).toEqual([])
  })

  it('does not come when it was taken back', () => {
    const busy = feed(office(), changed(1, 1), { kind: 'watch', id: '2001@hints', on: true, at }, { kind: 'watch', id: '2001@hints', on: false, at })
    expect(effectsOf(busy, changed(1, 0))).toEqual([])
  })
})

it('places colleagues as the person likes them', () => {
  const config = deskOfLab('22')
  const arrangement = { favourites: ['2002@hints'], groups: [{ name: 'Sales', members: ['2002@hints', '2003@hints'] }], order: ['2003@hints', '2002@hints'], queues: [] }
  const project = createProjector()
  const before = office()
  tablesOf(project, before)
  const { people } = tablesOf(project, feed(before, { kind: 'configured', config: { ...config, office: { ...config.office, arrangement } }, at }))
  expect(['2002@hints', '2003@hints', '2004@hints'].map(id => people[id]).map(person => [person?.favourite, person?.group, person?.order])).toEqual([
    [true, 'Sales', 1],
    [false, 'Sales', 0],
    [false, null, null],
  ])
})

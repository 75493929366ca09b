import type { Tables } from '#contract/tables.ts'
import type { ActRequest } from '../../../main/features/acts/request.ts'
import type { DeskState } from '../../../main/features/desk.ts'
import type { QueueLevels } from '../../../main/features/office-config.ts'
import type { DeskInput, Effect } from '../../../main/features/types.ts'
import type { ChannelSnapshot, PbxEvent, PbxSnapshot, QueueMemberSnapshot, QueueSnapshot } from '../../../main/pbx/events.ts'
import type { Uniqueid } from '../../../main/pbx/ids.ts'
import { describe, expect, it } from 'vitest'
import { planAct } from '../../../main/features/acts/plan.ts'
import { isRefusal } from '../../../main/features/acts/planned.ts'
import { createDesk, step } from '../../../main/features/desk.ts'
import { createProjector } from '../../../main/ipc/project.ts'
import { deskOfLab } from '../../support/labs.ts'
import { connected } from '../../support/rows.ts'

const START = 1_795_400_000_000
const MINUTE = 60_000

const queue = (name: string): QueueSnapshot => ({ queue: name, holdSeconds: 0, completed: 0, abandoned: 0, serviceLevelSeconds: 0, servicePercent: 0 })
const member = (name: string, device = 'PJSIP/1001'): QueueMemberSnapshot => ({ queue: name, interface: device, stateInterface: null, name: null, membership: 'dynamic', penalty: 0, callsTaken: 0, lastCall: 0, state: 'not_inuse', paused: false, pausedReason: '', inCall: false })
const caller = (id: string): ChannelSnapshot => ({ uniqueid: id as Uniqueid, name: `PJSIP/trunk-${id}`, state: 'up', caller: { number: `+1555${id}`, name: null } })
/** Two queues, I am in both. */
const lists = { queues: [queue('support'), queue('sales')], members: [member('support'), member('sales')], callers: [] }

type Timeless = PbxEvent extends infer E ? E extends PbxEvent ? Omit<E, 'at'> : never : never

/** A desk on a clock of the test's. */
class Bench {
  readonly effects: Effect[] = []
  desk: DeskState = createDesk(deskOfLab('22'))
  #now = START
  readonly #timers = new Map<string, number>()
  readonly #project = createProjector()

  constructor() {
    this.pbx({ type: 'pbx.replaced', snapshot: { queues: lists.queues, queueMembers: lists.members, queueCallers: [], channels: [] } })
    this.link(true)
  }

  get announced(): readonly string[] {
    return this.effects.flatMap(effect => effect.type === 'announce' ? [`${effect.what} ${effect.id}`] : [])
  }

  get reads(): number {
    return this.effects.filter(effect => effect.type === 'pbx.read' && effect.what === 'queues').length
  }

  get tables(): Tables {
    return this.#project(this.desk, connected(), {})
  }

  pbx(...events: readonly Timeless[]): this {
    for (const event of events)
      this.#take({ kind: 'pbx', event: { ...event, at: this.#now }, at: this.#now })
    return this
  }

  link(online: boolean): this {
    this.#take({ kind: 'link', online, at: this.#now })
    return this
  }

  configure(queueLevels: QueueLevels): this {
    const { config } = this.desk
    this.#take({ kind: 'configured', config: { ...config, office: { ...config.office, queueLevels } }, at: this.#now })
    return this
  }

  /** The link breaks and comes back after a while; the server says how things stand. */
  reconnect(afterMs: number, snapshot: PbxSnapshot): this {
    this.pbx({ type: 'link.lost' }).link(false).pass(afterMs)
    return this.pbx({ type: 'pbx.replaced', snapshot }).link(true)
  }

  pass(ms: number): this {
    const until = this.#now + ms
    for (;;) {
      const [due] = [...this.#timers].filter(([, at]) => at <= until).sort((a, b) => a[1] - b[1])
      if (!due)
        break
      this.#timers.delete(due[0])
      this.#now = due[1]
      this.#take({ kind: 'timer', key: due[0], at: due[1] })
    }
    this.#now = until
    return this
  }

  refusal(request: ActRequest): string | null {
    const planned = planAct(this.desk, request, 'act')
    return isRefusal(planned) ? planned.refused : null
  }

  ask(request: ActRequest): this {
    expect(this.refusal(request)).toBeNull()
    this.#take({ kind: 'act', id: 'act', request, at: this.#now })
    return this
  }

  answer(code: 'no-such-queue' | 'not-a-member' | null): this {
    const last = this.effects.findLast(effect => effect.type === 'pbx.act')
    this.#take({ kind: 'done', key: last?.type === 'pbx.act' ? last.key : '', error: code && { code, message: code }, at: this.#now })
    return this
  }

  get act(): string | undefined {
    return this.desk.acts.map(({ kind, state, error }) => `${kind} ${state}${error ? ` ${error.code}` : ''}`)[0]
  }

  #take(input: DeskInput): void {
    const { state, effects } = step(this.desk, input)
    this.desk = state
    this.effects.push(...effects)
    for (const effect of effects) {
      if (effect.type === 'timer.start')
        this.#timers.set(effect.key, input.at + effect.delayMs)
      if (effect.type === 'timer.stop')
        this.#timers.delete(effect.key)
    }
  }
}

const joins = (id: string, name = 'support'): Timeless => ({ type: 'queue.callerJoined', queue: name, caller: caller(id), position: null, count: null })
const gives = (id: string, name = 'support'): Timeless => ({ type: 'queue.callerAbandoned', queue: name, caller: caller(id), holdSeconds: 3 })
const withoutSupport: Timeless = { type: 'queues.read', queues: [queue('sales')], members: [member('sales')], callers: [] }
const withoutSales: Timeless = { type: 'queues.read', queues: [queue('support')], members: [member('support')], callers: [] }
const six = ['1', '2', '3', '4', '5', '6']

describe('a queue that a reload has removed', () => {
  it('goes with its members and callers as soon as the lists are read again, every minute', () => {
    const bench = new Bench().pbx(joins('1'), joins('2'))
    expect(Object.keys(bench.tables.queueCallers)).toEqual(['1', '2'])
    expect(bench.pass(MINUTE).reads).toBe(1)
    const { queues, queueMembers, queueCallers } = bench.pbx(withoutSupport).tables
    expect([Object.keys(queues), Object.keys(queueMembers), Object.keys(queueCallers)]).toEqual([['sales'], ['sales PJSIP/1001'], []])
  })

  it('leaves what is as it was the same object', () => {
    const bench = new Bench().pbx(joins('1', 'sales'))
    const { queues, queueMembers, queueCallers } = bench.desk.pbx
    bench.pass(30_000).pbx({ type: 'queues.read', ...lists, callers: [{ queue: 'sales', caller: caller('1'), position: 1, waitSeconds: 31 }] })
    expect(bench.desk.pbx.queues).toBe(queues)
    expect(bench.desk.pbx.queueMembers).toBe(queueMembers)
    expect(bench.desk.pbx.queueCallers).toBe(queueCallers)
  })

  it('does not come back by what the server still says of who waited in it, and the lists are asked again', () => {
    const bench = new Bench().pbx(withoutSupport, { type: 'queue.memberChanged', member: member('support') }, joins('1'))
    expect(Object.keys(bench.tables.queues)).toEqual(['sales'])
    expect(bench.pass(300).reads).toBe(1)
    // No more often than every five seconds.
    bench.pbx(joins('2')).pass(4000)
    expect(bench.reads).toBe(1)
    expect(bench.pass(1000).reads).toBe(2)
  })

  it('comes back when a list names it again', () => {
    const bench = new Bench().pbx(withoutSupport, { type: 'queues.read', ...lists })
    expect(bench.tables.queues.support?.mine).toMatchObject({ interface: 'PJSIP/1001' })
    expect(Object.keys(bench.pbx(joins('1')).tables.queueCallers)).toEqual(['1'])
  })

  it('is refused for every act, the last one of the server, too', () => {
    const bench = new Bench().pbx({ type: 'queues.read', queues: [], members: [], callers: [] })
    for (const request of [{ kind: 'queueLogin', queue: 'support' }, { kind: 'queueLogout', queue: 'support' }, { kind: 'queuePause', queue: 'support', paused: true, reason: null }] as const)
      expect(bench.refusal(request)).toBe('no-such-queue')
  })

  it.each(['no-such-queue', 'not-a-member'] as const)('is told by an act that was asked before anybody knew, and the rows go: %s', (code) => {
    const bench = new Bench().ask({ kind: 'queuePause', queue: 'support', paused: true, reason: null }).answer(code)
    expect(bench.pass(300).reads).toBe(1)
    expect(bench.pbx(withoutSupport).act).toBe('queuePause failed no-such-queue')
    expect(bench.tables.queues.support).toBeUndefined()
  })

  describe('among all of mine', () => {
    const paused = (name: string): Timeless => ({ type: 'queue.memberChanged', member: { ...member(name), paused: true } })
    const all = { kind: 'queuePause', queue: null, paused: true, reason: null } as const
    const actions = (bench: Bench): readonly string[] => bench.effects.flatMap(effect => effect.type === 'pbx.act' && 'queue' in effect.action ? [effect.action.queue] : [])

    it.each(['no-such-queue', 'not-a-member'] as const)('keeps nothing from being done in the others, and is named: %s', (code) => {
      const bench = new Bench().ask(all).answer(code)
      expect(actions(bench)).toEqual(['support', 'sales'])
      expect(bench.act).toBe('queuePause asked')
      bench.answer(null).pbx(withoutSupport, paused('sales'))
      expect(bench.act).toBe('queuePause failed queues-gone')
      expect(bench.desk.acts[0]?.error?.details).toEqual({ queues: 'support' })
      expect(bench.tables.queues.sales?.mine).toMatchObject({ paused: true })
    })

    it('is not called gone while nobody knows, and is as soon as the lists say so', () => {
      const bench = new Bench().ask(all).answer('not-a-member').answer(null).pbx(paused('sales'))
      expect(bench.act).toBe('queuePause failed queues-left-out')
      expect(bench.pass(300).reads).toBe(1)
      expect(bench.pbx(withoutSupport).act).toBe('queuePause failed queues-gone')
    })

    it('may be the last that is asked, and is gone from a pause that waits for its proof', () => {
      expect(new Bench().ask(all).answer(null).answer('no-such-queue').pbx(withoutSales, paused('support')).act).toBe('queuePause failed queues-gone')
      expect(new Bench().ask(all).answer(null).answer(null).pbx(withoutSupport, paused('sales')).act).toBe('queuePause failed queues-gone')
    })

    it('is no queue at all where every one is gone', () => {
      expect(new Bench().ask(all).answer('no-such-queue').answer('no-such-queue').act).toBe('queuePause failed no-such-queue')
    })

    it('is left like the others, for who logs out of all', () => {
      const bench = new Bench().ask({ kind: 'queueLogout', queue: null }).answer('no-such-queue').answer(null)
      expect(bench.pbx(withoutSupport, { type: 'queue.memberRemoved', queue: 'sales', interface: 'PJSIP/1001' }).act).toBe('queueLogout failed queues-gone')
      expect(Object.values(bench.tables.queueMembers)).toEqual([])
    })
  })

  it('ends an act that waits for its proof', () => {
    const bench = new Bench().ask({ kind: 'queuePause', queue: 'support', paused: true, reason: null }).answer(null)
    expect(bench.pbx(withoutSupport).act).toBe('queuePause failed no-such-queue')
  })

  it('raises no alarm any more, and a new one when it is back', () => {
    const bench = new Bench().pbx(...six.map(id => joins(id)))
    expect(bench.announced).toEqual(['queue-alarm support'])
    bench.pbx(withoutSupport).pass(10 * MINUTE)
    expect(bench.tables.queues.support).toBeUndefined()
    bench.pbx({ type: 'queues.read', ...lists }).pbx(...six.map(id => joins(id)))
    expect(bench.announced).toEqual(['queue-alarm support', 'queue-alarm support'])
  })
})

it('the lists are read when the server says that it has read its files again', () => {
  expect(new Bench().pbx({ type: 'server.reloaded', module: 'app_queue.so' }).pass(300).reads).toBe(1)
})

it('a queue that a reload has brought is looked at when somebody first speaks of it', () => {
  expect(new Bench().pbx(joins('1', 'hotline')).pass(300).reads).toBe(1)
})

describe('an alarm of a queue', () => {
  const waits = (ids: readonly string[], seconds: number): PbxSnapshot => ({
    queues: lists.queues,
    queueMembers: lists.members,
    queueCallers: ids.map((id, index) => ({ queue: 'support', caller: caller(id), position: index + 1, waitSeconds: seconds })),
    channels: ids.map(id => ({ ...caller(id), ageSeconds: seconds, bridgeId: null, bridgedTo: null })),
  })

  it('is told once, however many more come', () => {
    expect(new Bench().pbx(...six.map(id => joins(id)), joins('7'), joins('8')).announced).toEqual(['queue-alarm support'])
  })

  it('is told once for a long wait, at its time', () => {
    const bench = new Bench().pbx(joins('1')).pass(179_999)
    expect(bench.announced).toEqual([])
    expect(bench.pass(10 * MINUTE).announced).toEqual(['queue-alarm support'])
  })

  it('is not told again after a reconnect', () => {
    const bench = new Bench().pbx(...six.map(id => joins(id)))
    bench.reconnect(5000, waits(six, 5)).pass(10 * MINUTE)
    expect(bench.announced).toEqual(['queue-alarm support'])
  })

  it('is not made of a wait that nobody sees', () => {
    const bench = new Bench().pbx(joins('1'))
    bench.reconnect(20 * MINUTE, waits([], 0)).pass(10 * MINUTE)
    expect(bench.announced).toEqual([])
  })

  it('is told when it came while nobody saw it, once', () => {
    const bench = new Bench()
    bench.reconnect(MINUTE, waits(six, 30)).pbx(joins('7')).reconnect(MINUTE, waits(six, 90)).pass(10 * MINUTE)
    expect(bench.announced).toEqual(['queue-alarm support'])
  })
})

it('what is an alarm by other thresholds is shown as one at once, and whoever moved them is not told', () => {
  const bench = new Bench().pbx(joins('1'), joins('2'))
  expect(bench.tables.queues.support?.level).toBe('calm')
  bench.configure({ busyWaiting: 1, alarmWaiting: 2, busySeconds: 60, alarmSeconds: 180 })
  expect(bench.tables.queues.support?.level).toBe('alarm')
  expect(bench.configure({ busyWaiting: 2, alarmWaiting: 9, busySeconds: 60, alarmSeconds: 180 }).tables.queues.support?.level).toBe('busy')
  expect(bench.announced).toEqual([])
})

describe('a caller who gave up', () => {
  it('is one row with its tries, and stays one over a reconnect', () => {
    const bench = new Bench().pbx(joins('1'), gives('1')).reconnect(5000, { queues: lists.queues, queueMembers: lists.members, queueCallers: [], channels: [] })
    bench.pass(MINUTE).pbx(joins('1'), gives('1'))
    expect(Object.values(bench.tables.todo)).toMatchObject([{ kind: 'queue', queue: 'support', attempts: 2, done: false }])
  })

  it('is no row of mine while I am not in that queue', () => {
    const bench = new Bench().pbx({ type: 'queue.memberRemoved', queue: 'support', interface: 'PJSIP/1001' }, joins('1'), gives('1'))
    expect(bench.tables.todo).toEqual({})
  })
})

describe('a call that I missed', () => {
  const ring: ChannelSnapshot = { uniqueid: '9' as Uniqueid, name: 'PJSIP/1001-9', state: 'ringing', caller: { number: '1001', name: null } }
  const rings: readonly Timeless[] = [{ type: 'channel.created', channel: { ...caller('8'), state: 'ring' } }, { type: 'dial.begun', source: { ...caller('8'), state: 'ring' }, destination: ring, dialString: '1001' }, { type: 'channel.changed', channel: ring }]
  const ended: readonly Timeless[] = [{ type: 'dial.ended', source: caller('8'), destination: ring, status: 'cancel', forward: null }, { type: 'channel.hungUp', channel: ring, cause: 16, causeText: null, techCause: null }, { type: 'channel.hungUp', channel: caller('8'), cause: 16, causeText: null, techCause: null }]

  it('is told once, and not again after reconnects', () => {
    const bench = new Bench().pbx(...rings).pass(3000).pbx(...ended).pass(MINUTE)
    expect(bench.announced).toEqual(['call-missed 8'])
    const nobody: PbxSnapshot = { queues: lists.queues, queueMembers: lists.members, queueCallers: [], channels: [] }
    bench.reconnect(5000, nobody).reconnect(5000, nobody).pass(MINUTE)
    expect(bench.announced).toEqual(['call-missed 8'])
    expect(Object.values(bench.tables.todo)).toMatchObject([{ attempts: 1 }])
  })

  it('is not called missed when nobody saw how it ended', () => {
    const nobody: PbxSnapshot = { queues: lists.queues, queueMembers: lists.members, queueCallers: [], channels: [] }
    const bench = new Bench().pbx(...rings).pass(1000).reconnect(20_000, nobody).pass(MINUTE).reconnect(1000, nobody).pass(MINUTE)
    expect([bench.announced, Object.values(bench.tables.recents).map(({ outcome }) => outcome)]).toEqual([[], ['unknown']])
  })
})

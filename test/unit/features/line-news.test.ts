import type { DeskState } from '../../../main/features/desk.ts'
import type { DeskConfig, DeskInput } from '../../../main/features/types.ts'
import type { ChannelSnapshot, DatabaseValues, PbxEvent } from '../../../main/pbx/events.ts'
import type { Uniqueid } from '../../../main/pbx/ids.ts'
import { describe, expect, it } from 'vitest'
import { createDesk, step } from '../../../main/features/desk.ts'
import { deskOfLab } from '../../support/labs.ts'

const START = 1_795_400_000_000
const config: DeskConfig = deskOfLab('22')
const NOTHING_SET: DatabaseValues = { 'DND/1001': null, 'CF/1001': null, 'CFB/1001': null, 'CFU/1001': null }

/** A desk at a clock: says when it had my line read, in ms since the beginning. */
class Bench {
  readonly reads: number[] = []
  readonly #timers = new Map<string, number>()
  #desk: DeskState = createDesk(config)

  constructor(database: DatabaseValues | null = NOTHING_SET) {
    this.#take({ kind: 'pbx', event: { type: 'pbx.replaced', snapshot: database === null ? {} : { database }, at: START }, at: START })
    this.#take({ kind: 'link', online: true, at: START })
  }

  at(ms: number, ...events: readonly Omitted[]): this {
    this.#runTimers(START + ms)
    for (const event of events)
      this.#take({ kind: 'pbx', event: { ...event, at: START + ms }, at: START + ms })
    return this
  }

  offline(ms: number): this {
    this.#take({ kind: 'link', online: false, at: START + ms })
    return this
  }

  #runTimers(until: number): void {
    for (;;) {
      const [due] = [...this.#timers].filter(([, at]) => at <= until).sort((a, b) => a[1] - b[1])
      if (!due)
        return
      this.#timers.delete(due[0])
      this.#take({ kind: 'timer', key: due[0], at: due[1] })
    }
  }

  #take(input: DeskInput): void {
    const { state, effects } = step(this.#desk, input)
    this.#desk = state
    for (const effect of effects) {
      if (effect.type === 'timer.start')
        this.#timers.set(effect.key, input.at + effect.delayMs)
      if (effect.type === 'pbx.read' && effect.what === 'line')
        this.reads.push(input.at - START)
    }
  }
}

type Omitted = PbxEvent extends infer E ? E extends PbxEvent ? Omit<E, 'at'> : never : never

const lamp: Omitted = { type: 'device.changed', device: 'Custom:DND1001', state: 'busy' }
const dialling = (exten: string, name = 'PJSIP/1001-1', number = '1001'): ChannelSnapshot => ({ uniqueid: name as Uniqueid, name, state: 'ring', caller: { number, name: null }, exten, context: 'internal' })
const begins = (channel: ChannelSnapshot): Omitted => ({ type: 'channel.created', channel })
const answers = ({ uniqueid, name }: ChannelSnapshot): Omitted => ({ type: 'channel.changed', channel: { uniqueid, name, state: 'up' } })
const ends = (channel: ChannelSnapshot): Omitted => ({ type: 'channel.hungUp', channel, cause: 16, causeText: null, techCause: null })

describe('what the database keeps of my line is read again', () => {
  it.each<[string, Omitted]>([
    ['my lamp changes', lamp],
    ['the lamp of my forward changes', { type: 'device.changed', device: 'Custom:CF1001', state: 'inuse' }],
    ['my hint changes, and no call of mine says why', { type: 'extension.changed', exten: '1001', context: 'hints', bits: 2 }],
    ['my presence changes', { type: 'presence.changed', provider: 'CustomPresence:1001', exten: null, context: null, state: 'dnd', subtype: null, message: null }],
    ['a dialplan tells something of me', { type: 'user.told', words: ['DND', '1001'] }],
  ])('when %s', (_, event) => {
    expect(new Bench().at(0, event).at(5000).reads).toEqual([150])
  })

  it('when a call of my phone has ended', () => {
    const call = dialling('*721002')
    expect(new Bench().at(0, begins(call)).at(400, ends(call)).at(5000).reads).toEqual([550])
  })

  it('while my phone listens to what a code says, until it has ended', () => {
    const call = dialling('*78')
    expect(new Bench().at(0, begins(call), answers(call)).at(2500, ends(call)).at(9000).reads).toEqual([150, 1150, 2150, 3150])
  })

  it('not for ever while a phone stays at a code', () => {
    const call = dialling('*78')
    expect(new Bench().at(0, begins(call), answers(call)).at(59_000).reads).toHaveLength(16)
  })

  it('when a code was run for me by another program', () => {
    const call = dialling('*78', 'Local/*78@internal-1;2')
    expect(new Bench().at(0, begins(call)).at(100, ends(call)).at(5000).reads).toEqual([250])
  })
})

describe('it is not read', () => {
  it.each<[string, readonly Omitted[]]>([
    ['for the lamp of another', [{ type: 'device.changed', device: 'Custom:DND1002', state: 'busy' }]],
    ['for the hint of another', [{ type: 'extension.changed', exten: '1002', context: 'hints', bits: 2 }]],
    ['for what is told of another', [{ type: 'user.told', words: ['DND', '1002'] }]],
    ['for a call of another', [begins(dialling('600', 'PJSIP/1002-1', '1002')), ends(dialling('600', 'PJSIP/1002-1', '1002'))]],
    ['for a hint that a call of mine explains', [begins(dialling('600')), { type: 'extension.changed', exten: '1001', context: 'hints', bits: 1 }]],
  ])('%s', (_, events) => {
    expect(new Bench().at(0, ...events).at(5000).reads).toEqual([])
  })

  it('where the account has never been told', () => {
    expect(new Bench(null).at(0, lamp).at(5000).reads).toEqual([])
  })

  it('more often than once a second, and the last change is seen', () => {
    const bench = new Bench()
    for (let ms = 0; ms <= 3000; ms += 50)
      bench.at(ms, lamp)
    expect(bench.at(9000).reads).toEqual([150, 1150, 2150, 3150])
  })

  it('while nobody is there to answer, and it is again afterwards', () => {
    expect(new Bench().at(0, lamp).offline(100).at(5000).reads).toEqual([])
  })
})

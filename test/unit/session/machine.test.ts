import type { MachineInput, MachineState } from '../../../main/ami/session/machine.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { initialState, reduce, statusOf } from '../../../main/ami/session/machine.ts'
import { AppError } from '../../../main/errors.ts'

const context = { secured: false, now: 1000, random: 1 }
const BANNER = 'Asterisk Call Manager/11.0.0'

function after(inputs: readonly MachineInput[], secured = false): MachineState {
  return inputs.reduce<MachineState>((state, input) => reduce(state, input, { ...context, secured }).state, initialState)
}

const toGreeting: readonly MachineInput[] = [{ type: 'start' }, { type: 'opened' }]
const toLogin: readonly MachineInput[] = [...toGreeting, { type: 'greeted', line: BANNER }, { type: 'challenged', challenge: '1' }]
const toOnline: readonly MachineInput[] = [...toLogin, { type: 'loggedIn' }, { type: 'learned', actions: null }, { type: 'synced' }]

describe('the machine of a session', () => {
  it('asks for a challenge without TLS and logs in plainly inside TLS', () => {
    const ordersOf = (secured: boolean): readonly string[] =>
      reduce(after(toGreeting), { type: 'greeted', line: BANNER }, { ...context, secured }).orders.map(order => order.do)
    expect(ordersOf(false)).toEqual(['challenge', 'arm'])
    expect(ordersOf(true)).toEqual(['login', 'arm'])
  })

  it('never orders a plain login without TLS, whatever comes', () => {
    fc.assert(fc.property(fc.array(anyInput(), { maxLength: 40 }), (inputs) => {
      let state = initialState
      for (const input of inputs) {
        const step = reduce(state, input, context)
        state = step.state
        if (step.orders.some(order => order.do === 'login' && order.challenge === null))
          return false
      }
      return true
    }))
  })

  it('drops a link exactly when it leaves it, and never opens a second one', () => {
    fc.assert(fc.property(fc.array(anyInput(), { maxLength: 60 }), (inputs) => {
      let state = initialState
      let linked = false
      for (const input of inputs) {
        const step = reduce(state, input, context)
        for (const order of step.orders) {
          if (order.do === 'connect') {
            expect(linked).toBe(false)
            linked = true
          }
          if (order.do === 'drop') {
            expect(linked).toBe(true)
            linked = false
          }
        }
        state = step.state
        expect(linked).toBe(state.at !== 'offline' && state.at !== 'waiting')
      }
    }))
  })

  it('comes online step by step', () => {
    expect(toOnline.map((_, index) => statusOf(after(toOnline.slice(0, index + 1))).status)).toEqual([
      'connecting',
      'connecting',
      'authenticating',
      'authenticating',
      'authenticating',
      'syncing',
      'online',
    ])
  })

  it.each<MachineInput>([{ type: 'opened' }, { type: 'synced' }, { type: 'learned', actions: null }, { type: 'challenged', challenge: '' }, { type: 'retryDue' }])('ignores $type where it does not belong', (input) => {
    const online = after(toOnline)
    expect(reduce(online, input, context)).toEqual({ state: online, orders: [] })
  })

  it('knows what the account may do when it learns more of it online', () => {
    const actions = new Set(['park'])
    expect(reduce(after(toOnline), { type: 'learned', actions }, context)).toMatchObject({ state: { at: 'online', server: { banner: BANNER, actions } }, orders: [] })
  })

  it.each([
    ['a close before the first word', toGreeting, { type: 'closed', error: null, heard: false }, 'too-many-sessions'],
    ['a reset before the first word', toGreeting, { type: 'closed', error: new Error('ECONNRESET'), heard: false }, 'connection-lost'],
    ['a close within the first line', toGreeting, { type: 'closed', error: null, heard: true }, 'not-asterisk'],
    ['another first line', toGreeting, { type: 'greeted', line: 'SSH-2.0-OpenSSH_9.6' }, 'not-asterisk'],
    ['a proxy that greets in its own name', toGreeting, { type: 'greeted', line: 'Asterisk Call Manager Proxy/1.21' }, 'not-asterisk'],
    ['silence', toGreeting, { type: 'overdue', heard: false }, 'no-banner'],
    ['a first line without end', toGreeting, { type: 'overdue', heard: true }, 'not-asterisk'],
    ['silence after the login', toLogin, { type: 'overdue', heard: true }, 'login-timeout'],
    ['a close after the login was sent', toLogin, { type: 'closed', error: null, heard: true }, 'connection-lost'],
    ['no connection in time', [{ type: 'start' }], { type: 'overdue', heard: false }, 'connect-timeout'],
  ] as const)('calls %s by its name', (_, before, input, code) => {
    expect(statusOf(after([...before, input]))).toMatchObject({ status: 'waiting', reason: { code } })
  })

  it.each(['login-refused', 'challenge-refused', 'secret-missing', 'secret-unreadable'] as const)('does not try again by itself after %s', (code) => {
    expect(statusOf(after([...toLogin, { type: 'failed', error: new AppError(code, '') }]))).toMatchObject({ status: 'offline', reason: { code } })
  })

  it('waits longer from failure to failure, up to a minute, and forgets them once the link has lasted', () => {
    const failure: MachineInput = { type: 'failed', error: new AppError('connection-lost', '') }
    const waits: number[] = []
    let state = initialState
    for (let attempt = 1; attempt <= 8; attempt++) {
      state = reduce(state, attempt === 1 ? { type: 'start' } : { type: 'retryDue' }, context).state
      state = reduce(state, failure, context).state
      waits.push(state.at === 'waiting' ? state.retryAt - context.now : 0)
    }
    expect(waits).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000])

    const again = [{ type: 'retryDue' } as const, ...toOnline.slice(1)]
    const unstable = again.reduce((each, input) => reduce(each, input, context).state, state)
    expect(statusOf(reduce(unstable, failure, context).state)).toMatchObject({ attempt: 9 })
    const stable = reduce(unstable, { type: 'stable' }, context).state
    expect(statusOf(reduce(stable, failure, context).state)).toMatchObject({ attempt: 1 })
  })

  it('spreads the waits over half of their length', () => {
    const failed = (random: number): MachineState => reduce(after(toOnline), { type: 'failed', error: new AppError('connection-lost', '') }, { ...context, random }).state
    expect([failed(0), failed(1)].map(state => state.at === 'waiting' && state.retryAt - context.now)).toEqual([500, 1000])
  })

  it('is not brought back by a retry once it was stopped', () => {
    expect(after([...toOnline, { type: 'stop' }, { type: 'retry' }])).toEqual(initialState)
  })

  it('says goodbye only where it had logged in', () => {
    const goodbye = (inputs: readonly MachineInput[]): readonly unknown[] =>
      reduce(after(inputs), { type: 'stop' }, context).orders.flatMap(order => order.do === 'drop' ? [order.goodbye] : [])
    expect([goodbye([]), goodbye(toGreeting), goodbye(toLogin), goodbye(toOnline)]).toEqual([[], [false], [false], [true]])
  })
})

function anyInput(): fc.Arbitrary<MachineInput> {
  return fc.oneof<fc.Arbitrary<MachineInput>[]>(
    fc.constantFrom<MachineInput>(
      { type: 'start' },
      { type: 'stop' },
      { type: 'retry' },
      { type: 'opened' },
      { type: 'loggedIn' },
      { type: 'synced' },
      { type: 'retryDue' },
      { type: 'stable' },
      { type: 'learned', actions: null },
      { type: 'overdue', heard: false },
      { type: 'closed', error: null, heard: true },
      { type: 'challenged', challenge: '7' },
    ),
    fc.constantFrom(BANNER, 'HTTP/1.1 400 Bad Request', '').map(line => ({ type: 'greeted', line })),
    fc.constantFrom('login-refused' as const, 'connection-lost' as const, 'challenge-refused' as const).map(code => ({ type: 'failed', error: new AppError(code, '') })),
  )
}

import { screen, within } from '@testing-library/vue'
import { beforeEach, describe, expect, it } from 'vitest'
import { failed } from '../support/fake-bridge.ts'
import { openMain } from '../support/open-window.ts'
import { aLine, anAgent, aQueue, aQueueCaller, aQueueMember, aTodo, byId, NOON, somePreferences } from '../support/rows.ts'

const line = { 1001: aLine({ pauseReasons: ['Lunch', 'Training'] }) }
const card = (name = 'support'): HTMLElement => screen.getByRole('region', { name })
const press = (name: string | RegExp): HTMLElement => within(card()).getByRole('button', { name })

beforeEach(() => localStorage.clear())

describe('a queue', () => {
  it('says how it goes', async () => {
    const { pass } = await openMain({ tables: { line, queues: byId(aQueue({ waiting: 3, longestSince: NOON - 102_000, level: 'busy', members: { total: 5, free: 1, busy: 2, paused: 1, away: 1 } })) } })
    for (const words of ['Busy', '3', '1:42', '1 free · 2 busy · 1 paused · 1 away', '91 % within 20 s · 0:12 wait on average · 30 answered · 2 gave up', 'You take calls'])
      expect(within(card()).getByText(words)).toBeTruthy()
    await pass(2000)
    expect(within(card()).getByText('1:44')).toBeTruthy()
  })

  it('leaves out what the server does not tell', async () => {
    await openMain({ tables: { line, queues: byId(aQueue({ holdSeconds: null, completed: null, abandoned: null, servicePercent: null })) } })
    expect(card().textContent).not.toMatch(/within|average|answered|gave up/)
  })

  it('tells no share and no average of nobody', async () => {
    await openMain({ tables: { line, queues: byId(aQueue({ holdSeconds: 0, completed: 0, abandoned: 0, servicePercent: 0 })) } })
    expect(within(card()).getByText('0 answered · 0 gave up')).toBeTruthy()
    expect(card().textContent).not.toMatch(/within|average/)
  })

  it.each([['calm', 'Calm'], ['busy', 'Busy'], ['alarm', 'Alarm']] as const)('says its level %s in words too', async (level, words) => {
    await openMain({ tables: { line, queues: byId(aQueue({ level })) } })
    expect(within(card()).getByText(words)).toBeTruthy()
  })

  it('is paused with a reason of the administrator', async () => {
    const { user, bridge } = await openMain({ tables: { line, queues: byId(aQueue()) } })
    await user.click(press('Pause'))
    await user.click(press('Lunch'))
    expect(bridge.inputsOf('queue.pause')).toEqual([{ queue: 'support', paused: true, reason: 'Lunch' }])
  })

  it('is paused with a reason in own words, by keyboard', async () => {
    const { user, bridge } = await openMain({ tables: { line: { 1001: aLine() }, queues: byId(aQueue()) } })
    await user.click(press('Pause'))
    await user.keyboard('Dentist{Enter}')
    expect(bridge.inputsOf('queue.pause')).toEqual([{ queue: 'support', paused: true, reason: 'Dentist' }])
  })

  it('counts the pause and ends it', async () => {
    const { user, bridge, pass } = await openMain({ tables: { line, queues: byId(aQueue({ mine: { interface: 'PJSIP/1001', paused: true, reason: 'Lunch', since: NOON - 65_000, dynamic: true } })) } })
    expect(within(card()).getByText('Paused: Lunch')).toBeTruthy()
    expect(within(card()).getByRole('timer').textContent).toBe('1:05')
    await pass(1000)
    expect(within(card()).getByRole('timer').textContent).toBe('1:06')
    await user.click(press('Resume'))
    expect(bridge.inputsOf('queue.pause')).toEqual([{ queue: 'support', paused: false, reason: null }])
  })

  it.each([
    [null, 'Log in', 'queue.login'],
    [aQueue().mine, 'Log out', 'queue.logout'],
  ] as const)('with my membership %o has “%s”', async (mine, name, command) => {
    const { user, bridge } = await openMain({ tables: { line, queues: byId(aQueue({ mine })) } })
    await user.click(press(name))
    expect(bridge.inputsOf(command)).toEqual([{ queue: 'support' }])
  })

  it('says why somebody whom the administrator put there cannot log out', async () => {
    await openMain({ tables: { line, queues: byId(aQueue({ mine: { interface: 'PJSIP/1001', paused: false, reason: null, since: null, dynamic: false } })) } })
    const button = within(card()).getByRole<HTMLButtonElement>('button', { name: 'Log out' })
    expect([button.disabled, button.title]).toEqual([true, 'Your administrator has put you in this queue for good.'])
  })

  it('greys what the account may not do, with the reason', async () => {
    await openMain({ tables: { line: { 1001: aLine({ missing: { queuePause: 'not-permitted' } }) }, queues: byId(aQueue()) } })
    const button = within(card()).getByRole<HTMLButtonElement>('button', { name: 'Pause' })
    expect([button.disabled, button.title]).toEqual([true, 'Your account on the server may not do this.'])
  })

  it('says why it did not work', async () => {
    const { user, bridge } = await openMain({ tables: { line, queues: byId(aQueue({ mine: null })) } })
    bridge.answer('queue.login', () => failed('no-such-queue'))
    await user.click(press('Log in'))
    expect(within(card()).getByText('There is no such queue on the server any more.')).toBeTruthy()
  })

  it('shows who waits and who works, on demand', async () => {
    const { user } = await openMain({ tables: { line, queues: byId(aQueue()), queueCallers: byId(aQueueCaller({ id: 'b', position: 2, caller: { number: '', display: '', name: null } }), aQueueCaller()), queueMembers: byId(
      aQueueMember({ paused: true, reason: 'Lunch', pausedSince: NOON - 65_000 }),
      aQueueMember({ id: 'm2', name: 'Ben Okafor', state: 'inuse', isMe: false, callsTaken: 1, lastCallAt: null }),
      aQueueMember({ id: 'm3', queue: 'sales', name: 'Elsewhere', isMe: false }),
    ) } })
    await user.click(press('Callers and members of support'))
    const said = (name: string): string[] => within(within(card()).getByRole('list', { name })).getAllByRole('listitem').map(each => each.textContent?.replace(/\s+/g, ' ').trim() ?? '')
    expect(said('Callers waiting')).toEqual(['1Anna Schmidt+49 30 9018200:30', '2Number withheld0:30'])
    expect(said('Members')).toEqual(['Anna Schmidt(you)Paused: Lunch · 1:053 callslast 09:55', 'Ben OkaforOn a call1 call'])
  })
})

describe('my agent', () => {
  const agent = (): HTMLElement => screen.getByRole('region', { name: 'Agent Anna Schmidt' })
  const open = (over: Parameters<typeof anAgent>[0]): ReturnType<typeof openMain> => openMain({ tables: { line: { 1001: aLine({ agent: anAgent(over) }) }, queues: byId(aQueue()) } })

  it('is shown with the time since it logged in, and logged out', async () => {
    const { user, bridge, pass } = await open({})
    expect(within(agent()).getByText('Logged in')).toBeTruthy()
    await pass(1000)
    expect(within(agent()).getByRole('timer').textContent).toBe('1:06')
    await user.click(within(agent()).getByRole('button', { name: 'Log agent out' }))
    expect(bridge.inputsOf('agent.logout')).toHaveLength(1)
  })

  it('is logged in', async () => {
    const { user, bridge } = await open({ state: 'out', since: null })
    expect(within(agent()).getByText('Logged out')).toBeTruthy()
    expect(within(agent()).queryByRole('timer')).toBeNull()
    await user.click(within(agent()).getByRole('button', { name: 'Log agent in' }))
    expect(bridge.inputsOf('agent.login')).toHaveLength(1)
  })

  it('leaves after the call that goes on', async () => {
    await open({ state: 'oncall' })
    expect(within(agent()).getByText('On a queue call')).toBeTruthy()
    expect(within(agent()).getByRole('button', { name: 'Log out after this call' })).toBeTruthy()
  })

  it('says why it cannot be logged in', async () => {
    await open({ state: 'out', since: null, refused: 'no-feature-code' })
    const button = within(agent()).getByRole<HTMLButtonElement>('button', { name: 'Log agent in' })
    expect([button.disabled, button.title]).toEqual([true, expect.stringContaining('no code is set')])
  })

  it('is not shown where the server has none of mine', async () => {
    await openMain({ tables: { line, queues: byId(aQueue()) } })
    expect(screen.queryByRole('region', { name: /^Agent/ })).toBeNull()
  })
})

describe('all my queues at once', () => {
  const two = byId(aQueue(), aQueue({ id: 'sales' }))

  it('are paused with a reason', async () => {
    const { user, bridge } = await openMain({ tables: { line, queues: two } })
    await user.click(screen.getByRole('button', { name: 'Pause in all' }))
    await user.click(screen.getByRole('button', { name: 'Training' }))
    expect(bridge.inputsOf('queue.pause')).toEqual([{ queue: null, paused: true, reason: 'Training' }])
  })

  it('are left at once', async () => {
    const { user, bridge } = await openMain({ tables: { line, queues: two } })
    await user.click(screen.getByRole('button', { name: 'Log out of all' }))
    expect(bridge.inputsOf('queue.logout')).toEqual([{ queue: null }])
  })

  it('are gone on with at once', async () => {
    const paused = { interface: 'PJSIP/1001', paused: true, reason: null, since: null, dynamic: true }
    const { user, bridge } = await openMain({ tables: { line, queues: byId(aQueue({ mine: paused }), aQueue({ id: 'sales', mine: paused })) } })
    await user.click(screen.getByRole('button', { name: 'Resume in all' }))
    expect(bridge.inputsOf('queue.pause')).toEqual([{ queue: null, paused: false, reason: null }])
    expect(screen.queryByRole('button', { name: 'Pause in all' })).toBeNull()
  })

  it('are logged in to at once', async () => {
    const { user, bridge } = await openMain({ tables: { line, queues: byId(aQueue({ mine: null }), aQueue({ id: 'sales', mine: null })) } })
    await user.click(screen.getByRole('button', { name: 'Log in to all' }))
    expect(bridge.inputsOf('queue.login')).toEqual([{ queue: null }])
  })
})

describe('calls to return', () => {
  const list = (): HTMLElement => screen.getByRole('region', { name: 'To call back' })

  it('are called back, and done with', async () => {
    const { user, bridge } = await openMain({ tables: { line, todo: byId(aTodo({ attempts: 3 })) } })
    expect(within(list()).getByText('3 tries')).toBeTruthy()
    await user.click(within(list()).getByRole('button', { name: 'Call back Anna Schmidt' }))
    expect(bridge.inputsOf('dial.start')).toEqual([{ text: '+4930901820', name: 'Anna Schmidt' }])
    await user.click(within(list()).getByRole('button', { name: 'Mark Anna Schmidt as done' }))
    expect(bridge.inputsOf('todo.done')).toEqual([{ id: 'todo-1', done: true }])
  })

  it('hide what is done until it is asked for, and take it back', async () => {
    const { user, bridge } = await openMain({ tables: { line, todo: byId(aTodo({ done: true })) } })
    expect(within(list()).getByText('All called back')).toBeTruthy()
    await user.click(within(list()).getByRole('button', { name: 'Show 1 done' }))
    await user.click(within(list()).getByRole('button', { name: 'Mark Anna Schmidt as not done' }))
    expect(bridge.inputsOf('todo.done')).toEqual([{ id: 'todo-1', done: false }])
  })

  it.each([
    [{ kind: 'queue', queue: 'support' }, 'Queue support'],
    [{ kind: 'group', queue: null }, 'Group'],
    [{ kind: 'missed', queue: null }, 'Rang only you'],
  ] as const)('say for %o: %s', async (over, words) => {
    await openMain({ tables: { line, todo: byId(aTodo(over)) } })
    expect(within(list()).getByText(words)).toBeTruthy()
  })

  it('offer no call to a withheld number', async () => {
    await openMain({ tables: { line, todo: byId(aTodo({ caller: { number: '', display: '', name: null } })) } })
    expect(within(list()).getAllByRole('button').map(button => button.getAttribute('aria-label'))).toEqual(['Mark Number withheld as done'])
  })
})

describe('the settings of queues', () => {
  it('keep from when a queue is busy or in alarm', async () => {
    const { user, bridge } = await openMain({ tables: { line, queues: byId(aQueue()) } })
    await user.click(screen.getByRole('button', { name: 'Settings' }))
    const field = screen.getByRole('spinbutton', { name: 'Alarm from this many callers' })
    await user.clear(field)
    await user.type(field, '9')
    await user.tab()
    expect(bridge.inputsOf('preferences.set')).toEqual([{ queueLevels: { ...somePreferences().queueLevels, alarmWaiting: 9 } }])
  })

  it('keep nothing that is no number', async () => {
    const { user, bridge } = await openMain({ tables: { line, queues: byId(aQueue()) } })
    await user.click(screen.getByRole('button', { name: 'Settings' }))
    await user.clear(screen.getByRole('spinbutton', { name: 'Busy after this many seconds' }))
    await user.tab()
    expect(screen.getByText('A whole number, 1 or more')).toBeTruthy()
    expect(bridge.inputsOf('preferences.set')).toEqual([])
  })

  it('keep the reasons for a pause, one a line', async () => {
    const { user, bridge } = await openMain({ tables: { line, queues: byId(aQueue()) } })
    await user.click(screen.getByRole('button', { name: 'Settings' }))
    await user.type(screen.getByRole('textbox', { name: 'Reasons for a pause' }), 'Lunch{Enter} {Enter}Training{Enter}Lunch')
    await user.tab()
    expect(bridge.inputsOf('preferences.set')).toEqual([{ pauseReasons: ['Lunch', 'Training'] }])
  })
})

import type { AgentView, Tables } from '#contract/tables.ts'
import type { Program } from '../../support/program.ts'
import type { DeskOptions } from '../support/office.ts'
import type { Talk } from '../support/talking.ts'
import { expect, it } from 'vitest'
import { describeAsterisk } from '../support/describe-asterisk.ts'
import { alertIn, anyAlert, anyRecent, callIn, KARLA, useOffice } from '../support/office.ts'
import { doneIn, ended } from '../support/talking.ts'

const codes = { agent: '2100', agentLogin: '7500' }
const agentOf = ({ line }: Tables): AgentView | null | undefined => line['1001']?.agent
const isCalledIn = (queue: string) => ({ queueMembers }: Tables): boolean => Object.values(queueMembers).find(one => one.queue === queue)?.state === 'idle'
const agentIs = (state: AgentView['state']) => (tables: Tables): AgentView | undefined | false | null => agentOf(tables)?.state === state && agentOf(tables)

await describeAsterisk('my agent', (program) => {
  const office = useOffice(program)

  it('is logged in by a call of my phone, and logged out by a button', async () => {
    const { phones, sitDown, witness } = office()
    const { window } = await sitDown({ codes })
    expect(agentOf(window.tables)).toEqual({ id: '2100', name: 'Alice One', state: 'out', since: null, refused: null })
    phones[1001].behaviour = 'answer'
    const before = Date.now()
    expect(await doneIn(window, window.ask('agent.login'))).toMatchObject({ kind: 'agentLogin', subject: 'Alice One' })
    expect(await witness.event('AgentLogin')).toMatchObject({ Agent: '2100' })
    expect(agentOf(window.tables)).toMatchObject({ state: 'idle', refused: null })
    // Told in whole seconds.
    expect(agentOf(window.tables)?.since).toBeGreaterThan(before - 1000)
    expect(agentOf(window.tables)?.since).toBeLessThanOrEqual(Date.now() + 1000)
    expect(await window.invoke('agent.login')).toMatchObject({ ok: false, error: { code: 'already-so' } })

    expect(await doneIn(window, window.ask('agent.logout'))).toMatchObject({ kind: 'agentLogout' })
    expect(await witness.event('AgentLogoff')).toMatchObject({ Agent: '2100' })
    expect(agentOf(window.tables)).toMatchObject({ state: 'out', since: null })
    await window.until('my phone is free', ({ calls }) => Object.keys(calls).length === 0)
    expect(await window.invoke('agent.logout')).toMatchObject({ ok: false, error: { code: 'already-so' } })
  })

  it('is seen when it logs in at the phone, takes a call of the queue, and leaves after it', async () => {
    const { phones, sitDown, witness } = office()
    const { window } = await sitDown({ codes })
    const own = phones[1001].dial('7500')
    await window.until('it has logged in', agentIs('idle'))
    await window.until('the queue knows', ({ queueMembers }) => Object.values(queueMembers).find(one => one.queue === 'hotline')?.state === 'idle')
    expect(window.tables.queues.hotline?.mine).toMatchObject({ interface: 'Local/2100@agent-calls', dynamic: false })
    const calling = phones.trunk.dial('5558002', KARLA)
    await window.until('it talks', agentIs('oncall'))
    const call = await window.until('to whom', ({ calls }) => Object.values(calls).find(({ queue, state }) => queue === 'hotline' && state === 'up'))
    expect(call).toMatchObject({ peer: KARLA, state: 'up', answeredAt: expect.any(Number) })
    expect(call.answeredAt).toBeGreaterThan(call.startedAt)
    expect(await doneIn(window, window.ask('agent.logout'))).toMatchObject({ kind: 'agentLeave' })
    expect(agentOf(window.tables)).toMatchObject({ state: 'oncall' })
    expect(own.state).toBe('answered')
    await calling.hangUp()
    await window.until('it has gone', agentIs('out'))
    expect(await witness.event('AgentLogoff')).toMatchObject({ Agent: '2100' })
  })

  it('waits again when the call is over, and then talks to nobody', async () => {
    const { phones, sitDown } = office()
    const { window } = await sitDown({ codes })
    const own = phones[1001].dial('7500')
    await window.until('the queue knows', ({ queueMembers }) => Object.values(queueMembers).find(one => one.queue === 'hotline')?.state === 'idle')
    const calling = phones.trunk.dial('5558002', KARLA)
    await window.until('to whom', ({ calls }) => Object.values(calls).some(({ queue, state }) => queue === 'hotline' && state === 'up'))
    const late = await sitDown({ codes })
    expect(agentOf(late.window.tables)).toMatchObject({ state: 'oncall' })
    expect(Object.values(late.window.tables.calls)).toMatchObject([{ peer: KARLA }])
    await calling.hangUp()
    await window.until('it waits', agentIs('idle'))
    await window.until('nobody', ({ calls }) => Object.values(calls).every(({ peer, queue }) => peer.number === '7500' && queue === null))
    await late.window.until('it waits', agentIs('idle'))
    await own.hangUp()
    await window.until('it has gone', agentIs('out'))
  })

  it('is called with a popup, has a card of its own for the call, and a row of it', async () => {
    const { phones, sitDown } = office()
    const { window } = await sitDown({ codes })
    const own = phones[1001].dial('7500')
    await window.until('the queue knows', isCalledIn('hotline'))
    const calling = phones.trunk.dial('5558002', KARLA)
    const alert = await window.until('a popup', anyAlert)
    expect(alert).toMatchObject({ caller: KARLA, queue: 'hotline', waitedSince: expect.any(Number) })
    const call = await window.until('we talk', callIn(alert.id, 'up'))
    expect(call).toMatchObject({ peer: KARLA, queue: 'hotline', direction: 'in', device: 'PJSIP/1001' })
    expect(Object.keys(window.tables.calls)).toEqual([alert.id])
    expect(await window.until('taken', alertIn(alert.id, 'answered-here'))).toMatchObject({ caller: KARLA })
    await calling.hangUp()
    expect(await window.until('a row', anyRecent)).toMatchObject({ id: alert.id, direction: 'in', outcome: 'answered', peer: KARLA, queue: 'hotline', talkMs: expect.any(Number) })
    await window.until('it waits', agentIs('idle'))
    expect(own.state).toBe('answered')
  })

  it('ends a call by a button, or sends it on, and waits for the next', async () => {
    const { phones, sitDown, witness } = office()
    const { window } = await sitDown({ codes })
    const own = phones[1001].dial('7500')
    await window.until('the queue knows', isCalledIn('hotline'))
    const calling = phones.trunk.dial('5558002', KARLA)
    const { id } = await window.until('a popup', anyAlert)
    await window.until('we talk', callIn(id, 'up'))
    // Whoever is let go before the queue has seen the answer is called again.
    await window.until('nobody waits', ({ queueCallers }) => Object.keys(queueCallers).length === 0)
    await window.ask('call.hangup', { id })
    await calling.ended
    await window.until('it waits', agentIs('idle'))
    expect(own.state).toBe('answered')

    await window.until('the queue knows', isCalledIn('hotline'))
    phones[1002].behaviour = 'answer'
    const again = phones.trunk.dial('5558002', KARLA)
    const next = await window.until('the next', ({ calls }) => Object.values(calls).find(one => one.id !== id && one.queue === 'hotline' && one.state === 'up' && one.can.includes('blind')))
    expect(await doneIn(window, window.ask('call.transfer', { id: next.id, to: '1002', name: null, kind: 'blind' }))).toMatchObject({ kind: 'blind' })
    await witness.event('BlindTransfer')
    await window.until('it waits', agentIs('idle'))
    expect([own.state, again.state]).toEqual(['answered', 'answered'])
    expect(phones[1002].calls.map(({ state }) => state)).toEqual(['answered'])
    await window.until('my card is gone', ({ calls }) => calls[next.id] === undefined)
  })

  /** My agent, logged in at my phone, talks to Karla, and the queue has seen that. */
  async function talkAsAgent(login = '7500', wishes: DeskOptions = {}): Promise<Program & Talk> {
    const { phones, sitDown } = office()
    const program = await sitDown({ codes, ...wishes })
    const { window } = program
    const phone = phones[1001].dial(login)
    await window.until('the queue knows', isCalledIn('hotline'))
    const calling = phones.trunk.dial('5558002', KARLA)
    const call = await window.until('we talk', ({ calls }) => Object.values(calls).find(one => one.queue === 'hotline' && one.state === 'up' && one.can.includes('consult')))
    await window.until('nobody waits', ({ queueCallers }) => Object.keys(queueCallers).length === 0)
    return { ...program, phone, calling, call }
  }

  it.each(['complete', 'cancel', 'caller leaves'] as const)('asks a colleague before it hands over, and stays logged in: %s', async (end) => {
    const { phones } = office()
    const { window, phone, calling, call } = await talkAsAgent()
    const asked = doneIn(window, window.ask('call.consult', { id: call.id, to: '1002' }))
    const second = await phones[1001].nextCall()
    await phone.hold()
    second.answer()
    const bobs = await phones[1002].nextCall()
    bobs.answer()
    await asked
    expect(await window.until('we talk', ({ calls }) => calls[call.id]?.consult?.state === 'up' && calls[call.id])).toMatchObject({ peer: KARLA, state: 'held', can: expect.arrayContaining(['complete', 'cancelConsult']) })
    if (end === 'complete') {
      await doneIn(window, window.ask('call.complete', { id: call.id }))
      await window.until('they talk', ({ people }) => people['1002@hints']?.with?.number === KARLA.number && people['1002@hints']?.withState === 'up')
      expect([calling.state, bobs.state]).toEqual(['answered', 'answered'])
    }
    else if (end === 'cancel') {
      await doneIn(window, window.ask('call.cancelConsult', { id: call.id }))
      await bobs.ended
      await phone.hold(false)
      await window.until('we talk', ({ calls }) => calls[call.id]?.state === 'up' && calls[call.id]?.consult === null)
      expect(calling.state).toBe('answered')
      await calling.hangUp()
    }
    else {
      await calling.hangUp()
      await window.until('a row', ({ recents }) => recents[call.id])
      expect([second.state, bobs.state]).toEqual(['answered', 'answered'])
      await second.hangUp()
    }
    await window.until('it waits', agentIs('idle'))
    expect(phone.state).toBe('answered')
    await window.until('only my agent', ({ calls }) => Object.values(calls).every(({ peer }) => peer.number === '7500'))
    await window.until('the queue knows', isCalledIn('hotline'))
  })

  it.each(['complete', 'cancel', 'conference', 'caller leaves', 'bob leaves'] as const)('asks a colleague by keys, and stays logged in: %s', async (end) => {
    const { phones } = office()
    const { window, phone, calling, call } = await talkAsAgent('7502')
    const asked = doneIn(window, window.ask('call.consult', { id: call.id, to: '1002' }))
    const bobs = await phones[1002].nextCall()
    bobs.answer()
    await asked
    expect(await window.until('we talk', ({ calls }) => calls[call.id]?.consult?.state === 'up' && calls[call.id])).toMatchObject({ peer: KARLA })
    if (end === 'complete') {
      await doneIn(window, window.ask('call.complete', { id: call.id }))
      await window.until('they talk', ({ people }) => people['1002@hints']?.with?.number === KARLA.number && people['1002@hints']?.withState === 'up')
      expect([calling.state, bobs.state]).toEqual(['answered', 'answered'])
    }
    else if (end === 'cancel') {
      await doneIn(window, window.ask('call.cancelConsult', { id: call.id }))
      await bobs.ended
      await window.until('we talk', ({ calls }) => calls[call.id]?.state === 'up' && calls[call.id]?.consult === null)
      expect(calling.state).toBe('answered')
      await calling.hangUp()
    }
    else if (end === 'conference') {
      await doneIn(window, window.ask('call.conference', { id: call.id }))
      expect([phone.state, calling.state, bobs.state]).toEqual(['answered', 'answered', 'answered'])
      await bobs.hangUp()
      await window.until('we two talk', ({ calls }) => calls[call.id]?.state === 'up' && !calls[call.id]?.conference)
      await calling.hangUp()
    }
    else if (end === 'bob leaves') {
      await bobs.hangUp()
      await window.until('we talk', ({ calls }) => calls[call.id]?.state === 'up' && calls[call.id]?.consult === null)
      await calling.hangUp()
    }
    else {
      await calling.hangUp()
      await window.until('a row', ({ recents }) => recents[call.id])
      expect(await window.until('Bob is there', ({ calls }) => Object.values(calls)[0])).toMatchObject({ direction: 'out', state: 'up', peer: { number: '1002' }, consult: null })
      expect([phone.state, bobs.state]).toEqual(['answered', 'answered'])
      await bobs.hangUp()
      await window.until('two rows', ({ recents }) => Object.keys(recents).length === 2)
      expect(Object.values(window.tables.recents).map(({ direction, outcome, peer }) => `${direction} ${outcome} ${peer.name}`).sort()).toEqual(['in answered Karla Customer', 'out answered Bob Two'])
    }
    await window.until('it waits', agentIs('idle'))
    expect(phone.state).toBe('answered')
    await window.until('only my agent', ({ calls }) => Object.values(calls).every(({ peer }) => peer.number === '7502'))
    await window.until('the queue knows', isCalledIn('hotline'))
  })

  it('goes on at another phone of mine, and my agent is free', async () => {
    const other = await office().server.roamingPhone()
    expect(await other.register()).toBe(200)
    const { window, phone, calling, call } = await talkAsAgent('7500', { line: { devices: ['PJSIP/1001', 'PJSIP/1004'] } })
    const moved = doneIn(window, window.ask('call.move', { id: call.id, device: 'PJSIP/1004' }));
    (await other.nextCall()).answer()
    await moved
    await window.until('it waits', agentIs('idle'))
    expect([phone.state, calling.state]).toEqual(['answered', 'answered'])
    expect(await window.until('Karla there', ({ calls }) => Object.values(calls).find(one => one.state === 'up' && one.device?.includes('1004')))).toMatchObject({ peer: KARLA })
    await calling.hangUp()
    expect(await other.register(0)).toBe(200)
  })

  it('does to a call what ends with it, and refuses what would not', async () => {
    const { witness } = office()
    const { window, phone, calling, call } = await talkAsAgent('7500', { account: 'recorder', codes: { ...codes, conference: '3000' } })
    expect(call.can).toEqual(expect.arrayContaining(['record', 'timeout', 'park']))
    for (const act of ['conference', 'mute'] as const)
      expect(call.can).not.toContain(act)
    expect(await window.invoke('call.conference', { id: call.id })).toMatchObject({ ok: false, error: { code: 'agent-line' } })
    expect(await window.invoke('call.mute', { id: call.id, on: true })).toMatchObject({ ok: false, error: { code: 'agent-line' } })
    await doneIn(window, window.ask('call.record', { id: call.id, do: 'start' }))
    expect(window.tables.calls[call.id]?.recording).toBe('on')
    await doneIn(window, window.ask('call.timeout', { id: call.id, seconds: 1 }))
    // A record that my agent's own leg bore would go on with the next caller, and its time would log it out.
    expect(await witness.event('MixMonitorStart', {})).toMatchObject({ Channel: expect.stringMatching(/trunk/) })
    expect(await calling.ended).toMatchObject({ by: 'them' })
    await window.until('it waits', agentIs('idle'))
    expect(phone.state).toBe('answered')
    expect(await window.until('my phone waits', ({ calls }) => Object.values(calls).find(one => one.peer.number === '7500'))).toMatchObject({ recording: null, muted: false, endsAt: null })
  })

  it('parks a call, and stays logged in', async () => {
    const { window, phone, calling, call } = await talkAsAgent()
    await doneIn(window, window.ask('call.park', { id: call.id, lot: null, forWhom: null }))
    const row = await window.until('a row', tables => Object.values(tables.parked)[0])
    expect(row).toMatchObject({ caller: KARLA })
    await window.until('it waits', agentIs('idle'))
    expect([phone.state, calling.state]).toEqual(['answered', 'answered'])
  })

  it('takes a call by its key, and misses one whose caller gives up before', async () => {
    const { phones, sitDown } = office()
    const { window } = await sitDown({ codes: { agent: '2101', agentLogin: '7501' } })
    const own = phones[1001].dial('7501')
    await window.until('the queue knows', isCalledIn('careful'))
    const calling = phones.trunk.dial('5558003', KARLA)
    const { id } = await window.until('a popup', anyAlert)
    expect(await window.until('it rings', callIn(id, 'ringing'))).toMatchObject({ peer: KARLA, queue: 'careful', answeredAt: null })
    own.press('#')
    await window.until('we talk', callIn(id, 'up'))
    // Until then the server calls it giving up.
    await window.until('nobody waits', ({ queueCallers }) => Object.keys(queueCallers).length === 0)
    await calling.hangUp()
    await window.until('a row', ({ recents }) => recents[id]?.outcome === 'answered')

    await window.until('the queue knows', isCalledIn('careful'))
    const other = phones[1002].dial('8003')
    const lost = await window.until('the next', ({ alerts }) => Object.values(alerts).find(one => one.id !== id && one.state === 'ringing'))
    await other.hangUp()
    await window.until('missed', alertIn(lost.id, 'missed'))
    expect(await window.until('a row', ({ recents }) => recents[lost.id])).toMatchObject({ outcome: 'missed', queue: 'careful', peer: { number: '1002' } })
    expect(await window.until('to return', ({ todo }) => Object.values(todo)[0])).toMatchObject({ kind: 'queue', queue: 'careful', caller: { number: '1002' } })
  })

  it('talks at once to who comes without a queue', async () => {
    const { phones, sitDown } = office()
    const { window } = await sitDown({ codes })
    phones[1001].dial('7500')
    await window.until('it is free', isCalledIn('hotline'))
    const calling = phones.trunk.dial('5558004', KARLA)
    const { id } = await window.until('a popup', anyAlert)
    expect(await window.until('we talk', callIn(id, 'up'))).toMatchObject({ peer: KARLA, queue: null, direction: 'in' })
    await calling.hangUp()
    expect(await window.until('a row', anyRecent)).toMatchObject({ id, outcome: 'answered', peer: KARLA })
  })

  it('is known to somebody who connects later, and at a phone of mine whatever its number', async () => {
    const { phones, sitDown } = office()
    const own = phones[1001].dial('7500')
    await own.answered
    const { window } = await sitDown()
    expect(await window.until('it is known', agentIs('idle'))).toMatchObject({ id: '2100', name: 'Alice One' })
    await own.hangUp()
    // Nothing says any more that it is mine.
    await window.until('it has gone', tables => agentOf(tables) === null)
    expect(await window.invoke('agent.login')).toMatchObject({ ok: false, error: { code: 'no-agent' } })
  })

  it('is not logged in where nobody said how, or the phone is not lifted', async () => {
    const { phones, sitDown } = office()
    const lost = await sitDown({ codes: { agent: '2100' } })
    expect(agentOf(lost.window.tables)).toMatchObject({ refused: 'no-feature-code' })
    expect(await lost.window.invoke('agent.login')).toMatchObject({ ok: false, error: { code: 'no-feature-code' } })
    const { window } = await sitDown({ codes })
    phones[1001].behaviour = { refuse: 603 }
    const { id } = await window.ask('agent.login')
    expect(await window.until('an answer', ended(id))).toMatchObject({ state: 'failed', error: { code: 'phone-declined' } })
    expect(agentOf(window.tables)).toMatchObject({ state: 'out' })
  })
})

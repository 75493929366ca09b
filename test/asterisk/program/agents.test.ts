import type { AgentView, Tables } from '#contract/tables.ts'
import { expect, it } from 'vitest'
import { describeAsterisk } from '../support/describe-asterisk.ts'
import { KARLA, useOffice } from '../support/office.ts'
import { doneIn, ended } from '../support/talking.ts'

const codes = { agent: '2100', agentLogin: '7500' }
const agentOf = ({ line }: Tables): AgentView | null | undefined => line['1001']?.agent
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
    const call = await window.until('to whom', ({ calls }) => Object.values(calls).find(({ peer, queue }) => peer.number === KARLA.number && queue === 'hotline'))
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
    await window.until('to whom', ({ calls }) => Object.values(calls).some(({ queue }) => queue === 'hotline'))
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

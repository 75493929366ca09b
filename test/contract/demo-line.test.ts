import type { ActView, AgentView, CallView, Tables } from '#contract/tables.ts'
import type { DemoDesk } from '../support/demo-desk.ts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDemoDesk } from '../support/demo-desk.ts'

const karla = { name: 'Customer Karla', number: '+12125550100' }
const agentIs = (state: AgentView['state']) => ({ line }: Tables): AgentView | false => line['1001']?.agent?.state === state && line['1001'].agent

/** What test/asterisk asks of real servers, asked of the demo. */
describe('my line in the demo office', () => {
  let demo: DemoDesk['demo']
  let window: DemoDesk['window']
  let stop: DemoDesk['stop']

  beforeEach(async () => {
    ({ demo, window, stop } = await openDemoDesk())
  })
  afterEach(() => stop())

  async function done(asked: Promise<{ readonly id: string }>): Promise<ActView> {
    const { id } = await asked
    return window.until('done', ({ acts }) => acts[id]?.state === 'done' && acts[id])
  }

  async function talk(): Promise<CallView> {
    const call = demo.incoming(karla)
    await window.until('a popup', ({ alerts }) => Object.values(alerts)[0])
    call.answer()
    return window.until('talking', ({ calls }) => Object.values(calls).find(one => one.state === 'up'))
  }

  it('shows do not disturb that was set at the phone', async () => {
    demo.doNotDisturb('1001', 'In a meeting')
    await window.until('it is on', ({ line }) => line['1001']?.dnd === 'on')
    demo.doNotDisturb('1001', null)
    await window.until('it is off', ({ line }) => line['1001']?.dnd === 'off')
  })

  it('has an agent that is logged in by a call and out by a button', async () => {
    expect(window.tables.line['1001']?.agent).toEqual({ id: '2100', name: 'Alex Winter', state: 'out', since: null, refused: null })
    expect(await done(window.ask('agent.login'))).toMatchObject({ kind: 'agentLogin', subject: 'Alex Winter' })
    await window.until('it is in', agentIs('idle'))
    expect(await done(window.ask('agent.logout'))).toMatchObject({ kind: 'agentLogout' })
    await window.until('it is out', agentIs('out'))
    await window.until('my phone is free', ({ calls }) => Object.keys(calls).length === 0)
  })

  it('offers every act on a call, the conference too, and it comes about', async () => {
    const call = await talk()
    expect(window.tables.calls[call.id]?.can).toEqual(['hangup', 'blind', 'consult', 'voicemail', 'conference', 'park', 'dtmf', 'record', 'mute', 'timeout'])
    expect(await done(window.ask('call.conference', { id: call.id }))).toMatchObject({ kind: 'conference' })
    expect(window.tables.calls[call.id]).toMatchObject({ conference: true, state: 'up' })
    await window.ask('call.hangup', { id: call.id })
    await window.until('over', ({ calls }) => Object.keys(calls).length === 0)
  })
})

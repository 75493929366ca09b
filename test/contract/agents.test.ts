import type { Tables } from '#contract/tables.ts'
import type { ActRequest } from '../../main/features/acts/request.ts'
import type { AgentSnapshot } from '../../main/pbx/events.ts'
import type { Recording } from '../support/recording.ts'
import { describe, expect, it } from 'vitest'
import { toAmi } from '../../main/ami/translate/actions.ts'
import { agentItemOf } from '../../main/ami/translate/agent-events.ts'
import { limitsOf } from '../../main/ami/translate/limits.ts'
import { createTranslator } from '../../main/ami/translate/translate.ts'
import { planAct } from '../../main/features/acts/plan.ts'
import { createDesk, step } from '../../main/features/desk.ts'
import { createProjector } from '../../main/ipc/project.ts'
import { deskOfLab } from '../support/labs.ts'
import { readRecording } from '../support/recording.ts'
import { connected } from '../support/rows.ts'

const OLD: readonly string[] = ['1.2', '1.4', '1.8', '11']
const NEW = ['16', '22'] as const
const nameOf = (version: string): string => OLD.includes(version) ? `${version}/agents` : `${version}/r-agent.companion`
const dialectOf = (version: string) => version === '1.2' || version === '1.4' ? 'legacy' as const : OLD.includes(version) ? 'middle' as const : 'modern' as const

/** The desk of who logs in there, beside the lists that the server gave meanwhile. */
function play(recording: Recording, agent: string, agentLogin = '') {
  const config = deskOfLab(recording.version, OLD.includes(recording.version) ? '1003' : '1001')
  const codes = { ...config.office.codes, agent, agentLogin }
  const translator = createTranslator()
  const project = createProjector()
  const lists: { readonly said: readonly AgentSnapshot[], readonly known: readonly AgentSnapshot[] }[] = []
  const shown: Tables['line'][string]['agent'][] = []
  const peers = new Set<string>()
  const start = { kind: 'link', online: true, at: 0 } as const
  let desk = step(createDesk({ ...config, office: { ...config.office, codes } }), start).state
  desk = step(desk, { kind: 'server', limits: limitsOf({ actions: null, dialect: dialectOf(recording.version) }), at: 0 }).state
  let items: AgentSnapshot[] = []
  for (const { at, ...moment } of recording.moments) {
    if (moment.kind !== 'said')
      continue
    const { message } = moment
    const item = message.name === 'Agents' ? agentItemOf(message) : null
    if (item)
      items.push(item)
    if (message.name === 'AgentsComplete') {
      // The first list is what the desk reads when it connects.
      if (lists.length === 0)
        desk = step(desk, { kind: 'pbx', event: { type: 'pbx.replaced', snapshot: { agents: items }, at }, at }).state
      lists.push({ said: items, known: desk.pbx.agents.values() })
      items = []
    }
    if (message.get('Privilege') !== undefined) {
      for (const event of translator.translate(message, at))
        desk = step(desk, { kind: 'pbx', event, at }).state
    }
    const tables = project(desk, connected(), {})
    const row = tables.line[config.extension]?.agent ?? null
    for (const { peer } of row?.state === 'oncall' ? Object.values(tables.calls) : [])
      peers.add(peer.number)
    if (row?.state !== shown.at(-1)?.state || row?.refused !== shown.at(-1)?.refused)
      shown.push(row)
  }
  return { desk, lists, peers, shown, plan: (kind: 'agentLogin' | 'agentLogout') => planAct(desk, { kind } satisfies ActRequest, 'act') }
}

const states = (agents: readonly AgentSnapshot[]): readonly string[] => agents.map(({ agent, state }) => `${agent} ${state}`).toSorted()

describe.each([...OLD, ...NEW])('agents at Asterisk %s', (version) => {
  const recording = readRecording(nameOf(version))

  it('are what the server itself lists, whenever it is asked', () => {
    const { lists } = play(recording, '1234')
    expect(lists.length).toBeGreaterThan(0)
    expect(lists.map(({ known }) => states(known))).toEqual(lists.map(({ said }) => states(said)))
  })
})

it.each([
  ['1.2', ['out', 'idle', 'oncall', 'idle', 'out', 'idle', 'oncall', 'idle', 'out']],
  ['1.4', ['out', 'idle', 'oncall', 'idle', 'out', 'idle', 'oncall', 'idle', 'out']],
  ['1.8', ['out', 'idle', 'oncall', 'idle', 'out']],
  ['11', ['out', 'idle', 'oncall', 'idle', 'out']],
])('my agent at %s comes, talks and goes', (version, story) => {
  expect(play(readRecording(nameOf(version)), '1234').shown.flatMap(row => row?.state ?? []).filter((state, index, all) => state !== all[index - 1])).toEqual(story)
})

it.each(['1.8', '11'])('who waits for calls at %s is shown to talk to the caller, not to the number that it logged in at', (version) => {
  const { peers } = play(readRecording(nameOf(version)), '1234')
  expect([...peers]).toEqual(['02083361234'])
})

it('is mine when it logs in at my phone, whatever its number', () => {
  const rows = play(readRecording('22/r-agent.companion'), '9999').shown
  expect(rows.find(row => row !== null)).toMatchObject({ id: '2100', state: 'idle' })
})

it.each(['1.2', '1.4'])('logs in by its own action at %s, to be called at my number', (version) => {
  const { plan } = play(readRecording(nameOf(version)), '1234')
  const planned = plan('agentLogin')
  const [[action]] = 'steps' in planned ? planned.steps as [[Parameters<typeof toAmi>[0]]] : [[{ do: 'agentLogoff' as const, agent: '', soft: false }]]
  expect(toAmi(action, 'legacy')).toEqual({ name: 'AgentCallbackLogin', fields: { Agent: '1234', Exten: '1003', Context: 'default' } })
})

it.each(['1.8', '11', '22'])('logs in by a call of my phone at %s, where the number for it is known', (version) => {
  const recording = readRecording(nameOf(version))
  const agent = version === '22' ? '2100' : '1234'
  expect(play(recording, agent).plan('agentLogin')).toEqual({ refused: 'no-feature-code' })
  expect(play(recording, agent, '75{extension}').plan('agentLogin')).toMatchObject({ kind: 'agentLogin', steps: [], dial: { number: version === '22' ? '751001' : '751003' } })
})

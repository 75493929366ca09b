import type { MyCall } from '../../main/features/my-call.ts'
import type { Played } from '../support/desk-player.ts'
import { describe, expect, it } from 'vitest'
import { inputsOf, play } from '../support/desk-player.ts'
import { deskOfLab } from '../support/labs.ts'
import { readRecording } from '../support/recording.ts'

const [CALLBACK, WAITING] = [['1.2', '1.4'], ['1.8', '11']]
const NEW = ['16', '22'] as const

/** The desk of who is the agent there. */
function played(name: string, agent: string): Played {
  const recording = readRecording(name)
  const isNew = /^(?:16|22)\//.test(name)
  const config = deskOfLab(recording.version, isNew ? '1001' : '1003')
  const { office } = config
  const line = { ...config, office: { ...office, codes: { ...office.codes, agent } } }
  return play(inputsOf(recording, line), line)
}

const queues = ({ desk }: Played) => desk.recents.filter(({ direction }) => direction === 'in').map(({ outcome, queue, peer }) => [outcome, queue, peer.number])

describe.each(NEW)('who is given to my agent at %s', (version) => {
  it('rings, is talked to, and is a row of its own; who comes next is another', () => {
    const { story, popups, ...all } = played(`${version}/r-agent-call.companion`, '2100')
    expect(story).toEqual([
      'calls',
      'answered ? <7500>',
      'rings Karla Customer <+15550100> through hotline',
      'answered Karla Customer <+15550100>',
      'ended answered',
      'rings Bob Two <1002> through hotline',
      'answered Bob Two <1002>',
      'ended answered',
      // My phone is hung up, and with it the agent logs out.
      'ended answered',
    ])
    expect(popups).toHaveLength(2)
    expect(queues({ story, popups, ...all })).toEqual([['answered', 'hotline', '1002'], ['answered', 'hotline', '+15550100']])
    expect(all.desk.recents.every(({ talkMs }) => talkMs !== null && talkMs > 0)).toBe(true)
  })

  it('is there without a ring where no queue stands between', () => {
    const { story, popups } = played(`${version}/r-agent-direct.companion`, '2100')
    expect(story).toEqual([
      'calls',
      'answered ? <7500>',
      'rings Karla Customer <+15550100>',
      'answered Karla Customer <+15550100>',
      'ended answered',
      'ended answered',
    ])
    expect(popups).toHaveLength(1)
  })

  it('is missed when it is not taken by the key, and is one call however often it rings', () => {
    const all = played(`${version}/r-agent-ignores.companion`, '2101')
    expect(all.story).toEqual([
      'calls',
      'answered ? <7501>',
      'rings Karla Customer <+15550100> through careful',
      'ended missed',
      'rings again',
      'ended missed',
      'ended answered',
    ])
    expect(all.popups).toHaveLength(1)
    expect(queues(all)).toEqual([['missed', 'careful', '+15550100']])
    expect(all.effects.filter(effect => effect.type === 'announce')).toMatchObject([{ what: 'call-missed' }])
  })
})

it.each(WAITING)('who is given to my agent at %s is called, talked to and written down', (version) => {
  const all = played(`${version}/agents`, '1234')
  expect(all.story).toEqual([
    'calls',
    'answered ? <610>',
    'rings John Caller <02083361234>',
    'answered John Caller <02083361234>',
    'ended answered',
    'ended answered',
  ])
  expect(queues(all)).toEqual([['answered', 'agentq', '02083361234']])
})

it.each(CALLBACK)('an agent that is rung at my phone at %s is no second call, one that waits there is', (version) => {
  const all = played(`${version}/agents`, '1234')
  expect(all.popups).toHaveLength(2)
  expect(all.story.filter(line => line.startsWith('rings'))).toEqual(['rings John Caller <02083361234>', 'rings John Caller <02083361234> through agentq'])
  expect(queues(all)).toEqual([['answered', 'agentq', '02083361234'], ['answered', null, '02083361234']])
})

it.each([...NEW.map(version => [`${version}/r-agent-call.companion`, '2100']), ['11/agents', '1234'], ['1.4/agents', '1234']])('nothing is left in memory of %s', (name, agent = '') => {
  const { desk } = played(name, agent)
  expect(desk.calls satisfies readonly MyCall[]).toEqual([])
  expect(desk.pbx.channels.size).toBe(0)
})

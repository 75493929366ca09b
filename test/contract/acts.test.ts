import type { AlertView, CallView, PersonView, QueueView, Tables } from '#contract/tables.ts'
import type { ActRequest } from '../../main/features/acts/request.ts'
import type { Ability } from '../../main/features/types.ts'
import type { ActStory, Wish } from '../support/act-player.ts'
import { describe, expect, it } from 'vitest'
import { userPart } from '../../main/features/mine.ts'
import { playActs } from '../support/act-player.ts'
import { deskOfLab } from '../support/labs.ts'
import { readRecording } from '../support/recording.ts'

const MODERN = ['16', '22'] as const

interface Play {
  readonly wishes?: readonly Wish[]
  readonly extension?: string
  readonly lacks?: readonly Ability[]
  readonly conference?: string
}

function play(name: string, { wishes = [], extension = '1001', lacks = [], conference = '' }: Play = {}): ActStory {
  const recording = readRecording(name)
  const config = deskOfLab(recording.version, extension)
  const { office } = config
  return playActs(recording, { ...config, office: { ...office, codes: { ...office.codes, conference } } }, wishes, { missing: {}, lacks: new Set(lacks) })
}

/** Asked for in the place of the recorded request, of the call that goes on. */
function wish(instead: string, ask: (call: string, tables: Tables) => ActRequest): Wish {
  return { instead, ask: tables => ask(Object.keys(tables.calls)[0] ?? '', tables) }
}

/** What a window showed, each change once. */
function shown<Row>(story: ActStory, rows: (tables: Tables) => Readonly<Record<string, Row>>, say: (row: Row) => string): readonly string[] {
  const lines = story.views.map(tables => Object.values(rows(tables)).map(say).join(', '))
  return lines.filter((line, index) => line !== lines[index - 1])
}

const secondCall = ({ peer, consult, talkingTo }: CallView): string => `${peer.number} ${talkingTo === 'peer' ? '←' : '…'} ${consult ? `${consult.to.number} ${consult.state}` : '-'}`
const calls = (tables: Tables): Tables['calls'] => tables.calls

describe('an attended transfer by the server', () => {
  const consult = wish('a2', call => ({ kind: 'consult', call, number: '1002', name: null }))

  it.each(MODERN)('shows whom I ask and how far that is, and is done when I have gone: %s', (version) => {
    const story = play(`${version}/e-atxfer-complete-by-hangup-action.companion`, { wishes: [consult, wish('a3', call => ({ kind: 'complete', call }))] })
    expect(story.acts).toEqual(['consult asked', 'consult done', 'complete asked', 'complete done'])
    expect(story.actions).toMatchObject([{ do: 'transferAttended', exten: '1002', context: 'internal' }, { do: 'hangup', channel: expect.stringMatching(/^PJSIP\/1001-/) }])
    expect(shown(story, calls, secondCall).slice(0, 5)).toEqual(['', '+15550100 ← -', '+15550100 … 1002 calling', '+15550100 … 1002 ringing', '+15550100 … 1002 up'])
  })

  it.each(MODERN)('gives the first call back when I think better of it: %s', (version) => {
    const story = play(`${version}/e-atxfer-cancel.companion`, { wishes: [consult, wish('a3', call => ({ kind: 'cancelConsult', call }))] })
    expect(story.acts).toEqual(['consult asked', 'consult done', 'cancelConsult asked', 'cancelConsult done'])
    expect(shown(story, calls, secondCall)).toEqual(['', '+15550100 ← -', '+15550100 … 1002 calling', '+15550100 … 1002 ringing', '+15550100 ← 1002 ringing', '+15550100 ← -', ''])
  })

  it.each(MODERN)('says so when nobody takes the second call, and the first is mine again: %s', (version) => {
    const story = play(`${version}/e-atxfer-target-busy.companion`, { wishes: [wish('a2', call => ({ kind: 'consult', call, number: '0420555999', name: null }))] })
    expect(story.acts).toEqual(['consult asked', 'consult failed consult-failed'])
    expect(shown(story, calls, secondCall).slice(-2)).toEqual(['+15550100 ← -', ''])
  })

  it('says that nobody has the number, and that the first call waits', () => {
    const story = play('22/e-atxfer-unknown.companion', { wishes: [wish('a2', call => ({ kind: 'consult', call, number: '424242', name: null }))] })
    expect(story.acts).toEqual(['consult asked', 'consult failed no-such-extension'])
    expect(story.views.at(-1)?.calls).toMatchObject({ [Object.keys(story.views.at(-1)?.calls ?? {})[0] ?? '']: { heldBy: 'me', consult: null } })
  })

  it.each(['e-atxfer-cancel-talking'])('gives the first call back when the second has begun: %s', (name) => {
    const story = play(`22/${name}.companion`, { wishes: [consult, wish('a3', call => ({ kind: 'cancelConsult', call }))] })
    expect(story.acts).toEqual(['consult asked', 'consult done', 'cancelConsult asked', 'cancelConsult done'])
    expect(story.actions.map(action => action.do)).toEqual(['transferAttended', 'cancelAttended'])
  })

  it('tells what can be done with the two calls, and nothing else meanwhile', () => {
    const story = play('22/e-atxfer.companion', { wishes: [consult] })
    const during = story.views.flatMap(tables => Object.values(tables.calls)).find(call => call.consult?.state === 'up')
    expect(during?.can).toEqual(['hangup', 'complete', 'swap', 'cancelConsult', 'conference', 'dtmf', 'record', 'mute', 'timeout'])
  })

  it('asks nothing of a server without Atxfer but a second call of my phone', () => {
    const story = play('22/e-atxfer.companion', { wishes: [consult], lacks: ['transferAttended'] })
    expect(story.actions).toMatchObject([{ do: 'originate', channel: 'PJSIP/1001', exten: '1002' }])
  })
})

it.each([...MODERN.map(version => `${version}/e-phone-refer-attended.companion`), '1.2/transfer_attended_sip', '1.4/transfer_attended_sip', '11/transfer_attended_sip'].filter(name => name !== '16/e-phone-refer-attended.companion'))('two calls of my phone are the two ends of a transfer: %s', (name) => {
  const held = play(name).views.flatMap(tables => Object.values(tables.calls)).filter(call => call.heldBy === 'me' && call.consult?.state === 'up')
  expect(held.map(({ peer, consult }) => `${peer.number} ${consult?.to.number}`)).toContain(name.startsWith('22') ? '+15550100 1002' : '02083361234 1002')
  expect(held.every(call => call.can.includes('complete'))).toBe(true)
})

it.each(MODERN)('joins two calls of mine: %s', (version) => {
  const story = play(`${version}/e-bridge-action.companion`, {
    wishes: [wish('a2', (_, tables) => ({ kind: 'complete', call: Object.values(tables.calls).find(call => call.heldBy === 'me')?.id ?? '' }))],
  })
  expect(story.acts).toEqual(['complete asked', 'complete done'])
  expect(story.actions).toMatchObject([{ do: 'bridge', one: expect.stringMatching(/^PJSIP\/trunk-/), two: expect.stringMatching(/^PJSIP\/1002-/) }])
})

describe('a blind transfer', () => {
  const blind = wish('a2', call => ({ kind: 'blind', call, number: '1002', name: 'Bob Two' }))

  it.each(MODERN)('is done when my leg has gone and theirs goes on: %s', (version) => {
    const story = play(`${version}/e-blindtransfer-action.companion`, { wishes: [blind] })
    expect(story.acts).toEqual(['blind asked', 'blind done'])
    expect(story.actions).toMatchObject([{ do: 'transferBlind', channel: expect.stringMatching(/^PJSIP\/1001-/), exten: '1002' }])
  })

  it.each(MODERN)('moves their channel where the account may not transfer: %s', (version) => {
    const story = play(`${version}/e-redirect-blind.companion`, { wishes: [blind], lacks: ['transferBlind'] })
    expect(story.acts).toEqual(['blind asked', 'blind done'])
    expect(story.actions).toMatchObject([{ do: 'redirect', channel: expect.stringMatching(/^PJSIP\/trunk-/), exten: '1002' }])
  })

  it.each(['1.2', '1.4'])('does so at a server of %s', (version) => {
    const recording = readRecording(`${version}/redirect_blind`)
    const request = recording.moments.flatMap(moment => moment.kind === 'said' && /redirect successful/i.test(moment.message.get('Message') ?? '') ? [moment.message.get('ActionID') ?? ''] : [])[0] ?? ''
    const story = play(`${version}/redirect_blind`, { wishes: [wish(request, call => ({ kind: 'blind', call, number: '1002', name: null }))], lacks: ['transferBlind'] })
    expect(story.acts).toEqual(['blind asked', 'blind done'])
  })

  it.each(MODERN)('that leads nowhere has killed the call, and says so: %s', (version) => {
    const story = play(`${version}/e-redirect-errors.companion`, { wishes: [wish('a3', call => ({ kind: 'blind', call, number: '99999', name: null }))], lacks: ['transferBlind'] })
    expect(story.acts).toEqual(['blind asked', 'blind failed call-lost'])
  })

  it('to a number that nobody has is a lost call', () => {
    const story = play('22/e-blindtransfer-unknown.companion', { wishes: [wish('a2', call => ({ kind: 'blind', call, number: '424242', name: null }))] })
    expect(story.acts).toEqual(['blind asked', 'blind failed call-lost'])
  })

  it('of a call that has gone from the server fails', () => {
    const story = play('22/e-redirect-errors.companion', { wishes: [wish('a2', call => ({ kind: 'blind', call, number: '1002', name: null }))], lacks: ['transferBlind'] })
    expect(story.acts).toEqual(['blind asked', 'blind failed call-gone'])
  })
})

it.each(MODERN)('both legs meet in a conference: %s', (version) => {
  const story = play(`${version}/e-redirect-extra.companion`, { wishes: [wish('a2', call => ({ kind: 'conference', call }))], conference: '8{extension}' })
  expect(story.actions).toMatchObject([{ do: 'redirectBoth', channel: expect.stringMatching(/^PJSIP\/trunk-/), extra: expect.stringMatching(/^PJSIP\/1001-/), exten: '81001' }])
  expect(story.acts).toEqual(['conference asked', 'conference done'])
})

describe('parking', () => {
  const park = wish('a2', call => ({ kind: 'park', call, lot: null, forWhom: null }))

  it.each(MODERN)('is done when the call is in the lot, with its timer and by whom: %s', (version) => {
    const story = play(`${version}/f-park.companion`, { wishes: [park] })
    expect(story.acts).toEqual(['park asked', 'park done'])
    const [parked] = story.views.flatMap(tables => Object.values(tables.parked))
    expect(parked).toMatchObject({ lot: 'default', space: '701', caller: { number: '+15550100', name: 'Customer Karla' }, parkedBy: 'Alice One', mine: true })
    expect((parked?.returnsAt ?? 0) - (parked?.parkedAt ?? 0)).toBe(60_000)
    expect(Object.values(story.views.at(-1)?.parked ?? {})).toEqual([])
  })

  it.each(MODERN)('the popup says that a call comes back because nobody took it: %s', (version) => {
    const story = play(`${version}/f-park-timeout.companion`, { wishes: [park] })
    const alerts = story.views.flatMap(tables => Object.values(tables.alerts))
    expect(alerts.filter(alert => alert.state === 'ringing').at(-1)?.returned).toEqual({ lot: 'default', space: '701' })
  })

  it.each(['1.2', '1.4', '1.8'])('is seen in the dialect of %s', (version) => {
    const rows = shown(play(`${version}/park`), tables => tables.parked, ({ space, caller, parkedAt, returnsAt }) => `${space} ${caller.number} ${returnsAt === null ? '?' : Math.round((returnsAt - parkedAt) / 1000)}`)
    expect(rows.slice(0, 5)).toEqual(['', '701 02083361234 20', '', '701 02083361234 20', ''])
  })

  it.each(MODERN)('takes a call back from the list: %s', (version) => {
    const request = readRecording(`${version}/f-park-by-originate.companion`).moments.flatMap(moment => moment.kind === 'originated' ? [moment.actionId] : [])[0] ?? ''
    const story = play(`${version}/f-park-by-originate.companion`, {
      extension: '1002',
      wishes: [{ instead: request, ask: tables => ({ kind: 'retrieve', parked: Object.keys(tables.parked)[0] ?? '', confirmed: true }) }],
    })
    expect(story.acts).toEqual(['retrieve asked', 'retrieve done'])
    expect(story.actions).toMatchObject([{ do: 'originate', channel: 'PJSIP/1002', exten: '701', context: 'internal' }])
  })
})

describe('picking up what rings a colleague', () => {
  const pickup = (instead: string): Wish => ({ instead, ask: () => ({ kind: 'pickup', person: '1001@hints', confirmed: true }) })

  it.each(MODERN)('by sending the caller to me: %s', (version) => {
    const story = play(`${version}/m-pickup-redirect-ringing.companion`, { extension: '1002', wishes: [pickup('a2')], lacks: ['originate'] })
    expect(story.actions).toMatchObject([{ do: 'redirect', channel: expect.stringMatching(/^PJSIP\/trunk-/), exten: '1002' }])
    expect(story.acts).toEqual(['pickup asked', 'pickup done'])
  })

  it.each(MODERN)('by the code of the dialplan: %s', (version) => {
    const request = readRecording(`${version}/m-pickup-originate.companion`).moments.flatMap(moment => moment.kind === 'originated' ? [moment.actionId] : [])[0] ?? ''
    const story = play(`${version}/m-pickup-originate.companion`, { extension: '1002', wishes: [pickup(request)] })
    expect(story.actions).toMatchObject([{ do: 'originate', channel: 'PJSIP/1002', exten: '**1001' }])
    expect(story.acts).toEqual(['pickup asked', 'pickup done'])
  })

  it('is offered while it rings, with who calls', () => {
    const rings = play('22/m-pickup-redirect-ringing.companion', { extension: '1002' }).views.flatMap(tables => Object.values(tables.people)).filter((person: PersonView) => person.exten === '1001' && person.canPickUp)
    expect(rings.at(-1)).toMatchObject({ withState: 'ringing', with: { number: '+15550100', name: 'Customer Karla' } })
  })
})

describe('connecting a colleague with a number', () => {
  /** As 1003, who is in none of these calls. */
  function connect(name: string): ActStory {
    const asked = readRecording(name).moments.find(moment => moment.kind === 'originated')
    if (asked?.kind !== 'originated')
      throw new Error(`${name} originates nothing`)
    const { actionId, channel, channelId, exten } = asked
    return play(name, {
      extension: '1003',
      wishes: [{
        instead: actionId,
        ask: () => ({ kind: 'connect', person: `${userPart(channel)}@${deskOfLab(readRecording(name).version).hintContext}`, number: exten, display: exten, name: null, confirmed: true }),
        rings: { device: channel, id: channelId ?? actionId },
      }],
    })
  }

  it.each([
    ['1.2/originate_async', 'connect done'],
    ['1.4/originate_async', 'connect done'],
    ['1.8/originate_async', 'connect done'],
    ['22/d-originate-out-ok.companion', 'connect done'],
    ['16/d-originate-ok.companion', 'connect failed person-hung-up'],
    ['22/d-originate-ok.companion', 'connect failed person-hung-up'],
    ['16/d-originate-then-1002-busy.companion', 'connect failed far-busy'],
    ['22/d-originate-then-1002-busy.companion', 'connect failed far-busy'],
    ['22/d-originate-out-busy.companion', 'connect failed far-busy'],
    ['16/d-originate-user-busy.companion', 'connect failed person-phone-busy'],
    ['22/d-originate-user-busy.companion', 'connect failed person-phone-busy'],
    ['22/d-originate-user-declines.companion', 'connect failed person-phone-declined'],
    ['16/d-originate-user-no-answer.companion', 'connect failed person-phone-no-answer'],
    ['22/d-originate-user-no-answer.companion', 'connect failed person-phone-no-answer'],
    ['16/d-originate-unregistered.companion', 'connect failed person-phone-unreachable'],
    ['22/d-originate-unregistered.companion', 'connect failed person-phone-unreachable'],
    ['22/d-originate-invalid-extension.companion', 'connect failed no-such-extension'],
  ])('tells how it went: %s', (name, end) => {
    const story = connect(name)
    expect(story.acts).toEqual(['connect asked', end])
    expect(story.actions).toMatchObject([{ do: 'originate', channel: expect.stringMatching(/^(?:PJ)?SIP\/\d+$/) }])
    expect([story.desk.calls, story.desk.dials, story.desk.recents, story.desk.connects, story.announced]).toEqual([[], [], [], [], []])
  })
})

it.each(MODERN)('a recording is told by events: %s', (version) => {
  const story = play(`${version}/j-recording`, {
    wishes: [
      wish('a2', call => ({ kind: 'record', call, do: 'start' })),
      wish('a3', call => ({ kind: 'record', call, do: 'pause' })),
      wish('a4', call => ({ kind: 'record', call, do: 'stop' })),
    ],
  })
  expect(story.acts).toEqual(['recordStart asked', 'recordStart done', 'recordPause asked', 'recordPause done', 'recordStop asked', 'recordStop done'])
  expect(shown(story, calls, call => call.recording ?? '-')).toEqual(['', '-', 'on', 'paused', '-', ...Array.from({ length: version === '16' ? 2 : 1 }, () => ['on', '-']).flat(), ''])
})

it.each(MODERN)('do not disturb is seen in the hint of my extension, whoever switched it: %s', (version) => {
  const lines = shown(play(`${version}/n-astdb`), tables => tables.line, line => line.dnd)
  expect(lines).toEqual(['unknown', 'on', 'off'])
})

describe('a queue', () => {
  const queue = ({ id, waiting, members, mine }: QueueView): string => `${id} ${waiting} of ${members.total}: ${members.free} free ${members.busy} busy ${members.paused} paused${mine ? `, me ${mine.paused ? `away (${mine.reason})` : 'in'}` : ''}`

  it('tells who is free, who waits and where I am', () => {
    const story = play('22/g-queue.companion')
    const rows = shown(story, tables => tables.queues, queue)
    expect(rows).toContain('support 0 of 1: 0 free 0 busy 1 paused, me away (lunch)')
    expect(rows).toContain('support 1 of 2: 2 free 0 busy 0 paused, me in')
    expect(rows).toContain('support 1 of 2: 0 free 2 busy 0 paused, me in')
    expect(rows.at(-1)).toBe('support 0 of 1: 1 free 0 busy 0 paused')
  })

  it('whose caller gave up is on my list, once', () => {
    expect(play('22/g-queue.companion').desk.todos).toMatchObject([{ kind: 'queue', queue: 'support', caller: { number: '+15550100', name: 'Customer Karla' }, attempts: 1, done: false }])
  })

  it.each(['1.2', '1.4'])('shows who waits, and at which place, in the dialect of %s', (version) => {
    expect(shown(play(`${version}/queue_call`), tables => tables.queueCallers, ({ position, caller }) => `${position} ${caller.number}`).slice(0, 3)).toEqual(['', '1 02083361234', ''])
  })
})

it('a popup offers to send a call on and to park it while it rings', () => {
  const alerts = play('22/a-inbound-answered.companion').views.flatMap(tables => Object.values(tables.alerts))
  const offers = ({ state, canTransfer, canPark }: AlertView): string => `${state} ${canTransfer} ${canPark}`
  expect([...new Set(alerts.map(offers))]).toEqual(['ringing true true', 'answered-here false false'])
})

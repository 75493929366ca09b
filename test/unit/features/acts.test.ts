import type { ActRequest } from '../../../main/features/acts/request.ts'
import type { DeskState } from '../../../main/features/desk.ts'
import type { Ability, DeskConfig, DeskInput, Effect, ServerLimits } from '../../../main/features/types.ts'
import type { ChannelSnapshot, PbxEvent, QueueMemberSnapshot } from '../../../main/pbx/events.ts'
import type { BridgeId, Linkedid, Uniqueid } from '../../../main/pbx/ids.ts'
import { describe, expect, it } from 'vitest'
import { planAct } from '../../../main/features/acts/plan.ts'
import { isRefusal } from '../../../main/features/acts/planned.ts'
import { createDesk, step } from '../../../main/features/desk.ts'
import { defaultOffice } from '../../../main/features/office-config.ts'
import { createProjector } from '../../../main/ipc/project.ts'
import { connected } from '../../support/rows.ts'

const at = 1_795_400_000_000
const config: DeskConfig = {
  extension: '1001',
  hintContext: 'hints',
  devices: ['PJSIP/1001', 'PJSIP/1001-mobile'],
  mailboxes: ['1001@default'],
  dialContext: 'internal',
  voicemailNumber: '*97',
  voicemailExten: '*1001',
  outsidePrefix: '',
  popupLingerMs: 4000,
  office: defaultOffice,
}

const limits = (missing: ServerLimits['missing'] = {}, lacks: readonly Ability[] = []): ServerLimits => ({ missing, lacks: new Set(lacks) })

/** A desk and what it has asked for so far. */
class Bench {
  desk: DeskState = createDesk(config)
  readonly effects: Effect[] = []

  constructor(server: ServerLimits = limits()) {
    this.take({ kind: 'server', limits: server, at }, { kind: 'link', online: true, at })
  }

  take(...inputs: readonly DeskInput[]): this {
    for (const input of inputs) {
      const next = step(this.desk, input)
      this.desk = next.state
      this.effects.push(...next.effects)
    }
    return this
  }

  pbx(...events: readonly PbxEvent[]): this {
    return this.take(...events.map(event => ({ kind: 'pbx' as const, event, at: event.at })))
  }

  refusal(request: ActRequest): string | null {
    const planned = planAct(this.desk, request, 'act')
    return isRefusal(planned) ? planned.refused : null
  }

  ask(request: ActRequest): this {
    expect(this.refusal(request)).toBeNull()
    return this.take({ kind: 'act', id: 'act', request, at })
  }

  /** The answer to the latest request. */
  answer(code: 'ok' | 'not-permitted' | 'unknown-action' | 'call-gone' | 'already-so' | 'not-a-member'): this {
    const last = this.effects.findLast(effect => effect.type === 'pbx.act')
    return this.take({ kind: 'done', key: last?.type === 'pbx.act' ? last.key : '', error: code === 'ok' ? null : { code, message: code }, at })
  }

  timer(key: string): this {
    return this.take({ kind: 'timer', key, at })
  }

  get asked(): readonly string[] {
    return this.effects.flatMap(effect => effect.type === 'pbx.act' ? [effect.action.do] : [])
  }

  get act(): string {
    const [act] = this.desk.acts
    return act ? `${act.kind} ${act.state}${act.error ? ` ${act.error.code}` : ''}` : ''
  }
}

const caller: ChannelSnapshot = { uniqueid: 't1' as Uniqueid, name: 'PJSIP/trunk-1', state: 'ring', caller: { number: '+15550100', name: 'Karla' }, exten: '5551201', linkedid: 't1' as Linkedid }
const mine: ChannelSnapshot = { uniqueid: 'm1' as Uniqueid, name: 'PJSIP/1001-2', state: 'ringing', caller: { number: '1001', name: null }, connected: { number: '+15550100', name: 'Karla' }, linkedid: 't1' as Linkedid }

const bob: ChannelSnapshot = { uniqueid: 'b1' as Uniqueid, name: 'PJSIP/1002-3', state: 'down', caller: { number: '1002', name: 'Bob' }, linkedid: 't1' as Linkedid }

function ringing(bench: Bench): Bench {
  return bench.pbx(
    { type: 'channel.created', channel: caller, at },
    { type: 'dial.begun', source: caller, destination: mine, dialString: '1001', at },
    { type: 'channel.changed', channel: mine, at },
  )
}

function talking(bench: Bench): Bench {
  const bridge = { id: 'b1' as BridgeId }
  return ringing(bench).pbx(
    { type: 'dial.ended', source: caller, destination: mine, status: 'answer', forward: null, at },
    { type: 'bridge.entered', bridge, channel: { ...mine, state: 'up' }, swapped: null, at },
    { type: 'bridge.entered', bridge, channel: { ...caller, state: 'up' }, swapped: null, at },
  )
}

const hungUp = (channel: ChannelSnapshot): PbxEvent => ({ type: 'channel.hungUp', channel, cause: 16, causeText: null, techCause: null, at })
const blind: ActRequest = { kind: 'blind', call: 't1', number: '1002', name: null }

describe('a second click', () => {
  const dial = (id: string, after: number): DeskInput => ({ kind: 'dial', id, number: '1002', display: '1002', name: null, at: at + after })
  const told = ({ desk }: Bench): readonly string[] => desk.dials.map(({ state, error }) => error?.code ?? state)

  it('makes no second call of one, and two seconds later it is meant', () => {
    const bench = new Bench().take(dial('one', 0), dial('two', 1900))
    expect(told(bench)).toEqual(['asking', 'dial-too-fast'])
    expect(bench.asked).toEqual(['originate'])
    // Whoever clicks on and on does not wait for ever.
    expect(told(bench.take(dial('three', 2000)))).toEqual(['asking', 'asking'])
  })

  it('is none where an act dials: that was asked for by itself, just before or just after', () => {
    const parked: PbxEvent = { type: 'parking.parked', parked: { lot: 'default', space: '701', parkee: caller, parker: null, timeoutSeconds: 45, parkedSeconds: null }, at }
    const retrieve: ActRequest = { kind: 'retrieve', parked: 'default/701', confirmed: true }
    const bench = new Bench().pbx({ type: 'channel.created', channel: caller, at }, parked).take(dial('one', -1000)).ask(retrieve).take(dial('two', 1000))
    expect(told(bench)).toEqual(['asking', 'asking', 'asking'])
    expect(bench.refusal(retrieve)).toBe('phone-rings-already')
  })

  it('rings my phone once for the agent that logs in', () => {
    const bench = new Bench()
    const { office } = config
    bench.take({ kind: 'configured', config: { ...config, office: { ...office, codes: { ...office.codes, agent: '2100', agentLogin: '7500' } } }, at }, { kind: 'server', limits: limits({}, ['agentCallback']), at })
    bench.pbx({ type: 'agents.read', agents: [{ agent: '2100', name: null, state: 'out', since: null, call: null, channel: null }], at }).ask({ kind: 'agentLogin' })
    expect(bench.refusal({ kind: 'agentLogin' })).toBe('phone-rings-already')
    expect(bench.asked).toEqual(['originate'])
  })
})

describe('what would not work', () => {
  it.each<[string, ActRequest, string]>([
    ['a call that has gone', { kind: 'hangup', call: 'nobody' }, 'call-gone'],
    ['sending a call to where it comes from', { ...blind, number: '+15550100' }, 'same-number'],
    ['sending a call to my own number', { ...blind, number: '1001' }, 'own-number'],
    ['asking my own number first', { kind: 'consult', call: 't1', number: '1001', name: null }, 'own-number'],
    ['going on without a second call', { kind: 'complete', call: 't1' }, 'no-consult'],
    ['a lot that is not there', { kind: 'park', call: 't1', lot: 'attic', forWhom: null }, 'no-such-lot'],
    ['parking for nobody', { kind: 'park', call: 't1', lot: null, forWhom: '1099@hints' }, 'person-unknown'],
    ['moving to the phone that has it', { kind: 'move', call: 't1', device: 'PJSIP/1001' }, 'same-device'],
    ['moving to the phone of another', { kind: 'move', call: 't1', device: 'PJSIP/1002' }, 'not-my-device'],
    ['a conference where there is no room', { kind: 'conference', call: 't1' }, 'no-feature-code'],
    ['taking back what nobody parked', { kind: 'retrieve', parked: 'default/701', confirmed: true }, 'parked-gone'],
    ['picking up a stranger', { kind: 'pickup', person: '1099@hints', confirmed: true }, 'person-unknown'],
    ['leaving a queue that I am not in', { kind: 'queueLogout', queue: null }, 'not-a-member'],
    ['the mailbox of another', { kind: 'messages', do: 'delete', mailbox: '1002', folder: 'INBOX', ids: ['1'], to: '', confirmed: true }, 'no-such-mailbox'],
    ['deleting without a word', { kind: 'messages', do: 'delete', mailbox: '1001', folder: 'INBOX', ids: ['1'], to: '', confirmed: false }, 'needs-confirmation'],
    ['forwarding to myself', { kind: 'forward', which: 'always', number: '1001' }, 'own-number'],
  ])('is said before anything is asked: %s', (_, request, code) => {
    const bench = talking(new Bench()).pbx({ type: 'pbx.replaced', snapshot: { lots: [{ lot: 'default', firstSpace: 701, lastSpace: 720, timeoutSeconds: 45 }] }, at: at + 1 })
    expect(bench.refusal(request)).toBe(code)
    expect(bench.asked).toEqual([])
  })

  it('is parking where every space is taken', () => {
    const parkee: ChannelSnapshot = { ...bob, state: 'up', linkedid: 'b1' as Linkedid }
    const lots = [{ lot: 'default', firstSpace: 701, lastSpace: 702, timeoutSeconds: 45 }, { lot: 'attic', firstSpace: 801, lastSpace: 801, timeoutSeconds: 45 }]
    const park = (lot: string, space: string): PbxEvent => ({ type: 'parking.parked', parked: { lot, space, parkee, parker: null, timeoutSeconds: 45, parkedSeconds: 0 }, at })
    const bench = talking(new Bench()).pbx({ type: 'pbx.replaced', snapshot: { lots }, at: at + 1 }, { type: 'channel.created', channel: parkee, at }, park('attic', '801'), park('default', '701'))
    const asks = (lot: string | null): string | null => bench.refusal({ kind: 'park', call: 't1', lot, forWhom: null })
    expect([asks('attic'), asks('default'), asks(null)]).toEqual(['lot-full', null, null])
    bench.pbx(park('default', '702'))
    expect([asks('default'), asks(null)]).toEqual(['lot-full', 'lot-full'])
    expect(createProjector()(bench.desk, connected(), {}).calls.t1?.can).toContain('park')
  })

  it('is a transfer of a call that is not answered, unless the caller can be sent on', () => {
    expect(ringing(new Bench()).refusal(blind)).toBeNull()
    expect(ringing(new Bench()).refusal({ kind: 'dtmf', call: 't1', digits: '1' })).toBe('call-not-up')
    expect(ringing(new Bench(limits({}, ['redirect']))).refusal(blind)).toBe('not-permitted')
  })

  it('is named by what the account lacks', () => {
    const bench = talking(new Bench(limits({ park: 'not-permitted', mute: 'not-on-this-server' })))
    expect(bench.refusal({ kind: 'park', call: 't1', lot: null, forWhom: null })).toBe('not-permitted')
    expect(bench.refusal({ kind: 'mute', call: 't1', on: true })).toBe('not-on-this-server')
  })

  it.each<[ServerLimits['missing'], boolean, boolean]>([
    [{}, true, true],
    [{ hangup: 'not-permitted' }, false, true],
    [{ redirect: 'not-permitted' }, true, false],
  ])('is not offered with a call that rings me: %o', (missing, canDecline, canSendToVoicemail) => {
    const bench = ringing(new Bench(limits(missing)))
    expect(Object.values(createProjector()(bench.desk, connected(), missing).alerts)).toMatchObject([{ canDecline, canSendToVoicemail }])
  })

  it('is everything while the server is away', () => {
    expect(talking(new Bench()).take({ kind: 'link', online: false, at }).refusal(blind)).toBe('not-online')
  })
})

describe('a call that rings me and is refused by the server', () => {
  it.each([
    ['alert.decline', 'hangup failed not-permitted'],
    ['alert.toVoicemail', 'voicemail failed not-permitted'],
  ] as const)('is told after %s, and rings on', (kind, told) => {
    expect(ringing(new Bench()).take({ kind, id: 't1', at }).answer('call-gone').act).toBe('')
    const bench = ringing(new Bench()).take({ kind, id: 't1', at }).answer('not-permitted')
    expect(bench.act).toBe(told)
    const { acts, alerts } = createProjector()(bench.desk, connected(), {})
    expect(Object.values(acts)).toMatchObject([{ subject: 'Karla' }])
    expect(alerts.t1).toMatchObject({ state: 'ringing', canDecline: true, canSendToVoicemail: true })
  })

  it('is told once where several phones of mine ring', () => {
    const other: ChannelSnapshot = { ...mine, uniqueid: 'm2' as Uniqueid, name: 'PJSIP/1001-mobile-3' }
    const bench = ringing(new Bench()).pbx({ type: 'channel.created', channel: other, at }, { type: 'dial.begun', source: caller, destination: other, dialString: '1001', at }, { type: 'channel.changed', channel: other, at }).take({ kind: 'alert.decline', id: 't1', at })
    for (const leg of ['m1', 'm2'])
      bench.take({ kind: 'done', key: `act:${leg}`, error: { code: 'not-permitted', message: '' }, at })
    expect(bench.desk.acts).toHaveLength(1)
  })
})

describe('connecting a colleague with a number', () => {
  const connect: Extract<ActRequest, { readonly kind: 'connect' }> = { kind: 'connect', person: '1002@hints', number: '+15550100', display: '+1 555-0100', name: null, confirmed: true }
  const people = (bench: Bench): Bench => bench.pbx(...[['1001', 'PJSIP/1001'], ['1002', 'PJSIP/Bob-2&PJSIP/1002'], ['1004', 'PJSIP/1001-mobile']].map(([exten = '', hint = '']): PbxEvent => ({ type: 'extension.changed', exten, context: 'hints', bits: 0, hint, at })), { type: 'extension.changed', exten: '1003', context: 'hints', bits: 0, at })

  it.each<[string, Partial<typeof connect>, string]>([
    ['a stranger', { person: '1099@hints' }, 'person-unknown'],
    ['me', { person: '1001@hints' }, 'person-is-me'],
    ['another name of my phone', { person: '1004@hints' }, 'person-is-me'],
    ['whose phone no hint tells', { person: '1003@hints' }, 'person-no-phone'],
    ['and their own number', { number: '1002' }, 'person-own-number'],
    ['without a word', { confirmed: false }, 'needs-confirmation'],
  ])('is refused before anything is asked: %s', (_, change, code) => {
    expect(people(new Bench()).refusal({ ...connect, ...change })).toBe(code)
  })

  it('is refused where this account may not dial, and while their phone rings for another', () => {
    expect(people(new Bench(limits({ dial: 'not-permitted' }))).refusal(connect)).toBe('not-permitted')
    expect(people(new Bench()).ask(connect).refusal({ ...connect, number: '1004' })).toBe('person-rings-already')
  })

  it('rings the first phone of their hint, spelled as the server does, and shows it the number', () => {
    const bench = people(new Bench()).ask(connect)
    expect(bench.effects.flatMap(effect => effect.type === 'pbx.act' ? [effect.action] : [])).toMatchObject([{ do: 'originate', channel: 'PJSIP/Bob-2', context: 'internal', exten: '+15550100', target: { number: '+15550100', name: null } }])
    expect(bench.act).toBe('connect asked')
  })

  it('fails by the answer of the server, and waits no longer', () => {
    const bench = people(new Bench()).ask(connect).answer('not-permitted')
    expect(bench.act).toBe('connect failed not-permitted')
    expect(bench.take({ kind: 'link', online: true, at }).desk.connects).toEqual([])
  })
})

describe('an act', () => {
  it('is done by events, not by the answer', () => {
    const bench = talking(new Bench()).ask(blind).answer('ok')
    expect(bench.act).toBe('blind asked')
    bench.pbx(hungUp(mine))
    expect(bench.act).toBe('blind asked')
    bench.pbx({ type: 'dial.begun', source: caller, destination: bob, dialString: '1002', at })
    expect(bench.act).toBe('blind asked')
    bench.pbx({ type: 'dial.progressed', source: caller, destination: bob, status: 'ringing', at })
    expect(bench.act).toBe('blind done')
  })

  it('has had no effect when nothing shows it', () => {
    expect(talking(new Bench()).ask(blind).answer('ok').timer('act-proof:act').act).toBe('blind failed no-effect')
  })

  it('that leads nowhere says that the call is lost', () => {
    expect(talking(new Bench()).ask(blind).answer('ok').pbx(hungUp(mine), hungUp(caller)).act).toBe('blind failed call-lost')
  })

  it('is not done while who was sent is with nobody: an announcement may end it', () => {
    const sent = (): Bench => talking(new Bench()).ask(blind).answer('ok').pbx(hungUp(mine)).timer('act-settle:act')
    expect(sent().act).toBe('blind asked')
    expect(sent().pbx(hungUp(caller)).act).toBe('blind failed call-lost')
    expect(sent().pbx({ type: 'channel.hangupAsked', channel: caller, at }, hungUp(caller)).act).toBe('blind done')
    expect(sent().timer('act-proof:act').act).toBe('blind done')
  })

  it('waits for the answer where the call has gone before that was heard', () => {
    const gone = (): Bench => talking(new Bench()).ask(blind).pbx(hungUp(caller), hungUp(mine))
    expect(gone().act).toBe('blind asked')
    expect(gone().answer('ok').act).toBe('blind failed call-lost')
    expect(gone().answer('call-gone').act).toBe('blind failed call-gone')
  })

  it('is in vain when who shall be sent hangs up before the server has answered', () => {
    expect(talking(new Bench()).ask(blind).pbx({ type: 'channel.hangupAsked', channel: caller, at }, hungUp(mine), hungUp(caller)).act).toBe('blind failed call-gone')
  })

  it('is done at once where the server does not tell who ends a call', () => {
    expect(talking(new Bench(limits({}, ['tellHangups']))).ask(blind).answer('ok').pbx(hungUp(mine)).timer('act-settle:act').act).toBe('blind done')
  })

  it('on a call whose other end has just gone says so', () => {
    const bench = talking(new Bench()).pbx(hungUp(caller))
    for (const request of [blind, { kind: 'dtmf', call: 't1', digits: '1' }, { kind: 'park', call: 't1', lot: null, forWhom: null }, { kind: 'consult', call: 't1', number: '1002', name: null }] as const)
      expect(bench.refusal(request)).toBe('call-gone')
  })

  it('tries another way where one is refused', () => {
    const bench = talking(new Bench()).ask(blind).answer('not-permitted')
    expect(bench.asked).toEqual(['transferBlind', 'redirect'])
    expect(bench.act).toBe('blind asked')
    expect(bench.answer('not-permitted').act).toBe('blind failed not-permitted')
  })

  it('ends at once where the call has gone before the button was pressed', () => {
    const bench = talking(new Bench()).ask(blind).answer('call-gone')
    expect(bench.asked).toEqual(['transferBlind'])
    expect(bench.act).toBe('blind failed call-gone')
  })

  it('that is done goes by itself, one that failed when the person has seen it', () => {
    const done = talking(new Bench()).ask({ kind: 'dtmf', call: 't1', digits: '1' }).answer('ok')
    expect(done.act).toBe('dtmf done')
    expect(done.timer('act-gone:act').act).toBe('')
    const failed = talking(new Bench()).ask(blind).answer('call-gone').timer('act-gone:act')
    expect(failed.act).toBe('blind failed call-gone')
    expect(failed.take({ kind: 'act.dismiss', id: 'act', at }).act).toBe('')
  })

  it('of several keys sends one after the other', () => {
    const bench = talking(new Bench()).ask({ kind: 'dtmf', call: 't1', digits: '12#' })
    expect(bench.asked).toEqual(['digit'])
    bench.answer('ok').answer('ok')
    expect(bench.act).toBe('dtmf asked')
    bench.answer('ok')
    expect([bench.act, bench.asked.length]).toEqual(['dtmf done', 3])
  })

  it('notes what no event tells', () => {
    const project = createProjector()
    const muted = talking(new Bench()).ask({ kind: 'mute', call: 't1', on: true }).answer('ok')
    const limited = talking(new Bench()).ask({ kind: 'timeout', call: 't1', seconds: 60 }).answer('ok')
    expect(project(muted.desk, connected(), {}).calls.t1?.muted).toBe(true)
    expect(project(limited.desk, connected(), {}).calls.t1?.endsAt).toBe(at + 60_000)
  })

  it('to hang up is told by the hang-up', () => {
    const bench = talking(new Bench()).ask({ kind: 'hangup', call: 't1' })
    expect([bench.asked, bench.act]).toEqual([['hangup'], 'hangup asked'])
    expect(bench.pbx(hungUp(mine)).act).toBe('hangup done')
    expect(talking(new Bench()).ask({ kind: 'hangup', call: 't1' }).answer('not-permitted').act).toBe('hangup failed not-permitted')
  })
})

describe('a call that I send on while it rings', () => {
  const project = createProjector()
  const popup = ({ desk }: Bench): string => {
    const [alert] = Object.values(project(desk, connected(), {}).alerts)
    return alert ? `${alert.state} ${alert.sentTo ?? '-'} ${alert.canDecline}` : ''
  }
  const cancelled = (bench: Bench): Bench => bench.pbx({ type: 'dial.ended', source: caller, destination: mine, status: 'cancel', forward: null, at }, hungUp(mine))
  const missed = ({ desk, effects }: Bench): readonly unknown[] => [...desk.todos, ...effects.filter(effect => effect.type === 'announce')]

  it.each<[ActRequest, string]>([
    [{ ...blind, name: 'Bob Two' }, 'forwarded Bob Two false'],
    [blind, 'forwarded 1002 false'],
    [{ kind: 'voicemail', call: 't1', number: '1002', name: 'Bob Two' }, 'voicemail Bob Two false'],
    [{ kind: 'park', call: 't1', lot: null, forWhom: null }, 'parked - false'],
  ])('is not missed: %j', (request, end) => {
    const bench = ringing(new Bench()).ask(request)
    expect(popup(bench)).toMatch(/^ringing .* false$/)
    cancelled(bench.answer('ok'))
    expect(popup(bench)).toBe(end)
    if (request.kind === 'park') {
      const parked = { lot: 'default', space: '701', parkee: caller, parker: 'PJSIP/1001', timeoutSeconds: 45, parkedSeconds: 0 }
      bench.pbx({ type: 'parking.parked', parked, at }, { type: 'parking.retrieved', parked, retriever: bob, at })
    }
    bench.pbx({ type: 'dial.begun', source: caller, destination: bob, dialString: '1002', at }, { type: 'dial.progressed', source: caller, destination: bob, status: 'ringing', at }, { type: 'channel.hangupAsked', channel: caller, at }, hungUp(bob), hungUp(caller)).timer('decide:t1')
    expect(popup(bench)).toBe(end)
    expect(missed(bench)).toEqual([])
    expect(bench.desk.recents).toMatchObject([{ outcome: end.split(' ')[0] }])
  })

  it('rings on where the server refuses, with all that can be done', () => {
    const bench = ringing(new Bench()).ask(blind).answer('not-permitted')
    expect([bench.act, popup(bench)]).toEqual(['blind failed not-permitted', 'ringing - true'])
    cancelled(bench).pbx(hungUp(caller)).timer('decide:t1')
    expect(popup(bench)).toBe('missed - false')
    expect(missed(bench)).toHaveLength(2)
  })

  it('is missed after all when nobody was there', () => {
    const bench = cancelled(ringing(new Bench()).ask(blind).answer('ok'))
    expect(popup(bench)).toBe('forwarded 1002 false')
    bench.pbx(hungUp(caller))
    expect([bench.act, popup(bench)]).toEqual(['blind failed call-lost', 'missed - false'])
    expect(missed(bench)).toMatchObject([{ kind: 'missed' }, { what: 'call-missed' }])
  })
})

describe('a call that I park while it rings', () => {
  const parked = { lot: 'default', space: '701', parkee: { ...caller, state: 'up' as const }, parker: 'PJSIP/1001', timeoutSeconds: 45, parkedSeconds: 0 }
  const parking = (before: readonly PbxEvent[] = []): Bench => ringing(new Bench().pbx(...before))
    .ask({ kind: 'park', call: 't1', lot: null, forWhom: null })
    .answer('ok')
    .pbx({ type: 'parking.parked', parked, at }, hungUp(mine))
  const outcome = ({ desk }: Bench): string | undefined => desk.recents[0]?.outcome
  const isMissed = (bench: Bench): boolean => bench.effects.some(effect => effect.type === 'announce' && effect.what === 'call-missed')

  const gaveUp: PbxEvent = { type: 'parking.gaveUp', parked, at }

  it.each([
    ['said before their end', [gaveUp, hungUp(caller)]],
    ['said after their end', [hungUp(caller), gaveUp]],
    ['never said', [hungUp(caller)]],
  ])('is missed when the caller gives up in the lot, which is %s', (_, end) => {
    const bench = parking()
    expect([outcome(bench), bench.desk.todos, isMissed(bench)]).toEqual(['parked', [], false])
    bench.pbx(...end)
    expect([outcome(bench), isMissed(bench)]).toEqual(['missed', true])
    expect(bench.desk.todos).toMatchObject([{ kind: 'missed', caller: { number: '+15550100' } }])
  })

  it('is to be called back for the queue that I took it out of', () => {
    const bench = parking([{ type: 'channel.created', channel: caller, at }, { type: 'queue.callerJoined', queue: 'support', caller, position: 1, count: 1, at }])
      .pbx({ type: 'parking.gaveUp', parked, at }, hungUp(caller))
    expect(bench.desk.todos).toMatchObject([{ kind: 'queue', queue: 'support', caller: { number: '+15550100' } }])
  })

  it('stays parked when somebody takes it from there', () => {
    const bench = parking().pbx({ type: 'parking.retrieved', parked, retriever: bob, at }, hungUp(caller))
    expect([outcome(bench), bench.desk.todos, isMissed(bench)]).toEqual(['parked', [], false])
  })
})

describe('a call that I send to my voicemail while it rings', () => {
  const end = (bench: Bench): readonly unknown[] => [...bench.desk.recents.map(({ outcome }) => outcome), ...bench.desk.todos.map(({ kind }) => kind)]
  const sent = (): Bench => ringing(new Bench()).take({ kind: 'alert.toVoicemail', id: 't1', at }).answer('ok').pbx({ type: 'dial.ended', source: caller, destination: mine, status: 'cancel', forward: null, at }, hungUp(mine))

  it('is with the voicemail once that has answered', () => {
    expect(end(sent())).toEqual(['voicemail'])
    expect(end(sent().pbx({ type: 'channel.changed', channel: { ...caller, state: 'up' }, at }, hungUp(caller)))).toEqual(['voicemail'])
  })

  it('is missed when no voicemail answered', () => {
    expect(end(sent().pbx(hungUp(caller)))).toEqual(['missed', 'missed'])
  })
})

describe('a call that is parked for a colleague', () => {
  it('is told as that, and not as if they were parked', () => {
    const bench = talking(new Bench()).pbx({ type: 'extension.changed', exten: '1002', context: 'hints', bits: 0, hint: 'PJSIP/1002', at })
    expect(bench.ask({ kind: 'park', call: 't1', lot: null, forWhom: '1002@hints' }).desk.acts).toMatchObject([{ kind: 'parkFor', subject: '1002' }])
  })
})

describe('a call that comes back from parking', () => {
  it('is a call of its own, though my phone has not let go of the old one', () => {
    const bench = talking(new Bench()).ask({ kind: 'park', call: 't1', lot: null, forWhom: null }).answer('ok')
    const parked = { lot: 'default', space: '701', parkee: caller, parker: 'PJSIP/1001-2', timeoutSeconds: 1, parkedSeconds: 0 }
    const back: ChannelSnapshot = { ...mine, uniqueid: 'm2' as Uniqueid, name: 'PJSIP/1001-4' }
    bench.pbx(
      { type: 'bridge.left', bridge: { id: 'b1' as BridgeId }, channel: caller, at },
      { type: 'parking.parked', parked, at },
      { type: 'parking.timedOut', parked, at: at + 1000 },
      { type: 'channel.created', channel: { ...back, state: 'down' }, at: at + 1000 },
      { type: 'dial.begun', source: caller, destination: back, dialString: '1001', at: at + 1000 },
      { type: 'channel.changed', channel: back, at: at + 1001 },
    )
    const alerts = Object.values(createProjector()(bench.desk, connected(), {}).alerts)
    expect(alerts.map(({ id, state, returned }) => [id, state, returned?.space ?? null])).toContainEqual(['t1~2', 'ringing', '701'])
    bench.pbx(hungUp(mine), { type: 'channel.changed', channel: { ...back, state: 'up' }, at: at + 2000 })
    const calls = Object.values(createProjector()(bench.desk, connected(), {}).calls)
    expect(calls.map(({ id, state }) => `${id} ${state}`)).toEqual(['t1~2 up'])
  })
})

describe('a second call by the server', () => {
  const consult: ActRequest = { kind: 'consult', call: 't1', number: '1002', name: null }
  const local: ChannelSnapshot = { uniqueid: 'l1' as Uniqueid, name: 'Local/1002@internal-1;1', state: 'down', linkedid: 't1' as Linkedid }

  it('that is refused before my phone has heard of it came to nothing all the same', () => {
    const bench = talking(new Bench()).ask(consult).answer('ok').pbx({ type: 'channel.created', channel: local, at })
    expect(bench.act).toBe('consult asked')
    expect(bench.pbx(hungUp(local)).act).toBe('consult failed consult-failed')
  })

  it('is to a number that nobody has when the server asks my phone for another, and the first call waits', () => {
    const bench = talking(new Bench()).ask(consult).answer('ok').pbx({ type: 'channel.holdChanged', channel: { ...mine, state: 'up' }, held: true, at })
    expect(bench.act).toBe('consult asked')
    expect(bench.timer('act-proof:act').act).toBe('consult failed no-such-extension')
  })

  it('that shows nothing has had no effect', () => {
    expect(talking(new Bench()).ask(consult).answer('ok').timer('act-proof:act').act).toBe('consult failed no-effect')
  })

  it('is made by my phone where the server says yes and nothing shows, and at once for the next call of this sort', () => {
    const bench = talking(new Bench()).ask(consult).answer('ok')
    expect(bench.timer('act-again:act').asked).toEqual(['transferAttended', 'originate'])
    expect(bench.effects.findLast(effect => effect.type === 'pbx.act')).toMatchObject({ action: { channel: 'PJSIP/1001', exten: '1002', context: 'internal' } })
    expect(bench.act).toBe('consult asked')
    const second: ChannelSnapshot = { ...mine, uniqueid: 'act-dial' as Uniqueid, name: 'PJSIP/1001-4', state: 'ringing', connected: { number: '1002', name: null }, linkedid: 'act-dial' as Linkedid }
    bench.pbx({ type: 'channel.created', channel: second, at }, { type: 'channel.changed', channel: { ...second, state: 'up' }, at })
    const far: ChannelSnapshot = { ...bob, linkedid: 'act-dial' as Linkedid }
    bench.pbx(
      { type: 'channel.created', channel: far, at },
      { type: 'dial.begun', source: second, destination: far, dialString: '1002', at },
      { type: 'dial.ended', source: second, destination: far, status: 'answer', forward: null, at },
      { type: 'bridge.entered', bridge: { id: 'b3' as BridgeId }, channel: { ...second, state: 'up' }, swapped: null, at },
      { type: 'bridge.entered', bridge: { id: 'b3' as BridgeId }, channel: { ...far, state: 'up' }, swapped: null, at },
    )
    expect(bench.act).toBe('consult done')
    bench.take({ kind: 'act', id: 'join', request: { kind: 'complete', call: 't1' }, at })
    expect(bench.effects.findLast(effect => effect.type === 'pbx.act')).toMatchObject({ action: { do: 'bridge', one: 'PJSIP/trunk-1', two: 'PJSIP/1002-3' } })
    const ways = (desk: DeskState): number | null => {
      const planned = planAct({ ...desk, calls: desk.calls.filter(({ id }) => id === 't1') }, consult, 'next')
      return isRefusal(planned) ? null : planned.steps.length
    }
    expect(ways(bench.desk)).toBe(0)
    // Whoever has dialled another number of ours is rung by another part of the dialplan.
    const elsewhere = { ...bench.desk, pbx: { ...bench.desk.pbx, channels: bench.desk.pbx.channels.values().reduce((table, channel) => table.set(channel.id, channel.id === 't1' ? { ...channel, dialled: '5559999' } : channel), bench.desk.pbx.channels) } }
    expect(ways(elsewhere)).toBe(1)
    expect(ways(step(bench.desk, { kind: 'pbx', event: { type: 'server.reloaded', module: null, at }, at }).state)).toBe(1)
    expect(ways([false, true].reduce((desk, online) => step(desk, { kind: 'link', online, at }).state, bench.desk))).toBe(1)
  })

  it.each<[string, PbxEvent]>([
    ['a channel of it', { type: 'channel.created', channel: local, at }],
    ['music for the caller', { type: 'channel.holdChanged', channel: { ...mine, state: 'up' }, held: true, at }],
  ])('is waited for when something shows: %s', (_, event) => {
    const bench = talking(new Bench()).ask(consult).answer('ok').pbx(event)
    expect(bench.timer('act-again:act').asked).toEqual(['transferAttended'])
    expect(bench.act).toBe('consult asked')
  })

  it('says what became of my phone', () => {
    const bench = talking(new Bench()).ask(consult).answer('ok').timer('act-again:act').answer('not-permitted')
    expect(bench.act).toBe('consult failed not-permitted')
  })

  it('is taken back another way where keys do nothing', () => {
    const bridge = { id: 'b2' as BridgeId }
    const asking = (): Bench => talking(new Bench()).ask(consult).answer('ok').pbx(
      { type: 'channel.created', channel: local, at },
      { type: 'bridge.entered', bridge, channel: local, swapped: null, at },
      { type: 'bridge.left', bridge: { id: 'b1' as BridgeId }, channel: { ...mine, state: 'up' }, at },
      { type: 'bridge.entered', bridge, channel: { ...mine, state: 'up' }, swapped: null, at },
    )
    const back = (bench: Bench): Bench => bench.take({ kind: 'act', id: 'back', request: { kind: 'cancelConsult', call: 't1' }, at })
    const state = ({ desk }: Bench): string => desk.acts.filter(({ id }) => id === 'back').map(({ state: how, error }) => `${how} ${error?.code ?? ''}`).join()
    const silent = back(asking()).answer('ok')
    expect(silent.asked.slice(-1)).toEqual(['cancelAttended'])
    silent.timer('act-again:back')
    expect(silent.asked.slice(-2)).toEqual(['cancelAttended', 'hangup'])
    expect(silent.effects.findLast(effect => effect.type === 'pbx.act')).toMatchObject({ action: { channel: 'Local/1002@internal-1;1' } })
    expect(state(silent.answer('ok'))).toBe('asked ')
    silent.pbx({ type: 'bridge.left', bridge, channel: { ...mine, state: 'up' }, at }, hungUp(local), { type: 'bridge.entered', bridge: { id: 'b1' as BridgeId }, channel: { ...mine, state: 'up' }, swapped: null, at })
    expect(state(silent)).toBe('done ')
    // A refusal leads there at once, and where that is refused as well it is said.
    expect(back(asking()).answer('unknown-action').asked.slice(-1)).toEqual(['hangup'])
    expect(state(back(asking()).answer('unknown-action').answer('not-permitted'))).toBe('failed cannot-cancel-consult')
    expect(state(back(asking()).answer('ok').timer('act-again:back').answer('ok').timer('act-proof:back'))).toBe('failed no-effect')
  })
})

describe('a transfer', () => {
  it('goes by the channel of the other end where the server says yes and nothing shows', () => {
    const bench = talking(new Bench()).ask(blind).answer('ok').timer('act-again:act')
    expect(bench.asked).toEqual(['transferBlind', 'redirect'])
    expect(bench.effects.findLast(effect => effect.type === 'pbx.act')).toMatchObject({ action: { channel: 'PJSIP/trunk-1', exten: '1002' } })
  })

  it('is asked for once where my phone is let go late', () => {
    const bench = talking(new Bench()).ask(blind).answer('ok').pbx({ type: 'bridge.left', bridge: { id: 'b1' as BridgeId }, channel: { ...caller, state: 'up' }, at })
    expect(bench.timer('act-again:act').asked).toEqual(['transferBlind'])
  })
})

describe('a transfer into a mailbox', () => {
  it('goes to the place of theirs that is like mine', () => {
    const bench = talking(new Bench()).ask({ kind: 'voicemail', call: 't1', number: '1002', name: null })
    expect(bench.effects).toContainEqual(expect.objectContaining({ action: { do: 'transferBlind', channel: 'PJSIP/1001-2', context: 'internal', exten: '*1002' } }))
  })
})

describe('moving a call to another phone of mine', () => {
  it('rings that phone and joins it once it was lifted', () => {
    const bench = talking(new Bench()).ask({ kind: 'move', call: 't1', device: 'PJSIP/1001-mobile' }).answer('ok')
    expect(bench.asked).toEqual(['ring'])
    const heir: ChannelSnapshot = { uniqueid: 'act' as Uniqueid, name: 'PJSIP/1001-mobile-3', state: 'up', caller: { number: '1001', name: null }, linkedid: 'act' as Linkedid }
    const key = bench.effects.findLast(effect => effect.type === 'pbx.act')
    bench.pbx(
      { type: 'channel.created', channel: { ...heir, state: 'ringing' }, at },
      { type: 'channel.changed', channel: heir, at },
      { type: 'originate.finished', actionId: key?.type === 'pbx.act' ? key.key : '', success: true, reason: 4, channel: heir.name, uniqueid: heir.uniqueid, at },
    )
    expect(bench.effects.at(-1)).toMatchObject({ type: 'pbx.act', action: { do: 'bridge', one: 'PJSIP/trunk-1', two: 'PJSIP/1001-mobile-3' } })
    bench.answer('ok').pbx(
      { type: 'bridge.entered', bridge: { id: 'b2' as BridgeId }, channel: heir, swapped: null, at },
      { type: 'bridge.entered', bridge: { id: 'b2' as BridgeId }, channel: { ...caller, state: 'up' }, swapped: null, at },
      hungUp(mine),
    )
    expect(bench.act).toBe('move done')
    const calls = Object.values(createProjector()(bench.desk, connected(), {}).calls)
    expect(calls.map(call => `${call.id} ${call.state} ${call.device} ${call.peer.number}`)).toEqual(['t1 up PJSIP/1001-mobile +15550100'])
  })

  it('fails when nothing is ever heard of it', () => {
    const bench = talking(new Bench()).ask({ kind: 'move', call: 't1', device: 'PJSIP/1001-mobile' }).answer('ok')
    expect(bench.effects).toContainEqual({ type: 'timer.start', key: 'act-proof:act', delayMs: 40_000 })
    expect(bench.timer('act-proof:act').act).toBe('move failed no-effect')
  })

  it('fails when nobody lifts it', () => {
    const bench = talking(new Bench()).ask({ kind: 'move', call: 't1', device: 'PJSIP/1001-mobile' }).answer('ok')
    const key = bench.effects.findLast(effect => effect.type === 'pbx.act')
    bench.pbx({ type: 'originate.finished', actionId: key?.type === 'pbx.act' ? key.key : '', success: false, reason: 3, channel: null, uniqueid: null, at })
    expect(bench.act).toBe('move failed phone-no-answer')
  })
})

describe('do not disturb', () => {
  const dnd: ActRequest = { kind: 'dnd', on: true }

  it('is written where the account may, and read again to be sure', () => {
    const bench = new Bench().pbx({ type: 'database.read', values: { 'DND/1001': null, 'CF/1001': null, 'CFB/1001': null, 'CFU/1001': '1002' }, at }).ask(dnd).answer('ok')
    expect(bench.asked).toEqual(['databasePut'])
    expect(bench.effects).toContainEqual({ type: 'pbx.read', what: 'line' })
    expect(bench.act).toBe('dndOn asked')
    expect(bench.pbx({ type: 'database.read', values: { 'DND/1001': 'YES' }, at }).act).toBe('dndOn done')
    expect(createProjector()(bench.desk, connected(), {}).line['1001']).toMatchObject({ dnd: 'on', forward: { always: null, busy: null, noAnswer: '1002' } })
    expect(bench.refusal(dnd)).toBe('already-so')
  })

  it('is asked of the dialplan by its code otherwise', () => {
    const bench = new Bench(limits({}, ['databasePut'])).ask(dnd).answer('ok')
    expect(bench.effects).toContainEqual(expect.objectContaining({ action: { do: 'runCode', code: '*78', context: 'internal', caller: '1001' } }))
    expect(bench.pbx({ type: 'device.changed', device: 'Custom:DND1001', state: 'busy', at }).act).toBe('dndOn done')
  })

  it('says so when the dialplan has no such code', () => {
    const bench = new Bench(limits({}, ['databasePut'])).ask(dnd).answer('ok')
    const asked = bench.effects.findLast(effect => effect.type === 'pbx.act')
    bench.pbx({ type: 'originate.finished', actionId: asked?.type === 'pbx.act' ? asked.key : '', success: false, reason: 0, channel: null, uniqueid: null, at })
    // It may have done its work all the same: the event comes before or after.
    expect(bench.act).toBe('dndOn asked')
    expect(bench.effects.filter(({ type }) => type === 'pbx.read')).toHaveLength(2)
    expect(bench.timer('act-settle:act').act).toBe('dndOn failed no-feature-code')
  })
})

/** I pick up by a code who rings Bob; the server has said yes. */
function picking(lacks: readonly Ability[] = []): Bench {
  const bench = new Bench(limits({}, lacks))
  const leg: ChannelSnapshot = { ...bob, state: 'ringing' }
  const { office } = config
  return bench.take({ kind: 'configured', config: { ...config, office: { ...office, codes: { ...office.codes, pickup: '**' } } }, at }).pbx(
    { type: 'extension.changed', exten: '1002', context: 'hints', bits: 8, hint: 'PJSIP/1002', at },
    { type: 'channel.created', channel: caller, at },
    { type: 'channel.created', channel: leg, at },
    { type: 'dial.begun', source: caller, destination: leg, dialString: '1002', at },
    { type: 'channel.changed', channel: leg, at },
  ).ask({ kind: 'pickup', person: '1002@hints', confirmed: true }).answer('ok')
}

describe('a code that shall pick a call up', () => {
  const leg: ChannelSnapshot = { ...bob, state: 'ringing' }
  const code: ChannelSnapshot = { uniqueid: 'act' as Uniqueid, name: 'PJSIP/1001-9', state: 'up', linkedid: 'act' as Linkedid }
  const lifted = (bench: Bench): Bench => {
    const asked = bench.effects.findLast(effect => effect.type === 'pbx.act')
    return bench.pbx(
      { type: 'channel.created', channel: code, at },
      { type: 'originate.finished', actionId: asked?.type === 'pbx.act' ? asked.key : '', success: true, reason: 4, channel: code.name, uniqueid: code.uniqueid, at },
    )
  }

  it('waits for my phone, however long that takes', () => {
    expect(picking().timer('act-again:act').act).toBe('pickup asked')
    expect(picking().timer('act-again:act').asked).toEqual(['originate'])
  })

  it('has found nobody when it rings them on: the caller is sent to me', () => {
    const bench = lifted(picking())
    expect(bench.effects).toContainEqual({ type: 'timer.start', key: 'act-again:act', delayMs: 2500 })
    bench.pbx(hungUp(code)).timer('act-again:act')
    expect(bench.asked).toEqual(['originate', 'redirect'])
    expect(bench.effects.findLast(effect => effect.type === 'pbx.act')).toMatchObject({ action: { do: 'redirect', channel: 'PJSIP/trunk-1', exten: '1001' } })
    bench.answer('ok').pbx(hungUp(leg), { type: 'channel.created', channel: mine, at }, { type: 'dial.begun', source: caller, destination: mine, dialString: '1001', at }, { type: 'channel.changed', channel: mine, at })
    expect(bench.act).toBe('pickup done')
  })

  it('is hung up before, where the dialplan still speaks', () => {
    expect(lifted(picking()).timer('act-again:act').asked).toEqual(['originate', 'hangup', 'redirect'])
  })

  it('says so where the account may not send the caller', () => {
    expect(lifted(picking(['redirect'])).pbx(hungUp(code)).timer('act-again:act').act).toBe('pickup failed pickup-found-none')
  })

  it('is told by the call that I have, not by the time', () => {
    const bench = lifted(picking()).pbx({ type: 'call.pickedUp', picker: code, target: leg, at }, hungUp(leg))
    expect(bench.act).toBe('pickup done')
    expect(bench.timer('act-again:act').asked).toEqual(['originate'])
  })
})

describe('my phone rings for a call that somebody else is faster to take', () => {
  const rung = (id: string, state: 'ringing' | 'up' = 'ringing'): PbxEvent => ({ type: 'channel.created', channel: { uniqueid: id as Uniqueid, name: 'PJSIP/1001-9', state, linkedid: id as Linkedid }, at })
  const others: readonly PbxEvent[] = [caller, bob].map(channel => ({ type: 'bridge.entered', bridge: { id: 'b9' as BridgeId }, channel: { ...channel, state: 'up' }, swapped: null, at }))
  const hangups = (bench: Bench): readonly string[] => bench.effects.flatMap(effect => effect.type === 'pbx.act' && effect.action.do === 'hangup' ? [effect.action.channel] : [])
  const parked = { lot: 'default', space: '701', parkee: { ...caller, state: 'up' as const }, parker: 'PJSIP/1001', timeoutSeconds: 45, parkedSeconds: 0 }
  const taking = (): Bench => new Bench().pbx({ type: 'channel.created', channel: caller, at }, { type: 'parking.parked', parked, at }).ask({ kind: 'retrieve', parked: 'default/701', confirmed: true }).answer('ok')
  const leg: ChannelSnapshot = { ...bob, state: 'ringing' }

  it.each(['ringing', 'up'] as const)('from a lot: it is hung up, %s as it is, and nobody was on a call', (state) => {
    const bench = taking().pbx(rung('act-dial', state), ...others)
    expect([bench.act, hangups(bench)]).toEqual(['retrieve failed parked-gone', ['PJSIP/1001-9']])
    bench.pbx(hungUp({ uniqueid: 'act-dial' as Uniqueid, name: 'PJSIP/1001-9' })).timer('decide:act-dial').timer('settle:act-dial')
    expect(bench.desk.recents).toMatchObject([{ outcome: 'cancelled' }])
    expect(bench.desk.dials).toMatchObject([{ state: 'cancelled' }])
  })

  it('from a lot, before it rings: it is hung up as soon as it does', () => {
    expect(hangups(taking().pbx(...others, rung('act-dial')))).toEqual(['PJSIP/1001-9'])
  })

  it('is left alone when I have the call', () => {
    const mineNow: PbxEvent = { type: 'bridge.entered', bridge: { id: 'b9' as BridgeId }, channel: { uniqueid: 'act-dial' as Uniqueid, name: 'PJSIP/1001-9', state: 'up' }, swapped: null, at }
    const bench = taking().pbx(rung('act-dial', 'up'), mineNow, ...others.slice(0, 1))
    expect([bench.act, hangups(bench)]).toEqual(['retrieve done', []])
  })

  it('from a colleague: it is hung up, and so it is where it rings a moment later', () => {
    const lifted: PbxEvent = { type: 'channel.changed', channel: { ...leg, state: 'up' }, at }
    const bench = picking().pbx(rung('act'), lifted)
    expect([bench.act, hangups(bench)]).toEqual(['pickup failed not-ringing', ['PJSIP/1001-9']])
    expect(hangups(picking().pbx(lifted, rung('act')))).toEqual(['PJSIP/1001-9'])
  })
})

describe('my queues', () => {
  const member = (queue: string, change: Partial<QueueMemberSnapshot> = {}): PbxEvent => ({ type: 'queue.memberChanged', member: { queue, interface: 'PJSIP/1001', stateInterface: 'PJSIP/1001', name: 'Alice', membership: 'dynamic', penalty: 0, callsTaken: 0, lastCall: 0, state: 'not_inuse', paused: false, pausedReason: '', inCall: false, ...change }, at })
  const removed = (queue: string): PbxEvent => ({ type: 'queue.memberRemoved', queue, interface: 'PJSIP/1001', at })

  it('are left and entered again all at once, as what I was there before', () => {
    const bench = new Bench().pbx(member('support', { penalty: 3 }), member('sales'))
    expect(bench.effects).toContainEqual(expect.objectContaining({ type: 'remember' }))
    bench.ask({ kind: 'queueLogout', queue: null }).answer('ok').answer('ok')
    expect(bench.asked).toEqual(['queueRemove', 'queueRemove'])
    bench.pbx(removed('support'))
    expect(bench.act).toBe('queueLogout asked')
    expect(bench.pbx(removed('sales')).act).toBe('queueLogout done')
    bench.timer('act-gone:act').ask({ kind: 'queueLogin', queue: null })
    expect(bench.effects.at(-1)).toMatchObject({ action: { do: 'queueAdd', queue: 'support', interface: 'PJSIP/1001', name: 'Alice', penalty: 3 } })
  })

  it('know me by my name, not by my phone', () => {
    const names: PbxEvent = { type: 'pbx.replaced', snapshot: { extensions: [{ exten: '1001', context: 'hints', bits: 0, hint: 'PJSIP/1001' }], names: [{ mailbox: '1001@default', name: 'Alice One' }], queues: [{ queue: 'support', completed: null, abandoned: null, holdSeconds: null, serviceLevelSeconds: null, servicePercent: null }] }, at }
    const bench = new Bench().pbx(names)
    expect(bench.refusal({ kind: 'queueLogin', queue: null })).toBe('no-queue-of-mine')
    bench.ask({ kind: 'queueLogin', queue: 'support' })
    expect(bench.effects.at(-1)).toMatchObject({ action: { do: 'queueAdd', interface: 'PJSIP/1001', name: 'Alice One' } })
  })

  it('keep whom the administrator has put there for good', () => {
    const bench = new Bench().pbx(member('support', { membership: 'static' }))
    expect(bench.refusal({ kind: 'queueLogout', queue: 'support' })).toBe('static-member')
    expect(bench.refusal({ kind: 'queueLogin', queue: 'support' })).toBe('already-so')
    expect(bench.refusal({ kind: 'queuePause', queue: 'support', paused: true, reason: null })).toBeNull()
    expect(bench.refusal({ kind: 'queuePause', queue: 'night', paused: true, reason: null })).toBe('no-such-queue')
  })

  it('know since when I pause and why', () => {
    const bench = new Bench().pbx(member('support')).ask({ kind: 'queuePause', queue: 'support', paused: true, reason: 'lunch' }).answer('ok')
    bench.pbx({ ...member('support', { paused: true, pausedReason: 'lunch' }), at: at + 500 } as PbxEvent)
    expect(bench.act).toBe('queuePause done')
    expect(createProjector()(bench.desk, connected(), {}).queues.support?.mine).toEqual({ interface: 'PJSIP/1001', paused: true, reason: 'lunch', since: at + 500, dynamic: true })
  })

  it('come into alarm when somebody waits too long, and tell it once', () => {
    const bench = new Bench().pbx(member('support'), { type: 'channel.created', channel: caller, at }, { type: 'queue.callerJoined', queue: 'support', caller, position: 1, count: 1, at })
    const level = (): string | undefined => createProjector()(bench.desk, connected(), {}).queues.support?.level
    expect(level()).toBe('calm')
    bench.take({ kind: 'timer', key: 'queue-level:support', at: at + 60_000 })
    expect(level()).toBe('busy')
    bench.take({ kind: 'timer', key: 'queue-level:support', at: at + 180_000 }, { kind: 'timer', key: 'queue-level:support', at: at + 180_001 })
    expect(level()).toBe('alarm')
    expect(bench.effects.filter(effect => effect.type === 'announce')).toEqual([{ type: 'announce', what: 'queue-alarm', id: 'support' }])
    bench.pbx({ type: 'queue.callerLeft', queue: 'support', caller, count: 0, at: at + 181_000 })
    expect(level()).toBe('calm')
  })

  it('put who gave up on my list, count who tries again, and strike off who was spoken to', () => {
    const abandon = (id: string, when: number): readonly PbxEvent[] => {
      const channel: ChannelSnapshot = { ...caller, uniqueid: id as Uniqueid, name: `PJSIP/trunk-${id}`, linkedid: id as Linkedid }
      return [{ type: 'channel.created', channel, at: when }, { type: 'queue.callerJoined', queue: 'support', caller: channel, position: 1, count: 1, at: when }, { type: 'queue.callerAbandoned', queue: 'support', caller: channel, holdSeconds: 5, at: when }, { ...hungUp(channel), at: when }]
    }
    const bench = new Bench().pbx(member('support'), ...abandon('q1', at), ...abandon('q2', at + 1000))
    expect(bench.desk.todos).toMatchObject([{ kind: 'queue', queue: 'support', attempts: 2, at: at + 1000, done: false }])
    talking(bench)
    expect(bench.desk.todos).toMatchObject([{ done: true }])
  })

  it('do not put on my list whom I have sent on', () => {
    const bench = ringing(new Bench().pbx(member('support'), { type: 'channel.created', channel: caller, at }, { type: 'queue.callerJoined', queue: 'support', caller, position: 1, count: 1, at }))
    bench.ask(blind).answer('ok').pbx({ type: 'queue.callerAbandoned', queue: 'support', caller, holdSeconds: 5, at })
    expect(bench.desk.todos).toEqual([])
  })

  it('give me who rings a colleague, which is no giving up', () => {
    const leg: ChannelSnapshot = { ...bob, state: 'ringing' }
    const picking = (): Bench => new Bench(limits({}, ['originate'])).pbx(
      member('support'),
      { type: 'extension.changed', exten: '1002', context: 'hints', bits: 8, hint: 'PJSIP/1002', at },
      { type: 'channel.created', channel: caller, at },
      { type: 'queue.callerJoined', queue: 'support', caller, position: 1, count: 1, at },
      { type: 'channel.created', channel: leg, at },
      { type: 'dial.begun', source: caller, destination: leg, dialString: '1002', at },
      { type: 'channel.changed', channel: leg, at },
    ).ask({ kind: 'pickup', person: '1002@hints', confirmed: true }).answer('ok')
    expect(picking().effects.findLast(effect => effect.type === 'pbx.act')).toMatchObject({ action: { do: 'redirect', channel: 'PJSIP/trunk-1', exten: '1001' } })
    const abandoned: PbxEvent = { type: 'queue.callerAbandoned', queue: 'support', caller, holdSeconds: 5, at }
    expect(picking().pbx(abandoned).desk.todos).toEqual([])
    expect(picking().pbx({ type: 'channel.hangupAsked', channel: caller, at }, abandoned).desk.todos).toHaveLength(1)
    // The queue goes on to me by itself, or the caller was sent to me.
    const next: readonly PbxEvent[] = [hungUp(leg), { type: 'channel.created', channel: mine, at }, { type: 'dial.begun', source: caller, destination: mine, dialString: '1001', at }, { type: 'channel.changed', channel: mine, at }]
    expect(picking().pbx(...next).act).toBe('pickup asked')
    expect(picking().pbx(abandoned, ...next).act).toBe('pickup done')
  })

  it('no longer have who is parked, of which no event tells', () => {
    const bench = ringing(new Bench().pbx(member('support'), { type: 'channel.created', channel: caller, at }, { type: 'queue.callerJoined', queue: 'support', caller, position: 1, count: 1, at }))
    const waiting = (): readonly string[] => Object.keys(createProjector()(bench.desk, connected(), {}).queueCallers)
    expect(waiting()).toEqual(['t1'])
    bench.pbx({ type: 'parking.parked', parked: { lot: 'default', space: '701', parkee: caller, parker: 'PJSIP/1001', timeoutSeconds: 45, parkedSeconds: 0 }, at })
    expect(waiting()).toEqual([])
  })

  it('say nothing of queues that are not mine', () => {
    const bench = new Bench().pbx({ type: 'channel.created', channel: caller, at }, { type: 'queue.callerJoined', queue: 'night', caller, position: 1, count: 1, at }, { type: 'queue.callerAbandoned', queue: 'night', caller, holdSeconds: 5, at })
    expect(bench.desk.todos).toEqual([])
  })
})

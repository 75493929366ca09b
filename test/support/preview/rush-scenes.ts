import type { ActView, CallView, PersonView, Tables } from '#contract/tables.ts'
import type { FakeBridge } from '../fake-bridge.ts'
import type { Scene } from './scenes.ts'
import { createFakeBridge } from '../fake-bridge.ts'
import { aCall, aLine, aLot, aMailbox, anAct, anAlert, anAppInfo, aParkedCall, aParty, aPerson, aProfile, aQueue, aQueueCaller, aQueueMember, aRecent, aTodo, byId, connected } from '../rows.ts'

const now = Date.now()
/** As long as names get on a real server, and as foreign. */
const names = [
  'Maximiliana Theodora von Hohenberg-Sonnenthal zu Altenbrück',
  '上海浦东国际机场航站楼管理有限责任公司客户服务中心',
  'مؤسسة الشرق الأوسط للاستشارات الهندسية والتخطيط العمراني',
  '🦷 Zahnarztpraxis Dr. Łukasz Żółć 🏥✨',
  'Thornbury & Vale Conveyancing Solicitors',
  'Anna Schmidt',
] as const
const nameAt = (at: number): string => names[at % names.length] ?? ''
const partyAt = (at: number) => aParty({ number: `+4420794601${10 + at}`, display: `+44 20 7946 01${10 + at}`, name: at % 5 === 4 ? null : nameAt(at) })
const times = <Item>(count: number, make: (at: number) => Item): Item[] => Array.from({ length: count }, (_, at) => make(at))

const everything = ['hangup', 'blind', 'consult', 'voicemail', 'conference', 'park', 'dtmf', 'record', 'mute', 'timeout', 'move'] as const
const line = { 1001: aLine({ name: names[0], state: 'ringinuse', dnd: 'on', forward: { always: '+49 171 5550', busy: null, noAnswer: null }, devices: ['PJSIP/1001', 'PJSIP/1001-softphone'], registrations: [{ device: 'PJSIP/1001', state: 'reachable' }, { device: 'PJSIP/1001-softphone', state: 'unreachable' }] }) }

const six: readonly CallView[] = times(6, (at) => {
  const state = (['up', 'ringing', 'held', 'ringing', 'held', 'dialing'] as const)[at] ?? 'up'
  return aCall({ id: `c${at}`, state, direction: at === 5 ? 'out' : 'in', heldBy: state === 'held' ? (at === 2 ? 'me' : 'them') : null, startedAt: now - 94_000 * (at + 1), answeredAt: state === 'ringing' || state === 'dialing' ? null : now - 90_000 * (at + 1), peer: partyAt(at), queue: at === 1 ? 'support' : null, can: state === 'up' || state === 'held' ? everything : [] })
})
const kinds = ['blind', 'consult', 'park', 'pickup', 'queuePause', 'recordStart', 'connect', 'voicemail', 'messageDelete', 'forwardSet'] as const
const codes = ['far-busy', 'transfer-refused', 'lot-full', 'not-ringing', 'no-effect', 'not-permitted', 'person-phone-no-answer', 'no-such-extension', 'messages-gone', 'no-feature-code'] as const
const failures: readonly ActView[] = times(20, at => anAct({ id: `a${at}`, kind: kinds[at % kinds.length] ?? 'blind', subject: nameAt(at), state: 'failed', error: { code: codes[at % codes.length] ?? 'internal', message: 'Refused' }, at: now - at * 1000 }))

const people: readonly PersonView[] = times(18, at => aPerson({ id: `${1002 + at}@hints`, exten: String(1002 + at), name: nameAt(at), state: (['idle', 'inuse', 'ringing', 'unavailable'] as const)[at % 4] ?? 'idle', since: now - at * 61_000, favourite: at < 2, with: at % 4 === 1 ? partyAt(at) : null, withState: at % 4 === 1 ? 'up' : null, canPickUp: at % 4 === 2 }))

const rush: Partial<Tables> = {
  connection: { me: connected() },
  line,
  people: byId(...people),
  mailboxes: { '1001@default': aMailbox(), '600@sales': aMailbox({ mailbox: '600@sales', newMessages: 12, oldMessages: 31 }) },
  lots: byId(aLot({ taken: 8, spaces: 8 })),
  parked: byId(...times(8, at => aParkedCall({ id: `default ${701 + at}`, space: String(701 + at), caller: partyAt(at), parkedBy: at % 3 === 0 ? null : nameAt(at + 1), parkedAt: now - at * 31_000, returnsAt: at % 4 === 3 ? null : now + 7000 + at * 5000, mine: at === 1 }))),
  queues: byId(
    aQueue({ id: 'support', waiting: 12, longestSince: now - 614_000, level: 'alarm', members: { total: 5, free: 1, busy: 2, paused: 1, away: 1 } }),
    aQueue({ id: 'Bürgertelefon Kfz-Zulassung und Führerscheinangelegenheiten', waiting: 0, mine: null }),
  ),
  queueCallers: byId(...times(12, at => aQueueCaller({ id: `q${at}`, position: at + 1, caller: partyAt(at), since: now - (12 - at) * 51_000 }))),
  queueMembers: byId(...times(6, at => aQueueMember({ id: `support ${at}`, name: nameAt(at), isMe: at === 0, state: at % 2 === 0 ? 'idle' : 'inuse', paused: at === 3, reason: at === 3 ? 'Lunch' : null, pausedSince: at === 3 ? now - 900_000 : null }))),
  todo: byId(...times(40, at => aTodo({ id: `t${at}`, kind: at % 3 === 1 ? 'missed' : 'queue', queue: at % 3 === 1 ? null : 'support', caller: partyAt(at), at: now - at * 421_000, attempts: at % 4 + 1, done: at > 36 }))),
  recents: byId(...times(30, at => aRecent({ id: `r${at}`, peer: partyAt(at), at: now - at * 3_421_000, outcome: (['missed', 'answered', 'voicemail', 'answered-elsewhere', 'busy', 'parked'] as const)[at % 6] ?? 'missed', direction: at % 6 === 4 ? 'out' : 'in', answeredBy: at % 6 === 3 ? nameAt(at) : null, talkMs: at % 6 === 1 ? 263_000 : null }))),
}
const desk = (over: Partial<Tables> = {}): FakeBridge => createFakeBridge({ tables: { ...rush, ...over }, info: anAppInfo() })
const calls = { calls: byId(...six), alerts: byId(...[1, 3].map(at => anAlert({ id: `c${at}`, caller: partyAt(at), startedAt: now - 4000, canTransfer: true, canPark: true, queue: at === 1 ? 'support' : null }))) }
const consult = aCall({ id: 'c1', startedAt: now - 94_000, answeredAt: now - 90_000, peer: partyAt(1), can: ['hangup', 'complete', 'swap', 'cancelConsult', 'conference'], consult: { to: partyAt(2), state: 'up' }, talkingTo: 'consult' })

/** The worst hour of the year: everything at once, with the longest names. */
export const rushScenes: Readonly<Record<string, Scene>> = {
  'rush': { bridge: () => desk(calls) },
  'rush-quiet': { bridge: () => desk() },
  'rush-failed': { bridge: () => desk({ ...calls, acts: byId(...failures) }) },
  'rush-consult': { bridge: () => desk({ calls: byId(consult, aCall({ id: 'c9', state: 'held', heldBy: 'me', startedAt: now - 300_000, answeredAt: now - 290_000, peer: partyAt(3), can: everything })) }) },
  'rush-conference': { bridge: () => desk({ calls: byId(aCall({ id: 'c1', conference: true, startedAt: now - 94_000, answeredAt: now - 90_000, peer: partyAt(2), can: everything })) }) },
  'rush-people': { bridge: () => desk({ calls: byId(...six.slice(0, 1)) }), steps: ['People'] },
  'rush-queues': { bridge: () => desk(), steps: ['Queues', 'Callers and members of support'] },
  'rush-parking': { bridge: () => desk(), steps: ['Parking'] },
  'rush-transfer': { bridge: () => desk({ calls: byId(...six.slice(0, 1)) }), steps: ['Transfer'] },
  'rush-away': { bridge: () => desk({ ...calls, connection: { me: connected({ state: 'waiting', staleSince: now - 65_000, retryAt: now + 14_000, attempt: 4, asterisk: null, error: { code: 'connection-lost', message: 'ECONNRESET' } }) } }) },
  'rush-settings': { bridge: () => createFakeBridge({ tables: rush, info: anAppInfo({ profile: aProfile({ devices: ['PJSIP/1001', 'PJSIP/1001-softphone'], mailboxes: ['1001@default', '600@sales'] }) }) }), steps: ['Settings'] },
  'popup-rush': { bridge: () => desk({ alerts: byId(...times(6, at => anAlert({ id: `p${at}`, caller: partyAt(at), startedAt: now - 4000 * at, queue: 'support', waitedSince: now - 102_000, dialed: '+49 30 5550', transferredBy: nameAt(at + 1), canTransfer: true, canPark: true }))) }) },
  'keys': { bridge: () => desk(), steps: ['Settings', 'Keyboard shortcuts'] },
}

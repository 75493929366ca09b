import type { PersonView, Tables } from '#contract/tables.ts'
import type { FakeBridge } from '../fake-bridge.ts'
import type { Scene } from './scenes.ts'
import { createFakeBridge, failed, ok } from '../fake-bridge.ts'
import { aCall, aLine, aLot, aMailbox, anAct, anAlert, anAppInfo, aParkedCall, aPerson, aQueue, aQueueCaller, aQueueMember, aRecent, aTodo, byId, connected } from '../rows.ts'

const now = Date.now()
const hostile = `<img src=x onerror=alert(1)>\u202E\u2066 ${'Wolfeschlegelsteinhausenbergerdorff '.repeat(40)}`
const hostileParty = { number: '1'.repeat(200), display: '1'.repeat(200), name: hostile }
const names = ['Anna Schmidt', 'Ben Okafor', 'Chiara Rossi', '王小明', 'Émile Zola', 'Fatima al-Fihri', 'Gustav Mahler', 'Hana Nováková', 'Ivo Andrić', 'Jana Müller', 'Kwame Mensah', 'Lucía Fernández'] as const
const states = ['idle', 'inuse', 'ringing', 'idle', 'onhold', 'busy', 'unavailable', 'idle', 'ringinuse', 'idle', 'idle', 'unavailable'] as const

const crowd: readonly PersonView[] = names.map((name, at) => aPerson({
  id: `${1002 + at}@hints`,
  exten: String(1002 + at),
  name,
  state: states[at] ?? 'idle',
  since: now - (at + 1) * 137_000,
  favourite: at < 3,
  watched: at === 5,
  group: at % 3 === 0 ? 'Sales' : at % 3 === 1 ? 'Support' : null,
  presence: at === 3 ? { state: 'away', message: 'Lunch until one' } : at === 7 ? { state: 'dnd', message: null } : null,
  with: at === 1 ? { number: '+4930901820', display: '+49 30 901820', name: 'Harbour Printing' } : at === 2 ? { number: '1009', display: '1009', name: 'Ivo Andrić' } : null,
  withState: at === 1 ? 'up' : at === 2 ? 'ringing' : null,
  canPickUp: at === 2,
}))
const many: readonly PersonView[] = Array.from({ length: 1000 }, (_, at) => aPerson({ id: `${2000 + at}@hints`, exten: String(2000 + at), name: `${names[at % names.length] ?? ''} ${Math.floor(at / names.length) + 1}`, state: states[at % states.length] ?? 'idle' }))

/** A house that a receptionist has in view whole. */
const families = ['Almeida', 'Berg', 'Chen', 'Dupont', 'Eriksen', 'Fofana', 'Gruber', 'Haddad', 'Ivanova', 'Jansen', 'Kaya', 'Lindqvist', 'Moreau', 'Nowak', 'Okoye', 'Petrov'] as const
const givens = ['Ada', 'Bruno', 'Chiara', 'Dmitri', 'Elif', 'Farid', 'Greta', 'Hassan', 'Inès', 'Jonas', 'Keiko', 'Lucía', 'Mateus'] as const
const departments = ['Sales', 'Support', 'Accounts', null] as const
const sixty: readonly PersonView[] = [
  ...crowd.map((person, at): PersonView => at === 8 ? { ...person, name: 'Maximiliana Theodora von Hohenberg-Sonnenthal zu Altenbrück' } : at === 5 ? { ...person, name: 'فاطمة الفهرية' } : person),
  ...Array.from({ length: 47 }, (_, at): PersonView => {
    const state = at % 5 === 1 && at % 3 !== 0 ? 'inuse' : at % 13 === 4 ? 'unavailable' : at === 30 ? 'ringing' : 'idle'
    return aPerson({
      id: `${1101 + at}@hints`,
      exten: String(1101 + at),
      name: `${givens[at % givens.length] ?? ''} ${families[(at * 5) % families.length] ?? ''}`,
      state,
      since: now - (at + 1) * 61_000,
      group: departments[Math.floor(at / 12)] ?? null,
      with: state === 'inuse' && at % 2 === 0 ? { number: '+442079460142', display: '+44 20 7946 0142', name: 'Harbour Dental Practice' } : null,
      withState: state === 'inuse' && at % 2 === 0 ? 'up' : null,
      canPickUp: state === 'ringing',
    })
  }),
  aPerson({ id: '1001@hints', exten: '1001', name: 'Dana Lindqvist', isMe: true }),
]

const line = { 1001: aLine({ name: 'Dana Lindqvist', devices: ['PJSIP/1001', 'PJSIP/1001-softphone'], registrations: [{ device: 'PJSIP/1001', state: 'reachable' }, { device: 'PJSIP/1001-softphone', state: 'unreachable' }], pauseReasons: ['Lunch', 'Training', 'Paperwork'] }) }
const queues = byId(
  aQueue({ id: 'support', waiting: 4, longestSince: now - 214_000, level: 'alarm', members: { total: 5, free: 1, busy: 2, paused: 1, away: 1 }, mine: { interface: 'PJSIP/1001', paused: true, reason: 'Lunch', since: now - 754_000, dynamic: true } }),
  aQueue({ id: 'sales', waiting: 2, longestSince: now - 72_000, level: 'busy', members: { total: 3, free: 2, busy: 1, paused: 0, away: 0 }, servicePercent: 71.4 }),
  aQueue({ id: 'billing', mine: null, completed: 4, abandoned: 0, servicePercent: 100 }),
)
const queueCallers = byId(
  aQueueCaller({ id: 'q1', since: now - 214_000 }),
  aQueueCaller({ id: 'q2', position: 2, since: now - 102_000, caller: { number: '+12025550143', display: '+1 202 555 0143', name: null } }),
  aQueueCaller({ id: 'q3', position: 3, since: now - 62_000, caller: { number: '', display: '', name: null } }),
  aQueueCaller({ id: 'q4', position: 4, since: now - 12_000, caller: { number: '+442079460123', display: '+44 20 7946 0123', name: 'Harbour Printing' } }),
)
const queueMembers = byId(
  aQueueMember({ paused: true, reason: 'Lunch', pausedSince: now - 754_000, name: 'Dana Lindqvist' }),
  aQueueMember({ id: 'support 2', interface: 'PJSIP/1003', name: 'Ben Okafor', state: 'inuse', isMe: false, callsTaken: 12, lastCallAt: now - 300_000 }),
  aQueueMember({ id: 'support 3', interface: 'PJSIP/1004', name: 'Chiara Rossi', state: 'idle', isMe: false, callsTaken: 0, lastCallAt: null }),
  aQueueMember({ id: 'support 4', interface: 'PJSIP/1005', name: '王小明', state: 'unavailable', isMe: false, callsTaken: 1 }),
)
const todo = byId(
  aTodo({ at: now - 300_000, attempts: 3 }),
  aTodo({ id: 't2', kind: 'missed', queue: null, caller: { number: '+12025550143', display: '+1 202 555 0143', name: null }, at: now - 3_900_000 }),
  aTodo({ id: 't3', kind: 'group', queue: null, done: true, at: now - 7_000_000 }),
)
const parked = byId(
  aParkedCall({ parkedAt: now - 38_000, returnsAt: now + 7000, mine: true }),
  aParkedCall({ id: 'default 702', space: '702', caller: { number: '+12025550143', display: '+1 202 555 0143', name: null }, parkedAt: now - 12_000, returnsAt: now + 33_000 }),
  aParkedCall({ id: 'sales 801', lot: 'sales', space: '801', caller: { number: '', display: '', name: null }, parkedBy: null, parkedAt: now - 92_000, returnsAt: null }),
)
const lots = byId(aLot({ taken: 2 }), aLot({ id: 'sales', spaces: 5 }), aLot({ id: 'night', spaces: null, taken: 0 }))
const recents = byId(
  aRecent({ id: 'r1', at: now - 240_000 }),
  aRecent({ id: 'r2', direction: 'out', outcome: 'answered', peer: { number: '1003', display: '1003', name: 'Ben Okafor' }, at: now - 1_900_000, talkMs: 263_000 }),
  aRecent({ id: 'r3', outcome: 'answered-elsewhere', answeredBy: 'Chiara Rossi', queue: 'support', peer: { number: '+33144556677', display: '+33 1 44 55 66 77', name: null }, at: now - 5_400_000 }),
)
const everything = ['hangup', 'blind', 'consult', 'voicemail', 'conference', 'park', 'dtmf', 'record', 'mute', 'timeout', 'move'] as const
const talking = aCall({ id: 'c1', startedAt: now - 94_000, answeredAt: now - 90_000, queue: 'support', can: everything })

const office: Partial<Tables> = {
  connection: { me: connected() },
  line,
  people: byId(...crowd),
  queues,
  queueCallers,
  queueMembers,
  todo,
  parked,
  lots,
  mailboxes: { '1001@default': aMailbox(), '600@sales': aMailbox({ mailbox: '600@sales', newMessages: 0, oldMessages: 1, waiting: false }) },
  recents,
}

function desk(over: Partial<Tables> = {}): FakeBridge {
  const bridge = createFakeBridge({ tables: { ...office, ...over }, info: anAppInfo() })
  bridge.answer('voicemail.messages', ({ mailbox }) => ok(mailbox.startsWith('600')
    ? [{ id: 'm3', folder: 'Old', caller: { number: '1003', display: '1003', name: 'Ben Okafor' }, at: now - 90_000_000, seconds: 7 }]
    : [
        { id: 'm1', folder: 'INBOX', caller: { number: '+4930901820', display: '+49 30 901820', name: 'Anna Schmidt' }, at: now - 600_000, seconds: 34 },
        { id: 'm2', folder: 'INBOX', caller: { number: '', display: '', name: null }, at: now - 4_600_000, seconds: 121 },
        { id: 'm4', folder: 'Old', caller: { number: '+12025550143', display: '+1 202 555 0143', name: null }, at: now - 190_000_000, seconds: 12 },
      ]))
  const ask = () => failed('needs-confirmation')
  bridge.answer('parked.retrieve', ({ confirmed }) => confirmed ? ok({ id: 'a' }) : ask())
  bridge.answer('person.pickup', ({ confirmed }) => confirmed ? ok({ id: 'a' }) : ask())
  bridge.answer('voicemail.delete', ({ confirmed }) => confirmed ? ok({ id: 'a' }) : ask())
  return bridge
}

/** A bridge whose colleagues change 200 times a second, as a big site does in the morning. */
function livelyCrowd(): FakeBridge {
  const people = Object.fromEntries(many.map(person => [person.id, person]))
  const bridge = desk({ people })
  let at = 0
  let rev = 1
  setInterval(() => {
    const upsert: Record<string, PersonView> = {}
    for (let times = 0; times < 10; times++) {
      at = (at + 7) % many.length
      const person = many[at]
      if (person)
        upsert[person.id] = { ...person, state: states[(at + rev) % states.length] ?? 'idle', since: Date.now() }
    }
    rev += 1
    bridge.push('pbx.patch', { rev, upsert: { people: upsert }, remove: {} })
  }, 50)
  return bridge
}

const onCall = { calls: byId(talking), line: { 1001: { ...line[1001], state: 'inuse' as const } } }

/** Colleagues, queues, parking, voicemail and what can be done with calls. */
export const officeScenes: Readonly<Record<string, Scene>> = {
  'office': { bridge: () => desk() },
  'office-call': { bridge: () => desk({ ...onCall, acts: byId(anAct({ at: now }), anAct({ id: 'a2', kind: 'park', subject: 'Harbour Printing', state: 'done' }), anAct({ id: 'a3', kind: 'cancelConsult', state: 'failed', error: { code: 'cannot-cancel-consult', message: 'CancelAtxfer: Feature disabled' } })) }) },
  'call-more': { bridge: () => desk({ calls: byId({ ...talking, recording: 'on', muted: true, endsAt: now + 700_000 }), line: { 1001: { ...line[1001], missing: { move: 'not-on-this-server' } } } }), steps: ['More'] },
  'call-keypad': { bridge: () => desk(onCall), steps: ['Send tones'] },
  'call-transfer': { bridge: () => desk(onCall), steps: ['Transfer', ['Send the call to', 'a']] },
  'call-transfer-all': { bridge: () => desk(onCall), steps: ['Transfer'] },
  'call-park': { bridge: () => desk(onCall), steps: ['Park'] },
  'call-consult': { bridge: () => desk({ calls: byId({ ...talking, can: ['hangup', 'complete', 'swap', 'cancelConsult', 'conference'], consult: { to: { number: '1003', display: '1003', name: 'Ben Okafor' }, state: 'up' }, talkingTo: 'consult' }, aCall({ id: 'c2', startedAt: now - 34_000, answeredAt: now - 31_000, can: ['hangup', 'cancelConsult'], consult: { to: { number: '1004', display: '1004', name: null }, state: 'ringing' }, peer: { number: '+33144556677', display: '+33 1 44 55 66 77', name: null } })) }) },
  'call-viewer': { bridge: () => desk({ calls: byId({ ...talking, can: [] }), line: { 1001: { ...line[1001], missing: { hangup: 'not-permitted', transfer: 'not-permitted', consult: 'not-permitted', park: 'not-permitted', dnd: 'not-permitted', forward: 'no-feature-code' } } } }), steps: ['More'] },
  'call-rings': { bridge: () => desk({ calls: byId(aCall({ id: 'c1', state: 'ringing', answeredAt: null, startedAt: now - 7000 })), alerts: byId(anAlert({ id: 'c1', canTransfer: true, canPark: true })) }), steps: ['Send to'] },
  'dial-name': { bridge: () => desk(), steps: [['Number to dial', 'an']] },
  'line-forward': { bridge: () => desk({ line: { 1001: { ...line[1001], dnd: 'on', forward: { always: '+49 171 5550', busy: null, noAnswer: null } } } }), steps: ['To +49'] },
  'line-phones': { bridge: () => desk(), steps: ['1 offline'] },
  'people': { bridge: () => desk(), steps: ['People'] },
  'people-call': { bridge: () => desk(onCall), steps: ['People', 'More about Anna'] },
  'people-pickup': { bridge: () => desk(), steps: ['People', 'Pick up for'] },
  'people-search': { bridge: () => desk(), steps: ['People', ['Search people', 'mul']] },
  'people-none': { bridge: () => desk({ people: {}, line: { 1001: { ...line[1001], missing: { people: 'not-permitted' } } } }), steps: ['People'] },
  'people-sixty': { bridge: () => desk({ people: byId(...sixty) }), steps: ['People'] },
  'board': { bridge: () => desk({ people: byId(...sixty) }), steps: ['People', '!input[value="board"]'] },
  'board-call': { bridge: () => desk({ ...onCall, people: byId(...sixty) }), steps: ['People', '!input[value="board"]'] },
  'board-details': { bridge: () => desk({ ...onCall, people: byId(...sixty) }), steps: ['People', '!input[value="board"]', 'Greta'] },
  'board-pickup': { bridge: () => desk({ people: byId(...sixty) }), steps: ['People', '!input[value="board"]', 'Pick up for'] },
  'board-free': { bridge: () => desk({ people: byId(...sixty) }), steps: ['People', '!input[value="board"]', 'Free ('] },
  'board-plain': { bridge: () => desk({ people: byId(...sixty.map(person => ({ ...person, favourite: false, group: null }))) }), steps: ['People', '!input[value="board"]'] },
  'board-hostile': { bridge: () => desk({ people: byId(aPerson({ name: hostile, exten: '1'.repeat(80), group: hostile, state: 'inuse', with: hostileParty, withState: 'up', since: now - 5_000_000, presence: { state: 'away', message: hostile } }), aPerson({ id: '2@hints', exten: '2'.repeat(80), name: null, favourite: true }), ...crowd.slice(1, 4)) }), steps: ['People', '!input[value="board"]', '<img'] },
  'board-thousand': { bridge: livelyCrowd, steps: ['People', '!input[value="board"]'] },
  'people-thousand': { bridge: livelyCrowd, steps: ['People'] },
  'queues': { bridge: () => desk(), steps: ['Queues'] },
  'queues-open': { bridge: () => desk(), steps: ['Queues', 'Callers and members of support'] },
  'queues-pause': { bridge: () => desk(), steps: ['Queues', 'Pause in all'] },
  'parking': { bridge: () => desk(), steps: ['Parking', '!li:nth-child(2) .take'] },
  'parking-empty': { bridge: () => desk({ parked: {}, lots: byId(aLot({ taken: 0 })) }), steps: ['Parking'] },
  'messages': { bridge: () => desk(), steps: ['Voicemail', 'More about the message of Anna', 'Delete'] },
  'messages-none': { bridge: () => desk({ line: { 1001: { ...line[1001], missing: { messages: 'unknown-action' } } } }), steps: ['Voicemail'] },
  'settings-queues': { bridge: () => desk(), steps: ['Settings', '!textarea'] },
  'office-hostile': {
    bridge: () => desk({
      line: { 1001: aLine({ name: hostile, forward: { always: hostile, busy: null, noAnswer: null }, pauseReasons: [hostile] }) },
      people: byId(aPerson({ name: hostile, exten: '1'.repeat(80), with: hostileParty, withState: 'up', presence: { state: 'away', message: hostile } }), ...crowd.slice(1, 4)),
      queues: byId(aQueue({ id: hostile, waiting: 1, longestSince: now - 5000 })),
      queueCallers: byId(aQueueCaller({ queue: hostile, caller: hostileParty })),
      queueMembers: byId(aQueueMember({ queue: hostile, name: hostile, paused: true, reason: hostile })),
      parked: byId(aParkedCall({ lot: hostile, space: hostile, caller: hostileParty, parkedBy: hostile })),
      lots: byId(aLot({ id: hostile })),
      todo: byId(aTodo({ caller: hostileParty, queue: hostile })),
      acts: byId(anAct({ subject: hostile })),
      calls: byId({ ...talking, peer: hostileParty, consult: { to: hostileParty, state: 'up' } }),
    }),
  },
  'popup-office': { bridge: () => desk({ alerts: byId(anAlert({ startedAt: now - 4000, queue: 'support', waitedSince: now - 102_000, dialed: '+49 30 5550', transferredBy: 'Chiara Rossi', canTransfer: true, canPark: true })) }) },
  'popup-send': { bridge: () => desk({ alerts: byId(anAlert({ startedAt: now - 4000, queue: 'support', canTransfer: true, canPark: true })) }), steps: ['Send to'] },
  'popup-returned': { bridge: () => desk({ alerts: byId(anAlert({ startedAt: now - 4000, canTransfer: true, returned: { lot: 'default', space: '701' } })) }) },
}

import type { ParkingLot } from './exchange/parking.ts'
import type { QueueStrategy } from './exchange/queue.ts'

/** The invented office. Outside numbers are of ranges that their countries keep free for fiction. */

export interface Person {
  readonly extension: string
  readonly name: string
  /** A second call rings too; without it the phone says busy. */
  readonly callWaiting: boolean
  readonly plugged: boolean
  readonly doNotDisturb: string | null
}

export const ME = '1001'
export const CONTEXT = 'internal'
export const HINTS = 'hints'
export const FROM_TRUNK = 'from-trunk'
export const TRUNK = 'PJSIP/trunk'
export const VOICEMAIL_NUMBER = '*97'
export const GROUP = '9000'
export const CONFERENCE = '3000'
export const AGENT_LOGIN = '7500'
/** Feature codes for another extension: `*78*1001`. What a companion calls that may do no more than originate. */
export const COMPANION_CODES = 'companion-codes'
/** My second device, with an extension of its own. */
export const MY_MOBILE = '1021'

/** Names for an office too big to invent everybody. */
const GIVEN: readonly string[] = ['Ada', 'Bruno', 'Chiara', 'Dmitri', 'Elif', 'Farid', 'Greta', 'Hassan', 'Ines', 'Jonas', 'Keiko', 'Lucía', 'Mateus', 'Nora', 'Oskar', 'Paula', 'Quentin', 'Rania', 'Søren', 'Thandi', 'Uma', 'Viktor', 'Wei', 'Ximena', 'Yusuf', 'Zofia']
const FAMILY: readonly string[] = ['Almeida', 'Berg', 'Chen', 'Dupont', 'Eriksen', 'Fofana', 'Gruber', 'Haddad', 'Ivanova', 'Jansen', 'Kaya', 'Lindqvist', 'Moreau', 'Nowak', 'Okoye', 'Petrov', 'Quispe', 'Rossi', 'Sato', 'Tremblay', 'Urban', 'Varga', 'Wagner', 'Xu', 'Yılmaz', 'Zeman', 'Ångström', 'Bauer', 'Costa', 'Doyle', 'Engel', 'Ferrari', 'Gomes', 'Horvat', 'Ito', 'Jovanović', 'Kim', 'Lopez', 'Meyer', 'Nguyen']

export const PEOPLE: readonly Person[] = [
  person('1001', 'Alex Winter', { callWaiting: true }),
  person('1002', 'Priya Raghunathan'),
  person('1003', 'Tomasz Wiśniewski'),
  person('1004', 'Amélie Côté-Lefèvre'),
  person('1005', '王小明'),
  person('1006', 'ليلى حداد', { doNotDisturb: 'In a workshop until four' }),
  person('1007', 'Олена Шевченко'),
  person('1008', 'Jo Li'),
  person('1009', 'Maximiliana Theodora von Hohenberg-Sonnenthal zu Altenbrück'),
  person('1010', 'Kwame Mensah'),
  person('1011', 'Ingrid Sørensen', { plugged: false }),
  person('1012', '田中 花子'),
  person(MY_MOBILE, 'Alex Winter (mobile)', { callWaiting: true }),
]

/** Neighbours in the list share no name, and nobody of the first thousand has that of another. */
function nameOf(index: number): string {
  const family = index * 7 + Math.floor(index / 520)
  return `${GIVEN[index % GIVEN.length] ?? ''} ${FAMILY[family % FAMILY.length] ?? ''}`
}

/** Everybody of the house, by extension. */
export interface Staff {
  readonly people: readonly Person[]
  readonly at: (extension: string) => Person | undefined
}

const FIRST_OF_MANY = 2000

/** The people above and, in a big office, as many more as it takes, from 2000 on. */
export function createStaff(count: number = PEOPLE.length): Staff {
  const more = Math.max(0, count - PEOPLE.length)
  const people = [...PEOPLE, ...Array.from({ length: more }, (_, index) => person(String(FIRST_OF_MANY + index), nameOf(index)))]
  const byExtension = new Map(people.map(one => [one.extension, one]))
  return { people, at: extension => byExtension.get(extension) }
}

/** Who rings when the front desk is called. */
export const GROUP_MEMBERS: readonly string[] = ['1001', '1002', '1004']

export interface QueuePlan {
  readonly name: string
  readonly extension: string
  readonly strategy: QueueStrategy
  readonly serviceLevelSeconds: number
  readonly members: readonly { readonly extension: string, readonly isDynamic: boolean, readonly penalty: number, readonly pausedFor?: string }[]
}

export const QUEUES: readonly [support: QueuePlan, sales: QueuePlan] = [
  {
    name: 'support',
    extension: '8000',
    strategy: 'ringall',
    serviceLevelSeconds: 20,
    members: [
      { extension: '1001', isDynamic: true, penalty: 0 },
      { extension: '1003', isDynamic: false, penalty: 0 },
      { extension: '1010', isDynamic: false, penalty: 0 },
      { extension: '1009', isDynamic: false, penalty: 5 },
    ],
  },
  {
    name: 'sales',
    extension: '8010',
    strategy: 'rrmemory',
    serviceLevelSeconds: 30,
    members: [
      { extension: '1004', isDynamic: false, penalty: 0 },
      { extension: '1008', isDynamic: true, penalty: 0 },
      { extension: '1012', isDynamic: true, penalty: 1, pausedFor: 'Lunch' },
    ],
  },
]

export const PARKING_LOTS: readonly ParkingLot[] = [
  { name: 'default', extension: '700', spaces: [701, 720], timeoutMs: 45_000, hasHints: true },
  { name: 'reception', extension: '750', spaces: [751, 755], timeoutMs: 90_000, hasHints: false },
]

export const AGENTS: readonly { readonly id: string, readonly name: string }[] = [
  { id: '2100', name: 'Alex Winter' },
  { id: '2101', name: 'Kwame Mensah' },
]

export interface Caller { readonly name: string | null, readonly number: string | null }

export const CUSTOMERS: readonly [Caller, Caller, Caller, ...Caller[]] = [
  { name: 'Harbour Dental Practice', number: '+442079460142' },
  { name: 'Nadia Okafor', number: '+12125550134' },
  { name: 'Müller & Söhne Druckerei', number: '+493023125417' },
  { name: 'Sam Whitlock', number: '+442079460177' },
  { name: '李静', number: '+493023125033' },
  { name: null, number: '+12125550119' },
  { name: null, number: null },
  { name: 'Thornbury & Vale Conveyancing Solicitors', number: '+442079460163' },
  { name: 'María José Íñiguez', number: '+12125550171' },
]

/** What the provider puts through to whom: the direct numbers end like the extension. */
export const DIRECT_DIAL: Readonly<Record<'me' | 'group' | 'queue' | 'sales' | 'mailbox', string>> = {
  me: '442079460101',
  group: '442079460100',
  queue: '442079460108',
  sales: '442079460109',
  mailbox: '442079460191',
}

/** The direct number of one of the first, whose extensions begin with 10. */
export const directDialOf = (extension: string): string => `4420794601${extension.slice(-2)}`

/** Numbers to try what dialling can meet; every other number outside answers. */
export const OUTSIDE_SPECIAL: Readonly<Record<string, 'busy' | 'noanswer' | 'unknown'>> = {
  '+442079460198': 'busy',
  '+442079460197': 'noanswer',
  '+442079460196': 'unknown',
}

export function callerAt(staff: Staff, extension: string): Caller {
  return { number: extension, name: staff.at(extension)?.name ?? null }
}

export const deviceOf = (extension: string): string => `PJSIP/${extension}`
/** `1002` of `PJSIP/1002`. */
export const userOf = (device: string): string => device.slice(device.indexOf('/') + 1)

function person(extension: string, name: string, more: Partial<Person> = {}): Person {
  return {
    extension,
    name,
    callWaiting: false,
    plugged: true,
    doNotDisturb: null,
    ...more,
  }
}

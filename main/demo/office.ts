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
export const QUEUE_EXTENSION = '8000'
export const QUEUE = 'support'

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
]

/** Who rings when the front desk is called. */
export const GROUP_MEMBERS: readonly string[] = ['1001', '1002', '1004']
export const QUEUE_MEMBERS: readonly string[] = ['1001', '1003', '1010']

export interface Caller { readonly name: string | null, readonly number: string | null }

export const CUSTOMERS: readonly Caller[] = [
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
export const DIRECT_DIAL: Readonly<Record<'me' | 'group' | 'queue' | 'mailbox', string>> = {
  me: '442079460101',
  group: '442079460100',
  queue: '442079460108',
  mailbox: '442079460191',
}

/** Numbers to try what dialling can meet; every other number outside answers. */
export const OUTSIDE_SPECIAL: Readonly<Record<string, 'busy' | 'noanswer' | 'unknown'>> = {
  '+442079460198': 'busy',
  '+442079460197': 'noanswer',
  '+442079460196': 'unknown',
}

export function personAt(extension: string): Person | undefined {
  return PEOPLE.find(one => one.extension === extension)
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

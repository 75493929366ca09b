import type { Headers } from '../exchange/channel.ts'
import type { OfficePbx } from '../office-pbx.ts'
import type { Answers } from './action.ts'
import { deviceTextOf } from '../exchange/devices.ts'
import { contactOf } from '../office-pbx.ts'
import { deviceOf } from '../office.ts'
import { failure, list } from './answer.ts'
import { ENDPOINT_SETTINGS, TRANSPORT_SETTINGS } from './endpoint-settings.ts'

interface Endpoint {
  readonly name: string
  readonly caller: string
  readonly mailbox: string
  /** `sip:…`; null while it is unplugged. */
  readonly contact: string | null
  readonly state: string
  readonly channels: number
}

const USER_AGENT = 'Desk phone 3.1'
const TRUNK_CONTACT = 'sip:198.51.100.20:5060'

export const endpointActions = {
  PJSIPShowEndpoints: (_, office) => list('A listing of Endpoints follows, presented as EndpointList events', endpointsOf(office).map(endpoint => ({
    event: 'EndpointList',
    headers: [
      ['ObjectType', 'endpoint'],
      ['ObjectName', endpoint.name],
      ['Transport', 'transport-udp'],
      ['Aor', endpoint.name],
      ['Auths', endpoint.name],
      ['OutboundAuths', ''],
      ['Contacts', endpoint.contact === null
        ? ''
        : `${contactText(endpoint)},`],
      ['DeviceState', endpoint.state],
      ['ActiveChannels', endpoint.channels],
    ],
  })), 'EndpointListComplete'),

  PJSIPShowEndpoint(request, office) {
    const name = request.get('Endpoint')
    if (name === '')
      return { ...failure('PJSIPShowEndpoint requires an endpoint name'), strayLineFeed: true }
    const endpoint = endpointsOf(office).find(one => one.name === name)
    if (!endpoint)
      return { ...failure(`Unable to retrieve endpoint ${name}`), strayLineFeed: true }
    const { contact } = endpoint
    const ofEndpoint = ['EndpointName', name] as const
    return list('Following are Events for each object associated with the Endpoint', [
      { event: 'EndpointDetail', headers: [['ObjectType', 'endpoint'], ['ObjectName', name], ...settingsOf(endpoint)] },
      { event: 'TransportDetail', headers: [['ObjectType', 'transport'], ['ObjectName', 'transport-udp'], ...TRANSPORT_SETTINGS, ofEndpoint] },
      {
        event: 'AorDetail',
        headers: [
          ...aorHeaders(endpoint),
          ['TotalContacts', Number(contact !== null)],
          ['ContactsRegistered', Number(contact !== null)],
          ofEndpoint,
        ],
      },
      ...contact === null
        ? []
        : [{ event: 'ContactStatusDetail', headers: contactStatusOf(office, name, contact) }],
    ], 'EndpointDetailComplete')
  },

  PJSIPShowAors: (_, office) => list('A listing of AORs follows, presented as AorList events', endpointsOf(office).map(endpoint => ({
    event: 'AorList',
    headers: aorHeaders(endpoint),
  })), 'AorListComplete'),

  PJSIPShowContacts(_, office) {
    const there = endpointsOf(office).flatMap(({ name, contact }) => contact === null
      ? []
      : [{ name, contact }])
    return there.length === 0
      ? { ...failure('No Contacts found'), strayLineFeed: true }
      : list('A listing of Contacts follows, presented as ContactList events', there.map(({ name, contact }) => ({
          event: 'ContactList',
          headers: [
            ['ObjectType', 'contact'],
            ['ObjectName', contactIdOf(name)],
            ['ViaAddr', hostOf(contact)],
            ['QualifyTimeout', '3.000000'],
            ['Qualify2xxOnly', 'false'],
            ['CallId', `registration-${name}`],
            ['RegServer', ''],
            ['PruneOnBoot', 'no'],
            ['Path', ''],
            ['Endpoint', name],
            ['ViaPort', 5060],
            ['AuthenticateQualify', 'no'],
            ['Uri', contact],
            ['QualifyFrequency', 0],
            ['UserAgent', USER_AGENT],
            ['ExpirationTime', expiryOf(office)],
            ['OutboundProxy', ''],
            ['Status', 'NonQualified'],
            ['RoundtripUsec', 'N/A'],
          ],
        })), 'ContactListComplete')
  },

  PJSIPShowRegistrationsInbound: (_, office) => list('Following are Events for each Inbound registration', endpointsOf(office).map(endpoint => ({
    event: 'InboundRegistrationDetail',
    headers: [
      ...aorHeaders(endpoint, 'Contact'),
      ['Contacts', endpoint.contact === null
        ? ''
        : `${contactText(endpoint)},`],
    ],
  })), 'InboundRegistrationDetailComplete'),

  PJSIPShowRegistrationsOutbound: () => list('Following are Events for each Outbound registration', [], 'OutboundRegistrationDetailComplete', [
    ['Registered', 0],
    ['NotRegistered', 0],
  ]),
} as const satisfies Answers

function endpointsOf({ exchange, staff }: OfficePbx): readonly Endpoint[] {
  const about = (name: string): Pick<Endpoint, 'state' | 'channels'> => ({
    state: deviceTextOf(exchange.states.of(deviceOf(name))),
    channels: exchange.channels.filter(({ device }) => device === deviceOf(name)).length,
  })
  return [
    ...staff.people.map(({ extension, name }) => ({
      name: extension,
      caller: `"${name}" <${extension}>`,
      mailbox: `${extension}@default`,
      contact: exchange.states.of(deviceOf(extension)) === 'UNAVAILABLE'
        ? null
        : contactOf(extension),
      ...about(extension),
    })),
    { name: 'trunk', caller: '<unknown>', mailbox: '', contact: TRUNK_CONTACT, ...about('trunk') },
  ]
}

function settingsOf({ name, caller, mailbox, state, channels }: Endpoint): Headers {
  const own: Readonly<Record<string, string | number>> = { '{name}': name, '{caller}': caller, '{mailbox}': mailbox, '{state}': state, '{channels}': channels }
  return ENDPOINT_SETTINGS.map(([setting, value]) => [setting, own[value] ?? value])
}

function contactStatusOf(office: OfficePbx, name: string, contact: string): Headers {
  return [
    ['AOR', name],
    ['URI', contact],
    ['UserAgent', USER_AGENT],
    ['RegExpire', expiryOf(office)],
    ['ViaAddress', `${hostOf(contact)}:5060`],
    ['CallID', `registration-${name}`],
    ['Status', 'NonQualified'],
    ['RoundtripUsec', 'N/A'],
    ['EndpointName', name],
    ['ID', contactIdOf(name)],
    ['AuthenticateQualify', 0],
    ['OutboundProxy', ''],
    ['Path', ''],
    ['QualifyFrequency', 0],
    ['QualifyTimeout', '3.000'],
    ['Qualify2xxOnly', 0],
  ]
}

/** Phones register for an hour; how much of it is left nobody here counts. */
const expiryOf = ({ exchange }: OfficePbx): number => Math.floor(exchange.clock.now() / 1000) + 1800
const contactIdOf = (name: string): string => `${name};@${name.padStart(32, '0')}`
const hostOf = (contact: string): string => contact.replace(/^sip:(?:[^@]*@)?/, '').replace(/:\d+$/, '')
const contactText = ({ name, contact }: Endpoint): string => `${name}/${contact ?? ''}`

function aorHeaders(endpoint: Endpoint, contacts: 'Contact' | 'Contacts' = 'Contacts'): Headers {
  return [
    ['ObjectType', 'aor'],
    ['ObjectName', endpoint.name],
    ['MinimumExpiration', 60],
    ['DefaultExpiration', 3600],
    ['QualifyTimeout', '3.000000'],
    ['Qualify2xxOnly', 'false'],
    ['Mailboxes', ''],
    ['SupportPath', 'false'],
    ['RemoveUnavailable', 'false'],
    ['VoicemailExtension', ''],
    ['MaxContacts', 2],
    ['AuthenticateQualify', 'false'],
    [contacts, endpoint.contact === null
      ? ''
      : contactText(endpoint)],
    ['MaximumExpiration', 7200],
    ['QualifyFrequency', 0],
    ['RemoveExisting', 'false'],
    ['OutboundProxy', ''],
  ]
}

import type { AdminTableName } from '#contract/admin.ts'
import type { SectionId } from '../sections.ts'

export interface TablePage {
  readonly table: AdminTableName
  /** Tables about a chosen row of this one, by the value of a column. */
  readonly parts?: readonly AdminTableName[]
  readonly partOf?: string
}

/** Which lists a section shows. */
export const tablePages: Readonly<Partial<Record<SectionId, readonly TablePage[]>>> = {
  channels: [{ table: 'channels' }],
  peers: [{ table: 'peers' }, { table: 'registrations' }, { table: 'extensions' }, { table: 'iax-netstats' }],
  dahdi: [{ table: 'dahdi' }],
  agents: [{ table: 'agents' }],
  conferences: [{ table: 'conferences', parts: ['conference'], partOf: 'conference' }],
  queues: [{ table: 'queues', parts: ['queue-members', 'queue-callers'], partOf: 'queue' }, { table: 'queue-members' }, { table: 'queue-callers' }, { table: 'queues-raw' }],
  parking: [{ table: 'parked' }],
  mailboxes: [{ table: 'mailboxes' }],
}

/** The column whose value names a row, and whether the server tells more about one. */
export const tableKeys: Readonly<Record<AdminTableName, { readonly key: string, readonly hasDetails: boolean }>> = {
  'channels': { key: 'channel', hasDetails: true },
  'peers': { key: 'peer', hasDetails: true },
  'registrations': { key: 'registration', hasDetails: false },
  'dahdi': { key: 'line', hasDetails: false },
  'agents': { key: 'agent', hasDetails: false },
  'conferences': { key: 'conference', hasDetails: false },
  'conference': { key: 'channel', hasDetails: false },
  'queues': { key: 'queue', hasDetails: true },
  'queue-members': { key: 'interface', hasDetails: false },
  'queue-callers': { key: 'channel', hasDetails: false },
  'queues-raw': { key: 'text', hasDetails: false },
  'parked': { key: 'channel', hasDetails: false },
  'mailboxes': { key: 'mailbox', hasDetails: false },
  'extensions': { key: 'exten', hasDetails: false },
  'log-channels': { key: 'text', hasDetails: false },
  'iax-netstats': { key: 'text', hasDetails: false },
}

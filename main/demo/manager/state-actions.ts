import type { Action } from './action.ts'
import { hintHeaders } from '../exchange/exchange.ts'
import { CONTEXT, HINTS, PEOPLE } from '../office.ts'
import { facts, failure, list } from './answer.ts'

export const stateActions: readonly Action[] = [
  {
    name: 'ExtensionState',
    synopsis: 'Check Extension Status.',
    rights: ['call', 'reporting'],
    answer: (request, { exchange }) => {
      const exten = request.get('Exten')
      const context = request.get('Context') || 'default'
      if (exten === '')
        return failure('Extension not specified')
      // The dialplan includes the hints into the context that people dial in.
      const hint = exchange.hints.find(one => one.exten === exten && [HINTS, CONTEXT].includes(context))
      return facts([
        ['Message', 'Extension Status'],
        ...(hint
          ? hintHeaders({ ...hint, context }, exchange.deviceState(hint.device))
          : [
              ['Exten', exten],
              ['Context', context],
              ['Hint', ''],
              ['Status', -1],
              ['StatusText', 'Unknown'],
            ] as const),
      ])
    },
  },
  {
    name: 'ExtensionStateList',
    synopsis: 'List the current known extension states.',
    rights: ['call', 'reporting'],
    answer: (_, { exchange }) => list('Extension Statuses will follow', exchange.hints.map(hint => ({
      event: 'ExtensionStatus',
      headers: hintHeaders(hint, exchange.deviceState(hint.device)),
    })), 'ExtensionStateListComplete'),
  },
  {
    name: 'DeviceStateList',
    synopsis: 'List the current known device states.',
    rights: ['call', 'reporting'],
    answer: (_, { exchange }) => list('Device State Changes will follow', exchange.devices.map(([device, state]) => ({
      event: 'DeviceStateChange',
      headers: [
        ['Device', device],
        ['State', state],
      ],
    })), 'DeviceStateListComplete'),
  },
  {
    name: 'PresenceState',
    synopsis: 'Check Presence State',
    rights: ['call', 'reporting'],
    answer: (request) => {
      const provider = request.get('Provider')
      if (provider === '')
        return failure('No provider specified')
      const message = messageOf(provider)
      return facts(message === null
        ? [
            ['Message', 'Presence State'],
            ['State', 'not_set'],
          ]
        : [
            ['Message', 'Presence State'],
            ['State', 'dnd'],
            ['Subtype', ''],
            ['PresenceMessage', message],
          ])
    },
  },
  {
    name: 'PresenceStateList',
    synopsis: 'List the current known presence states.',
    rights: ['call', 'reporting'],
    answer: () => list('Presence State Changes will follow', PEOPLE.filter(({ doNotDisturb }) => doNotDisturb !== null).map(({ extension, doNotDisturb }) => ({
      event: 'PresenceStateChange',
      headers: [
        ['Presentity', `CustomPresence:${extension}`],
        ['Status', 'dnd'],
        ['Subtype', ''],
        ['Message', doNotDisturb ?? ''],
      ],
    })), 'PresenceStateListComplete'),
  },
  {
    name: 'MailboxCount',
    synopsis: 'Check Mailbox Message Count.',
    rights: ['call', 'reporting'],
    answer: (request, { mailboxes }) => {
      const mailbox = request.get('Mailbox')
      if (mailbox === '')
        return failure('Mailbox not specified')
      const box = mailboxes.named(mailbox)
      return facts([
        ['Message', 'Mailbox Message Count'],
        ['Mailbox', mailbox],
        ['UrgMessages', 0],
        ['NewMessages', box?.newMessages ?? 0],
        ['OldMessages', box?.oldMessages ?? 0],
      ])
    },
  },
  {
    name: 'MailboxStatus',
    synopsis: 'Check mailbox.',
    rights: ['call', 'reporting'],
    answer: (request, { mailboxes }) => {
      const mailbox = request.get('Mailbox')
      if (mailbox === '')
        return failure('Mailbox not specified')
      return facts([
        ['Message', 'Mailbox Status'],
        ['Mailbox', mailbox],
        ['Waiting', Number((mailboxes.named(mailbox)?.newMessages ?? 0) > 0)],
      ])
    },
  },
  {
    name: 'VoicemailUsersList',
    synopsis: 'List All Voicemail User Information.',
    rights: ['call', 'reporting'],
    answer: (_, { mailboxes }) => list('Voicemail user list will follow', mailboxes.all.map(({ name, owner, newMessages, oldMessages }) => ({
      event: 'VoicemailUserEntry',
      headers: [
        ['VMContext', 'default'],
        ['VoiceMailbox', name],
        ['Fullname', owner],
        ['Email', '(null)'],
        ['Pager', ''],
        ['ServerEmail', 'asterisk@localhost'],
        ['FromString', ''],
        ['MailCommand', '/bin/true'],
        ['Language', ''],
        ['TimeZone', ''],
        ['Callback', ''],
        ['Dialout', ''],
        ['UniqueID', ''],
        ['ExitContext', ''],
        ['SayDurationMinimum', 2],
        ['SayEnvelope', 'Yes'],
        ['SayCID', 'No'],
        ['AttachMessage', 'Yes'],
        ['AttachmentFormat', ''],
        ['DeleteMessage', 'No'],
        ['VolumeGain', '0.00'],
        ['CanReview', 'No'],
        ['CanMarkUrgent', 'Yes'],
        ['CallOperator', 'No'],
        ['MaxMessageCount', 100],
        ['MaxMessageLength', 60],
        ['NewMessageCount', newMessages],
        ['OldMessageCount', oldMessages],
      ],
    })), 'VoicemailUserEntryComplete'),
  },
]

function messageOf(provider: string): string | null {
  return PEOPLE.find(({ extension }) => provider === `CustomPresence:${extension}`)?.doNotDisturb ?? null
}

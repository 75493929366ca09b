import type { Headers } from '../exchange/channel.ts'
import type { Mailbox, Mailboxes } from '../exchange/mailboxes.ts'
import type { Answers, AnswerTo } from './action.ts'
import type { Answer } from './answer.ts'
import type { Request } from './request.ts'
import { isFolder, newMessagesOf, oldMessagesOf } from '../exchange/mailboxes.ts'
import { facts, failure, list, success } from './answer.ts'
import { dateText } from './dates.ts'

export const voicemailActions = {
  MailboxCount(request, { mailboxes }) {
    const mailbox = request.get('Mailbox')
    if (mailbox === '')
      return failure('Mailbox not specified')
    const box = mailboxes.named(mailbox)
    return facts([
      ['Message', 'Mailbox Message Count'],
      ['Mailbox', mailbox],
      ['UrgMessages', 0],
      ['NewMessages', box
        ? newMessagesOf(box)
        : 0],
      ['OldMessages', box
        ? oldMessagesOf(box)
        : 0],
    ])
  },

  MailboxStatus(request, { mailboxes }) {
    const mailbox = request.get('Mailbox')
    if (mailbox === '')
      return failure('Mailbox not specified')
    const box = mailboxes.named(mailbox)
    return facts([
      ['Message', 'Mailbox Status'],
      ['Mailbox', mailbox],
      ['Waiting', Number(box !== undefined && newMessagesOf(box) > 0)],
    ])
  },

  VoicemailUsersList: (_, { mailboxes }) => list('Voicemail user list will follow', mailboxes.all.map(box => ({
    event: 'VoicemailUserEntry',
    headers: userHeaders(box),
  })), 'VoicemailUserEntryComplete'),

  VoicemailUserStatus: (request, office) => aboutBox(request, office, box => box
    ? list('Voicemail user detail will follow', [{ event: 'VoicemailUserDetail', headers: userHeaders(box) }], 'VoicemailUserDetailComplete')
    : success('There is no voicemail user of the given info.')),

  VoicemailBoxSummary: (request, office) => aboutBox(request, office, box => box
    ? list('Voicemail box detail will follow', box.messages.map(({ id, folder, from, at, seconds }) => ({
        event: 'VoicemailBoxDetail',
        headers: [
          ['Folder', folder],
          ['CallerID', `"${from.name ?? ''}" <${from.number ?? ''}>`],
          ['Date', dateText(at)],
          ['Duration', seconds],
          ['Flag', ''],
          ['ID', id],
        ],
      })), 'VoicemailBoxDetailComplete')
    : success('There is no voicemail user matching the given user.')),

  VoicemailMove(request, { mailboxes }) {
    const [from, to] = [request.get('Folder'), request.get('ToFolder')]
    return missing(request, ['Context', 'Mailbox', 'Folder', 'ID', 'ToFolder'])
      ?? done('move', has(request, mailboxes) && isFolder(from) && isFolder(to) && (() => mailboxes.move(boxOf(request), from, request.get('ID'), to)))
  },

  VoicemailRemove(request, { mailboxes }) {
    const from = request.get('Folder')
    return missing(request, ['Context', 'Mailbox', 'Folder', 'ID'])
      ?? done('remove', has(request, mailboxes) && isFolder(from) && (() => mailboxes.remove(boxOf(request), from, request.get('ID'))))
  },

  VoicemailForward(request, { mailboxes }) {
    const [from, to] = [request.get('Folder'), request.get('ToFolder')]
    const target = `${request.get('ToMailbox')}@${request.get('ToContext')}`
    return missing(request, ['Context', 'Mailbox', 'Folder', 'ID', 'ToContext', 'ToMailbox', 'ToFolder'])
      ?? done('forward', has(request, mailboxes) && mailboxes.named(target) && isFolder(from) && isFolder(to) && (() => mailboxes.forward(boxOf(request), from, request.get('ID'), target, to)))
  },

  VoicemailRefresh: () => success('Refresh sent'),
} as const satisfies Answers

function aboutBox(request: Request, { mailboxes }: Parameters<AnswerTo>[1], answer: (box: Mailbox | undefined) => Answer): Answer {
  return request.get('Context') === '' || request.get('Mailbox') === ''
    ? failure('Need \'Context\' and \'Mailbox\' parameters.')
    : answer(mailboxes.named(boxOf(request)))
}

const boxOf = (request: Request): string => `${request.get('Mailbox')}@${request.get('Context')}`

function missing(request: Request, headers: readonly string[]): Answer | null {
  const header = headers.find(one => request.get(one) === '')
  return header === undefined
    ? null
    : failure(`${header} not specified, required`)
}

function has(request: Request, mailboxes: Mailboxes): boolean {
  return mailboxes.named(boxOf(request))?.messages.some(({ id, folder }) => id === request.get('ID') && folder === request.get('Folder')) ?? false
}

/** A real server says success either way; the change is told after its answer. */
function done(what: 'move' | 'remove' | 'forward', act: (() => unknown) | false | undefined): Answer {
  return {
    ...success(`Message ${what} ${act
      ? 'successful'
      : 'failed'}`, () => void (act && act())),
    strayLineFeed: true,
  }
}

function userHeaders(box: Mailbox): Headers {
  return [
    ['VMContext', 'default'],
    ['VoiceMailbox', box.name],
    ['Fullname', box.owner],
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
    ['NewMessageCount', newMessagesOf(box)],
    ['OldMessageCount', oldMessagesOf(box)],
  ]
}

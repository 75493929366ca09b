import type { Party } from '../../pbx/events.ts'
import type { Asker } from '../session/types.ts'
import type { Message } from '../wire/message.ts'
import { AppError } from '../../errors.ts'
import { splitMailbox } from './actions.ts'
import { callerIdOf } from './channel.ts'
import { offers } from './server-info.ts'
import { given, integer } from './text.ts'

/** A voicemail message as the server lists it. */
export interface ListedMessage {
  readonly id: string
  readonly folder: string
  readonly caller: Party
  readonly at: number | null
  readonly seconds: number | null
}

/** The messages of a mailbox, where the server lists them (18.20, 20.5, 21 and later). */
export async function listMessages(asker: Asker, mailbox: string): Promise<readonly ListedMessage[]> {
  if (!offers(asker, 'VoicemailBoxSummary'))
    throw new AppError('not-on-this-server', 'This server or account lists no messages')
  const [box, context] = splitMailbox(mailbox)
  try {
    const { items } = await asker.list('VoicemailBoxSummary', { Mailbox: box, Context: context })
    return items.flatMap(item => messageOf(item) ?? [])
  }
  catch (error) {
    throw error instanceof AppError && error.code === 'action-refused'
      ? new AppError('no-such-mailbox', error.message, { cause: error })
      : error
  }
}

function messageOf(item: Message): ListedMessage | null {
  const id = given(item.get('ID'))
  const folder = given(item.get('Folder'))
  return id === null || folder === null
    ? null
    : { id, folder, caller: callerIdOf(item.get('CallerID')), at: dateOf(id, item.get('Date')), seconds: integer(item.get('Duration')) }
}

/** The id begins with seconds since the epoch; the date is written for people, in whatever language and zone the server has. */
function dateOf(id: string, date: string | undefined): number | null {
  const [, seconds] = /^(\d{9,11})-/.exec(id) ?? []
  if (seconds !== undefined)
    return Number(seconds) * 1000
  const parsed = Date.parse(date ?? '')
  return Number.isNaN(parsed) ? null : parsed
}

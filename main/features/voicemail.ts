import type { PbxEvent } from '../pbx/events.ts'
import type { PbxState } from '../pbx/state.ts'
import type { DeskConfig, Effect } from './types.ts'
import { mailboxKey } from '../pbx/mailboxes.ts'
import { isMyMailbox } from './mine.ts'

/** Tells of a new message once: a count that is repeated after a reload, or read for the first time, is no news. */
export function voicemail(before: PbxState, event: PbxEvent, config: DeskConfig): readonly Effect[] {
  if (event.type !== 'mailbox.changed')
    return []
  if (!isMyMailbox(config, event.mailbox))
    return []
  const id = mailboxKey(event.mailbox)
  const known = before.mailboxes.get(id)
  const isNew = known === undefined
    ? event.leftBy !== null && event.waiting
    : event.newMessages !== null && known.newMessages !== null
      ? event.newMessages > known.newMessages
      : event.waiting && !known.waiting
  return isNew
    ? [
        { type: 'announce', what: 'voicemail-new', id },
      ]
    : []
}

import type { PbxState } from './state.ts'
import { withTables } from './state.ts'

export interface Mailbox {
  readonly waiting: boolean
  readonly newMessages: number | null
  readonly oldMessages: number | null
}

/** `1001` means `1001@default`. */
export function mailboxKey(mailbox: string): string {
  return mailbox.includes('@')
    ? mailbox
    : `${mailbox}@default`
}

export function changeMailbox(state: PbxState, mailbox: string, { waiting, newMessages, oldMessages }: Mailbox): PbxState {
  const key = mailboxKey(mailbox)
  const known = state.mailboxes.get(key)
  if (known && known.waiting === waiting && known.newMessages === newMessages && known.oldMessages === oldMessages)
    return state
  return withTables(state, {
    mailboxes: state.mailboxes.set(key, { waiting, newMessages, oldMessages }),
  })
}

/** The context of voicemail.conf that a mailbox without one is in. */
const USUAL = '@default'

/** `1001@default` as people write it: the context only where it is not the usual one. */
export const typedMailbox = (mailbox: string): string => mailbox.endsWith(USUAL) ? mailbox.slice(0, -USUAL.length) : mailbox

/** What was typed, with the context that it means. */
export const wholeMailbox = (typed: string): string => typed.includes('@') ? typed : `${typed}${USUAL}`

/** `1001@default` and `600@sales` as people say it: 1001, and 600 (sales). */
export function spokenMailbox(mailbox: string): string {
  const [box = '', context] = typedMailbox(mailbox).split('@')
  return context ? `${box} (${context})` : box
}

import type { PbxAction } from '../../pbx/actions.ts'
import type { DeskState } from '../desk.ts'
import type { Planned } from './planned.ts'
import type { ActRequest } from './request.ts'
import { mailboxKey } from '../../pbx/mailboxes.ts'
import { isMyMailbox } from '../mine.ts'
import { plan } from './planned.ts'

/** Messages of a mailbox of mine. */
export function planMessages(desk: DeskState, { do: what, mailbox, folder, ids, to, confirmed }: Extract<ActRequest, { readonly kind: 'messages' }>): Planned {
  const { config, limits } = desk
  const box = mailboxKey(mailbox)
  if (!isMyMailbox(config, box))
    return { refused: 'no-such-mailbox' }
  if (limits.missing.messageChange)
    return { refused: limits.missing.messageChange }
  if (what === 'delete' && !confirmed)
    return { refused: 'needs-confirmation', details: { count: ids.length } }
  const steps = ids.map((id): readonly PbxAction[] => {
    const message = { mailbox: box, folder, id }
    switch (what) {
      case 'move': return [{ do: 'messageMove', ...message, toFolder: to }]
      case 'delete': return [{ do: 'messageDelete', ...message }]
      case 'forward': return [{ do: 'messageForward', ...message, toMailbox: mailboxKey(to) }]
      default: return what satisfies never
    }
  })
  const kinds = { move: 'messageMove', delete: 'messageDelete', forward: 'messageForward' } as const
  return plan(kinds[what], to === '' ? box : to, { steps })
}

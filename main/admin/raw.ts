import type { Asker } from '../ami/session/types.ts'
import type { Fields } from '../ami/wire/message.ts'
import type { PacketFeed } from './feed.ts'
import { actionEntry } from './console/catalog-view.ts'

/** Whether this server answers the action with text that bears neither a response nor an ActionID. */
export function answersRaw({ server }: Asker, action: string): boolean {
  return actionEntry(action)?.reply === 'raw' || (server.dialect === 'legacy' && /^iaxpeers$/i.test(action))
}

/**
 * All that such an action prints: several packets with empty lines between them, or none at all. Nothing marks its end, but a server
 * does one action at a time: once a Ping behind it is answered, all of it has come. Rejects where the server refuses.
 */
export async function askRaw(asker: Asker, feed: PacketFeed, action: string, fields: Fields, actionId?: string): Promise<readonly string[]> {
  const paragraphs: (readonly string[])[] = []
  const stop = feed.listen(({ direction, packet }) => {
    if (direction === 'in' && packet.kind === 'text')
      paragraphs.push(packet.output ?? [])
  })
  try {
    let refusal: unknown = null
    // Without text it is never answered, which is then no failure.
    const asked = asker.action(action, fields, actionId === undefined ? {} : { actionId }).catch((error: unknown) => { refusal = error })
    await asker.action('Ping')
    if (paragraphs.length > 0)
      await asked
    if (refusal !== null)
      throw refusal
    return paragraphs.flatMap((lines, index) => index === 0 ? lines : ['', ...lines])
  }
  finally {
    stop()
  }
}

import type { Conversation } from '../../support/conversation.ts'
import type { ItemId } from './inventory.ts'
import { expect, it } from 'vitest'
import { readConversation } from '../../support/conversation.ts'

/** One point of the description, held against each of these recordings; `proofs.ts` reads the calls of this function. */
export function item(id: ItemId, recordings: readonly string[], sentence: string, test: (heard: Conversation) => void | Promise<void>): void {
  for (const name of recordings) {
    it(`${id} ${sentence} (${name})`, async () => {
      expect.hasAssertions()
      await test(await readConversation(name))
    })
  }
}

/** Headers of a packet by their names, as they came. */
export function headers(packet: { readonly entries: Conversation['said'][number]['entries'] } | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries(packet?.entries() ?? [])
}

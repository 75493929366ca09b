import type { PbxEvent } from '../../pbx/events.ts'
import type { Message } from '../wire/message.ts'

/** What the packet of one event means; nothing where it lacks what it cannot do without. */
export type EventTranslator = (message: Message, at: number) => readonly PbxEvent[]
export type EventTranslators = Readonly<Record<string, EventTranslator>>

/** A translator that needs things that the packet may lack: no event without them. */
export function one(translate: (message: Message, at: number) => PbxEvent | null): EventTranslator {
  return (message, at) => {
    const event = translate(message, at)
    return event === null
      ? []
      : [event]
  }
}

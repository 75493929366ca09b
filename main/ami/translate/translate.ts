import type { PbxEvent } from '../../pbx/events.ts'
import type { Message } from '../wire/message.ts'
import type { EventTranslators } from './translator.ts'
import { agentEvents } from './agent-events.ts'
import { bridgeEvents } from './bridge-events.ts'
import { channelEvents } from './channel-events.ts'
import { dialEvents } from './dial-events.ts'
import { parkingEvents } from './parking-events.ts'
import { queueEvents } from './queue-events.ts'
import { serverEvents } from './server-events.ts'
import { stateEvents } from './state-events.ts'
import { transferEvents } from './transfer-events.ts'

/** By the name of the event in lower case. Spelling differs between releases, meaning does not: where it does, headers tell. */
const events: EventTranslators = {
  ...channelEvents,
  ...dialEvents,
  ...bridgeEvents,
  ...transferEvents,
  ...parkingEvents,
  ...stateEvents,
  ...queueEvents,
  ...agentEvents,
  ...serverEvents,
}
const wanted: ReadonlySet<string> = new Set(Object.keys(events))

interface Translator {
  readonly translate: (message: Message, at: number) => readonly PbxEvent[]
}

/** Says what packets of any release mean; keeps nothing between two of them. */
export function createTranslator(): Translator {
  return { translate }
}

/** Whether an event of this name means anything to the desk. */
export function isWanted(eventName: string): boolean {
  return wanted.has(eventName.toLowerCase())
}

function translate(message: Message, at: number): readonly PbxEvent[] {
  return message.kind === 'event' && isWanted(message.name)
    ? events[message.name.toLowerCase()]?.(message, at) ?? []
    : []
}

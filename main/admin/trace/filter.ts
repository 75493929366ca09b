import type { TraceFilter } from '#contract/admin.ts'
import type { SeenPacket } from '../feed.ts'

/** Whether a packet passes all parts of a filter; an empty part lets everything pass. Text is looked for in any case. */
export function matcher({ channel, direction, linkedid, names, text }: TraceFilter): (seen: SeenPacket) => boolean {
  const wanted = new Set(names)
  const needle = text.toLowerCase()
  return ({ direction: way, packet }) =>
    (direction === 'both' || way === direction)
    && (wanted.size === 0 || wanted.has(packet.name))
    && (channel === '' || has(packet.entries(), /channel\d?$/i, value => value.includes(channel)))
    && (linkedid === '' || has(packet.entries(), /(?:linkedid|uniqueid\d?)$/i, value => value === linkedid))
    && (needle === '' || packet.raw().toLowerCase().includes(needle))
}

function has(entries: readonly (readonly [string, string])[], header: RegExp, test: (value: string) => boolean): boolean {
  return entries.some(([name, value]) => header.test(name) && test(value))
}

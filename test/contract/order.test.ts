import type { DeskInput } from '../../main/features/types.ts'
import type { Played } from '../support/desk-player.ts'
import { describe, expect, it } from 'vitest'
import { inputsOf, play } from '../support/desk-player.ts'
import { deskOfLab } from '../support/labs.ts'
import { readRecording } from '../support/recording.ts'

/** Events about different things that a server sends within this time come in any order: it differs between releases and between two runs of one. */
const WINDOW_MS = 300
const SHUFFLES = 25

const recordings = [
  ...['1.2', '1.4', '1.8', '11'].flatMap(version => ['inbound_answered', 'inbound_caller_gives_up', 'inbound_busy', 'ringgroup'].map(name => `${version}/${name}`)),
  ...['16', '22'].flatMap(version => ['a-inbound-answered', 'a-inbound-caller-gives-up', 'a-inbound-rejected', 'c-ringgroup-other-answers', 'm-pickup-star8', 'd-originate-user-busy', 'd-originate-then-1002-busy', 'e-phone-refer-blind', 'g-queue-agent-ignores-other-takes'].map(name => `${version}/${name}.companion`)),
]

describe.each(recordings)('the order of events in %s', (name) => {
  const recording = readRecording(name)

  it.each(['1001', '1002'])('makes no difference to the desk of %s', (extension) => {
    const config = deskOfLab(recording.version, extension)
    const inputs = inputsOf(recording, config)
    const expected = outcome(play(inputs, config))
    for (let seed = 1; seed <= SHUFFLES; seed++)
      expect({ seed, ...outcome(play(shuffled(inputs, randomOf(seed)), config)) }).toEqual({ seed, ...expected })
  })
})

/** What is true in the end, and what the person has been told by then. */
function outcome({ desk, popups }: Played): object {
  const { pbx } = desk
  return {
    channels: Object.fromEntries(pbx.channels.values().map(({ id, name, state, bridge, held }) => [id, { name, state, bridge, held }])),
    calls: pbx.calls.values().map(call => call.legs.keys().toSorted()),
    dials: Object.fromEntries(pbx.dials.entries().map(([id, { source, status }]) => [id, { source, status }])),
    extensions: Object.fromEntries(pbx.extensions.entries().map(([key, { bits }]) => [key, bits])),
    popups: popups.length,
    recents: desk.recents.map(({ direction, outcome, peer, queue, answeredBy }) => ({ direction, outcome, peer, queue, answeredBy })),
  }
}

/** Each window in an order of its own; the times stay where they were, and what the person did keeps its place. */
function shuffled(inputs: readonly DeskInput[], random: () => number): readonly DeskInput[] {
  const windows: DeskInput[][] = []
  for (const input of inputs) {
    const window = windows.at(-1)
    const first = window?.[0]
    if (window && first?.kind === 'pbx' && input.kind === 'pbx' && input.at - first.at < WINDOW_MS)
      window.push(input)
    else
      windows.push([input])
  }
  return windows.flatMap((window) => {
    const times = window.map(input => input.at)
    return reordered(window, random).map((input, index) => movedTo(input, times[index] ?? input.at))
  })
}

/** Any order in which no event overtakes another about the same thing: there a server keeps to the order of what happened. */
function reordered(window: readonly DeskInput[], random: () => number): readonly DeskInput[] {
  const waiting = window.map(input => ({ input, subjects: subjectsOf(input) }))
  const order: DeskInput[] = []
  while (waiting.length > 0) {
    const free = waiting.filter(({ subjects }, index) => !waiting.slice(0, index).some(earlier => earlier.subjects.some(subject => subjects.includes(subject))))
    const next = free[Math.floor(random() * free.length)]
    if (!next)
      break
    order.push(next.input)
    waiting.splice(waiting.indexOf(next), 1)
  }
  return order
}

function subjectsOf(input: DeskInput): readonly string[] {
  if (input.kind !== 'pbx')
    return []
  const { event } = input
  switch (event.type) {
    case 'channel.created':
    case 'channel.changed':
    case 'channel.hungUp':
    case 'channel.holdChanged':
      return [
        `channel ${event.channel.uniqueid ?? event.channel.name}`,
        ...(event.type !== 'channel.changed' || event.channel.state === 'up' ? [`life of ${event.channel.uniqueid}`] : []),
      ]
    case 'dial.begun':
    case 'dial.progressed':
    case 'dial.ended':
      return [
        ...(event.destination ? [`dial of ${event.destination.uniqueid}`] : []),
        ...(event.source ? [`dial by ${event.source.uniqueid}`] : []),
        // A phone is dialled after its channel was made and before it answers or hangs up.
        ...(event.type === 'dial.begun' ? [`life of ${event.destination.uniqueid}`] : []),
      ]
    case 'call.pickedUp':
      return [`life of ${event.picker.uniqueid}`, `life of ${event.target.uniqueid}`]
    case 'bridge.entered':
      return [`bridge ${event.bridge.id}`, `life of ${event.channel.uniqueid}`]
    case 'bridge.left':
    case 'bridge.destroyed':
      return [`bridge ${event.bridge.id}`]
    case 'channels.linked':
    case 'channels.unlinked':
      return ['pairs']
    case 'extension.changed':
      return [`extension ${event.exten}`]
    case 'device.changed':
      return [`device ${event.device}`]
    case 'queue.memberChanged':
      return [`member ${event.member.interface}`]
    default:
      return [event.type.slice(0, event.type.indexOf('.'))]
  }
}

function movedTo(input: DeskInput, at: number): DeskInput {
  return input.kind === 'pbx'
    ? { ...input, at, event: { ...input.event, at } }
    : { ...input, at }
}

/** Numbers below 1, the same for the same seed (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6D2B79F5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

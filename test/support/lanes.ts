import type { Message } from '../../main/ami/wire/message.ts'

/** Everything in a stream that depends on the place and not on what happened, and how it is written instead. */
export interface Wording {
  /** Whole values. */
  readonly words: Readonly<Record<string, string>>
  /** Headers whose values do not matter. */
  readonly masked?: readonly string[]
  /** Devices whose lanes are left out. */
  readonly ignored?: readonly string[]
  /** Events that came at another moment than they usually do, and with the state of that moment. */
  readonly loose?: readonly string[]
}

const TIMES = ['HoldTime', 'RingTime', 'TalkTime', 'ActionID']
/** Real servers send these at any moment among the others. */
const LOOSE = new Set(['DialState', 'HangupRequest'])
const IGNORED = new Set(['QueueMemberStatus', 'QueueMemberAdded', 'QueueMemberRemoved', 'QueueMemberPause', 'QueueMemberPenalty', 'FullyBooted'])

/** Events about several channels, which real servers put in at any moment: each story is a lane of its own. */
const STORIES: ReadonlyMap<string, string> = new Map([
  ['OriginateResponse', 'originate'],
  ...['ParkedCall', 'UnParkedCall', 'ParkedCallTimeOut', 'ParkedCallGiveUp'].map(name => [name, 'parking'] as const),
  ...['BlindTransfer', 'AttendedTransfer', 'BridgeMerge'].map(name => [name, 'transfers'] as const),
  ...['LocalBridge', 'LocalOptimizationBegin', 'LocalOptimizationEnd'].map(name => [name, 'local'] as const),
])

/**
 * What was said about each channel, device and hint, in order. Ids are written by their order, channels by device and number, so
 * that the same calls at two servers give the same lanes word for word; how lanes mix is not told, because servers do not keep it.
 */
export function lanesOf(events: readonly Message[], { words, masked = [], ignored = [], loose = [] }: Wording): Readonly<Record<string, readonly string[]>> {
  const names = new Map<string, string>(Object.entries(words))
  const counts = new Map<string, number>()
  const lanes: Record<string, string[]> = {}
  const blank = new Set([...TIMES, ...masked])
  const isLoose = (name: string): boolean => LOOSE.has(name) || loose.includes(name)

  function learn(kind: string, ...spellings: readonly string[]): void {
    const count = (counts.get(kind) ?? 0) + 1
    counts.set(kind, count)
    for (const spelling of spellings) names.set(spelling, `${kind}#${count}`)
  }

  for (const event of events) {
    if (IGNORED.has(event.name))
      continue
    const device = deviceOf(event.get('Channel') ?? '')
    if (event.name === 'Newchannel')
      learn(reworded(device, names), event.get('Channel') ?? '', event.get('Uniqueid') ?? '')
    if (event.name === 'BridgeCreate')
      learn('bridge', event.get('BridgeUniqueid') ?? '')
    const lane = laneOf(event, names, isLoose)
    if (lane === null || ignored.some(one => lane.includes(one)))
      continue
    const list = lanes[lane] ?? []
    lanes[lane] = list
    list.push([
      event.name,
      ...event.entries().slice(2).map(([name, value]) => `${name}: ${blank.has(name) || (isLoose(event.name) && /^(?:Dest)?ChannelState/.test(name))
        ? '*'
        : reworded(value, names)}`),
    ].join('\n'))
  }
  return lanes
}

function laneOf(event: Message, names: ReadonlyMap<string, string>, isLoose: (name: string) => boolean): string | null {
  const subject = event.get('DestChannel') ?? event.get('Channel')
  const story = STORIES.get(event.name)
  if (story !== undefined)
    return story
  if (subject !== undefined) {
    const channel = names.get(subject) ?? subject
    return isLoose(event.name)
      ? `${event.name} of ${channel}`
      : channel
  }
  const device = event.get('Device')
  if (device !== undefined) {
    return device.endsWith('_avail') || device.includes('_pause_') || /^(?:Local|CBAnn)\//.test(device)
      ? null
      : `device ${reworded(device, names)}`
  }
  const exten = event.get('Exten')
  return exten === undefined
    ? names.get(event.get('BridgeUniqueid') ?? '') ?? null
    : `hint ${reworded(exten, names)}`
}

/** `PJSIP/1001` and `PJSIP/1001&Custom:DND1001,…` name people by their extension too. */
function reworded(value: string, names: ReadonlyMap<string, string>): string {
  return names.get(value) ?? value.replace(/\d{4}(?!\d)/g, digits => names.get(digits) ?? digits)
}

const deviceOf = (channel: string): string => channel.slice(0, channel.lastIndexOf('-'))

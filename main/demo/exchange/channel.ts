/** Down, Ring (this leg calls), Ringing (this device rings), Up. */
export type ChannelState = 0 | 4 | 5 | 6

export interface Party { readonly number: string | null, readonly name: string | null }
export const NOBODY: Party = { number: null, name: null }

/** One leg, as the server keeps it. */
export interface Channel {
  readonly uniqueid: string
  readonly linkedid: string
  /** `PJSIP/1001-0000000a` */
  readonly name: string
  /** `PJSIP/1001` */
  readonly device: string
  readonly state: ChannelState
  readonly caller: Party
  /** Whom its device shows. */
  readonly connected: Party
  readonly account: string
  readonly context: string
  readonly exten: string
  readonly priority: number
  /** What the caller dialled, for ever: a DID for calls from outside. */
  readonly dialed: string
  /** Counts up: who of two is older. */
  readonly order: number
  readonly createdAt: number
  readonly bridge: string | null
  readonly application: string
  readonly applicationData: string
  /** Why it ended or will end, Q.850; 0 while nobody said. */
  readonly cause: number
  /** The SIP status beside the cause. */
  readonly techCause: number | null
  /** Hears music because the other end put it on hold. */
  readonly held: boolean
  /** When the server ends it by itself; null for never. */
  readonly endsAt: number | null
  readonly variables: Readonly<Record<string, string>>
}

type Header = readonly [name: string, value: string | number]
export type Headers = readonly Header[]

const STATES: Readonly<Record<ChannelState, string>> = {
  0: 'Down',
  4: 'Ring',
  5: 'Ringing',
  6: 'Up',
}

const CAUSES: Readonly<Record<number, string>> = {
  0: 'Unknown',
  1: 'Unallocated (unassigned) number',
  16: 'Normal Clearing',
  17: 'User busy',
  19: 'User alerting, no answer',
  21: 'Call Rejected',
  26: 'Answered elsewhere',
  34: 'Circuit/channel congestion',
  127: 'Interworking, unspecified',
}

/** What chan_pjsip answers its own side with when a leg is hung up for a cause. */
const SIP_STATUS: Readonly<Record<number, number>> = {
  1: 404,
  17: 486,
  19: 480,
  21: 403,
  34: 503,
}

export const stateText = (state: ChannelState): string => STATES[state]
export const unknownOr = (text: string | null): string => text ?? '<unknown>'
export const causeText = (cause: number): string => CAUSES[cause] ?? 'Unknown'
export const sipStatusOf = (cause: number): number | null => SIP_STATUS[cause] ?? null

/** The fourteen headers that every event about a channel has; `Dest`, `Parkee` … before each for a second one. */
export function channelHeaders(channel: Channel, prefix = ''): Headers {
  const headers: Headers = [
    ['Channel', channel.name],
    ['ChannelState', channel.state],
    ['ChannelStateDesc', STATES[channel.state]],
    ['CallerIDNum', unknownOr(channel.caller.number)],
    ['CallerIDName', unknownOr(channel.caller.name)],
    ['ConnectedLineNum', unknownOr(channel.connected.number)],
    ['ConnectedLineName', unknownOr(channel.connected.name)],
    ['Language', 'en'],
    ['AccountCode', channel.account],
    ['Context', channel.context],
    ['Exten', channel.exten],
    ['Priority', channel.priority],
    ['Uniqueid', channel.uniqueid],
    ['Linkedid', channel.linkedid],
  ]
  return prefix === ''
    ? headers
    : headers.map(([name, value]) => [prefix + name, value])
}

/** `Cause` is left out while there is none, as 22 does. */
export function causeHeaders(cause: number, techCause: number | null): Headers {
  return [
    ...(cause === 0
      ? []
      : [['Cause', cause] as const]),
    ...(techCause === null
      ? []
      : [['TechCause', techCause] as const]),
  ]
}

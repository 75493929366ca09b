import type { Clock } from '../../clock.ts'
import type { Channel, ChannelState, Headers, Party } from './channel.ts'
import type { Control, Ending } from './control.ts'
import type { DeviceState } from './devices.ts'
import { causeHeaders, causeText, channelHeaders, NOBODY } from './channel.ts'
import { deviceStateOf, extensionStateOf } from './devices.ts'

export interface ExchangeParts {
  readonly clock: Clock
  readonly random: () => number
  /** Every event, in order, as every account with the right to read it gets it. */
  readonly tell: (event: string, headers: Headers) => void
  /** A phone, or a line outside, begins to ring; `source` is null where nobody dials (Originate). */
  readonly rang: (leg: Channel, source: Channel | null) => void
  /** A manager has sent a channel elsewhere. */
  readonly moved: (channel: Channel) => void
}

export interface Hint {
  readonly exten: string
  readonly context: string
  /** As the dialplan writes it, `PJSIP/1001&Custom:DND1001,CustomPresence:1001`. */
  readonly hint: string
  readonly device: string
  /** Its owner wants no calls: it shows busy while it is idle. */
  readonly doNotDisturb: boolean
}

export interface NewChannel {
  readonly device: string
  readonly state: ChannelState
  readonly caller: Party
  readonly context: string
  readonly exten: string
  readonly linkedid?: string | undefined
  /** Given by an Originate; it is refused where a channel bears it already. */
  readonly uniqueid?: string | undefined
}

interface Bridge { readonly id: string, readonly members: readonly string[] }

/** Channels, bridges and devices, changed by small steps of which each tells the event that a real server would. */
export class Exchange {
  readonly clock: Clock
  readonly random: () => number
  readonly #tell: ExchangeParts['tell']
  readonly #rang: ExchangeParts['rang']
  readonly #moved: ExchangeParts['moved']
  readonly #channels = new Map<string, Channel>()
  readonly #controls = new Map<string, Control>()
  readonly #bridges = new Map<string, Bridge>()
  readonly #devices = new Map<string, DeviceState>()
  readonly #hints: Hint[] = []
  readonly #watchers: ((device: string, state: DeviceState) => void)[] = []
  #channelCount = 0
  #idCount = 0

  constructor({ clock, random, tell, rang, moved }: ExchangeParts) {
    this.clock = clock
    this.random = random
    this.#tell = tell
    this.#rang = rang
    this.#moved = moved
  }

  // --- what is there ------------------------------------------------------------------------------------------------

  get channels(): readonly Channel[] {
    return [...this.#channels.values()]
  }

  get devices(): readonly (readonly [device: string, state: DeviceState])[] {
    return [...this.#devices]
  }

  get hints(): readonly Hint[] {
    return this.#hints
  }

  channel(id: string): Channel | undefined {
    return this.#channels.get(id)
  }

  named(name: string): Channel | undefined {
    const wanted = name.toLowerCase()
    return this.channels.find(channel => channel.name.toLowerCase() === wanted)
  }

  deviceState(device: string): DeviceState {
    return this.#devices.get(device) ?? 'NOT_INUSE'
  }

  /** A device that exists, and the extension whose hint shows it. */
  addDevice(device: string, state: DeviceState, hint: Omit<Hint, 'device'> | null): void {
    this.#devices.set(device, state)
    if (hint)
      this.#hints.push({ ...hint, device })
  }

  hasDevice(device: string): boolean {
    return this.#devices.has(device)
  }

  watchDevices(watcher: (device: string, state: DeviceState) => void): void {
    this.#watchers.push(watcher)
  }

  setDevice(device: string, state: DeviceState): void {
    if (this.#devices.get(device) === state)
      return
    this.#devices.set(device, state)
    this.tell('DeviceStateChange', [
      ['Device', device],
      ['State', state],
    ])
    for (const hint of this.#hints.filter(one => one.device === device))
      this.tell('ExtensionStatus', hintHeaders(hint, state))
    for (const watcher of this.#watchers) watcher(device, state)
  }

  // --- one channel --------------------------------------------------------------------------------------------------

  create({ device, state, caller, context, exten, linkedid, uniqueid }: NewChannel): Channel {
    const id = uniqueid ?? `${Math.floor(this.clock.now() / 1000)}.${this.#idCount++}`
    const channel: Channel = {
      uniqueid: id,
      linkedid: linkedid ?? id,
      name: `${device}-${(this.#channelCount++).toString(16).padStart(8, '0')}`,
      device,
      state,
      caller,
      connected: NOBODY,
      account: '',
      context,
      exten,
      priority: 1,
      dialed: state === 4
        ? exten
        : '',
      createdAt: this.clock.now(),
      bridge: null,
      application: '',
      applicationData: '',
      cause: 0,
      techCause: null,
    }
    this.#channels.set(id, channel)
    this.about('Newchannel', channel)
    this.#settleDevice(device)
    return channel
  }

  control(id: string, control: Control): void {
    this.#controls.set(id, control)
  }

  canRedirect(id: string): boolean {
    return Boolean(this.#controls.get(id)?.redirect)
  }

  /** Lifts the phone of a ringing leg; false when it does not ring (any more). */
  answer(id: string): boolean {
    const answer = this.#controls.get(id)?.answer
    answer?.()
    return Boolean(answer)
  }

  /** Ends a channel for a reason from outside; false when it is gone. */
  end(id: string, ending: Ending): boolean {
    const control = this.#controls.get(id)
    control?.end(ending)
    return control !== undefined
  }

  redirect(id: string, context: string, exten: string): void {
    this.#moved(this.#known(id))
    this.#controls.get(id)?.redirect?.(context, exten)
  }

  /** Says nothing; for what a server tells with its next event. */
  change(id: string, change: Partial<Channel>): Channel {
    const channel = { ...this.#known(id), ...change }
    this.#channels.set(id, channel)
    return channel
  }

  setState(id: string, state: ChannelState): void {
    if (this.#known(id).state === state)
      return
    const channel = this.change(id, { state })
    this.about('Newstate', channel)
    this.#settleDevice(channel.device)
  }

  setCaller(id: string, caller: Party): void {
    this.about('NewCallerid', this.change(id, { caller }), [
      ['CID-CallingPres', '0 (Presentation Allowed, Not Screened)'],
    ])
  }

  setConnected(id: string, connected: Party): void {
    const known = this.#known(id).connected
    if (known.number !== connected.number || known.name !== connected.name)
      this.about('NewConnectedLine', this.change(id, { connected }))
  }

  setAccount(id: string, account: string): void {
    const { account: old } = this.#known(id)
    if (account !== old)
      this.about('NewAccountCode', this.change(id, { account }), [['OldAccountCode', old]])
  }

  hangUp(id: string, cause: number, techCause: number | null = null): void {
    const channel = this.change(id, { cause, techCause })
    this.#channels.delete(id)
    this.#controls.delete(id)
    this.about('Hangup', channel, [
      ['Cause', cause],
      ['Cause-txt', causeText(cause)],
      ...causeHeaders(0, techCause),
    ])
    this.#settleDevice(channel.device)
  }

  /** The line itself wants to end, and says why where it does. */
  requestHangup(id: string, cause: number, techCause: number | null = null): void {
    this.about('HangupRequest', this.#known(id), causeHeaders(cause, techCause))
  }

  // --- dialling -----------------------------------------------------------------------------------------------------

  dialBegin(source: string | null, leg: string, dialString: string): void {
    this.between('DialBegin', source, leg, [['DialString', dialString]])
  }

  /** The leg rings, and whoever plays its phone hears of it. */
  ring(source: string | null, leg: string): void {
    this.setState(leg, 5)
    this.between('DialState', source, leg, [['DialStatus', 'RINGING']])
    this.#rang(this.#known(leg), source === null
      ? null
      : this.#known(source))
  }

  dialEnd(source: string | null, leg: string, status: string): void {
    this.between('DialEnd', source, leg, [['DialStatus', status]])
  }

  // --- bridges ------------------------------------------------------------------------------------------------------

  bridge(one: string, two: string): string {
    const id = uuid(this.random)
    this.#bridges.set(id, { id, members: [] })
    this.tell('BridgeCreate', bridgeHeaders(id, 0))
    for (const member of [one, two]) {
      const members = [
        ...this.#bridges.get(id)?.members ?? [],
        member,
      ]
      this.#bridges.set(id, { id, members })
      this.tell('BridgeEnter', [
        ...bridgeHeaders(id, members.length),
        ...channelHeaders(this.change(member, { bridge: id })),
      ])
    }
    return id
  }

  /** All leave, `first` first. */
  unbridge(id: string, first: string): void {
    const members = this.#bridges.get(id)?.members ?? []
    const order = [...members].sort((one, two) => Number(two === first) - Number(one === first))
    order.forEach((member, gone) => {
      this.tell('BridgeLeave', [
        ...bridgeHeaders(id, order.length - gone - 1),
        ...channelHeaders(this.change(member, { bridge: null })),
      ])
    })
    this.#bridges.delete(id)
    this.tell('BridgeDestroy', bridgeHeaders(id, 0))
  }

  // --- telling ------------------------------------------------------------------------------------------------------

  tell(event: string, headers: Headers): void {
    this.#tell(event, headers)
  }

  about(event: string, channel: Channel, more: Headers = []): void {
    this.tell(event, [
      ...channelHeaders(channel),
      ...more,
    ])
  }

  between(event: string, source: string | null, leg: string, more: Headers): void {
    this.tell(event, [
      ...source === null
        ? []
        : channelHeaders(this.#known(source)),
      ...channelHeaders(this.#known(leg), 'Dest'),
      ...more,
    ])
  }

  #known(id: string): Channel {
    const channel = this.#channels.get(id)
    if (!channel)
      throw new Error(`no channel ${id}`)
    return channel
  }

  #settleDevice(device: string): void {
    if (this.#devices.has(device))
      this.setDevice(device, deviceStateOf(this.channels.filter(channel => channel.device === device)))
  }
}

export function hintHeaders({ exten, context, hint, doNotDisturb }: Hint, state: DeviceState): Headers {
  const [status, text] = extensionStateOf(doNotDisturb && state === 'NOT_INUSE'
    ? 'BUSY'
    : state)
  return [
    ['Exten', exten],
    ['Context', context],
    ['Hint', hint],
    ['Status', status],
    ['StatusText', text],
  ]
}

function bridgeHeaders(id: string, channels: number): Headers {
  return [
    ['BridgeUniqueid', id],
    ['BridgeType', 'basic'],
    ['BridgeTechnology', 'simple_bridge'],
    ['BridgeCreator', '<unknown>'],
    ['BridgeName', '<unknown>'],
    ['BridgeNumChannels', channels],
    ['BridgeVideoSourceMode', 'none'],
  ]
}

function uuid(random: () => number): string {
  const digits = Array.from({ length: 32 }, () => Math.floor(random() * 16).toString(16)).join('')
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-a${digits.slice(17, 20)}-${digits.slice(20)}`
}

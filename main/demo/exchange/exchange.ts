import type { Clock } from '../../clock.ts'
import type { Channel, ChannelState, Headers, Party } from './channel.ts'
import type { Control, Ending, Talk } from './control.ts'
import { Bridges } from './bridges.ts'
import { causeHeaders, causeText, channelHeaders, NOBODY } from './channel.ts'
import { deviceStateOf } from './devices.ts'
import { States } from './states.ts'

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

export interface NewChannel {
  readonly device: string
  readonly state: ChannelState
  readonly caller: Party
  readonly context: string
  readonly exten: string
  readonly linkedid?: string | undefined
  /** Given by an Originate; it is refused where a channel bears it already. */
  readonly uniqueid?: string | undefined
  /** Instead of the device and a number. */
  readonly name?: string | undefined
}

/** What becomes of a channel, for the other half of it. */
export interface ChannelWatcher {
  readonly dials?: (callee: Party) => void
  readonly rings?: () => void
  readonly answered?: () => void
  /** It talks to the leg, in a bridge. */
  readonly talks?: () => void
  readonly over?: (cause: number) => void
}

/** Channels, bridges and devices, changed by small steps of which each tells the event that a real server would. */
export class Exchange {
  readonly clock: Clock
  readonly random: () => number
  readonly states: States
  readonly bridges: Bridges
  readonly talks = new Map<string, Talk>()
  /** Since the start, as `core show channels` counts. */
  callsProcessed = 0
  readonly #tell: ExchangeParts['tell']
  readonly #rang: ExchangeParts['rang']
  readonly #moved: ExchangeParts['moved']
  readonly #channels = new Map<string, Channel>()
  readonly #byName = new Map<string, string>()
  readonly #controls = new Map<string, Control>()
  readonly #watchers = new Map<string, ChannelWatcher>()
  readonly #deadlines = new Map<string, () => void>()
  #channelCount = 0
  #localCount = 0
  #idCount = 0

  constructor({ clock, random, tell, rang, moved }: ExchangeParts) {
    this.clock = clock
    this.random = random
    this.#tell = tell
    this.#rang = rang
    this.#moved = moved
    this.states = new States(tell)
    this.bridges = new Bridges({
      random,
      now: () => clock.now(),
      tell,
      channel: id => this.known(id),
      change: (id, change) => this.change(id, change),
      setAccount: (id, account) => this.setAccount(id, account),
    })
  }

  // --- what is there ------------------------------------------------------------------------------------------------

  get channels(): readonly Channel[] {
    return [...this.#channels.values()]
  }

  channel(id: string): Channel | undefined {
    return this.#channels.get(id)
  }

  known(id: string): Channel {
    const channel = this.#channels.get(id)
    if (!channel)
      throw new Error(`no channel ${id}`)
    return channel
  }

  named(name: string): Channel | undefined {
    const id = this.#byName.get(name.toLowerCase())
    return id === undefined
      ? undefined
      : this.#channels.get(id)
  }

  // --- one channel --------------------------------------------------------------------------------------------------

  create({ device, state, caller, context, exten, linkedid, uniqueid, name }: NewChannel): Channel {
    const order = this.#idCount++
    const id = uniqueid ?? `${Math.floor(this.clock.now() / 1000)}.${order}`
    const channel: Channel = {
      uniqueid: id,
      linkedid: linkedid ?? id,
      name: name ?? `${device}-${(this.#channelCount++).toString(16).padStart(8, '0')}`,
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
      order,
      createdAt: this.clock.now(),
      bridge: null,
      application: '',
      applicationData: '',
      cause: 0,
      techCause: null,
      held: false,
      endsAt: null,
      variables: {},
    }
    if (linkedid === undefined)
      this.callsProcessed++
    this.#channels.set(id, channel)
    this.#byName.set(channel.name.toLowerCase(), id)
    this.about('Newchannel', channel)
    this.#settleDevice(device)
    return channel
  }

  /** Both halves of a new Local channel bear it. */
  nextLocalNumber(): string {
    return (this.#localCount++).toString(16).padStart(8, '0')
  }

  /** Nobody controls a channel that is gone. */
  control(id: string, control: Control): void {
    if (this.#channels.has(id))
      this.#controls.set(id, control)
  }

  controlOf(id: string): Control | undefined {
    return this.#controls.get(id)
  }

  /** Null ends the watch. */
  watch(id: string, watcher: ChannelWatcher | null): void {
    if (watcher)
      this.#watchers.set(id, watcher)
    else
      this.#watchers.delete(id)
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
    this.movedByManager(id)
    this.#controls.get(id)?.redirect?.(context, exten)
  }

  /** From now on its people behave as they like. */
  movedByManager(id: string): void {
    this.#moved(this.known(id))
  }

  /** Says nothing; for what a server tells with its next event. */
  change(id: string, change: Partial<Channel>): Channel {
    const channel = { ...this.known(id), ...change }
    this.#channels.set(id, channel)
    return channel
  }

  setState(id: string, state: ChannelState): void {
    if (this.known(id).state === state)
      return
    const channel = this.change(id, { state })
    this.about('Newstate', channel)
    this.#settleDevice(channel.device)
    if (state === 6)
      this.#tellWatcher(id, watcher => watcher.answered?.())
  }

  setCaller(id: string, caller: Party): void {
    this.about('NewCallerid', this.change(id, { caller }), [
      ['CID-CallingPres', '0 (Presentation Allowed, Not Screened)'],
    ])
  }

  setConnected(id: string, connected: Party): void {
    const known = this.known(id).connected
    if (known.number !== connected.number || known.name !== connected.name)
      this.about('NewConnectedLine', this.change(id, { connected }))
  }

  setAccount(id: string, account: string): void {
    const { account: old } = this.known(id)
    if (account !== old)
      this.about('NewAccountCode', this.change(id, { account }), [['OldAccountCode', old]])
  }

  /** The end that hears music while the other has put it on hold. */
  setHeld(id: string, held: boolean): void {
    const { device, held: was } = this.known(id)
    if (was === held)
      return
    const channel = this.change(id, { held })
    if (held)
      this.about('MusicOnHoldStart', channel, [['Class', 'default']])
    else
      this.about('MusicOnHoldStop', channel)
    this.#settleDevice(device)
  }

  /** It is about to leave while it is on hold. */
  stopMusic(id: string): void {
    if (this.known(id).held)
      this.about('MusicOnHoldStop', this.change(id, { held: false }))
  }

  /** The server itself ends it then; null takes that back. */
  endAt(id: string, at: number | null): void {
    this.#deadlines.get(id)?.()
    this.#deadlines.delete(id)
    this.change(id, { endsAt: at })
    if (at !== null)
      this.#deadlines.set(id, this.clock.after(at - this.clock.now(), () => this.end(id, { by: 'manager', cause: 0, techCause: null })))
  }

  hangUp(id: string, cause: number, techCause: number | null = null): void {
    this.#takeOut(id)
    const channel = this.change(id, { cause, techCause })
    this.#deadlines.get(id)?.()
    this.#deadlines.delete(id)
    this.#channels.delete(id)
    this.#byName.delete(channel.name.toLowerCase())
    this.#controls.delete(id)
    this.about('Hangup', channel, [
      ['Cause', cause],
      ['Cause-txt', causeText(cause)],
      ...causeHeaders(0, techCause),
    ])
    this.#settleDevice(channel.device)
    const watcher = this.#watchers.get(id)
    this.#watchers.delete(id)
    watcher?.over?.(cause)
  }

  /** Nobody dies in a bridge, or with music in the ear. */
  #takeOut(id: string): void {
    this.stopMusic(id)
    this.talks.get(id)?.lift(id)
    const { bridge } = this.known(id)
    if (bridge === null)
      return
    this.bridges.leave(bridge, id)
    if (this.bridges.isSpent(bridge))
      this.bridges.destroy(bridge)
  }

  /** The line itself wants to end, and says why where it does. */
  requestHangup(id: string, cause: number, techCause: number | null = null): void {
    const channel = this.known(id)
    this.about('HangupRequest', channel, channel.device.startsWith('Local/')
      ? [['Cause', cause]]
      : causeHeaders(cause, techCause))
  }

  // --- dialling -----------------------------------------------------------------------------------------------------

  dialBegin(source: string | null, leg: string, dialString: string): void {
    this.between('DialBegin', source, leg, [['DialString', dialString]])
  }

  /** Whoever dials shows whom, before it rings. */
  showCallee(source: string, callee: Party): void {
    this.setConnected(source, callee)
    this.#watchers.get(source)?.dials?.(callee)
  }

  /** The leg rings, and whoever plays its phone hears of it. */
  ring(source: string | null, leg: string): void {
    this.setState(leg, 5)
    this.between('DialState', source, leg, [['DialStatus', 'RINGING']])
    if (source !== null)
      this.#watchers.get(source)?.rings?.()
    this.#rang(this.known(leg), source === null
      ? null
      : this.known(source))
  }

  dialEnd(source: string | null, leg: string, status: string): void {
    this.between('DialEnd', source, leg, [['DialStatus', status]])
  }

  talksNow(id: string): void {
    this.#tellWatcher(id, watcher => watcher.talks?.())
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
        : channelHeaders(this.known(source)),
      ...channelHeaders(this.known(leg), 'Dest'),
      ...more,
    ])
  }

  /** In a moment: what the other half of a channel does then must not change this one in the middle of a step. */
  #tellWatcher(id: string, tell: (watcher: ChannelWatcher) => void): void {
    if (!this.#watchers.has(id))
      return
    this.clock.after(0, () => {
      const watcher = this.#watchers.get(id)
      if (watcher)
        tell(watcher)
    })
  }

  #settleDevice(device: string): void {
    if (this.states.has(device))
      this.states.set(device, deviceStateOf(this.channels.filter(channel => channel.device === device)))
  }
}

import type { Headers } from './channel.ts'
import type { DeviceState } from './devices.ts'
import { extensionStateOf } from './devices.ts'

export interface Hint {
  readonly exten: string
  readonly context: string
  /** As the dialplan writes it, `PJSIP/1001&Custom:DND1001,CustomPresence:1001`. */
  readonly hint: string
  readonly device: string
  /** A second device in the hint, which makes an idle extension busy: its owner wants no calls. */
  readonly lamp: string | null
  readonly presentity: string | null
}

export interface Presence { readonly status: string, readonly subtype: string, readonly message: string }

/** States of devices and presences, and the hints that show them. */
export class States {
  readonly #tell: (event: string, headers: Headers) => void
  readonly #devices = new Map<string, DeviceState>()
  readonly #presences = new Map<string, Presence>()
  readonly #hints: Hint[] = []
  readonly #shownBy = new Map<string, Hint[]>()
  readonly #watchers = new Set<(device: string, state: DeviceState) => void>()

  constructor(tell: (event: string, headers: Headers) => void) {
    this.#tell = tell
  }

  get devices(): readonly (readonly [device: string, state: DeviceState])[] {
    return [...this.#devices]
  }

  get hints(): readonly Hint[] {
    return this.#hints
  }

  get presences(): readonly (readonly [presentity: string, presence: Presence])[] {
    return [...this.#presences]
  }

  of(device: string): DeviceState {
    return this.#devices.get(device) ?? 'NOT_INUSE'
  }

  has(device: string): boolean {
    return this.#devices.has(device)
  }

  presenceOf(presentity: string): Presence | null {
    return this.#presences.get(presentity) ?? null
  }

  /** A device that exists from the beginning. */
  add(device: string, state: DeviceState): void {
    this.#devices.set(device, state)
  }

  addHint(hint: Hint): void {
    this.#hints.push(hint)
    for (const shown of [hint.device, hint.lamp]) {
      if (shown !== null)
        this.#shownBy.set(shown, [...this.#shownBy.get(shown) ?? [], hint])
    }
  }

  hintOf(exten: string): Hint | undefined {
    return this.#hints.find(hint => hint.exten === exten)
  }

  hintHeaders(hint: Hint): Headers {
    const state = this.of(hint.device)
    const [status, text] = extensionStateOf(hint.lamp !== null && this.of(hint.lamp) === 'BUSY' && state === 'NOT_INUSE'
      ? 'BUSY'
      : state)
    return [
      ...this.#aboutHint(hint),
      ['Status', status],
      ['StatusText', text],
    ]
  }

  /** The answer is called to end it. */
  watch(watcher: (device: string, state: DeviceState) => void): () => void {
    this.#watchers.add(watcher)
    return () => void this.#watchers.delete(watcher)
  }

  set(device: string, state: DeviceState): void {
    if (this.#devices.get(device) === state)
      return
    this.#devices.set(device, state)
    this.#tell('DeviceStateChange', [
      ['Device', device],
      ['State', state],
    ])
    for (const hint of this.#shownBy.get(device) ?? []) this.#tell('ExtensionStatus', this.hintHeaders(hint))
    for (const watcher of this.#watchers) watcher(device, state)
  }

  setPresence(presentity: string, presence: Presence, options: { readonly isSilent?: boolean } = {}): void {
    this.#presences.set(presentity, presence)
    if (options.isSilent)
      return
    const { status, subtype, message } = presence
    const said: Headers = [
      ['Status', status],
      ['Subtype', subtype],
      ['Message', message],
    ]
    for (const hint of this.#hints.filter(one => one.presentity === presentity)) this.#tell('PresenceStatus', [...this.#aboutHint(hint), ...said])
    this.#tell('PresenceStateChange', [['Presentity', presentity], ...said])
  }

  #aboutHint({ exten, context, hint }: Hint): Headers {
    return [
      ['Exten', exten],
      ['Context', context],
      ['Hint', hint],
    ]
  }
}

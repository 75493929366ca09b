import type { AdminStatus, TraceFilter, TracePage } from '#contract/admin.ts'
import type { Tables } from '#contract/tables.ts'
import type { Clock } from '../../clock.ts'
import type { PacketFeed, SeenPacket } from '../feed.ts'
import { defaultOffice } from '../../features/office-config.ts'
import { matcher } from './filter.ts'
import { replay } from './replay.ts'
import { readTrace, writeTrace } from './trace-file.ts'
import { TraceStore } from './trace-store.ts'

export interface TraceParts {
  readonly feed: PacketFeed
  readonly clock: Clock
  /** Told at most four times a second. */
  readonly onGrown: (total: number) => void
  readonly saveText: (suggestedName: string, text: string) => Promise<string | null>
  readonly openText: () => Promise<{ readonly path: string, readonly text: string } | null>
}

export interface Trace {
  readonly view: () => AdminStatus['trace']
  readonly page: (input: { readonly filter: TraceFilter, readonly before: number | null, readonly limit: number }) => Promise<TracePage>
  /** What arrives while it is paused is not kept. */
  readonly pause: (paused: boolean) => void
  readonly clear: () => void
  readonly save: (input: { readonly filter: TraceFilter, readonly maskNumbers: boolean }) => Promise<{ readonly path: string | null }>
  /** Shows a saved trace in place of the live one, which is kept. */
  readonly openFile: () => Promise<void>
  readonly live: () => void
  readonly replay: (input: { readonly extension: string, readonly devices: readonly string[], readonly upTo: number | null }) => { readonly upTo: number, readonly tables: Tables }
  readonly stop: () => void
}

const TELL_MS = 250

export function createTrace(parts: TraceParts): Trace {
  const { clock } = parts
  const live = new TraceStore()
  let opened: { readonly store: TraceStore, readonly file: string } | null = null
  let paused = false
  let stopTelling: (() => void) | null = null

  const shown = (): TraceStore => opened?.store ?? live

  function take(seen: SeenPacket): void {
    if (paused)
      return
    live.add(seen)
    stopTelling ??= clock.after(TELL_MS, () => {
      stopTelling = null
      parts.onGrown(shown().size)
    })
  }
  const stopListening = parts.feed.listen(take)

  return {
    view: () => ({ packets: shown().size, paused, source: opened === null ? 'live' : 'file', file: opened?.file ?? null }),
    page: ({ before, filter, limit }) => shown().page(filter, before, limit, () => new Promise(resolve => clock.after(0, resolve))),
    pause(next) {
      paused = next
    },
    clear: () => shown().clear(),
    async save({ filter, maskNumbers }) {
      const matches = matcher(filter)
      const chosen = [...shown().all()].filter(matches)
      const name = `ringside-trace-${new Date(clock.now()).toISOString().slice(0, 19).replaceAll(':', '-')}.txt`
      return { path: await parts.saveText(name, writeTrace(chosen, { maskNumbers })) }
    },
    async openFile() {
      const file = await parts.openText()
      if (file === null)
        return
      const store = new TraceStore()
      for (const seen of readTrace(file.text))
        store.add(seen)
      opened = { store, file: file.path }
    },
    live() {
      opened = null
    },
    replay: ({ devices, extension, upTo }) => replay(shown().all(), {
      extension,
      hintContext: '',
      devices: devices.length > 0 ? devices : [`PJSIP/${extension}`, `SIP/${extension}`, `IAX2/${extension}`],
      mailboxes: [`${extension}@default`],
      dialContext: '',
      voicemailNumber: '',
      voicemailExten: '',
      outsidePrefix: '',
      popupLingerMs: 4000,
      office: defaultOffice,
    }, upTo, opened?.file ?? ''),
    stop() {
      stopListening()
      stopTelling?.()
    },
  }
}

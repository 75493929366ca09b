import type { AlertView, CallView, ConnectionView, DialView, LineView, MailboxView, Patch, RecentView, Snapshot, Tables } from '#contract/tables.ts'
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { applyPatch } from '#contract/patch.ts'
import { useBridge } from '../bridge/index.ts'

/** A mirror of main's tables: it holds what main said last and decides nothing. */
export const usePbxStore = defineStore('pbx', () => {
  const bridge = useBridge()
  const snapshot = shallowRef<Snapshot | null>(null)
  /** Patches that came while a snapshot was on its way; null when none is. */
  let held: Patch[] | null = null

  async function resync(): Promise<void> {
    held = []
    const result = await bridge.invoke('pbx.snapshot')
    const missed = held
    held = null
    if (!result.ok)
      return
    snapshot.value = result.value
    missed.forEach(take)
  }

  function take(patch: Patch): void {
    if (held) {
      held.push(patch)
      return
    }
    if (snapshot.value && patch.rev <= snapshot.value.rev)
      return
    const next = snapshot.value && applyPatch(snapshot.value, patch)
    if (next)
      snapshot.value = next
    else
      void resync()
  }

  bridge.subscribe('pbx.patch', take)
  void resync()

  function rows<Name extends keyof Tables>(name: Name): Tables[Name][keyof Tables[Name]][] {
    return Object.values(snapshot.value?.tables[name] ?? {})
  }

  return {
    isReady: computed(() => snapshot.value !== null),
    connection: computed((): ConnectionView | null => snapshot.value?.tables.connection.me ?? null),
    line: computed((): LineView | null => rows('line')[0] ?? null),
    calls: computed((): CallView[] => rows('calls').sort(byStart)),
    alerts: computed((): AlertView[] => rows('alerts').sort(byStart)),
    dials: computed((): DialView[] => rows('dials').sort(byStart)),
    mailboxes: computed((): MailboxView[] => rows('mailboxes').sort((a, b) => a.mailbox.localeCompare(b.mailbox))),
    recents: computed((): RecentView[] => rows('recents').sort((a, b) => b.at - a.at)),
  }
})

function byStart(a: { readonly startedAt: number }, b: { readonly startedAt: number }): number {
  return a.startedAt - b.startedAt
}

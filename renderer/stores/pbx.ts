import type { FirstLook } from '#contract/first-look.ts'
import type { ActView, AlertView, CallView, ConnectionView, DialView, LineView, LotView, MailboxView, ParkedView, Patch, PersonView, QueueCallerView, QueueMemberView, QueueView, RecentView, Snapshot, Tables, TodoView } from '#contract/tables.ts'
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { applyPatch } from '#contract/patch.ts'
import { useBridge, useFirstLook } from '../bridge/index.ts'

/** A mirror of main's tables: it holds what main said last and decides nothing. */
export const usePbxStore = defineStore('pbx', () => {
  const bridge = useBridge()
  const firstLook = useFirstLook()
  const snapshot = shallowRef<Snapshot | null>(null)
  /** Patches that came while a snapshot was on its way; null when none is. */
  let held: Patch[] | null = null
  let asked = 0
  let without: readonly 'people'[] = []
  let isSparing = false
  /** Places of a sparing window that show colleagues now. */
  let needs = 0

  async function resync(): Promise<void> {
    const question = ++asked
    held ??= []
    const result = await (without.length > 0 ? bridge.invoke('pbx.snapshot', { without }) : bridge.invoke('pbx.snapshot'))
    // What was asked later is answered later.
    if (question !== asked)
      return
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

  function weigh(): void {
    const on = !isSparing || needs > 0
    if (on === (without.length === 0))
      return
    without = on ? [] : ['people']
    if (asked > 0)
      void resync()
  }
  /** Colleagues are many and change often: this window mirrors them only while something in it needs them. */
  function sparePeople(): void {
    isSparing = true
    weigh()
  }
  /** Until what it answers is called. */
  function needPeople(): () => void {
    needs += 1
    weigh()
    return () => {
      needs -= 1
      weigh()
    }
  }

  bridge.subscribe('pbx.patch', take)
  // A moment later, when the window has said what it does without.
  queueMicrotask(() => void resync())

  /** Only what reads this table hears of its changes: a patch leaves the other tables as they were. */
  function rowsOf<Name extends keyof Tables>(name: Name): () => Tables[Name][keyof Tables[Name]][] {
    const table = computed(() => snapshot.value?.tables[name])
    return () => Object.values(table.value ?? {})
  }
  const rows = {
    line: rowsOf('line'),
    calls: rowsOf('calls'),
    alerts: rowsOf('alerts'),
    dials: rowsOf('dials'),
    mailboxes: rowsOf('mailboxes'),
    recents: rowsOf('recents'),
    people: rowsOf('people'),
    parked: rowsOf('parked'),
    lots: rowsOf('lots'),
    queues: rowsOf('queues'),
    queueCallers: rowsOf('queueCallers'),
    queueMembers: rowsOf('queueMembers'),
    todo: rowsOf('todo'),
    acts: rowsOf('acts'),
  }

  return {
    sparePeople,
    needPeople,
    isReady: computed(() => snapshot.value !== null),
    connection: computed((): ConnectionView | null => snapshot.value?.tables.connection.me ?? (firstLook && connectingTo(firstLook))),
    /** What the tables say is true now, and not only as of when the connection broke. */
    isFresh: computed(() => snapshot.value?.tables.connection.me?.state === 'online' && snapshot.value.tables.connection.me.staleSince === null),
    line: computed((): LineView | null => rows.line()[0] ?? null),
    calls: computed((): CallView[] => rows.calls().sort(byStart)),
    alerts: computed((): AlertView[] => rows.alerts().sort(byStart)),
    dials: computed((): DialView[] => rows.dials().sort(byStart)),
    mailboxes: computed((): MailboxView[] => rows.mailboxes().sort((a, b) => a.mailbox.localeCompare(b.mailbox))),
    recents: computed((): RecentView[] => rows.recents().sort((a, b) => b.at - a.at)),
    people: computed((): PersonView[] => rows.people()),
    parked: computed((): ParkedView[] => rows.parked().sort((a, b) => a.parkedAt - b.parkedAt)),
    lots: computed((): LotView[] => rows.lots().sort((a, b) => a.id.localeCompare(b.id))),
    queues: computed((): QueueView[] => rows.queues().sort((a, b) => Number(b.mine !== null) - Number(a.mine !== null) || a.id.localeCompare(b.id))),
    queueCallers: computed((): QueueCallerView[] => rows.queueCallers().sort((a, b) => a.position - b.position)),
    queueMembers: computed((): QueueMemberView[] => rows.queueMembers().sort((a, b) => Number(b.isMe) - Number(a.isMe) || a.name.localeCompare(b.name))),
    todo: computed((): TodoView[] => rows.todo().sort((a, b) => Number(a.done) - Number(b.done) || b.at - a.at)),
    acts: computed((): ActView[] => rows.acts().sort((a, b) => a.at - b.at)),
  }
})

function byStart(a: { readonly startedAt: number }, b: { readonly startedAt: number }): number {
  return a.startedAt - b.startedAt
}

/** Before main has answered there is one thing that it can be doing. */
function connectingTo({ demo, secured, server }: FirstLook): ConnectionView {
  return { state: 'connecting', server, demo, secured, asterisk: null, staleSince: null, retryAt: null, attempt: 1, error: null }
}

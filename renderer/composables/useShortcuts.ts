import type { InjectionKey } from 'vue'
import type { ShortcutId } from './shortcuts.ts'
import { inject, nextTick, onScopeDispose, provide } from 'vue'
import { ariaKeys, shortcutsOf, writtenKeys } from './shortcuts.ts'

interface Listener {
  readonly isReady: () => boolean
  readonly run: () => void
}
type Listeners = Map<ShortcutId, Set<Listener>>

const listenersKey: InjectionKey<Listeners> = Symbol('shortcuts')

/** Read once: nobody changes computers under a running window. */
export const IS_MAC = navigator.userAgent.includes('Macintosh')

/** Takes the key presses of this window that count now; whoever is ready for one does it. `prepare` may bring to the screen who would be, `nothing` tells that nobody is. */
export function provideShortcuts(desk: {
  readonly counts: (id: ShortcutId) => boolean
  readonly prepare: (id: ShortcutId) => boolean
  readonly nothing: (id: ShortcutId) => void
}): void {
  const listeners: Listeners = new Map()
  provide(listenersKey, listeners)

  const start = (ids: readonly ShortcutId[]): boolean => {
    for (const id of ids) {
      const ready = [...listeners.get(id) ?? []].find(listener => listener.isReady())
      if (ready) {
        ready.run()
        return true
      }
    }
    return false
  }

  async function onKey(event: KeyboardEvent): Promise<void> {
    if (event.defaultPrevented)
      return
    const ids = shortcutsOf(event, IS_MAC).filter(desk.counts)
    const [first] = ids
    if (first === undefined)
      return
    event.preventDefault()
    // A key held down asks once.
    if (event.repeat || start(ids))
      return
    if (ids.some(desk.prepare)) {
      await nextTick()
      if (start(ids))
        return
    }
    desk.nothing(ids.at(-1) ?? first)
  }
  const listen = (event: KeyboardEvent): void => void onKey(event)
  document.addEventListener('keydown', listen)
  onScopeDispose(() => document.removeEventListener('keydown', listen))
}

/** Does `run` when the keys of `id` are pressed and this component `isReady`; without effect in a window that has no shortcuts. */
export function useShortcut(id: ShortcutId, run: () => void, isReady: () => boolean = () => true): void {
  const listeners = inject(listenersKey, null)
  if (listeners === null)
    return
  const listener: Listener = { isReady, run }
  listeners.set(id, (listeners.get(id) ?? new Set()).add(listener))
  onScopeDispose(() => listeners.get(id)?.delete(listener))
}

/** What a button tells of its shortcut, for `v-bind`: to the pointer and to those who hear the screen. Nothing of it where `applies` is false. */
export function keyHint(id: ShortcutId, label: string, applies = true): { readonly 'title'?: string, readonly 'aria-keyshortcuts'?: string } {
  return applies
    ? { 'title': `${label} (${writtenKeys(id, IS_MAC)})`, 'aria-keyshortcuts': ariaKeys(id, IS_MAC) }
    : {}
}

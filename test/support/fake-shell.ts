import type { Tables } from '#contract/tables.ts'
import type { TopicName, Topics } from '#contract/topics.ts'
import type { Reflection, ShellPort } from '../../main/shell-port.ts'

export interface Announcement {
  readonly what: Parameters<ShellPort['announce']>[0]
  readonly id: string
  readonly view: Tables
}

/** A desktop without a screen and with a main window alone: that can listen to it, and it remembers what it was asked. */
export interface FakeShell extends ShellPort {
  /** Copies what is pushed, as the border between processes does; answers the end of the subscription. */
  readonly subscribe: <T extends TopicName>(topic: T, listener: (payload: Topics[T]) => void) => () => void
  readonly announced: readonly Announcement[]
  /** Everything else that was asked, in words: `quit`, `help home`, `clipboard …`, `hide`, `show setup`, `show administration`, `save NAME`, `popup 120`. */
  readonly asked: readonly string[]
  /** What tray, badge and popup window were last told. */
  readonly reflection: Reflection | null
}

export function createFakeShell(): FakeShell {
  const listeners = new Map<TopicName, Set<(payload: never) => void>>()
  const announced: Announcement[] = []
  const asked: string[] = []
  const saved: string[] = []
  let reflection: Reflection | null = null
  return {
    announced,
    asked,
    get reflection() {
      return reflection
    },
    subscribe(topic, listener) {
      const those = listeners.get(topic) ?? new Set()
      listeners.set(topic, those)
      those.add(listener)
      return () => void those.delete(listener)
    },
    facts: () => ({ version: '0.0.0', electron: 'none', platform: 'linux', tray: false }),
    push(topic, payload, to = 'main') {
      if (to !== 'main')
        return
      for (const listener of listeners.get(topic) ?? []) listener(structuredClone(payload) as never) // only listeners of this topic are kept under it
    },
    reflect: (view) => { reflection = view },
    announce: (what, view, id) => void announced.push({ what, view, id }),
    quit: () => void asked.push('quit'),
    openHelp: page => void asked.push(`help ${page}`),
    writeClipboard: text => void asked.push(`clipboard ${text}`),
    hideWindow: () => void asked.push('hide'),
    showMain: panel => void asked.push(`show ${panel}`),
    showAdmin: () => void asked.push('show administration'),
    async saveText(suggestedName, text) {
      asked.push(`save ${suggestedName}`)
      saved.push(text)
      return `/files/${suggestedName}`
    },
    openText: async () => saved.length === 0 ? null : { path: '/files/saved.txt', text: saved.at(-1) ?? '' },
    resizePopup: height => void asked.push(`popup ${height}`),
  }
}

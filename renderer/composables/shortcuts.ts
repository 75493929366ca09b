/** A combination of keys; `ctrl` is Cmd on a Mac. No bare letters: nothing that is typed may act on a call. */
interface Combination {
  readonly key: string
  readonly ctrl?: boolean
  readonly shift?: boolean
}

/**
 * Every shortcut of the main window, by what it does. They leave alone what a field needs (A, C, V, X, Z, Y), what main
 * takes (Q, +, -, 0: main/shell/keys.ts) and what systems take (Cmd+H, Cmd+M, Cmd+W).
 */
const shortcuts = {
  dialBox: { key: 'l', ctrl: true },
  people: { key: 'f', ctrl: true },
  part1: { key: '1', ctrl: true },
  part2: { key: '2', ctrl: true },
  part3: { key: '3', ctrl: true },
  part4: { key: '4', ctrl: true },
  part5: { key: '5', ctrl: true },
  onward: { key: 'F6' },
  backward: { key: 'F6', shift: true },
  transfer: { key: 't', ctrl: true },
  send: { key: 'Enter', ctrl: true },
  toVoicemail: { key: 'Enter', ctrl: true, shift: true },
  park: { key: 'p', ctrl: true },
  takeBack: { key: 'p', ctrl: true, shift: true },
  handOver: { key: 'Enter', ctrl: true },
  swap: { key: 's', ctrl: true },
  backToCaller: { key: 'b', ctrl: true },
  conference: { key: 'j', ctrl: true },
  keypad: { key: 'k', ctrl: true },
  mute: { key: 'm', ctrl: true, shift: true },
  record: { key: 'r', ctrl: true, shift: true },
  hangup: { key: 'h', ctrl: true, shift: true },
  decline: { key: 'd', ctrl: true, shift: true },
  pickup: { key: 'u', ctrl: true },
  dnd: { key: 'n', ctrl: true },
  settings: { key: ',', ctrl: true },
  keyboard: { key: 'F1' },
} as const satisfies Readonly<Record<string, Combination>>

export type ShortcutId = keyof typeof shortcuts
export type PartKey = Extract<ShortcutId, `part${number}`>

const ids = Object.keys(shortcuts).filter((name): name is ShortcutId => name in shortcuts)

/** What a key press tells of itself. */
export type KeyPress = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

/** The shortcuts that a key press stands for; several where they never count at the same moment. */
export function shortcutsOf(press: KeyPress, isMac: boolean): readonly ShortcutId[] {
  const ctrl = isMac ? press.metaKey : press.ctrlKey
  const other = isMac ? press.ctrlKey : press.metaKey
  if (other || press.altKey)
    return []
  return ids.filter((id) => {
    const wanted: Combination = shortcuts[id]
    return isKey(press, wanted.key) && ctrl === (wanted.ctrl ?? false) && press.shiftKey === (wanted.shift ?? false)
  })
}

/** The sign on the key; where the layout has no Latin letters or wants Shift for digits, the place of the key. */
function isKey({ key, code }: KeyPress, wanted: string): boolean {
  if (wanted.length > 1)
    return key === wanted
  if (/^\d$/.test(wanted))
    return key === wanted || code === `Digit${wanted}`
  if (/^[a-z]$/i.test(key) || !/[a-z]/.test(wanted))
    return key.toLowerCase() === wanted
  return code === `Key${wanted.toUpperCase()}`
}

/** The keys one by one, as they are written on this computer's keyboard. */
export function keysOf(id: ShortcutId, isMac: boolean): readonly string[] {
  const { key, ctrl = false, shift = false }: Combination = shortcuts[id]
  const name = key.length === 1 ? key.toUpperCase() : key
  return [
    ...(ctrl ? [isMac ? '⌘' : 'Ctrl'] : []),
    ...(shift ? [isMac ? '⇧' : 'Shift'] : []),
    isMac && name === 'Enter' ? '↩' : name,
  ]
}

/** For `title`: `Ctrl+Shift+P`, `⌘⇧P`. */
export function writtenKeys(id: ShortcutId, isMac: boolean): string {
  return keysOf(id, isMac).join(isMac ? '' : '+')
}

/** For `aria-keyshortcuts`. */
export function ariaKeys(id: ShortcutId, isMac: boolean): string {
  const { key, ctrl = false, shift = false }: Combination = shortcuts[id]
  return [
    ...(ctrl ? [isMac ? 'Meta' : 'Control'] : []),
    ...(shift ? ['Shift'] : []),
    key.length === 1 ? key.toUpperCase() : key,
  ].join('+')
}

/** The sheet that lists them: under each heading what belongs together. `1…5` stand in one line. */
export const sheet = {
  window: ['dialBox', 'people', 'part1', 'onward', 'backward', 'settings', 'keyboard'],
  others: ['decline', 'pickup', 'takeBack', 'dnd'],
  call: ['transfer', 'send', 'toVoicemail', 'park', 'conference', 'keypad', 'mute', 'record', 'hangup'],
  consult: ['handOver', 'swap', 'backToCaller'],
} as const satisfies Readonly<Record<string, readonly ShortcutId[]>>

/** Those that mean one certain call. */
export const ofCalls: readonly ShortcutId[] = [...sheet.call, ...sheet.consult, 'decline']

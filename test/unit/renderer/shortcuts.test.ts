import type { KeyPress, ShortcutId } from '../../../renderer/composables/shortcuts.ts'
import { describe, expect, it } from 'vitest'
import { keyWish } from '../../../main/shell/keys.ts'
import { ariaKeys, keysOf, ofCalls, sheet, shortcutsOf, writtenKeys } from '../../../renderer/composables/shortcuts.ts'

const press = (key: string, over: Partial<KeyPress> = {}): KeyPress => ({ key, code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...over })
const listed: readonly ShortcutId[] = Object.values(sheet).flat()
/** The key press that a shortcut is written as. */
function pressOf(id: ShortcutId): KeyPress {
  const keys = keysOf(id, false)
  return press(keys.at(-1) ?? '', { ctrlKey: keys.includes('Ctrl'), shiftKey: keys.includes('Shift') })
}

describe('a key press', () => {
  it.each([
    ['Ctrl', press('t', { ctrlKey: true }), false, ['transfer']],
    ['Ctrl with Caps Lock', press('T', { ctrlKey: true }), false, ['transfer']],
    ['Cmd on a Mac', press('t', { metaKey: true }), true, ['transfer']],
    ['Ctrl on a Mac, which edits text', press('t', { ctrlKey: true }), true, []],
    ['the Windows key', press('t', { metaKey: true }), false, []],
    ['AltGr, which types signs', press('l', { ctrlKey: true, altKey: true }), false, []],
    ['a bare letter', press('t'), false, []],
    ['Shift too', press('P', { ctrlKey: true, shiftKey: true }), false, ['takeBack']],
    ['a Russian layout', press('е', { ctrlKey: true, code: 'KeyT' }), false, ['transfer']],
    ['a French layout, where letters are elsewhere', press('q', { ctrlKey: true, code: 'KeyA' }), false, []],
    ['a French layout, where digits need Shift', press('é', { ctrlKey: true, code: 'Digit2' }), false, ['part2']],
    ['a key of functions', press('F6', { shiftKey: true }), false, ['backward']],
  ] as const)('with %s means what it says', (_, key, isMac, ids) => {
    expect(shortcutsOf(key, isMac)).toEqual(ids)
  })

  it('means one thing, or two that never count at the same moment', () => {
    expect(listed.filter(id => shortcutsOf(pressOf(id), false).length !== 1)).toEqual(['send', 'handOver'])
    expect(shortcutsOf(press('Enter', { ctrlKey: true }), false)).toEqual(['send', 'handOver'])
  })

  it('is never one that main takes or that a field needs', () => {
    for (const id of listed) {
      const { key, ctrlKey, altKey, metaKey, shiftKey } = pressOf(id)
      expect(keyWish({ type: 'keyDown', key, control: ctrlKey, alt: altKey, meta: metaKey }), id).toBeNull()
      if (ctrlKey && !shiftKey)
        expect('acvxyzhmwq', id).not.toContain(key.toLowerCase())
    }
  })

  it('ends no call without two keys held', () => {
    for (const id of ['hangup', 'decline'] as const)
      expect(keysOf(id, false).slice(0, 2)).toEqual(['Ctrl', 'Shift'])
  })
})

it('is written as the computer writes it', () => {
  expect(writtenKeys('takeBack', false)).toBe('Ctrl+Shift+P')
  expect(writtenKeys('takeBack', true)).toBe('⌘⇧P')
  expect(writtenKeys('handOver', true)).toBe('⌘↩')
  expect(ariaKeys('takeBack', false)).toBe('Control+Shift+P')
  expect(ariaKeys('takeBack', true)).toBe('Meta+Shift+P')
})

it('tells which shortcuts mean a call', () => {
  expect(ofCalls).toContain('hangup')
  expect(ofCalls).not.toContain('dialBox')
})

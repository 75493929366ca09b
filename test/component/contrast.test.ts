import { globSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const renderer = resolve(import.meta.dirname, '../../renderer')
const css = readFileSync(resolve(renderer, 'styles/tokens.css'), 'utf8')
const sources = globSync('**/*.{vue,css}', { cwd: renderer }).map(file => readFileSync(resolve(renderer, file), 'utf8')).join('\n')

const tokens = new Map([...css.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(([, name = '', light = '', dark = '']) => [name, { light, dark }]))

/** WCAG 2.2, relative luminance. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (high + 0.05) / (low + 0.05)
}

function color(name: string, theme: 'light' | 'dark'): string {
  const token = tokens.get(name)
  if (!token)
    throw new Error(`No colour --${name}`)
  return token[theme]
}

/** Which text stands on which ground. */
const texts: Readonly<Record<string, readonly string[]>> = {
  'ink': ['ground', 'surface', 'surface-sunken', 'surface-hover', 'accent-soft', 'busy-soft', 'ringing-soft'],
  'ink-soft': ['ground', 'surface', 'surface-sunken', 'surface-hover', 'accent-soft', 'busy-soft'],
  'accent': ['ground', 'surface', 'surface-hover', 'accent-soft'],
  'accent-ink': ['accent', 'accent-hover'],
  'free': ['surface', 'free-soft'],
  'ringing': ['surface', 'ringing-soft'],
  'busy': ['ground', 'surface', 'surface-hover', 'busy-soft'],
  'away': ['ground', 'surface', 'away-soft'],
  'state-ink': ['free', 'ringing', 'busy', 'away'],
}
/** Edges of what can be worked, and shapes that say a state. */
const shapes: Readonly<Record<string, readonly string[]>> = {
  'line-strong': ['ground', 'surface', 'surface-sunken', 'surface-hover'],
  'accent': ['ground', 'surface', 'surface-sunken'],
}

const pairs = (table: Readonly<Record<string, readonly string[]>>) => Object.entries(table).flatMap(([front, grounds]) => grounds.map(ground => [front, ground] as const))

describe.each(['light', 'dark'] as const)('the %s theme', (theme) => {
  it.each(pairs(texts))('lets %s be read on %s', (text, ground) => {
    expect(contrast(color(text, theme), color(ground, theme))).toBeGreaterThanOrEqual(4.5)
  })

  it.each(pairs(shapes))('lets %s be seen on %s', (shape, ground) => {
    expect(contrast(color(shape, theme), color(ground, theme))).toBeGreaterThanOrEqual(3)
  })
})

it('knows every colour that text has somewhere', () => {
  const used = new Set([...sources.matchAll(/(?:^|[\s;{])(?:color|--tone): var\(--([\w-]+)\)/g)].map(([, name]) => name))
  used.delete('tone')
  expect([...used].filter(name => !(name && name in texts))).toEqual([])
})

it('finds no colour outside the tokens', () => {
  const styles = globSync('**/*.{vue,css}', { cwd: renderer, exclude: ['styles/tokens.css'] })
  const found = styles.flatMap(file => [...readFileSync(resolve(renderer, file), 'utf8').matchAll(/#[0-9a-f]{3,8}(?=[;\s,)])|\brgba?\(|\bhsla?\(/gi)].map(([hit]) => `${file}: ${hit}`))
  expect(found).toEqual([])
})

it('measures contrast as WCAG does', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21)
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2)
})

import { describe, expect, it } from 'vitest'
import { keyWish, nextZoom } from '../../../main/shell/keys.ts'

const press = { type: 'keyDown', key: 'q', control: true, alt: false, meta: false }

describe('a key press', () => {
  it('asks for what people know it for', () => {
    expect(['Q', 'q', '+', '=', '-', '0'].map(key => keyWish({ ...press, key }))).toEqual(['quit', 'quit', 'larger', 'larger', 'smaller', 'ordinary-size'])
  })

  it('is for the page otherwise', () => {
    expect([{ ...press, key: 'c' }, { ...press, control: false }, { ...press, alt: true }, { ...press, type: 'keyUp' }].map(keyWish)).toEqual([null, null, null, null])
  })
})

describe('the zoom', () => {
  it('stops where a window would become useless', () => {
    const far = (wish: 'larger' | 'smaller') => Array.from({ length: 20 }).reduce<number>(level => nextZoom(level, wish), 0)
    expect([far('larger'), far('smaller'), nextZoom(4, 'ordinary-size')]).toEqual([5, -3, 0])
  })
})

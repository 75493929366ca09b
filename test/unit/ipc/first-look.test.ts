import { describe, expect, it } from 'vitest'
import { readFirstLook, writeFirstLook } from '../../../preload/contract/first-look.ts'

describe('the first look behind the address of a page', () => {
  it.each([
    { server: 'pbx.example:5038', secured: false, demo: false },
    { server: '[2001:db8::7]:5039', secured: true, demo: false },
    { server: 'a&secured=true#demo=true %41', secured: false, demo: false },
    { server: 'Demo office', secured: false, demo: true },
    { server: 'телефон.example', secured: true, demo: false },
  ])('comes out as it went in: $server', (look) => {
    const url = new URL(`app://ringside/windows/main/index.html#${writeFirstLook(look)}`)
    expect(readFirstLook(url.hash)).toEqual(look)
  })

  it.each(['', '#', '#home', '#secured=true'])('is none in %j', (hash) => {
    expect(readFirstLook(hash)).toBeNull()
  })
})

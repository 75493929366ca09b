import { describe, expect, it } from 'vitest'
import { decideClose } from '../../../main/shell/close-policy.ts'

describe('the close button', () => {
  it('says once that the program stays in the tray', () => {
    expect(decideClose({ closeToTray: true, tray: true, told: false })).toBe('tell')
  })

  it('leaves for the tray from then on', () => {
    expect(decideClose({ closeToTray: true, tray: true, told: true })).toBe('leave')
  })

  it('minimises where there is no tray to come back from', () => {
    expect(decideClose({ closeToTray: true, tray: false, told: true })).toBe('minimise')
  })

  it('quits when the person wants it to', () => {
    expect(decideClose({ closeToTray: false, tray: true, told: true })).toBe('quit')
  })
})

import { describe, expect, it } from 'vitest'
import { askGtkFor } from '../../../main/shell/linux/gtk-theme.ts'

describe('the theme of GTK', () => {
  it.each([
    ['dark', 'Adwaita:dark'],
    ['light', 'Adwaita'],
  ] as const)('is %s like our windows while GTK begins, and left to nobody else', (theme, name) => {
    const environment: Record<string, string | undefined> = { HOME: '/home/alex' }
    const takeBack = askGtkFor(theme, environment)
    expect(environment).toEqual({ HOME: '/home/alex', GTK_THEME: name })
    takeBack()
    expect(environment).toEqual({ HOME: '/home/alex' })
  })

  it('is that of the desktop where our windows follow it', () => {
    const environment = {}
    askGtkFor('system', environment)()
    expect(environment).toEqual({})
  })

  it('stays what the person has named', () => {
    const environment = { GTK_THEME: 'HighContrast' }
    askGtkFor('dark', environment)()
    expect(environment).toEqual({ GTK_THEME: 'HighContrast' })
  })
})

import type { Preferences } from '#contract/settings.ts'

/** By which GTK is told its theme; both names are part of it, so they are everywhere. */
const NAME = 'GTK_THEME'
const THEMES = { light: 'Adwaita', dark: 'Adwaita:dark' } as const

/**
 * Makes GTK as light or dark as our windows, from the moment when Electron begins it. X shows a new window in the colour of its theme until
 * Chromium has drawn, a flash of light where the person wants it dark. Answers what takes the wish back, which programs we start must not inherit.
 */
export function askGtkFor(theme: Preferences['theme'], environment: Record<string, string | undefined>): () => void {
  // Who has named a theme means it.
  if (theme === 'system' || environment[NAME] !== undefined)
    return () => {}
  environment[NAME] = THEMES[theme]
  return () => {
    delete environment[NAME]
  }
}

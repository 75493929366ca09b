import { createI18n } from 'vue-i18n'
import en from './en.json'

/** The texts of one window. A new language is a catalogue beside `en.json` and a line here; `more` is what only this window says. */
export function createTexts(more: object = {}) {
  return createI18n({ legacy: false, locale: 'en', fallbackLocale: 'en', messages: { en: { ...en, ...more } } })
}

import en from './en.json' with { type: 'json' }

export type TextKey = keyof typeof en
export type Texts = (key: TextKey, values?: Readonly<Record<string, string | number>>) => string

/** The texts of tray, menus and notifications; what a placeholder names is put in as it is. */
export function createTexts(): Texts {
  return (key, values = {}) => en[key].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}

/** Whether there is a text of this name. */
export function isTextKey(key: string): key is TextKey {
  return Object.hasOwn(en, key)
}

const LONGEST = 120

// Controls of C0 and C1, bidi marks, embeddings, overrides and isolates, zero-width characters, line and paragraph separators,
// interlinear and tag characters: none of them is seen, all of them can make a name look like another.
// eslint-disable-next-line no-control-regex, no-misleading-character-class
const INVISIBLE = /[\u0000-\u001F\u007F-\u009F\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B-\u200F\u2028-\u202E\u2060-\u206F\u3164\uFE00-\uFE0F\uFEFF\uFFA0\uFFF0-\uFFFB\u{1D173}-\u{1D17A}\u{E0000}-\u{E0FFF}]/gu
/** More marks on one letter than any script uses only serve to run over the lines above. */
const STACKED = /(\p{M}{4})\p{M}+/gu

/** A name from the network, fit to be shown: one line, nothing invisible, at most 120 characters. Markup stays text. */
export function displayName(name: string): string {
  // A name of four kilobytes is cut before it is looked at closely.
  const clean = name.slice(0, 4 * LONGEST).toWellFormed().replace(/[\t\n\r\v\f\u2028\u2029]/g, ' ').replace(INVISIBLE, '').replace(STACKED, '$1').replace(/\s+/gu, ' ').trim()
  const characters = [...clean]
  return characters.length > LONGEST
    ? `${characters.slice(0, LONGEST - 1).join('')}…`
    : clean
}

/** Null when nothing of it can be shown. */
export function displayNameOrNull(name: string | null): string | null {
  const clean = name === null
    ? ''
    : displayName(name)
  return clean === ''
    ? null
    : clean
}

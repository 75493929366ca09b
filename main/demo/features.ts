import type { AstDb } from './exchange/astdb.ts'
import type { Exchange } from './exchange/exchange.ts'

/** Where calls for an extension go instead: always, when it is busy, when nobody answers. FreePBX's keys. */
export type ForwardKind = 'CF' | 'CFB' | 'CFU'

const CODES: readonly (readonly [on: string, off: string, kind: ForwardKind])[] = [
  ['*72', '*73', 'CF'],
  ['*90', '*91', 'CFB'],
  ['*52', '*53', 'CFU'],
]

/** Do not disturb and call forward: values in the database, the lamp and the presence that show them, codes that set them. */
export class LineFeatures {
  readonly #exchange: Exchange
  readonly #astDb: AstDb

  constructor(exchange: Exchange, astDb: AstDb) {
    this.#exchange = exchange
    this.#astDb = astDb
  }

  wantsNoCalls(extension: string): boolean {
    return this.#astDb.get('DND', extension) !== null
  }

  forwardOf(extension: string, kind: ForwardKind): string | null {
    return this.#astDb.get(kind, extension) || null
  }

  setDoNotDisturb(extension: string, isOn: boolean, message: string): void {
    if (isOn)
      this.#astDb.put('DND', extension, 'YES')
    else
      this.#astDb.delete('DND', extension)
    this.#exchange.states.set(lampOf(extension), isOn
      ? 'BUSY'
      : 'NOT_INUSE')
    this.#exchange.states.setPresence(presentityOf(extension), isOn
      ? { status: 'dnd', subtype: '', message }
      : { status: 'available', subtype: '', message: '' })
  }

  /** `*78` of the extension itself, `*7210025` …; null where that is no code. */
  codeOf(dialed: string, extension: string): (() => void) | null {
    if (dialed === '*78' || dialed === '*79')
      return () => this.setDoNotDisturb(extension, dialed === '*78', '')
    for (const [on, off, kind] of CODES) {
      if (dialed === off)
        return () => void this.#astDb.delete(kind, extension)
      const number = dialed.startsWith(on)
        ? dialed.slice(on.length)
        : ''
      if (/^\+?\d{3,20}$/.test(number))
        return () => this.#astDb.put(kind, extension, number)
    }
    return null
  }

  /** The same said about another extension: `*78*1001`, `*72*1001*1002`; without a number it is taken back. */
  companionCodeOf(dialed: string): (() => void) | null {
    const [, code = '', extension = '', number = ''] = /^(\*\d\d)\*(\d+)(?:\*(\+?\d*))?$/.exec(dialed) ?? []
    if (code === '*78' || code === '*79')
      return () => this.setDoNotDisturb(extension, code === '*78', 'set by companion')
    const [on, , kind] = CODES.find(([one, other]) => one === code || other === code) ?? []
    if (kind === undefined)
      return null
    return code === on && number !== ''
      ? () => this.#astDb.put(kind, extension, number)
      : () => void this.#astDb.delete(kind, extension)
  }
}

export const lampOf = (extension: string): string => `Custom:DND${extension}`
export const presentityOf = (extension: string): string => `CustomPresence:${extension}`

import type { OfficePbx } from '../office-pbx.ts'

export interface ConsoleCommand {
  /** `core show channels` */
  readonly name: string
  readonly summary: string
  /** How it is called, as `core show help` prints it. */
  readonly usage: readonly string[]
  /** What may stand at that place after the name. */
  readonly complete?: (office: OfficePbx, place: number) => readonly string[]
  /** Null: called in a way that it does not know. */
  readonly run: (office: OfficePbx, words: readonly string[]) => readonly string[] | null
}

export const padded = (text: string, width: number): string => text.slice(0, width).padEnd(width)
export const aligned = (text: string | number, width: number): string => String(text).padStart(width)
/** `1 active call`, `2 active calls`. */
export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1
    ? ''
    : 's'}`
}

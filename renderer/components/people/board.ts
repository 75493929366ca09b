import type { PersonView } from '#contract/tables.ts'

/** People who stand under one heading. */
interface Section {
  readonly id: string
  /** `everybody` needs no heading: nobody has a group or is a favourite. */
  readonly kind: 'favourites' | 'group' | 'others' | 'everybody'
  /** Of the group. */
  readonly name: string
  readonly people: readonly PersonView[]
}

/** Heights are in half lines: a heading takes one, a line of tiles two. */
export const HALVES = 2
/** A PersonTile and the room below it are two of these. */
export const HALF_REM = 1.75

export interface Line {
  /** Of all lines of tiles on the board, from 0. */
  readonly index: number
  readonly top: number
  readonly people: readonly PersonView[]
}

/** A section with its place on the board; what is below is at `top` within it. */
export interface PlacedSection extends Section {
  readonly top: number
  readonly height: number
  readonly lines: readonly Line[]
  /** Below the line of the person about whom more is shown. */
  readonly details: { readonly top: number, readonly column: number } | null
}

interface Board {
  readonly height: number
  readonly sections: readonly PlacedSection[]
  readonly lines: readonly (readonly PersonView[])[]
}

/** Favourites first, then the groups by name, then everybody else; within each as they come. */
export function sectionsOf(people: readonly PersonView[]): readonly Section[] {
  const favourites = people.filter(person => person.favourite)
  const byGroup = Map.groupBy(people.filter(person => !person.favourite), person => person.group)
  const groups = [...byGroup].flatMap(([name, members]): Section[] => name === null ? [] : [{ id: `group:${name}`, kind: 'group', name, people: members }]).sort((a, b) => a.name.localeCompare(b.name))
  const rest: Section = { id: 'others', kind: favourites.length + groups.length === 0 ? 'everybody' : 'others', name: '', people: byGroup.get(null) ?? [] }
  return [{ id: 'favourites', kind: 'favourites', name: '', people: favourites } as const, ...groups, rest].filter(section => section.people.length > 0)
}

/** Puts everybody into lines of so many tiles; below the line of `opened` is room of so many half lines. */
export function layOut(sections: readonly Section[], columns: number, opened: string | null, room: number): Board {
  const lines: (readonly PersonView[])[] = []
  let top = 0
  const placed = sections.map((section): PlacedSection => {
    const own: Line[] = []
    let details: PlacedSection['details'] = null
    let below = section.kind === 'everybody' ? 0 : 1
    for (let from = 0; from < section.people.length; from += columns) {
      const people = section.people.slice(from, from + columns)
      own.push({ index: lines.length, top: below, people })
      lines.push(people)
      below += HALVES
      const column = opened === null ? -1 : people.findIndex(person => person.id === opened)
      if (column >= 0) {
        details = { top: below, column }
        below += room
      }
    }
    const start = top
    top += below
    return { ...section, top: start, height: below, lines: own, details }
  })
  return { height: top, sections: placed, lines }
}

export type Move = 'before' | 'after' | 'up' | 'down' | 'pageUp' | 'pageDown' | 'lineStart' | 'lineEnd' | 'first' | 'last'

/** Lines that Page Up and Page Down pass. */
const PAGE = 5

/** Who is reached from somebody with a key; null where the board ends. */
export function goalOf(lines: Board['lines'], from: string, move: Move): PersonView | null {
  const at = lines.findIndex(line => line.some(person => person.id === from))
  const line = lines[at] ?? []
  const column = line.findIndex(person => person.id === from)
  const inLine = (to: number): PersonView | null => {
    const other = lines[Math.min(Math.max(0, to), lines.length - 1)]
    return other?.[column] ?? other?.at(-1) ?? null
  }
  switch (move) {
    case 'before': return line[column - 1] ?? lines[at - 1]?.at(-1) ?? null
    case 'after': return line[column + 1] ?? lines[at + 1]?.[0] ?? null
    case 'up': return at > 0 ? inLine(at - 1) : null
    case 'down': return at < lines.length - 1 ? inLine(at + 1) : null
    case 'pageUp': return inLine(at - PAGE)
    case 'pageDown': return inLine(at + PAGE)
    case 'lineStart': return line[0] ?? null
    case 'lineEnd': return line.at(-1) ?? null
    case 'first': return lines[0]?.[0] ?? null
    case 'last': return lines.at(-1)?.at(-1) ?? null
    default: return move satisfies never
  }
}

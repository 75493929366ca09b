export interface Mark {
  readonly what: string
  readonly aim: number
  readonly reached: number
  readonly unit: string
  readonly better: 'more' | 'less'
}

/** A table of names and figures, the figures to the right. */
export function printTable(title: string, head: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map(row => row[column]?.length ?? 0)))
  const line = (cells: readonly string[]): string => cells.map((cell, column) => column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)).join('  ')
  console.log(`\n${title}\n\n${line(head)}\n${widths.map(width => '-'.repeat(width)).join('  ')}`)
  for (const row of rows)
    console.log(line(row))
}

export function printMarks(marks: readonly Mark[]): void {
  printTable('Aims', ['', 'aim', 'reached', ''], marks.map(({ what, aim, reached, unit, better }) => [
    what,
    `${better === 'more' ? '≥' : '≤'} ${aim} ${unit}`,
    `${figure(reached)} ${unit}`,
    (better === 'more' ? reached >= aim : reached <= aim) ? 'reached' : 'MISSED',
  ]))
}

export function figure(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2)
}

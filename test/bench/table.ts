export interface Row {
  readonly what: string
  /** What it is measured against, and ours, in `unit`; a row without a base has its aim in `unit`. */
  readonly base: number | null
  readonly ours: number
  readonly unit: string
  readonly aim: number
}

/** Prints what was measured beside what was aimed for; less is better in every row. */
export function printRows(title: string, rows: readonly Row[]): void {
  const cells = rows.map(({ what, base, ours, unit, aim }) => {
    const reached = base === null ? ours : ours / base
    const ratio = base === null ? '' : `× ${reached.toFixed(2)}`
    return [what, base === null ? '' : `${base.toFixed(0)} ${unit}`, `${ours.toFixed(0)} ${unit}`, ratio, base === null ? `≤ ${aim} ${unit}` : `≤ × ${aim}`, reached <= aim ? 'reached' : 'NOT REACHED']
  })
  const hasBase = rows.some(({ base }) => base !== null)
  const table = [['', 'bare', 'Ringside', 'ratio', 'aim', ''], ...cells].map(row => hasBase ? row : row.filter((_, column) => column !== 1 && column !== 3))
  const widths = table[0]?.map((_, column) => Math.max(...table.map(row => row[column]?.length ?? 0))) ?? []
  console.log(`\n${title}`)
  for (const row of table)
    console.log(row.map((cell, column) => column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)).join('  ').trimEnd())
}

/** The value below which `part` of all values lie. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN
}

export const median = (values: readonly number[]): number => quantile(values, 0.5)

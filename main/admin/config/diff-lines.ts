import type { ConfigPlan } from '#contract/admin.ts'

/** Lines that were kept, removed and added, in reading order: a longest common subsequence over what differs between two equal ends. */
export function diffLines(before: readonly string[], after: readonly string[]): ConfigPlan['diff'] {
  let head = 0
  while (head < before.length && head < after.length && before[head] === after[head])
    head++
  let tail = 0
  while (tail < before.length - head && tail < after.length - head && before.at(-1 - tail) === after.at(-1 - tail))
    tail++
  const same = (lines: readonly string[]): ConfigPlan['diff'] => lines.map(text => ({ kind: 'same', text }))
  return [
    ...same(before.slice(0, head)),
    ...middle(before.slice(head, before.length - tail), after.slice(head, after.length - tail)),
    ...same(before.slice(before.length - tail)),
  ]
}

function middle(before: readonly string[], after: readonly string[]): ConfigPlan['diff'] {
  const lengths = Array.from({ length: before.length + 1 }, () => new Uint32Array(after.length + 1))
  const length = (a: number, b: number): number => lengths[a]?.[b] ?? 0
  for (let a = before.length - 1; a >= 0; a--) {
    for (let b = after.length - 1; b >= 0; b--) {
      const row = lengths[a]
      if (row)
        row[b] = before[a] === after[b] ? length(a + 1, b + 1) + 1 : Math.max(length(a + 1, b), length(a, b + 1))
    }
  }
  const found: { kind: 'same' | 'added' | 'removed', text: string }[] = []
  let [a, b] = [0, 0]
  while (a < before.length || b < after.length) {
    if (a < before.length && b < after.length && before[a] === after[b]) {
      found.push({ kind: 'same', text: before[a] ?? '' })
      a++
      b++
    }
    else if (a < before.length && (b >= after.length || length(a + 1, b) >= length(a, b + 1))) {
      found.push({ kind: 'removed', text: before[a++] ?? '' })
    }
    else {
      found.push({ kind: 'added', text: after[b++] ?? '' })
    }
  }
  return found
}

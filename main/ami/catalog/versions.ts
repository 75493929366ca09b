/** Release branches of Asterisk in their order. */
export const branches = ['1.0', '1.2', '1.4', '1.6.0', '1.6.1', '1.6.2', '1.8', '10', '11', '12', '13', '14', '15', '16', '17', '18', '19', '20', '21', '22', '23'] as const

/** A release as numbers, `[branch, point …]`: `13.5.0` is `['13', 5, 0]`, `1.4.22` is `['1.4', 22]`. */
interface Release { readonly branch: number, readonly points: readonly number[] }

/** Reads `22.10.1`, `1.8.32.3`, `16`; null for anything else. */
export function parseRelease(text: string): Release | null {
  const numbers = text.trim().split('.').map(part => /^\d+/.exec(part)?.[0])
  const known = [...branches.keys()].filter((index) => {
    const branch = (branches[index] ?? '').split('.')
    return branch.every((part, at) => numbers[at] === part)
  })
  // `1.6.0` has longer names than `1.6`, so the longest that fits is the branch.
  const branch = known.sort((a, b) => (branches[b] ?? '').length - (branches[a] ?? '').length)[0]
  if (branch === undefined)
    return null
  const rest = numbers.slice((branches[branch] ?? '').split('.').length)
  return { branch, points: rest.map(part => Number(part ?? 0)) }
}

/**
 * Whether a release is among those of a notation: `13+` from there on, `1.6.1–20` both included, `18.19.0+, 20.4.0+, 21+` from that
 * release inside its branch, the last one in every later branch, `18, 20+` single branches, `all`. A release that gives only its
 * branch counts as its newest.
 */
export function isAmong(notation: string, release: Release): boolean {
  if (notation === 'all')
    return true
  const parts = notation.split(',').map(part => part.trim())
  return parts.some((part, at) => {
    const [first = '', last] = part.split('–')
    const isOpen = first.endsWith('+')
    const from = parseRelease(isOpen ? first.slice(0, -1) : first)
    if (from === null)
      return false
    if (last !== undefined) {
      const to = parseRelease(last)
      return to !== null && release.branch >= from.branch && release.branch <= to.branch && (release.branch !== from.branch || reaches(release, from))
    }
    if (release.branch === from.branch)
      return reaches(release, from)
    return isOpen && at === parts.length - 1 && release.branch > from.branch
  })
}

function reaches(release: Release, from: Release): boolean {
  if (release.points.length === 0)
    return true
  for (const [at, point] of from.points.entries()) {
    const mine = release.points[at] ?? 0
    if (mine !== point)
      return mine > point
  }
  return true
}

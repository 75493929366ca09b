import { saysNothingNew } from '../pbx/same.ts'

/** `change` applied; the same object when it says nothing new, so that identity tells what changed. */
export function patch<T extends object>(value: T, change: Partial<T>): T {
  return saysNothingNew(value, change) ? value : { ...value, ...change }
}

/** Like `map`, and the same array when every item came back as it was. */
export function mapSame<T>(items: readonly T[], change: (item: T) => T): readonly T[] {
  let changed = false
  const next = items.map((item) => {
    const to = change(item)
    changed ||= to !== item
    return to
  })
  return changed ? next : items
}

/** Like `filter`, and the same array when nothing goes. */
export function keep<T>(items: readonly T[], test: (item: T) => boolean): readonly T[] {
  return items.every(test)
    ? items
    : items.filter(test)
}

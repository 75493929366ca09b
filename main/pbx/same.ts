/** Whether `known` has every field of `now` as it stands there: then `now` says nothing new. */
export function saysNothingNew<T extends object>(known: T, now: Partial<T>): boolean {
  return (Object.keys(now) as (keyof T)[]).every(field => known[field] === now[field]) // the keys of a Partial<T>
}

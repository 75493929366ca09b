import { readFileSync } from 'node:fs'

// For the two small files that are looked into before the first window is made: the validator of everything else is larger than all
// that is read until then.

/** What the file holds; throws where there is none, or no JSON. */
export function readRaw(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'))
}

/** A field of its own of an object, else undefined. */
export function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined
}

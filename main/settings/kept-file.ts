import type { Log } from '../log.ts'
import { existsSync, readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'

interface Kept<Content> {
  /** Null: there is none yet, or one that could not be understood. */
  readonly content: Content | null
  /** It could not be understood and has another name now. */
  readonly wasReset: boolean
  /** A file that we do not understand still has the name of ours. */
  readonly isInTheWay: boolean
}

/** What `folder/name.json` says. One that cannot be understood is kept aside as `name.corrupt-<n>.json`; `what` is its name in the log, in the plural. */
export function readKept<Content>(folder: string, name: string, parse: (raw: unknown) => Content | null, what: string, log: Log): Kept<Content> {
  const path = join(folder, `${name}.json`)
  const text = readText(path, what, log)
  if (text === null)
    return { content: null, wasReset: false, isInTheWay: false }
  const content = parse(parseJson(text))
  return content === null
    ? { content, wasReset: true, isInTheWay: !keepAside(folder, name, what, log) }
    : { content, wasReset: false, isInTheWay: false }
}

/** Null when there is none; one that cannot be read is as good as one that cannot be understood. */
function readText(path: string, what: string, log: Log): string | null {
  try {
    return readFileSync(path, 'utf8')
  }
  catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      return null
    log.error(`${what} in ${path} cannot be read`, error)
    return ''
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  }
  catch {
    // What is no JSON is no file of ours either.
    return null
  }
}

function keepAside(folder: string, name: string, what: string, log: Log): boolean {
  let number = 1
  while (existsSync(join(folder, `${name}.corrupt-${number}.json`))) number++
  const aside = join(folder, `${name}.corrupt-${number}.json`)
  try {
    renameSync(join(folder, `${name}.json`), aside)
    log.warn(`${what} could not be understood; they are kept as ${aside}`)
    return true
  }
  catch (error) {
    log.error(`${what} could not be understood and not be kept aside as ${aside}`, error)
    return false
  }
}

import process from 'node:process'

/** Tells the person at the terminal what is going on; stdout stays free for what a program wants to read. */
export function say(/** @type {string} */ text) {
  process.stderr.write(`ringside: ${text}\n`)
}

/** A failure that needs no stack: its message says what was tried and what to do. */
export class SetupError extends Error {
  /** @override */
  name = 'SetupError'
}

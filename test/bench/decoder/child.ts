import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** Runs a file in a process of its own and gives the one message that it sends. */
export async function resultOf(file: URL, parameters: readonly (string | number)[]): Promise<unknown> {
  const child = fork(fileURLToPath(file), parameters.map(String))
  const exit = once(child, 'exit').then(([code]) => {
    throw new Error(`${file.pathname} ended with ${code} before it had a result`)
  })
  const [result] = await Promise.race([once(child, 'message'), exit])
  exit.catch(() => {})
  child.kill()
  return result
}

import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** Runs a file of this folder in a process of its own and gives the one message that it sends. */
export async function resultOf(file: string, parameters: readonly (string | number)[]): Promise<unknown> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), parameters.map(String))
  const exit = once(child, 'exit').then(([code]) => {
    throw new Error(`${file} ended with ${code} before it had a result`)
  })
  const [result] = await Promise.race([once(child, 'message'), exit])
  exit.catch(() => {})
  child.kill()
  return result
}

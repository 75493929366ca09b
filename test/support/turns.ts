const pending = new Set<symbol>()

/** Runs `task` in a turn of its own, as input does: everything that earlier input promised has come about by then. */
export function inNextTurn(task: () => unknown): Promise<void> {
  const turn = Symbol('turn')
  pending.add(turn)
  return new Promise((resolve, reject) => {
    setImmediate(() => {
      pending.delete(turn)
      try {
        task()
        resolve()
      }
      catch (error) {
        reject(error)
      }
    })
  })
}

/** Resolves when all that was said and promised so far has come about; real input and real timers take no part. */
export async function settled(): Promise<void> {
  do
    await new Promise(resolve => setImmediate(resolve))
  while (pending.size > 0)
}

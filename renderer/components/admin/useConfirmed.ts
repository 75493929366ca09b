import type { ShallowRef } from 'vue'
import type { Failure, Result } from '#contract/result.ts'
import { shallowRef } from 'vue'

export interface Confirmed<Input, Output> {
  readonly pending: ShallowRef<boolean>
  readonly failure: ShallowRef<Failure | null>
  /** What would happen, while the person is asked. */
  readonly question: ShallowRef<Failure | null>
  /** Answers the value; null when it failed or the person thought better of it. */
  readonly run: (input: Input) => Promise<Output | null>
  readonly confirm: () => void
  readonly cancel: () => void
}

/** A command that may have to ask the person first; `run` waits for what the person decides. */
export function useConfirmed<Input, Output>(ask: (input: Input, confirmed: boolean) => Promise<Result<Output>>): Confirmed<Input, Output> {
  const pending = shallowRef(false)
  const failure = shallowRef<Failure | null>(null)
  const question = shallowRef<Failure | null>(null)
  let decide: ((go: boolean) => void) | null = null

  function settle(go: boolean): void {
    question.value = null
    decide?.(go)
    decide = null
  }

  async function attempt(input: Input, confirmed: boolean): Promise<Output | null> {
    pending.value = true
    failure.value = null
    const result = await ask(input, confirmed).finally(() => { pending.value = false })
    if (result.ok)
      return result.value
    if (result.error.code !== 'needs-confirmation' || confirmed) {
      failure.value = result.error
      return null
    }
    const go = await new Promise<boolean>((resolve) => {
      decide = resolve
      question.value = result.error
    })
    return go ? attempt(input, true) : null
  }

  return {
    pending,
    failure,
    question,
    async run(input) {
      // A question that is still open belongs to what was asked before.
      settle(false)
      return attempt(input, false)
    },
    confirm: () => settle(true),
    cancel: () => settle(false),
  }
}

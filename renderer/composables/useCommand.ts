import type { ShallowRef } from 'vue'
import type { InputOf, OutputOf } from '#contract/command.ts'
import type { CommandName, Commands } from '#contract/commands.ts'
import type { Failure } from '#contract/result.ts'
import { shallowRef } from 'vue'
import { useBridge } from '../bridge/index.ts'

type Input<N extends CommandName> = undefined extends InputOf<Commands[N]> ? [input?: InputOf<Commands[N]>] : [InputOf<Commands[N]>]

/** One command with the state of its last run; `run` answers the value, or null when it failed. */
export function useCommand<N extends CommandName>(name: N): {
  readonly pending: ShallowRef<boolean>
  readonly failure: ShallowRef<Failure | null>
  readonly run: (...input: Input<N>) => Promise<OutputOf<Commands[N]> | null>
} {
  const bridge = useBridge()
  const pending = shallowRef(false)
  const failure = shallowRef<Failure | null>(null)

  async function run(...input: Input<N>): Promise<OutputOf<Commands[N]> | null> {
    pending.value = true
    failure.value = null
    const result = await bridge.invoke(name, ...input).finally(() => { pending.value = false })
    if (result.ok)
      return result.value
    failure.value = result.error
    return null
  }
  return { pending, failure, run }
}

import type { InputOf, OutputOf } from '#contract/command.ts'
import type { CommandName, Commands } from '#contract/commands.ts'
import type { Failure } from '#contract/result.ts'
import { computed, shallowRef } from 'vue'
import { useCommand } from './useCommand.ts'

type Asking<N extends CommandName> = Exclude<InputOf<Commands[N]>, undefined>

/** A command that asks first where it touches somebody else: `question` holds what main wants confirmed until `confirm` or `leave`; both acts answer the value, or null. */
export function useAct<N extends CommandName>(name: N) {
  const { failure, pending, run } = useCommand(name)
  const asked = shallowRef<Asking<N> | null>(null)

  async function act(input: Asking<N>): Promise<OutputOf<Commands[N]> | null> {
    asked.value = null
    // `run` takes the one input of its command; the compiler does not follow that through the name.
    const done = await (run as (input: Asking<N>) => Promise<OutputOf<Commands[N]> | null>)(input)
    if (failure.value?.code === 'needs-confirmation')
      asked.value = input
    return done
  }

  return {
    pending,
    act,
    /** A refusal that is not a question. */
    failure: computed((): Failure | null => failure.value?.code === 'needs-confirmation' ? null : failure.value),
    question: computed((): Failure | null => failure.value?.code === 'needs-confirmation' && asked.value !== null ? failure.value : null),
    confirm: (): Promise<OutputOf<Commands[N]> | null> => asked.value === null ? Promise.resolve(null) : act({ ...asked.value, confirmed: true }),
    leave(): void {
      asked.value = null
      failure.value = null
    },
  }
}

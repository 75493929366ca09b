import type { InputOf, OutputOf } from './command.ts'
import type { CommandName, Commands } from './commands.ts'
import type { Result } from './result.ts'
import type { TopicName, Topics } from './topics.ts'

/** What preload puts on `window.bridge`: the whole of a window's outside world. */
export interface Bridge {
  invoke: <N extends CommandName>(
    name: N,
    ...input: undefined extends InputOf<Commands[N]> ? [input?: InputOf<Commands[N]>] : [InputOf<Commands[N]>]
  ) => Promise<Result<OutputOf<Commands[N]>>>
  /** Answers the function that ends the subscription. */
  subscribe: <T extends TopicName>(topic: T, listener: (payload: Topics[T]) => void) => () => void
}

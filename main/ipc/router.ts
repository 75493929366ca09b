import type { OutputOf, ParsedOf } from '#contract/command.ts'
import type { CommandName, Commands } from '#contract/commands.ts'
import type { ErrorCode, Result } from '#contract/result.ts'
import type { WindowName } from '../shell-port.ts'
import { commands } from '#contract/commands.ts'
import { AppError } from '../errors.ts'

/** One handler for each command of the contract: leaving one out does not compile. */
export type Handlers = {
  readonly [N in CommandName]: (input: ParsedOf<Commands[N]>, from?: WindowName) => OutputOf<Commands[N]> | Promise<OutputOf<Commands[N]>>
}

/** `from` is the window that asks; the main one where nothing else is said. */
export type Route = (name: unknown, input: unknown, from?: WindowName) => Promise<Result<unknown>>

/**
 * The trust border: checks the name and the input of a request, then runs its handler. Never rejects: what was foreseen
 * becomes a failure with its code, the rest is reported and becomes `internal`.
 */
export function createRouter(handlers: Handlers, report: (error: unknown) => void): Route {
  return async (name, input, from = 'main') => {
    // `hasOwn`, so that `toString` and `__proto__` are unknown commands.
    if (typeof name !== 'string' || !Object.hasOwn(commands, name))
      return failure('unknown-command', 'No such command')
    const key = name as CommandName // it is one of its keys, as just seen
    const parsed = commands[key].input.safeParse(input)
    if (!parsed.success)
      return failure('bad-input', parsed.error.issues.map(issue => `${issue.path.join('.')}: ${issue.message}`).join('; '))
    try {
      // The compiler has checked each handler against its schema; it cannot follow the pair through one variable.
      const handle = handlers[key] as (input: unknown, from: WindowName) => unknown
      return { ok: true, value: await handle(parsed.data, from) }
    }
    catch (error) {
      if (error instanceof AppError)
        return failure(error.code, error.message, error.details)
      report(error)
      return failure('internal', 'Something went wrong; the log says what')
    }
  }
}

function failure(code: ErrorCode, message: string, details?: Readonly<Record<string, string | number>>): Result<never> {
  return {
    ok: false,
    error: {
      code,
      message,
      ...(details
        ? { details }
        : {}),
    },
  }
}

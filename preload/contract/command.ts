import { z } from 'zod'

/** A request of a window: what it takes is checked in main at run time, what it answers is a type only. */
export interface Command<Input extends z.ZodType = z.ZodType, Output = unknown> {
  readonly input: Input
  readonly output?: Output
}

/** The schema is built when the command is asked for the first time: building all of them takes longer than reading them. */
export function command<Output>() {
  return <Input extends z.ZodType>(build: () => Input): Command<Input, Output> => {
    let built: Input | null = null
    return {
      get input() {
        built ??= build()
        return built
      },
    }
  }
}

/** The input of a command that takes none. */
export const nothing = (): z.ZodUndefined => z.undefined()

// The `any` only opens the slot that is not asked for.
/* eslint-disable ts/no-explicit-any */
export type InputOf<C> = C extends Command<infer I, any> ? z.input<I> : never
export type ParsedOf<C> = C extends Command<infer I, any> ? z.output<I> : never
export type OutputOf<C> = C extends Command<any, infer O> ? O : never

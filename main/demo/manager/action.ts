import type { OfficePbx } from '../office-pbx.ts'
import type { Right } from './account.ts'
import type { Answer } from './answer.ts'
import type { ActionName } from './registry.ts'
import type { Request } from './request.ts'

/** `reply` is for an answer that comes later; then null is returned. */
export type AnswerTo = (request: Request, office: OfficePbx, reply: (answer: Answer) => void) => Answer | null
export type Answers = Readonly<Partial<Record<ActionName, AnswerTo>>>

export interface Action {
  readonly name: string
  readonly synopsis: string
  readonly rights: readonly Right[]
  readonly answer: AnswerTo
}

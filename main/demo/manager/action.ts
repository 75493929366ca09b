import type { OfficePbx } from '../office-pbx.ts'
import type { Right } from './account.ts'
import type { Answer } from './answer.ts'
import type { Request } from './request.ts'

export interface Action {
  readonly name: string
  /** As `ListCommands` shows it. */
  readonly synopsis: string
  /** Any of them suffices; empty: everybody who is logged in. */
  readonly rights: readonly Right[]
  /** `reply` is for an answer that comes later; then null is returned. */
  readonly answer: (request: Request, office: OfficePbx, reply: (answer: Answer) => void) => Answer | null
}

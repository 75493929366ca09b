/** Classes of the Manager Interface that this server knows; `read` decides about events, `write` about actions. */
export type Right = 'system' | 'call' | 'agent' | 'originate' | 'reporting'

export interface Account {
  readonly username: string
  readonly secret: string
  readonly read: readonly Right[]
  readonly write: readonly Right[]
}

/** Classes of the Manager Interface that this server knows; `read` decides about events, `write` about actions. */
export const rights = ['system', 'call', 'log', 'verbose', 'command', 'agent', 'user', 'config', 'dtmf', 'reporting', 'cdr', 'dialplan', 'originate', 'message'] as const
export type Right = typeof rights[number]

export interface Account {
  readonly username: string
  readonly secret: string
  readonly read: readonly Right[]
  readonly write: readonly Right[]
}

import type { Action } from './action.ts'

/** What a session does about itself, as `ListCommands` shows it. */
export type SessionCommand = 'Challenge' | 'Events' | 'ListCommands' | 'Login' | 'Logoff' | 'WaitEvent'

export const sessionCommands: readonly (Pick<Action, 'synopsis' | 'rights'> & { readonly name: SessionCommand })[] = [
  { name: 'Challenge', synopsis: 'Generate Challenge for MD5 Auth.', rights: [] },
  { name: 'Events', synopsis: 'Control Event Flow.', rights: [] },
  { name: 'ListCommands', synopsis: 'List available manager commands.', rights: [] },
  { name: 'Login', synopsis: 'Login Manager.', rights: [] },
  { name: 'Logoff', synopsis: 'Logoff Manager.', rights: [] },
  { name: 'WaitEvent', synopsis: 'Wait for an event to occur.', rights: [] },
]

export function sessionCommandNamed(name: string): SessionCommand | null {
  return sessionCommands.find(command => command.name.toLowerCase() === name.toLowerCase())?.name ?? null
}

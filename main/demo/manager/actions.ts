import type { Action } from './action.ts'
import { channelActions } from './channel-actions.ts'
import { queueActions } from './queue-actions.ts'
import { serverActions } from './server-actions.ts'
import { stateActions } from './state-actions.ts'

const byName: ReadonlyMap<string, Action> = new Map([
  ...channelActions,
  ...queueActions,
  ...serverActions,
  ...stateActions,
].map(action => [action.name.toLowerCase(), action]))

/** In the order of `ListCommands`. */
export const actions: readonly Action[] = [...byName.values()].sort((one, two) => one.name.localeCompare(two.name, 'en'))

export const actionNamed = (name: string): Action | undefined => byName.get(name.toLowerCase())

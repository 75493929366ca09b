import type { Action, AnswerTo } from './action.ts'
import type { ActionName } from './registry.ts'
import { callActions } from './call-actions.ts'
import { channelActions } from './channel-actions.ts'
import { commandActions } from './command-actions.ts'
import { conferenceActions } from './conference-actions.ts'
import { configActions } from './config-actions.ts'
import { databaseActions } from './database-actions.ts'
import { dialplanActions } from './dialplan-actions.ts'
import { endpointActions } from './endpoint-actions.ts'
import { parkingActions } from './parking-actions.ts'
import { queueActions } from './queue-actions.ts'
import { queueMemberActions } from './queue-member-actions.ts'
import { registry } from './registry.ts'
import { serverActions } from './server-actions.ts'
import { stateActions } from './state-actions.ts'
import { transferActions } from './transfer-actions.ts'
import { variableActions } from './variable-actions.ts'
import { voicemailActions } from './voicemail-actions.ts'

/** The compiler sees here that nothing is registered without an answer. */
const answers: Readonly<Record<ActionName, AnswerTo>> = {
  ...callActions,
  ...channelActions,
  ...commandActions,
  ...conferenceActions,
  ...configActions,
  ...databaseActions,
  ...dialplanActions,
  ...endpointActions,
  ...parkingActions,
  ...queueActions,
  ...queueMemberActions,
  ...serverActions,
  ...stateActions,
  ...transferActions,
  ...variableActions,
  ...voicemailActions,
}

/** In the order of `ListCommands`. */
export const actions: readonly Action[] = Object.entries(answers)
  .map(([name, answer]) => ({ name, answer, ...registry[name as ActionName] })) // the keys of the record are its names
  .sort((one, two) => one.name.localeCompare(two.name, 'en'))

const byName: ReadonlyMap<string, Action> = new Map(actions.map(action => [action.name.toLowerCase(), action]))

export const actionNamed = (name: string): Action | undefined => byName.get(name.toLowerCase())

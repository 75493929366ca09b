import type { ErrorCode } from '#contract/result.ts'
import type { FeatureName } from '#contract/tables.ts'
import type { Ability, ServerLimits } from '../../features/types.ts'
import type { Dialect, ServerFacts } from '../session/types.ts'

/** For each feature the actions of which one is enough, and from which dialect on there is any. */
const FEATURES: Readonly<Record<FeatureName, { readonly any: readonly string[], readonly since?: Dialect }>> = {
  dial: { any: ['Originate'] },
  hangup: { any: ['Hangup'] },
  redirect: { any: ['Redirect'] },
  voicemail: { any: ['MailboxCount', 'MailboxStatus'] },
  states: { any: ['ExtensionState', 'ExtensionStateList'] },
  transfer: { any: ['BlindTransfer', 'Redirect'] },
  consult: { any: ['Atxfer', 'Originate'] },
  conference: { any: ['Redirect', 'PlayDTMF'] },
  park: { any: ['Park'] },
  retrieve: { any: ['Originate'] },
  dtmf: { any: ['PlayDTMF'] },
  record: { any: ['MixMonitor', 'Monitor', 'PlayDTMF'] },
  mute: { any: ['MuteAudio'], since: 'middle' },
  timeout: { any: ['AbsoluteTimeout'] },
  move: { any: ['Originate'], since: 'modern' },
  people: { any: ['ExtensionStateList', 'ExtensionState'] },
  presence: { any: ['PresenceStateList', 'PresenceState'], since: 'middle' },
  pickup: { any: ['Originate', 'Redirect'] },
  dnd: { any: ['DBPut', 'Originate'] },
  forward: { any: ['DBPut', 'Originate'] },
  messages: { any: ['VoicemailBoxSummary'], since: 'modern' },
  messageChange: { any: ['VoicemailMove'], since: 'modern' },
  queues: { any: ['QueueStatus'] },
  queueMember: { any: ['QueueAdd'] },
  queuePause: { any: ['QueuePause'] },
  // Of the same class as queues: a server without it has no agents.
  agent: { any: ['AgentLogoff', 'AgentCallbackLogin'], since: 'legacy' },
}

const ABILITIES: Readonly<Record<Ability, { readonly action?: string, readonly since?: Dialect, readonly until?: Dialect }>> = {
  transferBlind: { action: 'BlindTransfer', since: 'modern' },
  transferAttended: { action: 'Atxfer', since: 'middle' },
  cancelAttended: { action: 'CancelAtxfer', since: 'middle' },
  redirect: { action: 'Redirect' },
  bridge: { action: 'Bridge', since: 'middle' },
  press: { action: 'PlayDTMF', since: 'modern' },
  recordMix: { action: 'MixMonitor', since: 'middle' },
  recordMixPause: { action: 'MixMonitorMute', since: 'middle' },
  recordMonitor: { action: 'Monitor' },
  databasePut: { action: 'DBPut' },
  setVariable: { action: 'Setvar' },
  originate: { action: 'Originate' },
  tellHangups: { since: 'modern' },
  agentCallback: { action: 'AgentCallbackLogin', until: 'legacy' },
}

const AGES: readonly Dialect[] = ['legacy', 'middle', 'modern']

/** What this account cannot do on this server: `ListCommands` names only what it may, and old servers lack the rest. */
export function limitsOf({ actions, dialect }: Pick<ServerFacts, 'actions' | 'dialect'>, version: string | null = null): ServerLimits {
  const isOlder = (since: Dialect = 'legacy'): boolean => AGES.indexOf(dialect) < AGES.indexOf(since)
  const isNewer = (until: Dialect = 'modern'): boolean => AGES.indexOf(dialect) > AGES.indexOf(until)
  const lacks = (action: string): boolean => actions !== null && !actions.has(action.toLowerCase())
  const missing: Partial<Record<FeatureName, ErrorCode>> = {}
  for (const [name, { any, since }] of Object.entries(FEATURES) as [FeatureName, typeof FEATURES[FeatureName]][]) { // its own entries
    if (isOlder(since))
      missing[name] = 'not-on-this-server'
    else if (any.every(lacks))
      missing[name] = isCommon(name, dialect, version) || (name === 'messageChange' && !lacks('VoicemailBoxSummary')) ? 'not-permitted' : 'not-on-this-server'
  }
  if (missing.move === undefined && lacks('Bridge'))
    missing.move = 'not-permitted'
  const abilities = Object.entries(ABILITIES) as [Ability, typeof ABILITIES[Ability]][] // its own entries
  return {
    missing,
    lacks: new Set(abilities.filter(([, { action, since, until }]) => isOlder(since) || isNewer(until) || (action !== undefined && lacks(action))).map(([ability]) => ability)),
  }
}

/** Whether every server like this has it, so that only its account may not; of some features the dialect tells too little. */
function isCommon(name: FeatureName, dialect: Dialect, version: string | null): boolean {
  switch (name) {
    case 'agent': return false
    case 'mute': case 'presence': return dialect === 'modern'
    case 'messages': case 'messageChange': return version !== null && listsMessages(version)
    default: return true
  }
}

/** 18.20, 20.5, 21 and later. */
function listsMessages(version: string): boolean {
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(version) ?? []
  const [release, patch] = [Number(major), Number(minor)]
  return release >= 21 || (release === 20 && patch >= 5) || (release === 18 && patch >= 20)
}

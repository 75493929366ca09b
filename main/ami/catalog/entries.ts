import actions from './data/actions.json' with { type: 'json' }
import events from './data/events.json' with { type: 'json' }
import parameters from './data/parameters.json' with { type: 'json' }

export type ParameterType = 'text' | 'number' | 'boolean' | 'choice' | 'channel' | 'context' | 'exten' | 'file' | 'queue' | 'mailbox' | 'peer' | 'secret'

/** A parameter of one action; what it does not say of itself `parameters.json` says of its name. */
interface ParameterData {
  readonly versions: string
  readonly required?: boolean
  readonly repeatable?: boolean
  readonly type?: ParameterType
  readonly help?: string
  readonly choices?: readonly string[]
  readonly default?: string
}

/** An action as `data/actions.json` has it; facts are from the source of every release branch, 1.0 to 23. */
export interface ActionData {
  readonly group: string
  readonly help: string
  /** Which releases have it: notation of `versions.ts`. */
  readonly versions: string
  /** By releases: classes of which one (up to 1.4: all) must stand in `write=`; none: any account. */
  readonly privilege: Readonly<Record<string, readonly string[]>>
  readonly parameters: Readonly<Record<string, ParameterData>>
  readonly reply: 'single' | 'list' | 'raw' | 'output'
  /** Names of the events that make up a list, and of those that end it. */
  readonly items?: readonly string[]
  readonly complete?: readonly string[]
  readonly successors?: readonly string[]
  /** What it does to others; such an action asks first. */
  readonly danger?: string
}

export interface EventData {
  readonly help: string
  readonly versions: string
  readonly privilege: readonly string[]
  /** `channel:Dest`: the headers of a channel with that prefix. */
  readonly snapshots?: readonly string[]
  readonly fields: readonly string[]
  /** Actions whose list it belongs to. */
  readonly answers?: readonly string[]
  readonly successors?: readonly string[]
  readonly note?: string
}

/** Every action that Asterisk 1.0 to 23 knew. */
export const actionEntries = actions as Readonly<Record<string, ActionData>> // JSON knows no unions; test/unit/catalog proves the words
/** Every event that Asterisk 1.0 to 23 sent. */
export const eventEntries = events as Readonly<Record<string, EventData>> // as above
export const parameterEntries = parameters as Readonly<Record<string, { readonly type: ParameterType, readonly help: string }>> // as above

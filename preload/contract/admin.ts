import type { Failure } from './result.ts'
import { z } from 'zod'
import { command, nothing } from './command.ts'

/**
 * The administration window. Everything in it runs on an AMI session of its own with the account of the profile, open only while the
 * window is: the desk's session stays lean, and what an administrator tries cannot disturb it.
 */

export type Headers = readonly (readonly [name: string, value: string])[]

/** One packet of the wire as it was; secrets are masked before it gets here. */
export interface PacketView {
  /** Counts up from 1 for each trace. */
  readonly id: number
  readonly at: number
  readonly direction: 'in' | 'out'
  readonly kind: 'event' | 'response' | 'action' | 'text' | 'banner'
  readonly name: string
  readonly headers: Headers
  /** Lines of command output or of a raw table. */
  readonly output: readonly string[] | null
}

export interface AdminStatus {
  readonly state: 'closed' | 'connecting' | 'online' | 'failed'
  readonly error: Failure | null
  readonly server: string
  readonly asterisk: string | null
  readonly banner: string | null
  readonly dialect: 'legacy' | 'middle' | 'modern' | null
  /** Lower-case names of the actions that this account may use; null: the server cannot be asked. */
  readonly actions: readonly string[] | null
  readonly trace: { readonly packets: number, readonly paused: boolean, readonly source: 'live' | 'file', readonly file: string | null }
}

export interface CatalogParameter {
  readonly name: string
  readonly required: boolean
  readonly repeatable: boolean
  readonly type: 'text' | 'number' | 'boolean' | 'choice' | 'channel' | 'context' | 'exten' | 'file' | 'queue' | 'mailbox' | 'peer' | 'secret'
  readonly choices: readonly string[]
  readonly help: string
  /** `1.8–20`: the releases that know it. */
  readonly versions: string
  /** Whether this server knows it, as far as its release tells; null: unknown. */
  readonly known: boolean | null
}

export interface CatalogAction {
  readonly name: string
  readonly group: string
  readonly help: string
  /** Classes of which one (up to 1.4: all) must stand in `write=`; empty: any account. */
  readonly privilege: readonly string[]
  readonly reply: 'single' | 'list' | 'raw' | 'output'
  readonly parameters: readonly CatalogParameter[]
  readonly versions: string
  /** Whether this account may use it here, by `ListCommands`; null where that cannot be asked. */
  readonly allowed: boolean | null
  /** Names of today, where it was renamed or replaced. */
  readonly successors: readonly string[]
  /** Why it asks first; null: harmless. */
  readonly danger: string | null
}

/** An action, its answer and what it caused, in the order in which the wire carried them. */
export interface ActionReport {
  readonly sent: PacketView
  readonly answer: readonly PacketView[]
  /** Events that name the same ActionID or the same channels, up to a second after the answer. */
  readonly caused: readonly PacketView[]
  readonly elapsedMs: number
  readonly failure: Failure | null
}

export interface TraceFilter {
  readonly names: readonly string[]
  readonly text: string
  readonly channel: string
  readonly linkedid: string
  readonly direction: 'in' | 'out' | 'both'
}

export interface TracePage {
  readonly packets: readonly PacketView[]
  /** How many match in all, and how many there are. */
  readonly matching: number
  readonly total: number
  /** Event and action names that occur, most frequent first. */
  readonly names: readonly (readonly [name: string, count: number])[]
}

/** A list of the server as a table: the console's lists all have this form. */
export interface AdminTable {
  readonly columns: readonly { readonly key: string, readonly numeric: boolean }[]
  readonly rows: readonly Readonly<Record<string, string>>[]
  readonly at: number
  /** Said where a dialect or the account gives less. */
  readonly note: Failure | null
}

export const adminTables = ['channels', 'peers', 'registrations', 'dahdi', 'agents', 'conferences', 'conference', 'queues', 'queue-members', 'queue-callers', 'queues-raw', 'parked', 'mailboxes', 'extensions', 'log-channels', 'iax-netstats'] as const
export type AdminTableName = typeof adminTables[number]

export interface ConfigLine { readonly name: string, readonly value: string, /** `=>` instead of `=`. */ readonly isObject: boolean }
export interface ConfigCategory { readonly name: string, readonly template: boolean, readonly inherits: readonly string[], readonly lines: readonly ConfigLine[] }
export interface ConfigFile { readonly file: string, readonly categories: readonly ConfigCategory[], readonly readAt: number }

export interface ConfigPlan {
  /** `null` where nothing changes. */
  readonly action: Headers | null
  readonly diff: readonly { readonly kind: 'same' | 'added' | 'removed', readonly text: string }[]
  readonly warnings: readonly string[]
}

export interface ConfigOutcome {
  readonly failure: Failure | null
  /** What is on the server now, read again after the attempt; null when it could not be read. */
  readonly now: ConfigFile | null
  readonly asPlanned: boolean
}

// eslint-disable-next-line no-control-regex
const line = z.string().max(4000).regex(/^[^\0-\x1F\x7F\u2028\u2029]*$/, 'must be one line of plain text')
const word = line.max(200)
const headers = z.array(z.tuple([word, line])).max(120)
const filter = () => z.object({ names: z.array(word).max(400), text: line, channel: word, linkedid: word, direction: z.enum(['in', 'out', 'both']) })
const configChange = z.discriminatedUnion('do', [
  z.object({ do: z.literal('new-category'), category: word.min(1), template: z.boolean(), inherits: z.array(word).max(20) }),
  z.object({ do: z.literal('rename-category'), category: word.min(1), to: word.min(1) }),
  z.object({ do: z.literal('delete-category'), category: word.min(1) }),
  z.object({ do: z.literal('empty-category'), category: word.min(1) }),
  z.object({ do: z.literal('update'), category: word.min(1), name: word.min(1), value: line, match: line, isObject: z.boolean() }),
  z.object({ do: z.literal('delete'), category: word.min(1), name: word.min(1), match: line }),
  z.object({ do: z.literal('append'), category: word.min(1), name: word.min(1), value: line, isObject: z.boolean() }),
  z.object({ do: z.literal('insert'), category: word.min(1), name: word.min(1), value: line, line: z.number().int().min(0).max(100_000), isObject: z.boolean() }),
])
export type ConfigChange = z.output<typeof configChange>
const configDraft = () => z.object({ file: word.min(1), changes: z.array(configChange).max(100), reload: word })

export const adminCommands = {
  /** Opens (or shows) the administration window. */
  'admin.show': command<void>()(nothing),
  /** Connects the session of the window; the answer comes when it is online or has failed. */
  'admin.open': command<AdminStatus>()(nothing),
  'admin.close': command<void>()(nothing),
  'admin.status': command<AdminStatus>()(nothing),
  'admin.catalog': command<{ readonly actions: readonly CatalogAction[], readonly events: readonly { readonly name: string, readonly help: string, readonly privilege: readonly string[] }[] }>()(nothing),
  /** Fails with `needs-confirmation` (details say what will happen) until `confirmed`. */
  'admin.send': command<ActionReport>()(() => z.object({ action: word.min(1), fields: headers, confirmed: z.boolean() })),
  /** A packet typed as text, one header a line. */
  'admin.sendText': command<ActionReport>()(() => z.object({ text: z.string().max(20_000), confirmed: z.boolean() })),
  'admin.cli': command<{ readonly lines: readonly string[], readonly elapsedMs: number }>()(() => z.object({ command: line.min(1), confirmed: z.boolean() })),
  /** Completions by Asterisk's own `_command matchesarray`; empty where it cannot be asked. */
  'admin.completeCli': command<readonly string[]>()(() => z.object({ text: line })),
  'admin.table': command<AdminTable>()(() => z.object({ table: z.enum(adminTables), of: word })),
  /** Details of one row: every header that the server tells about it. */
  'admin.details': command<Headers>()(() => z.object({ table: z.enum(adminTables), id: word.min(1) })),

  'admin.trace.page': command<TracePage>()(() => z.object({ filter: filter(), before: z.number().int().min(0).nullable(), limit: z.number().int().min(1).max(500) })),
  'admin.trace.pause': command<AdminStatus>()(() => z.object({ paused: z.boolean() })),
  'admin.trace.clear': command<AdminStatus>()(nothing),
  /** Asks where; answers the path, or null when the person thought better of it. */
  'admin.trace.save': command<{ readonly path: string | null }>()(() => z.object({ filter: filter(), maskNumbers: z.boolean() })),
  'admin.trace.openFile': command<AdminStatus>()(nothing),
  'admin.trace.live': command<AdminStatus>()(nothing),
  /** What Ringside would show for this extension had it seen the trace up to this packet. */
  'admin.trace.replay': command<{ readonly upTo: number, readonly tables: import('./tables.ts').Tables }>()(() => z.object({ extension: word.min(1), devices: z.array(word).max(16), upTo: z.number().int().min(0).nullable() })),

  'admin.config.read': command<ConfigFile>()(() => z.object({ file: word.min(1) })),
  'admin.config.plan': command<ConfigPlan>()(configDraft),
  'admin.config.apply': command<ConfigOutcome>()(configDraft),

  'admin.db.get': command<{ readonly value: string | null }>()(() => z.object({ family: word.min(1), key: word.min(1) })),
  /** Keys below a family (`DBGetTree`, else `database show` where `Command` is allowed). */
  'admin.db.tree': command<readonly { readonly key: string, readonly value: string }[]>()(() => z.object({ family: word })),
  'admin.db.put': command<void>()(() => z.object({ family: word.min(1), key: word.min(1), value: line, confirmed: z.boolean() })),
  'admin.db.delete': command<void>()(() => z.object({ family: word.min(1), key: word, confirmed: z.boolean() })),
} as const

export interface AdminTopics {
  'admin.status': AdminStatus
  /** Packets arrived: at most four times a second, how many there are now. */
  'admin.trace.grew': { readonly total: number }
}

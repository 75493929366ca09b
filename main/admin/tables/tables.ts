import type { AdminTable, AdminTableName, Headers } from '#contract/admin.ts'
import type { Failure } from '#contract/result.ts'
import type { Asker } from '../../ami/session/types.ts'
import type { Message } from '../../ami/wire/message.ts'
import type { Clock } from '../../clock.ts'
import type { PacketFeed } from '../feed.ts'
import type { TableSource, TableSpec } from './spec.ts'
import { AppError } from '../../errors.ts'
import { actionEntry } from '../console/catalog-view.ts'
import { maskSecrets } from '../packet-view.ts'
import { answersRaw, askRaw } from '../raw.ts'
import { tableSpecs } from './spec.ts'

export interface AdminTables {
  /** `of`: the queue, conference or file that the list is about; empty for all. Rejects with `not-on-this-server` where no source is there. */
  readonly table: (input: { readonly table: AdminTableName, readonly of: string }) => Promise<AdminTable>
  /** Every header that the server tells about one row. */
  readonly details: (input: { readonly table: AdminTableName, readonly id: string }) => Promise<Headers>
}

type Row = Readonly<Record<string, string>>

/** A refusal that only says that this list is empty or this source is not there. */
const NOTHING = /^no (?:active|such|outbound|inbound|endpoints?|agents?|peers?|parked)|not found|no conferences?/i

export function createTables({ asker, clock, feed }: { readonly asker: () => Asker, readonly clock: Clock, readonly feed: PacketFeed }): AdminTables {
  return {
    async table({ of, table }) {
      const spec = tableSpecs[table]
      const server = asker()
      const { note, rows } = await collect(server, feed, spec, of)
      return {
        columns: spec.columns.map(key => ({ key, numeric: spec.numeric?.includes(key) ?? false })),
        rows,
        at: clock.now(),
        note,
      }
    },
    async details({ id, table }) {
      const server = asker()
      const way = tableSpecs[table].details?.find(({ action, when }) => (when?.test(id) ?? true) && isOffered(server, action) !== false)
      if (!way)
        throw new AppError('not-on-this-server', `${server.server.banner} tells no more about ${id}`)
      const packets = await ask(server, way.action, way.fields(id))
      return maskSecrets(packets.flatMap(packet => packet.entries().filter(([name]) => !/^(?:response|actionid|eventlist|message|listitems)$/i.test(name))))
    },
  }
}

async function collect(server: Asker, feed: PacketFeed, spec: TableSpec, of: string): Promise<{ readonly rows: readonly Row[], readonly note: Failure | null }> {
  const there = spec.sources.filter(({ action }) => isOffered(server, action) !== false)
  if (there.length === 0)
    throw new AppError('not-on-this-server', `This server, or this account, has none of ${spec.sources.map(({ action }) => action).join(', ')}`, { details: { actions: spec.sources.map(({ action }) => action).join(', ') } })
  const rows: Row[] = []
  let refusal: AppError | null = null
  let answered = 0
  for (const source of there) {
    try {
      rows.push(...await rowsOf(server, feed, spec, source, of))
      answered++
      if (spec.take === 'first')
        break
    }
    catch (error) {
      if (!(error instanceof AppError) || error.code === 'not-online' || error.code === 'outcome-unknown')
        throw error
      if (error.code === 'action-refused' && NOTHING.test(error.message))
        answered++
      else
        refusal = error
    }
  }
  if (answered === 0 && refusal !== null)
    throw refusal
  return { rows, note: refusal && { code: refusal.code, message: refusal.message, details: refusal.details } }
}

async function rowsOf(server: Asker, feed: PacketFeed, spec: TableSpec, source: TableSource, of: string): Promise<readonly Row[]> {
  const fields = source.fields?.(of) ?? {}
  const fixed = source.fixed ?? {}
  if (source.raw && answersRaw(server, source.action))
    return source.raw(await askRaw(server, feed, source.action, fields)).map(row => whole(spec, { ...fixed, ...row }))
  const packets = await ask(server, source.action, fields)
  const output = packets.find(packet => packet.output !== null)?.output
  if (output && source.raw)
    return source.raw(output).map(row => whole(spec, { ...fixed, ...row }))
  return packets
    .filter(packet => packet.kind === 'event' && (source.events?.includes(packet.name) ?? true))
    .map(packet => whole(spec, { ...fixed, ...read(packet, source) }))
}

/** What releases write where they have nothing to say. */
const EMPTY: ReadonlySet<string> = new Set(['', '<unknown>', '(null)', 'n/a', '-none-'])

function read(packet: Message, { columns }: TableSource): Row {
  return Object.fromEntries(Object.entries(columns).map(([column, spellings]) => {
    const value = spellings.map(spelling => packet.get(spelling) ?? '').find(each => !EMPTY.has(each)) ?? ''
    switch (column) {
      case 'seconds': return [column, inSeconds(value)]
      // PJSIP ends the list of contacts with a comma, too.
      case 'address': return [column, value.replace(/,$/, '')]
      default: return [column, value]
    }
  }))
}

/** `00:01:05` as `65`; a number as it is. */
function inSeconds(value: string): string {
  const [, hours, minutes, seconds] = /^(\d+):(\d\d):(\d\d)$/.exec(value) ?? []
  return hours === undefined ? value : String(Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds))
}

/** The technology becomes part of the key, or two peers of one name would be one. */
function whole(spec: TableSpec, row: Row): Row {
  const { kind, technology, ...rest } = row
  const key = technology === undefined ? rest[spec.key] ?? '' : `${technology}/${rest[spec.key] ?? ''}`
  return { ...Object.fromEntries(spec.columns.map(column => [column, rest[column] ?? ''])), [spec.key]: key, ...(kind === undefined ? {} : { kind }) }
}

/** The answer, then the items of its list. */
async function ask(server: Asker, action: string, fields: Parameters<Asker['list']>[1]): Promise<readonly Message[]> {
  if (actionEntry(action)?.reply !== 'list')
    return [await server.action(action, fields)]
  const { items, response } = await server.list(action, fields)
  return [response, ...items]
}

/** Null where the server could not be asked what it offers. */
function isOffered(server: Asker, action: string): boolean | null {
  return server.server.actions && server.server.actions.has(action.toLowerCase())
}

import type { ActionReport, AdminStatus, AdminTable, AdminTableName, ConfigFile, Headers, PacketView } from '#contract/admin.ts'
import type { Clock } from '../../main/clock.ts'
import type { FakeBridge } from './fake-bridge.ts'
import { createConfigEditor } from '../../main/admin/config/editor.ts'
import { catalogView } from '../../main/admin/console/catalog-view.ts'
import { watchOver } from '../../main/admin/console/danger.ts'
import { createPacketFeed } from '../../main/admin/feed.ts'
import { createTrace } from '../../main/admin/trace/trace.ts'
import { actionEntries } from '../../main/ami/catalog/entries.ts'
import { AppError } from '../../main/errors.ts'
import { decodeText } from './decode.ts'
import { createFakeBridge, failed, ok } from './fake-bridge.ts'

export interface AdminBridge extends FakeBridge {
  /** These packets come from the server, one a millisecond. */
  readonly hear: (wire: string) => void
  readonly status: () => AdminStatus
  /** The session becomes so, and every window is told. */
  readonly become: (change: Partial<AdminStatus>) => void
  /** A list that the server tells from now on. */
  readonly list: (table: AdminTableName, rows: AdminTable['rows'], numeric?: readonly string[]) => void
}

export interface AdminStart {
  readonly clock: Clock
  readonly status?: Partial<AdminStatus>
  readonly theme?: 'light' | 'dark'
}

/** Every action of the catalogue but these can be used, as Asterisk 22 has it. */
const LACKING = ['zapshowchannels', 'sippeers', 'queues', 'agentcallbacklogin', 'setcdruserfield', 'monitor', 'dahdishowchannels']

/**
 * Main as the administration window sees it, over the parts of production that need no server: the catalogue, the trace, the
 * watch over dangerous actions. Actions are answered with Success; a test says otherwise where it matters.
 */
export function createAdminBridge({ clock, status: start = {} }: AdminStart): AdminBridge {
  const bridge = createFakeBridge()
  const feed = createPacketFeed()
  const trace = createTrace({ feed, clock, onGrown: total => bridge.push('admin.trace.grew', { total }), saveText: async name => `/home/dana/${name}`, openText: async () => null })
  const tables = new Map<AdminTableName, AdminTable>()
  let session: AdminStatus = {
    state: 'online',
    error: null,
    server: 'pbx.example.com:5039',
    asterisk: '22.10.1',
    banner: 'Asterisk Call Manager/11.0.0',
    dialect: 'modern',
    actions: Object.keys(actionEntries).map(name => name.toLowerCase()).filter(name => !LACKING.includes(name)),
    trace: trace.view(),
    ...start,
  }
  const status = (): AdminStatus => ({ ...session, trace: trace.view() })
  const told = () => {
    bridge.push('admin.status', status())
    return ok(status())
  }

  bridge.answer('admin.open', told)
  bridge.answer('admin.status', () => ok(status()))
  bridge.answer('admin.catalog', () => ok(catalogView(session)))
  bridge.answer('admin.send', ({ action, confirmed, fields }) => {
    const danger = Object.entries(actionEntries).find(([name]) => name.toLowerCase() === action.toLowerCase())?.[1].danger ?? null
    try {
      watchOver({ action, fields, danger, typed: false, confirmed })
    }
    catch (error) {
      if (error instanceof AppError)
        return failed(error.code, error.message, error.details)
      throw error
    }
    return ok(aReport(action, fields))
  })
  bridge.answer('admin.sendText', ({ text }) => ok(aReport(/^Action: (.*)$/im.exec(text)?.[1] ?? '', [])))
  bridge.answer('admin.completeCli', () => ok([]))
  bridge.answer('admin.cli', ({ command }) => ok({ lines: [`You said ${command}`], elapsedMs: 3 }))
  bridge.answer('admin.table', ({ table }) => ok(tables.get(table) ?? { columns: [], rows: [], at: clock.now(), note: null }))
  bridge.answer('admin.details', () => failed('not-on-this-server'))
  bridge.answer('admin.trace.page', async input => ok(await trace.page(input)))
  bridge.answer('admin.trace.pause', ({ paused }) => {
    trace.pause(paused)
    return told()
  })
  bridge.answer('admin.trace.clear', () => {
    trace.clear()
    return told()
  })
  bridge.answer('admin.trace.save', async input => ok(await trace.save(input)))
  bridge.answer('admin.trace.openFile', told)
  bridge.answer('admin.trace.live', told)
  bridge.answer('admin.trace.replay', input => ok(trace.replay(input)))
  bridge.answer('admin.db.tree', () => ok([]))

  return {
    ...bridge,
    status,
    hear(wire) {
      decodeText(wire.replaceAll(/\r?\n/g, '\r\n')).forEach((packet, index) => feed.tell({ direction: packet.kind === 'action' ? 'out' : 'in', packet, at: clock.now() + index }))
    },
    become(change) {
      session = { ...session, ...change }
      bridge.push('admin.status', status())
    },
    list(table, rows, numeric = []) {
      const keys = [...new Set(rows.flatMap(row => Object.keys(row)))].filter(key => key !== 'kind')
      tables.set(table, { columns: keys.map(key => ({ key, numeric: numeric.includes(key) })), rows, at: clock.now(), note: null })
    },
  }
}

export function aPacket(over: Partial<PacketView> = {}): PacketView {
  return { id: 1, at: 1_772_446_200_000, direction: 'in', kind: 'response', name: 'Success', headers: [['Response', 'Success']], output: null, ...over }
}

export function aReport(action: string, fields: Headers, over: Partial<ActionReport> = {}): ActionReport {
  return {
    sent: aPacket({ id: 1, direction: 'out', kind: 'action', name: action, headers: [['Action', action], ...fields, ['ActionID', 'ringside-console-1']] }),
    answer: [aPacket({ id: 2, headers: [['Response', 'Success'], ['ActionID', 'ringside-console-1'], ['Message', 'Done']] })],
    caused: [],
    elapsedMs: 4,
    failure: null,
    ...over,
  }
}

/** The editor of production over a server that holds one file and writes nothing. */
export function aConfigEditor(bridge: AdminBridge, file: ConfigFile, clock: Clock): void {
  const headers = file.categories.flatMap(({ lines, name }, category): string[] => [
    `Category-${String(category).padStart(6, '0')}: ${name}`,
    ...lines.map((line, at) => `Line-${String(category).padStart(6, '0')}-${String(at).padStart(6, '0')}: ${line.name}=${line.value}`),
  ])
  const [answer] = decodeText(`Response: Success\r\n${headers.join('\r\n')}\r\n\r\n`)
  if (!answer)
    throw new Error('the file cannot be told')
  const server = { banner: 'Asterisk Call Manager/11.0.0', amiVersion: '11.0.0', dialect: bridge.status().dialect ?? 'modern', actions: null } as const
  const editor = createConfigEditor({
    clock,
    asker: () => ({ action: async () => answer, list: async () => ({ response: answer, items: [], complete: null }), server }),
  })
  bridge.answer('admin.config.read', async input => ok({ ...await editor.read(input), categories: file.categories }))
  bridge.answer('admin.config.plan', async input => ok(await editor.plan(input)))
}

import type { AdminStatus } from '#contract/admin.ts'
import type { Clock } from '../clock.ts'
import type { Handlers } from '../ipc/router.ts'
import type { Log } from '../log.ts'
import type { ShellPort } from '../shell-port.ts'
import type { AdminTarget } from './link.ts'
import { createAstDb } from './astdb.ts'
import { createCli } from './cli.ts'
import { createConfigEditor } from './config/editor.ts'
import { createConsole } from './console/console.ts'
import { createPacketFeed } from './feed.ts'
import { createAdminLink } from './link.ts'
import { createTables } from './tables/tables.ts'
import { createTrace } from './trace/trace.ts'

export interface AdminParts {
  readonly target: () => Promise<AdminTarget>
  readonly shell: Pick<ShellPort, 'push' | 'showAdmin' | 'saveText' | 'openText'>
  readonly clock: Clock
  readonly random: () => number
  readonly log: Log
}

export type AdminCommandName = Extract<keyof Handlers, `admin.${string}`>

export interface Admin {
  readonly handlers: Pick<Handlers, AdminCommandName>
  /** The window has gone: its session ends, its trace is forgotten. */
  readonly close: () => Promise<void>
}

/** What the administration window can ask for, on an AMI session of its own. */
export function createAdmin({ clock, log, random, shell, target }: AdminParts): Admin {
  const feed = createPacketFeed()
  const link = createAdminLink({
    target,
    clock,
    random,
    log,
    onStatus: () => shell.push('admin.status', status()),
    onBanner: line => log.debug(`The administration session met ${line}`),
    onPacket: (direction, packet) => feed.tell({ direction, packet, at: clock.now() }),
    onEvent() {},
  })
  const { asker } = link
  const trace = createTrace({ feed, clock, onGrown: total => shell.push('admin.trace.grew', { total }), saveText: shell.saveText, openText: shell.openText })
  const console = createConsole({ asker, feed, clock, random })
  const cli = createCli({ asker, clock })
  const tables = createTables({ asker, clock, feed })
  const config = createConfigEditor({ asker, clock })
  const db = createAstDb({ asker })

  function status(): AdminStatus {
    return { ...link.view(), trace: trace.view() }
  }

  async function close(): Promise<void> {
    await link.close()
    trace.live()
    trace.clear()
  }

  return {
    close,
    handlers: {
      'admin.show': () => shell.showAdmin(),
      'admin.open': async () => {
        await link.open()
        return status()
      },
      'admin.close': close,
      'admin.status': status,
      'admin.catalog': async () => {
        // The catalogue is large: only who administers pays for it.
        const { catalogView } = await import('./console/catalog-view.ts')
        return catalogView(link.view())
      },
      'admin.send': console.send,
      'admin.sendText': console.sendText,
      'admin.cli': cli.run,
      'admin.completeCli': cli.complete,
      'admin.table': tables.table,
      'admin.details': tables.details,
      'admin.trace.page': trace.page,
      'admin.trace.pause': ({ paused }) => {
        trace.pause(paused)
        return status()
      },
      'admin.trace.clear': () => {
        trace.clear()
        return status()
      },
      'admin.trace.save': trace.save,
      'admin.trace.openFile': async () => {
        await trace.openFile()
        return status()
      },
      'admin.trace.live': () => {
        trace.live()
        return status()
      },
      'admin.trace.replay': trace.replay,
      'admin.config.read': config.read,
      'admin.config.plan': config.plan,
      'admin.config.apply': config.apply,
      'admin.db.get': db.get,
      'admin.db.tree': db.tree,
      'admin.db.put': db.put,
      'admin.db.delete': db.delete,
    },
  }
}

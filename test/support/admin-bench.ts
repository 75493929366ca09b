import type { AdminStatus } from '#contract/admin.ts'
import type { Admin } from '../../main/admin/admin.ts'
import type { Connect } from '../../main/ami/transport/transport.ts'
import type { FakeClock } from './fake-clock.ts'
import type { FakeShell } from './fake-shell.ts'
import type { MemoryLog } from './memory-log.ts'
import { createAdmin } from '../../main/admin/admin.ts'
import { createFakeClock } from './fake-clock.ts'
import { createFakeShell } from './fake-shell.ts'
import { createMemoryLog } from './memory-log.ts'
import { settled } from './turns.ts'

export interface AdminBench {
  readonly admin: Admin
  readonly ask: Admin['handlers']
  readonly clock: FakeClock
  readonly shell: FakeShell
  readonly log: MemoryLog
  /** Every status that the window was told. */
  readonly statuses: readonly AdminStatus[]
  /** What a handler promises, after so much time has passed. */
  readonly after: <T>(ms: number, promise: Promise<T> | T) => Promise<T>
}

interface AdminServer { readonly connect: Connect, readonly account?: { readonly username: string, readonly secret: string } }

/** The back end of the administration window at a server of the test, with a clock that stands still; not yet open. */
export function createAdminBench(server: AdminServer): AdminBench {
  const clock = createFakeClock()
  const shell = createFakeShell()
  const log = createMemoryLog()
  const statuses: AdminStatus[] = []
  shell.subscribe('admin.status', status => statuses.push(status))
  const { username, secret } = server.account ?? { username: 'companion', secret: 'secret' }
  const admin = createAdmin({
    target: async () => ({ connect: server.connect, secured: false, username, secret, server: 'pbx.example' }),
    shell,
    clock,
    random: () => 0.5,
    log,
  })
  return {
    admin,
    ask: admin.handlers,
    clock,
    shell,
    log,
    statuses,
    async after(ms, promise) {
      const result = Promise.resolve(promise)
      // It may fail before anybody waits for it.
      result.catch(() => {})
      await settled()
      await clock.pass(ms)
      return result
    },
  }
}

/** The same, connected and online. */
export async function openAdmin(server: AdminServer): Promise<AdminBench> {
  const bench = createAdminBench(server)
  const { state, error } = await bench.ask['admin.open'](undefined)
  if (state !== 'online')
    throw new Error(`The administration session is ${state}: ${error?.message}`)
  return bench
}

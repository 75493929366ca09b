import type { Clock } from '../../main/clock.ts'
import type { DemoPbx } from '../../main/demo/demo-pbx.ts'
import type { Settings } from '../../main/settings/schema.ts'
import type { TodoStore } from '../../main/settings/todo-store.ts'
import type { AppPort } from '../../main/shell-port.ts'
import type { FakeShell } from './fake-shell.ts'
import type { FakeWindow } from './fake-window.ts'
import type { MemoryLog } from './memory-log.ts'
import { tapped } from '../../main/admin/tap.ts'
import { connectTo, lookupHost } from '../../main/ami/transport/connect.ts'
import { createApp } from '../../main/app.ts'
import { systemClock } from '../../main/clock.ts'
import { historyOf, keepOnFailure, keepTraffic } from './evidence.ts'
import { createFakeShell } from './fake-shell.ts'
import { openWindow } from './fake-window.ts'
import { createMemoryLog } from './memory-log.ts'
import { createMemorySecrets, createMemorySettings, createMemoryTodos } from './memory-stores.ts'

/** The whole program but for Electron, with one window open. */
export interface Program {
  readonly app: AppPort
  readonly shell: FakeShell
  readonly window: FakeWindow
  readonly log: MemoryLog
  readonly stop: () => Promise<void>
}

/** No two have the same name, also where a test has several. */
let count = 0

/** As after a start with these settings; the sockets, the chance and, unless another one is given, the clock are real. */
export async function startProgram(settings: Partial<Settings> = {}, createDemo: () => DemoPbx = noDemo, todos: TodoStore = createMemoryTodos(), clock: Clock = systemClock): Promise<Program> {
  const shell = createFakeShell()
  const log = createMemoryLog()
  const traffic = keepTraffic(log)
  const app = createApp({
    settings: createMemorySettings(settings),
    secrets: createMemorySecrets(),
    todos,
    shell,
    clock,
    log,
    random: Math.random,
    connect: target => tapped(connectTo(target), traffic.listener),
    lookup: lookupHost,
    createDemo,
  })
  app.start()
  const window = await openWindow(app.route, shell)
  const name = `desk-${++count}`
  keepOnFailure({ [`${name}.trace`]: traffic.trace, [`${name}.history.txt`]: () => historyOf(window, log) })
  return {
    app,
    shell,
    window,
    log,
    async stop() {
      window.close()
      await app.stop()
    },
  }
}

function noDemo(): DemoPbx {
  throw new Error('there is no demo office here')
}

import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import type { Redactor } from '../log/redact.ts'
import type { SettingsStore } from '../settings/settings-store.ts'
import type { AppPort, ShellPort } from '../shell-port.ts'
import type { Arguments } from './arguments.ts'
import { connectTo, lookupHost } from '../ami/transport/connect.ts'
import { createApp } from '../app.ts'
import { electronKeyStore } from '../credentials/electron.ts'
import { createSecrets } from '../credentials/secrets.ts'
import { readDialText } from '../features/numbers.ts'
import { withDemo } from '../settings/demo-settings.ts'
import { openSettings } from '../settings/open-settings.ts'
import { openTodos, TODO_FILE } from '../settings/todo-store.ts'
import { storeFile } from './store-file.ts'

// What stands behind the windows. The program imports this file when its first window is on its way, so that reading it and making the
// window go on side by side: it is most of what there is to read.

export interface CoreParts {
  /** The folder of the settings. */
  readonly home: string
  readonly args: Arguments
  readonly shell: ShellPort
  readonly clock: Clock
  readonly log: Log
  readonly redactor: Redactor
}

export interface Core {
  readonly port: AppPort
  readonly settings: SettingsStore
  /** Whether a link holds a number that could be dialled. */
  readonly isDialable: (link: string) => boolean
}

export function createCore({ args, clock, home, log, redactor, shell }: CoreParts): Core {
  const { store, wasReset } = openSettings(home, storeFile(home, 'settings'), log)
  const todos = openTodos(home, storeFile(home, TODO_FILE), log)
  const settings = args.demo
    ? withDemo(store)
    : store
  const port = createApp({
    settings,
    secrets: createSecrets(electronKeyStore(), redactor.hide),
    todos: todos.store,
    shell,
    clock,
    log,
    random: Math.random,
    connect: connectTo,
    lookup: lookupHost,
    async createDemo() {
      const { createDemoPbx } = await import('../demo/demo-pbx.ts')
      return createDemoPbx({ clock, random: Math.random, scenario: args.scenario })
    },
  })
  if (wasReset)
    shell.push('notice', { code: 'settings-reset' })
  if (todos.wasReset)
    shell.push('notice', { code: 'todos-reset' })
  return { port, settings, isDialable: link => readDialText(link, { outsidePrefix: '' }).ok }
}

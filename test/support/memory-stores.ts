import type { SecretStore } from '../../main/credentials/secret-store.ts'
import type { Todo } from '../../main/features/todo.ts'
import type { Settings } from '../../main/settings/schema.ts'
import type { SettingsStore } from '../../main/settings/settings-store.ts'
import type { TodoStore } from '../../main/settings/todo-store.ts'

const FIRST: Settings = {
  version: 1,
  demo: false,
  profile: null,
  preferences: {
    theme: 'system',
    language: 'system',
    closeToTray: true,
    popup: true,
    popupCorner: 'top-right',
    popupLingerSeconds: 4,
    openDialFromLinks: true,
    pauseReasons: [],
    queueLevels: { busyWaiting: 3, alarmWaiting: 6, busySeconds: 60, alarmSeconds: 180 },
  },
  arrangements: {},
}

/** Settings as on the first run, or as changed by `start`; gone with the test. */
export function createMemorySettings(start: Partial<Settings> = {}): SettingsStore {
  let settings: Settings = { ...FIRST, ...start }
  return {
    get: () => settings,
    update: (change) => { settings = change(settings) },
  }
}

/** A machine without a key store: secrets live as long as the program. */
export function createMemorySecrets(): SecretStore {
  let session: string | null = null
  return {
    status: () => ({ available: false, backend: 'none' }),
    seal: () => null,
    open: () => { throw new Error('nothing was ever sealed here') },
    keepForSession: (secret) => { session = secret },
    session: () => session,
  }
}

/** Calls to return as after a start with these; gone with the test. */
export function createMemoryTodos(start: Readonly<Record<string, readonly Todo[]>> = {}): TodoStore {
  let offices = start
  return {
    get: office => offices[office] ?? [],
    set: (office, todos) => { offices = { ...offices, [office]: todos } },
    forget: (isMeant) => { offices = Object.fromEntries(Object.entries(offices).filter(([office]) => !isMeant(office))) },
  }
}

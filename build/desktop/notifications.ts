import type { MessageBus } from 'dbus-next'
import dbus from 'dbus-next'
import { Waiting } from './waiting.ts'

const NAME = 'org.freedesktop.Notifications'
const CLOSED_BY_PERSON = 2
const CLOSED_BY_PROGRAM = 3

export interface Notification {
  readonly id: number
  readonly program: string
  readonly summary: string
  /** As it came over the bus: may hold markup. */
  readonly body: string
  /** Key and label by turns. */
  readonly actions: readonly string[]
  readonly urgency: number | null
  readonly desktopEntry: string | null
  readonly closed: boolean
}

/** The notification server of a desktop: programs notify, tests read and react. */
export interface Notifications {
  /** Everything that came, oldest first, also what has been closed. */
  readonly all: () => readonly Notification[]
  readonly until: (fits: (notification: Notification) => boolean, timeoutMs?: number) => Promise<Notification>
  /** The person clicks on it. */
  readonly click: (id: number) => void
  readonly dismiss: (id: number) => void
}

class Server extends dbus.interface.Interface {
  readonly received: Notification[] = []
  readonly waiting = new Waiting<Notification>('notification', () => this.received)

  Notify(program: string, replaces: number, _icon: string, summary: string, body: string, actions: string[], hints: Readonly<Record<string, { readonly value: unknown }>>): number {
    const id = replaces === 0 ? this.received.length + 1 : replaces
    const urgency = hints['urgency']?.value
    const desktopEntry = hints['desktop-entry']?.value
    this.received.push({
      id,
      program,
      summary,
      body,
      actions,
      urgency: typeof urgency === 'number' ? urgency : null,
      desktopEntry: typeof desktopEntry === 'string' ? desktopEntry : null,
      closed: false,
    })
    this.waiting.tell()
    return id
  }

  CloseNotification(id: number): void {
    this.close(id, CLOSED_BY_PROGRAM)
  }

  close(id: number, reason: number): void {
    this.received.forEach((one, index) => {
      if (one.id === id)
        this.received[index] = { ...one, closed: true }
    })
    this.NotificationClosed(id, reason)
    this.waiting.tell()
  }

  GetCapabilities(): readonly string[] {
    return ['actions', 'body', 'body-markup', 'persistence']
  }

  GetServerInformation(): readonly string[] {
    return ['Ringside test desktop', 'Ringside', '1', '1.2']
  }

  ActionInvoked(id: number, action: string): readonly unknown[] {
    return [id, action]
  }

  NotificationClosed(id: number, reason: number): readonly unknown[] {
    return [id, reason]
  }
}
Server.configureMembers({
  methods: {
    Notify: { inSignature: 'susssasa{sv}i', outSignature: 'u' },
    CloseNotification: { inSignature: 'u' },
    GetCapabilities: { outSignature: 'as' },
    GetServerInformation: { outSignature: 'ssss' },
  },
  signals: {
    ActionInvoked: { signature: 'us' },
    NotificationClosed: { signature: 'uu' },
  },
})

/** Opens a notification server on this bus. */
export async function openNotifications(bus: MessageBus): Promise<Notifications> {
  const server = new Server(NAME)
  bus.export('/org/freedesktop/Notifications', server)
  await bus.requestName(NAME, 0)
  return {
    all: () => [...server.received],
    until: (fits, timeoutMs) => server.waiting.until(fits, timeoutMs),
    click: (id) => { server.ActionInvoked(id, 'default') },
    dismiss: id => server.close(id, CLOSED_BY_PERSON),
  }
}

import type { Message, MessageBus } from 'dbus-next'
import type { Buffer } from 'node:buffer'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import dbus from 'dbus-next'
import { decodePng, encodePng } from './png.ts'
import { addMatch, callBus } from './session-bus.ts'
import { Waiting } from './waiting.ts'

const ITEM = 'org.kde.StatusNotifierItem'
const WATCHER = 'org.kde.StatusNotifierWatcher'
const MENU = 'com.canonical.dbusmenu'
/** Chromium sends its changes one by one. */
const QUIET_MS = 30

export interface TrayPicture {
  readonly width: number
  readonly height: number
  /** Red, green, blue, alpha for each pixel. */
  readonly rgba: Uint8Array
  readonly png: Buffer
}

export interface MenuEntry {
  readonly id: number
  readonly label: string
  readonly separator: boolean
  readonly enabled: boolean
  readonly checked: boolean | null
  readonly children: readonly MenuEntry[]
}

/** What a tray shows of one program. */
export interface TrayItem {
  readonly id: string
  readonly title: string
  readonly status: string
  readonly tooltip: string
  readonly pictures: readonly TrayPicture[]
  readonly menu: readonly MenuEntry[]
}

/** The tray of a desktop: programs show themselves in it, tests look and click. */
export interface Tray {
  /** Null while no program shows anything. */
  readonly current: () => TrayItem | null
  readonly until: (fits: (item: TrayItem) => boolean, timeoutMs?: number) => Promise<TrayItem>
  readonly click: () => Promise<void>
  /** Chooses the menu entry with this label. */
  readonly choose: (label: string) => Promise<void>
}

type Values = Readonly<Record<string, unknown>>

class Watcher extends dbus.interface.Interface {
  readonly items: string[] = []
  readonly #onItem: (name: string) => void

  constructor(onItem: (name: string) => void) {
    super(WATCHER)
    this.#onItem = onItem
  }

  RegisterStatusNotifierItem(name: string): void {
    this.items.push(name)
    this.#onItem(name)
  }

  RegisterStatusNotifierHost(): void {}

  get RegisteredStatusNotifierItems(): readonly string[] {
    return this.items
  }

  get IsStatusNotifierHostRegistered(): boolean {
    return true
  }

  get ProtocolVersion(): number {
    return 0
  }
}
Watcher.configureMembers({
  properties: {
    RegisteredStatusNotifierItems: { signature: 'as', access: 'read' },
    IsStatusNotifierHostRegistered: { signature: 'b', access: 'read' },
    ProtocolVersion: { signature: 'i', access: 'read' },
  },
  methods: {
    RegisterStatusNotifierItem: { inSignature: 's' },
    RegisterStatusNotifierHost: { inSignature: 's' },
  },
})

/** Opens a tray on this bus, as KDE and the panels of GNOME and XFCE have one. */
export async function openTray(bus: MessageBus): Promise<Tray> {
  let owner: { readonly name: string, readonly path: string } | null = null
  let menuPath: string | null = null
  let item: TrayItem | null = null
  let timer: NodeJS.Timeout | undefined
  const waiting = new Waiting<TrayItem>('tray item', () => item === null ? [] : [item])

  const lookSoon = (): void => {
    clearTimeout(timer)
    timer = setTimeout(() => void look(), QUIET_MS)
  }
  const look = async (): Promise<void> => {
    const from = owner
    if (from === null)
      return
    try {
      const [all] = await callBus(bus, from.name, from.path, 'org.freedesktop.DBus.Properties', 'GetAll', 's', [ITEM])
      const values = unwrap(all)
      const path = typeof values['Menu'] === 'string' ? values['Menu'] : null
      const [, layout] = path === null ? [] : await callBus(bus, from.name, path, MENU, 'GetLayout', 'iias', [0, -1, []])
      if (owner !== from)
        return
      menuPath = path
      item = {
        id: text(values['Id']),
        title: text(values['Title']),
        status: text(values['Status']),
        tooltip: tooltip(values['ToolTip']),
        pictures: [...pictures(values['IconPixmap']), ...picturesOfFile(text(values['IconThemePath']), text(values['IconName']))],
        menu: layout === undefined ? [] : entry(layout).children,
      }
      waiting.tell()
    }
    catch (error) {
      // A program that ends while it is asked answers nothing; its leaving is told separately.
      if (!(error instanceof dbus.DBusError))
        throw error
    }
  }

  bus.on('message', (message: Message) => {
    if (message.type !== dbus.MessageType.SIGNAL)
      return
    const [name, , next]: readonly unknown[] = message.body
    if (message.member === 'NameOwnerChanged' && owner !== null && name === owner.name && next === '') {
      owner = null
      item = null
      menuPath = null
      waiting.tell()
    }
    else if (owner !== null && message.sender === owner.name && (message.interface === ITEM || message.interface === MENU)) {
      lookSoon()
    }
  })
  for (const rule of [`interface='${ITEM}'`, `interface='${MENU}'`, `member='NameOwnerChanged'`])
    await addMatch(bus, `type='signal',${rule}`)

  let registering: string | null = null
  const watcher = new Watcher((name) => { registering = name })
  // Programs register by a name of their own, by `:1.5`, or only by the path of the object.
  bus.on('message', (message: Message) => {
    if (message.member !== 'RegisterStatusNotifierItem' || message.type !== dbus.MessageType.METHOD_CALL)
      return
    const given: unknown = message.body[0]
    const said = typeof given === 'string' ? given : registering ?? ''
    const slash = said.indexOf('/')
    owner = { name: message.sender, path: slash < 0 ? '/StatusNotifierItem' : said.slice(slash) }
    lookSoon()
  })
  bus.export('/StatusNotifierWatcher', watcher)
  await bus.requestName(WATCHER, 0)

  return {
    current: () => item,
    until: (fits, timeoutMs) => waiting.until(fits, timeoutMs),
    async click() {
      if (owner === null)
        throw new Error('nothing to click: the tray is empty')
      await callBus(bus, owner.name, owner.path, ITEM, 'Activate', 'ii', [0, 0])
    },
    async choose(label) {
      for (;;) {
        const chosen = flatten(item?.menu ?? []).find(one => one.label === label)
        if (owner === null || menuPath === null || chosen === undefined)
          throw new Error(`no menu entry "${label}" in the tray; there are ${flatten(item?.menu ?? []).map(one => `"${one.label}"`).join(', ')}`)
        try {
          await callBus(bus, owner.name, menuPath, MENU, 'Event', 'isvu', [chosen.id, 'clicked', new dbus.Variant('i', 0), 0])
          return
        }
        catch (error) {
          // Whoever ends because of it answers nothing.
          if (error instanceof dbus.DBusError && error.type === 'org.freedesktop.DBus.Error.NoReply')
            return
          // The menu was made anew meanwhile, and what stood there has another number.
          await look()
          if (flatten(item?.menu ?? []).some(one => one.label === label && one.id === chosen.id))
            throw error
        }
      }
    },
  }
}

function unwrap(dictionary: unknown): Values {
  return Object.fromEntries(Object.entries(dictionary ?? {}).map(([key, value]: [string, unknown]) => [key, value instanceof dbus.Variant ? value.value : value]))
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** The icon's name, its pictures, title, text: Electron fills the third. */
function tooltip(value: unknown): string {
  return Array.isArray(value) ? [value[2], value[3]].map(text).filter(line => line !== '').join('\n') : ''
}

function pictures(value: unknown): readonly TrayPicture[] {
  if (!Array.isArray(value))
    return []
  return value.flatMap((one: unknown) => {
    const [width, height, argb]: readonly unknown[] = Array.isArray(one) ? one : []
    if (typeof width !== 'number' || typeof height !== 'number' || !(argb instanceof Uint8Array))
      return []
    const rgba = new Uint8Array(argb.length)
    for (let at = 0; at < argb.length; at += 4)
      rgba.set([argb[at + 1] ?? 0, argb[at + 2] ?? 0, argb[at + 3] ?? 0, argb[at] ?? 0], at)
    return [{ width, height, rgba, png: encodePng(width, height, rgba) }]
  })
}

/** Where GNOME is named, Chromium hands over a file instead of pixels. */
function picturesOfFile(folder: string, name: string): readonly TrayPicture[] {
  const file = [name, join(folder, name), `${join(folder, name)}.png`].find(path => path.startsWith('/') && path.endsWith('.png') && existsSync(path))
  if (file === undefined)
    return []
  const png = readFileSync(file)
  return [{ ...decodePng(png), png }]
}

function entry(layout: unknown): MenuEntry {
  const [id, properties, children]: readonly unknown[] = Array.isArray(layout) ? layout : []
  const values = unwrap(properties)
  return {
    id: typeof id === 'number' ? id : -1,
    // An underscore marks the key of the entry; two stand for one.
    label: text(values['label']).replaceAll(/_(.)/g, '$1'),
    separator: values['type'] === 'separator',
    enabled: values['enabled'] !== false,
    checked: values['toggle-type'] === undefined || values['toggle-type'] === '' ? null : values['toggle-state'] === 1,
    children: Array.isArray(children) ? children.map((child: unknown) => entry(child instanceof dbus.Variant ? child.value : child)) : [],
  }
}

function flatten(entries: readonly MenuEntry[]): readonly MenuEntry[] {
  return entries.flatMap(one => [one, ...flatten(one.children)])
}

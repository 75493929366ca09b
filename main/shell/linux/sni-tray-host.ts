import type { Log } from '../../log.ts'
import type { TrayHost } from './tray-host.ts'
import { connect } from 'node:net'
import process from 'node:process'
import { decodeMessage, encodeCall, readBoolean, readStrings } from './bus-message.ts'
import { certainTrayHost } from './tray-host.ts'

const WATCHER = 'org.kde.StatusNotifierWatcher'
const RULE = `type='signal',sender='org.freedesktop.DBus',interface='org.freedesktop.DBus',member='NameOwnerChanged',arg0='${WATCHER}'`
const HELLO = 1
const MATCH = 2
const OWNER = 3
/** A bus that says nothing for so long is none. */
const ANSWER_MS = 2000

/**
 * Asks the session bus whether a tray host is there and keeps listening. Electron does not tell; it looks once, when a tray icon is made.
 * Where there is no bus there is no tray.
 */
export function watchTrayHost(log: Log): TrayHost {
  const path = socketPath(process.env)
  /** Null until the bus has answered. */
  let isThere: boolean | null = null
  const listeners: (() => void)[] = []
  if (path === null)
    return { ...certainTrayHost, isThere: () => false }

  let bytes: Buffer = Buffer.alloc(0)
  let isOpen = false
  const socket = connect(path)
  // It must not keep the program alive.
  socket.unref()
  socket.write(`\0AUTH EXTERNAL ${Buffer.from(String(process.getuid?.() ?? 0)).toString('hex')}\r\n`)
  socket.on('data', (chunk) => {
    bytes = Buffer.concat([bytes, chunk])
    try {
      take()
    }
    catch (error) {
      log.warn('The session bus said something that cannot be understood', error)
      socket.destroy()
    }
  })
  const { promise: whenKnown, resolve: known } = Promise.withResolvers<void>()
  // Also when it ends without an answer.
  socket.on('close', () => known())
  socket.setTimeout(ANSWER_MS, () => socket.destroy())
  socket.on('error', error => log.info('There is no session bus, so there is no tray', error))

  function take(): void {
    if (!isOpen) {
      const end = bytes.indexOf('\r\n')
      if (end < 0)
        return
      if (!bytes.toString('latin1', 0, end).startsWith('OK '))
        throw new Error('The session bus refused us')
      bytes = bytes.subarray(end + 2)
      isOpen = true
      socket.write('BEGIN\r\n')
      socket.write(encodeCall({ serial: HELLO, member: 'Hello', argument: null }))
      socket.write(encodeCall({ serial: MATCH, member: 'AddMatch', argument: RULE }))
      socket.write(encodeCall({ serial: OWNER, member: 'NameHasOwner', argument: WATCHER }))
    }
    for (let next = decodeMessage(bytes); next !== null; next = decodeMessage(bytes)) {
      bytes = bytes.subarray(next.taken)
      const { message } = next
      if (message.type === 'answer' && message.replyTo === OWNER && message.signature === 'b') {
        learn(readBoolean(message))
        socket.setTimeout(0)
        known()
      }
      else if (message.type === 'signal' && message.member === 'NameOwnerChanged' && message.signature === 'sss') {
        const [name, , owner] = readStrings(message, 3)
        if (name === WATCHER)
          learn(owner !== '')
      }
    }
  }

  function learn(now: boolean): void {
    // The first answer is no news: it was asked before the icon was made.
    const appeared = now && isThere === false
    isThere = now
    if (appeared)
      listeners.forEach(listener => listener())
  }

  return {
    isThere: () => isThere ?? false,
    whenKnown,
    onAppeared: listener => listeners.push(listener),
    close: () => socket.destroy(),
  }
}

/** Where the session bus listens; null where none is named. */
export function socketPath(env: Readonly<Record<string, string | undefined>>): string | null {
  const address = env['DBUS_SESSION_BUS_ADDRESS'] ?? (env['XDG_RUNTIME_DIR'] === undefined ? '' : `unix:path=${env['XDG_RUNTIME_DIR']}/bus`)
  for (const one of address.split(';')) {
    const [, kind, value] = /^unix:(?:.*,)?(path|abstract)=([^,]+)/.exec(one) ?? []
    if (value !== undefined) {
      const plain = decodeURIComponent(value)
      return kind === 'abstract' ? `\0${plain}` : plain
    }
  }
  return null
}

import type { MessageBus } from 'dbus-next'
import type { Child } from './child.ts'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import dbus from 'dbus-next'
import { startChild } from './child.ts'

export interface SessionBus {
  readonly address: string
  readonly child: Child
}

/** A bus without activatable services: nothing comes up that was not asked for, and nothing stays behind. */
function configuration(folder: string): string {
  return `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=${folder}/bus</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`
}

/** Starts a session bus whose socket lies in `folder`. */
export async function startSessionBus(folder: string, env: Readonly<Record<string, string>>): Promise<SessionBus> {
  const file = join(folder, 'bus.conf')
  writeFileSync(file, configuration(folder))
  const { child, line } = await startChild('dbus-daemon', [`--config-file=${file}`, '--nofork', '--nopidfile', '--print-address=3'], { env, ready: /^unix:.+/ })
  return { address: line?.[0] ?? '', child }
}

/** A connection to the bus that is ready to be used. */
export async function connectBus(address: string): Promise<MessageBus> {
  const bus = dbus.sessionBus({ busAddress: address })
  await once(bus, 'connect')
  // When the bus goes first the connection has nothing left to say.
  bus.on('error', () => {})
  return bus
}

/** A plain method call. Chromium's objects do not describe themselves, so proxies cannot be had. */
export async function callBus(bus: MessageBus, destination: string, path: string, interface_: string, member: string, signature = '', body: readonly unknown[] = []): Promise<readonly unknown[]> {
  const answer = await bus.call(new dbus.Message({ destination, path, interface: interface_, member, signature, body: [...body] }))
  return answer?.body ?? []
}

/** Asks the bus for signals of other programs. */
export async function addMatch(bus: MessageBus, rule: string): Promise<void> {
  await callBus(bus, 'org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus', 'AddMatch', 's', [rule])
}

/** Resolves once a program on the bus answers to this name. */
export async function whenOwned(bus: MessageBus, name: string, timeoutMs = 20_000): Promise<void> {
  const signal = AbortSignal.timeout(timeoutMs)
  await addMatch(bus, `type='signal',member='NameOwnerChanged',arg0='${name}'`)
  for (;;) {
    const [owned] = await callBus(bus, 'org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus', 'NameHasOwner', 's', [name])
    if (owned === true)
      return
    try {
      await once(bus, 'message', { signal })
    }
    catch (error) {
      throw new Error(`nobody on the bus answered to ${name} within ${timeoutMs} ms`, { cause: error })
    }
  }
}

import type { Bridge } from '#contract/bridge.ts'
import type { Result } from '#contract/result.ts'
import { contextBridge, ipcRenderer } from 'electron'
import { INVOKE, NETWORK, pushChannel } from '#contract/channels.ts'
import { isCommand, isTopic } from './names.ts'

const unknown: Result<never> = { ok: false, error: { code: 'unknown-command', message: 'No such command' } }

/** A page gets these two functions and nothing else: neither `ipcRenderer` nor an event of it. */
const bridge: Bridge = {
  invoke: (name, ...input) => isCommand(name)
    ? ipcRenderer.invoke(INVOKE, name, input[0])
    : Promise.resolve(unknown),
  subscribe(topic, listener) {
    if (!isTopic(topic))
      throw new Error('No such topic')
    const channel = pushChannel(topic)
    const relay = (_event: unknown, payload: Parameters<typeof listener>[0]): void => listener(payload)
    ipcRenderer.on(channel, relay)
    return () => {
      ipcRenderer.off(channel, relay)
    }
  },
}
contextBridge.exposeInMainWorld('bridge', bridge)

// The main process is not told by itself.
for (const change of ['online', 'offline'])
  window.addEventListener(change, () => ipcRenderer.send(NETWORK))

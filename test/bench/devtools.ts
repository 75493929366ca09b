import { once } from 'node:events'
import { setTimeout as after } from 'node:timers/promises'

/** The protocol of Chromium's developer tools, as little of it as measuring takes: nothing stays attached to what is measured. */
export interface DevTools {
  /** Runs an expression in the page whose address contains `part`, as soon as there is one, and waits for its promise. */
  readonly evaluate: (part: string, expression: string) => Promise<unknown>
  /** What all processes record of these categories while `act` runs. */
  readonly trace: (categories: readonly string[], act: () => Promise<unknown>) => Promise<readonly TraceEvent[]>
  readonly close: () => void
}

export interface TraceEvent {
  readonly name: string
  /** Microseconds, of one clock for all processes. */
  readonly ts: number
  /** Microseconds of processor time that its thread has had; of events that last. */
  readonly tts?: number
}

interface Packet {
  readonly id?: number
  readonly method?: string
  readonly params?: { readonly value?: readonly TraceEvent[] }
  readonly result?: object
  readonly error?: { readonly message: string }
}

interface Targets { readonly targetInfos: readonly { readonly targetId: string, readonly type: string, readonly url: string }[] }
interface Attached { readonly sessionId: string }
interface Evaluated { readonly result: { readonly value?: unknown }, readonly exceptionDetails?: object }

/** What a program started with `--remote-debugging-port=0` says where its tools are: the address is the first group. */
export const TOOLS_LISTEN = /DevTools listening on (ws:\S+)/

const LOOK_MS = 100
const PATIENCE_MS = 20_000

export async function openDevTools(address: string): Promise<DevTools> {
  const socket = new WebSocket(address)
  await once(socket, 'open')
  const waiting = new Map<number, PromiseWithResolvers<object>>()
  let lastId = 0
  let recording: { readonly events: TraceEvent[], readonly complete: PromiseWithResolvers<void> } | null = null

  socket.addEventListener('message', ({ data }) => {
    // Comes from the Chromium that this Electron was built with: its shape is known.
    const { id, method, params, result, error } = JSON.parse(String(data)) as Packet
    if (method === 'Tracing.dataCollected')
      recording?.events.push(...params?.value ?? [])
    else if (method === 'Tracing.tracingComplete')
      recording?.complete.resolve()
    const asked = waiting.get(id ?? 0)
    waiting.delete(id ?? 0)
    if (error)
      asked?.reject(new Error(error.message))
    else
      asked?.resolve(result ?? {})
  })
  socket.addEventListener('close', () => {
    const gone = new Error('the program has gone')
    for (const { reject } of waiting.values()) reject(gone)
    recording?.complete.reject(gone)
  })

  /** The answer is what the protocol says of this method. */
  function ask<Answer extends object>(method: string, params: object = {}, sessionId?: string): Promise<Answer> {
    const answer = Promise.withResolvers<object>()
    waiting.set(++lastId, answer)
    socket.send(JSON.stringify({ id: lastId, method, params, sessionId }))
    // As above.
    return answer.promise as Promise<Answer>
  }

  async function attachTo(part: string): Promise<string> {
    for (let waited = 0; waited < PATIENCE_MS; waited += LOOK_MS) {
      const { targetInfos } = await ask<Targets>('Target.getTargets')
      const page = targetInfos.find(({ type, url }) => type === 'page' && url.includes(part))
      if (page) {
        const { sessionId } = await ask<Attached>('Target.attachToTarget', { targetId: page.targetId, flatten: true })
        // A page is told with the address that it is about to have.
        const { result } = await ask<Evaluated>('Runtime.evaluate', { expression: `location.href.includes(${JSON.stringify(part)}) && document.readyState === 'complete'` }, sessionId)
        if (result.value === true)
          return sessionId
        await ask('Target.detachFromTarget', { sessionId })
      }
      await after(LOOK_MS)
    }
    throw new Error(`there was no page at ${part} within ${PATIENCE_MS} ms`)
  }

  return {
    async evaluate(part, expression) {
      const sessionId = await attachTo(part)
      const { result, exceptionDetails } = await ask<Evaluated>('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true }, sessionId)
      await ask('Target.detachFromTarget', { sessionId })
      if (exceptionDetails)
        throw new Error(`the page at ${part} failed: ${JSON.stringify(exceptionDetails)}`)
      return result.value
    },
    async trace(categories, act) {
      const { events, complete } = recording = { events: [], complete: Promise.withResolvers<void>() }
      await ask('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { includedCategories: categories, excludedCategories: ['*'] } })
      await act()
      await ask('Tracing.end')
      await complete.promise
      recording = null
      return events
    },
    close: () => socket.close(),
  }
}

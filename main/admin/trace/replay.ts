import type { Tables } from '#contract/tables.ts'
import type { DeskConfig } from '../../features/types.ts'
import type { Traced } from './trace-store.ts'
import { createTranslator } from '../../ami/translate/translate.ts'
import { createDesk, step } from '../../features/desk.ts'
import { createProjector } from '../../ipc/project.ts'

/** What Ringside would show at one extension had it seen these packets, on a desk of its own; timers run by the times of the trace. */
export function replay(packets: Iterable<Traced>, config: DeskConfig, upTo: number | null, server: string): { readonly upTo: number, readonly tables: Tables } {
  const translator = createTranslator()
  let desk = createDesk(config)
  let last = 0
  let now = 0
  const timers = new Map<string, number>()

  const feed = (input: Parameters<typeof step>[1]): void => {
    const next = step(desk, input)
    desk = next.state
    for (const effect of next.effects) {
      if (effect.type === 'timer.start')
        timers.set(effect.key, input.at + effect.delayMs)
      else if (effect.type === 'timer.stop')
        timers.delete(effect.key)
    }
  }
  const passTime = (until: number): void => {
    for (;;) {
      const due = [...timers].filter(([, at]) => at <= until).sort(([, a], [, b]) => a - b)[0]
      if (!due)
        return
      timers.delete(due[0])
      feed({ kind: 'timer', key: due[0], at: due[1] })
    }
  }

  for (const { at, direction, id, packet } of packets) {
    if (upTo !== null && id > upTo)
      break
    last = id
    now = Math.max(now, at)
    passTime(now)
    if (direction === 'in' && packet.kind === 'event') {
      for (const event of translator.translate(packet, now))
        feed({ kind: 'pbx', event, at: now })
    }
  }
  const project = createProjector()
  return {
    upTo: last,
    tables: project(desk, { state: 'online', server, demo: false, secured: false, asterisk: null, staleSince: null, retryAt: null, attempt: 0, error: null }, {}),
  }
}

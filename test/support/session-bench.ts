import type { Session, SessionParts } from '../../main/ami/session/session.ts'
import type { SessionStatus } from '../../main/ami/session/types.ts'
import type { Message } from '../../main/ami/wire/message.ts'
import type { FakeClock } from './fake-clock.ts'
import type { MemoryLog } from './memory-log.ts'
import type { ScriptedServer } from './scripted-server.ts'
import { createSession } from '../../main/ami/session/session.ts'
import { createFakeClock } from './fake-clock.ts'
import { createMemoryLog } from './memory-log.ts'
import { settled } from './turns.ts'

export interface SessionBench {
  readonly session: Session
  readonly clock: FakeClock
  readonly log: MemoryLog
  readonly statuses: SessionStatus[]
  readonly events: Message[]
  /** Names of the statuses so far; of a failure its code. */
  readonly path: () => readonly string[]
  readonly settled: () => Promise<void>
}

/** A session at a scripted server, with a clock that stands still. */
export function createSessionBench(server: Pick<ScriptedServer, 'connect'>, parts: Partial<SessionParts> = {}): SessionBench {
  const clock = createFakeClock()
  const log = createMemoryLog()
  const statuses: SessionStatus[] = []
  const events: Message[] = []
  const session = createSession({
    connect: server.connect,
    credentials: async () => ({ username: 'companion', secret: 'secret' }),
    secured: false,
    clock,
    random: () => 1,
    log,
    idPrefix: 'desk-1',
    events: 'system,call',
    onStatus: status => statuses.push(status),
    sync: async () => {},
    onEvent: event => events.push(event),
    ...parts,
  })
  return {
    session,
    clock,
    log,
    statuses,
    events,
    settled,
    path: () => statuses.map(status => 'reason' in status && status.reason !== null ? `${status.status}: ${status.reason.code}` : status.status),
  }
}

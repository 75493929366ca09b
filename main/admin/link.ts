import type { AdminStatus } from '#contract/admin.ts'
import type { Session } from '../ami/session/session.ts'
import type { Asker, SessionStatus } from '../ami/session/types.ts'
import type { Connect } from '../ami/transport/transport.ts'
import type { Message } from '../ami/wire/message.ts'
import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import { createSession } from '../ami/session/session.ts'
import { asteriskVersion } from '../ami/translate/server-info.ts'
import { AppError } from '../errors.ts'
import { tapped } from './tap.ts'

/** Where the administration window connects to: what the profile says, or the demo office. */
export interface AdminTarget {
  readonly connect: Connect
  readonly secured: boolean
  readonly username: string
  readonly secret: string
  /** As a person would say it. */
  readonly server: string
}

export interface AdminLinkParts {
  /** Rejects with an `AppError` where there is nothing to connect to. */
  readonly target: () => Promise<AdminTarget>
  readonly clock: Clock
  readonly random: () => number
  readonly log: Log
  readonly onStatus: () => void
  readonly onBanner: (line: string) => void
  readonly onPacket: (direction: 'in' | 'out', packet: Message) => void
  readonly onEvent: (event: Message) => void
}

export type LinkView = Pick<AdminStatus, 'state' | 'error' | 'server' | 'asterisk' | 'banner' | 'dialect' | 'actions'>

/** The AMI session of the administration window: every class of events that the account may read, from `open` to `close`. */
export interface AdminLink {
  readonly open: () => Promise<void>
  readonly close: () => Promise<void>
  readonly view: () => LinkView
  /** Throws an `AppError` `not-online`. */
  readonly asker: () => Asker
}

const CLOSED: LinkView = { state: 'closed', error: null, server: '', asterisk: null, banner: null, dialect: null, actions: null }

export function createAdminLink(parts: AdminLinkParts): AdminLink {
  const { clock, log, random } = parts
  let session: Session | null = null
  let opening: Promise<void> | null = null
  let view = CLOSED

  function show(change: Partial<LinkView>): void {
    view = { ...view, ...change }
    parts.onStatus()
  }

  async function connect(): Promise<void> {
    let target: AdminTarget
    try {
      target = await parts.target()
    }
    catch (error) {
      if (!(error instanceof AppError))
        throw error
      show({ ...CLOSED, state: 'failed', error: { code: error.code, message: error.message, details: error.details } })
      return
    }
    show({ ...CLOSED, state: 'connecting', server: target.server })
    await new Promise<void>((resolve) => {
      const mine = createSession({
        connect: tapped(target.connect, { onBanner: parts.onBanner, onPacket: parts.onPacket, onUnreadable: (direction, error) => log.warn(`The trace of direction ${direction} ends here`, error) }),
        credentials: async () => ({ username: target.username, secret: target.secret }),
        secured: target.secured,
        clock,
        random,
        log,
        idPrefix: `ringside-admin-${Math.floor(random() * 2 ** 40).toString(36)}`,
        events: 'on',
        onStatus(status) {
          if (session !== mine && session !== null)
            return
          take(status)
          if (status.status === 'online' || status.status === 'waiting' || (status.status === 'offline' && status.reason !== null))
            resolve()
        },
        async sync(asker) {
          view = { ...view, asterisk: await asteriskVersion(asker) }
        },
        onEvent: parts.onEvent,
      })
      session = mine
      mine.start()
    })
  }

  function take(status: SessionStatus): void {
    switch (status.status) {
      case 'online':
        return show({ state: 'online', error: null, banner: status.server.banner, dialect: status.server.dialect, actions: status.server.actions === null ? null : [...status.server.actions].sort() })
      case 'waiting':
        return show({ state: 'failed', error: { code: status.reason.code, message: status.reason.message, details: status.reason.details } })
      case 'offline':
        return status.reason === null
          ? show({ state: 'closed' })
          : show({ state: 'failed', error: { code: status.reason.code, message: status.reason.message, details: status.reason.details } })
      default:
        return show({ state: 'connecting' })
    }
  }

  return {
    open() {
      opening ??= (session === null ? connect() : Promise.resolve(session.retryNow())).finally(() => { opening = null })
      return opening
    },
    async close() {
      const old = session
      session = null
      await old?.stop()
      show(CLOSED)
    },
    view: () => view,
    asker() {
      if (session === null || session.status.status !== 'online')
        throw new AppError('not-online', 'The administration window is not connected')
      return session
    },
  }
}

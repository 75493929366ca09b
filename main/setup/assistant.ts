import type { CheckReport, CheckStepView, ExtensionProposal, OfferedExtension } from '#contract/setup.ts'
import type { Session } from '../ami/session/session.ts'
import type { Asker, SessionStatus } from '../ami/session/types.ts'
import type { Connect } from '../ami/transport/transport.ts'
import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import { createSession } from '../ami/session/session.ts'
import { asteriskVersion } from '../ami/translate/server-info.ts'
import { listOfferedExtensions } from '../ami/translate/snapshot.ts'
import { AppError } from '../errors.ts'
import { lineStateOf } from '../features/line.ts'
import { Checklist, mailboxOwners, report, rightsOf, watchedConnect } from './check.ts'
import { propose } from './propose.ts'

export interface Draft {
  readonly host: string
  readonly port: number
  readonly tls: boolean
  readonly username: string
  readonly secret: string
  readonly fingerprint: string | null
  readonly authority: string | null
}

export interface AssistantParts {
  readonly connect: (draft: Draft) => Connect
  /** The first address of a name, or rejects with `name-not-found`. */
  readonly lookup: (host: string) => Promise<string>
  readonly clock: Clock
  readonly random: () => number
  readonly log: Log
  readonly onStep: (step: CheckStepView) => void
}

/** An unanswered check is given up after this long. */
const CHECK_TIMEOUT_MS = 30_000

/** Tries a server step by step and answers questions about its extensions, with a session of its own that nothing else uses. */
export class Assistant {
  readonly #parts: AssistantParts
  #session: Session | null = null
  #abandon: (() => void) | null = null

  constructor(parts: AssistantParts) {
    this.#parts = parts
  }

  /** Runs all steps; a failure is part of the report. The session of a good check stays for `propose` until `close`. */
  async check(draft: Draft): Promise<CheckReport> {
    await this.close()
    const { clock, log, random } = this.#parts
    const checklist = new Checklist(this.#parts.onStep, draft.tls ? [] : ['secure'])
    return new Promise((resolve) => {
      let settled = false
      const stopClock = clock.after(CHECK_TIMEOUT_MS, () => fail(new AppError('timeout', 'The server did not finish the check in time')))
      const settle = (answer: CheckReport): void => {
        settled = true
        stopClock()
        this.#abandon = null
        resolve(answer)
      }
      const fail = (error: AppError): void => {
        if (settled)
          return
        checklist.fail(error)
        settle(report(checklist, {
          certificate: certificateIn(error),
          expectedFingerprint: draft.fingerprint,
        }))
        void this.close()
      }
      const onStatus = (status: SessionStatus): void => {
        if (status.status === 'authenticating') {
          checklist.pass('banner', status.banner)
          checklist.run('login')
        }
        else if (status.status === 'waiting' || (status.status === 'offline' && status.reason !== null)) {
          fail(status.reason ?? new AppError('connection-lost', 'The connection ended'))
        }
      }
      const session = createSession({
        connect: watchedConnect(this.#parts.connect(draft), checklist, () => this.#parts.lookup(draft.host), draft.tls),
        credentials: async () => ({ username: draft.username, secret: draft.secret }),
        secured: draft.tls,
        clock,
        random,
        log,
        idPrefix: `ringside-check-${Math.floor(random() * 2 ** 30).toString(36)}`,
        events: 'off',
        onStatus,
        sync: async (asker) => {
          checklist.pass('login', draft.username)
          checklist.run('rights')
          const rights = rightsOf(asker.server.actions)
          const version = await asteriskVersion(asker)
          checklist.pass('rights', rights.filter(right => right.allowed === false).map(right => right.feature).join(', ') || null)
          checklist.run('extensions')
          const extensions = await offered(asker)
          checklist.pass('extensions', String(extensions.length))
          settle(report(checklist, { asterisk: version === null ? asker.server.banner : `Asterisk ${version}`, rights, extensions }))
        },
        onEvent: () => {},
      })
      this.#session = session
      this.#abandon = () => fail(new AppError('cancelled', 'The check was cancelled'))
      session.start()
    })
  }

  async propose(extension: string, context: string): Promise<ExtensionProposal> {
    const session = this.#session
    if (session === null || session.status.status !== 'online')
      throw new AppError('not-online', 'The server has to be checked first')
    return propose(session, extension, context)
  }

  /** Ends a running check and the session of the last one. */
  async close(): Promise<void> {
    this.#abandon?.()
    const session = this.#session
    this.#session = null
    await session?.stop()
  }
}

/** Every hint of a phone, named after the owner of the mailbox with the same number. */
async function offered(asker: Asker): Promise<readonly OfferedExtension[]> {
  const [hints, owners] = await Promise.all([listOfferedExtensions(asker), mailboxOwners(asker)])
  return hints.map(({ exten, context, hint, bits }) => ({
    exten,
    context,
    hint,
    name: owners.find(owner => owner.mailbox === exten)?.name ?? null,
    state: lineStateOf(bits),
  }))
}

function certificateIn(error: AppError): CheckReport['certificate'] {
  const text = (name: string): string => String(error.details[name] ?? '')
  const fingerprint = text('fingerprint') || text('actual')
  if (fingerprint === '')
    return null
  return { fingerprint, subject: text('subject'), issuer: text('issuer'), validFrom: text('validFrom'), validTo: text('validTo') }
}

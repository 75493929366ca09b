import type { ErrorCode, Failure } from '#contract/result.ts'
import type { CertificateView, CheckReport, CheckStep, CheckStepView, OfferedExtension, RightView } from '#contract/setup.ts'
import type { Asker } from '../ami/session/types.ts'
import type { Connect } from '../ami/transport/transport.ts'
import { AppError } from '../errors.ts'

const checkSteps: readonly CheckStep[] = [
  'resolve',
  'connect',
  'secure',
  'banner',
  'login',
  'rights',
  'extensions',
]

/** At which step a failure of the connection shows itself. */
const stepOfCode: Readonly<Partial<Record<ErrorCode, CheckStep>>> = {
  'name-not-found': 'resolve',
  'connection-refused': 'connect',
  'connect-timeout': 'connect',
  'unreachable': 'connect',
  'tls-failed': 'secure',
  'certificate-untrusted': 'secure',
  'certificate-changed': 'secure',
  'no-banner': 'banner',
  'not-asterisk': 'banner',
  'too-many-sessions': 'banner',
  'protocol-error': 'banner',
}

/** The live check as a checklist: steps go from waiting through running to ok, failed or skipped, and never back. */
export class Checklist {
  readonly #steps = new Map<CheckStep, CheckStepView>()
  readonly #onStep: (step: CheckStepView) => void

  constructor(onStep: (step: CheckStepView) => void, skipped: readonly CheckStep[] = []) {
    this.#onStep = onStep
    for (const step of checkSteps) {
      this.#steps.set(step, {
        step,
        state: skipped.includes(step)
          ? 'skipped'
          : 'waiting',
        error: null,
        found: null,
      })
    }
  }

  get steps(): readonly CheckStepView[] {
    return [
      ...this.#steps.values(),
    ]
  }

  run(step: CheckStep): void {
    this.#move(step, 'running', null, null)
  }

  pass(step: CheckStep, found: string | null): void {
    this.#move(step, 'ok', null, found)
  }

  /** Every open step before this one has passed; those behind it are skipped. */
  fail(error: AppError, at?: CheckStep): void {
    const step = at ?? stepOfCode[error.code] ?? this.#firstOpen()
    const failure: Failure = { code: error.code, message: error.message, details: error.details }
    let reached = false
    for (const each of checkSteps) {
      const state = this.#steps.get(each)?.state
      if (each === step) {
        this.#move(each, 'failed', failure, null)
        reached = true
      }
      else if (state === 'waiting' || state === 'running') {
        this.#move(each, reached ? 'skipped' : 'ok', null, null)
      }
    }
  }

  #firstOpen(): CheckStep {
    return this.steps.find(step => step.state === 'running')?.step ?? this.steps.find(step => step.state === 'waiting')?.step ?? 'login'
  }

  #move(step: CheckStep, state: CheckStepView['state'], error: Failure | null, found: string | null): void {
    const before = this.#steps.get(step)
    if (before === undefined || before.state === 'skipped' || before.state === 'ok')
      return
    const view: CheckStepView = { step, state, error, found }
    this.#steps.set(step, view)
    this.#onStep(view)
  }
}

/** Wraps a way to connect so that the checklist shows where it is: name, socket, certificate. */
export function watchedConnect(connect: Connect, checklist: Checklist, lookup: () => Promise<string>, secured: boolean): Connect {
  return async (events, signal) => {
    checklist.run('resolve')
    const address = await lookup()
    checklist.pass('resolve', address)
    checklist.run('connect')
    const transport = await connect(events, signal)
    checklist.pass('connect', null)
    if (secured)
      checklist.pass('secure', null)
    checklist.run('banner')
    return transport
  }
}

interface Need {
  readonly feature: RightView['feature']
  /** Any of these actions opens the feature. */
  readonly actions: readonly string[]
  /** What `manager.conf` must say; the least that does it. */
  readonly needs: string
}

const needs: readonly Need[] = [
  {
    feature: 'states',
    actions: ['extensionstatelist', 'extensionstate'],
    needs: 'write = call',
  },
  {
    feature: 'snapshot',
    actions: ['coreshowchannels', 'status'],
    needs: 'write = call',
  },
  {
    feature: 'voicemail',
    actions: ['mailboxcount', 'mailboxstatus'],
    needs: 'write = call',
  },
  {
    feature: 'dial',
    actions: ['originate'],
    needs: 'write = originate',
  },
  {
    feature: 'hangup',
    actions: ['hangup'],
    needs: 'write = call',
  },
]

/**
 * What the account may do, from the server's own `ListCommands`, which names only what this account is allowed.
 * Whether events of class `call` are sent cannot be asked: no action tells an account its read classes, so the popup stays open until the first call.
 */
export function rightsOf(actions: ReadonlySet<string> | null): readonly RightView[] {
  const asked: readonly RightView[] = needs.map(({ feature, actions: any, needs }) => {
    const allowed = actions === null
      ? null
      : any.some(action => actions.has(action))
    return {
      feature,
      allowed,
      needs: allowed === false
        ? needs
        : null,
    }
  })
  return [
    { feature: 'popup', allowed: null, needs: null },
    ...asked,
  ]
}

export function report(checklist: Checklist, found: {
  readonly asterisk?: string | null
  readonly rights?: readonly RightView[]
  readonly extensions?: readonly OfferedExtension[]
  readonly certificate?: CertificateView | null
  readonly expectedFingerprint?: string | null
}): CheckReport {
  return {
    ok: checklist.steps.every(step => step.state === 'ok' || step.state === 'skipped'),
    steps: checklist.steps,
    asterisk: found.asterisk ?? null,
    rights: found.rights ?? [],
    extensions: found.extensions ?? [],
    certificate: found.certificate ?? null,
    expectedFingerprint: found.expectedFingerprint ?? null,
  }
}

/** Names of people by extension and voicemail context, from `VoicemailUsersList` (1.6 and later, class call). Empty where it cannot be had. */
export async function mailboxOwners(asker: Asker): Promise<readonly { readonly mailbox: string, readonly context: string, readonly name: string | null }[]> {
  try {
    const answer = await asker.list('VoicemailUsersList')
    return answer.items.map(item => ({
      mailbox: item.get('VoiceMailbox') ?? '',
      context: item.get('VMContext') ?? 'default',
      name: item.get('Fullname')?.trim() || null,
    })).filter(owner => owner.mailbox !== '')
  }
  catch (error) {
    if (error instanceof AppError)
      return []
    throw error
  }
}

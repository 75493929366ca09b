import type { Tables } from '#contract/tables.ts'
import type { ActRequest } from '../../main/features/acts/request.ts'
import type { DeskState } from '../../main/features/desk.ts'
import type { DeskConfig, DeskInput, Effect, ServerLimits } from '../../main/features/types.ts'
import type { PbxAction } from '../../main/pbx/actions.ts'
import type { Recording } from './recording.ts'
import { failureOf } from '../../main/ami/translate/actions.ts'
import { AppError } from '../../main/errors.ts'
import { planAct } from '../../main/features/acts/plan.ts'
import { isRefusal } from '../../main/features/acts/planned.ts'
import { createDesk, step } from '../../main/features/desk.ts'
import { userPart } from '../../main/features/mine.ts'
import { createProjector } from '../../main/ipc/project.ts'
import { inputsOf } from './desk-player.ts'

const ONLINE = { state: 'online', server: 'pbx', demo: false, secured: false, asterisk: null, staleSince: null, retryAt: null, attempt: 0, error: null } as const
const NOTHING_LACKS: ServerLimits = { missing: {}, lacks: new Set() }

/** What a person asks for in the moment in which the recorded client sent this action. */
export interface Wish {
  /** ActionID of the recorded request. */
  readonly instead: string
  readonly ask: (tables: Tables) => ActRequest
  /** The phone of somebody else that the recorded client rang by this request, and the name that it gave to the channel. */
  readonly rings?: { readonly device: string, readonly id: string }
}

export interface ActStory {
  /** `consult asked`, `consult done` … in the order in which they came about. */
  readonly acts: readonly string[]
  /** What was asked of the server. */
  readonly actions: readonly PbxAction[]
  /** What a window saw after each change of it. */
  readonly views: readonly Tables[]
  readonly announced: readonly string[]
  readonly desk: DeskState
}

const EPOCH = 1_795_400_000_000
const SILENCE_MS = 120_000

/**
 * Plays a recording to a desk, on which a person asks for what the recorded client asked for: the request is planned by the desk,
 * the server's recorded answer is the answer to it, and recorded events tell how it went.
 */
export function playActs(recording: Recording, config: DeskConfig, wishes: readonly Wish[], limits: ServerLimits = NOTHING_LACKS): ActStory {
  const project = createProjector()
  const acts: string[] = []
  const actions: PbxAction[] = []
  const views: Tables[] = []
  const announced: string[] = []
  const timers = new Map<string, number>()
  let desk = step(createDesk(config), { kind: 'server', limits, at: EPOCH }).state
  /** Requests whose answers are on their way. */
  let open: { readonly key: string, readonly action: PbxAction }[] = []

  function take(input: DeskInput): void {
    const before = desk
    const next = step(desk, input)
    desk = next.state
    next.effects.forEach(perform(input.at))
    for (const act of desk.acts) {
      const was = before.acts.find(one => one.id === act.id)
      if (was?.state !== act.state)
        acts.push(`${act.kind} ${act.state}${act.error === null ? '' : ` ${act.error.code}`}`)
    }
    const view = project(desk, ONLINE, limits.missing)
    if (view.calls !== views.at(-1)?.calls || view.people !== views.at(-1)?.people || view.parked !== views.at(-1)?.parked || view.queues !== views.at(-1)?.queues || view.line !== views.at(-1)?.line || view.alerts !== views.at(-1)?.alerts || view.queueMembers !== views.at(-1)?.queueMembers)
      views.push(view)
  }

  function perform(at: number) {
    return (effect: Effect): void => {
      switch (effect.type) {
        case 'timer.start':
          timers.set(effect.key, at + effect.delayMs)
          return
        case 'timer.stop':
          timers.delete(effect.key)
          return
        case 'pbx.act':
          actions.push(effect.action)
          open.push({ key: effect.key, action: effect.action })
          return
        case 'announce':
          announced.push(`${effect.what} ${effect.id}`)
          return
        case 'pbx.read': case 'remember':
          return
        default:
          effect satisfies never
      }
    }
  }

  function runTimers(until: number): void {
    for (;;) {
      const [due] = [...timers].filter(([, at]) => at <= until).sort((a, b) => a[1] - b[1])
      if (!due)
        return
      timers.delete(due[0])
      take({ kind: 'timer', key: due[0], at: due[1] })
    }
  }

  function ask(request: ActRequest, id: string, at: number): void {
    const planned = planAct(desk, request, id)
    if (isRefusal(planned))
      throw new Error(`${request.kind} was refused: ${planned.refused}`)
    take({ kind: 'act', id, request, at })
  }

  take({ kind: 'link', online: true, at: EPOCH })
  const inputs = [...inputsOf(recording, { devices: [...config.devices, ...wishes.flatMap(({ rings }) => rings?.device ?? [])] })]
  let now = EPOCH
  for (const moment of recording.moments) {
    if (moment.kind !== 'said')
      continue
    now = EPOCH + moment.at
    const id = moment.message.get('ActionID') ?? ''
    const wish = moment.message.kind === 'response' ? wishes.find(one => one.instead === id) : undefined
    const before = wish ? now : now + 1
    const due = inputs.findIndex(input => input.at >= before)
    for (const input of inputs.splice(0, due === -1 ? inputs.length : due)) {
      if (input.kind === 'dial')
        continue
      runTimers(input.at)
      take(input)
    }
    if (!wish)
      continue
    runTimers(now)
    if (wish.rings)
      take({ kind: 'pbx', event: { type: 'extension.changed', exten: userPart(wish.rings.device), context: config.hintContext, bits: 0, hint: wish.rings.device, at: now }, at: now })
    ask(wish.ask(project(desk, ONLINE, limits.missing)), wish.rings?.id ?? `act-${acts.length}`, now)
    const answered = open
    open = []
    const sentence = moment.message.get('Message') ?? ''
    for (const { key, action } of answered) {
      const failure = /error/i.test(moment.message.name) ? failureOf(action, new AppError('action-refused', sentence)) : null
      take({ kind: 'done', key, error: failure && { code: failure.code, message: failure.message }, at: now })
    }
  }
  for (const input of inputs) {
    if (input.kind !== 'dial')
      take(input)
  }
  runTimers(now + SILENCE_MS)
  return { acts, actions, views, announced, desk }
}

import type { Failure } from '#contract/result.ts'
import type { Channel } from '../../pbx/channels.ts'
import type { DeskState } from '../desk.ts'
import type { Effect } from '../types.ts'
import type { Act, Plan } from './act.ts'
import type { Verdict } from './proof.ts'
import { mapSame, patch } from '../same.ts'
import { isAskedForNumber, isSilent, judge } from './proof.ts'

/** How long the proof of an answered act may take: a feature code of a phone waits three seconds for more digits. */
const PROOF_MS = 6000
/** Keys that a server presses for a phone have shown what they do by then. */
const KEYS_MS = 1500
/** My leg has gone: a call that was sent nowhere dies within this time. */
const SETTLE_MS = 700
/** What a server does at once has shown by then. */
const SILENT_MS = 2500
const LINGER_MS = 4000
const MOST_ACTS = 20
/** Who was sent to a number is with nobody: an announcement that there is no such number takes some seconds, then the server ends it. */
const ALONE_MS = 10_000
/** Nobody takes a second call any more after this. */
const CONSULT_MS = 90_000
/** Refusals of one way that say nothing of another. */
const TRY_ANOTHER: ReadonlySet<string> = new Set(['not-permitted', 'unknown-action', 'no-such-extension', 'not-on-this-server', 'transfer-refused', 'action-refused'])
/** Phones have to be lifted first. */
const SLOW: ReadonlySet<string> = new Set(['move', 'retrieve', 'pickup', 'connect'])
const LIFT_MS = 40_000

const keyOf = ({ id, step, way }: Act): string => `plan:${id}:${step}:${way}`

/** Begins with the first step. */
export function startAct(acts: readonly Act[], id: string, plan: Plan, at: number, effects: Effect[]): readonly Act[] {
  const act = newAct(id, plan, at)
  const begun = plan.steps.length === 0 ? waiting(act, effects) : asked(act, effects)
  return [...acts, begun].slice(-MOST_ACTS)
}

/** Something that was asked for elsewhere and was refused: told as every act is. */
export function refusedAct(acts: readonly Act[], id: string, plan: Plan, error: Failure, at: number): readonly Act[] {
  return [...acts, failAct(newAct(id, plan, at), error)].slice(-MOST_ACTS)
}

function newAct(id: string, plan: Plan, at: number): Act {
  return { ...plan, id, state: 'asked', error: null, at, step: 0, way: 0, answered: false, skipped: [], half: false }
}

/** The answer to a step: the next one, another way, or the end. Null: the key is of no act. */
export function answerAct(acts: readonly Act[], key: string, error: Failure | null, effects: Effect[]): readonly Act[] | null {
  if (!key.startsWith('plan:'))
    return null
  return mapSame(acts, (act) => {
    // That a phone will be rung is no step yet: it has to be lifted.
    if (act.state !== 'asked' || keyOf(act) !== key || (error === null && act.steps[act.step]?.[act.way]?.do === 'ring'))
      return act
    return answered(act, error, effects)
  })
}

/** A phone that an act has rung was lifted, or not; `channel` is its leg. */
export function liftAct(acts: readonly Act[], key: string, success: boolean, channel: string | null, effects: Effect[]): readonly Act[] {
  return mapSame(acts, (act) => {
    const action = act.steps[act.step]?.[act.way]
    if (act.state !== 'asked' || keyOf(act) !== key || !action)
      return act
    if (!success && action.do === 'runCode') {
      // A dialplan that does its work without a word is told as a failure as well, before or after what it did.
      // What was read when it began may be from before.
      effects.push({ type: 'pbx.read', what: 'line' }, { type: 'timer.start', key: `act-settle:${act.id}`, delayMs: SETTLE_MS })
      return act
    }
    if (!success)
      return failAct(act, { code: 'phone-no-answer', message: 'The phone was not lifted' })
    // From here on the code of the dialplan is at work.
    if (act.proof.by === 'picked-up') {
      effects.push({ type: 'timer.start', key: `act-again:${act.id}`, delayMs: SILENT_MS })
      return { ...act, half: true }
    }
    return action.do === 'ring' && channel !== null
      ? answered({ ...act, steps: act.steps.map(ways => ways.map(way => way.do === 'bridge' ? { ...way, two: channel } : way)) }, null, effects)
      : act
  })
}

/** Fails what waits for an action of another part of the desk. */
export function failAct(act: Act, error: Failure): Act {
  return { ...act, state: 'failed', error }
}

/** What events say about the acts that wait. */
export function judgeActs(desk: DeskState, before: DeskState, effects: Effect[]): readonly Act[] {
  return mapSame(desk.acts, act => act.state === 'asked' ? ruled(act, judge(desk, before, act, false), effects) : act)
}

/** A wait has passed. */
export function passTime(desk: DeskState, kind: string, id: string, effects: Effect[]): readonly Act[] {
  switch (kind) {
    case 'act-settle':
      return mapSame(desk.acts, (act) => {
        if (act.id !== id || act.state !== 'asked')
          return act
        const next = ruled(act, judge(desk, desk, act, true), effects)
        if (next.state !== 'asked')
          return next
        if (isCode(next))
          return failAct(next, { code: 'no-feature-code', message: 'The dialplan did not take the code' })
        return next.half && next.proof.by === 'handed' ? later(next, ALONE_MS, effects) : next
      })
    case 'act-proof':
      return mapSame(desk.acts, (act) => {
        if (act.id !== id || act.state !== 'asked')
          return act
        const next = ruled(act, judge(desk, desk, act, true), effects)
        if (next.state !== 'asked')
          return next
        // A second call that has begun takes as long as it takes.
        if (next.half && (next.proof.by === 'consulted' || next.proof.by === 'connected'))
          return later(next, CONSULT_MS, effects)
        // The server has kept who was sent this long: something speaks with them.
        if (act.trust || (act.half && act.proof.by === 'handed'))
          return done(next, effects)
        return failAct(next, { code: isAskedForNumber(desk, act) ? 'no-such-extension' : 'no-effect', message: `Nothing showed that ${act.kind} was done` })
      })
    case 'act-again':
      return mapSame(desk.acts, (act) => {
        if (act.id !== id || act.state !== 'asked' || !isSilent(desk, act))
          return act
        if (act.proof.by === 'picked-up')
          letGo(desk, act, effects)
        if (hasAnotherWay(act))
          return asked({ ...act, way: act.way + 1, answered: false, half: false }, effects)
        if (act.proof.by === 'picked-up')
          return failAct(act, { code: 'pickup-found-none', message: 'The code of the dialplan found no call to pick up' })
        return act.second === null ? act : waiting({ ...act, steps: [], dial: act.second, second: null }, effects)
      })
    case 'act-gone':
      return desk.acts.filter(act => act.id !== id || act.state !== 'done')
    default:
      return desk.acts
  }
}

function answered(act: Act, error: Failure | null, effects: Effect[]): Act {
  const ways = act.steps[act.step] ?? []
  // Somebody else has done it already: that is what was wanted.
  const isGoneMeanwhile = act.kind === 'cancelConsult' && act.way > 0 && error?.code === 'call-gone'
  const skipped = error === null ? null : leftOut(act, error)
  if (skipped !== null)
    return goOn({ ...act, skipped: [...act.skipped, skipped] }, effects)
  if (error !== null && error.code !== 'already-so' && !isGoneMeanwhile) {
    return TRY_ANOTHER.has(error.code) && act.way + 1 < ways.length
      ? asked({ ...act, way: act.way + 1 }, effects)
      : failAct(act, nameable(act, error))
  }
  return goOn(act, effects)
}

/** The next step, or the wait for the proof. */
function goOn(act: Act, effects: Effect[]): Act {
  if (act.step + 1 < act.steps.length)
    return asked({ ...act, step: act.step + 1, way: 0 }, effects)
  const next = { ...act, answered: true }
  // `Atxfer` and `CancelAtxfer` send keys of the phone: where the call or the server knows no such keys it says yes all the same.
  if (act.second !== null || hasAnotherWay(act))
    effects.push({ type: 'timer.start', key: `act-again:${act.id}`, delayMs: act.kind === 'cancelConsult' ? KEYS_MS : SILENT_MS })
  return act.proof.by === 'answer' ? done(next, effects) : waiting(next, effects)
}

/** The queue of a step that failed for this queue alone, while there is another one to go on with or in which it was done. */
function leftOut({ proof, skipped, steps, step, way }: Act, { code }: Failure): string | null {
  const action = steps[step]?.[way]
  return proof.by === 'members' && (code === 'no-such-queue' || code === 'not-a-member') && action && 'queue' in action && skipped.length + 1 < steps.length
    ? action.queue
    : null
}

/** My phone, which may still listen to what the dialplan says, is to be rung again. */
function letGo({ pbx }: DeskState, { id }: Act, effects: Effect[]): void {
  const leg = pbx.channels.get(id as Channel['id']) // the server takes our id for the channel
  if (leg)
    effects.push({ type: 'pbx.act', key: `act:${leg.id}`, action: { do: 'hangup', channel: leg.name, cause: null } })
}

function hasAnotherWay({ steps, step, way }: Act): boolean {
  return way + 1 < (steps[step]?.length ?? 0)
}

function isCode({ steps, step, way }: Act): boolean {
  return steps[step]?.[way]?.do === 'runCode'
}

/** A code that nobody knows is worth saying so; and no server knows the word for a transfer that cannot be taken back. */
function nameable({ kind, steps, step, way }: Act, error: Failure): Failure {
  if (steps[step]?.[way]?.do === 'runCode' && error.code === 'no-such-extension')
    return { ...error, code: 'no-feature-code' }
  return kind === 'cancelConsult' && error.code !== 'call-gone' ? { ...error, code: 'cannot-cancel-consult' } : error
}

function asked(act: Act, effects: Effect[]): Act {
  const action = act.steps[act.step]?.[act.way]
  if (action)
    effects.push({ type: 'pbx.act', key: keyOf(act), action })
  // What became of a phone that is rung may never be told: the link breaks meanwhile.
  return action?.do === 'ring' ? later(act, LIFT_MS, effects) : act
}

function waiting(act: Act, effects: Effect[]): Act {
  if (act.proof.by === 'dnd' || act.proof.by === 'forward')
    effects.push({ type: 'pbx.read', what: 'line' })
  return later(act, SLOW.has(act.kind) || act.dial !== null ? LIFT_MS : PROOF_MS, effects)
}

function later(act: Act, delayMs: number, effects: Effect[]): Act {
  effects.push({ type: 'timer.start', key: `act-proof:${act.id}`, delayMs })
  return act
}

function ruled(act: Act, verdict: Verdict, effects: Effect[]): Act {
  if (verdict === null)
    return act
  if (verdict === 'done')
    return done(act, effects)
  if (verdict !== 'half' && verdict !== 'settle')
    return failAct(act, { code: verdict.failed, message: `${act.kind} came to nothing: ${verdict.failed}`, ...verdict.details && { details: verdict.details } })
  if (verdict === 'settle' || (!act.half && act.proof.by === 'handed'))
    effects.push({ type: 'timer.start', key: `act-settle:${act.id}`, delayMs: SETTLE_MS })
  return patch(act, { half: true })
}

function done(act: Act, effects: Effect[]): Act {
  effects.push({ type: 'timer.stop', key: `act-proof:${act.id}` }, { type: 'timer.start', key: `act-gone:${act.id}`, delayMs: LINGER_MS })
  return { ...act, state: 'done', error: null }
}

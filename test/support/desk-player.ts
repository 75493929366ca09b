import type { Failure } from '#contract/result.ts'
import type { DeskState } from '../../main/features/desk.ts'
import type { MyCall } from '../../main/features/my-call.ts'
import type { DeskConfig, DeskInput, Effect, ServerLimits } from '../../main/features/types.ts'
import type { PbxEvent } from '../../main/pbx/events.ts'
import type { Recording } from './recording.ts'
import { failureOf } from '../../main/ami/translate/actions.ts'
import { createTranslator } from '../../main/ami/translate/translate.ts'
import { AppError } from '../../main/errors.ts'
import { createDesk, step } from '../../main/features/desk.ts'
import { dialKey } from '../../main/features/dial.ts'

/** Some moment; recordings count from their own beginning. */
const EPOCH = 1_795_400_000_000
/** What the session asks for: an event comes when the mask holds every class of its privilege. */
const MASK = new Set(['system', 'call', 'agent', 'user', 'all'])
/** Longer than any timer of the desk. */
const SILENCE_MS = 120_000

export interface Played {
  readonly desk: DeskState
  /** What a person would tell of it, in order: `rings John Caller <0208>`, `answered`, `ended missed`. */
  readonly story: readonly string[]
  /** The call of each popup that came up. */
  readonly popups: readonly string[]
  readonly effects: readonly Effect[]
}

/** What a recording gives to the desk: events as the session passes them on, and what the person at this end asked for. */
export function inputsOf(recording: Recording, config: Pick<DeskConfig, 'devices'>): readonly DeskInput[] {
  const translator = createTranslator()
  const mine = new Map<string, string>()
  const inputs: DeskInput[] = []
  for (const moment of recording.moments) {
    const at = EPOCH + moment.at
    if (moment.kind === 'originated') {
      if (!config.devices.includes(moment.channel))
        continue
      const id = moment.channelId ?? moment.actionId
      mine.set(moment.actionId, id)
      inputs.push({ kind: 'dial', id, number: moment.exten, display: moment.exten, name: null, at })
      continue
    }
    const { message } = moment
    const id = mine.get(message.get('ActionID') ?? '')
    if (message.kind === 'response' && id !== undefined && /error/i.test(message.name)) {
      inputs.push({ kind: 'done', key: dialKey(id), error: refusal(message.get('Message') ?? ''), at })
      continue
    }
    // Items of lists have no privilege, but for those of Status, which say "Call".
    const classes = message.get('Privilege')?.split(',')
    if (message.kind !== 'event' || !classes?.every(word => MASK.has(word)))
      continue
    for (const event of translator.translate(message, at))
      inputs.push(...passedOn(event, mine))
  }
  return inputs
}

/** As the source tells it to the desk. */
function refusal(sentence: string): Failure {
  const { code, message } = failureOf({ do: 'originate', channel: '', context: '', exten: '', priority: 1, target: { number: '', name: null }, timeoutMs: 0, channelId: '', account: null }, new AppError('action-refused', sentence))
  return { code, message }
}

/** The session passes on the answers to its own requests alone. */
function passedOn(event: PbxEvent, mine: ReadonlyMap<string, string>): readonly DeskInput[] {
  if (event.type !== 'originate.finished')
    return [{ kind: 'pbx', event, at: event.at }]
  const id = mine.get(event.actionId)
  return id === undefined
    ? []
    : [{ kind: 'pbx', event: { ...event, actionId: dialKey(id) }, at: event.at }]
}

/** Plays inputs to a desk whose timers run by their times, and waits at the end until none is left. */
export function play(inputs: readonly DeskInput[], config: DeskConfig, limits: ServerLimits = { missing: {}, lacks: new Set() }): Played {
  const timers = new Map<string, number>()
  const story: string[] = []
  const effects: Effect[] = []
  const popups: string[] = []
  let desk = createDesk(config)

  function take(input: DeskInput): void {
    const before = desk
    // People do not dial as fast as the recording did.
    const next = step(input.kind === 'dial'
      ? { ...desk, lastDialAt: null }
      : desk, input)
    desk = next.state
    for (const effect of next.effects) {
      effects.push(effect)
      if (effect.type === 'timer.start')
        timers.set(effect.key, input.at + effect.delayMs)
      else if (effect.type === 'timer.stop')
        timers.delete(effect.key)
    }
    story.push(...told(before, desk))
    popups.push(...desk.calls.filter(call => call.alert === 'shown' && before.calls.find(one => one.id === call.id)?.alert !== 'shown').map(call => call.id))
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

  take({ kind: 'server', limits, at: EPOCH })
  take({ kind: 'link', online: true, at: EPOCH })
  for (const input of inputs) {
    runTimers(input.at)
    take(input)
  }
  runTimers((inputs.at(-1)?.at ?? EPOCH) + SILENCE_MS)
  return { desk, story: corrected(story), popups, effects }
}

/** A row that is corrected at once counts as the last that was written. */
function corrected(story: readonly string[]): readonly string[] {
  return story.filter((line, index) => !line.startsWith('ended ') || !story[index + 1]?.startsWith(`${line} by `))
}

function told(before: DeskState, after: DeskState): readonly string[] {
  const old = new Map(before.calls.map(call => [call.id, call]))
  const calls = after.calls.flatMap(call => toldOfCall(old.get(call.id), call))
  const dials = after.dials.flatMap((dial) => {
    const was = before.dials.find(one => one.id === dial.id)
    return was?.state === dial.state && was.error?.code === dial.error?.code
      ? []
      : [`dial ${dial.number}: ${dial.state}${dial.error ? ` ${dial.error.code}` : ''}`]
  })
  const rows = new Map(before.recents.map(recent => [recent.id, recent]))
  const recents = after.recents.flatMap((recent) => {
    const was = rows.get(recent.id)
    return was?.outcome === recent.outcome && was.answeredBy === recent.answeredBy
      ? []
      : [`ended ${recent.outcome}${recent.answeredBy === null ? '' : ` by ${recent.answeredBy}`}`]
  })
  return [...calls, ...dials, ...recents]
}

function toldOfCall(was: MyCall | undefined, call: MyCall): readonly string[] {
  const story: string[] = []
  if (call.alert === 'shown' && was?.alert !== 'shown')
    story.push(`rings ${who(call)}${call.queue === null ? '' : ` through ${call.queue}`}`)
  else if (call.alert === 'shown' && call.phase === 'ringing' && was && who(was) !== who(call))
    story.push(`is ${who(call)}`)
  if (call.direction === 'out' && was?.direction !== 'out' && call.dial === null)
    story.push('calls')
  if (call.answeredAt !== null && (was?.answeredAt ?? null) === null)
    story.push(`answered ${who(call)}`)
  else if (call.answeredAt !== null && call.phase === 'up' && was && who(was) !== who(call))
    story.push(`talks to ${who(call)}`)
  if (call.heldBy !== (was?.heldBy ?? null) && call.phase === 'up')
    story.push(call.heldBy === null ? 'resumed' : `held by ${call.heldBy}`)
  if (call.transferredBy !== (was?.transferredBy ?? null))
    story.push(`transferred by ${call.transferredBy}`)
  if (call.outcome === null && was && was.outcome !== null)
    story.push('rings again')
  return story
}

const who = ({ peer }: MyCall): string => `${peer.name ?? '?'} <${peer.number ?? '?'}>`

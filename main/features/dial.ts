import type { ErrorCode, Failure } from '#contract/result.ts'
import type { DialView } from '#contract/tables.ts'
import type { Channel } from '../pbx/channels.ts'
import type { Party } from '../pbx/events.ts'
import type { Uniqueid } from '../pbx/ids.ts'
import type { PbxState } from '../pbx/state.ts'
import type { MyCall } from './my-call.ts'
import type { DeskConfig, DeskInput, Effect } from './types.ts'
import { comparable } from '../pbx/channels.ts'
import { rootOf } from '../pbx/dials.ts'
import { farFailure, isServed } from './outgoing.ts'
import { patch } from './same.ts'

/**
 * A click-to-dial. `asking → my-phone-rings → calling → far-rings → answered → ended`, steps may be left out; from any of the
 * first four to `failed` or `cancelled`. `failed` for the far end goes back to `far-rings` when the dialplan tries another phone.
 */
export interface Dial {
  readonly id: string
  readonly number: string
  readonly display: string
  readonly name: string | null
  /** Who waits in the space that is dialled; null: the number is of whom it calls. */
  readonly fetched: Party | null
  readonly phone: string
  readonly state: DialView['state']
  readonly error: Failure | null
  readonly startedAt: number
  /** My phone's leg, once it is known. */
  readonly leg: Uniqueid | null
  /** Of OriginateResponse, which comes before or after the hang-up. */
  readonly reason: number | null
  readonly refused: boolean
  readonly cancelled: boolean
  /** The wait for late causes is over. */
  readonly settled: boolean
}

const RING_MS = 30_000
const PATIENCE_MS = 10_000
const SETTLE_MS = 300
const SHORTEST_PAUSE_MS = 2000
const LINGER_MS = 4000
/** Causes of my own phone's leg that mean that it could not be rung. */
const UNREACHABLE = new Set([
  1,
  2,
  3,
  20,
  22,
  27,
  28,
  34,
  38,
  41,
  42,
  44,
  58,
])

export const dialKey = (id: string): string => `dial:${id}`
export const partyOf = ({ fetched, number, name }: Dial): Party => fetched ?? { number, name }
/** The dial that goes with an act. */
export const dialOfAct = (act: string): string => `${act}-dial`
export const isOver = ({ state }: Dial): boolean => state === 'failed' || state === 'cancelled' || state === 'ended'

/** A person who clicks twice means one call. */
export function isSecondClick(lastDialAt: number | null, at: number): boolean {
  return lastDialAt !== null && at - lastDialAt < SHORTEST_PAUSE_MS
}

export function startDial(
  { id, number, display, name, mailbox, fetched, at }: Omit<Extract<DeskInput, { readonly kind: 'dial' }>, 'kind'>,
  config: DeskConfig,
  { online, isSecondClick }: { readonly online: boolean, readonly isSecondClick: boolean },
): { readonly dial: Dial, readonly effects: readonly Effect[] } {
  const phone = config.devices[0] ?? ''
  const dial: Dial = {
    id,
    number,
    display,
    name,
    fetched: fetched ?? null,
    phone,
    state: 'asking',
    error: null,
    startedAt: at,
    leg: null,
    reason: null,
    refused: false,
    cancelled: false,
    settled: false,
  }
  const refusal = !online
    ? 'not-online'
    : phone === ''
      ? 'no-phone'
      : config.dialContext === '' && mailbox === undefined
        ? 'no-context'
        : isSecondClick
          ? 'dial-too-fast'
          : null
  if (refusal !== null) {
    return {
      dial: {
        ...dial,
        state: 'failed',
        error: failure(refusal),
      },
      effects: [],
    }
  }
  const rung = { channel: phone, target: { number: fetched?.number ?? number, name }, timeoutMs: RING_MS, channelId: id } as const
  return {
    dial,
    effects: [
      {
        type: 'pbx.act',
        key: dialKey(id),
        action: mailbox === undefined
          ? { do: 'originate', ...rung, context: config.dialContext, exten: number, priority: 1, account: null }
          : { do: 'listen', ...rung, mailbox },
      },
      { type: 'timer.start', key: `patience:${id}`, delayMs: RING_MS + PATIENCE_MS },
    ],
  }
}

/**
 * The dial that rings this leg of mine, if one does. From 12.2 the server takes our id for the channel; before that it is the leg
 * that appears on that phone while the request is open and that no Dial and no queue has rung.
 */
export function dialOfLeg(pbx: PbxState, dials: readonly Dial[], channel: Channel): Dial | null {
  const exact = dials.find(dial => channel.id === dial.id || rootOf(pbx, channel.id) === dial.id)
  if (exact) {
    return exact.leg === null || exact.leg === channel.id || !pbx.channels.has(exact.leg)
      ? exact
      : null
  }
  const known = dials.find(dial => dial.leg === channel.id)
  const edge = pbx.dials.get(channel.id)
  if (channel.state === 'ring' || channel.state === 'dialing' || edge?.source)
    return null
  // Where calls bear a linkedid, a dial without a source is the mark; up to 11 no dial is told at all.
  if (known || (channel.linkedid !== null && edge === undefined))
    return known ?? null
  return dials.find(dial => dial.leg === null && !isOver(dial) && comparable(dial.phone) === channel.device && channel.createdAt >= dial.startedAt) ?? null
}

/** What became of a dial, seen from the call that it made; `call` is absent until my phone's leg is known. */
export function progressOf(dial: Dial, call: MyCall | undefined, tellsHangups: boolean, effects: Effect[]): Dial {
  if (dial.state === 'cancelled' || dial.state === 'ended' || (dial.state === 'failed' && !dial.error?.code.startsWith('far-')))
    return dial
  const next = call
    ? progressOfCall(dial, call, tellsHangups, effects)
    : dial.refused
      ? settled(dial, effects, () => failed(dial, phoneFailure(null, null, dial.reason)))
      : dial
  if (next.state === dial.state)
    return next
  if (next.state === 'failed')
    effects.push({ type: 'announce', what: 'dial-failed', id: dial.id })
  if (next.state === 'ended' || next.state === 'cancelled')
    effects.push({ type: 'timer.start', key: `undial:${dial.id}`, delayMs: LINGER_MS })
  return next
}

export function failed(dial: Dial, code: ErrorCode): Dial {
  return dial.state === 'failed' && dial.error?.code === code
    ? dial
    : {
        ...dial,
        state: 'failed',
        error: failure(code),
      }
}

function progressOfCall(dial: Dial, call: MyCall, tellsHangups: boolean, effects: Effect[]): Dial {
  const legs = call.legs.filter(leg => leg.role === 'own')
  const live = legs.find(leg => leg.state !== 'gone')
  const lifted = legs.some(leg => leg.upAt !== null)
  const why = farFailure(call, tellsHangups)
  if (call.answeredAt !== null && (live || why === null || call.far.length > 0)) {
    return patch(dial, {
      state: live ? 'answered' : 'ended',
      error: null,
    })
  }
  if (live && !lifted) {
    return patch(dial, {
      state: live.state === 'ringing'
        ? 'my-phone-rings'
        : dial.state,
    })
  }
  if (live && why === null) {
    return patch(dial, {
      state: call.far.some(leg => leg.rang)
        ? 'far-rings'
        : 'calling',
      error: null,
      settled: false,
    })
  }
  if (live || (lifted && why !== null && !dial.cancelled))
    return settled(dial, effects, () => failed(dial, why ?? 'far-no-answer'))
  if (lifted || dial.cancelled)
    return settled(dial, effects, () => patch(dial, { state: tellsHangups && call.wish === null && !dial.cancelled && isServed(call) ? 'ended' : 'cancelled' }))
  const last = legs.at(-1)
  return settled(dial, effects, () => failed(dial, last?.unseen
    ? 'outcome-unknown'
    : phoneFailure(last?.cause ?? null, last?.status ?? null, dial.reason)))
}

/** Status, cause and answer come in any order: judged once they had time to come. */
function settled(dial: Dial, effects: Effect[], judge: () => Dial): Dial {
  if (dial.settled)
    return judge()
  effects.push({ type: 'timer.start', key: `settle:${dial.id}`, delayMs: SETTLE_MS })
  return dial
}

/** Reason 0 stands for every failure from 12 on, and 5 for a refusal too up to 11: the cause of the leg comes first. */
function phoneFailure(cause: number | null, status: string | null, reason: number | null): ErrorCode {
  if (cause === 21)
    return 'phone-declined'
  if (cause === 17 || status === 'busy')
    return 'phone-busy'
  if (cause !== null && UNREACHABLE.has(cause))
    return 'phone-unreachable'
  if (status === 'noanswer' || cause === 18 || cause === 19 || reason === 3)
    return 'phone-no-answer'
  if (reason === 5)
    return 'phone-busy'
  return reason === 1
    ? 'phone-declined'
    : 'phone-unreachable'
}

function failure(code: ErrorCode): Failure {
  return { code, message: `Dialling failed: ${code}` }
}

import type { PbxAction } from '../../pbx/actions.ts'
import type { Channel } from '../../pbx/channels.ts'
import type { PbxState } from '../../pbx/state.ts'
import type { DeskState } from '../desk.ts'
import type { MyCall } from '../my-call.ts'
import type { ServerLimits } from '../types.ts'
import type { Plan } from './act.ts'
import type { Planned, Refusal } from './planned.ts'
import type { ActRequest } from './request.ts'
import { partnersOf } from '../../pbx/bridges.ts'
import { comparable } from '../../pbx/channels.ts'
import { callsIn, spacesOf } from '../../pbx/parking.ts'
import { endsOf } from '../agent-call.ts'
import { farOf, talkingLeg } from '../consult.ts'
import { waitingCall } from '../my-agent.ts'
import { liveLegs } from '../my-call.ts'
import { plan } from './planned.ts'

type CallRequest = Extract<ActRequest, { readonly call: string }>
interface Talk { readonly call: MyCall, readonly leg: Channel, readonly far: Channel }

const RING_MS = 30_000
/** Where a call is parked that is sent to no certain lot. */
const DEFAULT_LOT = 'default'

/** Acts on a call of mine. */
export function planCall(desk: DeskState, request: CallRequest, id: string): Planned {
  const call = desk.calls.find(one => one.id === request.call)
  if (!call || liveLegs(call).length === 0)
    return { refused: 'call-gone' }
  switch (request.kind) {
    case 'hangup':
      return plan('hangup', nameOf(call), { call: call.id, proof: { by: 'gone', legs: endsOf(desk, call).map(({ id }) => id) } })
    case 'blind': case 'voicemail':
      return talkingLeg(desk.pbx, call)
        ? planTransfer(desk, request, call)
        : planDivert(desk, request, call)
    case 'consult':
      return planConsult(desk, request, call)
    case 'complete': case 'cancelConsult': case 'swap':
      return planSecond(desk, request.kind, call)
    case 'park':
      return planPark(desk, request, call)
    case 'dtmf': case 'record': case 'timeout': case 'mute': case 'move': case 'conference':
      return withTalk(desk, call, talk => planTalk(desk, request, talk, id))
    default:
      return request satisfies never
  }
}

/** The other calls of mine that are going on. */
function otherTalks(desk: DeskState, call: MyCall): readonly MyCall[] {
  const waiting = waitingCall(desk)
  return desk.calls.filter(one => one.id !== call.id && one.id !== waiting?.id && liveLegs(one).some(leg => leg.state === 'up' || leg.role !== 'in') && !isEnding(desk, one))
}

/** The call that I have dialled to ask somebody about this one. A second caller is no such call: each of them has a right of their own. */
export function secondCallOf(desk: DeskState, call: MyCall): MyCall | null {
  const others = otherTalks(desk, call)
  const asked = others.find(one => one.asksFor === call.id)
  if (asked)
    return asked
  // Dialled by hand it is meant for the one call that was there before.
  const [second, ...more] = others
  return second && more.length === 0 && second.direction === 'out' && second.fetchedFrom === null && second.asksFor === null && second.startedAt > call.startedAt ? second : null
}

/** Whoever I talked to is elsewhere, and my phone has not been let go of yet: some seconds after a call was parked. */
function isEnding(desk: DeskState, call: MyCall): boolean {
  const leg = talkingLeg(desk.pbx, call)
  return leg !== null && partnersOf(desk.pbx, leg).length === 0 && aloneIn(desk, call, leg) === 'call-gone'
}

function withTalk(desk: DeskState, call: MyCall, make: (talk: Talk) => Planned): Planned {
  const leg = talkingLeg(desk.pbx, call)
  if (!leg)
    return { refused: 'call-not-up' }
  const far = farOf(desk.pbx, call)
  return far
    ? make({ call, leg, far })
    : { refused: aloneIn(desk, call, leg) }
}

/** I talked to somebody and am with nobody now: it is ending. Only in a room of my own, or with the server itself, I am alone for longer. */
function aloneIn({ pbx }: DeskState, { partner }: MyCall, leg: Channel): 'call-alone' | 'call-gone' {
  const room = leg.bridge === null ? undefined : pbx.bridges.get(leg.bridge)
  return partner === null || room?.creator === 'ConfBridge' ? 'call-alone' : 'call-gone'
}

function planTransfer(desk: DeskState, request: Extract<CallRequest, { readonly kind: 'blind' | 'voicemail' }>, call: MyCall): Planned {
  const to = destination(desk, request, call)
  if (typeof to !== 'string')
    return to
  if (call.consult)
    return { refused: 'consult-running' }
  return withTalk(desk, call, ({ leg, far }) => {
    const place = { context: desk.config.dialContext, exten: to }
    return plan(request.kind, request.name ?? request.number, {
      call: call.id,
      steps: [[
        ...able(desk.limits, 'transferBlind', { do: 'transferBlind', channel: leg.name, ...place }),
        ...able(desk.limits, 'redirect', { do: 'redirect', channel: far.name, priority: 1, ...place }),
      ]],
      proof: { by: 'handed', leg: leg.id, far: far.id },
    })
  })
}

/** A call that still rings me goes elsewhere by the channel of who calls. */
function planDivert(desk: DeskState, request: Extract<CallRequest, { readonly kind: 'blind' | 'voicemail' }>, call: MyCall): Planned {
  const to = destination(desk, request, call)
  if (typeof to !== 'string')
    return to
  const [ringing, root] = ringingWithRoot(desk, call)
  if (!ringing || !root)
    return { refused: 'call-not-up' }
  if (desk.limits.lacks.has('redirect'))
    return { refused: 'not-permitted' }
  return plan(request.kind, request.name ?? request.number, {
    call: call.id,
    steps: [[{ do: 'redirect', channel: root.name, context: desk.config.dialContext, exten: to, priority: 1 }]],
    proof: { by: 'handed', leg: ringing.id, far: root.id },
  })
}

function ringingWithRoot({ pbx }: DeskState, call: MyCall): readonly [Channel | null, Channel | null] {
  const ringing = liveLegs(call).find(leg => leg.state !== 'up' && leg.role === 'in')
  return [
    ringing === undefined ? null : pbx.channels.get(ringing.id) ?? null,
    call.root === null ? null : pbx.channels.get(call.root) ?? null,
  ]
}

function destination({ config, limits }: DeskState, request: Extract<CallRequest, { readonly kind: 'blind' | 'voicemail' }>, call: MyCall): string | Refusal {
  if (config.dialContext === '')
    return { refused: 'no-context' }
  if (limits.missing.transfer)
    return { refused: limits.missing.transfer }
  if (request.kind === 'voicemail') {
    // `*1001` leads to my mailbox, so `*1002` leads to theirs.
    return config.voicemailExten !== '' && config.voicemailExten.includes(config.extension)
      ? config.voicemailExten.replace(config.extension, request.number)
      : { refused: 'no-mailbox' }
  }
  const nowhere = comesBack(config.extension, request.number, call)
  return nowhere === null ? request.number : { refused: nowhere }
}

/** My other phones have numbers of their own. */
function comesBack(extension: string, number: string, { peer }: MyCall): 'same-number' | 'own-number' | null {
  if (number === extension)
    return 'own-number'
  return number === peer.number ? 'same-number' : null
}

/** Calls that the dialplan makes in the same way: either all of them have features (options of Dial and Queue, `parkedcalltransfers`) or none has. */
export function sortOf({ channels }: PbxState, { direction, fetchedFrom, queue, root }: MyCall): string {
  // What somebody dialled who calls me says which part of the dialplan rings me.
  const dialled = direction === 'in' && root !== null ? channels.get(root)?.dialled ?? '' : ''
  return `${direction} ${fetchedFrom === null ? queue ?? dialled : 'parked'}`
}

function planConsult(desk: DeskState, request: Extract<CallRequest, { readonly kind: 'consult' }>, call: MyCall): Planned {
  const isAsked = desk.acts.some(act => act.kind === 'consult' && act.call === call.id && act.state === 'asked')
  if (isAsked || call.consult || (call.heldBy === 'me' && secondCallOf(desk, call)))
    return { refused: 'consult-running' }
  const nowhere = comesBack(desk.config.extension, request.number, call)
  if (nowhere !== null)
    return { refused: nowhere }
  if (desk.config.dialContext === '')
    return { refused: 'no-context' }
  return withTalk(desk, call, ({ leg }) => {
    const subject = request.name ?? request.number
    const common = plan('consult', subject, { call: call.id, proof: { by: 'consulted', call: call.id } })
    // A second call on the other line of my phone: the phone puts the first on hold, as it does for every second call.
    const dial = desk.limits.missing.dial ? null : { number: request.number, name: request.name }
    const isFeatured = !desk.limits.lacks.has('transferAttended') && !(dial && desk.featureless.includes(sortOf(desk.pbx, call)))
    if (isFeatured) {
      return {
        ...common,
        steps: [[{ do: 'transferAttended', channel: leg.name, context: desk.config.dialContext, exten: request.number }]],
        second: dial,
      }
    }
    return dial === null
      ? { refused: desk.limits.missing.consult ?? 'not-permitted' }
      : { ...common, dial }
  })
}

/** Going on with a consultation: one of Asterisk's own, or the second of two calls. */
function planSecond(desk: DeskState, kind: 'complete' | 'cancelConsult' | 'swap', call: MyCall): Planned {
  const { pbx, limits } = desk
  const leg = talkingLeg(pbx, call)
  if (!leg)
    return { refused: 'call-not-up' }
  const { consult } = call
  if (consult) {
    const other = pbx.channels.get(consult.with)
    switch (kind) {
      case 'complete': {
        const common = plan(kind, nameOf(call), { call: call.id, proof: { by: 'handed', leg: leg.id, far: consult.held } })
        // Hanging up would log my agent out, and a server bridges nobody who waits for an answer (seen on 16 and 22).
        return isAgentLine(call, leg)
          ? keys(desk, desk.config.office.codes.complete, leg, common)
          : { ...common, steps: [[{ do: 'hangup', channel: leg.name, cause: null }]] }
      }
      case 'cancelConsult': {
        const ways: readonly PbxAction[] = [
          ...able(limits, 'cancelAttended', { do: 'cancelAttended', channel: leg.name }),
          // Whoever is asked and hangs up gives me the first call back; so does hanging up for them.
          ...other ? [{ do: 'hangup', channel: other.name, cause: null } as const] : [],
        ]
        return ways.length === 0
          ? { refused: 'cannot-cancel-consult' }
          : plan(kind, nameOf(call), { call: call.id, steps: [ways], proof: { by: 'consult-over', call: call.id } })
      }
      case 'swap':
        return keys(desk, desk.config.office.codes.swap, leg, plan(kind, nameOf(call), { call: call.id, proof: { by: 'talking-to', call: call.id, to: consult.talkingTo === 'peer' ? 'consult' : 'peer' } }))
      default:
        return kind satisfies never
    }
  }
  const second = secondCallOf(desk, call)
  if (!second)
    return { refused: 'no-consult' }
  switch (kind) {
    case 'complete':
      return joinCalls(desk, call, second, leg)
    case 'cancelConsult':
      return plan(kind, nameOf(second), {
        call: call.id,
        steps: liveLegs(second).map(one => [{ do: 'hangup', channel: one.name, cause: null }]),
        proof: { by: 'gone', legs: liveLegs(second).map(one => one.id) },
      })
    // Which line talks is up to the phone.
    case 'swap':
      return { refused: 'not-on-this-server' }
    default:
      return kind satisfies never
  }
}

/** The leg on which my agent waits for the next call when this one is over: whatever is done to it outlasts the call. */
function isAgentLine({ agent }: MyCall, { id }: Channel): boolean {
  return id === agent
}

/** Two calls of mine become one of the others: by `Bridge`, or up to 1.4 by sending the first after the second. */
function joinCalls(desk: DeskState, call: MyCall, second: MyCall, leg: Channel): Planned {
  // Who has just lifted is with me in a moment.
  const lifted = second.far.find(one => one.up && !one.gone)
  const [far, target] = [farOf(desk.pbx, call), farOf(desk.pbx, second) ?? (lifted && desk.pbx.channels.get(lifted.id))]
  if (!far)
    return { refused: aloneIn(desk, call, leg) }
  if (target && !desk.limits.lacks.has('bridge')) {
    return plan('complete', nameOf(call), {
      call: call.id,
      steps: [[{ do: 'bridge', one: far.name, two: target.name }]],
      proof: { by: 'handed', leg: leg.id, far: far.id },
    })
  }
  const { number } = second.peer
  if (number === null || desk.limits.lacks.has('redirect'))
    return { refused: 'no-consult' }
  return plan('complete', nameOf(call), {
    call: call.id,
    steps: [
      ...liveLegs(second).map(one => [{ do: 'hangup', channel: one.name, cause: null } as const]),
      [{ do: 'redirect', channel: far.name, context: desk.config.dialContext, exten: number, priority: 1 }],
    ],
    proof: { by: 'handed', leg: leg.id, far: far.id },
  })
}

function planPark(desk: DeskState, { lot, forWhom }: Extract<CallRequest, { readonly kind: 'park' }>, call: MyCall): Planned {
  const { limits, pbx } = desk
  if (limits.missing.park)
    return { refused: limits.missing.park }
  if (call.consult)
    return { refused: 'consult-running' }
  if (lot !== null && pbx.lots.size > 0 && !pbx.lots.has(lot))
    return { refused: 'no-such-lot' }
  if (isFull(pbx, lot ?? DEFAULT_LOT))
    return { refused: 'lot-full' }
  const [ringing, root] = ringingWithRoot(desk, call)
  const talking = talkingLeg(pbx, call)
  const leg = talking ?? ringing
  const far = talking ? farOf(pbx, call) : root
  if (!leg || !far)
    return { refused: talking ? aloneIn(desk, call, talking) : 'call-not-up' }
  const person = forWhom === null ? null : desk.people.get(forWhom) ?? null
  if (forWhom !== null && !person)
    return { refused: 'person-unknown' }
  const [phone] = person === null ? [] : pbx.extensions.get(person.id)?.devices ?? []
  return plan(person === null ? 'park' : 'parkFor', person?.name ?? person?.exten ?? nameOf(call), {
    call: call.id,
    steps: [[{ do: 'park', channel: far.name, parker: leg.name, returnTo: phone === undefined ? leg.name : asChannel(phone), lot }]],
    proof: { by: 'parked', channel: far.id },
  })
}

/** Who is sent to a lot without room is lost. */
function isFull(pbx: PbxState, name: string): boolean {
  const lot = pbx.lots.get(name)
  const spaces = lot ? spacesOf(lot) : null
  return spaces !== null && callsIn(pbx, name) >= spaces
}

/**
 * The server takes off what follows the last dash, and a device may have dashes of its own. Technologies are written in capitals;
 * names are kept for comparing in small letters.
 */
function asChannel(device: string): string {
  const slash = device.indexOf('/')
  return `${device.slice(0, slash).toUpperCase()}${device.slice(slash)}-0`
}

function planTalk(desk: DeskState, request: Extract<CallRequest, { readonly kind: 'dtmf' | 'record' | 'timeout' | 'mute' | 'move' | 'conference' }>, { call, leg, far }: Talk, id: string): Planned {
  const { missing, lacks } = desk.limits
  const { codes } = desk.config.office
  const subject = nameOf(call)
  const absent = missing[request.kind]
  if (absent)
    return { refused: absent }
  switch (request.kind) {
    case 'dtmf':
      return plan('dtmf', request.digits, { call: call.id, steps: [...request.digits].map(digit => [{ do: 'digit', channel: far.name, digit }]) })
    case 'timeout':
      return plan('timeout', subject, { call: call.id, steps: [[{ do: 'limit', channel: isAgentLine(call, leg) ? far.name : leg.name, seconds: request.seconds }]], note: { what: 'limit', seconds: request.seconds } })
    case 'mute':
      if (isAgentLine(call, leg))
        return { refused: 'agent-line' }
      return plan(request.on ? 'mute' : 'unmute', subject, { call: call.id, steps: [[{ do: 'mute', channel: leg.name, on: request.on }]], note: { what: 'muted', on: request.on } })
    case 'record':
      return planRecording(desk, request, { call, leg, far })
    case 'move': {
      const device = desk.config.devices.find(one => comparable(one) === comparable(request.device))
      if (device === undefined)
        return { refused: 'not-my-device' }
      if (comparable(device) === leg.device)
        return { refused: 'same-device' }
      return plan('move', device, {
        call: call.id,
        steps: [
          [{ do: 'ring', channel: device, target: { number: call.peer.number ?? '', name: call.peer.name }, timeoutMs: RING_MS, channelId: id }],
          // The leg of that phone has a name once it was lifted.
          [{ do: 'bridge', one: far.name, two: '' }],
        ],
        proof: { by: 'moved', call: call.id, leg: leg.id, heir: id as Channel['id'] }, // the server takes our id for the channel
      })
    }
    case 'conference':
      if (call.consult && !lacks.has('press'))
        return keys(desk, codes.threeWay, leg, plan('conference', subject, { call: call.id, proof: { by: 'conference', call: call.id } }))
      // Whoever is sent to a room leaves the pool of agents.
      if (isAgentLine(call, leg))
        return { refused: 'agent-line' }
      return codes.conference === ''
        ? { refused: 'no-feature-code' }
        : plan('conference', subject, {
            call: call.id,
            steps: [[{ do: 'redirectBoth', channel: far.name, extra: leg.name, context: codes.context || desk.config.dialContext, exten: withExtension(codes.conference, desk.config.extension) }]],
            proof: { by: 'conference', call: call.id },
          })
    default:
      return request satisfies never
  }
}

/** By the server where the account may, else by the keys of my phone. */
function planRecording(desk: DeskState, request: Extract<CallRequest, { readonly kind: 'record' }>, { call, leg, far }: Talk): Planned {
  const { lacks } = desk.limits
  const kinds = { start: 'recordStart', pause: 'recordPause', resume: 'recordResume', stop: 'recordStop' } as const
  const want = request.do === 'pause' ? 'paused' : request.do === 'stop' ? null : 'on'
  const common = plan(kinds[request.do], nameOf(call), {
    call: call.id,
    proof: { by: 'recording', channels: [leg.id, far.id], want },
    trust: true,
    note: { what: 'recording', recording: want },
  })
  const hows = (['mix', 'monitor'] as const).filter(how => how === 'monitor' ? !lacks.has('recordMonitor') : !lacks.has(request.do === 'start' ? 'recordMix' : 'recordMixPause'))
  const begins = isAgentLine(call, leg) ? far : leg
  const channel = far.recording === null ? leg.name : far.name
  const ways = hows.map((how): PbxAction => request.do === 'start'
    ? { do: 'recordStart', how, channel: begins.name, file: `ringside-${begins.id.replace(/[^\w.-]/g, '_')}` }
    : request.do === 'stop'
      ? { do: 'recordStop', how, channel }
      : { do: 'recordPause', how, channel, paused: request.do === 'pause' })
  if (ways.length > 0)
    return { ...common, steps: [ways] }
  return request.do === 'pause' || request.do === 'resume'
    ? { refused: 'not-permitted' }
    : keys(desk, desk.config.office.codes.record, leg, { ...common, trust: false, note: null })
}

/** Presses keys for the phone: what its owner could do by hand. */
function keys({ limits }: DeskState, code: string, leg: Channel, rest: Plan): Planned {
  if (code === '')
    return { refused: 'no-feature-code' }
  return limits.lacks.has('press')
    ? { refused: 'not-on-this-server' }
    : { ...rest, steps: [...code].map(digit => [{ do: 'press', channel: leg.name, digit }]) }
}

function able(limits: ServerLimits, ability: 'transferBlind' | 'redirect' | 'cancelAttended', action: PbxAction): readonly PbxAction[] {
  return limits.lacks.has(ability) ? [] : [action]
}

export function withExtension(code: string, extension: string): string {
  return code.replaceAll('{extension}', extension)
}

/** Whom a call is with, in a word. */
export function nameOf({ peer }: Pick<MyCall, 'peer'>): string {
  return peer.name ?? peer.number ?? ''
}

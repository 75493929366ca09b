import type { DeskState } from '../desk.ts'
import type { Planned } from './planned.ts'
import type { ActRequest } from './request.ts'
import { comparable } from '../../pbx/channels.ts'
import { deviceOfChannel, devicesOfHint } from '../../pbx/device-name.ts'
import { rootOf } from '../../pbx/dials.ts'
import { isMine, mineOf } from '../mine.ts'
import { NOBODY } from '../my-call.ts'
import { groupNumber } from '../numbers.ts'
import { plan } from './planned.ts'

const RING_MS = 30_000

/** Takes a parked call back: my phone rings first. */
export function planParked(desk: DeskState, { parked: key, confirmed }: Extract<ActRequest, { readonly kind: 'retrieve' }>): Planned {
  const { acts, config, limits, pbx } = desk
  const parked = pbx.parked.get(key)
  const channel = parked && pbx.channels.get(parked.parkee)
  if (!parked || !channel)
    return { refused: 'parked-gone' }
  if (!isParkedByMe(desk, parked.parker) && !confirmed)
    return { refused: 'needs-confirmation', details: { parkedBy: parked.parker ?? '' } }
  if (limits.missing.retrieve)
    return { refused: limits.missing.retrieve }
  if (config.devices.length === 0)
    return { refused: 'no-phone' }
  if (config.dialContext === '')
    return { refused: 'no-context' }
  if (acts.some(act => act.state === 'asked' && act.proof.by === 'retrieved' && act.proof.channel === channel.id))
    return { refused: 'phone-rings-already' }
  const name = channel.caller?.name ?? channel.caller?.number ?? parked.space
  return plan('retrieve', name, {
    proof: { by: 'retrieved', parked: key, channel: channel.id },
    dial: { number: parked.space, name, fetched: channel.caller ?? NOBODY },
  })
}

/** By me, or for me: who is rung when the time is over is told in the same place. */
export function isParkedByMe({ mine }: Pick<DeskState, 'mine'>, parker: string | null): boolean {
  return parker !== null && (mine.devices.has(comparable(parker)) || mine.devices.has(comparable(deviceOfChannel(parker))))
}

/** Takes the call that rings a colleague: by the code of the dialplan, else by sending the caller to me. */
export function planPickup(desk: DeskState, { person: key, confirmed }: Extract<ActRequest, { readonly kind: 'pickup' }>, id: string): Planned {
  const { config, limits, pbx } = desk
  const person = desk.people.get(key)
  const ringing = person?.ringing && pbx.channels.get(person.ringing)
  if (!person)
    return { refused: 'person-unknown' }
  if (!ringing || ringing.state !== 'ringing')
    return { refused: 'not-ringing' }
  if (!confirmed)
    return { refused: 'needs-confirmation', details: { person: person.name ?? person.exten } }
  const [phone] = config.devices
  if (phone === undefined)
    return { refused: 'no-phone' }
  if (config.dialContext === '')
    return { refused: 'no-context' }
  const root = rootOf(pbx, ringing.id)
  const start = root === ringing.id ? undefined : pbx.channels.get(root)
  // It is I who rings them.
  if (start && isMine(desk.mine, start))
    return { refused: 'not-ringing' }
  const { pickup } = config.office.codes
  const caller = { number: person.withNumber ?? person.exten, name: person.withName }
  const ways = [
    ...pickup === '' || limits.lacks.has('originate')
      ? []
      : [{ do: 'originate', channel: phone, context: config.office.codes.context || config.dialContext, exten: `${pickup}${person.exten}`, priority: 1, target: caller, timeoutMs: RING_MS, channelId: id, account: null } as const],
    ...start && !limits.lacks.has('redirect')
      ? [{ do: 'redirect', channel: start.name, context: config.dialContext, exten: config.extension, priority: 1 } as const]
      : [],
  ]
  return ways.length === 0
    ? { refused: limits.missing.pickup ?? 'not-permitted' }
    : plan('pickup', person.name ?? person.exten, { steps: [ways], proof: { by: 'picked-up', ringing: ringing.id, root: start?.id ?? null } })
}

/** Rings a colleague and, once they have lifted, calls a number for them. */
export function planConnect(desk: DeskState, { person: key, confirmed, ...what }: Extract<ActRequest, { readonly kind: 'connect' }>): Planned {
  const { acts, config, limits, mine, pbx } = desk
  const person = desk.people.get(key)
  if (!person)
    return { refused: 'person-unknown' }
  // As the server spells it: other names of phones are other phones to it.
  const [phone] = devicesOfHint(pbx.extensions.get(key)?.hint ?? '')
  if (person.exten === config.extension || (phone !== undefined && mine.devices.has(comparable(phone))))
    return { refused: 'person-is-me' }
  if (phone === undefined)
    return { refused: 'person-no-phone' }
  if (mineOf({ extension: person.exten, devices: [phone] }).numbers.has(what.number))
    return { refused: 'person-own-number' }
  if (limits.missing.dial)
    return { refused: limits.missing.dial }
  if (config.dialContext === '')
    return { refused: 'no-context' }
  // A second click: their phone rings already.
  if (acts.some(act => act.state === 'asked' && act.connect?.phone === phone))
    return { refused: 'person-rings-already' }
  const name = person.name ?? person.exten
  const display = groupNumber(what.display)
  if (!confirmed)
    return { refused: 'needs-confirmation', details: { person: name, number: display } }
  return plan('connect', name, {
    proof: { by: 'connected', display },
    connect: { phone, exten: person.exten, number: what.number, display: what.display, name: what.name },
  })
}

import type { ErrorCode } from '#contract/result.ts'
import type { AlertView, CallView, ConnectionView, DialView, LineView, MailboxView, PartyView, RecentView, Tables } from '#contract/tables.ts'
import type { DeskState } from '../features/desk.ts'
import type { Dial } from '../features/dial.ts'
import type { MyCall } from '../features/my-call.ts'
import type { Recent } from '../features/recents.ts'
import type { Party } from '../pbx/events.ts'
import type { Mailbox } from '../pbx/mailboxes.ts'
import { displayName, displayNameOrNull } from '../features/display-name.ts'
import { lineStateOf } from '../features/line.ts'
import { liveLegs } from '../features/my-call.ts'
import { groupNumber } from '../features/numbers.ts'
import { extensionKey } from '../pbx/extensions.ts'
import { mailboxKey } from '../pbx/mailboxes.ts'

export type MissingCapabilities = LineView['missing']
export type Projector = (desk: DeskState, connection: ConnectionView, missing: MissingCapabilities) => Tables

/** Makes the tables that windows see. A row whose source did not change is the same object as before, and so is a table. */
export function createProjector(): Projector {
  const call = memo(callView)
  const alert = memo(alertView)
  const dial = memo(dialView)
  const recent = memo(recentView)
  const tables = {
    connection: stable<ConnectionView>(),
    line: stable<LineView>(),
    calls: stable<CallView>(),
    alerts: stable<AlertView>(),
    dials: stable<DialView>(),
    mailboxes: stable<MailboxView>(),
    recents: stable<RecentView>(),
  }
  const line = stableRow<LineView>()
  const mailboxRows = new Map<string, (row: MailboxView) => MailboxView>()

  function mailbox(name: string, counts: Mailbox | undefined): MailboxView {
    const keep = mailboxRows.get(name) ?? stableRow<MailboxView>()
    mailboxRows.set(name, keep)
    return keep({
      mailbox: name,
      newMessages: counts?.newMessages ?? null,
      oldMessages: counts?.oldMessages ?? null,
      waiting: counts?.waiting ?? false,
    })
  }

  return (desk, connection, missing) => ({
    connection: tables.connection({ me: connection }) as Tables['connection'], // the table of one row
    line: tables.line(desk.config.extension === ''
      ? {}
      : {
          [desk.config.extension]: line(lineView(desk, missing)),
        }),
    calls: tables.calls(byId(desk.calls.filter(isShown).map(call))),
    alerts: tables.alerts(byId(desk.calls.filter(one => one.alert === 'shown').map(alert))),
    dials: tables.dials(byId(desk.dials.map(dial))),
    mailboxes: tables.mailboxes(Object.fromEntries(desk.config.mailboxes.map(mailboxKey).map(name => [
      name,
      mailbox(name, desk.pbx.mailboxes.get(name)),
    ]))),
    recents: tables.recents(byId(desk.recents.map(recent))),
    people: EMPTY,
    parked: EMPTY,
    lots: EMPTY,
    queues: EMPTY,
    queueCallers: EMPTY,
    queueMembers: EMPTY,
    todo: EMPTY,
    acts: EMPTY,
  })
}

const EMPTY: Readonly<Record<string, never>> = {}

/** The number and the name of somebody as they may be shown. */
export function partyView({ number, name }: Party): PartyView {
  const clean = number === null
    ? ''
    : displayName(number)
  return {
    number: clean,
    display: groupNumber(clean),
    name: displayNameOrNull(name),
  }
}

const NONE: readonly never[] = []

function lineView({ config, pbx }: DeskState, missing: Readonly<Partial<Record<string, ErrorCode>>>): LineView {
  const extension = pbx.extensions.get(extensionKey(config.extension, config.hintContext))
  return {
    extension: config.extension,
    name: null,
    state: lineStateOf(extension?.bits),
    devices: config.devices,
    missing,
    dnd: 'unknown',
    forward: null,
    registrations: NONE,
    pauseReasons: NONE,
  }
}

function isShown(call: MyCall): boolean {
  return call.direction !== null && liveLegs(call).length > 0 && (call.phase !== 'pending' || call.direction === 'out')
}

function callView(call: MyCall): CallView {
  return {
    id: call.id,
    direction: call.direction ?? 'in',
    state: callState(call),
    peer: partyView(call.peer),
    queue: displayNameOrNull(call.queue),
    dialed: displayNameOrNull(call.dialled),
    transferredBy: displayNameOrNull(call.transferredBy),
    startedAt: call.startedAt,
    answeredAt: call.answeredAt,
    heldBy: call.heldBy,
    conference: call.conference,
    controllable: liveLegs(call).length > 0,
    can: liveLegs(call).length > 0 ? ['hangup'] : [],
    consult: null,
    talkingTo: 'peer',
    recording: null,
    muted: false,
    endsAt: null,
    device: null,
  }
}

function callState(call: MyCall): CallView['state'] {
  const live = liveLegs(call)
  if (live.length === 0)
    return 'ended'
  if (call.answeredAt !== null) {
    return call.heldBy === null
      ? 'up'
      : 'held'
  }
  if (call.direction === 'in')
    return 'ringing'
  if (call.dial !== null && live.every(leg => leg.state !== 'up'))
    return 'calling-me'
  return call.far.some(leg => leg.rang && !leg.gone)
    ? 'ringing'
    : 'dialing'
}

function alertView(call: MyCall): AlertView {
  const rings = liveLegs(call).some(leg => leg.state === 'ringing') && call.phase === 'ringing'
  return {
    id: call.id,
    state: alertState(call),
    caller: partyView(call.peer),
    queue: displayNameOrNull(call.queue),
    dialed: displayNameOrNull(call.dialled),
    transferredBy: displayNameOrNull(call.transferredBy),
    waitedSince: call.waitedSince,
    answeredBy: displayNameOrNull(call.answeredAt === null
      ? call.taken?.by ?? null
      : answeringDevice(call)),
    startedAt: call.startedAt,
    endedAt: call.endedAt,
    canDecline: rings && call.wish === null,
    canSendToVoicemail: rings && call.wish === null,
    canTransfer: false,
    canPark: false,
    returned: null,
  }
}

/** Which of my phones: worth saying only when several rang. */
function answeringDevice({ legs }: MyCall): string | null {
  return new Set(legs.map(leg => leg.device)).size > 1
    ? legs.find(leg => leg.upAt !== null)?.device ?? null
    : null
}

function alertState(call: MyCall): AlertView['state'] {
  if (call.answeredAt !== null)
    return 'answered-here'
  switch (call.outcome) {
    case null: return 'ringing'
    case 'answered': return 'answered-here'
    case 'answered-elsewhere': case 'missed': case 'voicemail': case 'declined': case 'forwarded': return call.outcome
    case 'busy': return 'declined'
    case 'no-answer': case 'failed': case 'cancelled': case 'unknown': return 'cancelled'
    default: return call.outcome satisfies never
  }
}

function dialView({ id, number, display, name, phone, state, error, startedAt }: Dial): DialView {
  return {
    id,
    number,
    display,
    name: displayNameOrNull(name),
    phone,
    state,
    error,
    startedAt,
  }
}

function recentView({ id, direction, outcome, peer, queue, answeredBy, at, talkMs }: Recent): RecentView {
  return {
    id,
    direction,
    outcome,
    peer: partyView(peer),
    queue: displayNameOrNull(queue),
    answeredBy: displayNameOrNull(answeredBy),
    at,
    talkMs,
  }
}

function memo<Source extends object, View>(make: (source: Source) => View): (source: Source) => View {
  const made = new WeakMap<Source, View>()
  return (source) => {
    const known = made.get(source)
    if (known !== undefined)
      return known
    const view = make(source)
    made.set(source, view)
    return view
  }
}

function byId<Row extends { readonly id: string }>(rows: readonly Row[]): Readonly<Record<string, Row>> {
  return Object.fromEntries(rows.map(row => [row.id, row]))
}

/** Gives back the table of before while its rows are the same. */
function stable<Row>(): (table: Readonly<Record<string, Row>>) => Readonly<Record<string, Row>> {
  return stableRow<Readonly<Record<string, Row>>>()
}

/** Gives back the row of before while its fields are the same. */
function stableRow<Row extends object>(): (row: Row) => Row {
  let last: Row | null = null
  return (row) => {
    if (last === null || !isSame(last, row))
      last = row
    return last
  }
}

function isSame<Row extends object>(a: Row, b: Row): boolean {
  const keys = Object.keys(b) as (keyof Row)[] // the keys of a Row
  return keys.length === Object.keys(a).length && keys.every(key => a[key] === b[key])
}

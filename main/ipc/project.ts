import type { ActView, AlertView, CallView, ConnectionView, DialView, LineView, LotView, MailboxView, ParkedView, QueueCallerView, QueueMemberView, QueueView, RecentView, Tables, TodoView } from '#contract/tables.ts'
import type { DeskState } from '../features/desk.ts'
import type { Dial } from '../features/dial.ts'
import type { MyCall } from '../features/my-call.ts'
import type { Recent } from '../features/recents.ts'
import type { Channel } from '../pbx/channels.ts'
import type { Party } from '../pbx/events.ts'
import type { Mailbox } from '../pbx/mailboxes.ts'
import type { PbxState } from '../pbx/state.ts'
import { actsOn, secondOf } from '../features/call-acts.ts'
import { farOf, talkingLeg } from '../features/consult.ts'
import { displayName, displayNameOrNull } from '../features/display-name.ts'
import { dndOf, forwardOf, registrationsOf } from '../features/line-services.ts'
import { lineStateOf } from '../features/line.ts'
import { isCovered } from '../features/my-agent.ts'
import { liveLegs, NOBODY } from '../features/my-call.ts'
import { extensionKey } from '../pbx/extensions.ts'
import { mailboxKey } from '../pbx/mailboxes.ts'
import { dialledView, partyView } from './party.ts'
import { actView, agentView, lotViews, parkedViews, queueViews, todoView } from './project-office.ts'
import { createPeopleProjector } from './project-people.ts'

export type MissingCapabilities = LineView['missing']
export type Projector = (desk: DeskState, connection: ConnectionView, missing: MissingCapabilities) => Tables

/** Makes the tables that windows see. A row whose source did not change is the same object as before, and so is a table. */
export function createProjector(): Projector {
  const dial = memo(dialView)
  const recent = memo(recentView)
  const todo = memo(todoView)
  const act = memo(actView)
  const people = createPeopleProjector()
  const queues = unchanged(queueViews, ({ pbx, config, mine, queueLevels }: DeskState) => [pbx.queues, pbx.queueMembers, pbx.queueCallers, config, mine, queueLevels])
  const rows = {
    calls: equal<CallView>(),
    alerts: equal<AlertView>(),
    parked: equal<ParkedView>(),
    lots: equal<LotView>(),
    queues: equal<QueueView>(),
    queueCallers: equal<QueueCallerView>(),
    queueMembers: equal<QueueMemberView>(),
  }
  const tables = {
    connection: stable<ConnectionView>(),
    line: stable<LineView>(),
    dials: stable<DialView>(),
    mailboxes: stable<MailboxView>(),
    recents: stable<RecentView>(),
    todo: stable<TodoView>(),
    acts: stable<ActView>(),
  }
  const line = equalRow<LineView>()
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

  return (told, connection, missing) => {
    const desk = { ...told, limits: { ...told.limits, missing } }
    const office = queues(desk)
    return {
      connection: tables.connection({ me: connection }) as Tables['connection'], // the table of one row
      line: tables.line(desk.config.extension === ''
        ? {}
        : {
            [desk.config.extension]: line(lineView(desk, missing)),
          }),
      calls: rows.calls(desk.calls.filter(call => isShown(call) && !isCovered(desk, call)).map(call => callView(desk, call))),
      alerts: rows.alerts(desk.calls.filter(one => one.alert === 'shown').map(call => alertView(desk, call))),
      dials: tables.dials(byId(desk.dials.map(dial))),
      mailboxes: tables.mailboxes(Object.fromEntries(desk.config.mailboxes.map(mailboxKey).map(name => [
        name,
        mailbox(name, desk.pbx.mailboxes.get(name)),
      ]))),
      recents: tables.recents(byId(desk.recents.map(recent))),
      people: people(desk, missing.pickup === undefined),
      parked: rows.parked(parkedViews(desk)),
      lots: rows.lots(lotViews(desk)),
      queues: rows.queues(office.queues),
      queueCallers: rows.queueCallers(office.callers),
      queueMembers: rows.queueMembers(office.members),
      todo: tables.todo(byId(desk.todos.map(todo))),
      acts: tables.acts(byId(desk.acts.map(act))),
    }
  }
}

function lineView(desk: DeskState, missing: MissingCapabilities): LineView {
  const { config, pbx } = desk
  const key = extensionKey(config.extension, config.hintContext)
  return {
    extension: config.extension,
    name: displayNameOrNull(desk.people.get(key)?.name ?? null),
    state: lineStateOf(pbx.extensions.get(key)?.bits),
    devices: config.devices,
    missing,
    dnd: dndOf(desk),
    forward: forwardOf(desk),
    registrations: registrationsOf(desk),
    pauseReasons: config.office.pauseReasons,
    agent: agentView(desk),
  }
}

function isShown(call: MyCall): boolean {
  return call.direction !== null && liveLegs(call).length > 0 && (call.phase !== 'pending' || call.direction === 'out')
}

function callView(desk: DeskState, call: MyCall): CallView {
  const { pbx } = desk
  const leg = talkingLeg(pbx, call)
  const far = farOf(pbx, call)
  const second = secondOf(desk, call)
  const live = liveLegs(call)
  return {
    id: call.id,
    direction: call.direction ?? 'in',
    state: callState(call),
    peer: partyView(spaceOf(pbx, leg) ?? call.consult?.heldParty ?? call.resumed?.party ?? call.peer),
    queue: displayNameOrNull(call.queue),
    dialed: dialledView(call.dialled),
    transferredBy: displayNameOrNull(call.transferredBy),
    startedAt: call.startedAt,
    answeredAt: call.answeredAt,
    heldBy: call.heldBy,
    conference: call.conference,
    controllable: live.length > 0,
    can: actsOn(desk, call),
    consult: second && { to: partyView(second.to ?? NOBODY), state: second.state },
    talkingTo: call.consult?.talkingTo ?? (second ? 'consult' : 'peer'),
    recording: leg?.recording ?? far?.recording ?? call.recording,
    muted: call.muted,
    endsAt: call.endsAt,
    device: (live.length === 1 ? live[0] : live.find(one => one.state === 'up'))?.device ?? null,
  }
}

/** A phone of mine that somebody has parked is with nobody: where it waits is all that there is to say. */
function spaceOf(pbx: PbxState, leg: Channel | null): Party | null {
  const parked = leg?.parkedAs ? pbx.parked.get(leg.parkedAs) : undefined
  return parked ? { number: parked.space, name: null } : null
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
  // A phone of mine that rings for an outgoing call is rung by a program, here or elsewhere.
  if (live.every(leg => call.dial === null ? leg.state === 'ringing' : leg.state !== 'up'))
    return 'calling-me'
  return call.far.some(leg => leg.rang && !leg.gone)
    ? 'ringing'
    : 'dialing'
}

function alertView(desk: DeskState, call: MyCall): AlertView {
  const rings = liveLegs(call).some(leg => leg.state === 'ringing') && call.phase === 'ringing'
  const isMineToAct = rings && call.wish === null && call.sent === null
  const canAct = isMineToAct && call.root !== null && desk.pbx.channels.has(call.root)
  const { missing } = desk.limits
  const diverts = canAct && desk.config.voicemailExten !== ''
  return {
    id: call.id,
    state: alertState(call),
    caller: partyView(call.peer),
    queue: displayNameOrNull(call.queue),
    dialed: dialledView(call.dialled),
    transferredBy: displayNameOrNull(call.transferredBy),
    waitedSince: call.waitedSince,
    answeredBy: displayNameOrNull(call.answeredAt === null
      ? call.taken?.by ?? null
      : answeringDevice(call)),
    sentTo: displayNameOrNull(call.sent?.to ?? null),
    startedAt: call.startedAt,
    endedAt: call.endedAt,
    canDecline: isMineToAct && missing.hangup === undefined,
    canSendToVoicemail: isMineToAct && (diverts ? missing.redirect : missing.hangup) === undefined,
    canTransfer: canAct && missing.redirect === undefined,
    canPark: canAct && missing.park === undefined,
    returned: call.returned && { lot: displayName(call.returned.lot), space: displayName(call.returned.space) },
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
    case 'answered-elsewhere': case 'missed': case 'voicemail': case 'declined': case 'forwarded': case 'parked': return call.outcome
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

/** A row that says the same is the same object. */
function equalRow<Row extends object>(): (row: Row) => Row {
  let last: { readonly row: Row, readonly text: string } | null = null
  return (row) => {
    const text = JSON.stringify(row)
    if (last?.text !== text)
      last = { row, text }
    return last.row
  }
}

/** Made anew only when something that it is made of is another one. */
function unchanged<Source, View>(make: (source: Source) => View, parts: (source: Source) => readonly unknown[]): (source: Source) => View {
  let last: { readonly parts: readonly unknown[], readonly view: View } | null = null
  return (source) => {
    const now = parts(source)
    if (last === null || now.some((part, index) => part !== last?.parts[index]))
      last = { parts: now, view: make(source) }
    return last.view
  }
}

/** For tables of few rows that are made of many things: a row that says the same is the same object, and so is the table. */
function equal<Row extends { readonly id: string }>(): (made: readonly Row[]) => Readonly<Record<string, Row>> {
  const keep = stable<Row>()
  const keepers = new Map<string, (row: Row) => Row>()
  let source: readonly Row[] | null = null
  let last: Readonly<Record<string, Row>> = {}
  return (made) => {
    if (made === source)
      return last
    source = made
    const rows = made.map((row) => {
      const keeper = keepers.get(row.id) ?? equalRow<Row>()
      keepers.set(row.id, keeper)
      return keeper(row)
    })
    const ids = new Set(rows.map(row => row.id))
    for (const id of keepers.keys()) {
      if (!ids.has(id))
        keepers.delete(id)
    }
    last = keep(byId(rows))
    return last
  }
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

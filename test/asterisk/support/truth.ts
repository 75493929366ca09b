import type { LineState, Tables } from '#contract/tables.ts'
import type { Manager } from './manager.ts'

/** What the server says about itself on its console, read without any code of the program. */
interface Truth {
  readonly channels: readonly ConsoleChannel[]
  /** By extension. */
  readonly hints: Readonly<Record<string, LineState>>
  readonly queues: Readonly<Record<string, ConsoleQueue>>
  /** `lot/space`. */
  readonly parked: readonly string[]
  readonly database: Readonly<Record<string, string>>
  readonly mailboxes: Readonly<Record<string, string>>
}

interface ConsoleChannel {
  readonly name: string
  readonly state: string
  readonly application: string
  readonly bridge: string
}

interface ConsoleQueue {
  readonly waiting: number
  readonly completed: number
  readonly abandoned: number
  readonly members: readonly string[]
  /** Channels, in their order. */
  readonly callers: readonly string[]
}

const HINT_STATES: Readonly<Record<string, LineState>> = {
  'Idle': 'idle',
  'InUse': 'inuse',
  'Busy': 'busy',
  'Unavailable': 'unavailable',
  'Ringing': 'ringing',
  'InUse&Ringing': 'ringinuse',
  'Hold': 'onhold',
  'InUse&Hold': 'onhold',
}

export async function readTruth(witness: Manager, mailboxes: readonly string[]): Promise<Truth> {
  const cli = async (command: string): Promise<readonly string[]> => {
    const { Output = '', Response, Message } = await witness.request('Command', { Command: command })
    if (Response !== 'Success')
      throw new Error(`${command}: ${Message}`)
    return Output.split('\n')
  }
  return {
    channels: (await cli('core show channels concise')).map(line => line.split('!')).filter(({ length }) => length > 12).map(fields => ({
      name: fields[0] ?? '',
      state: fields[4] ?? '',
      application: fields[5] ?? '',
      bridge: fields.at(-2) ?? '',
    })),
    hints: Object.fromEntries((await cli('core show hints')).flatMap((line) => {
      const [, exten, state] = /^\s*(\d+)@hints\s.*State:(\S+)/.exec(line) ?? []
      return exten === undefined || state === undefined
        ? []
        : [[exten, HINT_STATES[state] ?? 'unknown'] as const]
    })),
    queues: readQueues(await cli('queue show')),
    parked: readParked(await cli('parking show default'), 'default').concat(readParked(await cli('parking show quick'), 'quick')),
    database: Object.fromEntries((await cli('database show')).flatMap((line) => {
      const [, key, value] = /^\/((?:DND|CF|CFB|CFU)\/\d+) *: (.*)$/.exec(line) ?? []
      return key === undefined
        ? []
        : [[key, (value ?? '').trim()] as const]
    })),
    mailboxes: Object.fromEntries(await Promise.all(mailboxes.map(async (mailbox) => {
      const { NewMessages, OldMessages } = await witness.request('MailboxCount', { Mailbox: mailbox })
      return [mailbox, `${NewMessages}/${OldMessages}`] as const
    }))),
  }
}

function readQueues(lines: readonly string[]): Truth['queues'] {
  const queues: Record<string, { waiting: number, completed: number, abandoned: number, members: string[], callers: string[] }> = {}
  let queue: (typeof queues)[string] | undefined
  for (const line of lines) {
    const [, name, waiting, completed, abandoned] = /^(\S+) has (\d+) calls .* C:(\d+), A:(\d+)/.exec(line) ?? []
    if (name !== undefined) {
      queue = queues[name] = { waiting: Number(waiting), completed: Number(completed), abandoned: Number(abandoned), members: [], callers: [] }
      continue
    }
    const [, member] = /^ {6}(?:.*?\()?((?:PJSIP|SIP|Local)\/[^\s)]+)/.exec(line) ?? []
    const [, caller] = /^ {6}\d+\. (\S+) \(wait/.exec(line) ?? []
    if (member !== undefined) {
      const taken = Number(/has taken (\d+) calls/.exec(line)?.[1] ?? 0)
      queue?.members.push(`${member}${/\(paused/.test(line) ? ' paused' : ''} ${/\((Not in use|In use|Busy|Ringing|Ring\+Inuse|On Hold|Unavailable|Invalid|Unknown)\)/i.exec(line)?.[1]?.toLowerCase() ?? '?'} ${taken}`)
    }
    if (caller !== undefined)
      queue?.callers.push(caller)
  }
  return queues
}

function readParked(lines: readonly string[], lot: string): readonly string[] {
  return lines.flatMap((line) => {
    const [, space] = /^\s*Space\s*:\s*(\d+)/.exec(line) ?? []
    return space === undefined ? [] : [`${lot}/${space}`]
  })
}

const MEMBER_STATES: Readonly<Record<string, string>> = {
  idle: 'not in use',
  inuse: 'in use',
  busy: 'busy',
  ringing: 'ringing',
  ringinuse: 'ring+inuse',
  onhold: 'on hold',
  unavailable: 'unavailable',
  notfound: 'invalid',
  unknown: 'unknown',
}

/**
 * What the window shows and the server says otherwise. `isCounted`: whether the server told of every call that it counts for a
 * queue; it does not when one was picked up out of it.
 */
export function untruths(shown: Tables, truth: Truth, devices: readonly string[], isCounted: boolean): readonly string[] {
  const found: string[] = []
  const expect = (what: string, shows: unknown, is: unknown): void => {
    const [a, b] = [JSON.stringify(shows), JSON.stringify(is)]
    if (a !== b)
      found.push(`${what}: the window shows ${a}, the server says ${b}`)
  }
  const people = Object.values(shown.people).filter(({ context }) => context === 'hints')
  expect('states', Object.fromEntries(people.map(({ exten, state }) => [exten, state])), Object.fromEntries(Object.entries(truth.hints).filter(([exten]) => exten !== '8000')))
  const [line] = Object.values(shown.line)
  if (line)
    expect('my line', line.state, truth.hints[line.extension])
  for (const [name, queue] of Object.entries(truth.queues)) {
    const view = shown.queues[name]
    const callers = Object.values(shown.queueCallers).filter(caller => caller.queue === name)
    const members = Object.values(shown.queueMembers).filter(member => member.queue === name)
    expect(`queue ${name}`, { waiting: view?.waiting, completed: isCounted && view?.completed, abandoned: view?.abandoned, members: view?.members.total, callers: callers.length }, { waiting: queue.waiting, completed: isCounted && queue.completed, abandoned: queue.abandoned, members: queue.members.length, callers: queue.callers.length })
    expect(`members of ${name}`, members.map(({ interface: device, paused, state, callsTaken }) => `${device}${paused ? ' paused' : ''} ${MEMBER_STATES[state]}${isCounted ? ` ${callsTaken}` : ''}`).sort(), queue.members.map(member => isCounted ? member : member.replace(/ \d+$/, '')).sort())
  }
  expect('parked', Object.values(shown.parked).map(({ lot, space }) => `${lot}/${space}`).sort(), [...truth.parked].sort())
  for (const lot of Object.values(shown.lots))
    expect(`lot ${lot.id}`, lot.taken, truth.parked.filter(key => key.startsWith(`${lot.id}/`)).length)
  for (const [mailbox, counts] of Object.entries(truth.mailboxes)) {
    const { newMessages, oldMessages, waiting } = shown.mailboxes[mailbox] ?? {}
    expect(`mailbox ${mailbox}`, [`${newMessages}/${oldMessages}`, waiting], [counts, !counts.startsWith('0/')])
  }
  if (line && line.dnd !== 'unknown')
    expect('do not disturb', line.dnd, truth.database[`DND/${line.extension}`] === undefined ? 'off' : 'on')
  if (line?.forward)
    expect('forwards', line.forward, { always: truth.database[`CF/${line.extension}`] ?? null, busy: truth.database[`CFB/${line.extension}`] ?? null, noAnswer: truth.database[`CFU/${line.extension}`] ?? null })
  return [...found, ...untrueCalls(shown, truth, devices)]
}

/** My channels and the calls that are shown. */
function untrueCalls(shown: Tables, { channels }: Truth, devices: readonly string[]): readonly string[] {
  const found: string[] = []
  const calls = Object.values(shown.calls).filter(({ state }) => state !== 'ended')
  const alerts = Object.values(shown.alerts).filter(({ state }) => state === 'ringing')
  const mine = channels.filter(({ name }) => devices.some(device => name.startsWith(`${device}-`)))
  const told = JSON.stringify({ calls: calls.map(({ state, device, peer, direction }) => `${direction} ${state} ${device} ${peer.number}`), alerts: alerts.map(({ caller }) => caller.number), channels: mine })
  // Handed over before anybody took it: my phone is out of it, and the server keeps the channel until somebody does.
  const letGo = mine.filter(({ state, application, bridge }) => state === 'Up' && application === 'AppDial' && bridge === '')
  for (const device of devices) {
    const up = mine.filter(({ name, state }) => name.startsWith(`${device}-`) && state === 'Up').length
    const shownUp = calls.filter(call => call.device === device && (call.state === 'up' || call.state === 'held')).length
    if (shownUp > up)
      found.push(`${shownUp} talks at ${device}, and ${up} channels are up: ${told}`)
    if (up > letGo.filter(({ name }) => name.startsWith(`${device}-`)).length && !calls.some(call => call.device === device))
      found.push(`${up} channels of ${device} are up, and no call shows it: ${told}`)
  }
  if ((mine.length > letGo.length && calls.length === 0) || calls.length > mine.length)
    found.push(`${calls.length} calls are shown, I have ${mine.length} channels: ${told}`)
  const ringing = mine.filter(({ state }) => state === 'Ringing')
  if (alerts.length > ringing.length)
    found.push(`${alerts.length} calls ring me by the window, ${ringing.length} by the server: ${told}`)
  return found
}

/** After a click-to-dial that nobody takes nothing tells whether the server plays a tone or records a message. */
const isOfDial = (id: string): boolean => id.startsWith('ringside-')

/** What somebody sees who comes now, and what is shown otherwise: but for what only events tell. `moved`: calls that went to another phone of mine. */
export function differences(shown: Tables, fresh: Tables, isCounted: boolean, moved: ReadonlySet<string>): readonly string[] {
  const found: string[] = []
  const compare = (what: string, one: unknown, other: unknown): void => {
    const [a, b] = [JSON.stringify(one), JSON.stringify(other)]
    if (a !== b)
      found.push(`${what}: shown is ${a}, who comes now sees ${b}`)
  }
  const byId = <Row extends { readonly id: string }>(what: string, one: Readonly<Record<string, Row>>, other: Readonly<Record<string, Row>>, view: (row: Row) => unknown): void => {
    for (const id of new Set([...Object.keys(one), ...Object.keys(other)])) {
      const [a, b] = [one[id], other[id]]
      compare(`${what} ${id}`, a && view(a), b && view(b))
    }
  }
  const near = (what: string, one: number | null | undefined, other: number | null | undefined): void => {
    if ((one ?? null) === null ? (other ?? null) !== null : Math.abs((one ?? 0) - (other ?? 0)) > 2500)
      found.push(`${what}: shown is ${one}, who comes now sees ${other}`)
  }
  const [line, freshLine] = [Object.values(shown.line)[0], Object.values(fresh.line)[0]]
  compare('line', line && { ...line }, freshLine && { ...freshLine })
  // Dave's presence marks the time.
  byId('person', shown.people, fresh.people, ({ exten, name, state, presence, with: party, withState, canPickUp }) => ({ name, state, presence: exten === '1004' || presence, party, withState, canPickUp }))
  byId('parked', shown.parked, fresh.parked, ({ lot, space, caller, parkedBy, mine }) => ({ lot, space, caller, parkedBy, mine }))
  for (const [id, parked] of Object.entries(shown.parked)) {
    near(`parked ${id} since`, parked.parkedAt, fresh.parked[id]?.parkedAt)
    near(`parked ${id} until`, parked.returnsAt, fresh.parked[id]?.returnsAt)
  }
  byId('lot', shown.lots, fresh.lots, row => row)
  byId('queue', shown.queues, fresh.queues, ({ waiting, members, completed, abandoned, serviceLevelSeconds, level, mine }) => ({ waiting, members, completed: isCounted && completed, abandoned, serviceLevelSeconds, level, mine: mine && { ...mine, since: mine.since !== null } }))
  for (const [id, queue] of Object.entries(shown.queues))
    near(`queue ${id} longest`, queue.longestSince, fresh.queues[id]?.longestSince)
  byId('queue caller', shown.queueCallers, fresh.queueCallers, ({ queue, position, caller }) => ({ queue, position, caller }))
  byId('queue member', shown.queueMembers, fresh.queueMembers, ({ pausedSince, lastCallAt, callsTaken, ...row }) => ({ ...row, callsTaken: isCounted && callsTaken }))
  for (const [id, member] of Object.entries(shown.queueMembers))
    near(`queue member ${id} paused`, member.pausedSince, fresh.queueMembers[id]?.pausedSince)
  for (const [id, member] of isCounted ? Object.entries(shown.queueMembers) : [])
    near(`queue member ${id} last call`, member.lastCallAt, fresh.queueMembers[id]?.lastCallAt)
  compare('mailboxes', shown.mailboxes, fresh.mailboxes)
  // Ids of calls are those of their beginning, which who comes later has not seen; hold, who called whom into a conference, how a call began that was sent on since and whether it was ever answered, and a name that only a dial knew are told by nothing else than events.
  const sentOn = new Set(Object.values(shown.calls).filter(({ id, transferredBy }) => transferredBy !== null || moved.has(id)).map(({ device, peer }) => `${device} ${peer.number}`))
  // Nor does anything tell who waits while I ask somebody else.
  const asking = new Set(Object.values(shown.calls).filter(({ consult }) => consult !== null).map(({ device }) => device))
  const calls = ({ calls }: Tables): readonly string[] => Object.values(calls).map(({ id, state, device, peer, conference, direction }) => {
    if (conference)
      return `conference at ${device}`
    if (asking.has(device))
      return `at ${device}`
    return sentOn.has(`${device} ${peer.number}`) ? `at ${device} with ${peer.number}` : `${direction} ${state === 'held' || (state === 'dialing' && isOfDial(id)) ? 'up' : state} at ${device} with ${peer.number}`
  }).sort()
  // A call that moves to my other phone looks like one that I am about to make.
  if (!Object.values(shown.acts).some(({ kind, state }) => kind === 'move' && state === 'asked'))
    compare('calls', calls(shown), calls(fresh))
  // Through which queue a call came that was parked since, and comes back, is told by nothing else either.
  const returned = new Set(Object.values(shown.alerts).filter(one => one.returned !== null).map(({ caller }) => caller.number))
  const alerts = ({ alerts }: Tables): readonly string[] => Object.values(alerts).filter(({ state }) => state === 'ringing').map(({ caller, queue, canTransfer, canPark }) => `${caller.name} <${caller.number}> ${returned.has(caller.number) ? 'returned' : queue} ${canTransfer} ${canPark}`).sort()
  compare('popups', alerts(shown), alerts(fresh))
  return found
}

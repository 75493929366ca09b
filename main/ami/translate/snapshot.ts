import type { AgentSnapshot, ListedChannel, PbxEvent, PbxSnapshot, QueueEntrySnapshot, QueueMemberSnapshot, QueueSnapshot } from '../../pbx/events.ts'
import type { BridgeId } from '../../pbx/ids.ts'
import type { Asker } from '../session/types.ts'
import type { Message } from '../wire/message.ts'
import { AppError } from '../../errors.ts'
import { devicesOfHint } from '../../pbx/device-name.ts'
import { agentItemOf } from './agent-events.ts'
import { channelOf } from './channel.ts'
import { databaseKeys, readDatabase } from './database.ts'
import { parkedCallOf, parkingLotOf } from './parking-events.ts'
import { queueEntryOf, queueMemberOf, queueOf } from './queue-events.ts'
import { offers, refusalOf } from './server-info.ts'
import { deviceOf, extensionOf, mailboxOf, presenceOf } from './state-events.ts'
import { given, integer } from './text.ts'

export interface SnapshotWishes {
  readonly extensions: readonly { readonly exten: string, readonly context: string }[]
  readonly mailboxes: readonly string[]
  /** My extension, under which the server's database keeps do not disturb and forwards. */
  readonly line?: string
}

interface MissingList { readonly list: string, readonly error: AppError }
type Items<K extends keyof PbxSnapshot> = Promise<NonNullable<PbxSnapshot[K]>>

/** The list that would tell what an event tells; null for channels, whose list is read last, and for what no list tells. */
export function listOf({ type }: PbxEvent): keyof PbxSnapshot | null {
  switch (type) {
    case 'extension.changed': return 'extensions'
    case 'device.changed': return 'devices'
    case 'mailbox.changed': return 'mailboxes'
    case 'presence.changed': return 'presences'
    case 'queue.callerJoined': case 'queue.callerLeft': case 'queue.callerAbandoned': case 'queue.memberCompleted': case 'queue.memberChanged': case 'queue.memberRemoved': return 'queues'
    case 'agent.loggedIn': case 'agent.loggedOut': return 'agents'
    case 'parking.parked': case 'parking.retrieved': case 'parking.timedOut': case 'parking.gaveUp': return 'parked'
    default: return null
  }
}

/**
 * What is true in the PBX now, from the lists that this server offers this account. A list that is refused is in `missing`
 * and not in the snapshot; rejects when the link breaks. `onRead` hears of each list when it is complete: what happens from
 * then on it does not know.
 */
export async function readSnapshot(asker: Asker, wishes: SnapshotWishes, onRead: (list: keyof PbxSnapshot) => void = () => {}): Promise<{ readonly snapshot: PbxSnapshot, readonly missing: readonly MissingList[] }> {
  const missing: MissingList[] = []
  async function read<K extends keyof PbxSnapshot>(list: K, ask: () => Items<K>): Promise<Partial<Pick<Required<PbxSnapshot>, K>>> {
    try {
      const items = await ask()
      onRead(list)
      return { [list]: items } as Partial<Pick<Required<PbxSnapshot>, K>> // the one key that it is
    }
    catch (error) {
      missing.push({ list, error: refusalOf(error) })
      return {}
    }
  }

  // One after the other, as the server answers them; channels last, because they go out of date first.
  const snapshot: PbxSnapshot = {
    ...await read('extensions', () => readExtensions(asker, wishes.extensions)),
    ...asker.server.dialect === 'modern' && await read('devices', () => readList(asker, 'DeviceStateList', deviceOf)),
    ...await read('mailboxes', () => readMailboxes(asker, wishes.mailboxes)),
    ...asker.server.dialect === 'modern' && await read('presences', () => readList(asker, 'PresenceStateList', presenceOf)),
    ...await read('names', () => readList(asker, 'VoicemailUsersList', ownerOf)),
    ...wishes.line && await read('database', () => readDatabase(asker, databaseKeys(wishes.line ?? ''))),
    ...await readQueues(asker, missing, onRead),
    ...await read('agents', () => readAgents(asker)),
    ...asker.server.dialect !== 'legacy' && await read('lots', () => readList(asker, 'Parkinglots', parkingLotOf)),
    ...await read('parked', () => readList(asker, 'ParkedCalls', onlyOf('ParkedCall', parkedCallOf))),
    ...await read('channels', () => readChannels(asker)),
  }
  return { snapshot, missing }
}

async function readQueues(asker: Asker, missing: MissingList[], onRead: (list: 'queues') => void): Promise<Pick<PbxSnapshot, 'queues' | 'queueMembers' | 'queueCallers'>> {
  try {
    const { queues, members, callers } = await readQueueLists(asker)
    onRead('queues')
    return { queues, queueMembers: members, queueCallers: callers }
  }
  catch (error) {
    missing.push({ list: 'queues', error: refusalOf(error) })
    return {}
  }
}

/** One list tells of queues, members and callers. */
export async function readQueueLists(asker: Asker): Promise<{ readonly queues: readonly QueueSnapshot[], readonly members: readonly QueueMemberSnapshot[], readonly callers: readonly QueueEntrySnapshot[] }> {
  const items = await readList(asker, 'QueueStatus', item => item)
  return {
    queues: items.flatMap(item => onlyOf('QueueParams', queueOf)(item) ?? []),
    members: items.flatMap(item => onlyOf('QueueMember', queueMemberOf)(item) ?? []),
    callers: items.flatMap(item => onlyOf('QueueEntry', queueEntryOf)(item) ?? []),
  }
}

/** Agents come and go with the files of the server without a word. */
export async function readAgents(asker: Asker): Promise<readonly AgentSnapshot[]> {
  return readList(asker, 'Agents', agentItemOf)
}

/** An item of `VoicemailUsersList`. */
function ownerOf(message: Message): { readonly mailbox: string, readonly name: string } | null {
  const box = given(message.get('VoiceMailbox'))
  const name = given(message.get('Fullname'))
  return box === null || name === null
    ? null
    : { mailbox: `${box}@${given(message.get('VMContext')) ?? 'default'}`, name }
}

/** `Status` tells as much as `CoreShowChannels` and, unlike it, needs no more than class call. */
async function readChannels(asker: Asker): Items<'channels'> {
  return offers(asker, 'Status')
    ? readList(asker, 'Status', onlyOf('Status', listedChannelOf))
    : readList(asker, 'CoreShowChannels', onlyOf('CoreShowChannel', listedChannelOf))
}

async function readExtensions(asker: Asker, wishes: SnapshotWishes['extensions']): Items<'extensions'> {
  const listed = await listExtensions(asker)
  // A server that has just started lists nothing yet and knows no single one either.
  if (listed?.length === 0)
    return []
  const asked: Awaited<Items<'extensions'>>[number][] = []
  for (const { exten, context } of wishes) {
    if (listed?.some(one => one.exten === exten && one.context === context))
      continue
    const answer = extensionOf(await ask(asker, 'ExtensionState', { Exten: exten, Context: context }))
    if (answer)
      asked.push(answer)
  }
  const others = listed === null
    ? (await findExtensions(asker, wishes.map(({ context }) => context))).filter(one => !asked.some(({ exten, context }) => exten === one.exten && context === one.context))
    : listed
  return [
    ...others,
    ...asked,
  ]
}

/** Null where the server (up to 12) has no such list or does not give it. */
async function listExtensions(asker: Asker): Promise<Awaited<Items<'extensions'>> | null> {
  if (asker.server.dialect !== 'modern' || !offers(asker, 'ExtensionStateList'))
    return null
  try {
    return await readList(asker, 'ExtensionStateList', extensionOf)
  }
  catch (error) {
    refusalOf(error)
    return null
  }
}

async function readMailboxes(asker: Asker, wishes: readonly string[]): Items<'mailboxes'> {
  const counts = offers(asker, 'MailboxCount')
  const mailboxes: Awaited<Items<'mailboxes'>>[number][] = []
  for (const mailbox of wishes.map(mailboxOf)) {
    const answer = await ask(asker, counts
      ? 'MailboxCount'
      : 'MailboxStatus', { Mailbox: mailbox })
    const told = integer(answer.get('NewMessages'))
    // Events count the urgent ones among the new.
    const newMessages = told === null
      ? null
      : told + (integer(answer.get('UrgMessages')) ?? 0)
    mailboxes.push({
      mailbox,
      newMessages,
      oldMessages: integer(answer.get('OldMessages')),
      waiting: (newMessages ?? integer(answer.get('Waiting')) ?? 0) > 0,
    })
  }
  return mailboxes
}

/** An item of `Status` or of `CoreShowChannels`. */
function listedChannelOf(message: Message): ListedChannel | null {
  const channel = channelOf(message)
  return channel && {
    ...channel,
    ageSeconds: integer(message.get('Seconds')) ?? secondsOf(message.get('Duration')),
    bridgeId: given(message.get('BridgeID')) as BridgeId | null, // what the server calls so
    bridgedTo: given(message.get('BridgedUniqueid')) ?? given(message.get('BridgedChannel')) ?? given(message.get('Link')),
  }
}

/** `00:01:05`. */
function secondsOf(duration: string | undefined): number | null {
  const [, hours, minutes, seconds] = /^(\d+):(\d\d):(\d\d)$/.exec(duration ?? '') ?? []
  return hours === undefined
    ? null
    : Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)
}

interface Offered { readonly exten: string, readonly context: string, readonly hint: string, readonly bits: number }

/** Where hints of phones are usually found: FreePBX and its family, then the samples. */
const HINT_CONTEXTS = [
  'ext-local',
  'from-internal',
  'internal',
  'default',
  'hints',
  'local',
  'phones',
]
/** Each candidate may cost as many questions as there are contexts. */
const MOST_CANDIDATES = 200

/** Extensions with the hint of a phone, as far as this server and account tell; empty where a person has to know. */
export async function listOfferedExtensions(asker: Asker): Promise<readonly Offered[]> {
  try {
    const listed = await listExtensions(asker) ?? await findExtensions(asker)
    return listed.map(({ hint = '', ...extension }) => ({ ...extension, hint })).filter(({ hint }) => devicesOfHint(hint).length > 0)
  }
  catch (error) {
    refusalOf(error)
    return []
  }
}

/** Before 13 nothing lists hints: those whose number is the name of a SIP peer or of a mailbox are found by asking for them. */
async function findExtensions(asker: Asker, known: readonly string[] = HINT_CONTEXTS): Items<'extensions'> {
  const names = [
    ...await namesOf(asker, 'VoicemailUsersList', 'VoiceMailbox'),
    ...await namesOf(asker, 'SIPpeers', 'ObjectName'),
  ]
  const found: Awaited<Items<'extensions'>>[number][] = []
  let contexts = known
  for (const exten of [...new Set(names)].slice(0, MOST_CANDIDATES)) {
    for (const context of contexts) {
      const extension = extensionOf(await ask(asker, 'ExtensionState', { Exten: exten, Context: context }))
      if (extension?.hint && extension.bits >= 0) {
        found.push(extension)
        // Where one is, the others are most likely too.
        contexts = [context, ...contexts.filter(other => other !== context)]
        break
      }
    }
  }
  return found
}

async function namesOf(asker: Asker, action: string, header: string): Promise<readonly string[]> {
  try {
    const names = await readList(asker, action, item => given(item.get(header)))
    return names.filter(name => /^\d+$/.test(name))
  }
  catch (error) {
    refusalOf(error)
    return []
  }
}

async function readList<T>(asker: Asker, action: string, itemOf: (item: Message) => T | null): Promise<readonly T[]> {
  demand(asker, action)
  const { items } = await asker.list(action)
  return items.flatMap(item => itemOf(item) ?? [])
}

async function ask(asker: Asker, action: string, fields: Readonly<Record<string, string>>): Promise<Message> {
  demand(asker, action)
  return asker.action(action, fields)
}

/** Lists hold items of several kinds: queues beside their members. */
function onlyOf<T>(name: string, itemOf: (item: Message) => T | null): (item: Message) => T | null {
  return item => item.name.toLowerCase() === name.toLowerCase()
    ? itemOf(item)
    : null
}

function demand(asker: Asker, action: string): void {
  if (!offers(asker, action))
    throw new AppError('not-permitted', `This account may not use ${action}`)
}

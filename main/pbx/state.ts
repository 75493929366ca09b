import type { Bridge } from './bridges.ts'
import type { Call } from './calls.ts'
import type { Channel } from './channels.ts'
import type { Dial } from './dials.ts'
import type { AgentSnapshot, DeviceState, ParkingLotSnapshot } from './events.ts'
import type { Extension } from './extensions.ts'
import type { BridgeId, CallId, DeviceName, Uniqueid } from './ids.ts'
import type { Mailbox } from './mailboxes.ts'
import type { ParkedCall } from './parking.ts'
import type { Presence } from './presence.ts'
import type { Queue, QueueCaller, QueueMember } from './queues.ts'
import type { Tombstones } from './tombstones.ts'
import { saysNothingNew } from './same.ts'
import { Table } from './table.ts'
import { noTombstones } from './tombstones.ts'

/** What is true in the PBX now, as far as it told. */
export interface PbxState {
  readonly channels: Table<Uniqueid, Channel>
  /** Channel names; events of old releases know some channels by nothing else. */
  readonly names: Table<string, Uniqueid>
  readonly calls: Table<CallId, Call>
  /** Every id that a live call ever had. */
  readonly aliases: Table<string, CallId>
  readonly bridges: Table<BridgeId, Bridge>
  /** Who dials a channel, by that channel. */
  readonly dials: Table<Uniqueid, Dial>
  /** Whom a channel dials. */
  readonly dialled: Table<Uniqueid, readonly Uniqueid[]>
  /** Channels of a device. */
  readonly channelsOf: Table<DeviceName, Table<Uniqueid, true>>
  readonly parked: Table<string, ParkedCall>
  readonly lots: Table<string, ParkingLotSnapshot>
  readonly queues: Table<string, Queue>
  /** Were known, and are not listed any more: what is still said of them is of no interest until a list names them again. */
  readonly goneQueues: ReadonlySet<string>
  readonly queueMembers: Table<string, QueueMember>
  readonly queueCallers: Table<Uniqueid, QueueCaller>
  /** By the number of the agent. */
  readonly agents: Table<string, AgentSnapshot>
  readonly extensions: Table<string, Extension>
  /** Keys of the extensions whose hint names a device. */
  readonly extensionsOf: Table<DeviceName, readonly string[]>
  readonly presences: Table<string, Presence>
  /** Names of people, by the number of their mailbox. */
  readonly owners: Table<string, string>
  readonly devices: Table<string, DeviceState>
  /** Whether a device is registered or reachable, where an event told. */
  readonly peers: Table<string, boolean>
  /** What the server's database says about my line; a key that is not there is not known. */
  readonly database: Table<string, string | null>
  readonly mailboxes: Table<string, Mailbox>
  readonly tombstones: Tombstones
  /** When the link was last lost: what was seen before that may have ended unseen. */
  readonly lostAt: number | null
}

/** A state of its own at each call: tables share nothing between two desks. */
export function emptyPbx(): PbxState {
  return {
    channels: Table.empty(),
    names: Table.empty(),
    calls: Table.empty(),
    aliases: Table.empty(),
    bridges: Table.empty(),
    dials: Table.empty(),
    dialled: Table.empty(),
    channelsOf: Table.empty(),
    parked: Table.empty(),
    lots: Table.empty(),
    queues: Table.empty(),
    goneQueues: new Set(),
    queueMembers: Table.empty(),
    queueCallers: Table.empty(),
    agents: Table.empty(),
    extensions: Table.empty(),
    extensionsOf: Table.empty(),
    presences: Table.empty(),
    owners: Table.empty(),
    devices: Table.empty(),
    peers: Table.empty(),
    database: Table.empty(),
    mailboxes: Table.empty(),
    tombstones: noTombstones(),
    lostAt: null,
  }
}

/** `state` with these tables; the same state when none of them is another one. */
export function withTables(state: PbxState, change: Partial<PbxState>): PbxState {
  return saysNothingNew(state, change) ? state : { ...state, ...change }
}

import type { Bridge } from './bridges.ts'
import type { Call } from './calls.ts'
import type { Channel } from './channels.ts'
import type { Dial } from './dials.ts'
import type { DeviceState } from './events.ts'
import type { Extension } from './extensions.ts'
import type { BridgeId, CallId, Uniqueid } from './ids.ts'
import type { Mailbox } from './mailboxes.ts'
import type { ParkedCall } from './parking.ts'
import type { QueueCaller, QueueMember } from './queues.ts'
import type { Tombstones } from './tombstones.ts'
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
  readonly parked: Table<string, ParkedCall>
  readonly queueMembers: Table<string, QueueMember>
  readonly queueCallers: Table<Uniqueid, QueueCaller>
  readonly extensions: Table<string, Extension>
  readonly devices: Table<string, DeviceState>
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
    parked: Table.empty(),
    queueMembers: Table.empty(),
    queueCallers: Table.empty(),
    extensions: Table.empty(),
    devices: Table.empty(),
    mailboxes: Table.empty(),
    tombstones: noTombstones(),
    lostAt: null,
  }
}

/** `state` with these tables; the same state when none of them is another one. */
export function withTables(state: PbxState, change: Partial<PbxState>): PbxState {
  for (const key of Object.keys(change) as (keyof PbxState)[]) { // the keys of a Partial<PbxState>
    if (change[key] !== state[key]) {
      return {
        ...state,
        ...change,
      }
    }
  }
  return state
}

import type { Dial } from './dials.ts'
import type { ChannelSnapshot, DatabaseValues, PbxEvent } from './events.ts'
import type { PbxState } from './state.ts'
import { agentIn, agentOf, agentOfMember, agentOut, agentTalks, agentWaits, replaceAgents } from './agents.ts'
import { destroyBridge, enterBridge, isPair, leaveBridge, linkPair, unlinkPair } from './bridges.ts'
import { mergeCalls } from './calls.ts'
import { refreshChannel, removeChannel, renameChannel, upsertChannel } from './channel-life.ts'
import { findChannel, patchChannel } from './channels.ts'
import { changeDevice, changePeer } from './devices.ts'
import { bypassLocal, changeDial, endDials } from './dials.ts'
import { changeExtension } from './extensions.ts'
import { changeMailbox } from './mailboxes.ts'
import { park, unpark } from './parking.ts'
import { changePresence } from './presence.ts'
import { replaceMembers, replaceQueues } from './queue-lists.ts'
import { changeMember, countForMember, countInQueue, joinQueue, leaveQueue, removeMember, replaceInQueue } from './queues.ts'
import { replacePbx } from './snapshot.ts'
import { withTables } from './state.ts'
import { Table } from './table.ts'

/** What is true after an event: the same object when that is nothing new. */
export function reduce(state: PbxState, event: PbxEvent): PbxState {
  const { at } = event
  const upsert = (into: PbxState, ...said: readonly (ChannelSnapshot | null)[]): PbxState =>
    said.reduce<PbxState>((next, channel) => channel
      ? upsertChannel(next, channel, at)
      : next, into)
  const refresh = (...said: readonly (ChannelSnapshot | null)[]): PbxState =>
    said.reduce<PbxState>((next, channel) => channel
      ? refreshChannel(next, channel, at)
      : next, state)

  switch (event.type) {
    case 'channel.created':
    case 'channel.changed':
      return upsert(state, event.channel)
    case 'channel.renamed':
      return renameChannel(state, event.uniqueid, event.from, event.to, at)
    case 'channel.hungUp':
      return removeChannel(state, event.channel, at)
    case 'channel.holdChanged': {
      const next = upsert(state, event.channel)
      const channel = findChannel(next, event.channel)
      return channel
        ? patchChannel(next, channel.id, { held: event.held, heldIn: event.held && channel.bridge !== null && !isPair(channel.bridge) ? channel.bridge : null })
        : next
    }
    case 'channel.hangupAsked': {
      const next = refresh(event.channel)
      const channel = findChannel(next, event.channel)
      return channel
        ? patchChannel(next, channel.id, { hangupAsked: true })
        : next
    }
    case 'channel.recordingChanged': {
      const next = refresh(event.channel)
      const channel = findChannel(next, event.channel)
      return channel
        ? patchChannel(next, channel.id, { recording: event.recording })
        : next
    }

    case 'dial.begun':
    case 'dial.progressed': {
      const next = upsert(state, event.source, event.destination)
      const destination = findChannel(next, event.destination)
      if (!destination)
        return next
      const source = sourceOf(next, event.source)
      const change = event.type === 'dial.begun'
        ? {
            ...source,
            ...(event.dialString !== null && { dialString: event.dialString }),
          }
        : { ...source, progress: event.status }
      const dialled = changeDial(next, destination.id, change, at)
      return source.source
        ? mergeCalls(dialled, source.source, destination.id)
        : dialled
    }
    case 'dial.ended': {
      const next = refresh(event.source, event.destination)
      if (event.destination === null) {
        const source = event.source && findChannel(next, event.source)
        return source
          ? endDials(next, source.id, event.status, at)
          : next
      }
      const destination = findChannel(next, event.destination)
      return destination
        ? changeDial(next, destination.id, {
            ...sourceOf(next, event.source),
            status: event.status,
          }, at)
        : next
    }

    case 'bridge.entered': {
      const next = upsert(state, event.channel)
      const channel = findChannel(next, event.channel)
      if (!channel)
        return next
      const swapped = event.swapped === null
        ? undefined
        : next.channels.get(event.swapped)
      return enterBridge(swapped?.bridge === event.bridge.id
        ? leaveBridge(next, swapped)
        : next, event.bridge, channel.id)
    }
    case 'bridge.left': {
      const next = refresh(event.channel)
      const channel = findChannel(next, event.channel)
      return channel?.bridge === event.bridge.id
        ? leaveBridge(next, channel)
        : next
    }
    // Whoever moves is told to leave and to enter; a transferer who is done stays behind, and leaves from there.
    case 'bridge.merged':
      return state
    case 'bridge.destroyed':
      return destroyBridge(state, event.bridge.id)
    case 'channels.linked': {
      const next = upsert(state, event.one, event.two)
      const [one, two] = [
        findChannel(next, event.one),
        findChannel(next, event.two),
      ]
      return one && two
        ? linkPair(next, one, two, at)
        : next
    }
    case 'channels.unlinked': {
      const next = refresh(event.one, event.two)
      const [one, two] = [
        findChannel(next, event.one),
        findChannel(next, event.two),
      ]
      return one && two
        ? unlinkPair(next, one, two)
        : next
    }
    case 'local.bridged': {
      const next = upsert(state, event.one, event.two)
      const [one, two] = [
        findChannel(next, event.one),
        findChannel(next, event.two),
      ]
      return one && two
        ? mergeCalls(next, one.id, two.id)
        : next
    }
    case 'local.optimized': {
      const next = refresh(event.one, event.two)
      const one = findChannel(next, event.one)
      return one && event.success
        ? bypassLocal(next, one)
        : next
    }

    case 'transfer.blind':
      return refresh(event.transferer, event.transferee)
    case 'transfer.attended': {
      const known = refresh(event.transferer, event.transferee, event.target)
      const heir = event.success && event.transferee ? findChannel(known, event.transferee) : null
      const next = heir
        ? event.replaced.reduce((into, said) => replaceInQueue(into, findChannel(into, said)?.id ?? heir.id, heir.id), known)
        : known
      const transferer = event.success ? findChannel(next, event.transferer) : null
      // Who stays, as one of three, has nobody on hold any more; no server says so by an event.
      return transferer
        ? patchChannel(next, transferer.id, { held: false })
        : next
    }
    case 'call.pickedUp': {
      const next = refresh(event.picker, event.target)
      const [picker, target] = [
        findChannel(next, event.picker),
        findChannel(next, event.target),
      ]
      return picker && target
        ? mergeCalls(next, picker.id, target.id)
        : next
    }

    case 'parking.parked': {
      const next = refresh(event.parked.parkee)
      const parkee = findChannel(next, event.parked.parkee)
      // Who is parked out of a queue has left it, and no event says so (seen on 16 and 22).
      return park(parkee ? leaveQueue(next, parkee.id) : next, event.parked, at)
    }
    case 'parking.retrieved':
    case 'parking.timedOut':
    case 'parking.gaveUp':
      return unpark(refresh(event.parked.parkee), event.parked)

    case 'extension.changed':
      return changeExtension(state, event, at)
    case 'device.changed':
      return followAgent(changeDevice(state, event.device, event.state), event)
    case 'mailbox.changed':
      return changeMailbox(state, event.mailbox, event)

    case 'queue.callerJoined': {
      const next = upsert(state, event.caller)
      const caller = findChannel(next, event.caller)
      return caller
        ? joinQueue(next, caller.id, event.queue, at, event.position)
        : next
    }
    case 'queue.callerLeft':
    case 'queue.callerAbandoned': {
      const next = refresh(event.caller)
      const caller = findChannel(next, event.caller)
      const left = caller
        ? leaveQueue(next, caller.id)
        : next
      return event.type === 'queue.callerAbandoned'
        ? countInQueue(left, event.queue, 'abandoned')
        : left
    }
    case 'queue.memberCalled':
    case 'queue.memberAnswered': {
      const known = refresh(event.caller, event.leg)
      const next = event.type === 'queue.memberAnswered'
        ? agentTalks(known, agentOfMember(known, event.queue, event.interface, event.leg?.name), event.queue, at)
        : known
      const caller = event.caller && findChannel(next, event.caller)
      const leg = event.leg && findChannel(next, event.leg)
      return caller && leg
        ? mergeCalls(next, caller.id, leg.id)
        : next
    }
    case 'queue.memberRangOut':
      return refresh(event.caller, event.leg)
    case 'queue.memberCompleted':
      return countForMember(countInQueue(agentWaits(refresh(event.caller, event.leg), agentOfMember(state, event.queue, event.interface, event.leg?.name)), event.queue, 'completed'), event.queue, event.interface, at)
    case 'queue.memberChanged':
      return changeMember(state, event.member, at)
    case 'queue.memberRemoved':
      return removeMember(state, event.queue, event.interface)

    case 'agent.loggedIn':
      return agentIn(state, event.agent, event.channel, at)
    case 'agent.loggedOut':
      return agentOut(state, event.agent)
    case 'agents.read':
      return (event.later ?? []).reduce(reduce, replaceAgents(state, event.agents))

    case 'pbx.replaced':
      return (event.later ?? []).reduce(reduce, replacePbx(state, event.snapshot, at))
    case 'link.lost':
      // Registrations are told by events alone: what nobody hears of may change.
      return withTables(state, { lostAt: at, peers: Table.empty() })

    case 'presence.changed':
      return changePresence(state, event)
    case 'peer.changed':
      return changePeer(state, event.peer, event.status)
    case 'database.read':
      return changeDatabase(state, event.values)
    case 'queues.read':
      return (event.later ?? []).reduce(reduce, replaceMembers(replaceQueues(state, event.queues, event.callers, at), event.members))

    case 'originate.finished':
    case 'server.booted':
    case 'server.reloaded':
    case 'server.shuttingDown':
    case 'user.told':
      return state
    default:
      return event satisfies never
  }
}

function changeDatabase(state: PbxState, values: DatabaseValues): PbxState {
  return withTables(state, {
    database: Object.entries(values).reduce((table, [key, value]) => table.set(key, value), state.database),
  })
}

/** The pool (12 and later) tells by the device `Agent:2100` whether its agent talks. */
function followAgent(state: PbxState, { at, device, state: to }: Extract<PbxEvent, { readonly type: 'device.changed' }>): PbxState {
  switch (to) {
    case 'inuse': return agentTalks(state, agentOf(device), null, at)
    case 'not_inuse': return agentWaits(state, agentOf(device))
    default: return state
  }
}

/** Nothing where the event does not name the source: a known one stays. */
function sourceOf(state: PbxState, said: ChannelSnapshot | null): Partial<Pick<Dial, 'source' | 'caller'>> {
  const id = said && (said.uniqueid ?? findChannel(state, said)?.id)
  return id
    ? { source: id, caller: said.caller ?? state.channels.get(id)?.caller ?? null }
    : {}
}

import type { Agents } from './exchange/agents.ts'
import type { Conferences } from './exchange/conferences.ts'
import type { Target } from './exchange/dial.ts'
import type { Exchange } from './exchange/exchange.ts'
import type { Mailboxes } from './exchange/mailboxes.ts'
import type { Parking } from './exchange/parking.ts'
import type { CallQueue } from './exchange/queue.ts'
import type { Dialplan, Extension, Thread } from './exchange/thread.ts'
import type { LineFeatures } from './features.ts'
import type { Staff } from './office.ts'
import { NOBODY } from './exchange/channel.ts'
import { dial } from './exchange/dial.ts'
import { PARKED_CONTEXT, RETURN_CONTEXT } from './exchange/parking.ts'
import { pickUp } from './exchange/pickup.ts'
import {
  AGENT_LOGIN,
  callerAt,
  COMPANION_CODES,
  CONFERENCE,
  CONTEXT,
  deviceOf,
  DIRECT_DIAL,
  FROM_TRUNK,
  GROUP,
  GROUP_MEMBERS,
  ME,
  QUEUES,
  TRUNK,
  userOf,
  VOICEMAIL_NUMBER,
} from './office.ts'

const PERSON_RING_MS = 20_000
const GROUP_RING_MS = 25_000
const OUTSIDE_RING_MS = 30_000
/** A word of confirmation. */
const CODE_MS = 1000
const RETURN_RING_MS = 15_000

export interface House {
  readonly staff: Staff
  readonly exchange: Exchange
  readonly mailboxes: Mailboxes
  readonly queues: readonly CallQueue[]
  readonly parking: Parking
  readonly conferences: Conferences
  readonly agents: Agents
  readonly features: LineFeatures
}

/** What happens to whom for every number of the office. `house` is asked when somebody dials, so that it may be built on this. */
export function createDialplan(house: () => House): Dialplan {
  function dialplan(context: string, exten: string): Extension | null {
    switch (context) {
      case FROM_TRUNK: return fromTrunk(exten)
      case CONTEXT: return internal(exten)
      case PARKED_CONTEXT: return parked(exten)
      case RETURN_CONTEXT: return backToParker(exten)
      case COMPANION_CODES: return code(house().features.companionCodeOf(exten), 5)
      default: return null
    }
  }

  function internal(exten: string): Extension | null {
    if (house().staff.at(exten))
      return toPerson(exten)
    const queue = QUEUES.find(({ extension }) => extension === exten)
    if (queue)
      return waitIn(queue.name)
    switch (exten) {
      case GROUP: return ring(2, GROUP_MEMBERS.map(targetAt), GROUP_RING_MS)
      case VOICEMAIL_NUMBER: return listen
      case CONFERENCE: return thread => thread.run(1, 'ConfBridge', `${CONFERENCE},bridge3000,user3000`, () => house().conferences.join(thread, CONFERENCE))
      case AGENT_LOGIN: return thread => thread.run(1, 'AgentLogin', '', () => house().agents.logIn(thread))
      case '*8': return pickUpAt(() => true)
      default: return exten.startsWith('*')
        ? starred(exten)
        : parked(exten) ?? outside(exten)
    }
  }

  function starred(exten: string): Extension | null {
    if (exten.startsWith('**'))
      return pickUpAt(device => device === deviceOf(exten.slice(2)))
    const isCode = house().features.codeOf(exten, ME) !== null
    return isCode
      ? thread => code(house().features.codeOf(exten, ownerOf(thread)), 3)?.(thread)
      : mailboxOf(exten.slice(1))
  }

  function fromTrunk(did: string): Extension | null {
    const to = (exten: string, account = ''): Extension => (thread) => {
      house().exchange.setAccount(thread.id, account)
      thread.go(CONTEXT, exten)
    }
    switch (did) {
      case DIRECT_DIAL.group: return to(GROUP)
      case DIRECT_DIAL.queue: return to(QUEUES[0].extension)
      case DIRECT_DIAL.sales: return to(QUEUES[1].extension)
      case DIRECT_DIAL.mailbox: return to(`*${ME}`, 'trunk')
      default: {
        const extension = `10${did.slice(-2)}`
        return house().staff.at(extension)
          ? to(extension, 'trunk')
          : null
      }
    }
  }

  /** Answer(), then Queue(): a caller who waits pays. */
  function waitIn(name: string): Extension {
    return (thread) => {
      house().exchange.setState(thread.id, 6)
      thread.run(2, 'Queue', `${name},tT,,,60`, () => {
        const queue = house().queues.find(one => one.name === name)
        if (queue)
          return queue.wait(thread, () => thread.finish())
        // A queue that is no more lets everybody go by.
        thread.finish()
        return { stop() {} }
      })
    }
  }

  function toPerson(extension: string): Extension {
    return (thread) => {
      const { features } = house()
      const forward = features.forwardOf(extension, 'CF')
      if (forward !== null)
        return thread.go(CONTEXT, forward)
      if (features.wantsNoCalls(extension))
        return leave(thread, extension, 9)
      thread.run(5, 'Dial', `${deviceOf(extension)},20,tT`, () => dial(thread, {
        targets: [targetAt(extension)],
        ringMs: PERSON_RING_MS,
        dialplan,
        done(status) {
          const isBusy = status === 'BUSY'
          const next = features.forwardOf(extension, isBusy
            ? 'CFB'
            : 'CFU')
          if (next !== null)
            thread.go(CONTEXT, next)
          else
            leave(thread, extension, isBusy ? 9 : 7)
        },
      }))
    }
  }

  function ring(priority: number, targets: readonly Target[], ringMs: number): Extension {
    return thread => thread.run(priority, 'Dial', targets.map(({ dialString }) => `PJSIP/${dialString}`).join('&'), () => dial(thread, {
      targets,
      ringMs,
      dialplan,
      done: () => {
        house().exchange.change(thread.id, { priority: priority + 2 })
        thread.finish()
      },
    }))
  }

  function leave(thread: Thread, box: string, priority: number): void {
    thread.run(priority, 'VoiceMail', `${box}@default,s`, () => house().mailboxes.leaveMessage(thread, box))
  }

  function mailboxOf(box: string): Extension | null {
    return house().mailboxes.named(box)
      ? thread => leave(thread, box, 1)
      : null
  }

  function listen(thread: Thread): void {
    const box = userOf(thread.channel.device)
    thread.run(1, 'VoiceMailMain', `${box}@default,s`, () => house().mailboxes.listen(thread, box))
  }

  function parked(exten: string): Extension | null {
    const { parking } = house()
    const lot = parking.lotOf(CONTEXT, exten)
    if (lot)
      return thread => thread.run(1, 'Park', lot.name, () => parking.parkSelf(thread, lot))
    return parking.isSpace(exten)
      ? thread => thread.run(1, 'ParkedCall', `${parking.lotOfSpace(exten)},${exten}`, () => {
        parking.retrieve(thread, Number(exten))
        return { stop() {} }
      })
      : null
  }

  /** `PJSIP_1001`: nobody took the call in time, who parked it is rung. */
  function backToParker(exten: string): Extension | null {
    const device = exten.replace('_', '/')
    const extension = userOf(device)
    return device === deviceOf(extension) && house().staff.at(extension)
      ? ring(1, [targetAt(extension)], RETURN_RING_MS)
      : null
  }

  function pickUpAt(isMeant: (device: string) => boolean): Extension {
    return thread => thread.run(1, 'Pickup', '', () => {
      pickUp(house().exchange, dialplan, thread, isMeant)
      return { stop() {} }
    })
  }

  /** Does what the code says, answers and hangs up. */
  function code(act: (() => void) | null, priority: number): Extension | null {
    return act && ((thread) => {
      const { exchange } = house()
      act()
      thread.run(priority, 'Answer', '', () => {
        exchange.setState(thread.id, 6)
        return { stop: exchange.clock.after(CODE_MS, () => thread.finish()) }
      })
    })
  }

  /** Five digits and more, or a plus before them. */
  function outside(exten: string): Extension | null {
    return /^\+?\d{5,20}$/.test(exten)
      ? ring(1, [
          { device: TRUNK, caller: NOBODY, context: FROM_TRUNK, dialString: `${exten}@trunk` },
        ], OUTSIDE_RING_MS)
      : null
  }

  function targetAt(extension: string): Target {
    return { device: deviceOf(extension), caller: callerAt(house().staff, extension), context: CONTEXT, dialString: extension }
  }

  /** Whose phone it is; of a Local channel, who it says calls. */
  function ownerOf({ channel }: Thread): string {
    const user = userOf(channel.device)
    return house().staff.at(user)
      ? user
      : channel.caller.number ?? user
  }

  return dialplan
}

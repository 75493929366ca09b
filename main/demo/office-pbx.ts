import type { Channel } from './exchange/channel.ts'
import type { Target } from './exchange/dial.ts'
import type { ExchangeParts } from './exchange/exchange.ts'
import type { Dialplan, Extension } from './exchange/thread.ts'
import { NOBODY } from './exchange/channel.ts'
import { dial } from './exchange/dial.ts'
import { Exchange } from './exchange/exchange.ts'
import { Mailboxes } from './exchange/mailboxes.ts'
import { CallQueue } from './exchange/queue.ts'
import { Thread } from './exchange/thread.ts'
import {
  CONTEXT,
  deviceOf,
  DIRECT_DIAL,
  FROM_TRUNK,
  GROUP,
  GROUP_MEMBERS,
  HINTS,
  ME,
  PEOPLE,
  personAt,
  QUEUE,
  QUEUE_EXTENSION,
  QUEUE_MEMBERS,
  TRUNK,
  userOf,
  VOICEMAIL_NUMBER,
} from './office.ts'

const PERSON_RING_MS = 20_000
const GROUP_RING_MS = 25_000
const OUTSIDE_RING_MS = 30_000

/** The exchange of the invented office: its phones, mailboxes, queue and dialplan. */
export interface OfficePbx {
  readonly exchange: Exchange
  readonly mailboxes: Mailboxes
  readonly queue: CallQueue
  readonly dialplan: Dialplan
}

export function createOfficePbx(parts: ExchangeParts): OfficePbx {
  const exchange = new Exchange(parts)
  const mailboxes = new Mailboxes(exchange)
  const queue = new CallQueue({
    name: QUEUE,
    context: CONTEXT,
    exchange,
    dialplan,
    members: QUEUE_MEMBERS.map(extension => ({
      name: personAt(extension)?.name ?? extension,
      device: deviceOf(extension),
      caller: callerOf(extension),
    })),
  })

  for (const { extension, name, plugged, doNotDisturb } of PEOPLE) {
    const hint = `${deviceOf(extension)}&Custom:DND${extension},CustomPresence:${extension}`
    exchange.addDevice(deviceOf(extension), plugged
      ? 'NOT_INUSE'
      : 'UNAVAILABLE', { exten: extension, context: HINTS, hint, doNotDisturb: doNotDisturb !== null })
    mailboxes.add({
      name: extension,
      owner: name,
      newMessages: extension === ME
        ? 1
        : 0,
      oldMessages: extension === ME
        ? 2
        : 0,
    })
  }
  exchange.addDevice(TRUNK, 'NOT_INUSE', null)
  exchange.addDevice(`Queue:${QUEUE}`, 'NOT_INUSE', { exten: QUEUE_EXTENSION, context: HINTS, hint: `Queue:${QUEUE}`, doNotDisturb: false })
  exchange.addDevice(`Queue:${QUEUE}_avail`, 'NOT_INUSE', null)

  function dialplan(context: string, exten: string): Extension | null {
    if (context === FROM_TRUNK)
      return fromTrunk(exten)
    if (context !== CONTEXT)
      return null
    if (personAt(exten))
      return toPerson(exten)
    switch (exten) {
      case GROUP:
        return ring(2, GROUP_MEMBERS.map(targetAt), GROUP_RING_MS)
      case QUEUE_EXTENSION:
        return wait
      case VOICEMAIL_NUMBER:
        return listen
      default:
        return exten.startsWith('*')
          ? mailboxOf(exten.slice(1))
          : outside(exten)
    }
  }

  function fromTrunk(did: string): Extension | null {
    const to = (exten: string, account = ''): Extension => (thread) => {
      exchange.setAccount(thread.id, account)
      thread.go(CONTEXT, exten)
    }
    switch (did) {
      case DIRECT_DIAL.group: return to(GROUP)
      case DIRECT_DIAL.queue: return to(QUEUE_EXTENSION)
      case DIRECT_DIAL.mailbox: return to(`*${ME}`, 'trunk')
      default: {
        const extension = `10${did.slice(-2)}`
        return personAt(extension)
          ? to(extension, 'trunk')
          : null
      }
    }
  }

  /** Answer(), then Queue(): a caller who waits pays. */
  function wait(thread: Thread): void {
    exchange.setState(thread.id, 6)
    thread.run(2, 'Queue', `${QUEUE},tT,,,60`, () => queue.wait(thread, () => thread.finish()))
  }

  function toPerson(extension: string): Extension {
    return thread => thread.run(5, 'Dial', `${deviceOf(extension)},20,tT`, () => dial(thread, {
      targets: [targetAt(extension)],
      ringMs: PERSON_RING_MS,
      dialplan,
      done: status => leave(thread, extension, status === 'BUSY'
        ? 9
        : 7),
    }))
  }

  function ring(priority: number, targets: readonly Target[], ringMs: number): Extension {
    return thread => thread.run(priority, 'Dial', targets.map(({ dialString }) => `PJSIP/${dialString}`).join('&'), () => dial(thread, {
      targets,
      ringMs,
      dialplan,
      done: () => {
        exchange.change(thread.id, { priority: priority + 2 })
        thread.finish()
      },
    }))
  }

  function leave(thread: Thread, box: string, priority: number): void {
    thread.run(priority, 'VoiceMail', `${box}@default,s`, () => mailboxes.leaveMessage(thread, box))
  }

  function mailboxOf(box: string): Extension | null {
    return mailboxes.named(box)
      ? thread => leave(thread, box, 1)
      : null
  }

  function listen(thread: Thread): void {
    const box = userOf(thread.channel.device)
    thread.run(1, 'VoiceMailMain', `${box}@default,s`, () => mailboxes.listen(thread, box))
  }

  /** Five digits and more, or a plus before them. */
  function outside(exten: string): Extension | null {
    return /^\+?\d{5,20}$/.test(exten)
      ? ring(1, [
          { device: TRUNK, caller: NOBODY, context: FROM_TRUNK, dialString: `${exten}@trunk` },
        ], OUTSIDE_RING_MS)
      : null
  }

  return { exchange, mailboxes, queue, dialplan }
}

/** A channel that begins a call: it comes in by the trunk or from a phone of the house. */
export function enter({ exchange, dialplan }: OfficePbx, call: { readonly device: string, readonly caller: Channel['caller'], readonly context: string, readonly exten: string }): Thread {
  const { uniqueid } = exchange.create({ ...call, state: 4 })
  return new Thread(exchange, dialplan, uniqueid)
}

export function callerOf(extension: string): Channel['caller'] {
  return { number: extension, name: personAt(extension)?.name ?? null }
}

function targetAt(extension: string): Target {
  return { device: deviceOf(extension), caller: callerOf(extension), context: CONTEXT, dialString: extension }
}

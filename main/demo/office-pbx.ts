import type { House } from './dialplan.ts'
import type { Channel } from './exchange/channel.ts'
import type { ExchangeParts } from './exchange/exchange.ts'
import type { Message } from './exchange/mailboxes.ts'
import type { Dialplan } from './exchange/thread.ts'
import type { Staff } from './office.ts'
import { ConfigFiles } from './config/config-files.ts'
import { Queues } from './config/queues.ts'
import { createDialplan } from './dialplan.ts'
import { Agents } from './exchange/agents.ts'
import { AstDb } from './exchange/astdb.ts'
import { Conferences, deviceOfRoom } from './exchange/conferences.ts'
import { Exchange } from './exchange/exchange.ts'
import { Mailboxes } from './exchange/mailboxes.ts'
import { Parking } from './exchange/parking.ts'
import { Recordings } from './exchange/recordings.ts'
import { Thread } from './exchange/thread.ts'
import { Transfers } from './exchange/transfers.ts'
import { lampOf, LineFeatures, presentityOf } from './features.ts'
import { AGENTS, CONFERENCE, CUSTOMERS, deviceOf, HINTS, ME, PARKING_LOTS, QUEUES, TRUNK } from './office.ts'

/** The exchange of the invented office: its phones, mailboxes, queues, lots and dialplan. */
export interface OfficePbx extends House {
  readonly astDb: AstDb
  readonly transfers: Transfers
  readonly recordings: Recordings
  readonly dialplan: Dialplan
  readonly files: ConfigFiles
  readonly globals: Map<string, string>
  readonly startedAt: number
  readonly reloadQueues: Queues['reload']
  /** Its configuration is read again; empty: that of every module. */
  readonly reloadModule: (module: string) => void
  /** A phone registers, or is unplugged. */
  readonly plug: (extension: string, plugged: boolean) => void
}

export function createOfficePbx(parts: ExchangeParts & { readonly staff: Staff, readonly callFeatures?: boolean }): OfficePbx {
  const { clock, staff, callFeatures = true } = parts
  const exchange = new Exchange(parts)
  const { states } = exchange
  const dialplan = createDialplan(() => office)
  const mailboxes = new Mailboxes(exchange)
  const astDb = new AstDb()
  const features = new LineFeatures(exchange, astDb)

  for (const { extension, name, plugged, doNotDisturb } of staff.people) {
    const device = deviceOf(extension)
    const lamp = lampOf(extension)
    const presentity = presentityOf(extension)
    states.add(device, plugged
      ? 'NOT_INUSE'
      : 'UNAVAILABLE')
    states.addHint({ exten: extension, context: HINTS, hint: `${device}&${lamp},${presentity}`, device, lamp, presentity })
    mailboxes.add(extension, name, extension === ME
      ? oldMessages(clock.now())
      : [])
    if (doNotDisturb === null)
      continue
    astDb.put('DND', extension, 'YES')
    states.add(lamp, 'BUSY')
    states.setPresence(presentity, { status: 'dnd', subtype: '', message: doNotDisturb }, { isSilent: true })
  }
  states.add(TRUNK, 'NOT_INUSE')
  for (const { name, extension } of QUEUES) addService(extension, `Queue:${name}`)
  addService(CONFERENCE, deviceOfRoom(CONFERENCE))

  const files = new ConfigFiles(staff)
  const queues = new Queues({ exchange, dialplan, staff, file: () => files.get('queues.conf') }, QUEUES)
  const recordings = new Recordings(exchange)
  const parking = new Parking({ exchange, dialplan, lots: PARKING_LOTS })
  const office: OfficePbx = {
    staff,
    exchange,
    dialplan,
    mailboxes,
    astDb,
    features,
    parking,
    transfers: new Transfers({ exchange, dialplan, parking, recordings, callFeatures }),
    recordings,
    conferences: new Conferences(exchange),
    agents: new Agents(exchange, AGENTS),
    files,
    globals: new Map(),
    startedAt: clock.now(),
    get queues() {
      return queues.all
    },
    reloadQueues: what => queues.reload(what),
    reloadModule(module) {
      if (/^(?:app_queue(?:\.so)?)?$/.test(module))
        queues.reload({ parameters: true, members: true, queue: '' })
    },
    plug,
  }

  /** A service of the server that has a hint as a phone has. */
  function addService(exten: string, device: string): void {
    states.add(device, 'NOT_INUSE')
    states.addHint({ exten, context: HINTS, hint: device, device, lamp: null, presentity: null })
  }

  function plug(extension: string, plugged: boolean): void {
    const device = deviceOf(extension)
    exchange.tell('PeerStatus', [
      ['ChannelType', 'PJSIP'],
      ['Peer', device],
      ['PeerStatus', plugged
        ? 'Reachable'
        : 'Unreachable'],
    ])
    states.set(device, plugged
      ? 'NOT_INUSE'
      : 'UNAVAILABLE')
    exchange.tell('ContactStatus', [
      ['URI', contactOf(extension)],
      ['ContactStatus', plugged
        ? 'NonQualified'
        : 'Removed'],
      ['AOR', extension],
      ['EndpointName', extension],
      ['RoundtripUsec', 0],
    ])
  }

  return office
}

/** A channel that begins a call: it comes in by the trunk or from a phone of the house. */
export function enter({ exchange, dialplan }: OfficePbx, call: { readonly device: string, readonly caller: Channel['caller'], readonly context: string, readonly exten: string }): Thread {
  const { uniqueid } = exchange.create({ ...call, state: 4 })
  return new Thread(exchange, dialplan, uniqueid)
}

/** Where a phone registers from: an address of those that are kept for examples. */
export const contactOf = (extension: string): string => `sip:${extension}@192.0.2.${Number(extension) % 250 + 1}:5060`

const HOUR_MS = 3_600_000

/** What lay in my mailbox before the first look: one new message and two that I have heard. */
function oldMessages(now: number): readonly Omit<Message, 'id'>[] {
  const [harbour, nadia, printer] = CUSTOMERS
  return [
    { folder: 'Old', from: printer, at: now - 26 * HOUR_MS, seconds: 41 },
    { folder: 'Old', from: nadia, at: now - 5 * HOUR_MS, seconds: 18 },
    { folder: 'INBOX', from: harbour, at: now - HOUR_MS / 2, seconds: 27 },
  ]
}

import type { InputOf } from '#contract/command.ts'
import type { Commands } from '#contract/commands.ts'
import type { AlertView, CallView, DialView, RecentView, Tables } from '#contract/tables.ts'
import type { Settings } from '../../../main/settings/schema.ts'
import type { Program } from '../../support/program.ts'
import type { Account, PhoneName } from './config.ts'
import type { Manager } from './manager.ts'
import type { Phone } from './phone.ts'
import type { AsteriskProgram } from './provision.ts'
import type { AsteriskServer, StartOptions } from './server.ts'
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import { defaultCodes } from '../../../main/features/office-config.ts'
import { keepOnFailure } from '../../support/evidence.ts'
import { startProgram } from '../../support/program.ts'
import { connectManager } from './manager.ts'
import { startAsterisk } from './server.ts'

export type Draft = InputOf<Commands['setup.check']>
export type Line = InputOf<Commands['setup.save']>['line']

/** What the first run finds for 1001, and where its callers can be sent. */
export const LINE: Line = {
  extension: '1001',
  hintContext: 'hints',
  devices: ['PJSIP/1001'],
  mailboxes: ['1001@default'],
  dialContext: 'internal',
  voicemailNumber: '*97',
  voicemailExten: '*1001',
  outsidePrefix: '0',
}

export const KARLA = { name: 'Karla Customer', number: '+15550100' }

export interface DeskOptions {
  readonly account?: Account
  readonly tls?: Partial<Pick<Draft, 'fingerprint' | 'authority'>>
  readonly line?: Partial<Line>
  /** Popups of ended calls stay this long; a minute when left out, so that tests can look at them. */
  readonly lingerSeconds?: number
  /** Where the server is reached, if not at its own port. */
  readonly port?: number
  /** What the administrator of this desk has set otherwise than usual. */
  readonly codes?: Partial<typeof defaultCodes>
}

/** A server with the phones of the office, new for each file, and a desk of 1001, new for each test. */
export interface Office {
  readonly server: AsteriskServer
  readonly phones: Readonly<Record<PhoneName, Phone>>
  /** Says what really happened; not the program's own eyes. */
  readonly witness: Manager
  /** Sits down at the program, connected as `companion`; it is stopped after the test. */
  readonly sitDown: (options?: DeskOptions) => Promise<Program>
  /** The program on its first run. */
  readonly unpack: () => Promise<Program>
}

export function draftOf(server: AsteriskServer, { account = 'companion', port, tls }: DeskOptions = {}): Draft {
  return {
    host: server.host,
    port: port ?? (tls
      ? server.ports.amiTls
      : server.ports.ami),
    tls: tls !== undefined,
    ...server.credentials[account],
    fingerprint: tls?.fingerprint ?? null,
    authority: tls?.authority ?? null,
  }
}

/** Opens the office for the tests of a group; the answer is to be called inside them. */
export function useOffice({ version }: AsteriskProgram, options: Omit<StartOptions, 'version'> = {}): () => Office {
  let server: AsteriskServer | null = null
  let phones: Record<PhoneName, Phone> | null = null
  let witness: Manager | null = null
  let programs: Program[] = []

  beforeAll(async () => {
    const started = await startAsterisk({ version, ...options })
    server = started
    phones = {
      1001: await started.phone('1001'),
      1002: await started.phone('1002'),
      1003: await started.phone('1003'),
      2001: await started.phone('2001'),
      trunk: await started.phone('trunk'),
    }
  })
  beforeEach(async () => {
    if (!server)
      return
    // A test that failed may have left it dead; those after it are not to blame.
    if (!server.isRunning)
      await server.start()
    const { events } = witness = await connectManager(server)
    const log = await server.listen()
    keepOnFailure({
      'server.log': log,
      // The administrator's eyes: what the desk may not see is there too.
      'witness.json': () => events.map(event => `${JSON.stringify(event)}\n`).join(''),
    })
  })
  afterEach(async () => {
    await Promise.all(programs.map(program => program.stop()))
    const secrets = Object.values(server?.credentials ?? {}).map(({ secret }) => secret)
    const lines = programs.flatMap(program => program.log.lines)
    programs = []
    witness?.close()
    // Callers first: a phone that refuses would send them on to the voicemail.
    await Promise.all(Object.values(phones ?? {}).map(phone => phone.giveUp()))
    await Promise.all(Object.values(phones ?? {}).map(phone => phone.reset()))
    await server?.silent()
    // Until then somebody may have been sent to a phone.
    await Promise.all(Object.values(phones ?? {}).map(phone => phone.reset()))
    if (server?.isRunning)
      await server.letRing()
    // Whatever a test looked at: nothing unforeseen happened, and nothing secret was written.
    expect(lines.filter(line => line.startsWith('error'))).toEqual([])
    expect(lines.filter(line => secrets.some(secret => line.includes(secret)))).toEqual([])
  }, 120_000)
  afterAll(() => server?.stop())

  async function open(settings: Partial<Settings>): Promise<Program> {
    const program = await startProgram(settings)
    programs.push(program)
    return program
  }
  const unpack = (): Promise<Program> => open({})

  async function sitDown(wishes: DeskOptions = {}): Promise<Program> {
    const { secret: _, ...server } = draftOf(office().server, wishes)
    const program = await open({ profile: { ...server, ...LINE, ...wishes.line, sealedSecret: null, codes: { ...defaultCodes, ...wishes.codes } } })
    await program.window.ask('preferences.set', { popupLingerSeconds: wishes.lingerSeconds ?? 60 })
    await program.window.ask('setup.save', {
      server: draftOf(office().server, wishes),
      line: { ...LINE, ...wishes.line },
      keepSecret: 'session',
    })
    await program.window.until('online', ({ connection }) => connection.me.state === 'online')
    return program
  }

  function office(): Office {
    if (!server || !phones || !witness)
      throw new Error('the office is not open yet')
    return { server, phones, witness, sitDown, unpack }
  }
  return office
}

/** Looks that `until` takes. */
export const anyAlert = ({ alerts }: Tables): AlertView | undefined => Object.values(alerts)[0]
export const anyRecent = ({ recents }: Tables): RecentView | undefined => Object.values(recents)[0]

export function alertIn(id: string, state: AlertView['state']): (tables: Tables) => AlertView | false {
  return ({ alerts }) => alerts[id]?.state === state && alerts[id]
}

export function callIn(id: string, state: CallView['state']): (tables: Tables) => CallView | false {
  return ({ calls }) => calls[id]?.state === state && calls[id]
}

export function dialIn(id: string, state: DialView['state']): (tables: Tables) => DialView | false {
  return ({ dials }) => dials[id]?.state === state && dials[id]
}

export function lineIn(state: Tables['line'][string]['state']): (tables: Tables) => Tables['line'][string] | false {
  return ({ line }) => line['1001']?.state === state && line['1001']
}

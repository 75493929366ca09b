import type { PbxAction } from '../../main/pbx/actions.ts'
import type { PbxEvent } from '../../main/pbx/events.ts'
import type { PbxSource, SourceStatus } from '../../main/source/types.ts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { connectTo } from '../../main/ami/transport/connect.ts'
import { systemClock } from '../../main/clock.ts'
import { AppError } from '../../main/errors.ts'
import { silentLog } from '../../main/log.ts'
import { createAmiSource } from '../../main/source/ami-source.ts'

interface OfficePhone {
  readonly extension: string
  /** `PJSIP/1001` */
  readonly device: string
}

/** A call from outside that rings somebody. */
export interface CallIn {
  readonly answer: (who: 'me' | 'colleague') => Promise<void>
  readonly hangUp: (who: 'caller' | 'answerer') => Promise<void>
  /** The mailbox has answered, or will: the caller speaks and hangs up. */
  readonly leaveMessage: () => Promise<void>
}

/** A PBX with people in it: the demo, or a real server with phones that the test plays. */
export interface OfficeUnderTest {
  readonly host: string
  readonly port: number
  /** Reads `call` and `agent`, writes `call`, `agent`, `originate`. */
  readonly account: { readonly username: string, readonly secret: string }
  readonly me: OfficePhone & { readonly mailbox: string }
  readonly colleague: OfficePhone
  readonly hintContext: string
  readonly dialContext: string
  /** Numbers to dial: at one somebody answers, at one it is busy, at one it rings on, one does not exist. */
  readonly numbers: Readonly<Record<'answering' | 'busy' | 'silent' | 'unknown', string>>
  /** Where a caller who is redirected there is taken by a machine at once. */
  readonly machine: string
  readonly callIn: (caller: { readonly name: string, readonly number: string }, to: 'me' | 'group') => Promise<CallIn>
  /** What my phone does when it rings for a click-to-dial. */
  readonly setMyPhone: (behaviour: 'lift' | 'ignore' | 'decline') => void
  /** From now on phones ring for a moment only before the mailbox answers. */
  readonly ringBriefly: () => Promise<void>
  readonly close: () => Promise<void>
}

type Of<T extends PbxEvent['type']> = Extract<PbxEvent, { readonly type: T }>

/** The program's own way to a PBX, with everything that it heard. */
class Listener {
  readonly events: PbxEvent[] = []
  readonly source: PbxSource
  readonly online: Promise<void>
  readonly #waiting = new Set<() => void>()

  constructor({ host, port, account, me, hintContext }: OfficeUnderTest, secret: string) {
    const online = Promise.withResolvers<void>()
    this.online = online.promise
    this.source = createAmiSource({
      connect: connectTo({ host, port, tls: false, fingerprint: null, authority: null }),
      secured: false,
      credentials: async () => ({ username: account.username, secret }),
      wishes: () => ({ extensions: [{ exten: me.extension, context: hintContext }], mailboxes: [me.mailbox] }),
      clock: systemClock,
      random: Math.random,
      log: silentLog,
    }, {
      onStatus: (status: SourceStatus) => {
        if (status.state === 'online')
          online.resolve()
        if (status.state === 'offline' && status.error !== null)
          online.reject(status.error)
      },
      onEvent: (event) => {
        this.events.push(event)
        for (const look of this.#waiting) look()
      },
      onServer() {},
    })
    this.source.start()
  }

  /** The first event that matches, of those that came since `from` and those to come. */
  heard<T extends PbxEvent['type']>(type: T, matches: (event: Of<T>) => boolean = () => true, from = 0): Promise<Of<T>> {
    return new Promise((resolve) => {
      const look = (): void => {
        const found = this.events.slice(from).find((event): event is Of<T> => event.type === type && matches(event as Of<T>)) // its type is the one compared
        if (!found)
          return
        this.#waiting.delete(look)
        resolve(found)
      }
      this.#waiting.add(look)
      look()
    })
  }

  /** Where a channel is, as far as was told. */
  bridgeOf(channel: string): string | null {
    const last = this.events.findLast((event): event is Of<'bridge.entered'> => event.type === 'bridge.entered' && event.channel.name === channel)
    return last?.bridge.id ?? null
  }

  /** Takes what is known and its end; resolves with a code where the server refuses. */
  async act(action: PbxAction, key = 'key'): Promise<string> {
    try {
      await this.source.act(action, key)
      return 'taken'
    }
    catch (error) {
      if (!(error instanceof AppError))
        throw error
      return error.code
    }
  }
}

/** What the program relies on at every office; `open` gives a fresh one with nobody talking. */
export function officeContract(name: string, open: () => Promise<OfficeUnderTest>): void {
  describe(`the office of ${name}`, () => {
    let office: OfficeUnderTest
    let ear: Listener
    const caller = { name: 'Customer Karla', number: '+15550100' }

    beforeEach(async () => {
      office = await open()
      ear = new Listener(office, office.account.secret)
      await ear.online
    })
    afterEach(async () => {
      await ear.source.stop()
      await office.close()
    })

    const mine = (leg: { readonly name: string } | null): boolean => leg?.name.startsWith(`${office.me.device}-`) ?? false
    const rings = (from = 0) => ear.heard('dial.begun', event => event.source !== null && mine(event.destination), from)
    const ended = () => ear.heard('dial.ended', event => event.source !== null && mine(event.destination))
    const gone = () => ear.heard('channel.hungUp', event => mine(event.channel))
    const myState = (bits: number, from = 0) => ear.heard('extension.changed', event => event.exten === office.me.extension && event.context === office.hintContext && event.bits === bits, from)

    function dial(exten: string, channelId: string): Promise<string> {
      return ear.act({
        do: 'originate',
        channel: office.me.device,
        context: office.dialContext,
        exten,
        priority: 1,
        target: { number: exten, name: 'Somebody' },
        timeoutMs: 20_000,
        channelId,
        account: null,
      }, channelId)
    }
    const channelId = (): string => `contract-${Math.random().toString(36).slice(2)}`

    it('refuses a wrong secret, and says nothing more', async () => {
      const stranger = new Listener(office, 'not-the-secret')
      await expect(stranger.online).rejects.toMatchObject({ code: 'login-refused' })
      await stranger.source.stop()
      expect(stranger.events).toEqual([])
    })

    it('says at first how everything stands', async () => {
      const { snapshot } = await ear.heard('pbx.replaced')
      const hint = snapshot.extensions?.find(({ exten }) => exten === office.me.extension)
      expect(hint).toMatchObject({ context: office.hintContext, bits: 0 })
      expect(hint?.hint).toContain(office.me.device)
      expect(snapshot.devices?.find(({ device }) => device === office.me.device)?.state).toBe('not_inuse')
      expect(snapshot.mailboxes).toMatchObject([{ mailbox: office.me.mailbox }])
      expect(snapshot.channels).toEqual([])
    })

    it('tells who calls me, that I ring, talk, and am free again', async () => {
      const call = await office.callIn(caller, 'me')
      const ring = await rings()
      expect(ring.source?.caller).toEqual(caller)
      expect(ring.destination.linkedid).toBe(ring.source?.linkedid)
      await myState(8)
      await call.answer('me')
      expect((await ended()).status).toBe('answer')
      await ear.heard('bridge.entered', event => mine(event.channel))
      await myState(1)
      const before = ear.events.length
      await call.hangUp('caller')
      expect((await gone()).cause).toBe(16)
      await myState(0, before)
    })

    it('tells when I hang up', async () => {
      const call = await office.callIn(caller, 'me')
      await rings()
      await call.answer('me')
      await ear.heard('bridge.entered', event => mine(event.channel))
      await call.hangUp('answerer')
      expect((await gone()).cause).toBe(16)
      await ear.heard('channel.hungUp', event => !mine(event.channel))
    })

    it('tells when the caller gives up', async () => {
      const call = await office.callIn(caller, 'me')
      await rings()
      await myState(8)
      await call.hangUp('caller')
      expect((await ended()).status).toBe('cancel')
      await gone()
    })

    it('tells who else took a call of the group', async () => {
      const call = await office.callIn(caller, 'group')
      await rings()
      await ear.heard('dial.begun', event => event.destination.name.startsWith(`${office.colleague.device}-`))
      await call.answer('colleague')
      expect((await gone()).cause).toBe(26)
      const answer = await ear.heard('dial.ended', event => event.status === 'answer')
      expect(answer.destination?.name.startsWith(`${office.colleague.device}-`)).toBe(true)
      await call.hangUp('caller')
    })

    it('sends a caller on when I am busy', async () => {
      const call = await office.callIn(caller, 'me')
      const { source, destination } = await rings()
      await myState(8)
      expect(await ear.act({ do: 'hangup', channel: destination.name, cause: 17 })).toBe('taken')
      expect((await ended()).status).toBe('busy')
      expect((await gone()).cause).toBe(17)
      await ear.heard('channel.changed', event => event.channel.uniqueid === source?.uniqueid && event.channel.state === 'up')
      await call.hangUp('caller')
    })

    it('takes a message of who is not answered, and tells from whom', async () => {
      await office.ringBriefly()
      const call = await office.callIn(caller, 'me')
      await rings()
      expect((await ended()).status).toBe('noanswer')
      await call.leaveMessage()
      const news = await ear.heard('mailbox.changed', event => event.mailbox === office.me.mailbox)
      expect(news).toMatchObject({ waiting: true, leftBy: caller })
      expect(news.newMessages).toBeGreaterThan(0)
    })

    it('takes a ringing caller away from me to a machine', async () => {
      const call = await office.callIn(caller, 'me')
      const { source } = await rings()
      await myState(8)
      expect(await ear.act({ do: 'redirect', channel: source?.name ?? '', context: office.dialContext, exten: office.machine, priority: 1 })).toBe('taken')
      expect((await ended()).status).toBe('cancel')
      await gone()
      await ear.heard('channel.changed', event => event.channel.uniqueid === source?.uniqueid && event.channel.state === 'up')
      await call.hangUp('caller')
    })

    it('rings me first when I dial, under the id that was asked for, then the other', async () => {
      office.setMyPhone('lift')
      const id = channelId()
      expect(await dial(office.numbers.answering, id)).toBe('taken')
      const first = await ear.heard('dial.begun', event => event.source === null)
      expect(first.destination.uniqueid).toBe(id)
      expect(first.destination.connected).toEqual({ number: office.numbers.answering, name: 'Somebody' })
      expect(await ear.heard('originate.finished')).toMatchObject({ actionId: id, success: true, uniqueid: id })
      const second = await ear.heard('dial.ended', event => event.source?.uniqueid === id)
      expect(second.status).toBe('answer')
      await ear.heard('bridge.entered', event => event.channel.uniqueid === id)
      expect(await ear.act({ do: 'hangup', channel: first.destination.name, cause: null })).toBe('taken')
      expect((await ear.heard('channel.hungUp', event => event.channel.uniqueid === id)).cause).toBe(16)
    })

    it('tells that the other is busy', async () => {
      office.setMyPhone('lift')
      const id = channelId()
      await dial(office.numbers.busy, id)
      expect((await ear.heard('dial.ended', event => event.source?.uniqueid === id)).status).toBe('busy')
    })

    it('lets me give up while the other rings', async () => {
      office.setMyPhone('lift')
      const id = channelId()
      await dial(office.numbers.silent, id)
      await ear.heard('dial.progressed', event => event.source?.uniqueid === id && event.status === 'ringing')
      const { destination } = await ear.heard('dial.begun', event => event.source === null)
      expect(await ear.act({ do: 'hangup', channel: destination.name, cause: 16 })).toBe('taken')
      expect((await ear.heard('dial.ended', event => event.source?.uniqueid === id)).status).toBe('cancel')
      await ear.heard('channel.hungUp', event => event.channel.uniqueid === id)
    })

    it('tells that I did not want to', async () => {
      office.setMyPhone('decline')
      const id = channelId()
      await dial(office.numbers.answering, id)
      expect(await ear.heard('originate.finished')).toMatchObject({ success: false, uniqueid: id })
      expect((await ear.heard('channel.hungUp', event => event.channel.uniqueid === id)).cause).toBe(21)
    })

    it('lets me take a dial back while my phone rings', async () => {
      office.setMyPhone('ignore')
      const id = channelId()
      await dial(office.numbers.answering, id)
      const { destination } = await ear.heard('dial.progressed', event => event.destination.uniqueid === id && event.status === 'ringing')
      expect(await ear.act({ do: 'hangup', channel: destination.name, cause: null })).toBe('taken')
      expect(await ear.heard('originate.finished')).toMatchObject({ success: false })
      await ear.heard('channel.hungUp', event => event.channel.uniqueid === id)
      expect(ear.events.some(event => event.type === 'dial.begun' && event.source !== null)).toBe(false)
    })

    /** A call from outside that I have taken: its two channels. */
    async function talk(): Promise<{ readonly call: CallIn, readonly theirs: string, readonly mine: string }> {
      office.setMyPhone('lift')
      const call = await office.callIn(caller, 'me')
      const { source, destination } = await rings()
      await call.answer('me')
      await ear.heard('bridge.entered', event => event.channel.uniqueid === source?.uniqueid)
      return { call, theirs: source?.name ?? '', mine: destination.name }
    }

    const atColleague = (leg: { readonly name: string } | null): boolean => leg?.name.startsWith(`${office.colleague.device}-`) ?? false

    it('parks who calls me, tells the space, and that the caller gave up', async () => {
      const { call, theirs, mine: parker } = await talk()
      expect(await ear.act({ do: 'park', channel: theirs, parker, returnTo: parker, lot: null })).toBe('taken')
      const { parked } = await ear.heard('parking.parked')
      expect(parked).toMatchObject({ parkee: { name: theirs }, lot: 'default', space: '701' })
      await gone()
      await call.hangUp('caller')
      expect((await ear.heard('parking.gaveUp')).parked).toMatchObject({ space: '701' })
    })

    it('says that a call is gone, or a lot unknown, when it is parked in vain', async () => {
      expect(await ear.act({ do: 'park', channel: `${office.me.device}-ffffffff`, parker: office.me.device, returnTo: `${office.me.device}-1`, lot: null })).toBe('call-gone')
    })

    it('hands a call over without a word, and my phone is free', async () => {
      const { theirs, mine: own } = await talk()
      // A server that had no time to say that I am busy does not say that I am free again.
      await myState(1)
      const before = ear.events.length
      expect(await ear.act({ do: 'transferBlind', channel: own, context: office.dialContext, exten: office.colleague.extension })).toBe('taken')
      expect((await gone()).cause).toBe(16)
      const { source } = await ear.heard('dial.begun', event => atColleague(event.destination), before)
      expect(source?.name).toBe(theirs)
      await myState(0, before)
    })

    it('lets me ask first, and takes the question back', async () => {
      const { theirs, mine: own } = await talk()
      const before = ear.events.length
      expect(await ear.act({ do: 'transferAttended', channel: own, context: office.dialContext, exten: office.colleague.extension })).toBe('taken')
      await ear.heard('dial.begun', event => atColleague(event.destination), before)
      const left = await ear.heard('bridge.left', event => event.channel.name === own, before)
      expect(await ear.act({ do: 'cancelAttended', channel: own })).toBe('taken')
      await ear.heard('bridge.entered', event => event.channel.name === own && event.bridge.id === left.bridge.id, before)
      expect(ear.events.some(event => event.type === 'channel.hungUp' && [own, theirs].includes(event.channel.name))).toBe(false)
    })

    it('brings caller and colleague together when I hang up after asking', async () => {
      const { theirs, mine: own } = await talk()
      const before = ear.events.length
      await ear.act({ do: 'transferAttended', channel: own, context: office.dialContext, exten: office.colleague.extension })
      await ear.heard('bridge.entered', event => atColleague(event.channel), before)
      await ear.act({ do: 'hangup', channel: own, cause: null })
      await gone()
      const joined = await ear.heard('bridge.entered', event => atColleague(event.channel) && event.bridge.id === ear.bridgeOf(theirs), before)
      expect(joined.channel.state).toBe('up')
    })

    it('refuses a number that does not exist before anything rings', async () => {
      expect(await dial(office.numbers.unknown, channelId())).toBe('no-such-extension')
      expect(ear.events.filter(event => event.type === 'channel.created')).toEqual([])
    })

    it('tells that a call is gone when it is hung up too late', async () => {
      expect(await ear.act({ do: 'hangup', channel: `${office.me.device}-ffffffff`, cause: null })).toBe('call-gone')
      expect(await ear.act({ do: 'redirect', channel: `${office.me.device}-ffffffff`, context: office.dialContext, exten: office.machine, priority: 1 })).toBe('call-gone')
    })
  })
}

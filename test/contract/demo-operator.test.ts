import type { ActView, CallView, Tables } from '#contract/tables.ts'
import type { DemoDesk } from '../support/demo-desk.ts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDemoDesk } from '../support/demo-desk.ts'
import { openPlainClient } from '../support/plain-client.ts'

const karla = { name: 'Customer Karla', number: '+12125550100' }

const anyCall = ({ calls }: Tables): CallView | undefined => Object.values(calls).find(call => call.state === 'up')
const actIn = (id: string, state: ActView['state']) => ({ acts }: Tables): ActView | false => acts[id]?.state === state && acts[id]

/** Where the dialplan gives calls no features `Atxfer` says Success, and that is all. */
describe('asking in a demo office whose calls have no features', () => {
  it('is a second call of my phone', async () => {
    const { demo, window, stop } = await openDemoDesk({ callFeatures: false })
    try {
      const incoming = demo.incoming(karla)
      await window.until('a popup', ({ alerts }) => Object.values(alerts)[0])
      incoming.answer()
      const call = await window.until('talking', anyCall)
      await window.ask('call.consult', { id: call.id, to: '1002' })
      await window.until('a second call', ({ calls }) => Object.keys(calls).length === 2)
      incoming.hold('1001', true)
      await window.until('we talk', ({ calls }) => calls[call.id]?.consult?.state === 'up' && calls[call.id]?.can.includes('complete'))
      const { id } = await window.ask('call.complete', { id: call.id })
      await window.until('done', actIn(id, 'done'))
      await window.until('they talk', ({ people }) => people['1002@hints']?.with?.number === karla.number && people['1002@hints']?.withState === 'up')
    }
    finally {
      await stop()
    }
  })
})

/** What test/asterisk asks of real servers, asked of the demo: the same acts end in the same way. */
describe('working with calls in the demo office', () => {
  let demo: DemoDesk['demo']
  let window: DemoDesk['window']
  let shell: DemoDesk['shell']
  let stop: DemoDesk['stop']

  beforeEach(async () => {
    ({ demo, window, shell, stop } = await openDemoDesk())
  })
  afterEach(() => stop())

  async function talk(): Promise<CallView> {
    const call = demo.incoming(karla)
    await window.until('a popup', ({ alerts }) => Object.values(alerts)[0])
    call.answer()
    return window.until('talking', anyCall)
  }

  const done = (id: string): Promise<ActView> => window.until('done', actIn(id, 'done'))

  it('sends a call to a colleague without a word', async () => {
    const call = await talk()
    const { id } = await window.ask('call.transfer', { id: call.id, to: '1002', name: null, kind: 'blind' })
    expect(await done(id)).toMatchObject({ kind: 'blind', subject: 'Priya Raghunathan' })
    await window.until('my phone is free', ({ line }) => line['1001']?.state === 'idle')
  })

  it('gives a call away after I have asked', async () => {
    const call = await talk()
    await window.ask('call.consult', { id: call.id, to: '1002' })
    expect(await window.until('we talk', ({ calls }) => calls[call.id]?.consult?.state === 'up' && calls[call.id])).toMatchObject({ talkingTo: 'consult', consult: { to: { number: '1002', name: 'Priya Raghunathan' } } })
    const { id } = await window.ask('call.complete', { id: call.id })
    await done(id)
    await window.until('they talk', ({ people }) => people['1002@hints']?.with?.number !== undefined && people['1002@hints']?.withState === 'up')
  })

  it('swaps, brings all three together, and takes a question back', async () => {
    const call = await talk()
    await window.ask('call.consult', { id: call.id, to: '1002' })
    await window.until('we talk', ({ calls }) => calls[call.id]?.consult?.state === 'up')
    await done((await window.ask('call.swap', { id: call.id })).id)
    expect(window.tables.calls[call.id]).toMatchObject({ talkingTo: 'peer', consult: { state: 'up' } })
    await done((await window.ask('call.conference', { id: call.id })).id)
    expect(window.tables.calls[call.id]?.conference).toBe(true)
  })

  it('comes back to the caller when I think better of asking', async () => {
    const call = await talk()
    demo.dialAnswer('noanswer')
    await window.ask('call.consult', { id: call.id, to: '1002' })
    await window.until('it rings there', ({ calls }) => calls[call.id]?.consult?.state === 'ringing')
    await done((await window.ask('call.cancelConsult', { id: call.id })).id)
    await window.until('Karla again', ({ calls }) => calls[call.id]?.consult === null)
  })

  it('parks, shows the lot, and takes back', async () => {
    const call = await talk()
    await done((await window.ask('call.park', { id: call.id, lot: null, forWhom: null })).id)
    const parked = await window.until('a row', ({ parked: rows }) => Object.values(rows)[0])
    expect(parked).toMatchObject({ lot: 'default', space: '701', parkedBy: 'Alex Winter', mine: true })
    expect(window.tables.lots).toMatchObject({ default: { spaces: 20, taken: 1 }, reception: { spaces: 5, taken: 0 } })
    await done((await window.ask('parked.retrieve', { id: parked.id })).id)
    await window.until('nothing is parked', ({ parked: rows }) => Object.keys(rows).length === 0)
    const back = await window.until('we talk again', ({ calls }) => Object.values(calls).find(one => one.state === 'up'))
    expect(back).toMatchObject({ direction: 'in', peer: { number: call.peer.number, name: call.peer.name } })
    await window.ask('call.hangup', { id: back.id })
    expect(await window.until('a row', ({ recents }) => recents[back.id])).toMatchObject({ direction: 'in', outcome: 'answered', peer: { number: call.peer.number, name: call.peer.name } })
  })

  it('picks up what rings a colleague', async () => {
    demo.incoming({ ...karla, did: '442079460102' })
    const person = await window.until('she rings', ({ people }) => people['1002@hints']?.canPickUp && people['1002@hints'])
    const { id } = await window.ask('person.pickup', { id: person.id, confirmed: true })
    await done(id)
    await window.until('we talk', anyCall)
  })

  it('connects a colleague with a number, and it is no call of mine', async () => {
    const priya = { id: '1002@hints', to: '+442079460123', name: 'Bank' }
    expect(await window.invoke('person.connect', priya)).toMatchObject({ ok: false, error: { code: 'needs-confirmation', details: { person: 'Priya Raghunathan', number: '+44 20 7946 0123' } } })
    const { id } = await window.ask('person.connect', { ...priya, confirmed: true })
    expect(await done(id)).toMatchObject({ kind: 'connect', subject: 'Priya Raghunathan' })
    await window.until('they talk', ({ people }) => people['1002@hints']?.state === 'inuse')
    demo.hangUp('1002')
    await window.until('she is free', ({ people }) => people['1002@hints']?.state === 'idle')
    const { calls, recents, alerts, dials } = window.tables
    expect([calls, recents, alerts, dials]).toEqual([{}, {}, {}, {}])
  })

  it('is done with a call to return when a colleague has got it', async () => {
    const call = demo.incoming(karla)
    await window.until('a popup', ({ alerts }) => Object.values(alerts)[0])
    call.callerHangsUp()
    const [row] = await window.until('to be returned', ({ todo }) => Object.keys(todo).length > 0 && Object.values(todo))
    const { id } = await window.ask('person.connect', { id: '1002@hints', to: row?.caller.number ?? '', confirmed: true })
    await done(id)
    expect(Object.values(window.tables.todo)).toMatchObject([{ caller: { number: karla.number }, done: true }])
  })

  it('says why a colleague was not connected', async () => {
    const priya = { id: '1002@hints', to: '+442079460123', confirmed: true }
    demo.plug('1002', false)
    await window.until('she is offline', ({ people }) => people['1002@hints']?.state === 'unavailable')
    const { id } = await window.ask('person.connect', priya)
    expect(await window.until('no phone there', actIn(id, 'failed'))).toMatchObject({ error: { code: 'person-phone-unreachable' } })
    for (const [wrong, code] of [
      [{ id: '1001@hints' }, 'person-is-me'],
      [{ id: '1099@hints' }, 'person-unknown'],
      [{ to: '1002' }, 'person-own-number'],
      [{ to: 'a pretty cat' }, 'number-invalid'],
      [{ to: '4242' }, 'no-such-extension'],
    ] as const)
      expect(await window.invoke('person.connect', { ...priya, ...wrong })).toMatchObject({ ok: false, error: { code } })
  })

  it('never loses a call to a number that nobody has', async () => {
    const call = await talk()
    expect(await window.invoke('call.transfer', { id: call.id, to: '4242', name: null, kind: 'blind' })).toMatchObject({ ok: false, error: { code: 'no-such-extension' } })
    expect(anyCall(window.tables)).toBeDefined()
  })

  it('sends a call to a phone that is not connected only after a question', async () => {
    const call = await talk()
    const away = await window.until('somebody whose phone is away', ({ people }) => Object.values(people).find(person => person.state === 'unavailable'))
    const blind = { id: call.id, to: away.exten, name: null, kind: 'blind' } as const
    expect(await window.invoke('call.transfer', blind)).toMatchObject({ ok: false, error: { code: 'needs-confirmation', details: { person: away.name } } })
    expect(anyCall(window.tables)).toBeDefined()
    await done((await window.ask('call.transfer', { ...blind, confirmed: true })).id)
  })

  it('hears keys, ends at its time, is muted and recorded', async () => {
    const call = await talk()
    await done((await window.ask('call.dtmf', { id: call.id, digits: '12#' })).id)
    await done((await window.ask('call.timeout', { id: call.id, seconds: 600 })).id)
    await done((await window.ask('call.mute', { id: call.id, on: true })).id)
    await done((await window.ask('call.record', { id: call.id, do: 'start' })).id)
    expect(window.tables.calls[call.id]).toMatchObject({ muted: true, recording: 'on' })
    await done((await window.ask('call.record', { id: call.id, do: 'stop' })).id)
    expect(window.tables.calls[call.id]?.recording).toBeNull()
  })

  it('wants no calls, and forwards them, by what the server keeps', async () => {
    await done((await window.ask('line.dnd', { on: true })).id)
    expect(window.tables.line['1001']).toMatchObject({ dnd: 'on' })
    demo.incoming(karla)
    await window.until('a message instead of a popup', ({ mailboxes }) => mailboxes['1001@default']?.newMessages === 2)
    await done((await window.ask('line.dnd', { on: false })).id)
    await done((await window.ask('line.forward', { kind: 'always', to: '1002' })).id)
    expect(window.tables.line['1001']).toMatchObject({ dnd: 'off', forward: { always: '1002' } })
    const call = demo.incoming(karla)
    await window.until('she rings instead', ({ people }) => people['1002@hints']?.state === 'ringing')
    expect(call.rings('1001')).toBe(false)
  })

  it('knows colleagues, and tells when one is free again', async () => {
    expect(window.tables.people['1006@hints']).toMatchObject({ name: 'ليلى حداد', presence: { state: 'dnd', message: 'In a workshop until four' } })
    demo.present('1007', { status: 'away', subtype: '', message: 'Back at three' })
    await window.until('a note', ({ people }) => people['1007@hints']?.presence?.message === 'Back at three')
    const call = demo.between('1003', '1004')
    call.answer('1004')
    await window.until('they talk', ({ people }) => people['1004@hints']?.withState === 'up')
    await window.ask('person.watch', { id: '1004@hints', on: true })
    call.callerHangsUp()
    await window.until('free', ({ people }) => people['1004@hints']?.state === 'idle' && !people['1004@hints'].watched)
    expect(shell.announced.filter(({ what }) => what === 'person-free').map(({ id }) => id)).toEqual(['1004@hints'])
  })

  it('works in queues: pause with a reason, log out, log in, callers who wait', async () => {
    expect(window.tables.queues.support?.mine).toMatchObject({ interface: 'PJSIP/1001', paused: false, dynamic: true })
    expect(window.tables.queues.sales?.mine).toBeNull()
    await done((await window.ask('queue.pause', { queue: null, paused: true, reason: 'Lunch' })).id)
    expect(window.tables.queues.support?.mine).toMatchObject({ paused: true, reason: 'Lunch' })
    const call = demo.incoming({ ...karla, to: 'queue' })
    const [waiting] = await window.until('somebody waits', ({ queueCallers }) => Object.keys(queueCallers).length > 0 && Object.values(queueCallers))
    expect(waiting).toMatchObject({ queue: 'support', position: 1 })
    call.callerHangsUp()
    await done((await window.ask('queue.logout', { queue: 'support' })).id)
    expect(window.tables.queues.support?.mine).toBeNull()
    await done((await window.ask('queue.login', { queue: 'sales' })).id)
    expect(window.tables.queues.sales?.mine).toMatchObject({ interface: 'PJSIP/1001' })
  })

  it('lists, moves, forwards and deletes messages', async () => {
    const messages = await window.ask('voicemail.messages', { mailbox: '1001' })
    expect(messages.map(({ folder }) => folder).sort()).toEqual(['INBOX', 'Old', 'Old'])
    const fresh = messages.find(({ folder }) => folder === 'INBOX')?.id ?? ''
    await done((await window.ask('voicemail.move', { mailbox: '1001', folder: 'INBOX', ids: [fresh], toFolder: 'Old' })).id)
    await window.until('none is new', ({ mailboxes }) => mailboxes['1001@default']?.newMessages === 0 && mailboxes['1001@default'].oldMessages === 3)
    const hers = await openPlainClient(demo.port)
    await hers.login(demo)
    const [old] = await window.ask('voicemail.messages', { mailbox: '1001' })
    await done((await window.ask('voicemail.forward', { mailbox: '1001', folder: 'Old', ids: [old?.id ?? ''], toMailbox: '1002' })).id)
    expect(await hers.next(message => message.name === 'MessageWaiting' && message.get('Mailbox') === '1002@default').then(news => news.get('New'))).toBe('1')
    const { items } = await hers.list('VoicemailBoxSummary', { Mailbox: '1002', Context: 'default' })
    expect(items.filter(({ name }) => name === 'VoicemailBoxDetail').map(item => item.get('Folder'))).toEqual(['INBOX'])
    await hers.close()
  })

  it('shows where I sent a call that rang me, and keeps it from my list of missed calls unless it is lost there', async () => {
    for (const { send, end, outcome = end.state } of [
      { send: (id: string) => window.ask('alert.transfer', { id, to: '1002' }), end: { state: 'forwarded', sentTo: 'Priya Raghunathan' } },
      { send: (id: string) => window.ask('call.transfer', { id, to: '1002', name: null, kind: 'voicemail' }), end: { state: 'voicemail', sentTo: 'Priya Raghunathan' } },
      { send: (id: string) => window.ask('alert.park', { id }), end: { state: 'parked', sentTo: null }, outcome: 'missed' },
    ] as const) {
      const call = demo.incoming(karla)
      const alert = await window.until('a popup', ({ alerts }) => Object.values(alerts).find(one => one.canTransfer && one.canPark))
      await done((await send(alert.id)).id)
      expect(await window.until('its end', ({ alerts }) => alerts[alert.id]?.state !== 'ringing' && alerts[alert.id])).toMatchObject(end)
      call.callerHangsUp()
      await window.until('a row', ({ recents }) => recents[alert.id]?.outcome === outcome)
      // Who gave up in the lot was helped by nobody.
      await window.until('what is to be done', ({ todo }) => Object.values(todo).length === (outcome === 'missed' ? 1 : 0))
    }
    expect(Object.values(window.tables.todo)).toMatchObject([{ kind: 'missed', caller: karla }])
    expect(shell.announced.map(({ what }) => what)).toEqual(['call-missed'])
  })

  it('plays the messages of the mailbox that I ask for', async () => {
    expect(await window.invoke('voicemail.call', { mailbox: '1002' })).toMatchObject({ ok: false, error: { code: 'no-such-mailbox' } })
    await window.ask('voicemail.call', { mailbox: '1001' })
    await window.until('they are heard', ({ mailboxes }) => mailboxes['1001@default']?.newMessages === 0)
  })
})

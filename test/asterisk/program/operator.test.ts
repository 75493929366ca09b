import type { CallView, Tables } from '#contract/tables.ts'
import type { Program } from '../../support/program.ts'
import { expect, it } from 'vitest'
import { describeAsterisk } from '../support/describe-asterisk.ts'
import { anyAlert, KARLA, useOffice } from '../support/office.ts'
import { actIn, doneIn, talkToKarla } from '../support/talking.ts'

/** An outside number; the provider's phone rings and nobody lifts it. */
const SILENT = '0420555123'

const anyCall = ({ calls }: Tables): CallView | undefined => Object.values(calls).find(call => call.state === 'up')

await describeAsterisk('working with calls', (program) => {
  const office = useOffice(program)

  const talk = (window: Program['window']) => talkToKarla(office(), window)

  it('is sent to a colleague without a word', async () => {
    const { phones, sitDown } = office()
    const { window } = await sitDown()
    const { call, phone } = await talk(window)
    const { id } = await window.ask('call.transfer', { id: call.id, to: '1002', name: null, kind: 'blind' })
    expect(await window.until('done', actIn(id, 'done'))).toMatchObject({ kind: 'blind', subject: 'Bob Two' })
    expect((await phones[1002].nextCall()).peer).toEqual(KARLA)
    expect(await phone.ended).toMatchObject({ by: 'them' })
  })

  it('is sent on while it rings me', async () => {
    const { phones, sitDown } = office()
    const { shell, window } = await sitDown()
    const calling = phones.trunk.dial('5551201', KARLA)
    const alert = await window.until('a popup', tables => anyAlert(tables)?.canTransfer && anyAlert(tables))
    const { id } = await window.ask('alert.transfer', { id: alert.id, to: '1002' });
    (await phones[1002].nextCall()).answer()
    await window.until('done', actIn(id, 'done'))
    expect(await window.until('an end', ({ alerts }) => alerts[alert.id]?.state !== 'ringing' && alerts[alert.id])).toMatchObject({ state: 'forwarded', sentTo: 'Bob Two' })
    await calling.hangUp()
    expect(await window.until('a row', ({ recents }) => recents[alert.id])).toMatchObject({ outcome: 'forwarded' })
    await window.until('Bob is free', ({ people }) => people['1002@hints']?.state === 'idle')
    expect(window.tables.todo).toEqual({})
    expect(shell.announced).toEqual([])
  })

  it('is given to a colleague after I have asked', async () => {
    const { phones, sitDown } = office()
    const { window } = await sitDown()
    const { call, calling } = await talk(window)
    const asked = await window.ask('call.consult', { id: call.id, to: '1002' })
    const bobs = await phones[1002].nextCall()
    await window.until('it rings there', ({ calls }) => calls[call.id]?.consult?.state === 'ringing')
    bobs.answer()
    const during = await window.until('we talk', ({ calls }) => calls[call.id]?.consult?.state === 'up' && calls[call.id])
    expect(during).toMatchObject({ peer: KARLA, talkingTo: 'consult', consult: { to: { number: '1002', name: 'Bob Two' } } })
    await window.until('done', actIn(asked.id, 'done'))
    const { id } = await window.ask('call.complete', { id: call.id })
    await window.until('done', actIn(id, 'done'))
    expect([bobs.state, calling.state]).toEqual(['answered', 'answered'])
    await bobs.hangUp()
    await calling.ended
  })

  it('is mine again when I think better of asking', async () => {
    const { phones, sitDown } = office()
    const { window } = await sitDown()
    const { call } = await talk(window)
    await window.ask('call.consult', { id: call.id, to: '1002' })
    const bobs = await phones[1002].nextCall()
    await window.until('it rings there', ({ calls }) => calls[call.id]?.consult?.state === 'ringing')
    const { id } = await window.ask('call.cancelConsult', { id: call.id })
    await window.until('done', actIn(id, 'done'))
    expect(await bobs.ended).toMatchObject({ by: 'them' })
    expect(await window.until('Karla again', ({ calls }) => calls[call.id]?.consult === null && calls[call.id])).toMatchObject({ peer: KARLA, talkingTo: 'peer' })
  })

  it('is mine again when we have talked and I take it back', async () => {
    const { phones, sitDown } = office()
    const { window } = await sitDown()
    const { call } = await talk(window)
    await window.ask('call.consult', { id: call.id, to: '1002' })
    const bobs = await phones[1002].nextCall()
    bobs.answer()
    await window.until('we talk', ({ calls }) => calls[call.id]?.consult?.state === 'up')
    const { id } = await window.ask('call.cancelConsult', { id: call.id })
    await window.until('done', actIn(id, 'done'))
    expect(await bobs.ended).toMatchObject({ by: 'them' })
    expect(await window.until('Karla again', ({ calls }) => calls[call.id]?.consult === null && calls[call.id])).toMatchObject({ peer: KARLA, talkingTo: 'peer', heldBy: null })
  })

  it('is swapped with the one that waits, and all three talk', async () => {
    const { phones, sitDown } = office()
    const { window } = await sitDown()
    const { call } = await talk(window)
    await window.ask('call.consult', { id: call.id, to: '1002' });
    (await phones[1002].nextCall()).answer()
    await window.until('we talk', ({ calls }) => calls[call.id]?.consult?.state === 'up')
    const swapped = await window.ask('call.swap', { id: call.id })
    await window.until('done', actIn(swapped.id, 'done'))
    expect(window.tables.calls[call.id]).toMatchObject({ talkingTo: 'peer', peer: KARLA, consult: { to: { number: '1002' }, state: 'up' } })
    const together = await window.ask('call.conference', { id: call.id })
    await window.until('done', actIn(together.id, 'done'))
    expect(window.tables.calls[call.id]?.conference).toBe(true)
  })

  it('comes back by itself when the colleague is busy', async () => {
    const { phones, sitDown } = office()
    const { window } = await sitDown()
    phones[1003].behaviour = { refuse: 486 }
    const { call } = await talk(window)
    // The colleague's mailbox would answer: a number outside has none.
    phones.trunk.behaviour = { refuse: 486 }
    const { id } = await window.ask('call.consult', { id: call.id, to: SILENT })
    expect(await window.until('nobody took it', actIn(id, 'failed'))).toMatchObject({ error: { code: 'consult-failed' } })
    expect(window.tables.calls[call.id]).toMatchObject({ peer: KARLA, consult: null })
  })

  it('is parked, seen in the lot, and taken back', async () => {
    const { phones, sitDown } = office()
    const { window } = await sitDown()
    const { call, phone } = await talk(window)
    const parking = await window.ask('call.park', { id: call.id, lot: null, forWhom: null })
    await window.until('done', actIn(parking.id, 'done'))
    expect(await phone.ended).toMatchObject({ by: 'them' })
    const parked = await window.until('a row', tables => Object.values(tables.parked)[0])
    expect(parked).toMatchObject({ lot: 'default', space: '701', caller: KARLA, parkedBy: 'Alice One', mine: true })
    expect(window.tables.lots.default).toMatchObject({ spaces: 20, taken: 1, timeoutSeconds: 30 })
    const { id } = await window.ask('parked.retrieve', { id: parked.id });
    (await phones[1001].nextCall()).answer()
    await window.until('done', actIn(id, 'done'))
    await window.until('nothing is parked', tables => Object.keys(tables.parked).length === 0)
  })

  it('is parked for a colleague, whom it rings when the time is over', async () => {
    const { sitDown, witness } = office()
    const { window } = await sitDown()
    const { call } = await talk(window)
    const { id } = await window.ask('call.park', { id: call.id, lot: 'default', forWhom: '1002@hints' })
    await window.until('done', actIn(id, 'done'))
    expect(await witness.event('ParkedCall', {})).toMatchObject({ ParkerDialString: 'PJSIP/1002' })
    expect(Object.values(window.tables.parked)).toMatchObject([{ parkedBy: 'Bob Two', mine: false }])
  })

  it('that rings a colleague is sent to me where the code of the dialplan finds nobody', async () => {
    const { phones, sitDown } = office()
    const { window } = await sitDown({ codes: { pickup: '*55' } })
    phones[1001].behaviour = 'answer'
    const calling = phones.trunk.dial('5551202', KARLA)
    await phones[1002].nextCall()
    await window.until('it rings Bob', ({ people }) => people['1002@hints']?.canPickUp)
    const asked = Date.now()
    expect(await doneIn(window, window.ask('person.pickup', { id: '1002@hints', confirmed: true }))).toMatchObject({ kind: 'pickup' })
    expect(Date.now() - asked).toBeLessThan(10_000)
    expect(await window.until('we talk', ({ calls }) => Object.values(calls).find(({ state, peer }) => state === 'up' && peer.number === KARLA.number))).toMatchObject({ direction: 'in', peer: KARLA })
    await calling.hangUp()
    await window.until('no call', ({ calls }) => Object.keys(calls).length === 0)
  })

  it('that rings a colleague is picked up', async () => {
    const { phones, sitDown } = office()
    const { window } = await sitDown()
    const calling = phones.trunk.dial('5551202', KARLA)
    const person = await window.until('Bob rings', ({ people }) => people['1002@hints']?.canPickUp && people['1002@hints'])
    expect(person).toMatchObject({ name: 'Bob Two', state: 'ringing', with: KARLA, withState: 'ringing' })
    expect(await window.invoke('person.pickup', { id: person.id })).toMatchObject({ ok: false, error: { code: 'needs-confirmation' } })
    const { id } = await window.ask('person.pickup', { id: person.id, confirmed: true });
    (await phones[1001].nextCall()).answer()
    await calling.answered
    await window.until('done', actIn(id, 'done'))
    expect(await window.until('we talk', anyCall)).toMatchObject({ peer: KARLA })
  })

  it('is returned by a colleague, whose phone rings first and shows whom it will call', async () => {
    const { phones, sitDown, witness } = office()
    const { window } = await sitDown()
    const bob = { id: '1002@hints', to: KARLA.number, name: KARLA.name }
    expect(await window.invoke('person.connect', bob)).toMatchObject({ ok: false, error: { code: 'needs-confirmation', details: { person: 'Bob Two', number: KARLA.number } } })
    const { id } = await window.ask('person.connect', { ...bob, confirmed: true })
    const bobs = await phones[1002].nextCall()
    bobs.answer()
    const karlas = await phones.trunk.nextCall()
    karlas.answer()
    expect(await window.until('done', actIn(id, 'done'))).toMatchObject({ kind: 'connect', subject: 'Bob Two' })
    expect([bobs.state, karlas.state]).toEqual(['answered', 'answered'])
    await bobs.hangUp()
    await karlas.ended
    expect(bobs.peer.name).toBe(KARLA.name)
    expect(await witness.event('OriginateResponse', {})).toMatchObject({ Response: 'Success', Channel: expect.stringMatching(/^PJSIP\/1002-/) })
    const { calls, recents, dials, alerts } = window.tables
    expect([calls, recents, dials, alerts]).toEqual([{}, {}, {}, {}])
  })

  it('is not returned by a colleague who declines, nor where it is busy', async () => {
    const { phones, sitDown } = office()
    const { window } = await sitDown()
    phones[1002].behaviour = { refuse: 603 }
    const declined = await window.ask('person.connect', { id: '1002@hints', to: KARLA.number, confirmed: true })
    expect(await window.until('a no', actIn(declined.id, 'failed'))).toMatchObject({ error: { code: 'person-phone-declined' } })
    phones[1002].behaviour = 'answer'
    phones.trunk.behaviour = { refuse: 486 }
    const busy = await window.ask('person.connect', { id: '1002@hints', to: KARLA.number, confirmed: true })
    expect(await window.until('busy there', actIn(busy.id, 'failed'))).toMatchObject({ error: { code: 'far-busy', details: { number: KARLA.number } } })
  })

  it('is never sent to a number that nobody has', async () => {
    const { sitDown } = office()
    const { window } = await sitDown({ account: 'admin' })
    const { call, phone } = await talk(window)
    expect(await window.invoke('call.transfer', { id: call.id, to: '4242', name: null, kind: 'blind' })).toMatchObject({ ok: false, error: { code: 'no-such-extension' } })
    expect(phone.state).toBe('answered')
  })

  it('hears keys, ends at its time, is muted and recorded', async () => {
    const { sitDown } = office()
    const { window } = await sitDown({ account: 'admin' })
    const { call } = await talk(window)
    for (const ask of [
      () => window.ask('call.dtmf', { id: call.id, digits: '12#' }),
      () => window.ask('call.timeout', { id: call.id, seconds: 600 }),
      () => window.ask('call.mute', { id: call.id, on: true }),
      () => window.ask('call.record', { id: call.id, do: 'start' }),
    ]) {
      const { id } = await ask()
      await window.until('done', actIn(id, 'done'))
    }
    expect(window.tables.calls[call.id]).toMatchObject({ muted: true, recording: 'on', endsAt: expect.any(Number) })
    const { id } = await window.ask('call.record', { id: call.id, do: 'stop' })
    await window.until('done', actIn(id, 'done'))
    expect(window.tables.calls[call.id]?.recording).toBeNull()
  })

  it('is not let through while I do not want to be disturbed', async () => {
    const { sitDown, witness } = office()
    const { window } = await sitDown()
    const on = await window.ask('line.dnd', { on: true })
    await window.until('done', actIn(on.id, 'done'))
    expect(window.tables.line['1001']).toMatchObject({ dnd: 'on' })
    const off = await window.ask('line.dnd', { on: false })
    await window.until('done', actIn(off.id, 'done'))
    expect(window.tables.line['1001']).toMatchObject({ dnd: 'off' })
    expect(witness).toBeDefined()
  })

  it('comes through a queue while I am in it', async () => {
    const { phones, sitDown } = office()
    const { window } = await sitDown()
    expect(await window.invoke('queue.logout', { queue: 'support' })).toMatchObject({ ok: false, error: { code: 'not-a-member' } })
    expect(await window.invoke('queue.login', { queue: 'nowhere' })).toMatchObject({ ok: false, error: { code: 'no-such-queue' } })
    const login = await window.ask('queue.login', { queue: 'support' })
    await window.until('done', actIn(login.id, 'done'))
    const pause = await window.ask('queue.pause', { queue: null, paused: true, reason: 'lunch' })
    await window.until('done', actIn(pause.id, 'done'))
    expect(window.tables.queues.support?.mine).toMatchObject({ interface: 'PJSIP/1001', paused: true, reason: 'lunch', since: expect.any(Number), dynamic: true })
    const calling = phones.trunk.dial('5558000', KARLA)
    const [caller] = await window.until('somebody waits', ({ queueCallers }) => Object.keys(queueCallers).length > 0 && Object.values(queueCallers))
    expect(caller).toMatchObject({ queue: 'support', position: 1, caller: KARLA })
    await calling.hangUp()
    await window.until('to be returned', ({ todo }) => Object.values(todo).some(row => row.kind === 'queue' && row.caller.number === KARLA.number))
    const unpause = await window.ask('queue.pause', { queue: 'support', paused: false, reason: null })
    await window.until('done', actIn(unpause.id, 'done'))
    const logout = await window.ask('queue.logout', { queue: null })
    await window.until('done', actIn(logout.id, 'done'))
    expect(window.tables.queues.support?.mine).toBeNull()
  })

  it('tells when a colleague is free again', async () => {
    const { phones, sitDown } = office()
    const { shell, window } = await sitDown()
    phones[1003].behaviour = 'answer'
    const calling = phones[1002].dial('1003')
    await window.until('Bob talks', ({ people }) => people['1002@hints']?.withState === 'up' && people['1002@hints']?.state === 'inuse')
    expect(window.tables.people['1002@hints']).toMatchObject({ with: { number: '1003', name: 'Carol Three' } })
    await window.ask('person.watch', { id: '1002@hints', on: true })
    await calling.answered
    await calling.hangUp()
    await window.until('Bob is free', ({ people }) => people['1002@hints']?.state === 'idle' && !people['1002@hints'].watched)
    expect(shell.announced.filter(({ what }) => what === 'person-free').map(({ id }) => id)).toEqual(['1002@hints'])
    // That was asked for once.
    const again = phones[1002].dial('1003')
    await again.answered
    await window.until('Bob talks again', ({ people }) => people['1002@hints']?.state === 'inuse')
    await again.hangUp()
    await window.until('Bob is free again', ({ people }) => people['1002@hints']?.state === 'idle')
    expect(shell.announced.filter(({ what }) => what === 'person-free')).toHaveLength(1)
  })

  it('was a message in another mailbox of mine, which my phone plays', async () => {
    const { phones, sitDown, witness } = office()
    const { window } = await sitDown({ line: { mailboxes: ['1001@default', '1004@default'] } })
    expect(await window.invoke('voicemail.call', { mailbox: '1002' })).toMatchObject({ ok: false, error: { code: 'no-such-mailbox' } })
    await window.ask('voicemail.call', { mailbox: '1004' })
    const mine = await phones[1001].nextCall()
    mine.answer()
    expect(await witness.event('OriginateResponse', {})).toMatchObject({ Response: 'Success', Application: 'VoiceMailMain', Data: '1004@default' })
    await window.until('it plays', ({ calls }) => Object.values(calls).some(call => call.state === 'up' && call.peer.number === '1004'))
    await mine.hangUp()
  })

  it('may end as a message, which is listed and moved', async ({ skip }) => {
    skip(program.version !== '22', 'Asterisk 16 lists no messages: VoicemailBoxSummary came later')
    const { phones, server, sitDown } = office()
    const { window } = await sitDown({ account: 'admin' })
    const calling = phones.trunk.dial('5551201', KARLA)
    const alert = await window.until('a popup', anyAlert)
    await window.ask('alert.toVoicemail', { id: alert.id })
    await calling.answered
    await server.recorded('1001')
    await calling.hangUp()
    await window.until('a message', ({ mailboxes }) => (mailboxes['1001@default']?.newMessages ?? 0) > 0)
    const [message] = await window.ask('voicemail.messages', { mailbox: '1001' })
    expect(message).toMatchObject({ folder: 'INBOX', caller: KARLA, at: expect.any(Number), seconds: expect.any(Number) })
    const { id } = await window.ask('voicemail.move', { mailbox: '1001', folder: 'INBOX', ids: [message?.id ?? ''], toFolder: 'Old' })
    await window.until('done', actIn(id, 'done'))
    const rest = await window.ask('voicemail.messages', { mailbox: '1001' })
    expect(rest.map(({ folder }) => folder)).toContain('Old')
    const bobs = await sitDown({ account: 'admin', line: { extension: '1002', devices: ['PJSIP/1002'], mailboxes: ['1002@default'] } })
    const before = bobs.window.tables.mailboxes['1002@default']?.newMessages ?? 0
    const [old] = rest
    const forwarding = await window.ask('voicemail.forward', { mailbox: '1001', folder: 'Old', ids: [old?.id ?? ''], toMailbox: '1002' })
    await window.until('done', actIn(forwarding.id, 'done'))
    await bobs.window.until('it is counted there', ({ mailboxes }) => mailboxes['1002@default']?.newMessages === before + 1)
    expect(await bobs.window.ask('voicemail.messages', { mailbox: '1002' })).toMatchObject([{ folder: 'INBOX', caller: KARLA, seconds: old?.seconds }])
    expect((await window.ask('voicemail.messages', { mailbox: '1001' })).map(({ folder }) => folder)).toContain('Old')
  })

  it('may end as a message, whose list an old server does not tell, which is said before', async ({ skip }) => {
    skip(program.version !== '16', 'Asterisk 22 lists messages')
    const { sitDown } = office()
    const { window } = await sitDown({ account: 'admin' })
    expect(window.tables.line['1001']?.missing).toMatchObject({ messages: 'not-on-this-server', messageChange: 'not-on-this-server' })
    expect(await window.invoke('voicemail.forward', { mailbox: '1001', folder: 'INBOX', ids: ['1'], toMailbox: '1002' })).toMatchObject({ ok: false, error: { code: 'not-on-this-server' } })
  })
})

import type { AlertView, CallView } from '#contract/tables.ts'
import type { Program } from '../../support/program.ts'
import type { PhoneCall } from '../support/phone.ts'
import type { Talk } from '../support/talking.ts'
import { expect, it } from 'vitest'
import { describeAsterisk } from '../support/describe-asterisk.ts'
import { anyAlert, KARLA, useOffice } from '../support/office.ts'
import { actIn, doneIn, ended, talkToKarla } from '../support/talking.ts'

/** Nobody has this number. */
const NOWHERE = '4242'
const SAM = { name: 'Second Sam', number: '+15550102' }
/** A machine says that there is no such number, and ends the call. */
const NOT_IN_SERVICE = '7010'

await describeAsterisk('what becomes of a call', (program) => {
  const office = useOffice(program)

  async function ringing(): Promise<ReturnType<typeof office> & Program> {
    return { ...office(), ...await office().sitDown() }
  }

  async function karlaRings(window: Program['window']): Promise<{ readonly alert: AlertView, readonly calling: PhoneCall }> {
    const calling = office().phones.trunk.dial('5551201', KARLA)
    const alert = await window.until('a popup', tables => anyAlert(tables)?.canTransfer && anyAlert(tables))
    return { alert, calling }
  }

  it('is a message in the mailbox of a colleague, whose phone does not ring', async () => {
    const { phones, server, sitDown, witness } = office()
    const { window } = await sitDown()
    const { call, calling, phone } = await talkToKarla(office(), window)
    expect(await doneIn(window, window.ask('call.transfer', { id: call.id, to: '1002', name: 'Bob Two', kind: 'voicemail' }))).toMatchObject({ kind: 'voicemail', subject: 'Bob Two' })
    expect(await phone.ended).toMatchObject({ by: 'them' })
    await server.recorded('1002')
    await calling.hangUp()
    expect(await witness.event('MessageWaiting', { Mailbox: '1002@default' })).toMatchObject({ Waiting: '1' })
    expect(phones[1002].hasArrived).toBe(false)
  })

  it('is a conference in a room, with all who talk in it', async () => {
    const { sitDown, witness } = office()
    const { window } = await sitDown({ codes: { conference: '3000' } })
    const { call, calling, phone } = await talkToKarla(office(), window)
    expect(call.can).toContain('conference')
    await doneIn(window, window.ask('call.conference', { id: call.id }))
    expect(window.tables.calls[call.id]).toMatchObject({ state: 'up', conference: true })
    const [karla, me] = await Promise.all([
      witness.event('ConfbridgeJoin', { Conference: '3000', CallerIDNum: KARLA.number }),
      witness.event('ConfbridgeJoin', { Conference: '3000', CallerIDNum: '1001' }),
    ])
    expect(karla.Channel).not.toBe(me.Channel)
    expect([calling.state, phone.state]).toEqual(['answered', 'answered'])
  })

  it('goes nowhere when nobody has the number, which the server says before', async () => {
    const { sitDown } = office()
    const { window } = await sitDown()
    const { call, calling, phone } = await talkToKarla(office(), window)
    expect(await window.invoke('call.transfer', { id: call.id, to: NOWHERE, name: null, kind: 'blind' })).toMatchObject({ ok: false, error: { code: 'no-such-extension' } })
    expect(await window.invoke('call.consult', { id: call.id, to: NOWHERE })).toMatchObject({ ok: false, error: { code: 'no-such-extension' } })
    expect([calling.state, phone.state]).toEqual(['answered', 'answered'])
    expect(window.tables.calls[call.id]).toMatchObject({ state: 'up', peer: KARLA, consult: null })
  })

  it('can be asked about by a second call where the dialplan gives it no features', async () => {
    const { phones, sitDown } = office()
    const { window } = await sitDown()
    const consult = async (call: CallView, phone: PhoneCall): Promise<void> => {
      const asked = doneIn(window, window.ask('call.consult', { id: call.id, to: '1002' }))
      const second = await phones[1001].nextCall()
      await phone.hold()
      second.answer();
      (await phones[1002].nextCall()).answer()
      await asked
      await window.until('we talk', ({ calls }) => calls[call.id]?.consult?.state === 'up' && calls[call.id]?.can.includes('complete'))
    }
    for (const end of ['cancel', 'complete'] as const) {
      const calling = phones.trunk.dial('5551301', KARLA)
      const phone = await phones[1001].nextCall()
      phone.answer()
      const call = await window.until('we talk', ({ calls }) => Object.values(calls).find(one => one.state === 'up' && one.can.includes('consult')))
      await consult(call, phone)
      if (end === 'cancel') {
        await doneIn(window, window.ask('call.cancelConsult', { id: call.id }))
        await window.until('Karla waits', ({ calls }) => calls[call.id]?.consult === null && calls[call.id]?.state === 'held')
        await calling.hangUp()
      }
      else {
        await doneIn(window, window.ask('call.complete', { id: call.id }))
        expect(calling.state).toBe('answered')
        await window.until('they talk', ({ people }) => people['1002@hints']?.with?.number === KARLA.number && people['1002@hints']?.withState === 'up')
      }
      await window.until('no call', ({ calls }) => Object.keys(calls).length === 0)
    }
  })

  it('can be asked about by a second call when it comes back from parking', async () => {
    const { phones, sitDown } = office()
    const { window } = await sitDown()
    const { call, calling } = await talkToKarla(office(), window)
    await doneIn(window, window.ask('call.park', { id: call.id, lot: null, forWhom: null }))
    const parked = await window.until('a row', tables => Object.values(tables.parked)[0])
    const taken = doneIn(window, window.ask('parked.retrieve', { id: parked.id }))
    const phone = await phones[1001].nextCall()
    phone.answer()
    await taken
    const back = await window.until('we talk', ({ calls }) => Object.values(calls).find(one => one.id !== call.id && one.state === 'up' && one.can.includes('consult')))
    const asked = doneIn(window, window.ask('call.consult', { id: back.id, to: '1002' }))
    const second = await phones[1001].nextCall()
    await phone.hold()
    second.answer();
    (await phones[1002].nextCall()).answer()
    await asked
    await doneIn(window, window.ask('call.complete', { id: back.id }))
    expect(calling.state).toBe('answered')
    await window.until('they talk', ({ people }) => people['1002@hints']?.with?.number === KARLA.number && people['1002@hints']?.withState === 'up')
  })

  it('is not asked about by taking a second one: each caller keeps a card of their own', async () => {
    const { phones, sitDown } = office()
    const { window } = await sitDown()
    const { call, phone } = await talkToKarla(office(), window)
    await phone.hold()
    await window.until('Karla waits', ({ calls }) => calls[call.id]?.state === 'held')
    const sam = phones.trunk.dial('5551201', SAM);
    (await phones[1001].nextCall()).answer()
    const second = await window.until('we talk', ({ calls }) => Object.values(calls).find(one => one.peer.number === SAM.number && one.state === 'up' && one.can.includes('blind')))
    for (const { id, can, consult, talkingTo } of [window.tables.calls[call.id] ?? call, second]) {
      expect({ consult, talkingTo }).toEqual({ consult: null, talkingTo: 'peer' })
      expect(can).toEqual(expect.arrayContaining(['blind', 'consult', 'park']))
      expect(await window.invoke('call.cancelConsult', { id })).toMatchObject({ ok: false, error: { code: 'no-consult' } })
      expect(await window.invoke('call.complete', { id })).toMatchObject({ ok: false, error: { code: 'no-consult' } })
    }
    expect(sam.state).toBe('answered')
  })

  async function askBob(window: Program['window']): Promise<Talk & { readonly bobs: PhoneCall }> {
    const talk = await talkToKarla(office(), window)
    await window.ask('call.consult', { id: talk.call.id, to: '1002' })
    const bobs = await office().phones[1002].nextCall()
    await window.until('it rings there', ({ calls }) => calls[talk.call.id]?.consult?.state === 'ringing')
    return { ...talk, bobs }
  }

  it('is over when its caller leaves while I talk to whom I asked, and that goes on as a call of its own', async () => {
    const { sitDown } = office()
    const { window } = await sitDown()
    const { call, calling, bobs } = await askBob(window)
    bobs.answer()
    await window.until('we talk', ({ calls }) => calls[call.id]?.consult?.state === 'up')
    await calling.hangUp()
    const row = await window.until('a row', ({ recents }) => recents[call.id])
    expect(row).toMatchObject({ direction: 'in', outcome: 'answered', peer: KARLA })
    const own = await window.until('Bob is there', ({ calls }) => Object.values(calls)[0])
    expect(Object.keys(window.tables.calls)).toEqual([own.id])
    expect(own).toMatchObject({ direction: 'out', state: 'up', peer: { number: '1002', name: 'Bob Two' }, consult: null, heldBy: null })
    expect(own.answeredAt).toBeGreaterThanOrEqual(call.answeredAt ?? Infinity)
    await bobs.hangUp()
    await window.until('two rows', ({ recents }) => Object.keys(recents).length === 2)
    expect(Object.values(window.tables.recents).map(({ direction, outcome, peer }) => `${direction} ${outcome} ${peer.name}`).sort()).toEqual(['in answered Karla Customer', 'out answered Bob Two'])
    expect(window.tables.calls).toEqual({})
  })

  it('is over when its caller leaves while it rings at whom I ask, who did not call me', async () => {
    const { sitDown } = office()
    const { window } = await sitDown()
    const talk = await talkToKarla(office(), window)
    const { id } = await window.ask('call.consult', { id: talk.call.id, to: '1002' })
    const bobs = await office().phones[1002].nextCall()
    await window.until('it rings there', ({ calls }) => calls[talk.call.id]?.consult?.state === 'ringing')
    await talk.calling.hangUp()
    await bobs.ended
    expect(await window.until('an answer', ended(id))).toMatchObject({ state: 'failed', error: { code: 'call-gone' } })
    await window.until('no call', ({ calls }) => Object.keys(calls).length === 0)
    expect(Object.values(window.tables.recents)).toMatchObject([{ direction: 'in', outcome: 'answered', peer: KARLA }])
  })

  it.each(['the window', 'the phone'] as const)('is out of my hands when I hand it over at %s while it rings', async (where) => {
    const { sitDown } = office()
    const { window } = await sitDown()
    const { call, calling, phone, bobs } = await askBob(window)
    const asked = Object.values(window.tables.acts).find(({ kind }) => kind === 'consult')
    if (where === 'the window')
      await doneIn(window, window.ask('call.complete', { id: call.id }))
    else
      await phone.hangUp()
    await phone.ended
    await window.until('it is over', ({ calls, recents }) => Object.keys(calls).length === 0 && recents[call.id])
    await window.until('it rings Bob for her', ({ people }) => people['1002@hints']?.withState === 'ringing' && people['1002@hints'].with?.number === KARLA.number)
    await window.until('I am with nobody', ({ people }) => people['1001@hints']?.with === null)
    // Who comes now sees no call of mine, either.
    expect((await sitDown()).window.tables.calls).toEqual({})
    bobs.answer()
    await window.until('they talk', ({ people }) => people['1002@hints']?.withState === 'up' && people['1001@hints']?.state === 'idle')
    expect(Object.values(window.tables.recents)).toMatchObject([{ direction: 'in', outcome: 'answered', peer: KARLA }])
    expect([bobs.state, calling.state]).toEqual(['answered', 'answered'])
    expect(window.tables.acts[asked?.id ?? '']?.state ?? 'done').toBe('done')
  })

  it.each([['1002', 'Bob Two'], ['1004', 'Dave Four']] as const)('is asked about in vain where a machine answers for %s, and is mine again', async (to, name) => {
    const { phones, sitDown } = office()
    const { window } = await sitDown()
    phones[1002].behaviour = { refuse: 486 }
    const { call } = await talkToKarla(office(), window)
    const { id } = await window.ask('call.consult', { id: call.id, to })
    expect(await window.until('an answer', ended(id))).toMatchObject({ state: 'failed', error: { code: 'consult-machine' } })
    expect(window.tables.calls[call.id]).toMatchObject({ peer: KARLA, consult: { state: 'machine', to: { number: to, name } } })
    await doneIn(window, window.ask('call.cancelConsult', { id: call.id }))
    await window.until('Karla again', ({ calls }) => calls[call.id]?.consult === null && calls[call.id]?.state === 'up')
  })

  it('is lost at a number that is not in service, and never told as sent', async () => {
    const { sitDown } = office()
    const { window } = await sitDown()
    const { call, calling } = await talkToKarla(office(), window)
    const { id } = await window.ask('call.transfer', { id: call.id, to: NOT_IN_SERVICE, name: null, kind: 'blind' })
    expect(await window.until('an answer', ended(id))).toMatchObject({ state: 'failed', subject: NOT_IN_SERVICE, error: { code: 'call-lost' } })
    expect(await calling.ended).toMatchObject({ by: 'them' })
    await window.ask('act.dismiss', { id })
    await window.until('it is dismissed', ({ acts }) => acts[id] === undefined)
  })

  it('is sent when who was sent hangs up there', async () => {
    const { sitDown } = office()
    const { window } = await sitDown()
    const { call, calling, phone } = await talkToKarla(office(), window)
    const { id } = await window.ask('call.transfer', { id: call.id, to: NOT_IN_SERVICE, name: null, kind: 'blind' })
    await phone.ended
    await window.until('my part is over', ({ calls }) => calls[call.id] === undefined)
    expect(window.tables.acts[id]).toMatchObject({ state: 'asked' })
    await calling.hangUp()
    expect(await window.until('an answer', ended(id))).toMatchObject({ state: 'done' })
  })

  it('is told when it was gone before the button was pressed', async () => {
    const { sitDown } = office()
    const { window } = await sitDown()
    const { call, calling, phone } = await talkToKarla(office(), window)
    await calling.hangUp()
    await phone.ended
    // The news may still be on its way: then the server says it.
    const early = await window.invoke('call.transfer', { id: call.id, to: '1002', name: null, kind: 'blind' })
    const { error } = early.ok ? await window.until('an answer', ended(early.value.id)) : early
    expect(error?.code).toBe('call-gone')
    await window.until('no call', ({ calls }) => Object.keys(calls).length === 0)
    for (const late of [
      await window.invoke('call.park', { id: call.id, lot: null, forWhom: null }),
      await window.invoke('call.consult', { id: call.id, to: '1002' }),
      await window.invoke('call.dtmf', { id: call.id, digits: '1' }),
      await window.invoke('call.complete', { id: call.id }),
    ])
      expect(late).toMatchObject({ ok: false, error: { code: 'call-gone' } })
  })

  it('is a message for a colleague when I send it there while it rings', async () => {
    const { phones, server, shell, window } = await ringing()
    const { alert, calling } = await karlaRings(window)
    await doneIn(window, window.ask('call.transfer', { id: alert.id, to: '1002', name: 'Bob Two', kind: 'voicemail' }))
    expect(await window.until('an end', ({ alerts }) => alerts[alert.id]?.state !== 'ringing' && alerts[alert.id])).toMatchObject({ state: 'voicemail', sentTo: 'Bob Two' })
    await server.recorded('1002')
    await calling.hangUp()
    await window.until('a row', ({ recents }) => recents[alert.id])
    expect(window.tables.todo).toEqual({})
    expect(shell.announced).toEqual([])
    expect(phones[1002].hasArrived).toBe(false)
  })

  it('is missed after all when I send it where nobody is', async () => {
    const { shell, window } = await ringing()
    const { alert } = await karlaRings(window)
    const { id } = await window.ask('alert.transfer', { id: alert.id, to: NOT_IN_SERVICE })
    expect(await window.until('an end', ({ alerts }) => alerts[alert.id]?.state !== 'ringing' && alerts[alert.id])).toMatchObject({ state: 'forwarded', sentTo: NOT_IN_SERVICE })
    expect(await window.until('an answer', ended(id))).toMatchObject({ state: 'failed', error: { code: 'call-lost' } })
    expect(await window.until('the truth', ({ recents }) => recents[alert.id]?.outcome === 'missed' && recents[alert.id])).toMatchObject({ peer: KARLA })
    expect(Object.values(window.tables.todo)).toMatchObject([{ kind: 'missed', caller: KARLA }])
    expect(shell.announced.map(({ what }) => what)).toEqual(['call-missed'])
  })

  it('is out of my hands where the account may do nothing, and that is said before', async () => {
    const { phones, sitDown } = office()
    const { window } = await sitDown({ account: 'readonly' })
    phones.trunk.dial('5551201', KARLA)
    const alert = await window.until('a popup', anyAlert)
    expect(alert).toMatchObject({ canTransfer: false, canPark: false })
    const phone = await phones[1001].nextCall()
    phone.answer()
    const call = await window.until('we talk', ({ calls }) => calls[alert.id]?.state === 'up' && calls[alert.id])
    expect(window.tables.line['1001']?.missing).toMatchObject({
      transfer: 'not-permitted',
      consult: 'not-permitted',
      park: 'not-permitted',
      conference: 'not-permitted',
      dtmf: 'not-permitted',
      timeout: 'not-permitted',
      dnd: 'not-permitted',
      queueMember: 'not-permitted',
    })
    for (const act of ['blind', 'consult', 'voicemail', 'conference', 'park', 'dtmf', 'record', 'mute', 'timeout', 'move'] as const)
      expect(call.can).not.toContain(act)
    for (const refused of [
      await window.invoke('call.transfer', { id: call.id, to: '1002', name: null, kind: 'blind' }),
      await window.invoke('call.consult', { id: call.id, to: '1002' }),
      await window.invoke('call.park', { id: call.id, lot: null, forWhom: null }),
      await window.invoke('line.dnd', { on: true }),
      await window.invoke('queue.login', { queue: null }),
    ])
      expect(refused).toMatchObject({ ok: false, error: { code: 'not-permitted' } })
    expect(phone.state).toBe('answered')
  })

  it('is on record, but for a pause', async () => {
    const { sitDown, witness } = office()
    const { window } = await sitDown({ account: 'recorder' })
    const { call } = await talkToKarla(office(), window)
    const shown = () => window.tables.calls[call.id]?.recording
    await doneIn(window, window.ask('call.record', { id: call.id, do: 'start' }))
    expect(shown()).toBe('on')
    const begun = await witness.event('MixMonitorStart', {}).then(() => true)
    expect(begun).toBe(true)
    await doneIn(window, window.ask('call.record', { id: call.id, do: 'pause' }))
    expect(shown()).toBe('paused')
    await doneIn(window, window.ask('call.record', { id: call.id, do: 'resume' }))
    expect(shown()).toBe('on')
    await doneIn(window, window.ask('call.record', { id: call.id, do: 'stop' }))
    expect(shown()).toBeNull()
  })

  it('ends by itself when its time is over', async () => {
    const { sitDown } = office()
    const { window } = await sitDown()
    const { call, phone } = await talkToKarla(office(), window)
    await doneIn(window, window.ask('call.timeout', { id: call.id, seconds: 1 }))
    expect(window.tables.calls[call.id]?.endsAt).toBeGreaterThan(call.startedAt)
    expect(await phone.ended).toMatchObject({ by: 'them' })
    await window.until('no call', ({ calls }) => calls[call.id] === undefined)
  })

  it('goes on at another phone of mine', async () => {
    const { server, sitDown } = office()
    const other = await server.roamingPhone()
    expect(await other.register()).toBe(200)
    const { window } = await sitDown({ line: { devices: ['PJSIP/1001', 'PJSIP/1004'] } })
    const { call, calling, phone } = await talkToKarla(office(), window)
    expect(call).toMatchObject({ device: expect.stringMatching(/1001/) })
    const { id } = await window.ask('call.move', { id: call.id, device: 'PJSIP/1004' });
    (await other.nextCall()).answer()
    await window.until('done', actIn(id, 'done'))
    expect(await phone.ended).toMatchObject({ by: 'them' })
    expect(calling.state).toBe('answered')
    expect(await window.until('Karla there', ({ calls }) => Object.values(calls).find(one => one.state === 'up' && one.device?.includes('1004')))).toMatchObject({ peer: KARLA })
    await calling.hangUp()
    expect(await other.register(0)).toBe(200)
  })
})

import { expect, it } from 'vitest'
import { describeAsterisk } from '../support/describe-asterisk.ts'
import { anyAlert, KARLA, useOffice } from '../support/office.ts'
import { actIn, doneIn, ended, talkToKarla } from '../support/talking.ts'

/** Nobody has this number. */
const NOWHERE = '4242'

await describeAsterisk('what becomes of a call', (program) => {
  const office = useOffice(program)

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

  it('is an answer when it was sent to a number that nobody has', async () => {
    const { sitDown } = office()
    // This account may not look into the dialplan before.
    const { window } = await sitDown()
    const { call } = await talkToKarla(office(), window)
    const { id } = await window.ask('call.transfer', { id: call.id, to: NOWHERE, name: null, kind: 'blind' })
    expect(await window.until('an answer', ended(id))).toMatchObject({ state: 'failed', subject: NOWHERE, error: { code: 'no-such-extension' } })
    await window.ask('act.dismiss', { id })
    await window.until('it is dismissed', ({ acts }) => acts[id] === undefined)
  })

  it('is an answer when there is nobody to ask', async () => {
    const { sitDown } = office()
    const { window } = await sitDown()
    const { call } = await talkToKarla(office(), window)
    const { id } = await window.ask('call.consult', { id: call.id, to: NOWHERE })
    expect(await window.until('an answer', ended(id))).toMatchObject({ state: 'failed', subject: NOWHERE })
    expect(await window.until('Karla again', ({ calls }) => calls[call.id]?.consult === null && calls[call.id])).toMatchObject({ peer: KARLA, talkingTo: 'peer' })
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
    expect(['call-gone', 'call-alone']).toContain(error?.code)
    await window.until('no call', ({ calls }) => Object.keys(calls).length === 0)
    for (const late of [
      await window.invoke('call.park', { id: call.id, lot: null, forWhom: null }),
      await window.invoke('call.consult', { id: call.id, to: '1002' }),
      await window.invoke('call.dtmf', { id: call.id, digits: '1' }),
      await window.invoke('call.complete', { id: call.id }),
    ])
      expect(late).toMatchObject({ ok: false, error: { code: 'call-gone' } })
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

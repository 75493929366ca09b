import { expect, it } from 'vitest'
import { describeAsterisk } from '../support/describe-asterisk.ts'
import { anyAlert, KARLA, useOffice } from '../support/office.ts'
import { doneIn, ended, talkToKarla } from '../support/talking.ts'

await describeAsterisk('parking', (program) => {
  const office = useOffice(program)

  it('rings me again when nobody took the call, and the popup says why', async () => {
    const { phones, sitDown } = office()
    const { window } = await sitDown()
    const { call, phone } = await talkToKarla(office(), window)
    await doneIn(window, window.ask('call.park', { id: call.id, lot: 'quick', forWhom: null }))
    expect(await phone.ended).toMatchObject({ by: 'them' })
    const back = await phones[1001].nextCall()
    const alert = await window.until('a popup that says so', ({ alerts }) => Object.values(alerts).find(one => one.returned !== null))
    expect(alert).toMatchObject({ state: 'ringing', caller: KARLA, returned: { lot: 'quick', space: '741' } })
    await window.until('an empty lot', ({ lots, parked }) => lots.quick?.taken === 0 && Object.keys(parked).length === 0)
    back.answer()
    expect(await window.until('we talk', ({ calls }) => calls[alert.id]?.state === 'up' && calls[alert.id])).toMatchObject({ peer: KARLA })
  })

  it('takes a call off my phone before I have lifted', async () => {
    const { phones, sitDown } = office()
    const { shell, window } = await sitDown()
    const calling = phones.trunk.dial('5551201', KARLA)
    const ringing = await phones[1001].nextCall()
    const alert = await window.until('a popup', tables => anyAlert(tables)?.canPark && anyAlert(tables))
    await doneIn(window, window.ask('alert.park', { id: alert.id }))
    expect(await ringing.ended).toMatchObject({ by: 'them' })
    expect(await window.until('a row', ({ parked }) => Object.values(parked)[0])).toMatchObject({ lot: 'default', caller: KARLA, returnsAt: expect.any(Number) })
    await calling.hangUp()
    await window.until('nobody waits any more', ({ parked }) => Object.keys(parked).length === 0)
    expect(await window.until('a row in the history', ({ recents }) => recents[alert.id]?.outcome === 'missed' && recents[alert.id])).toMatchObject({ peer: KARLA })
    const todo = await window.until('a call to return', tables => Object.keys(tables.todo).length > 0 && Object.values(tables.todo))
    expect(todo).toMatchObject([{ kind: 'missed', caller: KARLA }])
    expect(shell.announced.map(({ what }) => what)).toEqual(['call-missed'])
  })

  it('takes a call out of my queue while it rings me, and so does sending it on', async () => {
    const { phones, sitDown, witness } = office()
    await witness.request('QueuePause', { Queue: 'sales', Interface: 'PJSIP/1002', Paused: 'true' })
    const { shell, window } = await sitDown()
    await doneIn(window, window.ask('queue.login', { queue: 'sales' }))
    for (const { send, state, end } of [
      { send: (id: string) => window.ask('alert.transfer', { id, to: '1003' }), state: 'forwarded', end: 'forwarded' },
      // Nobody took it from the lot.
      { send: (id: string) => window.ask('alert.park', { id }), state: 'parked', end: 'missed' },
    ]) {
      expect(window.tables.todo).toEqual({})

      const calling = phones.trunk.dial('5558001', KARLA)
      const alert = await window.until('a popup', ({ alerts, queueCallers }) => Object.keys(queueCallers).length === 1 && Object.values(alerts).find(one => one.canPark && one.queue === 'sales'))
      await doneIn(window, send(alert.id))
      await window.until('nobody waits', ({ queueCallers }) => Object.keys(queueCallers).length === 0)
      await window.until('its end', ({ alerts }) => alerts[alert.id]?.state === state)
      await calling.hangUp()
      await window.until('a row', ({ recents }) => recents[alert.id]?.outcome === end)
    }
    await window.until('a call to return', ({ todo }) => Object.values(todo).some(one => one.kind === 'queue' && one.queue === 'sales' && one.attempts === 1))
    expect(shell.announced.map(({ what }) => what)).toEqual(['call-missed'])
    await doneIn(window, window.ask('queue.logout', { queue: 'sales' }))
    await witness.request('QueuePause', { Queue: 'sales', Interface: 'PJSIP/1002', Paused: 'false' })
  })

  it('rings me again as a call of its own, before my phone has let go of the old one', async () => {
    const { phones, sitDown } = office()
    const { window } = await sitDown()
    const { call } = await talkToKarla(office(), window)
    await doneIn(window, window.ask('call.park', { id: call.id, lot: 'hasty', forWhom: null }))
    const back = await phones[1001].nextCall()
    const alert = await window.until('a popup that says so', ({ alerts }) => Object.values(alerts).find(one => one.returned !== null))
    expect(alert).toMatchObject({ state: 'ringing', caller: KARLA, returned: { lot: 'hasty', space: '751' } })
    expect(alert.id).not.toBe(call.id)
    back.answer()
    expect(await window.until('we talk', ({ calls }) => calls[alert.id]?.state === 'up' && calls[alert.id])).toMatchObject({ peer: KARLA })
    expect(await window.until('the old one is over', ({ recents }) => recents[call.id])).toMatchObject({ outcome: 'answered' })
    expect(window.tables.calls[alert.id]).toMatchObject({ state: 'up' })
  })

  it('is seen by who comes later, and a call of others is only taken when I am sure', async () => {
    const { phones, sitDown } = office()
    const bobs = await sitDown({ line: { extension: '1002', devices: ['PJSIP/1002'], mailboxes: ['1002@default'] } })
    const calling = phones.trunk.dial('5551202', KARLA);
    (await phones[1002].nextCall()).answer()
    const call = await bobs.window.until('they talk', ({ calls }) => Object.values(calls).find(one => one.can.includes('park')))
    await doneIn(bobs.window, bobs.window.ask('call.park', { id: call.id, lot: null, forWhom: null }))
    const { window } = await sitDown()
    const parked = await window.until('a row', tables => Object.values(tables.parked)[0])
    expect(parked).toMatchObject({ caller: KARLA, parkedBy: 'Bob Two', mine: false })
    expect(await window.invoke('parked.retrieve', { id: parked.id })).toMatchObject({ ok: false, error: { code: 'needs-confirmation' } })
    const taken = doneIn(window, window.ask('parked.retrieve', { id: parked.id, confirmed: true }));
    (await phones[1001].nextCall()).answer()
    await taken
    await window.until('an empty lot', tables => Object.keys(tables.parked).length === 0)
    expect(await window.invoke('parked.retrieve', { id: parked.id, confirmed: true })).toMatchObject({ ok: false, error: { code: 'parked-gone' } })
    expect(await window.until('we talk', ({ calls }) => Object.values(calls).find(one => one.state === 'up'))).toMatchObject({ direction: 'in', peer: KARLA })
    expect(calling.state).toBe('answered')
  })

  it('rings me no longer when somebody else took the call from its space', async () => {
    const { phones, sitDown } = office()
    const { window } = await sitDown()
    const { call } = await talkToKarla(office(), window)
    await doneIn(window, window.ask('call.park', { id: call.id, lot: null, forWhom: null }))
    const parked = await window.until('a row', tables => Object.values(tables.parked)[0])
    const { id } = await window.ask('parked.retrieve', { id: parked.id })
    const ringing = await phones[1001].nextCall()
    phones[1002].dial(parked.space)
    expect(await window.until('the end of the act', ended(id))).toMatchObject({ state: 'failed', error: { code: 'parked-gone' } })
    expect(await ringing.ended).toMatchObject({ by: 'them' })
    await window.until('no call', ({ calls, line }) => Object.keys(calls).length === 0 && line['1001']?.state === 'idle')
    expect(Object.values(window.tables.recents).map(({ outcome }) => outcome).sort()).toEqual(['answered', 'cancelled'])
  })

  it('is the call of who waited there when I take it back, here or by dialling its space', async () => {
    const { phones, sitDown } = office()
    const { window } = await sitDown()
    const { call } = await talkToKarla(office(), window)
    await doneIn(window, window.ask('call.park', { id: call.id, lot: null, forWhom: null }))
    const parked = await window.until('a row', tables => Object.values(tables.parked)[0])
    const taken = doneIn(window, window.ask('parked.retrieve', { id: parked.id }))
    const ringing = await phones[1001].nextCall()
    expect(await window.until('my phone rings', ({ calls }) => Object.values(calls).find(one => one.state === 'calling-me'))).toMatchObject({ peer: KARLA })
    ringing.answer()
    await taken
    // That it was taken back is told a moment after my phone is up.
    const back = await window.until('we talk', ({ calls }) => Object.values(calls).find(one => one.state === 'up' && one.id !== call.id && one.direction === 'in'))
    expect(back).toMatchObject({ peer: KARLA })
    await doneIn(window, window.ask('call.park', { id: back.id, lot: null, forWhom: null }))
    expect(await window.until('its end', ({ recents }) => recents[back.id])).toMatchObject({ direction: 'in', outcome: 'answered', peer: KARLA })
    const again = await window.until('a row', tables => Object.values(tables.parked)[0])
    const dialled = phones[1001].dial(again.space)
    const third = await window.until('we talk once more', ({ calls }) => Object.values(calls).find(one => one.state === 'up' && one.id !== call.id && one.id !== back.id && one.direction === 'in' && one.peer.number === KARLA.number))
    expect(third).toMatchObject({ peer: KARLA })
    await dialled.hangUp()
    expect(await window.until('its end', ({ recents }) => recents[third.id])).toMatchObject({ direction: 'in', outcome: 'answered', peer: KARLA })
  })

  it('says which lots there are, and refuses those that are not', async () => {
    const { sitDown } = office()
    const { window } = await sitDown()
    expect(window.tables.lots).toMatchObject({ default: { spaces: 20, timeoutSeconds: 30 }, quick: { spaces: 5, timeoutSeconds: 5 } })
    const { call, phone } = await talkToKarla(office(), window)
    expect(await window.invoke('call.park', { id: call.id, lot: 'nowhere', forWhom: null })).toMatchObject({ ok: false, error: { code: 'no-such-lot' } })
    expect(phone.state).toBe('answered')
  })
})

import { expect, it } from 'vitest'
import { describeAsterisk } from '../support/describe-asterisk.ts'
import { alertIn, anyAlert, KARLA, useOffice } from '../support/office.ts'
import { doneIn, ended } from '../support/talking.ts'

const CAROL_DESK = { line: { extension: '1003', devices: ['PJSIP/1003'], mailboxes: ['1003@default'] } }

await describeAsterisk('colleagues and queues', (program) => {
  const office = useOffice(program)

  it('shows everybody by name, what they do and with whom', async () => {
    const { phones, sitDown } = office()
    const { window } = await sitDown()
    expect(window.tables.people).toMatchObject({
      '1001@hints': { name: 'Alice One', state: 'idle', isMe: true, with: null },
      '1002@hints': { name: 'Bob Two', state: 'idle', isMe: false, with: null },
      '1003@hints': { name: 'Carol Three', state: 'idle' },
      '1004@hints': { name: 'Dave Four', state: 'unavailable' },
    })
    const calling = phones.trunk.dial('5551202', KARLA)
    expect(await window.until('Bob rings', ({ people }) => people['1002@hints']?.with && people['1002@hints'])).toMatchObject({ state: 'ringing', with: KARLA, withState: 'ringing', canPickUp: true });
    (await phones[1002].nextCall()).answer()
    expect(await window.until('Bob talks', ({ people }) => people['1002@hints']?.withState === 'up' && people['1002@hints']?.state === 'inuse' && people['1002@hints'])).toMatchObject({ with: KARLA, canPickUp: false, since: expect.any(Number) })
    expect(await window.invoke('person.pickup', { id: '1002@hints', confirmed: true })).toMatchObject({ ok: false, error: { code: 'not-ringing' } })
    await calling.hangUp()
    await window.until('Bob is free', ({ people }) => people['1002@hints']?.state === 'idle' && people['1002@hints'].with === null)
  })

  it('shows what colleagues say of themselves, now and to who comes later', async () => {
    const { sitDown, witness } = office()
    const { window } = await sitDown()
    await witness.request('Setvar', { Variable: 'PRESENCE_STATE(CustomPresence:1002)', Value: 'away,,at lunch' })
    const says = { state: 'away', message: 'at lunch' }
    await window.until('a note', ({ people }) => people['1002@hints']?.presence?.message === 'at lunch')
    expect(window.tables.people['1002@hints']).toMatchObject({ presence: says, state: 'idle' })
    const later = await sitDown(CAROL_DESK)
    expect(later.window.tables.people['1002@hints']).toMatchObject({ presence: says })
  })

  it('brings the caller of a queue to the second when the first does not lift', async () => {
    const { phones, sitDown } = office()
    const { window } = await sitDown()
    await doneIn(window, window.ask('queue.login', { queue: 'sales' }))
    const calling = phones.trunk.dial('5558001', KARLA)
    const bobs = await phones[1002].nextCall()
    await window.until('somebody waits', ({ queues }) => queues.sales?.waiting === 1)
    const mine = await phones[1001].nextCall()
    expect(await bobs.ended).toMatchObject({ by: 'them' })
    const alert = await window.until('a popup', anyAlert)
    expect(alert).toMatchObject({ state: 'ringing', caller: KARLA, queue: 'sales', waitedSince: expect.any(Number) })
    mine.answer()
    await window.until('it is mine', alertIn(alert.id, 'answered-here'))
    await window.until('nobody waits', ({ queueCallers, queues }) => queues.sales?.waiting === 0 && Object.keys(queueCallers).length === 0)
    expect(await window.until('I am busy', ({ queueMembers }) => queueMembers['sales PJSIP/1001']?.state === 'inuse' && queueMembers['sales PJSIP/1001'])).toMatchObject({ isMe: true, dynamic: true })
    await calling.hangUp()
    expect(await window.until('it counts', ({ queueMembers }) => queueMembers['sales PJSIP/1001']?.callsTaken === 1 && queueMembers['sales PJSIP/1001'])).toMatchObject({ lastCallAt: expect.any(Number) })
    expect(window.tables.queueMembers['sales PJSIP/1002']).toMatchObject({ name: 'Bob Two', callsTaken: 0, isMe: false, dynamic: false })
    expect(Object.values(window.tables.todo)).toEqual([])
    await doneIn(window, window.ask('queue.logout', { queue: 'sales' }))
    expect(window.tables.queueMembers['sales PJSIP/1001']).toBeUndefined()
  })

  it('gives me the caller of a queue who rings a colleague', async () => {
    const { phones, sitDown } = office()
    const { window } = await sitDown({ codes: { pickup: '' } })
    await doneIn(window, window.ask('queue.login', { queue: 'sales' }))
    const calling = phones.trunk.dial('5558001', KARLA)
    await phones[1002].nextCall()
    await window.until('it rings Bob', ({ people, queueCallers }) => people['1002@hints']?.canPickUp && Object.keys(queueCallers).length === 1)
    const picked = doneIn(window, window.ask('person.pickup', { id: '1002@hints', confirmed: true }))
    const mine = await phones[1001].nextCall()
    mine.answer()
    await picked
    expect(await window.until('we talk', ({ calls }) => Object.values(calls).find(one => one.state === 'up'))).toMatchObject({ direction: 'in', peer: KARLA })
    await window.until('nobody waits', ({ queueCallers }) => Object.keys(queueCallers).length === 0)
    await calling.hangUp()
    await window.until('no call', ({ calls }) => Object.keys(calls).length === 0)
    expect(window.tables.todo).toEqual({})
    await doneIn(window, window.ask('queue.logout', { queue: 'sales' }))
  })

  it('rings me no longer when the colleague was faster to lift', async () => {
    const { phones, sitDown } = office()
    const { window } = await sitDown()
    const calling = phones.trunk.dial('5551202', KARLA)
    const bobs = await phones[1002].nextCall()
    await window.until('it rings Bob', ({ people }) => people['1002@hints']?.canPickUp)
    const { id } = await window.ask('person.pickup', { id: '1002@hints', confirmed: true })
    const mine = await phones[1001].nextCall()
    bobs.answer()
    expect(await window.until('the end of the act', ended(id))).toMatchObject({ state: 'failed', error: { code: 'not-ringing' } })
    expect(await mine.ended).toMatchObject({ by: 'them' })
    await window.until('no call', ({ calls }) => Object.keys(calls).length === 0)
    await calling.hangUp()
  })

  it('counts who waits in a queue, in their order', async () => {
    const { phones, sitDown } = office()
    const { window } = await sitDown()
    phones.trunk.dial('5558000', KARLA)
    await window.until('one', ({ queueCallers }) => Object.keys(queueCallers).length === 1)
    const second = phones[1002].dial('8000')
    const waiting = await window.until('two', ({ queueCallers }) => Object.keys(queueCallers).length === 2 && Object.values(queueCallers))
    expect([...waiting].sort((a, b) => a.position - b.position)).toMatchObject([
      { queue: 'support', position: 1, caller: KARLA },
      { queue: 'support', position: 2, caller: { number: '1002', name: 'Bob Two' } },
    ])
    expect(window.tables.queues.support).toMatchObject({ waiting: 2, longestSince: Math.min(...waiting.map(({ since }) => since)) })
    await phones.trunk.giveUp()
    expect(await window.until('one is left', ({ queueCallers }) => Object.keys(queueCallers).length === 1 && Object.values(queueCallers))).toMatchObject([{ position: 1, caller: { number: '1002' } }])
    await second.hangUp()
    await window.until('nobody', ({ queueCallers }) => Object.keys(queueCallers).length === 0)
  })

  it('cannot leave a queue that the server put me in, but pauses there with a reason', async () => {
    const { sitDown, witness } = office()
    const { window } = await sitDown(CAROL_DESK)
    expect(window.tables.queues.support).toMatchObject({ mine: { interface: 'PJSIP/1003', dynamic: false, paused: false } })
    expect(await window.invoke('queue.logout', { queue: 'support' })).toMatchObject({ ok: false, error: { code: 'static-member' } })
    await doneIn(window, window.ask('queue.pause', { queue: 'support', paused: true, reason: 'writing it down' }))
    expect(window.tables.queueMembers['support PJSIP/1003']).toMatchObject({ paused: true, reason: 'writing it down', pausedSince: expect.any(Number), isMe: true })
    expect(window.tables.queues.support).toMatchObject({ members: { total: 1, paused: 1, free: 0 } })
    expect(await witness.event('QueueMemberPause', { Interface: 'PJSIP/1003' })).toMatchObject({ Paused: '1', PausedReason: 'writing it down' })
    // Who comes later reads it from the list.
    const later = await sitDown()
    expect(later.window.tables.queueMembers['support PJSIP/1003']).toMatchObject({ paused: true, reason: 'writing it down', isMe: false })
    await doneIn(window, window.ask('queue.pause', { queue: 'support', paused: false, reason: null }))
    await later.window.until('back at work', ({ queueMembers }) => queueMembers['support PJSIP/1003']?.paused === false)
  })

  it('keeps a caller who gave up as something to do, until it is done', async () => {
    const { phones, sitDown } = office()
    const { window } = await sitDown(CAROL_DESK)
    const calling = phones.trunk.dial('5558000', KARLA)
    await phones[1003].nextCall()
    await window.until('somebody waits', ({ queueCallers }) => Object.keys(queueCallers).length === 1)
    await calling.hangUp()
    const row = await window.until('to be returned', ({ todo }) => Object.values(todo)[0])
    expect(row).toMatchObject({ kind: 'queue', queue: 'support', caller: KARLA, done: false, attempts: 1 })
    await window.ask('todo.done', { id: row.id, done: true })
    await window.until('done', ({ todo }) => todo[row.id]?.done)
    expect(Object.keys(window.tables.todo)).toEqual([row.id])
  })
})

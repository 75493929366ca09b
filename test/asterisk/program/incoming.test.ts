import type { AlertView, Tables } from '#contract/tables.ts'
import { expect, it } from 'vitest'
import { describeAsterisk } from '../support/describe-asterisk.ts'
import { alertIn, anyAlert, anyRecent, callIn, KARLA, lineIn, useOffice } from '../support/office.ts'

/** That somebody took it, who it was, and that my phone is silent are told one after the other, in any order. */
const takenBySomebody = (id: string) => ({ alerts }: Tables): AlertView | false | undefined => alerts[id]?.state === 'answered-elsewhere' && alerts[id].answeredBy !== null && alerts[id]

await describeAsterisk('a call for me', (program) => {
  const office = useOffice(program)
  const isLegacy = program.version === '16'

  it('pops up while my phone rings, and is mine once I lift it', async () => {
    const { phones, sitDown } = office()
    const { window, shell } = await sitDown()
    const calling = phones.trunk.dial('5551201', KARLA)
    const alert = await window.until('a popup', anyAlert)
    expect(alert).toMatchObject({
      id: expect.any(String),
      state: 'ringing',
      caller: KARLA,
      queue: null,
      dialed: '555 1201',
      transferredBy: null,
      waitedSince: null,
      answeredBy: null,
      startedAt: expect.any(Number),
      endedAt: null,
      canDecline: true,
      canSendToVoicemail: true,
    })
    await window.until('my line rings', lineIn('ringing'))
    const phone = await phones[1001].nextCall()
    phone.answer()
    await window.until('answered', alertIn(alert.id, 'answered-here'))
    expect(await window.until('the call', callIn(alert.id, 'up'))).toMatchObject({
      direction: 'in',
      peer: KARLA,
      answeredAt: expect.any(Number),
      heldBy: null,
      conference: false,
      controllable: true,
    })
    await window.until('my line is in use', lineIn('inuse'))
    await phone.hold()
    expect(await window.until('held', callIn(alert.id, 'held'))).toMatchObject({ heldBy: 'me' })
    await phone.hold(false)
    await window.until('taken back', callIn(alert.id, 'up'))
    await phone.hangUp()
    await calling.ended
    expect(await window.until('a row', anyRecent)).toMatchObject({
      id: alert.id,
      direction: 'in',
      outcome: 'answered',
      peer: KARLA,
      queue: null,
      answeredBy: null,
      at: alert.startedAt,
      talkMs: expect.any(Number),
    })
    await window.until('my line is idle', lineIn('idle'))
    expect(window.statesOf('alerts', alert.id)).toEqual(['ringing', 'answered-here'])
    expect(window.tables.calls).toEqual({})
    expect(shell.announced).toEqual([])
  })

  it('takes its popup away a moment after it was answered', async () => {
    const { phones, sitDown } = office()
    const { window } = await sitDown({ lingerSeconds: 1 })
    phones[1001].behaviour = 'answer'
    phones.trunk.dial('5551201', KARLA)
    const { id } = await window.until('a popup', anyAlert)
    await window.until('no popup', ({ alerts }) => alerts[id] === undefined)
    expect(window.tables.calls[id]).toMatchObject({ state: 'up' })
  })

  it('is missed when the caller gives up', async () => {
    const { phones, sitDown } = office()
    const { window, shell } = await sitDown()
    const calling = phones.trunk.dial('5551201', KARLA)
    const { id } = await window.until('a popup', anyAlert)
    await calling.hangUp()
    await window.until('missed', alertIn(id, 'missed'))
    expect(await window.until('a row', anyRecent)).toMatchObject({ id, outcome: 'missed', peer: KARLA, talkMs: null })
    expect(shell.announced.map(({ what }) => what)).toEqual(['call-missed'])
  })

  it('goes to voicemail when nobody lifts, and the message is counted', async () => {
    const { phones, server, sitDown } = office()
    await server.letRing(1)
    const { window, shell } = await sitDown()
    expect(window.tables.mailboxes).toEqual({
      '1001@default': { mailbox: '1001@default', newMessages: 0, oldMessages: 0, waiting: false },
    })
    const calling = phones.trunk.dial('5551201', KARLA)
    const { id } = await window.until('a popup', anyAlert)
    await calling.answered
    await window.until('with the voicemail', alertIn(id, 'voicemail'))
    await server.recorded('1001')
    await calling.hangUp()
    await window.until('a message', ({ mailboxes }) => mailboxes['1001@default']?.newMessages === 1)
    expect(window.tables.mailboxes).toEqual({
      '1001@default': { mailbox: '1001@default', newMessages: 1, oldMessages: 0, waiting: true },
    })
    expect(window.tables.recents[id]).toMatchObject({ outcome: 'voicemail', peer: KARLA, talkMs: null })
    expect(shell.announced.map(({ what }) => what)).toEqual(['voicemail-new'])
  })

  it('says who answered it in a ring group', async () => {
    const { phones, sitDown } = office()
    const { window, shell } = await sitDown()
    const calling = phones.trunk.dial('5559000', KARLA)
    const { id } = await window.until('a popup', anyAlert)
    const [mine, bobs] = await Promise.all([
      phones[1001].nextCall(),
      phones[1002].nextCall(),
    ])
    bobs.answer()
    expect(await mine.ended).toMatchObject({ by: 'them' })
    expect(await window.until('who answered', takenBySomebody(id))).toMatchObject({
      answeredBy: 'Bob Two',
      canDecline: false,
      canSendToVoicemail: false,
    })
    expect(anyRecent(window.tables)).toMatchObject({ outcome: 'answered-elsewhere', answeredBy: 'Bob Two' })
    expect(window.statesOf('alerts', id)).toEqual(['ringing', 'answered-elsewhere'])
    expect(shell.announced).toEqual([])
    await bobs.hangUp()
    await calling.ended
  })

  it('says who picked it up', async () => {
    const { phones, sitDown } = office()
    const { window } = await sitDown()
    phones.trunk.dial('5551201', KARLA)
    const { id } = await window.until('a popup', anyAlert)
    const picking = phones[1002].dial('**1001')
    await picking.answered
    expect(await window.until('who answered', takenBySomebody(id))).toMatchObject({ answeredBy: 'Bob Two' })
    await picking.hangUp()
  })

  it('is declined from the popup: my phone falls silent and the dialplan goes on', async () => {
    const { phones, sitDown } = office()
    const { window, shell } = await sitDown()
    const calling = phones.trunk.dial('5551201', KARLA)
    const { id } = await window.until('a popup', anyAlert)
    const phone = await phones[1001].nextCall()
    await window.ask('alert.decline', { id })
    expect(await phone.ended).toMatchObject({ by: 'them' })
    await window.until('declined', alertIn(id, 'declined'))
    expect(await window.until('a row', anyRecent)).toMatchObject({ outcome: 'declined' })
    await calling.answered
    expect(shell.announced).toEqual([])
  })

  it('is declined at the phone, and rings on at others', async () => {
    const { phones, sitDown } = office()
    const { window } = await sitDown()
    const calling = phones.trunk.dial('5559000', KARLA)
    const { id } = await window.until('a popup', anyAlert)
    const phone = await phones[1001].nextCall()
    phone.refuse(603)
    await window.until('declined', alertIn(id, 'declined'))
    expect(await window.until('a row', anyRecent)).toMatchObject({ outcome: 'declined' })
    const bobs = await phones[1002].nextCall()
    bobs.answer()
    await calling.answered
    await bobs.hangUp()
    await calling.ended
    expect(window.statesOf('alerts', id)).toEqual(['ringing', 'declined'])
  })

  it.each([
    {
      how: 'straight, where the dialplan has a way',
      voicemailExten: '*1001',
    },
    {
      how: 'as busy, where it has none',
      voicemailExten: '',
    },
  ])('is sent to my voicemail $how', async ({ voicemailExten }) => {
    const { phones, server, sitDown, witness } = office()
    const { window, shell } = await sitDown({
      line: { voicemailExten },
    })
    const before = window.tables.mailboxes['1001@default']?.newMessages ?? 0
    const calling = phones.trunk.dial('5551201', KARLA)
    const { id } = await window.until('a popup', anyAlert)
    const phone = await phones[1001].nextCall()
    await window.ask('alert.toVoicemail', { id })
    expect(await phone.ended).toMatchObject({ by: 'them' })
    await calling.answered
    await window.until('with the voicemail', alertIn(id, 'voicemail'))
    await server.recorded('1001')
    await calling.hangUp()
    expect(await witness.event('MessageWaiting', { Mailbox: '1001@default' })).toMatchObject({ New: String(before + 1) })
    await window.until('one message more', ({ mailboxes }) => mailboxes['1001@default']?.newMessages === before + 1)
    expect(window.tables.recents[id]).toMatchObject({ outcome: 'voicemail' })
    expect(shell.announced.map(({ what }) => what)).toEqual(['voicemail-new'])
  })

  it('shows the queue that it waited in', async () => {
    const { phones, server, sitDown } = office()
    await server.cli('queue add member PJSIP/1001 to support')
    const { window } = await sitDown()
    phones.trunk.dial('5558000', KARLA)
    expect(await window.until('a popup with its queue', tables => anyAlert(tables)?.queue && anyAlert(tables))).toMatchObject({
      state: 'ringing',
      caller: KARLA,
      queue: 'support',
      waitedSince: expect.any(Number),
    })
    await server.cli('queue remove member PJSIP/1001 from support')
  })

  it('shows the caller and who transferred it', async () => {
    const { phones, sitDown, witness } = office()
    const { window } = await sitDown()
    phones[1002].behaviour = 'answer'
    phones.trunk.dial('5551202', KARLA)
    const bobs = await phones[1002].nextCall()
    // Before they are together there is nothing to transfer.
    await witness.event('BridgeEnter', { BridgeNumChannels: '2' })
    await bobs.transfer('1001')
    expect(await window.until('a popup that names Bob', tables => anyAlert(tables)?.transferredBy && anyAlert(tables))).toMatchObject({
      state: 'ringing',
      caller: KARLA,
      transferredBy: 'Bob Two',
    })
  })

  it('is forwarded by my phone', async () => {
    const { phones, sitDown } = office()
    const { window } = await sitDown()
    const calling = phones.trunk.dial('5551201', KARLA)
    const { id } = await window.until('a popup', anyAlert)
    const phone = await phones[1001].nextCall()
    phone.redirect('1002')
    await phones[1002].nextCall()
    await window.until('forwarded', alertIn(id, 'forwarded'))
    await calling.hangUp()
    expect(await window.until('a row', anyRecent)).toMatchObject({ outcome: 'forwarded' })
  })

  it('has a popup of its own beside another', async () => {
    const { phones, sitDown } = office()
    const { window } = await sitDown()
    phones.trunk.dial('5551201', KARLA)
    await window.until('a popup', anyAlert)
    phones.trunk.dial('5551201', { name: 'Nora Next', number: '+15550111' })
    await window.until('two popups', ({ alerts }) => Object.keys(alerts).length === 2)
    expect(Object.values(window.tables.alerts).map(({ caller }) => caller.name).toSorted()).toEqual(['Karla Customer', 'Nora Next'])
  })

  it('comes from a colleague', async () => {
    const { phones, sitDown } = office()
    const { window } = await sitDown()
    phones[1002].dial('1001')
    expect(await window.until('a popup', anyAlert)).toMatchObject({
      caller: { name: 'Bob Two', number: '1002' },
      // My own number says nothing.
      dialed: null,
    })
  })

  it('is none when I call a colleague from my phone', async () => {
    const { phones, sitDown } = office()
    const { window } = await sitDown()
    const calling = phones[1001].dial('1002')
    const bobs = await phones[1002].nextCall()
    await window.until('my call rings there', tables => Object.values(tables.calls).some(call => call.direction === 'out' && call.state === 'ringing'))
    bobs.answer()
    await calling.answered
    const { id } = await window.until('we talk', tables => Object.values(tables.calls).find(call => call.state === 'up'))
    await bobs.hangUp()
    expect(await window.until('a row', anyRecent)).toMatchObject({ id, direction: 'out', outcome: 'answered', peer: { number: '1002' } })
    expect(window.statesOf('alerts', id)).toEqual([])
  })

  it('rings a phone of the legacy SIP channel', async ({ skip }) => {
    skip(!isLegacy, 'Asterisk 22 is without chan_sip')
    const { phones, sitDown } = office()
    const { window } = await sitDown({
      line: {
        extension: '2001',
        devices: ['SIP/2001'],
        mailboxes: ['2001@default'],
      },
    })
    phones[1002].dial('2001')
    const { id } = await window.until('a popup', anyAlert)
    const phone = await phones[2001].nextCall()
    phone.answer()
    await window.until('answered', alertIn(id, 'answered-here'))
    await window.until('in use', ({ line }) => line['2001']?.state === 'inuse')
    await phone.hangUp()
    expect(await window.until('a row', anyRecent)).toMatchObject({ outcome: 'answered', peer: { number: '1002', name: 'Bob Two' } })
  })
})

import type { DialView } from '#contract/tables.ts'
import type { FakeWindow } from '../../support/fake-window.ts'
import { expect, it } from 'vitest'
import { describeAsterisk } from '../support/describe-asterisk.ts'
import { anyRecent, dialIn, useOffice } from '../support/office.ts'

function failure(id: string, code: string): Parameters<FakeWindow['until']>[1] {
  return ({ dials }) => dials[id]?.error?.code === code && dials[id]
}

/** Each state of a dial, without those that pass too fast to be told. */
function steps(window: FakeWindow, id: string): readonly string[] {
  return window.statesOf('dials', id).filter(state => state !== 'asking' && state !== 'calling')
}

await describeAsterisk('click to dial', (program) => {
  const office = useOffice(program)

  it('rings my phone first, then the colleague, and follows the call to its end', async () => {
    const { phones, sitDown } = office()
    const { window, shell } = await sitDown()
    const { id } = await window.ask('dial.start', { text: '1002', name: 'Bob Two' })
    expect(await window.until('my phone rings', dialIn(id, 'my-phone-rings'))).toMatchObject<Partial<DialView>>({
      id,
      number: '1002',
      display: '1002',
      name: 'Bob Two',
      phone: 'PJSIP/1001',
      state: 'my-phone-rings',
      error: null,
      startedAt: expect.any(Number),
    })
    expect(window.tables.alerts).toEqual({})
    const mine = await phones[1001].nextCall()
    expect(mine.peer).toEqual({ name: 'Bob Two', number: '1002' })
    mine.answer()
    await window.until('his phone rings', dialIn(id, 'far-rings'))
    const his = await phones[1002].nextCall()
    expect(his.peer).toEqual({ name: 'Alice One', number: '1001' })
    his.answer()
    await window.until('answered', dialIn(id, 'answered'))
    const call = await window.until('we talk', ({ calls }) => Object.values(calls).find(({ state }) => state === 'up'))
    expect(call).toMatchObject({ direction: 'out', peer: { number: '1002', name: 'Bob Two' } })
    await window.ask('call.hangup', { id: call.id })
    await Promise.all([
      mine.ended,
      his.ended,
    ])
    await window.until('ended', dialIn(id, 'ended'))
    expect(await window.until('a row', anyRecent)).toMatchObject({
      direction: 'out',
      outcome: 'answered',
      peer: { number: '1002', name: 'Bob Two' },
      talkMs: expect.any(Number),
    })
    expect(steps(window, id)).toEqual(['my-phone-rings', 'far-rings', 'answered', 'ended'])
    expect(window.tables.alerts).toEqual({})
    expect(shell.announced).toEqual([])
  })

  it('reaches the world outside by the prefix, under the number that was written', async () => {
    const { phones, sitDown } = office()
    const { window } = await sitDown()
    phones[1001].behaviour = 'answer'
    const { id } = await window.ask('dial.start', { text: 'tel:+1-555-0100', name: 'Karla Customer' })
    await window.until('it rings out there', dialIn(id, 'far-rings'))
    const hers = await phones.trunk.nextCall()
    expect(hers.header('to')).toContain('sip:00015550100@')
    expect(hers.peer).toEqual({ name: 'Alice One', number: '1001' })
    hers.answer()
    await window.until('answered', dialIn(id, 'answered'))
    await hers.hangUp()
    await window.until('ended', dialIn(id, 'ended'))
  })

  it('is answered by an application of the dialplan', async () => {
    const { phones, sitDown } = office()
    const { window } = await sitDown()
    phones[1001].behaviour = 'answer'
    const { id } = await window.ask('dial.start', { text: '7001', name: null })
    await window.until('answered', dialIn(id, 'answered'))
    await (await phones[1001].nextCall()).hangUp()
    await window.until('ended', dialIn(id, 'ended'))
  })

  it.each([
    {
      what: 'a busy colleague',
      status: 486,
      code: 'far-busy',
      outcome: 'busy',
    },
    {
      what: 'a colleague who declines',
      status: 603,
      code: 'far-declined',
      outcome: 'no-answer',
    },
    {
      what: 'a number that nobody has',
      status: 404,
      code: 'far-invalid-number',
      outcome: 'failed',
    },
    {
      what: 'a line that is out of order',
      status: 503,
      code: 'far-congestion',
      outcome: 'failed',
    },
  ])('tells of $what', async ({ status, code, outcome }) => {
    const { phones, sitDown } = office()
    const { window, shell } = await sitDown()
    phones[1001].behaviour = 'answer'
    phones.trunk.behaviour = { refuse: status }
    const { id } = await window.ask('dial.start', { text: '555 0123', name: null })
    expect(await window.until(code, failure(id, code))).toMatchObject({ state: 'failed', number: '05550123', display: '555 0123' })
    expect(await window.until('a row', anyRecent)).toMatchObject({ direction: 'out', outcome, peer: { number: '05550123' } })
    expect(shell.announced.map(({ what }) => what)).toEqual(['dial-failed'])
    await window.ask('dial.dismiss', { id })
    await window.until('dismissed', ({ dials }) => dials[id] === undefined)
  })

  it.each([
    {
      what: 'an unallocated number',
      text: '7006',
      code: 'far-invalid-number',
    },
    {
      what: 'a phone that nobody lifts',
      text: '7009',
      code: 'far-no-answer',
    },
  ])('tells of $what, where the dialplan says so', async ({ text, code }) => {
    const { phones, sitDown } = office()
    const { window } = await sitDown()
    phones[1001].behaviour = 'answer'
    const { id } = await window.ask('dial.start', { text, name: null })
    expect(await window.until(code, failure(id, code))).toMatchObject({ state: 'failed' })
  })

  // The server plays the tone to a lifted phone and hangs up without a cause: which tone it was nobody tells.
  it.each([
    {
      what: 'busy',
      text: '7002',
    },
    {
      what: 'congestion',
      text: '7004',
    },
  ])('tells that a dialplan rang nobody, after its tone for $what', async ({ text }) => {
    const { phones, sitDown } = office()
    const { window } = await sitDown()
    phones[1001].behaviour = 'answer'
    const { id } = await window.ask('dial.start', { text, name: null })
    const mine = await phones[1001].nextCall()
    expect(await mine.ended).toMatchObject({ by: 'them' })
    await window.until('it failed', failure(id, 'far-not-rung'))
    expect(await window.until('a row', anyRecent)).toMatchObject({ outcome: 'failed' })
    expect(steps(window, id)).not.toContain('answered')
  })

  it('tells that I hung up during such a tone as my own doing', async () => {
    const { phones, sitDown } = office()
    const { window } = await sitDown()
    phones[1001].behaviour = 'answer'
    const { id } = await window.ask('dial.start', { text: '7002', name: null })
    const mine = await phones[1001].nextCall()
    await window.until('it is lifted', dialIn(id, 'calling'))
    await mine.hangUp()
    await window.until('cancelled', dialIn(id, 'cancelled'))
    expect(await window.until('a row', anyRecent)).toMatchObject({ outcome: 'cancelled' })
  })

  it('tells that the server itself took the call and ended it', async () => {
    const { phones, sitDown } = office()
    const { window } = await sitDown()
    phones[1001].behaviour = 'answer'
    const { id } = await window.ask('dial.start', { text: '7005', name: null })
    await window.until('it is over', dialIn(id, 'ended'))
    expect(await window.until('a row', anyRecent)).toMatchObject({ outcome: 'answered' })
  })

  it.each([
    {
      what: 'busy',
      status: 486,
      code: 'phone-busy',
    },
    {
      what: 'declining',
      status: 603,
      code: 'phone-declined',
    },
    {
      what: 'out of service',
      status: 503,
      code: 'phone-unreachable',
    },
  ])('tells that my own phone is $what, and calls nobody', async ({ status, code }) => {
    const { phones, sitDown, witness } = office()
    const { window, shell } = await sitDown()
    phones[1001].behaviour = { refuse: status }
    const { id } = await window.ask('dial.start', { text: '1002', name: null })
    expect(await window.until(code, failure(id, code))).toMatchObject({ state: 'failed' })
    expect(await window.until('a row', anyRecent)).toMatchObject({ direction: 'out', outcome: 'failed' })
    expect(await witness.event('OriginateResponse')).toMatchObject({ Response: 'Failure' })
    expect(shell.announced.map(({ what }) => what)).toEqual(['dial-failed'])
  })

  it('tells of an extension that does not exist before anything rings', async () => {
    const { phones, sitDown } = office()
    const { window } = await sitDown()
    const { id } = await window.ask('dial.start', { text: '4711', name: null })
    expect(await window.until('refused', failure(id, 'no-such-extension'))).toMatchObject({ state: 'failed', number: '4711' })
    expect(await window.until('a row', anyRecent)).toMatchObject({ outcome: 'failed', peer: { number: '4711' } })
    expect(steps(window, id)).toEqual(['failed'])
    expect(phones[1001].hasArrived).toBe(false)
  })

  it('is cancelled while my phone rings', async () => {
    const { phones, sitDown } = office()
    const { window, shell } = await sitDown()
    const { id } = await window.ask('dial.start', { text: '1002', name: null })
    const mine = await phones[1001].nextCall()
    await window.until('my phone rings', dialIn(id, 'my-phone-rings'))
    await window.ask('dial.cancel', { id })
    expect(await mine.ended).toMatchObject({ by: 'them' })
    await window.until('cancelled', dialIn(id, 'cancelled'))
    expect(await window.until('a row', anyRecent)).toMatchObject({ direction: 'out', outcome: 'cancelled' })
    expect(shell.announced).toEqual([])
  })

  it('is cancelled in the same breath as it was asked', async () => {
    const { phones, server, sitDown } = office()
    const { window } = await sitDown()
    const { id } = await window.ask('dial.start', { text: '1002', name: null })
    await window.ask('dial.cancel', { id })
    await window.until('cancelled', dialIn(id, 'cancelled'))
    // If my phone was reached at all, it no longer rings.
    await server.silent()
    expect(phones[1002].hasArrived).toBe(false)
  })

  it('is cancelled while the colleague rings, and stops there too', async () => {
    const { phones, sitDown } = office()
    const { window } = await sitDown()
    phones[1001].behaviour = 'answer'
    const { id } = await window.ask('dial.start', { text: '1002', name: null })
    const his = await phones[1002].nextCall()
    await window.until('his phone rings', dialIn(id, 'far-rings'))
    await window.ask('dial.cancel', { id })
    expect(await his.ended).toMatchObject({ by: 'them' })
    await window.until('cancelled', dialIn(id, 'cancelled'))
    expect(await window.until('a row', anyRecent)).toMatchObject({ outcome: 'cancelled' })
  })

  it('tells two programs of one account apart', async () => {
    const { phones, sitDown } = office()
    const alice = await sitDown()
    const bob = await sitDown({ line: { extension: '1002', devices: ['PJSIP/1002'], mailboxes: ['1002@default'] } })
    phones[1001].behaviour = 'answer'
    const [hers, his] = await Promise.all([
      alice.window.ask('dial.start', { text: '4711', name: null }),
      bob.window.ask('dial.start', { text: '7001', name: null }),
    ])
    await alice.window.until('hers is refused', failure(hers.id, 'no-such-extension'))
    await bob.window.until('his phone rings', dialIn(his.id, 'my-phone-rings'))
    await bob.window.ask('dial.cancel', { id: his.id })
    await bob.window.until('his is cancelled', dialIn(his.id, 'cancelled'))
    expect(Object.keys(alice.window.tables.dials)).toEqual([hers.id])
    expect(Object.keys(bob.window.tables.dials)).toEqual([his.id])
  })

  it('shows a name on my phone, whatever it holds', async () => {
    const { phones, sitDown } = office()
    const { window } = await sitDown()
    const { id } = await window.ask('dial.start', { text: '1002', name: 'Bob "B" <script>, Zoë; a=b|c\\d' })
    const mine = await phones[1001].nextCall()
    expect(mine.peer).toEqual({ name: 'Bob B script, Zoë; a=b|cd', number: '1002' })
    await window.ask('dial.cancel', { id })
    await window.until('cancelled', dialIn(id, 'cancelled'))
  })
})

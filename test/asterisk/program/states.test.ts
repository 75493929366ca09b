import { expect, it } from 'vitest'
import { describeAsterisk } from '../support/describe-asterisk.ts'
import { alertIn, anyAlert, dialIn, KARLA, lineIn, useOffice } from '../support/office.ts'

await describeAsterisk('what the server says of my line', (program) => {
  const office = useOffice(program)

  it('follows the hint of my extension', async () => {
    const { phones, sitDown } = office()
    const { window } = await sitDown()
    expect(window.tables.line).toMatchObject({
      1001: { extension: '1001', state: 'idle', devices: ['PJSIP/1001'] },
    })
    const calling = phones[1001].dial('600')
    await window.until('in use', lineIn('inuse'))
    await calling.hangUp()
    await window.until('idle', lineIn('idle'))
    await (phones[1001].dial('*78')).ended
    await window.until('do not disturb', lineIn('busy'))
    await (phones[1001].dial('*79')).ended
    await window.until('reachable again', lineIn('idle'))
    // The call of a code may be seen as well, or be too short for it.
    expect(new Set(window.statesOf('line', '1001').filter(state => state !== 'unknown'))).toEqual(new Set(['idle', 'inuse', 'busy']))
  })

  it('follows a phone that registers and leaves', async () => {
    const { server, sitDown } = office()
    const { window } = await sitDown({
      line: {
        extension: '1004',
        devices: ['PJSIP/1004'],
        mailboxes: ['1004@default'],
      },
    })
    const isIn = (state: string) => (tables: typeof window.tables): boolean => tables.line['1004']?.state === state
    await window.until('not registered', isIn('unavailable'))
    const dave = await server.roamingPhone()
    await dave.register()
    await window.until('registered', isIn('idle'))
    await dave.register(0)
    await window.until('gone', isIn('unavailable'))
  })

  it('knows the state of now when it starts in the middle of a call, and of the call', async () => {
    const { phones, sitDown } = office()
    phones[1001].behaviour = 'answer'
    const calling = phones.trunk.dial('5551201', KARLA)
    await calling.answered
    const { window } = await sitDown()
    expect(window.tables.line['1001']).toMatchObject({ state: 'inuse' })
    expect(Object.values(window.tables.calls)).toEqual([
      expect.objectContaining({ state: 'up', direction: 'in', peer: expect.objectContaining(KARLA) }),
    ])
    expect(window.tables.alerts).toEqual({})
    await calling.hangUp()
    await window.until('no call', ({ calls }) => Object.keys(calls).length === 0)
  })

  it('pops up a call that rings already when it starts', async () => {
    const { phones, sitDown } = office()
    const calling = phones.trunk.dial('5551201', KARLA)
    await calling.ringing
    const { window } = await sitDown()
    const { id } = await window.until('a popup', anyAlert)
    await calling.hangUp()
    await window.until('missed', alertIn(id, 'missed'))
  })

  it('counts a message that is left, and counts it as old once I have heard it', async () => {
    const { phones, server, sitDown } = office()
    const { window, shell } = await sitDown({ line: { extension: '1002', devices: ['PJSIP/1002'], mailboxes: ['1002@default'] } })
    const counts = (): object => ({ ...window.tables.mailboxes['1002@default'] })
    expect(counts()).toEqual({ mailbox: '1002@default', newMessages: 0, oldMessages: 0, waiting: false })
    await server.letRing(1)
    const calling = phones.trunk.dial('5551202', KARLA)
    await calling.answered
    await server.recorded('1002')
    await calling.hangUp()
    await window.until('one new', ({ mailboxes }) => mailboxes['1002@default']?.newMessages === 1)
    expect(counts()).toEqual({ mailbox: '1002@default', newMessages: 1, oldMessages: 0, waiting: true })
    expect(shell.announced.map(({ what }) => what)).toContain('voicemail-new')

    phones[1002].behaviour = 'answer'
    const { id } = await window.ask('voicemail.call')
    await phones[1002].nextCall()
    const mailbox = await phones[1002].nextCall()
    await server.logged(/Playing 'vm-youhave/)
    mailbox.press('1')
    // What comes after the message: it was played to its end.
    await server.logged(/Playing 'vm-(?:repeat|next|delete)/)
    await mailbox.hangUp()
    await window.until('none new', ({ mailboxes }) => mailboxes['1002@default']?.newMessages === 0)
    expect(counts()).toEqual({ mailbox: '1002@default', newMessages: 0, oldMessages: 1, waiting: false })
    await window.until('over', dialIn(id, 'ended'))
  })
})

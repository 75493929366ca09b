import type { DemoDesk } from '../support/demo-desk.ts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemClock } from '../../main/clock.ts'
import { createDemoPbx } from '../../main/demo/demo-pbx.ts'
import { openDemoDesk } from '../support/demo-desk.ts'
import { startProgram } from '../support/program.ts'

const karla = { name: 'Customer Karla', number: '+12125550100' }

describe('the program in the demo office', () => {
  let demo: DemoDesk['demo']
  let window: DemoDesk['window']
  let stop: DemoDesk['stop']

  beforeEach(async () => {
    ({ demo, window, stop } = await openDemoDesk())
  })
  afterEach(() => stop())

  it('knows my line, my mailbox and the release', () => {
    const { connection, line, mailboxes } = window.tables
    expect(connection.me).toMatchObject({ demo: true, asterisk: 'Asterisk 22.10.1', error: null })
    expect(Object.values(line)).toMatchObject([{ extension: '1001', state: 'idle', devices: ['PJSIP/1001'], missing: {} }])
    expect(Object.values(mailboxes)).toMatchObject([{ mailbox: '1001@default', newMessages: 1, oldMessages: 2 }])
  })

  it('shows who calls, follows the talk and remembers it', async () => {
    const call = demo.incoming(karla)
    const alert = await window.until('an alert', ({ alerts }) => Object.values(alerts)[0])
    expect(alert).toMatchObject({ state: 'ringing', caller: { name: 'Customer Karla' }, canDecline: true, canSendToVoicemail: true })
    call.answer()
    await window.until('talking', ({ calls }) => Object.values(calls).some(({ state }) => state === 'up'))
    call.callerHangsUp()
    const recent = await window.until('a row', ({ recents }) => Object.values(recents)[0])
    expect(recent).toMatchObject({ direction: 'in', outcome: 'answered' })
  })

  it('says who else took a call of the group', async () => {
    const call = demo.incoming({ ...karla, to: 'group' })
    const alert = await window.until('an alert', ({ alerts }) => Object.values(alerts)[0])
    call.answer('1002')
    await window.until('answered elsewhere', ({ alerts }) => alerts[alert.id]?.state === 'answered-elsewhere' && alerts[alert.id]?.answeredBy === 'Priya Raghunathan')
  })

  it('names the queue that a call comes from', async () => {
    demo.incoming({ ...karla, to: 'queue' })
    const alert = await window.until('an alert', ({ alerts }) => Object.values(alerts).find(({ queue }) => queue !== null))
    expect(alert.queue).toBe('support')
  })

  it('sends a caller to the mailbox and counts the message', async () => {
    demo.incoming(karla)
    const alert = await window.until('an alert', ({ alerts }) => Object.values(alerts)[0])
    await window.ask('alert.toVoicemail', { id: alert.id })
    await window.until('gone to voicemail', ({ alerts }) => alerts[alert.id]?.state === 'voicemail')
    await window.until('counted', ({ mailboxes }) => mailboxes['1001@default']?.newMessages === 2)
  })

  it('declines a call, which then reaches the mailbox', async () => {
    demo.incoming(karla)
    const alert = await window.until('an alert', ({ alerts }) => Object.values(alerts)[0])
    await window.ask('alert.decline', { id: alert.id })
    await window.until('declined', ({ alerts }) => alerts[alert.id]?.state === 'declined')
    await window.until('counted', ({ mailboxes }) => mailboxes['1001@default']?.newMessages === 2)
  })

  it.each([
    ['+44 20 7946 0142', 'answered', null],
    ['+44 20 7946 0198', 'failed', 'far-busy'],
    ['+44 20 7946 0197', 'failed', 'far-no-answer'],
    ['+44 20 7946 0196', 'failed', 'far-invalid-number'],
    ['4242', 'failed', 'no-such-extension'],
  ])('dials %s, which ends as %s (%s)', async (text, state, error) => {
    const { id } = await window.ask('dial.start', { text, name: null })
    await window.until(state, ({ dials }) => dials[id]?.state === state && (dials[id]?.error?.code ?? null) === error)
  })

  it('plays my messages when I call the mailbox, and they are old then', async () => {
    await window.ask('voicemail.call')
    await window.until('heard', ({ mailboxes }) => mailboxes['1001@default']?.newMessages === 0 && mailboxes['1001@default']?.oldMessages === 3)
  })
})

describe('the first run at the demo office as at any server', () => {
  it('finds everybody, what may be done, and how 1001 is set up', async () => {
    const demo = createDemoPbx({ clock: systemClock, random: Math.random, scenario: 'scripted' })
    await demo.start()
    const { stop, window } = await startProgram()
    const report = await window.ask('setup.check', { host: '127.0.0.1', port: demo.port, tls: false, username: demo.username, secret: demo.secret, fingerprint: null, authority: null })
    expect(report.ok).toBe(true)
    expect(report.asterisk).toBe('Asterisk 22.10.1')
    expect(report.extensions.find(({ exten }) => exten === '1004')).toMatchObject({ context: 'hints', name: 'Amélie Côté-Lefèvre', state: 'idle' })
    expect(report.rights.filter(({ allowed }) => allowed === false)).toEqual([])
    expect(await window.ask('setup.propose', { extension: '1001', context: 'hints' })).toMatchObject({
      extension: '1001',
      devices: ['PJSIP/1001'],
      mailboxes: ['1001@default'],
      dialContext: 'internal',
      voicemailNumber: '*97',
    })
    await stop()
    await demo.stop()
  })
})

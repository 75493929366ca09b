import type { Tables } from '#contract/tables.ts'
import { expect, it } from 'vitest'
import { describeAsterisk } from '../support/describe-asterisk.ts'
import { alertIn, anyAlert, KARLA, useOffice } from '../support/office.ts'
import { doneIn } from '../support/talking.ts'

await describeAsterisk('my line', (program) => {
  const office = useOffice(program)

  it('is not rung while I do not want to be disturbed, and colleagues see it', async () => {
    const { phones, server, sitDown } = office()
    const { window } = await sitDown()
    const bobs = await sitDown({ line: { extension: '1002', devices: ['PJSIP/1002'], mailboxes: [] } })
    await doneIn(window, window.ask('line.dnd', { on: true }))
    expect(await bobs.window.until('it is seen', ({ people }) => people['1001@hints']?.presence?.state === 'dnd' && people['1001@hints']?.state === 'busy' && people['1001@hints'])).toMatchObject({ presence: { message: 'do not disturb' } })
    const calling = phones.trunk.dial('5551201', KARLA)
    await calling.answered
    await server.recorded('1001')
    expect(phones[1001].hasArrived).toBe(false)
    await calling.hangUp()
    await doneIn(window, window.ask('line.dnd', { on: false }))
    await bobs.window.until('it is over', ({ people }) => people['1001@hints']?.presence?.state === 'available' && people['1001@hints']?.state === 'idle')
  })

  it('has its switches in the database of the server, where the account may', async () => {
    const { sitDown, witness } = office()
    const { window } = await sitDown({ account: 'recorder' })
    expect(window.tables.line['1001']).toMatchObject({ dnd: 'off', forward: { always: null, busy: null, noAnswer: null } })
    await doneIn(window, window.ask('line.dnd', { on: true }))
    expect(window.tables.line['1001']).toMatchObject({ dnd: 'on' })
    expect(await witness.request('DBGet', { Family: 'DND', Key: '1001' })).toMatchObject({ Response: 'Success' })
    expect(await window.invoke('line.dnd', { on: true })).toMatchObject({ ok: false, error: { code: 'already-so' } })
    await doneIn(window, window.ask('line.dnd', { on: false }))
    await doneIn(window, window.ask('line.forward', { kind: 'noAnswer', to: '1003' }))
    expect(window.tables.line['1001']).toMatchObject({ dnd: 'off', forward: { always: null, busy: null, noAnswer: '1003' } })
    await doneIn(window, window.ask('line.forward', { kind: 'noAnswer', to: null }))
    expect(window.tables.line['1001']).toMatchObject({ forward: { noAnswer: null } })
    expect(await witness.request('DBGet', { Family: 'CFU', Key: '1001' })).toMatchObject({ Response: 'Error' })
  })

  it('is forwarded by the codes of the dialplan otherwise, and callers get there', async () => {
    const { phones, sitDown } = office()
    // Reads the database and may not write it.
    const { window } = await sitDown({ account: 'reporter' })
    await doneIn(window, window.ask('line.forward', { kind: 'always', to: '1002' }))
    expect(window.tables.line['1001']).toMatchObject({ forward: { always: '1002', busy: null, noAnswer: null } })
    phones.trunk.dial('5551201', KARLA)
    expect((await phones[1002].nextCall()).peer).toEqual(KARLA)
    expect(phones[1001].hasArrived).toBe(false)
    await phones.trunk.giveUp()
    await doneIn(window, window.ask('line.forward', { kind: 'busy', to: '1003' }))
    expect(window.tables.line['1001']).toMatchObject({ forward: { always: '1002', busy: '1003' } })
    await doneIn(window, window.ask('line.forward', { kind: 'always', to: null }))
    await doneIn(window, window.ask('line.forward', { kind: 'busy', to: null }))
    expect(window.tables.line['1001']).toMatchObject({ forward: { always: null, busy: null, noAnswer: null } })
    expect(await window.invoke('line.forward', { kind: 'always', to: '1001' })).toMatchObject({ ok: false, error: { code: 'own-number' } })
    expect(await window.invoke('line.forward', { kind: 'always', to: '4242' })).toMatchObject({ ok: false, error: { code: 'no-such-extension', details: { number: '4242' } } })
  })

  it('says that the dialplan has no such code', async () => {
    const { sitDown, witness } = office()
    // *52 is not in this office.
    const { window } = await sitDown()
    const { id } = await window.ask('line.forward', { kind: 'noAnswer', to: '1003' })
    expect(await window.until('an answer', ({ acts }) => acts[id]?.state === 'failed' && acts[id])).toMatchObject({ error: { code: 'no-feature-code' } })
    expect(await witness.request('DBGet', { Family: 'CFU', Key: '1001' })).toMatchObject({ Response: 'Error' })
  })

  it('shows what I set at the phone without waiting for the next reading', async () => {
    const { phones, sitDown } = office()
    const { window } = await sitDown({ account: 'reporter' })
    const seen = async (code: string, look: (line: Tables['line'][string]) => boolean): Promise<void> => {
      const call = phones[1001].dial(code)
      await call.ended
      const since = performance.now()
      await window.until(`${code} is seen`, ({ line }) => line['1001'] !== undefined && look(line['1001']))
      // The next one is up to a minute away.
      expect(performance.now() - since).toBeLessThan(15_000)
    }
    await seen('*78', ({ dnd }) => dnd === 'on')
    await seen('*721002', ({ forward }) => forward?.always === '1002')
    await seen('*79', ({ dnd }) => dnd === 'off')
    await seen('*73', ({ forward }) => forward?.always === null)
    await seen('*901003', ({ forward }) => forward?.busy === '1003')
    await seen('*91', ({ forward }) => forward?.busy === null)
  })

  it('tells which of my phones can be reached', async () => {
    const { server, sitDown } = office()
    const { window } = await sitDown({ line: { devices: ['PJSIP/1001', 'PJSIP/1004'] } })
    const reached = (device: string) => window.tables.line['1001']?.registrations.find(one => one.device === device)?.state
    expect([reached('PJSIP/1001'), reached('PJSIP/1004')]).toEqual(['reachable', 'unreachable'])
    const phone = await server.roamingPhone()
    expect(await phone.register()).toBe(200)
    await window.until('it is there', () => reached('PJSIP/1004') === 'reachable')
    expect(await phone.register(0)).toBe(200)
    await window.until('it has gone', () => reached('PJSIP/1004') === 'unreachable')
  })

  it('has messages that are listed and deleted, as far as this server does that', async () => {
    const { phones, server, sitDown } = office()
    const { window } = await sitDown({ account: 'admin' })
    if (program.version === '16') {
      expect(window.tables.line['1001']?.missing).toMatchObject({ messages: 'not-on-this-server', messageChange: 'not-on-this-server' })
      expect(await window.invoke('voicemail.messages', { mailbox: '1001' })).toMatchObject({ ok: false, error: { code: 'not-on-this-server' } })
      return
    }
    const calling = phones.trunk.dial('5551201', KARLA)
    const alert = await window.until('a popup', anyAlert)
    await window.ask('alert.toVoicemail', { id: alert.id })
    await window.until('in the mailbox', alertIn(alert.id, 'voicemail'))
    await calling.answered
    await server.recorded('1001')
    const before = window.tables.mailboxes['1001@default']?.newMessages ?? 0
    await calling.hangUp()
    await window.until('a message', ({ mailboxes }) => (mailboxes['1001@default']?.newMessages ?? 0) === before + 1)
    const message = (await window.ask('voicemail.messages', { mailbox: '1001' })).find(one => one.folder === 'INBOX' && one.caller.number === KARLA.number)
    expect(message).toMatchObject({ folder: 'INBOX', caller: KARLA })
    const ids = [message?.id ?? '']
    const nowhere = await window.ask('voicemail.forward', { mailbox: '1001', folder: 'INBOX', ids, toMailbox: '9999' })
    expect(await window.until('a refusal', ({ acts }) => acts[nowhere.id]?.state === 'failed' && acts[nowhere.id])).toMatchObject({ error: { code: 'message-not-forwarded' } })
    expect(await window.invoke('voicemail.delete', { mailbox: '1001', folder: 'INBOX', ids })).toMatchObject({ ok: false, error: { code: 'needs-confirmation', details: { count: 1 } } })
    await doneIn(window, window.ask('voicemail.delete', { mailbox: '1001', folder: 'INBOX', ids, confirmed: true }))
    expect((await window.ask('voicemail.messages', { mailbox: '1001' })).map(({ id }) => id)).not.toContain(ids[0])
    await window.until('one less', ({ mailboxes }) => mailboxes['1001@default']?.newMessages === before)
    const again = await window.ask('voicemail.delete', { mailbox: '1001', folder: 'INBOX', ids, confirmed: true })
    expect(await window.until('an answer', ({ acts }) => acts[again.id]?.state === 'failed' && acts[again.id])).toMatchObject({ error: { code: 'messages-gone' } })
  })
})

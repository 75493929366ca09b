import type { Tables } from '#contract/tables.ts'
import { describe, expect, it } from 'vitest'
import { createTexts } from '../../../main/locales/index.ts'
import { escapeMarkup, notificationText, plainLine } from '../../../main/shell/notification-text.ts'
import { aDial, aMailbox, aParty, aPerson, aQueue, aRecent, connected } from '../../support/rows.ts'

const texts = createTexts()
const jana = aParty({ name: 'Jana Nováková', display: '+49 30 23125001' })
const tables: Tables = {
  connection: { me: connected() },
  line: {},
  calls: {},
  alerts: {},
  dials: {},
  mailboxes: { '1001@default': aMailbox({ newMessages: 3 }) },
  recents: { a: aRecent({ peer: jana }) },
  people: { '1002@hints': aPerson() },
  parked: {},
  lots: {},
  queues: { support: aQueue({ waiting: 4 }) },
  queueCallers: {},
  queueMembers: {},
  todo: {},
  acts: {},
}

describe('a notification', () => {
  it('names who was missed', () => {
    expect(notificationText('call-missed', tables, 'a', texts)).toEqual({ title: 'Missed call', body: 'Jana Nováková (+49 30 23125001)' })
  })

  it('names the queue that was missed for', () => {
    const recents = { a: aRecent({ peer: aParty({ number: '', display: '', name: null }), queue: 'support' }) }
    expect(notificationText('call-missed', { ...tables, recents }, 'a', texts)?.body).toBe('Number withheld, for support')
  })

  it('counts the voicemail', () => {
    expect(notificationText('voicemail-new', tables, '1001@default', texts)).toEqual({ title: 'Voicemail', body: '3 new voicemail messages' })
  })

  it('says why dialling failed', () => {
    const dials = { d: aDial({ display: '555 0100', name: null, state: 'failed', error: { code: 'far-busy', message: 'BUSY' } }) }
    expect(notificationText('dial-failed', { ...tables, dials }, 'd', texts)).toEqual({ title: 'Could not call 555 0100', body: 'The line is busy.' })
  })

  it('has words for a reason that it does not know', () => {
    const dials = { d: aDial({ display: '555 0100', name: null, state: 'failed', error: { code: 'outcome-unknown', message: '' } }) }
    expect(notificationText('dial-failed', { ...tables, dials }, 'd', texts)?.body).toBe('Ringside says why.')
  })

  it('says who is free now', () => {
    expect(notificationText('person-free', tables, '1002@hints', texts)).toEqual({ title: 'Ben Okafor is free now', body: 'Extension 1002 takes calls again.' })
  })

  it('says how many wait in a queue of mine', () => {
    expect(notificationText('queue-alarm', tables, 'support', texts)).toEqual({ title: 'Queue support needs help', body: '4 callers are waiting.' })
  })

  it('is not made for a row that is gone', () => {
    expect(notificationText('call-missed', tables, 'b', texts)).toBeNull()
  })
})

describe('what strangers send', () => {
  it('is one plain line', () => {
    expect(plainLine('Ev\u202Eil\u0000\r\n  Corp\u0007')).toBe('Ev il Corp')
  })

  it('is cut between characters', () => {
    expect(plainLine('😀'.repeat(300))).toBe('😀'.repeat(200))
  })

  it('is no markup', () => {
    expect(escapeMarkup('<b>Tom</b> & <img src="http://x">')).toBe('&lt;b&gt;Tom&lt;/b&gt; &amp; &lt;img src="http://x"&gt;')
  })
})

import type { Tables } from '#contract/tables.ts'
import { describe, expect, it } from 'vitest'
import { createTexts } from '../../../main/locales/index.ts'
import { escapeMarkup, notificationText, plainLine } from '../../../main/shell/notification-text.ts'

const texts = createTexts()
const peer = { number: '+493023125001', display: '+49 30 23125001', name: 'Jana Nováková' }
const tables: Tables = {
  connection: { me: { state: 'online', server: 's', demo: false, secured: false, asterisk: null, staleSince: null, retryAt: null, attempt: 0, error: null } },
  line: {},
  calls: {},
  alerts: {},
  dials: {},
  mailboxes: { '1001@default': { mailbox: '1001@default', newMessages: 3, oldMessages: 0, waiting: true } },
  recents: { a: { id: 'a', direction: 'in', outcome: 'missed', peer, queue: null, answeredBy: null, at: 0, talkMs: null } },
  people: {},
  parked: {},
  lots: {},
  queues: {},
  queueCallers: {},
  queueMembers: {},
  todo: {},
  acts: {},
}
const dial = { id: 'd', number: '5550100', display: '555 0100', name: null, phone: 'PJSIP/1001', state: 'failed', startedAt: 0 } as const

describe('a notification', () => {
  it('names who was missed', () => {
    expect(notificationText('call-missed', tables, 'a', texts)).toEqual({ title: 'Missed call', body: 'Jana Nováková (+49 30 23125001)' })
  })

  it('names the queue that was missed for', () => {
    const recents = { a: { id: 'a', direction: 'in', outcome: 'missed', peer: { number: '', display: '', name: null }, queue: 'support', answeredBy: null, at: 0, talkMs: null } } as const
    expect(notificationText('call-missed', { ...tables, recents }, 'a', texts)?.body).toBe('Number withheld, for support')
  })

  it('counts the voicemail', () => {
    expect(notificationText('voicemail-new', tables, '1001@default', texts)).toEqual({ title: 'Voicemail', body: '3 new voicemail messages' })
  })

  it('says why dialling failed', () => {
    const dials = { d: { ...dial, error: { code: 'far-busy', message: 'BUSY' } } } as const
    expect(notificationText('dial-failed', { ...tables, dials }, 'd', texts)).toEqual({ title: 'Could not call 555 0100', body: 'The line is busy.' })
  })

  it('has words for a reason that it does not know', () => {
    const dials = { d: { ...dial, error: { code: 'outcome-unknown', message: '' } } } as const
    expect(notificationText('dial-failed', { ...tables, dials }, 'd', texts)?.body).toBe('Ringside says why.')
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

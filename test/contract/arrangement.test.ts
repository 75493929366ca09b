import type { DemoDesk } from '../support/demo-desk.ts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDemoDesk } from '../support/demo-desk.ts'

describe('how I like my colleagues', () => {
  let window: DemoDesk['window']
  let stop: DemoDesk['stop']

  beforeEach(async () => {
    ({ window, stop } = await openDemoDesk())
  })
  afterEach(() => stop())

  it('is shown at once and kept over a reconnect', async () => {
    await window.ask('people.arrange', { favourites: ['1002@hints'], groups: [{ name: 'Sales', members: ['1002@hints'] }], order: ['1003@hints', '1002@hints'] })
    const arranged = { favourite: true, group: 'Sales', order: 1 }
    expect(await window.until('a favourite', ({ people }) => people['1002@hints']?.favourite && people['1002@hints'])).toMatchObject(arranged)
    // Other preferences leave it alone, and so does a fresh start of the connection.
    await window.ask('preferences.set', { pauseReasons: ['lunch'] })
    await window.until('reasons', ({ line }) => line['1001']?.pauseReasons[0] === 'lunch')
    await window.ask('setup.demo')
    // Looked at here, or the way there and back may fall into one frame.
    await window.ask('pbx.snapshot')
    const returns = (): number => window.statesOf('connection', 'me').filter(state => state === 'online').length
    await window.until('online again', ({ people }) => returns() === 2 && people['1002@hints'])
    expect(window.tables.people['1002@hints']).toMatchObject(arranged)
    expect(window.tables.line['1001']?.pauseReasons).toEqual(['lunch'])
  })

  it('is refused with what is no list of colleagues', async () => {
    expect(await window.invoke('people.arrange', { favourites: [''], groups: [], order: [] })).toMatchObject({ ok: false, error: { code: 'bad-input' } })
  })

  it('says so when somebody is watched who is free or is nobody', async () => {
    const free = await window.until('somebody free', ({ people }) => Object.values(people).find(person => person.state === 'idle' && !person.isMe))
    expect(await window.invoke('person.watch', { id: free.id, on: true })).toMatchObject({ ok: false, error: { code: 'already-so' } })
    expect(await window.invoke('person.watch', { id: 'nobody@hints', on: true })).toMatchObject({ ok: false, error: { code: 'person-unknown' } })
  })

  it('does not let me read the mailbox of another', async () => {
    expect(await window.invoke('voicemail.messages', { mailbox: '1002@default' })).toMatchObject({ ok: false, error: { code: 'no-such-mailbox' } })
  })
})

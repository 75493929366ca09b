import type { OpenOffice } from '../../support/demo-office.ts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openOffice } from '../../support/demo-office.ts'

const karla = { name: 'Karla', number: '+12125550100' }

let office: OpenOffice
beforeEach(async () => {
  office = await openOffice()
})
afterEach(() => office.close())

async function state(exten: string): Promise<string | undefined> {
  return (await office.client.ask('ExtensionState', { Exten: exten, Context: 'hints' })).get('StatusText')
}

async function counts(): Promise<readonly (string | undefined)[]> {
  const answer = await office.client.ask('MailboxCount', { Mailbox: '1001@default' })
  return [answer.get('NewMessages'), answer.get('OldMessages')]
}

async function channels(): Promise<readonly (string | undefined)[]> {
  const { items } = await office.client.list('CoreShowChannels')
  return items.filter(({ name }) => name === 'CoreShowChannel').map(item => `${item.get('Channel')?.split('-')[0]} ${item.get('ChannelStateDesc')} ${item.get('Application')}`)
}

describe('the demo office', () => {
  it('knows everybody by hint, and shows who cannot be reached and who wants no calls', async () => {
    const { items } = await office.client.list('ExtensionStateList')
    const states = Object.fromEntries(items.filter(item => item.get('Exten')).map(item => [item.get('Exten'), item.get('StatusText')]))
    expect(Object.keys(states).filter(exten => exten.startsWith('10'))).toHaveLength(13)
    expect([states['1001'], states['1006'], states['1011'], states['8000'], states['8010'], states['3000'], states['701']]).toEqual(['Idle', 'Busy', 'Unavailable', 'Idle', 'Idle', 'Idle', 'Idle'])
  })

  it('tells an unknown extension as a real server does', async () => {
    expect(await state('4242')).toBe('Unknown')
  })

  it('shows a second call while I talk', async () => {
    office.demo.incoming(karla).answer()
    office.demo.incoming({ name: 'Other', number: '+12125550101' })
    expect(await state('1001')).toBe('InUse&Ringing')
  })

  it('sends a caller whom nobody answers to the mailbox, and counts the message', async () => {
    office.demo.incoming(karla)
    await office.pass(20_000)
    expect(await channels()).toEqual(['PJSIP/trunk Up VoiceMail'])
    await office.pass(10_000)
    expect(await counts()).toEqual(['2', '2'])
    expect(await channels()).toEqual([])
    const waiting = office.client.events.findLast(({ name }) => name === 'MessageWaiting')
    expect([waiting?.get('CallerIDNum'), waiting?.get('New')]).toEqual(['+12125550100', '2'])
  })

  it('keeps no message of a caller who hangs up at the beep', async () => {
    office.demo.incoming({ ...karla, atTheBeep: 'nothing' })
    await office.pass(30_000)
    expect(await counts()).toEqual(['1', '2'])
    expect(await channels()).toEqual([])
  })

  it('takes a message without ringing me', async () => {
    office.demo.voicemail(karla)
    await office.pass(10_000)
    expect(await counts()).toEqual(['2', '2'])
    expect(office.client.events.some(({ name }) => name === 'DialBegin')).toBe(false)
  })

  it('makes new messages old when I call the mailbox and listen', async () => {
    await office.client.ask('Originate', { Channel: 'PJSIP/1001', Context: 'internal', Exten: '*97', Priority: 1, Async: true })
    await office.pass(60_000)
    expect(await counts()).toEqual(['0', '3'])
    expect(await channels()).toEqual([])
  })

  it('keeps messages new that I did not listen to', async () => {
    await office.client.ask('Originate', { Channel: 'PJSIP/1001', Context: 'internal', Exten: '*97', Priority: 1, Async: true })
    await office.pass(3000)
    office.demo.silence()
    expect(await counts()).toEqual(['1', '2'])
  })

  it('goes on in the dialplan when I decline', async () => {
    office.demo.incoming(karla)
    await office.client.settle()
    const mine = office.client.events.findLast(event => event.name === 'Newchannel')?.get('Channel') ?? ''
    await office.client.ask('Hangup', { Channel: mine, Cause: 21 })
    expect(await channels()).toEqual(['PJSIP/trunk Up VoiceMail'])
    expect(await state('1001')).toBe('Idle')
  })

  it.each([
    ['+442079460198', 'BUSY'],
    ['+442079460197', 'NOANSWER'],
    ['+442079460196', 'NOANSWER'],
    ['+442079460142', 'ANSWER'],
  ])('lets %s end as that number does: %s', async (exten, status) => {
    await office.client.ask('Originate', { Channel: 'PJSIP/1001', Context: 'internal', Exten: exten, Priority: 1, Async: true })
    await office.pass(40_000)
    const end = office.client.events.findLast(event => event.name === 'DialEnd' && event.get('Channel') !== undefined)
    expect(end?.get('DialStatus')).toBe(status)
  })

  it('sends who calls a colleague that wants no calls to the mailbox, and rings nobody', async () => {
    office.demo.between('1001', '1006')
    expect(await channels()).toEqual(['PJSIP/1001 Up VoiceMail'])
    expect(office.client.events.filter(({ name }) => name === 'DialBegin')).toEqual([])
  })

  it('says busy for a colleague who talks', async () => {
    office.demo.between('1002', '1003').answer('1003')
    await office.client.ask('Originate', { Channel: 'PJSIP/1001', Context: 'internal', Exten: '1003', Priority: 1, Async: true })
    await office.pass(3000)
    expect(office.client.events.findLast(({ name }) => name === 'DialEnd')?.get('DialStatus')).toBe('BUSY')
  })

  it('answers an Originate that waits only when the phone was lifted', async () => {
    const answer = office.client.ask('Originate', { Channel: 'PJSIP/1001', Context: 'internal', Exten: '1002', Priority: 1 })
    await office.client.settle()
    await office.pass(1000)
    expect(office.client.packets.some(message => message.get('Message') === 'Originate successfully queued')).toBe(false)
    await office.clock.pass(1000)
    expect((await answer).get('Message')).toBe('Originate successfully queued')
  })

  it('refuses a channel id that is in use', async () => {
    const originate = { Channel: 'PJSIP/1001', Context: 'internal', Exten: '1002', Priority: 1, Async: true, ChannelId: 'mine' }
    await office.client.ask('Originate', originate)
    await office.client.ask('Originate', originate)
    await office.client.settle()
    const response = office.client.events.find(({ name }) => name === 'OriginateResponse')
    expect([response?.get('Response'), response?.get('Reason'), response?.get('Uniqueid')]).toEqual(['Failure', '0', 'mine'])
  })

  it('moves on whom I called when they are redirected, and lets me go', async () => {
    await office.client.ask('Originate', { Channel: 'PJSIP/1001', Context: 'internal', Exten: '+442079460142', Priority: 1, Async: true })
    await office.pass(8000)
    const far = office.client.events.findLast(event => event.name === 'Newchannel' && event.get('Channel')?.startsWith('PJSIP/trunk'))?.get('Channel') ?? ''
    await office.client.ask('Redirect', { Channel: far, Context: 'internal', Exten: '1002', Priority: 1 })
    await office.pass(4000)
    expect(await channels()).toEqual(['PJSIP/1002 Up AppDial', 'PJSIP/trunk Up Dial'])
  })

  it('rings the agents again until one answers, and counts the talk', async () => {
    const call = office.demo.incoming({ ...karla, to: 'queue' })
    await office.pass(16_000)
    expect(call.rings('1003')).toBe(false)
    await office.pass(2000)
    call.answer('1003')
    await office.pass(5000)
    call.callerHangsUp()
    const { items } = await office.client.list('QueueStatus')
    expect(items.find(({ name }) => name === 'QueueParams')?.get('Completed')).toBe('1')
    expect(items.find(item => item.get('Location') === 'PJSIP/1003')?.get('CallsTaken')).toBe('1')
    expect(office.client.events.findLast(({ name }) => name === 'AgentComplete')?.get('Reason')).toBe('caller')
  })

  it('tells the place of who waits in the queue', async () => {
    office.demo.incoming({ ...karla, to: 'queue' })
    await office.pass(7000)
    const { items } = await office.client.list('QueueStatus')
    const entry = items.find(({ name }) => name === 'QueueEntry')
    expect([entry?.get('Position'), entry?.get('Wait'), entry?.get('CallerIDNum')]).toEqual(['1', '7', '+12125550100'])
  })

  it('lets a caller give the queue up', async () => {
    const call = office.demo.incoming({ ...karla, to: 'queue' })
    await office.pass(3000)
    call.callerHangsUp()
    await office.client.settle()
    expect(office.client.events.filter(({ name }) => name.startsWith('QueueCaller')).map(({ name }) => name)).toEqual(['QueueCallerJoin', 'QueueCallerAbandon', 'QueueCallerLeave'])
    expect(await channels()).toEqual([])
  })

  it('ends a call that waited in the queue for a minute in vain', async () => {
    office.demo.incoming({ ...karla, to: 'queue' })
    await office.pass(61_000)
    expect(await channels()).toEqual([])
    expect(await state('8000')).toBe('Idle')
    const music = office.client.events.filter(({ name }) => name.startsWith('MusicOnHold')).map(({ name }) => name)
    expect(music).toEqual(['MusicOnHoldStart', 'MusicOnHoldStop'])
    expect(office.client.events.filter(({ name }) => name.startsWith('QueueCaller')).map(({ name }) => name)).toEqual(['QueueCallerJoin', 'QueueCallerAbandon', 'QueueCallerLeave'])
  })

  it('shows a phone that is unplugged', async () => {
    office.demo.plug('1002', false)
    expect(await state('1002')).toBe('Unavailable')
    await office.client.ask('Originate', { Channel: 'PJSIP/1001', Context: 'internal', Exten: '1002', Priority: 1, Async: true })
    await office.pass(3000)
    expect(await channels()).toEqual(['PJSIP/1001 Up VoiceMail'])
  })

  it('will not lift a phone that does not ring', () => {
    const call = office.demo.incoming(karla)
    expect(() => call.answer('1002')).toThrow('1002 does not ring')
  })

  it('tells how a call stands', async () => {
    const call = office.demo.incoming(karla)
    expect(call.state).toBe('ringing')
    call.answer()
    expect(call.state).toBe('answered')
    call.answererHangsUp()
    expect([call.state, call.channel]).toEqual(['over', null])
  })

  it('forwards calls by what the database says, and not for ever in a circle', async () => {
    await office.client.ask('DBPut', { Family: 'CF', Key: '1001', Val: '1002' })
    await office.client.ask('DBPut', { Family: 'CF', Key: '1002', Val: '1001' })
    office.demo.incoming(karla)
    expect(await channels()).toEqual([])
    await office.client.ask('DBDel', { Family: 'CF', Key: '1002' })
    const call = office.demo.incoming(karla)
    expect([call.rings('1001'), call.rings('1002')]).toEqual([false, true])
  })

  it.each([['CFB', 'busy'], ['CFU', 'declined']] as const)('goes where %s says when the phone is %s', async (family, why) => {
    await office.client.ask('DBPut', { Family: family, Key: '1001', Val: '1003' })
    const call = office.demo.incoming(karla)
    call.refuse('1001', why)
    expect(call.rings('1003')).toBe(true)
  })

  it.each([
    ['*78', 'DND', 'YES'],
    ['*721002', 'CF', '1002'],
    ['*901002', 'CFB', '1002'],
    ['*521002', 'CFU', '1002'],
  ])('keeps what a phone says by %s, and for that extension alone', async (code, family, value) => {
    office.demo.between('1003', code)
    await office.pass(2000)
    const { items } = await office.client.list('DBGetTree', { Family: family })
    expect(items.map(item => [item.get('Key'), item.get('Val')]).filter(([key]) => key !== '/DND/1006' && key !== undefined)).toEqual([[`/${family}/1003`, value]])
  })

  it('tells when a phone is unplugged, and comes back', async () => {
    office.demo.plug('1002', false)
    office.demo.plug('1002', true)
    await office.client.settle()
    expect(office.client.events.filter(({ name }) => name === 'PeerStatus').map(event => event.get('PeerStatus'))).toEqual(['Unreachable', 'Reachable'])
    expect(office.client.events.filter(({ name }) => name === 'ContactStatus').map(event => event.get('ContactStatus'))).toEqual(['Removed', 'NonQualified'])
  })

  it('rings agents of sales one after the other, and those who pause not at all', async () => {
    const rung = async (): Promise<readonly string[]> => {
      const from = office.client.events.length
      const call = office.demo.incoming({ ...karla, to: 'sales' })
      await office.client.settle()
      call.callerHangsUp()
      await office.client.settle()
      return office.client.events.slice(from).filter(({ name }) => name === 'AgentCalled').map(event => event.get('Interface') ?? '')
    }
    expect([await rung(), await rung(), await rung()]).toEqual([['PJSIP/1004'], ['PJSIP/1008'], ['PJSIP/1004']])
    await office.client.ask('QueuePause', { Queue: 'sales', Interface: 'PJSIP/1004', Paused: true })
    await office.client.ask('QueuePause', { Queue: 'sales', Interface: 'PJSIP/1008', Paused: true })
    // 1012 has a higher penalty, and is at lunch.
    expect(await rung()).toEqual([])
    await office.client.ask('QueuePause', { Queue: 'sales', Interface: 'PJSIP/1012', Paused: false })
    expect(await rung()).toEqual(['PJSIP/1012'])
  })

  it('brings a parked call back to who parked it', async () => {
    const call = office.demo.incoming(karla)
    call.answer()
    const space = call.park('1001')
    expect([space, call.state]).toEqual([701, 'parked'])
    await office.pass(46_000)
    expect(call.rings('1001')).toBe(true)
  })

  it('refuses to park where every space is taken', async () => {
    for (let space = 751; space <= 755; space++)
      office.demo.between('1002', '750')
    office.demo.incoming(karla).answer()
    const mine = office.client.events.findLast(event => event.name === 'Newchannel' && event.get('Channel')?.startsWith('PJSIP/trunk-'))
    await office.client.settle()
    const trunk = mine?.get('Channel') ?? (await office.client.list('CoreShowChannels')).items.find(item => item.get('Channel')?.startsWith('PJSIP/trunk-'))?.get('Channel') ?? ''
    expect((await office.client.ask('Park', { Channel: trunk, Parkinglot: 'reception' })).get('Message')).toBe('Park action failed')
  })
})

describe('a big office', () => {
  it('has a thousand people, whose phones go in and out of use', async () => {
    const big = await openOffice({ people: 1000 })
    const { items } = await big.client.list('ExtensionStateList')
    expect(items.filter(item => item.get('Context') === 'hints' && item.get('Hint')?.includes('PJSIP/'))).toHaveLength(1000)
    big.demo.stir(200)
    await big.client.settle()
    expect(big.client.events.filter(event => event.name === 'ExtensionStatus' && event.get('ActionID') === undefined).length).toBeGreaterThan(150)
    const users = await big.client.list('VoicemailUsersList')
    expect(new Set(users.items.map(item => item.get('Fullname'))).size).toBeGreaterThan(980)
    await big.close()
  })
})

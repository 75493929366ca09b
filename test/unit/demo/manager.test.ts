import type { OpenOffice } from '../../support/demo-office.ts'
import type { PlainClient } from '../../support/plain-client.ts'
import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openOffice } from '../../support/demo-office.ts'
import { openPlainClient } from '../../support/plain-client.ts'

let office: OpenOffice
const more: PlainClient[] = []

beforeEach(async () => {
  office = await openOffice({
    accounts: [
      { username: 'watcher', secret: 'only-looks', read: ['call'], write: [] },
    ],
  })
})
afterEach(async () => {
  for (const client of more.splice(0)) await client.close()
  await office.close()
})

async function connect(): Promise<PlainClient> {
  const client = await openPlainClient(office.demo.port)
  more.push(client)
  return client
}

async function sentence(asked: ReturnType<PlainClient['ask']>): Promise<string> {
  const answer = await asked
  return `${answer.name}: ${answer.get('Message')}`
}

describe('the manager port of the demo', () => {
  it('greets like the release that it speaks as', async () => {
    const client = await connect()
    await client.login(office.demo)
    expect(client.banner).toBe('Asterisk Call Manager/11.0.0')
  })

  it('lets in who answers its challenge', async () => {
    const client = await connect()
    const challenge = (await client.ask('Challenge', { AuthType: 'MD5' })).get('Challenge') ?? ''
    const key = createHash('md5').update(challenge + office.demo.secret).digest('hex')
    expect(await sentence(client.ask('Login', { AuthType: 'MD5', Username: office.demo.username, Key: key }))).toBe('Success: Authentication accepted')
  })

  it.each([
    ['a wrong secret', { Username: 'companion', Secret: 'guess' }],
    ['an unknown account', { Username: 'nobody', Secret: 'guess' }],
    ['a key for no challenge', { AuthType: 'MD5', Username: 'companion', Key: 'd41d8cd98f00b204e9800998ecf8427e' }],
  ])('refuses %s after a moment and hangs up', async (_, fields) => {
    const client = await connect()
    const answer = sentence(client.ask('Login', fields))
    await office.client.settle()
    await office.clock.pass(1000)
    expect(await answer).toBe('Error: Authentication failed')
    await client.closed
  })

  it('has a secret of its own each time', async () => {
    const other = await openOffice({ random: Math.random })
    expect(other.demo.secret).not.toBe(office.demo.secret)
    await other.close()
  })

  it('answers nothing before the login', async () => {
    const client = await connect()
    expect(await sentence(client.ask('Ping'))).toBe('Error: Permission denied')
  })

  it('hangs up on who does not log in', async () => {
    const client = await connect()
    await client.ask('Ping')
    await office.clock.pass(30_000)
    await client.closed
  })

  it('says goodbye at a logoff and hangs up', async () => {
    const client = await connect()
    await client.login(office.demo)
    expect(await sentence(client.ask('Logoff'))).toBe('Goodbye: Thanks for all the fish.')
    await client.closed
  })

  it('serves others when one client vanishes in the middle of a word', async () => {
    const client = await connect()
    client.send('Action: Lo')
    await client.close()
    expect((await office.client.ask('Ping')).get('Ping')).toBe('Pong')
  })

  it('ends the connection of who floods it without an end of line, and of nobody else', async () => {
    const client = await connect()
    client.send('x'.repeat(5000))
    await client.closed
    expect((await office.client.ask('Ping')).get('Ping')).toBe('Pong')
  })

  it.each([
    ['Nonsense', {}, 'Error: Invalid/unknown command: Nonsense. Use Action: ListCommands to show available commands.'],
    ['Hangup', { Channel: 'nonesuch' }, 'Error: No such channel'],
    ['Status', { Channel: 'PJSIP/none' }, 'Error: No such channel'],
    ['Redirect', { Channel: 'PJSIP/none-1', Context: 'internal', Exten: '1002', Priority: 1 }, 'Error: Channel does not exist: PJSIP/none-1'],
    ['Originate', { Channel: 'PJSIP', Context: 'internal', Exten: '1002', Priority: 1 }, 'Error: Invalid channel'],
    ['Originate', { Channel: 'PJSIP/1001', Context: 'internal', Exten: '4242', Priority: 1 }, 'Error: Extension does not exist.'],
    ['Originate', { Channel: 'PJSIP/1001', Context: 'elsewhere', Exten: '1002', Priority: 1 }, 'Error: Extension does not exist.'],
    ['Challenge', { AuthType: 'SHA256' }, 'Error: Must specify AuthType'],
    ['Login', { Username: 'companion', Secret: 'whatever' }, 'Success: Already authenticated'],
  ])('answers %s %o in the words of a real server', async (action, fields, words) => {
    expect(await sentence(office.client.ask(action, fields))).toBe(words)
  })

  it('answers what is no action without an ActionID', async () => {
    const from = office.client.packets.length
    office.client.send('Foo: bar\r\nActionID: x\r\n\r\n')
    const answer = await office.client.next(({ kind }) => kind === 'response', from)
    expect(answer.raw()).toBe('Response: Error\r\nMessage: Missing action in request')
  })

  it('takes keys in any case, bare line feeds and one byte at a time', async () => {
    const from = office.client.packets.length
    for (const byte of 'action: ping\nactionid: slow\n\n') office.client.send(byte)
    const answer = await office.client.next(message => message.get('ActionID') === 'slow', from)
    expect(answer.get('Ping')).toBe('Pong')
  })

  it('repeats nothing of a client that could become a header of its own', async () => {
    const from = office.client.packets.length
    office.client.send('Action: Origi\u0001nate\r\nActionID: a\u2028b\r\n\r\n')
    const answer = await office.client.next(({ kind }) => kind === 'response', from)
    expect(answer.entries()).toEqual([
      ['Response', 'Error'],
      ['ActionID', 'ab'],
      ['Message', 'Channel not specified'],
    ])
  })

  it('lets an account do what its classes open and tells it of no more', async () => {
    const client = await connect()
    await client.login({ username: 'watcher', secret: 'only-looks' })
    expect(await sentence(client.ask('Originate', { Channel: 'PJSIP/1001', Context: 'internal', Exten: '1002', Priority: 1 }))).toBe('Error: Permission denied')
    const { response } = await client.list('ListCommands')
    expect(response.entries().slice(2).map(([name]) => name)).toEqual([
      'BridgeInfo',
      'BridgeList',
      'Challenge',
      'Events',
      'ListCommands',
      'Login',
      'Logoff',
      'Ping',
      'QueueChangePriorityCaller',
      'QueueReload',
      'QueueReset',
      'QueueRule',
      'QueueStatus',
      'QueueSummary',
      'QueueWithdrawCaller',
      'WaitEvent',
    ])
    expect(response.get('Ping')).toBe('Keepalive command.  (Priv: <none>)')
  })

  it('sends events of the classes that an account reads and asked for', async () => {
    const watcher = await connect()
    await watcher.login({ username: 'watcher', secret: 'only-looks' })
    const agent = await connect()
    await agent.login(office.demo, { Events: 'agent' })
    const deaf = await connect()
    await deaf.login(office.demo)
    expect((await deaf.ask('Events', { EventMask: 'off' })).get('Events')).toBe('Off')
    const call = office.demo.incoming({ name: 'Karla', number: '+12125550100', to: 'queue' })
    call.callerHangsUp()
    await Promise.all([watcher.settle(), agent.settle(), deaf.settle()])
    const classes = (client: PlainClient): readonly string[] => [...new Set(client.events.map(event => event.get('Privilege') ?? ''))]
    expect(classes(watcher)).toEqual(['call,all'])
    expect(classes(agent)).toEqual(['agent,all'])
    expect(classes(deaf)).toEqual(['system,all'])
  })

  it('leaves no timer and no socket behind', async () => {
    const client = await connect()
    await client.login(office.demo)
    office.demo.incoming({ name: 'Karla', number: '+12125550100' })
    await office.demo.stop()
    await client.closed
    expect(office.clock.pending()).toBe(0)
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ScriptedServer } from '../support/scripted-server.ts'
import { createSessionBench } from '../support/session-bench.ts'

describe('a session', () => {
  it('gives up a server whose line does not end, and comes back', async () => {
    const server = new ScriptedServer()
    const { clock, path, session, settled } = createSessionBench(server)
    session.start()
    await settled()
    const endless = server.latest
    for (let sent = 0; sent < 6 && endless.isOpen; sent++) {
      endless.sayBytes(Buffer.alloc(1024 * 1024, 'x'))
      await settled()
    }
    expect(path().at(-1)).toBe('waiting: protocol-error')
    expect(endless.isOpen).toBe(false)
    await clock.pass(1000)
    expect(path().at(-1)).toBe('online')
  })

  it('gives up a server whose greeting does not end', async () => {
    const server = new ScriptedServer({ banner: null })
    const { path, session, settled } = createSessionBench(server)
    session.start()
    await settled()
    server.latest.sayBytes(Buffer.alloc(64 * 1024, 0))
    await settled()
    expect(path().at(-1)).toBe('waiting: protocol-error')
  })

  it('notices a server that stops in the middle of a packet', async () => {
    const server = new ScriptedServer()
    const { clock, events, path, session, settled } = createSessionBench(server)
    session.start()
    await settled()
    server.on('Ping', () => {})
    server.latest.say('Event: Hangup\r\nPrivilege: call,all\r\nUniq')
    await clock.pass(35_000)
    expect(path().at(-1)).toBe('waiting: connection-lost')
    expect(events).toEqual([])
  })

  it('survives a server that answers nothing after the login', async () => {
    const server = new ScriptedServer()
    server.on('ListCommands', () => {})
    server.on('Ping', () => {})
    const { clock, path, session } = createSessionBench(server)
    session.start()
    await clock.pass(35_000)
    expect(path()).toContain('waiting: connection-lost')
  })

  it('reads on through a flood, and tells only what is wanted', async () => {
    const server = new ScriptedServer()
    let heard = 0
    const { session, settled } = createSessionBench(server, { wants: name => name === 'Hangup', onEvent: () => heard++ })
    session.start()
    await settled()
    const varSet = 'Event: VarSet\r\nPrivilege: dialplan,all\r\nVariable: x\r\n\r\n'
    const hangup = 'Event: Hangup\r\nPrivilege: call,all\r\n\r\n'
    server.latest.say(`${varSet.repeat(99)}${hangup}`.repeat(1000))
    await settled()
    expect(heard).toBe(1000)
    expect(session.status.status).toBe('online')
  })

  it.each([
    ['an answer to nothing', 'Response: Success\r\n\r\n'],
    ['an action', 'Action: Logoff\r\n\r\n'],
    ['text', 'no colon here\r\n\r\n'],
    ['names of our language', 'Event: __proto__\r\nPrivilege: call,all\r\nconstructor: x\r\n\r\n'],
    ['empty lines', '\r\n\r\n\r\n\n\r\n'],
    ['a second greeting', 'Asterisk Call Manager/1.0\r\n\r\n'],
    ['bytes that are no text', '\u0000\uFFFD: \u0007\r\n\r\n'],
  ])('stays online through %s', async (_, text) => {
    const server = new ScriptedServer()
    const { session, settled } = createSessionBench(server)
    session.start()
    await settled()
    server.latest.say(text)
    await expect(session.action('Ping')).resolves.toMatchObject({ name: 'Success' })
    expect(session.status.status).toBe('online')
  })

  it('reports any bytes in place of an answer as a failure of the link or as nothing, never as an answer', async () => {
    await fc.assert(fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 200 }), async (bytes) => {
      const server = new ScriptedServer()
      const { clock, log, session, settled } = createSessionBench(server)
      session.start()
      await settled()
      server.on('Getvar', (_, connection) => {
        connection.sayBytes(bytes)
        connection.close()
      })
      const outcome = await session.action('Getvar', { Variable: 'X' }).then(() => 'answered', (error: { code: string }) => error.code)
      await clock.pass(1000)
      expect(outcome).toBe('outcome-unknown')
      expect(session.status.status).toBe('online')
      expect(log.lines.filter(line => line.startsWith('error'))).toEqual([])
    }), { numRuns: 50 })
  })
})

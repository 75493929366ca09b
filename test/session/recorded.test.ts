import type { Fields } from '../../main/ami/wire/message.ts'
import type { RecordedExchange } from '../support/recorded-exchanges.ts'
import type { SessionBench } from '../support/session-bench.ts'
import { describe, expect, it } from 'vitest'
import { AppError } from '../../main/errors.ts'
import { RecordedServer, recordedServers } from '../support/recorded-exchanges.ts'
import { createSessionBench } from '../support/session-bench.ts'

const dialects = { 1.2: 'legacy', 1.4: 'legacy', 1.8: 'middle', 11: 'middle', 16: 'modern', 22: 'modern' }
const LOGIN = ['login', 'challenge', 'listcommands']

async function logIn(server: RecordedServer): Promise<SessionBench> {
  const bench = createSessionBench(server, { credentials: async () => server.account })
  bench.session.start()
  await bench.settled()
  return bench
}

function actionOf({ headers }: RecordedExchange): string {
  return headers.get('action') ?? ''
}

function fieldsOf({ headers }: RecordedExchange): Fields {
  return Object.fromEntries([...headers].filter(([name]) => name !== 'action' && name !== 'actionid'))
}

function count(packets: readonly string[], pattern: RegExp): number {
  return packets.filter(packet => pattern.test(packet)).length
}

describe.each(recordedServers)('a session at a recorded Asterisk %s', (name) => {
  const server = new RecordedServer(name)
  const others = server.exchanges.filter(each => !LOGIN.includes(actionOf(each).toLowerCase()))
  const isList = ({ answer }: RecordedExchange): boolean => answer.length > 1
  const isError = ({ answer }: RecordedExchange): boolean => answer[0]?.startsWith('Response: Error') ?? false

  it('logs in with the key that the server accepted, and learns what the account may do', async () => {
    const { path, session } = await logIn(server)
    expect(path()).toEqual(['connecting', 'authenticating', 'syncing', 'online'])
    expect(session.server).toMatchObject({ banner: server.banner, dialect: dialects[name] })
    expect(session.server.actions).toContain('originate')
    expect(session.server.actions?.size).toBeGreaterThan(20)
    expect(server.unanswered).toEqual([])
  })

  it.each(others.filter(each => isList(each)).map(each => [actionOf(each), fieldsOf(each), each] as const))('collects all of %s %o', async (action, fields, exchange) => {
    const { session, events } = await logIn(server)
    server.meant = exchange
    const { items, complete } = await session.list(action, fields)
    const last = exchange.answer.at(-1) ?? ''
    expect({
      items: items.length,
      complete: complete?.name ?? null,
      events: events.length,
    }).toEqual({
      items: count(exchange.answer, /^Event: /m) - count(exchange.answer, /^Event: \w+Complete\r?$/m),
      complete: action === 'DBGet' ? null : /^Event: (\w+)/m.exec(last)?.[1],
      events: 0,
    })
    expect(items.every(item => item.name !== '')).toBe(true)
  })

  it.each(others.filter(isError).map(each => [actionOf(each), fieldsOf(each), each] as const))('tells why %s %o is refused', async (action, fields, exchange) => {
    const { session } = await logIn(server)
    server.meant = exchange
    const sentence = /^Message: (.*)$/m.exec(exchange.answer[0] ?? '')?.[1]?.trim() ?? ''
    const failure = await session.action(action, fields).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(AppError)
    expect(failure).toMatchObject({
      code: sentence === 'Permission denied' ? 'not-permitted' : sentence.startsWith('Invalid/unknown command') ? 'unknown-action' : 'action-refused',
      details: { sentence },
    })
  })

  it.each(others.filter(each => !isList(each) && !isError(each)).map(each => [actionOf(each), fieldsOf(each), each] as const))('hands on the answer to %s %o', async (action, fields, exchange) => {
    const { session } = await logIn(server)
    server.meant = exchange
    const answer = await session.action(action, fields)
    expect(answer.get('ActionID')).toMatch(/^desk-1-\d+$/)
    expect(answer.raw().replace(/^ActionID: .*$/m, '')).toBe(exchange.answer[0]?.replace(/^ActionID: .*$/m, ''))
  })
})

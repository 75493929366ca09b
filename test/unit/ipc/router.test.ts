import type { Handlers } from '../../../main/ipc/router.ts'
import { describe, expect, it } from 'vitest'
import { AppError } from '../../../main/errors.ts'
import { createRouter } from '../../../main/ipc/router.ts'
import { commands } from '../../../preload/contract/commands.ts'

/** Every command answers what it was given; single ones are replaced. */
function handlers(replaced: Partial<Handlers> = {}): Handlers {
  const all = Object.fromEntries(Object.keys(commands).map(name => [
    name,
    (input: unknown) => input,
  ]))
  return {
    ...all,
    ...replaced,
  } as unknown as Handlers
}

describe('router', () => {
  it('gives the parsed input to the handler and its answer back', async () => {
    const route = createRouter(handlers(), () => {})
    expect(await route('call.hangup', { id: 'c1', other: 'dropped' })).toEqual({
      ok: true,
      value: { id: 'c1' },
    })
  })

  it.each([
    'toString',
    '__proto__',
    'constructor',
    'call.',
    '',
    7,
    null,
    undefined,
    {},
  ])('knows no command named %j', async (name) => {
    const route = createRouter(handlers(), () => {})
    expect(await route(name, undefined)).toMatchObject({
      ok: false,
      error: { code: 'unknown-command' },
    })
  })

  it('refuses input outside the contract before the handler sees it', async () => {
    const seen: unknown[] = []
    const route = createRouter(handlers({
      'call.hangup': input => void seen.push(input),
    }), () => {})
    for (const input of [
      undefined,
      {},
      { id: 7 },
      { id: '' },
      { id: 'a\r\nAction: Originate' },
      {
        id: 'x'.repeat(201),
      },
    ]) {
      expect(await route('call.hangup', input)).toMatchObject({
        ok: false,
        error: { code: 'bad-input' },
      })
    }
    expect(seen).toEqual([])
  })

  it('says the code of a failure that was foreseen', async () => {
    const route = createRouter(handlers({
      'call.hangup': () => {
        throw new AppError('call-gone', 'No such channel', {
          details: { id: 'c1' },
        })
      },
    }), () => {})
    expect(await route('call.hangup', { id: 'c1' })).toEqual({
      ok: false,
      error: {
        code: 'call-gone',
        message: 'No such channel',
        details: { id: 'c1' },
      },
    })
  })

  it('reports what was not foreseen and shows none of it', async () => {
    const reported: unknown[] = []
    const cause = new Error('secret inside')
    const route = createRouter(handlers({
      'app.quit': async () => { throw cause },
    }), error => reported.push(error))
    const answer = await route('app.quit', undefined)
    expect(answer).toMatchObject({
      ok: false,
      error: { code: 'internal' },
    })
    expect(JSON.stringify(answer)).not.toContain('secret')
    expect(reported).toEqual([cause])
  })
})

import { screen } from '@testing-library/vue'
import { describe, expect, it } from 'vitest'
import { failed } from '../support/fake-bridge.ts'
import { openMain } from '../support/open-window.ts'
import { aLine, connected, NOON } from '../support/rows.ts'

const line = { 1001: aLine() }

describe('the connection line', () => {
  it('names the server, its release, and that it is encrypted', async () => {
    await openMain({ tables: { line } })
    expect(screen.getByText('pbx.example.com:5039 · Asterisk 22.10.1')).toBeTruthy()
    expect(screen.getByRole('img', { name: 'Encrypted' })).toBeTruthy()
  })

  it('says when it is not encrypted', async () => {
    await openMain({ tables: { line, connection: { me: connected({ secured: false }) } } })
    expect(screen.getByRole('img', { name: 'Not encrypted' })).toBeTruthy()
  })

  it.each([
    [{ state: 'connecting' }, 'Connecting to pbx.example.com:5039 …'],
    [{ state: 'syncing' }, 'Reading the state of pbx.example.com:5039 …'],
    [{ state: 'offline' }, 'Not connected to pbx.example.com:5039'],
    [{ state: 'unconfigured' }, 'No server set up yet'],
  ] as const)('says for %o: %s', async (over, words) => {
    await openMain({ tables: { line, connection: { me: connected(over) } } })
    expect(screen.getByText(words)).toBeTruthy()
  })

  it('says as of when what is shown was true, and shows it as not fresh', async () => {
    const { bridge, pass } = await openMain({ tables: { line } })
    expect(screen.queryByText(/as of/)).toBeNull()
    bridge.show({ connection: { me: connected({ state: 'waiting', staleSince: NOON, retryAt: NOON + 30_000, attempt: 1 }) } })
    await pass()
    expect(screen.getByText('as of 10:10')).toBeTruthy()
    bridge.show({ connection: { me: connected() } })
    await pass()
    expect(screen.queryByText(/as of/)).toBeNull()
  })

  it('counts down to the next try', async () => {
    const { pass } = await openMain({ tables: { line, connection: { me: connected({ state: 'waiting', retryAt: NOON + 3000, attempt: 2 }) } } })
    expect(screen.getByText('Trying again in 3 seconds')).toBeTruthy()
    await pass(2000)
    expect(screen.getByText('Trying again in 1 second')).toBeTruthy()
    await pass(1000)
    expect(screen.getByText('Connecting to pbx.example.com:5039 …')).toBeTruthy()
  })

  it('says what is wrong, tries at once when asked, and leads to the set-up', async () => {
    const { user, bridge } = await openMain({ tables: { line, connection: { me: connected({ state: 'waiting', retryAt: NOON + 9000, error: { code: 'connection-refused', message: 'ECONNREFUSED', details: { host: 'pbx.example.com' } } }) } } })
    expect(screen.getByText('pbx.example.com refuses the connection.')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Try now' }))
    expect(bridge.inputsOf('connection.retry')).toHaveLength(1)
    await user.click(screen.getByRole('button', { name: 'Check the connection' }))
    expect(screen.getByRole('heading', { level: 1, name: 'Your server' })).toBeTruthy()
  })

  it('copies what happened with the words of the log', async () => {
    const { user, bridge } = await openMain({ tables: { line, connection: { me: connected({ state: 'offline', error: { code: 'no-banner', message: 'No banner within 5000 ms' } }) } } })
    await user.click(screen.getByRole('button', { name: 'Copy this message' }))
    expect(bridge.inputsOf('clipboard.write')).toEqual([{ text: 'pbx.example.com:5039 takes the connection but says nothing.\nno-banner: No banner within 5000 ms' }])
  })
})

describe('a password kept for one session', () => {
  const locked = { tables: { line, connection: { me: connected({ state: 'offline', error: { code: 'secret-missing', message: '' } }) } } } as const

  it('is asked for, and goes to main', async () => {
    const { user, bridge } = await openMain(locked)
    const field = screen.getByLabelText<HTMLInputElement>('Password for pbx.example.com:5039')
    expect(field.type).toBe('password')
    await user.type(field, 'open sesame{Enter}')
    expect(bridge.inputsOf('connection.unlock')).toEqual([{ secret: 'open sesame' }])
    expect(field.value).toBe('')
  })

  it('stays typed when it could not be used', async () => {
    const { user, bridge } = await openMain(locked)
    bridge.answer('connection.unlock', () => failed('login-refused'))
    const field = screen.getByLabelText<HTMLInputElement>('Password for pbx.example.com:5039')
    await user.type(field, 'wrong{Enter}')
    expect(screen.getByText('pbx.example.com:5039 refuses the account or its password.')).toBeTruthy()
    expect(field.value).toBe('wrong')
  })
})

import type { KeyStore } from '../../../main/credentials/secrets.ts'
import { Buffer } from 'node:buffer'
import { describe, expect, it } from 'vitest'
import { createSecrets } from '../../../main/credentials/secrets.ts'

/** Turns each byte around: not safe, but not the text either. */
const keyStore: KeyStore = {
  status: () => ({ available: true, backend: 'test' }),
  encrypt: text => Buffer.from(text).map(byte => byte ^ 255),
  decrypt(sealed) {
    if (sealed.length === 0)
      throw new Error('nothing to open')
    return Buffer.from(sealed.map(byte => byte ^ 255)).toString()
  },
}
const none: KeyStore = { ...keyStore, status: () => ({ available: false, backend: 'basic_text' }) }

describe('the secrets', () => {
  it('come back from what the key store made of them', () => {
    const secrets = createSecrets(keyStore, () => {})
    expect(secrets.open(secrets.seal('grün') ?? '')).toBe('grün')
  })

  it('are not sealed where the system hides nothing', () => {
    expect(createSecrets(none, () => {}).seal('x')).toBeNull()
  })

  it('say so when the key store does not open them', () => {
    expect(() => createSecrets(keyStore, () => {}).open('')).toThrow(expect.objectContaining({ code: 'secret-unreadable' }))
  })

  it('are kept for one session, until they are taken back', () => {
    const secrets = createSecrets(none, () => {})
    secrets.keepForSession('x')
    expect(secrets.session()).toBe('x')
    secrets.keepForSession(null)
    expect(secrets.session()).toBeNull()
  })

  it('are told to the log, so that it leaves them out', () => {
    const heard: string[] = []
    const secrets = createSecrets(keyStore, secret => heard.push(secret))
    secrets.open(secrets.seal('one') ?? '')
    secrets.keepForSession('two')
    expect(heard).toEqual(['one', 'one', 'two'])
  })
})

import type { AppInfo } from '#contract/settings.ts'
import type { SecretStore } from './secret-store.ts'
import { AppError } from '../errors.ts'

/** What the operating system offers for secrets. */
export interface KeyStore {
  readonly status: () => AppInfo['keyStore']
  readonly encrypt: (text: string) => Uint8Array
  readonly decrypt: (sealed: Uint8Array) => string
}

/** Seals by the key store; `onSecret` hears every secret that is about, so that the log can leave it out. */
export function createSecrets(keyStore: KeyStore, onSecret: (secret: string) => void): SecretStore {
  let session: string | null = null
  return {
    status: () => keyStore.status(),
    seal(secret) {
      onSecret(secret)
      return keyStore.status().available
        ? Buffer.from(keyStore.encrypt(secret)).toString('base64')
        : null
    },
    open(sealed) {
      const secret = decrypt(keyStore, sealed)
      onSecret(secret)
      return secret
    },
    keepForSession(secret) {
      if (secret !== null)
        onSecret(secret)
      session = secret
    },
    session: () => session,
  }
}

function decrypt(keyStore: KeyStore, sealed: string): string {
  try {
    return keyStore.decrypt(Buffer.from(sealed, 'base64'))
  }
  catch (cause) {
    throw new AppError('secret-unreadable', 'The key store does not open the stored secret', { cause })
  }
}

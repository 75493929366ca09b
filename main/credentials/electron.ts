import type { AppInfo } from '#contract/settings.ts'
import type { KeyStore } from './secrets.ts'
import process from 'node:process'
import { safeStorage } from 'electron'

/** These hide nothing: the key stands in the program. */
const HOLLOW: ReadonlySet<string> = new Set(['basic_text', 'unknown'])

/**
 * The key store of the operating system. Only its synchronous calls are used: the asynchronous ones crash the process where there
 * is none (Electron 42).
 */
export function electronKeyStore(): KeyStore {
  let known: AppInfo['keyStore'] | null = null

  // The first look wakes the key store up and takes tens of milliseconds.
  function look(): AppInfo['keyStore'] {
    const backend = backendOf()
    return { available: !HOLLOW.has(backend) && safeStorage.isEncryptionAvailable(), backend }
  }

  return {
    status: () => known ??= look(),
    encrypt: text => safeStorage.encryptString(text),
    decrypt: sealed => safeStorage.decryptString(Buffer.from(sealed)),
  }
}

function backendOf(): string {
  switch (process.platform) {
    case 'linux': return safeStorage.getSelectedStorageBackend()
    case 'darwin': return 'keychain'
    default: return 'dpapi'
  }
}

import type { DatabaseValues } from '../../pbx/events.ts'
import type { Asker } from '../session/types.ts'
import { AppError } from '../../errors.ts'
import { offers } from './server-info.ts'

/** Where FreePBX and most dialplans after it keep do not disturb and call forwards of an extension. */
export function databaseKeys(extension: string): readonly string[] {
  return extension === ''
    ? []
    : ['DND', 'CF', 'CFB', 'CFU'].map(family => `${family}/${extension}`)
}

/** What stands in the server's database under `family/key`; null where there is no such key. */
export async function readDatabase(asker: Asker, keys: readonly string[]): Promise<DatabaseValues> {
  if (!offers(asker, 'DBGet'))
    throw new AppError('not-permitted', 'This account may not use DBGet')
  const values: Record<string, string | null> = {}
  for (const path of keys) {
    const [family = '', key = ''] = path.split('/')
    values[path] = await readOne(asker, family, key)
  }
  return values
}

async function readOne(asker: Asker, family: string, key: string): Promise<string | null> {
  try {
    const { items } = await asker.list('DBGet', { Family: family, Key: key })
    return items[0]?.get('Val') ?? null
  }
  catch (error) {
    // "Database entry not found" is an answer, too.
    if (error instanceof AppError && error.code === 'action-refused' && /not found/i.test(error.message))
      return null
    throw error
  }
}

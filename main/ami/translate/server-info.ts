import type { Asker } from '../session/types.ts'
import { AppError } from '../../errors.ts'
import { given } from './text.ts'

/** Failures that say that nobody is there to answer any more. */
const LINK_CODES: ReadonlySet<string> = new Set([
  'not-online',
  'outcome-unknown',
  'connection-lost',
])

/** What Asterisk calls itself, `22.10.1`; null where this server or this account is not told (up to 1.4, or without `system` and `reporting`). */
export async function asteriskVersion(asker: Asker): Promise<string | null> {
  if (!offers(asker, 'CoreSettings'))
    return null
  try {
    const settings = await asker.action('CoreSettings')
    return given(settings.get('AsteriskVersion'))
  }
  catch (error) {
    refusalOf(error)
    return null
  }
}

/** Whether the server may be asked for this; it can always be tried where it does not say. */
export function offers({ server }: Asker, action: string): boolean {
  return server.actions?.has(action.toLowerCase()) ?? true
}

/** The refusal of one question; what ends all of them is thrown on. */
export function refusalOf(error: unknown): AppError {
  if (error instanceof AppError && !LINK_CODES.has(error.code))
    return error
  throw error
}

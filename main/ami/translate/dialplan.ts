import type { Asker } from '../session/types.ts'
import { AppError } from '../../errors.ts'
import { offers, refusalOf } from './server-info.ts'
import { integer } from './text.ts'

/** What may stand in the arguments of a dialplan function without ending them. */
const PLAIN = /^[\w+*#.-]+$/

/**
 * Whether a number leads anywhere in a context: a call that is sent nowhere is lost. An extension with a hint exists; for others
 * the dialplan is asked by a function of it, else by its listing, where this account may. Null: the server does not say.
 */
export async function knowsExtension(asker: Asker, context: string, exten: string): Promise<boolean | null> {
  try {
    if (offers(asker, 'ExtensionState')) {
      const state = await asker.action('ExtensionState', { Exten: exten, Context: context })
      if ((integer(state.get('Status')) ?? -1) >= 0)
        return true
    }
    return await isReachable(asker, context, exten) ?? (offers(asker, 'ShowDialPlan')
      ? await isListed(asker, context, exten)
      : null)
  }
  catch (error) {
    refusalOf(error)
    return null
  }
}

/** Class `call` is enough for this. Up to 11 the server makes a channel for it, of which every client hears. */
async function isReachable(asker: Asker, context: string, exten: string): Promise<boolean | null> {
  if (asker.server.dialect !== 'modern' || !offers(asker, 'Getvar') || !PLAIN.test(context) || !PLAIN.test(exten))
    return null
  try {
    const answer = await asker.action('Getvar', { Variable: `DIALPLAN_EXISTS(${context},${exten},1)` })
    const value = answer.get('Value')
    // A server without func_dialplan answers with nothing.
    return value === '1' ? true : value === '0' ? false : null
  }
  catch (error) {
    refusalOf(error)
    return null
  }
}

/** `ShowDialPlan` with a number lists every line that the number would reach, patterns and included contexts as well. */
async function isListed(asker: Asker, context: string, exten: string): Promise<boolean | null> {
  try {
    const { items } = await asker.list('ShowDialPlan', { Context: context, Extension: exten })
    return items.length > 0
  }
  catch (error) {
    if (error instanceof AppError && error.code === 'action-refused')
      return /did not find extension/i.test(error.message) ? false : null
    throw error
  }
}

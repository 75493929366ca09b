import type { Headers } from '#contract/admin.ts'
import { AppError } from '../../errors.ts'

/** Applications that run programs on the server, or could: the list of Asterisk 22 (manager.c, `originate_permissions`) and what older releases lacked. */
const RUNS_PROGRAMS = /^\s*(?:system|trysystem|exec|tryexec|agi|eagi|deadagi|fastagi|externalivr|mixmonitor|originate|reload|dbdeltree|queue\s*\(.*agi)/i
/** Functions that reach beyond the call, wherever they stand. */
const REACHES_OUT = /\b(?:SHELL|FILE|CURL|ODBC\w*|DB|REALTIME|EVAL)\s*\(/i

/** Of a repeated header the first counts in old releases and the last in new ones, so each is looked at. */
function has(fields: Headers, wanted: string, dangerous: RegExp): boolean {
  return fields.some(([name, value]) => name.toLowerCase() === wanted && dangerous.test(value))
}

/** Whether this action would let the server run a program, or read and write beyond the call. */
export function runsPrograms(action: string, fields: Headers): boolean {
  const name = action.toLowerCase()
  if (name === 'originate')
    return has(fields, 'application', RUNS_PROGRAMS) || fields.some(([, value]) => REACHES_OUT.test(value))
  if (name === 'mixmonitor')
    return has(fields, 'command', /\S/)
  if (name === 'dialplanextensionadd')
    return has(fields, 'application', RUNS_PROGRAMS) || has(fields, 'applicationdata', REACHES_OUT)
  if (name === 'getvar' || name === 'setvar')
    return has(fields, 'variable', /\bSHELL\s*\(/i)
  if (name === 'command')
    return has(fields, 'command', /^\s*!/)
  return false
}

/**
 * Lets an action pass or says why not: what runs programs on the server goes only as typed text and after a question, what changes
 * something of others after a question. `needs-confirmation` tells in its details what will happen.
 */
export function watchOver(request: { readonly action: string, readonly fields: Headers, readonly danger: string | null, readonly typed: boolean, readonly confirmed: boolean }): void {
  const { action, confirmed, danger, fields, typed } = request
  const runs = runsPrograms(action, fields)
  if (runs && !typed)
    throw new AppError('never-allowed', `${action} would run a program on the server`, { details: { action } })
  const what = runs
    ? 'This makes the server run a program, with the rights of Asterisk.'
    : danger
  if (what !== null && !confirmed)
    throw new AppError('needs-confirmation', what, { details: { action, what } })
}

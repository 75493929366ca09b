import type { Headers } from '#contract/admin.ts'
import { AppError } from '../../errors.ts'

/** Applications that run programs on the server, or could: the list of Asterisk 22 (manager.c, `originate_permissions`) and what older releases lacked. */
const RUNS_PROGRAMS = /^\s*(?:system|trysystem|exec|tryexec|agi|eagi|deadagi|fastagi|externalivr|mixmonitor|originate|reload|dbdeltree|queue\s*\(.*agi)/i
/** Functions that reach beyond the call, wherever they stand. */
const REACHES_OUT = /\b(?:SHELL|FILE|CURL|ODBC\w*|DB|REALTIME|EVAL)\s*\(/

const valueOf = (fields: Headers, wanted: string): string => fields.findLast(([name]) => name.toLowerCase() === wanted)?.[1] ?? ''

/** Whether this action would let the server run a program, or read and write beyond the call. */
export function runsPrograms(action: string, fields: Headers): boolean {
  const name = action.toLowerCase()
  if (name === 'originate')
    return RUNS_PROGRAMS.test(valueOf(fields, 'application')) || fields.some(([, value]) => REACHES_OUT.test(value))
  if (name === 'mixmonitor')
    return valueOf(fields, 'command') !== ''
  if (name === 'dialplanextensionadd')
    return RUNS_PROGRAMS.test(valueOf(fields, 'application')) || REACHES_OUT.test(valueOf(fields, 'applicationdata'))
  if (name === 'getvar' || name === 'setvar')
    return /\bSHELL\s*\(/.test(valueOf(fields, 'variable'))
  if (name === 'command')
    return /^\s*!/.test(valueOf(fields, 'command'))
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

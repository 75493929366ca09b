import type { ActView, CallView, Tables } from '#contract/tables.ts'
import type { Program } from '../../support/program.ts'
import type { Office } from './office.ts'
import type { PhoneCall } from './phone.ts'
import { KARLA } from './office.ts'

export interface Talk {
  /** The customer's end. */
  readonly calling: PhoneCall
  /** My phone's end. */
  readonly phone: PhoneCall
  /** The row that my window shows. */
  readonly call: CallView
}

/** A call from outside that I have lifted. */
export async function talkToKarla({ phones }: Office, window: Program['window']): Promise<Talk> {
  const calling = phones.trunk.dial('5551201', KARLA)
  const phone = await phones[1001].nextCall()
  phone.answer()
  const call = await window.until('we talk', ({ calls }) => Object.values(calls).find(one => one.state === 'up' && one.can.includes('blind')))
  return { calling, phone, call }
}

/** Looks that `until` takes. */
export function actIn(id: string, state: ActView['state']): (tables: Tables) => ActView | false {
  return ({ acts }) => acts[id]?.state === state && acts[id]
}

/** The row of an act that has come to its end, whatever that is. */
export function ended(id: string): (tables: Tables) => ActView | false {
  return ({ acts }) => acts[id] !== undefined && acts[id].state !== 'asked' && acts[id]
}

/** Asks for an act and waits until events say that it is done; says why it failed where it did. */
export async function doneIn(window: Program['window'], asked: Promise<{ readonly id: string }>): Promise<ActView> {
  const { id } = await asked
  const act = await window.until('the end of an act', ended(id))
  if (act.state === 'failed')
    throw new Error(`${act.kind} ${act.subject}: ${act.error?.code} (${act.error?.message})`)
  return act
}

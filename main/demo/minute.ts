import type { Clock } from '../clock.ts'
import type { DemoCall, DemoScript } from './script.ts'
import { CUSTOMERS, ME } from './office.ts'

/** What there is to see from then on; `dial` is for the program to dial a number within its fifteen seconds. */
export type MinuteStep = 'ringing' | 'answered' | 'ended' | 'voicemail-rings' | 'voicemail' | 'dial' | 'group-rings' | 'answered-elsewhere' | 'over'

const [CUSTOMER = { name: null, number: null }, , PRINTER = CUSTOMER, SAM = CUSTOMER] = CUSTOMERS

/** A minute for pictures: a call rings and is answered, another ends in the mailbox, time to dial a number, a colleague takes a third. */
export function playMinute(script: DemoScript, clock: Clock, onStep: (step: MinuteStep) => void): Promise<void> {
  return new Promise((resolve) => {
    let call: DemoCall | null = null
    const at = (seconds: number, step: MinuteStep, act: () => void): void => {
      clock.after(seconds * 1000, () => {
        act()
        onStep(step)
      })
    }
    script.silence()
    script.dialAnswer('answer')
    at(2, 'ringing', () => { call = script.incoming(CUSTOMER) })
    at(8, 'answered', () => call?.rings(ME) && call.answer(ME))
    at(15, 'ended', () => call?.callerHangsUp())
    at(18, 'voicemail-rings', () => { call = script.incoming(PRINTER) })
    // A busy phone sends the caller to the mailbox at once: the message is there eight seconds later.
    at(21, 'voicemail', () => call?.rings(ME) && call.refuse(ME, 'busy'))
    at(32, 'dial', () => {})
    at(48, 'group-rings', () => { call = script.incoming({ ...SAM, to: 'group' }) })
    at(54, 'answered-elsewhere', () => call?.rings('1002') && call.answer('1002'))
    at(60, 'over', () => {
      script.silence()
      script.dialAnswer(null)
      resolve()
    })
  })
}

import type { Asker } from '../../../main/ami/session/types.ts'
import { describe, expectTypeOf, it } from 'vitest'
import { createRecordedAsker } from '../../support/recorded-asker.ts'

/** Never run: the compiler is the test. */
function calls({ action, list }: Asker, name: string): void {
  void action('Ping')
  void action('Ping', {}, { timeoutMs: 1 })
  void action('Originate', { Channel: 'SIP/1', Exten: 1002, Variable: ['a=1', 'b=2'], Async: true })
  void list('QueueStatus')
  void list('QueueStatus', { Queue: 'support', Member: undefined })
  void action(name)
  void action(name, { anything: 'goes', here: [1, true] })
  void action('NotYetInvented', { anything: 'goes' })

  // @ts-expect-error Hangup needs a channel
  void action('Hangup')
  // @ts-expect-error Hangup needs a channel
  void action('Hangup', { Cause: 16 })
  // @ts-expect-error the header is Val
  void action('DBPut', { Family: 'a', Key: 'b', Value: 'c' })
  // @ts-expect-error the header is CallerID
  void action('Originate', { Channel: 'SIP/1', CallID: '1002' })
  // @ts-expect-error Ping takes nothing
  void action('Ping', { Channel: 'SIP/1' })
  // @ts-expect-error one of three words
  void action('AOCMessage', { Channel: 'SIP/1', MsgType: 'X' })
}

describe('the types of actions', () => {
  it('know required and allowed headers of a known action, and leave any other alone', () => {
    expectTypeOf(calls).parameter(1).toEqualTypeOf<string>()
  })

  it('are those of every asker', () => {
    expectTypeOf(createRecordedAsker({ dialect: 'modern', actions: null }, {})).toExtend<Asker>()
  })
})

import type { DemoCall } from '../../main/demo/script.ts'
import type { OfficeUnderTest } from './office.ts'
import { systemClock } from '../../main/clock.ts'
import { createDemoPbx } from '../../main/demo/demo-pbx.ts'
import { officeContract } from './office.ts'

officeContract('the demo', async (): Promise<OfficeUnderTest> => {
  const demo = createDemoPbx({ clock: systemClock, random: Math.random, scenario: 'scripted', pace: 0.05 })
  await demo.start()
  return {
    host: '127.0.0.1',
    port: demo.port,
    account: demo,
    me: { extension: '1001', device: 'PJSIP/1001', mailbox: '1001@default' },
    colleague: { extension: '1002', device: 'PJSIP/1002' },
    hintContext: 'hints',
    dialContext: 'internal',
    numbers: { answering: '1002', busy: '+442079460198', silent: '+442079460197', unknown: '4242' },
    machine: '*1001',
    callIn: async (caller, to) => callOf(demo.incoming({ ...caller, to })),
    setMyPhone: demo.myPhone,
    // They do so anyhow.
    ringBriefly: async () => {},
    close: demo.stop,
  }
})

function callOf(call: DemoCall): Awaited<ReturnType<OfficeUnderTest['callIn']>> {
  return {
    answer: async who => call.answer(who === 'me'
      ? '1001'
      : '1002'),
    hangUp: async who => who === 'caller'
      ? call.callerHangsUp()
      : call.answererHangsUp(),
    // Callers of the demo do so by themselves.
    leaveMessage: async () => {},
  }
}

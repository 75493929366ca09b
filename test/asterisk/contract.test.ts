import type { CallIn } from '../contract/office.ts'
import { officeContract } from '../contract/office.ts'
import { describeAsterisk } from './support/describe-asterisk.ts'
import { LINE, useOffice } from './support/office.ts'

/** An outside number; the provider's phone rings and nobody lifts it. */
const SILENT = '0420555123'

await describeAsterisk('what every office keeps', (program) => {
  const office = useOffice(program)

  officeContract('a real server', async () => {
    const { phones, server } = office()
    return {
      host: server.host,
      port: server.ports.ami,
      account: server.credentials.companion,
      me: { extension: '1001', device: 'PJSIP/1001', mailbox: '1001@default' },
      colleague: { extension: '1002', device: 'PJSIP/1002' },
      hintContext: LINE.hintContext,
      dialContext: LINE.dialContext,
      numbers: { answering: '1002', busy: '1003', silent: SILENT, unknown: '4242' },
      machine: '*1001',
      async callIn(caller, to): Promise<CallIn> {
        const calling = phones.trunk.dial(to === 'me'
          ? '5551201'
          : '5559000', caller)
        const arrived = {
          me: phones[1001].nextCall(),
          colleague: to === 'group'
            ? phones[1002].nextCall()
            : null,
        }
        let answerer = arrived.me
        return {
          async answer(who) {
            answerer = arrived[who] ?? arrived.me
            const call = await answerer
            call.answer()
          },
          hangUp: async who => (who === 'caller'
            ? calling
            : await answerer).hangUp(),
          async leaveMessage() {
            await calling.answered
            await server.recorded('1001')
            await calling.hangUp()
          },
        }
      },
      setMyPhone(behaviour) {
        phones[1001].behaviour = behaviour === 'decline'
          ? { refuse: 603 }
          : behaviour === 'lift'
            ? 'answer'
            : 'ring'
        phones[1002].behaviour = 'answer'
        phones[1003].behaviour = { refuse: 486 }
      },
      ringBriefly: () => server.letRing(1),
      // The server stays for the next test; the phones hang up after each.
      close: async () => {},
    }
  })
})

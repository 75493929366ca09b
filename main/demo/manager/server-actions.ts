import type { Action } from './action.ts'
import { facts } from './answer.ts'

/** The release whose dialect the demo speaks. */
export const AMI_VERSION = '11.0.0'
const ASTERISK_VERSION = '22.10.1'

export const serverActions: readonly Action[] = [
  {
    name: 'Ping',
    synopsis: 'Keepalive command.',
    rights: [],
    answer: (_, { exchange }) => facts([
      ['Ping', 'Pong'],
      ['Timestamp', (exchange.clock.now() / 1000).toFixed(6)],
    ]),
  },
  {
    name: 'CoreSettings',
    synopsis: 'Show PBX core settings (version etc).',
    rights: ['system', 'reporting'],
    answer: () => facts([
      ['AMIversion', AMI_VERSION],
      ['AsteriskVersion', ASTERISK_VERSION],
      ['SystemName', ''],
      ['CoreMaxCalls', 0],
      ['CoreMaxLoadAvg', '0.000000'],
      ['CoreRunUser', ''],
      ['CoreRunGroup', ''],
      ['CoreMaxFilehandles', 0],
      ['CoreRealTimeEnabled', 'No'],
      ['CoreCDRenabled', 'Yes'],
      ['CoreHTTPenabled', 'No'],
      ['SoundsSearchCustomDir', 'No'],
    ]),
  },
]

import type { Message } from '../wire/message.ts'
import type { EventTranslator, EventTranslators } from './translator.ts'
import { uniqueidOf } from './channel.ts'
import { given, integer, isTrue } from './text.ts'
import { one } from './translator.ts'

/** `fate` is null where the packet itself says how it went. */
function originated(fate: boolean | null): EventTranslator {
  return one((message: Message, at) => {
    const actionId = given(message.get('ActionID'))
    return actionId === null
      ? null
      : {
          type: 'originate.finished',
          actionId,
          success: fate ?? isTrue(message.get('Response')),
          reason: integer(message.get('Reason')),
          channel: given(message.get('Channel')),
          uniqueid: uniqueidOf(message.get('Uniqueid')),
          at,
        }
  })
}

export const serverEvents: EventTranslators = {
  originateresponse: originated(null),
  originatesuccess: originated(true),
  originatefailure: originated(false),
  fullybooted: (message, at) => [
    { type: 'server.booted', uptimeSeconds: integer(message.get('Uptime')), at },
  ],
  reload: (message, at) => [
    { type: 'server.reloaded', module: given(message.get('Module')), at },
  ],
  userevent: (message, at) => [
    { type: 'user.told', words: message.entries().map(([, value]) => value), at },
  ],
  shutdown(message, at) {
    const restart = message.get('Restart')
    return [
      { type: 'server.shuttingDown', restart: restart === undefined
        ? null
        : isTrue(restart), at },
    ]
  },
}

import type { Answers } from './action.ts'
import type { Item } from './answer.ts'
import { PARKED_CONTEXT, RETURN_CONTEXT } from '../exchange/parking.ts'
import { AGENT_LOGIN, COMPANION_CODES, CONFERENCE, CONTEXT, FROM_TRUNK, GROUP, QUEUES, VOICEMAIL_NUMBER } from '../office.ts'
import { failure, list } from './answer.ts'

/** A line of the dialplan as an administrator would have written it. */
interface Listed {
  readonly context: string
  /** A number, or a pattern after `_`. */
  readonly extension: string
  readonly meets: RegExp
  readonly steps: readonly (readonly [application: string, data: string])[]
}

/* eslint-disable no-template-curly-in-string -- these are of the dialplan */
const LISTED: readonly Listed[] = [
  line(CONTEXT, '_10XX', /^10\d\d$/, ['Dial', 'PJSIP/${EXTEN},20,tT'], ['VoiceMail', '${EXTEN}@default,s']),
  line(CONTEXT, '_[2-9]XXX', /^[2-9]\d{3}$/, ['Dial', 'PJSIP/${EXTEN},20,tT'], ['VoiceMail', '${EXTEN}@default,s']),
  ...QUEUES.map(({ name, extension }) => line(CONTEXT, extension, exactly(extension), ['Answer', ''], ['Queue', `${name},tT,,,60`])),
  line(CONTEXT, GROUP, exactly(GROUP), ['Dial', 'PJSIP/1001&PJSIP/1002&PJSIP/1004,25']),
  line(CONTEXT, CONFERENCE, exactly(CONFERENCE), ['ConfBridge', `${CONFERENCE},bridge3000,user3000`]),
  line(CONTEXT, AGENT_LOGIN, exactly(AGENT_LOGIN), ['AgentLogin', '']),
  line(CONTEXT, VOICEMAIL_NUMBER, exactly(VOICEMAIL_NUMBER), ['VoiceMailMain', '${CALLERID(num)}@default,s']),
  line(CONTEXT, '*8', exactly('*8'), ['Pickup', '']),
  line(CONTEXT, '_**X.', /^\*\*\d+$/, ['Pickup', '${EXTEN:2}']),
  line(CONTEXT, '_*7[89]', /^\*7[89]$/, ['Set', 'DB(DND/${CALLERID(num)})=YES'], ['Answer', '']),
  line(CONTEXT, '_*[579][0-3].', /^\*(?:72|73|90|91|52|53)/, ['Set', 'DB(CF/${CALLERID(num)})=${EXTEN:3}'], ['Answer', '']),
  line(CONTEXT, '_*1XXX', /^\*\d{4}$/, ['VoiceMail', '${EXTEN:1}@default,s']),
  line(CONTEXT, '_X.', /^\+?\d{5,20}$/, ['Dial', 'PJSIP/${EXTEN}@trunk,30']),
  line(PARKED_CONTEXT, '_7X0', /^7[05]0$/, ['Park', '']),
  line(PARKED_CONTEXT, '_7XX', /^7\d\d$/, ['ParkedCall', '']),
  line(RETURN_CONTEXT, '_PJSIP_X.', /^PJSIP_/, ['Dial', 'PJSIP/${EXTEN:6},15']),
  line(FROM_TRUNK, '_4420794601XX', /^4420794601\d\d$/, ['Goto', 'internal,10${EXTEN:-2},1']),
  line(COMPANION_CODES, '_*XX*X.', /^\*\d\d\*/, ['Set', 'DB(DND/${EXTEN:4})=YES'], ['Answer', ''], ['Hangup', '']),
]
/* eslint-enable no-template-curly-in-string */

/** The lots are included where people dial. */
const INCLUDES: Readonly<Record<string, readonly string[]>> = { [CONTEXT]: [PARKED_CONTEXT] }

export const dialplanActions = {
  ShowDialPlan(request, { dialplan }) {
    const context = request.get('Context')
    const exten = request.get('Extension')
    if (context !== '' && !LISTED.some(one => one.context === context))
      return failure(`Did not find context ${context}`)
    const found = LISTED
      .filter(one => context === '' || one.context === context || (exten !== '' && INCLUDES[context]?.includes(one.context)))
      .filter(({ context: place, meets }) => exten === '' || (meets.test(exten) && dialplan(place, exten)))
    if (found.length === 0) {
      return failure(context === ''
        ? `Did not find extension ${exten} in any context`
        : `Did not find extension ${exten}@${context}`)
    }
    // Of several patterns the first, which is the narrowest, takes the call.
    const lines = exten === ''
      ? found
      : found.slice(0, 1)
    const items = lines.flatMap(itemsOf)
    return list('DialPlan list will follow', items, 'ShowDialPlanComplete', [
      ['ListExtensions', lines.length],
      ['ListPriorities', items.length],
      ['ListContexts', new Set(lines.map(one => one.context)).size],
    ])
  },
} as const satisfies Answers

function itemsOf({ context, extension, steps }: Listed): readonly Item[] {
  return steps.map(([application, data], index) => ({
    event: 'ListDialplan',
    headers: [
      ['Context', context],
      ['Extension', extension],
      ['Priority', index + 1],
      ['Application', application],
      ['AppData', data],
      ['Registrar', 'pbx_config'],
    ],
  }))
}

function line(context: string, extension: string, meets: RegExp, ...steps: Listed['steps']): Listed {
  return { context, extension, meets, steps }
}

function exactly(extension: string): RegExp {
  return new RegExp(`^${extension.replaceAll('*', '\\*')}$`)
}

import type { ErrorCode } from '#contract/result.ts'
import type { FeatureCodes } from '#contract/setup.ts'
import type { PbxAction } from '../../pbx/actions.ts'
import type { DeskState } from '../desk.ts'
import type { Plan, Steps } from './act.ts'
import type { Planned, Refusal } from './planned.ts'
import type { ActRequest } from './request.ts'
import { dndDevice, dndOf, forwardKey, forwardOf } from '../line-services.ts'
import { withExtension } from './plan-call.ts'
import { plan } from './planned.ts'

/** Do not disturb and forwards: in the database of the server where the account may, else by the codes of the dialplan. */
export function planLine(desk: DeskState, request: Extract<ActRequest, { readonly kind: 'dnd' | 'forward' }>): Planned {
  return request.kind === 'dnd'
    ? planDnd(desk, request.on)
    : planForward(desk, request.which, request.number)
}

function planDnd(desk: DeskState, on: boolean): Planned {
  const { config, limits } = desk
  const { codes } = config.office
  if (dndOf(desk) === (on ? 'on' : 'off'))
    return { refused: 'already-so' }
  const rest: Partial<Plan> = { proof: { by: 'dnd', on }, trust: dndOf(desk) === 'unknown' }
  if (!limits.lacks.has('databasePut')) {
    const device = dndDevice(config.extension)
    const put: PbxAction = { do: 'databasePut', family: 'DND', key: config.extension, value: on ? 'YES' : null }
    // Colleagues see the device; where no dialplan sets it, we do.
    const show: Steps = desk.pbx.devices.has(device.toLowerCase()) && !limits.lacks.has('setVariable')
      ? [[{ do: 'setDeviceState', device, busy: on }]]
      : []
    return plan(on ? 'dndOn' : 'dndOff', config.extension, { ...rest, steps: [[put], ...show] })
  }
  const code = codeSteps(desk, codes, on ? codes.dndOn : codes.dndOff, limits.missing.dnd)
  return 'refused' in code
    ? code
    : plan(on ? 'dndOn' : 'dndOff', config.extension, { ...rest, steps: code.steps })
}

function planForward(desk: DeskState, which: 'always' | 'busy' | 'noAnswer', number: string | null): Planned {
  const { config, limits } = desk
  const { codes } = config.office
  const now = forwardOf(desk)
  if (now?.[which] === number && now !== null)
    return { refused: 'already-so' }
  if (number === config.extension)
    return { refused: 'own-number' }
  const kind = number === null ? 'forwardClear' : 'forwardSet'
  const rest: Partial<Plan> = { proof: { by: 'forward', which, number }, trust: now === null }
  if (!limits.lacks.has('databasePut'))
    return plan(kind, number ?? config.extension, { ...rest, steps: [[{ do: 'databasePut', ...forwardKey(config.extension, which), value: number }]] })
  const [set, clear] = {
    always: [codes.forwardAlways, codes.forwardAlwaysOff],
    busy: [codes.forwardBusy, codes.forwardBusyOff],
    noAnswer: [codes.forwardNoAnswer, codes.forwardNoAnswerOff],
  }[which] as [string, string] // two of each
  const code = codeSteps(desk, codes, number === null ? clear : set && `${set}${number}`, limits.missing.forward)
  return 'refused' in code
    ? code
    : plan(kind, number ?? config.extension, { ...rest, steps: code.steps })
}

function codeSteps({ config, limits }: DeskState, codes: FeatureCodes, code: string, missing: ErrorCode | undefined): { readonly steps: Steps } | Refusal {
  if (code === '')
    return { refused: 'no-feature-code' }
  if (limits.lacks.has('originate'))
    return { refused: missing ?? 'not-permitted' }
  const context = codes.context || config.dialContext
  return context === ''
    ? { refused: 'no-context' }
    : { steps: [[{ do: 'runCode', code: withExtension(code, config.extension), context, caller: config.extension }]] }
}

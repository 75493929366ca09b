import type { ErrorCode } from '#contract/result.ts'
import type { Program } from '../../support/program.ts'
import type { Office } from './office.ts'
import type { Phone, PhoneCall } from './phone.ts'
import type { WireTap } from './wire-tap.ts'
import { KARLA } from './office.ts'

/** Something that can be done now. */
export interface Step {
  readonly name: string
  readonly weight: number
  readonly act: () => Promise<unknown> | void
}

export interface Walker {
  readonly office: Office
  readonly window: Program['window']
  readonly wire: WireTap
  readonly phones: readonly Phone[]
  readonly devices: readonly string[]
  readonly roaming: Roaming
  /** Calls to return that I ticked myself, and calls that I moved to another phone. */
  readonly byHand: Set<string>
  readonly random: () => number
}

/** A phone that comes and goes. */
interface Roaming {
  readonly isThere: boolean
  readonly come: () => Promise<unknown>
  readonly leave: () => Promise<unknown>
}

const MOST_CALLS = 7
/** Who can be called, by whom it matters not. */
const NUMBERS = ['1001', '1001', '1002', '1003', '1004', '9000', '8000', '8001', '7001', '7003', '7005', '7008', '600', '3000', '0420555123', '7002', '4242', '7010', '7006']
const TARGETS = ['1002', '1003', '9000', '8000', '8001', '7001', '7003', '0420555123', '7002', '1001', '700', '3000']
const CUSTOMERS = [KARLA, { name: 'Ivan Insured', number: '+15550111' }, { name: 'Nora Nobody', number: '+15550122' }]

/** Everything that somebody could do now: people at their phones, me at the window, and time. */
export function stepsOf(walker: Walker, isCut: boolean): readonly Step[] {
  return [
    ...walker.phones.flatMap(phone => stepsAtPhone(walker, phone)),
    ...stepsOfServer(walker),
    ...(isCut ? [] : stepsAtWindow(walker)),
  ]
}

export function chooseStep(steps: readonly Step[], random: () => number): Step {
  let rest = random() * steps.reduce((sum, { weight }) => sum + weight, 0)
  for (const step of steps) {
    rest -= step.weight
    if (rest < 0)
      return step
  }
  throw new Error('there is nothing to do')
}

function pickOf<T>(all: readonly T[], random: () => number): T {
  const one = all[Math.floor(random() * all.length)]
  if (one === undefined)
    throw new Error('nothing to pick')
  return one
}

function stepsAtPhone({ devices, office, phones, random, window }: Walker, phone: Phone): readonly Step[] {
  const steps: Step[] = []
  const all = phones.flatMap(({ calls }) => calls)
  const step = (name: string, weight: number, act: Step['act']): void => {
    steps.push({ name: `${phone.user} ${name}`, weight, act })
  }
  const isTrunk = phone.user === 'trunk'
  // What my own phones say to each other is one call or two, as one likes.
  const others = (number: string): boolean => !devices.includes(`PJSIP/${phone.user}`) || !/^(?:1001|1003|9000|800[01]|\*8|\*\*100[13])$/.test(number)
  if (all.length < MOST_CALLS && phone.calls.length < 2) {
    const number = isTrunk
      ? pickOf(['5551201', '5551201', '5551202', '5559000', '5558000', '5558001'], random)
      : pickOf(NUMBERS.filter(others), random)
    const customer = pickOf(CUSTOMERS, random)
    step(`dials ${number}`, isTrunk ? 5 : 2, () => {
      phone.dial(number, isTrunk ? customer : {})
    })
    if (!isTrunk) {
      // A dialplan that forwards does so without an event: nobody who is called by me forwards.
      const code = pickOf(['*78', '*79', ...phone.user === '1001' ? ['*727008', '*721002'] : [], '*73', '*8', '**1001', '**1002', '**1003', '*90777', '*91'].filter(others), random)
      step(`dials ${code}`, 0.7, async () => {
        const call = phone.dial(code)
        await soon<unknown>(code.startsWith('**') || code === '*8' ? call.answered.catch(() => {}) : call.ended, 2000)
      })
      const parked = Object.values(window.tables.parked)[0]
      if (parked)
        step(`dials parked ${parked.space}`, 2, () => void phone.dial(parked.space))
      step('leaves a message for 1001', 0.3, async () => {
        const call = phone.dial('*1001')
        if (await soon(call.answered.then(() => true, () => false), 2000)) {
          await soon(office.server.recorded('1001'), 4000)
          await call.hangUp()
        }
      })
    }
  }
  for (const [index, call] of phone.calls.entries()) {
    const say = `${index + 1} (${call.direction} ${call.peer.number})`
    const held = phone.calls.filter(one => one !== call && one.state === 'answered')
    if (call.direction === 'in' && (call.state === 'ringing' || call.state === 'arrived')) {
      step(`answers ${say}`, 5, () => call.answer())
      step(`refuses ${say}`, 0.7, () => call.refuse(486))
      step(`declines ${say}`, 0.5, () => call.refuse(603))
      if (!isTrunk)
        step(`redirects ${say}`, 0.4, () => call.redirect('1002'))
    }
    step(`hangs up ${say}`, call.state === 'answered' ? 1.5 : 0.7, () => call.hangUp())
    if (call.state === 'answered') {
      step(`${call.isOnHold ? 'resumes' : 'holds'} ${say}`, 0.8, () => soon(call.hold(!call.isOnHold).catch(() => {}), 2000))
      const target = pickOf(TARGETS.filter(others), random)
      if (!isTrunk) {
        step(`refers ${say} to ${target}`, 0.7, () => soon(call.transfer(target).catch(() => {}), 2000))
        for (const other of held)
          step(`joins ${say} with ${other.peer.number}`, 2, () => soon(call.join(other).catch(() => {}), 2000))
        // Before the second call was lifted.
        for (const other of phone.calls.filter(one => one.direction === 'out' && (one.state === 'calling' || one.state === 'ringing')))
          step(`joins ${say} with ${other.peer.number}, who still rings`, 1, () => soon(call.join(other).catch(() => {}), 2000))
        step(`presses #1${target} ${say}`, 0.5, () => pressed(office, call, `#1${target}`))
        step(`presses *2${target} ${say}`, 0.7, () => pressed(office, call, `*2${target}`))
        // Back, all together, to and fro: where nobody is being asked they are only noise.
        const key = pickOf(['*1', '*3', '*4', '*1'], random)
        if (asks(call))
          step(`presses ${key} ${say}`, 2.5, () => pressed(office, call, key))
      }
    }
  }
  return steps
}

/** Calls at which somebody has begun an attended transfer by keys. */
const asking = new WeakSet<PhoneCall>()
const asks = (call: PhoneCall): boolean => asking.has(call)

async function pressed({ witness }: Office, call: PhoneCall, keys: string): Promise<void> {
  if (keys.startsWith('*2'))
    asking.add(call)
  const count = (): number => witness.events.filter(({ Event }) => Event === 'DTMFEnd').length
  const before = count()
  call.press(keys)
  await soon(new Promise<void>((resolve) => {
    const look = (): void => {
      if (count() - before >= keys.length || call.state === 'ended')
        resolve()
      else setImmediate(look)
    }
    look()
  }), 400 * keys.length + 1000)
}

function stepsOfServer({ office: { witness }, random, window, roaming }: Walker): readonly Step[] {
  const steps: Step[] = []
  const member = pickOf(['PJSIP/1002', 'PJSIP/1003', 'PJSIP/1001'], random)
  const queue = pickOf(['support', 'sales'], random)
  const reason = pickOf(['tea', 'lunch', '', 'Schulung, Raum 2'], random)
  const presence = pickOf(['away,,at lunch', 'available', 'dnd,,not now', 'xa', 'chat,,"ask, me"', 'unavailable', 'not_set'], random)
  const penalty = Math.floor(random() * 4)
  const says = pickOf(['1001', '1002', '1003'], random)
  steps.push(
    { name: `${member} joins ${queue}`, weight: 0.5, act: () => witness.request('QueueAdd', { Queue: queue, Interface: member, MemberName: `Agent ${member.slice(6)}`, Penalty: String(penalty) }) },
    { name: `${member} leaves ${queue}`, weight: 0.3, act: () => witness.request('QueueRemove', { Queue: queue, Interface: member }) },
    { name: `${member} pauses for ${reason}`, weight: 0.3, act: () => witness.request('QueuePause', { Interface: member, Paused: 'true', Reason: reason }) },
    { name: `${member} pauses in ${queue} for ${reason}`, weight: 0.2, act: () => witness.request('QueuePause', { Queue: queue, Interface: member, Paused: 'true', Reason: reason }) },
    { name: `${member} goes on`, weight: 0.4, act: () => witness.request('QueuePause', { Interface: member, Paused: 'false' }) },
    { name: `${member} has penalty ${penalty} in ${queue}`, weight: 0.2, act: () => witness.request('QueuePenalty', { Queue: queue, Interface: member, Penalty: String(penalty) }) },
    { name: `${says} says ${presence}`, weight: 0.2, act: () => witness.request('Setvar', { Variable: `PRESENCE_STATE(CustomPresence:${says})`, Value: presence }) },
    { name: `Dave's phone ${roaming.isThere ? 'leaves' : 'comes'}`, weight: 0.3, act: () => roaming.isThere ? roaming.leave() : roaming.come() },
    { name: 'the manager is loaded again', weight: 0.1, act: () => witness.request('Command', { Command: 'manager reload' }) },
    { name: 'the dialplan and the queues are loaded again', weight: 0.1, act: async () => {
      await witness.request('Command', { Command: 'dialplan reload' })
      await witness.request('Command', { Command: 'queue reload all' })
    } },
  )
  // The lot for people without time.
  if (Object.values(window.tables.parked).some(({ lot }) => lot === 'quick')) {
    const seen = witness.events.length
    steps.push({
      name: 'parking ends',
      weight: 2,
      act: () => soon(witness.next(({ Event }) => Event === 'ParkedCallTimeOut' || Event === 'UnParkedCall' || Event === 'ParkedCallGiveUp', seen), 6000),
    })
  }
  return steps
}

/** Everything that I could do now. */
export function stepsAtWindow({ byHand, devices, random, window }: Pick<Walker, 'byHand' | 'devices' | 'random' | 'window'>): readonly Step[] {
  const steps: Step[] = []
  const { tables } = window
  const ask = (name: string, weight: number, request: () => Promise<{ readonly ok: true } | { readonly ok: false, readonly error: { readonly code: ErrorCode } }>): void => {
    steps.push({
      name: `I ${name}`,
      weight,
      act: async () => {
        const answer = await request()
        if (!answer.ok && answer.error.code === 'internal')
          throw new Error(`I ${name}: internal`)
        return answer.ok ? null : answer.error.code
      },
    })
  }
  for (const { id, can, peer } of Object.values(tables.calls)) {
    const target = pickOf(TARGETS.filter(one => !/^(?:1001|1003|9000|800[01])$/.test(one)), random)
    for (const act of can) {
      switch (act) {
        case 'hangup': ask(`hang up ${peer.number}`, 0.5, () => window.invoke('call.hangup', { id })); break
        case 'blind': ask(`send ${peer.number} to ${target}`, 0.8, () => window.invoke('call.transfer', { id, to: target, name: null, kind: 'blind' })); break
        case 'voicemail': ask(`send ${peer.number} to the mailbox of 1002`, 0.3, () => window.invoke('call.transfer', { id, to: '1002', name: null, kind: 'voicemail' })); break
        case 'consult': ask(`ask ${target} about ${peer.number}`, 1.5, () => window.invoke('call.consult', { id, to: target })); break
        case 'complete': ask(`give away ${peer.number}`, 1.5, () => window.invoke('call.complete', { id })); break
        case 'swap': ask(`swap ${peer.number}`, 1, () => window.invoke('call.swap', { id })); break
        case 'cancelConsult': ask(`think better of it, ${peer.number}`, 1, () => window.invoke('call.cancelConsult', { id })); break
        case 'conference': ask(`make a conference with ${peer.number}`, 0.5, () => window.invoke('call.conference', { id })); break
        case 'park': {
          const lot = random() < 0.5 ? null : 'quick'
          const forWhom = random() < 0.3 ? '1002@hints' : null
          ask(`park ${peer.number} in ${lot}${forWhom ? ' for Bob' : ''}`, 1.5, () => window.invoke('call.park', { id, lot, forWhom }))
          break
        }
        case 'mute': ask(`mute ${peer.number}`, 0.2, () => window.invoke('call.mute', { id, on: true })); break
        case 'record': ask(`record ${peer.number}`, 0.3, () => window.invoke('call.record', { id, do: 'start' })); break
        case 'move': {
          const device = pickOf(devices, random)
          ask(`move ${peer.number} to ${device}`, 1, () => {
            byHand.add(id)
            return window.invoke('call.move', { id, device })
          })
          break
        }
        case 'dtmf': case 'timeout': break
        default: act satisfies never
      }
    }
  }
  for (const { id, caller, canDecline, canPark, canSendToVoicemail, canTransfer } of Object.values(tables.alerts).filter(({ state }) => state === 'ringing')) {
    const target = pickOf(['1002', '1003', '7001', '8000'], random)
    if (canDecline)
      ask(`decline ${caller.number}`, 0.5, () => window.invoke('alert.decline', { id }))
    if (canSendToVoicemail)
      ask(`send ${caller.number} to my mailbox`, 0.3, () => window.invoke('alert.toVoicemail', { id }))
    if (canTransfer)
      ask(`send ${caller.number} on to ${target}`, 0.7, () => window.invoke('alert.transfer', { id, to: target }))
    if (canPark)
      ask(`park ${caller.number}, who rings me`, 0.5, () => window.invoke('alert.park', { id }))
  }
  for (const { id, space } of Object.values(tables.parked))
    ask(`take back ${space}`, 1.5, () => window.invoke('parked.retrieve', { id, confirmed: true }))
  for (const { id, exten, canPickUp } of Object.values(tables.people)) {
    if (canPickUp)
      ask(`pick up ${exten}`, 1, () => window.invoke('person.pickup', { id, confirmed: true }))
  }
  for (const { caller, done, id } of Object.values(tables.todo)) {
    if (!done && caller.number !== '')
      ask(`call ${caller.number} back`, 1, () => window.invoke('dial.start', { text: caller.number, name: caller.name }))
    ask(`say that ${caller.number} ${done ? 'is not done' : 'is done'}`, 0.2, () => {
      byHand.add(id)
      return window.invoke('todo.done', { id, done: !done })
    })
  }
  for (const { id, state } of Object.values(tables.dials)) {
    if (state === 'my-phone-rings' || state === 'calling' || state === 'far-rings')
      ask('give up dialling', 0.3, () => window.invoke('dial.cancel', { id }))
  }
  const colleague = pickOf(['1002', '1003'], random)
  ask(`connect ${colleague} with 7001`, 0.2, () => window.invoke('person.connect', { id: `${colleague}@hints`, to: '7001', name: null, confirmed: true }))
  const queue = pickOf(['support', 'sales'], random)
  const paused = random() < 0.6
  const reason = random() < 0.5 ? 'lunch' : null
  const number = pickOf(NUMBERS.filter(one => !/^(?:1001|1003|9000|800[01])$/.test(one)), random)
  ask(`log in to ${queue}`, 0.4, () => window.invoke('queue.login', { queue }))
  ask(`log out of ${queue}`, 0.2, () => window.invoke('queue.logout', { queue }))
  ask(`${paused ? `pause for ${reason}` : 'go on'}`, 0.3, () => window.invoke('queue.pause', { queue: null, paused, reason }))
  ask('do not want to be disturbed', 0.2, () => window.invoke('line.dnd', { on: true }))
  ask('want to be disturbed', 0.5, () => window.invoke('line.dnd', { on: false }))
  ask('am forwarded to 1002', 0.15, () => window.invoke('line.forward', { kind: 'always', to: '1002' }))
  ask('am forwarded no more', 0.4, () => window.invoke('line.forward', { kind: 'always', to: null }))
  ask(`dial ${number}`, 1, () => window.invoke('dial.start', { text: number, name: null }))
  return steps
}

/** The value, or null when it has not come within this time: somebody may have hung up meanwhile. */
export async function soon<T>(value: Promise<T>, withinMs: number): Promise<T | null> {
  let deadline: NodeJS.Timeout | undefined
  try {
    return await Promise.race([
      value,
      new Promise<null>((resolve) => {
        deadline = setTimeout(resolve, withinMs, null)
      }),
    ])
  }
  finally {
    clearTimeout(deadline)
  }
}

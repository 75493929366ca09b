import type { CallQueue } from '../exchange/queue.ts'
import type { OfficePbx } from '../office-pbx.ts'
import type { Answers } from './action.ts'
import type { Item } from './answer.ts'
import type { Request } from './request.ts'
import { facts, failure, list, success } from './answer.ts'

export const queueActions = {
  QueueStatus: (request, office) => list('Queue status will follow', asked(request, office).flatMap(queue => statusItems(office, queue, request.get('Member'))), 'QueueStatusComplete'),

  QueueSummary: (request, office) => list('Queue summary will follow', asked(request, office).map((queue): Item => {
    const { holdSeconds, talkSeconds } = queue.statistics
    return {
      event: 'QueueSummary',
      actionIdLast: true,
      headers: [
        ['Queue', queue.name],
        ['LoggedIn', queue.members.all.length],
        ['Available', queue.members.available.length],
        ['Callers', queue.callers.length],
        ['HoldTime', holdSeconds],
        ['TalkTime', talkSeconds],
        ['LongestHoldTime', Math.max(0, ...queue.callers.map(({ since }) => secondsSince(office, since)))],
      ],
    }
  }), 'QueueSummaryComplete'),

  QueueReset: (request, office) => success('Queue stats reset successfully', () => asked(request, office).forEach(queue => queue.resetStatistics())),

  /** What it names is read again; where it names nothing, everything is. */
  QueueReload(request, office) {
    const [members, parameters, rules] = ['Members', 'Parameters', 'Rules'].map(part => /^yes$/i.test(request.get(part)))
    const isAll = !members && !parameters && !rules
    return success('Queue reloaded successfully', () => office.reloadQueues({ members: isAll || members === true, parameters: isAll || parameters === true, queue: request.get('Queue') }))
  },

  QueueRule: () => ({ ...facts([]), bareLines: [''] }),

  QueueLog: request => request.get('Queue') === '' || request.get('Event') === ''
    ? failure('Need \'Queue\' and \'Event\' parameters.')
    : success('Event added successfully'),

  QueueWithdrawCaller(request, office) {
    const found = callerOf(request, office)
    if (found === 'no queue')
      return failure('Unable to request withdraw from queue: No such queue')
    return found
      ? success('Withdraw requested successfully', found.caller.withdraw)
      : failure('Unable to request withdraw from queue: No such caller')
  },

  QueueChangePriorityCaller(request, office) {
    const found = callerOf(request, office)
    if (found === 'no queue')
      return failure('Unable to change priority caller on queue: No such queue')
    return found
      ? success('Priority change for caller on queue', () => found.queue.setPriority(found.caller, Number(request.get('Priority')) || 0))
      : failure('Unable to change priority caller on queue: No such caller')
  },
} as const satisfies Answers

function statusItems(office: OfficePbx, queue: CallQueue, onlyMember: string): readonly Item[] {
  const { exchange } = office
  const { completed, abandoned, completedInTime, abandonedInTime, holdSeconds, talkSeconds } = queue.statistics
  return [
    {
      event: 'QueueParams',
      actionIdLast: true,
      headers: [
        ['Queue', queue.name],
        ['Max', 0],
        ['Strategy', queue.strategy],
        ['Calls', queue.callers.length],
        ['Holdtime', holdSeconds],
        ['TalkTime', talkSeconds],
        ['Completed', completed],
        ['Abandoned', abandoned],
        ['ServiceLevel', queue.serviceLevelSeconds],
        ['ServicelevelPerf', percent(completedInTime, completed)],
        ['ServicelevelPerf2', percent(completedInTime + abandonedInTime, completed + abandoned)],
        ['Weight', 0],
      ],
    },
    ...queue.members.all.filter(({ device }) => onlyMember === '' || onlyMember === device).map((member): Item => ({
      event: 'QueueMember',
      actionIdLast: true,
      headers: [
        ['Queue', queue.name],
        ['Name', member.name],
        ['Location', member.device],
        ['StateInterface', member.device],
        ['Membership', member.isDynamic
          ? 'dynamic'
          : 'static'],
        ['Penalty', member.penalty],
        ['CallsTaken', member.callsTaken],
        ['LastCall', member.lastCall],
        ['LastPause', member.lastPause],
        ['LoginTime', member.loginTime],
        ['InCall', Number(member.isInCall)],
        ['Status', queue.members.stateOf(member)],
        ['Paused', Number(member.isPaused)],
        ['PausedReason', member.reason],
        ['Wrapuptime', 0],
      ],
    })),
    ...queue.callers.map(({ id, since, priority }, index): Item => {
      const { caller, connected, name } = exchange.known(id)
      return {
        event: 'QueueEntry',
        actionIdLast: true,
        headers: [
          ['Queue', queue.name],
          ['Position', index + 1],
          ['Channel', name],
          ['Uniqueid', id],
          // The one place where a missing value is `unknown` without brackets.
          ['CallerIDNum', caller.number ?? 'unknown'],
          ['CallerIDName', caller.name ?? 'unknown'],
          ['ConnectedLineNum', connected.number ?? 'unknown'],
          ['ConnectedLineName', connected.name ?? 'unknown'],
          ['Wait', secondsSince(office, since)],
          ['Priority', priority],
        ],
      }
    }),
  ]
}

/** One decimal, as app_queue prints it. */
export function percent(part: number, whole: number): string {
  return (whole === 0
    ? 0
    : 100 * part / whole).toFixed(1)
}

function asked(request: Request, { queues }: OfficePbx): readonly CallQueue[] {
  const wanted = request.get('Queue')
  return queues.filter(({ name }) => wanted === '' || name === wanted)
}

function callerOf(request: Request, office: OfficePbx): { readonly queue: CallQueue, readonly caller: CallQueue['callers'][number] } | 'no queue' | null {
  const queue = office.queues.find(({ name }) => name === request.get('Queue'))
  if (!queue)
    return 'no queue'
  const id = office.exchange.named(request.get('Caller'))?.uniqueid
  const caller = queue.callers.find(one => one.id === id)
  return caller
    ? { queue, caller }
    : null
}

function secondsSince({ exchange }: OfficePbx, since: number): number {
  return Math.floor((exchange.clock.now() - since) / 1000)
}

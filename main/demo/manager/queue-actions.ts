import type { OfficePbx } from '../office-pbx.ts'
import type { Action } from './action.ts'
import type { Item } from './answer.ts'
import { list } from './answer.ts'

export const queueActions: readonly Action[] = [
  {
    name: 'QueueStatus',
    synopsis: 'Show queue status.',
    rights: [],
    answer: (request, office) => list('Queue status will follow', isAsked(request.get('Queue'), office)
      ? statusItems(office, request.get('Member'))
      : [], 'QueueStatusComplete'),
  },
  {
    name: 'QueueSummary',
    synopsis: 'Show queue summary.',
    rights: [],
    answer: (request, office) => {
      const { queue } = office
      const { holdSeconds, talkSeconds, available } = queue.statistics
      return list('Queue summary will follow', isAsked(request.get('Queue'), office)
        ? [
            {
              event: 'QueueSummary',
              actionIdLast: true,
              headers: [
                ['Queue', queue.name],
                ['LoggedIn', queue.members.length],
                ['Available', available],
                ['Callers', queue.callers.length],
                ['HoldTime', holdSeconds],
                ['TalkTime', talkSeconds],
                ['LongestHoldTime', Math.max(0, ...queue.callers.map(({ since }) => secondsSince(office, since)))],
              ],
            },
          ]
        : [], 'QueueSummaryComplete')
    },
  },
]

function statusItems(office: OfficePbx, onlyMember: string): readonly Item[] {
  const { exchange, queue } = office
  const { completed, abandoned, holdSeconds, talkSeconds } = queue.statistics
  return [
    {
      event: 'QueueParams',
      actionIdLast: true,
      headers: [
        ['Queue', queue.name],
        ['Max', 0],
        ['Strategy', 'ringall'],
        ['Calls', queue.callers.length],
        ['Holdtime', holdSeconds],
        ['TalkTime', talkSeconds],
        ['Completed', completed],
        ['Abandoned', abandoned],
        ['ServiceLevel', 0],
        ['ServicelevelPerf', '0.0'],
        ['ServicelevelPerf2', '0.0'],
        ['Weight', 0],
      ],
    },
    ...queue.members.filter(({ device }) => onlyMember === '' || onlyMember === device).map((member): Item => ({
      event: 'QueueMember',
      actionIdLast: true,
      headers: [
        ['Queue', queue.name],
        ['Name', member.name],
        ['Location', member.device],
        ['StateInterface', member.device],
        ['Membership', 'static'],
        ['Penalty', 0],
        ['CallsTaken', member.callsTaken],
        ['LastCall', member.lastCall],
        ['LastPause', 0],
        ['LoginTime', member.loginTime],
        ['InCall', 0],
        ['Status', queue.memberState(member)],
        ['Paused', 0],
        ['PausedReason', ''],
        ['Wrapuptime', 0],
      ],
    })),
    ...queue.callers.map(({ id, since }, index): Item => {
      const channel = exchange.channel(id)
      return {
        event: 'QueueEntry',
        actionIdLast: true,
        headers: [
          ['Queue', queue.name],
          ['Position', index + 1],
          ['Channel', channel?.name ?? ''],
          ['Uniqueid', id],
          // The one place where a missing value is `unknown` without brackets.
          ['CallerIDNum', channel?.caller.number ?? 'unknown'],
          ['CallerIDName', channel?.caller.name ?? 'unknown'],
          ['ConnectedLineNum', channel?.connected.number ?? 'unknown'],
          ['ConnectedLineName', channel?.connected.name ?? 'unknown'],
          ['Wait', secondsSince(office, since)],
          ['Priority', 0],
        ],
      }
    }),
  ]
}

function isAsked(queue: string, office: OfficePbx): boolean {
  return queue === '' || queue === office.queue.name
}

function secondsSince({ exchange }: OfficePbx, since: number): number {
  return Math.floor((exchange.clock.now() - since) / 1000)
}

import type { Conferences, Participant } from '../exchange/conferences.ts'
import type { OfficePbx } from '../office-pbx.ts'
import type { Answers } from './action.ts'
import type { Answer } from './answer.ts'
import type { Request } from './request.ts'
import { channelHeaders } from '../exchange/channel.ts'
import { failure, list, success } from './answer.ts'

type Room = Conferences['rooms'][number]

export const conferenceActions = {
  ConfbridgeListRooms: (_, { conferences: { rooms } }) => rooms.length === 0
    ? failure('No active conferences.')
    : list('Confbridge conferences will follow', rooms.map(({ name, participants, isLocked }) => ({
        event: 'ConfbridgeListRooms',
        headers: [
          ['Conference', name],
          ['Parties', participants.length],
          ['Marked', 0],
          ['Locked', yesNo(isLocked)],
          ['Muted', 'No'],
        ],
      })), 'ConfbridgeListRoomsComplete'),

  ConfbridgeList: (request, office) => inRoom(request, office, ({ name, participants }) => list('Confbridge user list will follow', [...participants].reverse().map(({ id, since, isMuted }) => ({
    event: 'ConfbridgeList',
    headers: [
      ['Conference', name],
      ['Admin', 'No'],
      ['MarkedUser', 'No'],
      ['WaitMarked', 'No'],
      ['EndMarked', 'No'],
      ['EndMarkedAny', 'No'],
      ['Waiting', 'No'],
      ['Muted', yesNo(isMuted)],
      ['Talking', yesNo(!isMuted)],
      ['AnsweredTime', Math.floor((office.exchange.clock.now() - since) / 1000)],
      ...channelHeaders(office.exchange.known(id)),
    ],
  })), 'ConfbridgeListComplete')),

  ConfbridgeMute: (request, office) => withUser(request, office, 'User muted', ({ name }, { id }) => office.conferences.mute(name, id, true)),
  ConfbridgeUnmute: (request, office) => withUser(request, office, 'User unmuted', ({ name }, { id }) => office.conferences.mute(name, id, false)),

  ConfbridgeKick: (request, office) => request.get('Channel').toLowerCase() === 'all'
    ? inRoom(request, office, ({ participants }) => success('All participants kicked', () => participants.forEach(({ id }) => office.conferences.kick(id))))
    : withUser(request, office, 'User kicked', (_, { id }) => office.conferences.kick(id)),

  ConfbridgeLock: (request, office) => inRoom(request, office, ({ name }) => success('Conference locked', () => office.conferences.lock(name, true))),
  ConfbridgeUnlock: (request, office) => inRoom(request, office, ({ name }) => success('Conference unlocked', () => office.conferences.lock(name, false))),
} as const satisfies Answers

function yesNo(fact: boolean): string {
  return fact
    ? 'Yes'
    : 'No'
}

function inRoom(request: Request, { conferences }: OfficePbx, answer: (room: Room) => Answer): Answer {
  const name = request.get('Conference')
  if (name === '')
    return failure('No Conference name provided.')
  if (conferences.rooms.length === 0)
    return failure('No active conferences.')
  const room = conferences.room(name)
  return room
    ? answer(room)
    : failure('No Conference by that name found.')
}

function withUser(request: Request, office: OfficePbx, message: string, act: (room: Room, user: Participant) => void): Answer {
  return inRoom(request, office, (room) => {
    const channel = office.exchange.named(request.get('Channel'))
    const user = room.participants.find(({ id }) => id === channel?.uniqueid)
    return user
      ? success(message, () => act(room, user))
      : failure('No Channel by that name found in Conference.')
  })
}

import type { PbxState } from '../../main/pbx/state.ts'
import type { Recording } from '../support/recording.ts'
import { describe, expect, it } from 'vitest'
import { createTranslator, isWanted } from '../../main/ami/translate/translate.ts'
import { inputsOf, play } from '../support/desk-player.ts'
import { deskOfLab } from '../support/labs.ts'
import { readRecording, recordingNames } from '../support/recording.ts'

const extensions = [
  '1001',
  '1002',
  '1003',
]

describe.each(recordingNames())('the recording %s', (name) => {
  const recording = readRecording(name)

  it('says something to the desk in every event that the session asks for', () => {
    const { translate } = createTranslator()
    const mute = recording.moments.flatMap(moment => moment.kind === 'said' && moment.message.kind === 'event' && isWanted(moment.message.name) && translate(moment.message, 0).length === 0
      ? [moment.message.raw()]
      : [])
    expect(mute).toEqual([])
  })

  it.each(extensions)('leaves at the desk of %s nothing but what the server still had', (extension) => {
    const config = deskOfLab(recording.version, extension)
    const { desk } = play(inputsOf(recording, config), config)
    expect(desk.pbx.channels.keys().toSorted()).toEqual(stillThere(recording))
    expect(leftovers(desk.pbx)).toEqual([])
    expect(desk.pbx.channels.values().filter(channel => channel.state === 'unknown' || channel.name === '')).toEqual([])
    const live = desk.calls.filter(call => call.legs.some(leg => leg.state !== 'gone'))
    expect(desk.calls.filter(call => call.alert === 'shown' && !live.includes(call))).toEqual([])
    expect(desk.calls.filter(call => !live.includes(call) && call.phase !== 'over' && call.direction !== null)).toEqual([])
  })

  it.each(extensions)('shows at the desk of %s one popup for a call', (extension) => {
    const config = deskOfLab(recording.version, extension)
    const { popups, desk } = play(inputsOf(recording, config), config)
    expect(popups.length).toBe(new Set(popups).size)
    expect(popups.filter(id => desk.recents.some(recent => recent.id === id && recent.direction === 'out'))).toEqual([])
  })
})

/** Channels that were announced and never hung up, by a look that has nothing in common with the reducer. */
function stillThere({ moments }: Recording): readonly string[] {
  const alive = new Set<string>()
  for (const moment of moments) {
    const message = moment.kind === 'said' && moment.message.kind === 'event'
      ? moment.message
      : null
    const id = message?.get('Uniqueid') ?? ''
    if (message?.name === 'Newchannel')
      alive.add(id)
    else if (message?.name === 'Hangup')
      alive.delete(id)
  }
  return [...alive].toSorted()
}

/** Rows of tables that lead to no live channel. */
function leftovers(pbx: PbxState): readonly string[] {
  const isDead = (id: string): boolean => !pbx.channels.keys().some(key => String(key) === id)
  return [
    ...pbx.names.entries().filter(([name, id]) => isDead(id) || pbx.channels.get(id)?.name !== name).map(([name]) => `name ${name}`),
    ...pbx.calls.entries().filter(([, call]) => call.legs.size === 0 || call.legs.keys().some(isDead)).map(([id]) => `call ${id}`),
    ...pbx.aliases.entries().filter(([, id]) => !pbx.calls.has(id)).map(([alias]) => `alias ${alias}`),
    ...pbx.bridges.entries().filter(([, bridge]) => bridge.members.size === 0 || bridge.members.keys().some(isDead)).map(([id]) => `bridge ${id}`),
    ...pbx.dials.keys().filter(isDead).map(id => `dial ${id}`),
    ...pbx.dialled.entries().filter(([id, destinations]) => isDead(id) || destinations.some(isDead)).map(([id]) => `dialled by ${id}`),
    ...pbx.parked.entries().filter(([, parked]) => isDead(parked.parkee)).map(([key]) => `parked ${key}`),
    ...pbx.queueCallers.keys().filter(isDead).map(id => `queue caller ${id}`),
  ]
}

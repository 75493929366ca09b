import type { DeskState } from '../../../main/features/desk.ts'
import type { DeskInput } from '../../../main/features/types.ts'
import type { PbxEvent } from '../../../main/pbx/events.ts'
import { describe, expect, it } from 'vitest'
import { createDesk, step } from '../../../main/features/desk.ts'
import { createProjector } from '../../../main/ipc/project.ts'
import { inputsOf, play } from '../../support/desk-player.ts'
import { deskOfLab } from '../../support/labs.ts'
import { readRecording } from '../../support/recording.ts'
import { connected } from '../../support/rows.ts'

const KARLA = { number: '+15550100', name: 'Karla Customer' }
const BOB = { number: '1002', name: 'Bob Two' }
const SAM = { number: '+15550102', name: 'Second Sam' }

/** What the desk knew after each input of a recording. */
function statesOf(name: string): readonly DeskState[] {
  const recording = readRecording(`${name}.companion`)
  const config = deskOfLab(recording.version, '1001')
  const online: DeskInput = { kind: 'link', online: true, at: 0 }
  const states: DeskState[] = []
  for (const input of [online, ...inputsOf(recording, config)])
    states.push(step(states.at(-1) ?? createDesk(config), input).state)
  return states
}

const tablesOf = (desk: DeskState): ReturnType<ReturnType<typeof createProjector>> => createProjector()(desk, connected(), {})
const callsOf = (desk: DeskState): ReturnType<typeof tablesOf>['calls'][string][] => Object.values(tablesOf(desk).calls)

/** What is left once every timer has run. */
function endOf(name: string): ReturnType<typeof tablesOf> {
  const recording = readRecording(`${name}.companion`)
  const config = deskOfLab(recording.version, '1001')
  return tablesOf(play(inputsOf(recording, config), config).desk)
}

describe.each(['16', '22'])('who waits while I ask somebody, at Asterisk %s', (version) => {
  it('may hang up: who was asked goes on talking to me, in a call of its own', () => {
    const states = statesOf(`${version}/e-consult-caller-leaves`)
    const during = states.filter(desk => Object.keys(tablesOf(desk).recents).length === 1)
    const alone = callsOf(during[0] ?? createDesk(deskOfLab(version)))
    expect(alone).toMatchObject([{ direction: 'out', state: 'up', peer: BOB, heldBy: null, consult: null, talkingTo: 'peer' }])
    const [before] = states.flatMap(callsOf).filter(({ consult }) => consult?.state === 'up')
    expect(alone[0]?.answeredAt).toBeGreaterThan(before?.answeredAt ?? Infinity)
    expect(alone[0]?.id).not.toBe(before?.id)
    // My phone is nobody else's for a moment, and nobody is counted twice.
    expect(new Set(states.map(desk => callsOf(desk).length))).toEqual(new Set([0, 1]))
    for (const desk of during)
      expect(callsOf(desk).filter(({ peer, heldBy, direction }) => peer.number !== BOB.number || heldBy !== null || direction !== 'out')).toEqual([])
    const { calls, recents } = endOf(`${version}/e-consult-caller-leaves`)
    expect(calls).toEqual({})
    const rows = Object.values(recents).sort((one, other) => one.at - other.at)
    expect(rows).toMatchObject([{ direction: 'in', outcome: 'answered', peer: KARLA }, { direction: 'out', outcome: 'answered', peer: BOB }])
    const [karlas = rows[0], bobs] = rows
    expect((karlas?.talkMs ?? 0) + (karlas?.at ?? 0)).toBeLessThan((bobs?.talkMs ?? 0) + (bobs?.at ?? 0))
  })

  it('may hang up before it is answered: both are over, and the call was hers', () => {
    const states = statesOf(`${version}/e-consult-caller-leaves-while-it-rings`)
    for (const { peer, direction } of states.flatMap(callsOf))
      expect({ peer, direction }).toMatchObject({ peer: KARLA, direction: 'in' })
    const { calls, recents } = endOf(`${version}/e-consult-caller-leaves-while-it-rings`)
    expect(calls).toEqual({})
    expect(Object.values(recents)).toMatchObject([{ direction: 'in', outcome: 'answered', peer: KARLA }])
  })
})

describe.each(['16', '22'])('a call that I hand over before it is answered, at Asterisk %s', (version) => {
  it.each(['e-consult-handed-over-while-it-rings', 'e-consult-hung-up-while-it-rings'])('is mine no more from then on, whatever channel the server keeps: %s', (name) => {
    const states = statesOf(`${version}/${name}`)
    const over = states.filter(desk => Object.keys(tablesOf(desk).recents).length > 0)
    // Bob has not answered yet.
    expect(over.some(({ pbx }) => pbx.channels.values().some(channel => channel.device === 'pjsip/1002' && channel.state === 'ringing'))).toBe(true)
    expect(new Set(over.map(desk => callsOf(desk).length))).toEqual(new Set([0]))
    expect(Object.values(endOf(`${version}/${name}`).recents)).toMatchObject([{ direction: 'in', outcome: 'answered', peer: KARLA }])
  })
})

describe.each(['16', '22'])('whom I ask and who does not take it, at Asterisk %s', (version) => {
  it.each([['e-consult-mailbox-answers', BOB], ['e-consult-offline', { number: '1004' }]])('is not said to talk to me when a machine answers: %s', (name, to) => {
    const states = statesOf(`${version}/${name}`).flatMap(callsOf).flatMap(({ consult }) => consult ?? [])
    expect(states.at(-1)).toMatchObject({ state: 'machine', to })
    expect(states.map(({ state }) => state)).not.toContain('up')
  })
})

it.each(['16', '22'])('leaves nobody on hold who is back with me when the link is, at Asterisk %s', (version) => {
  const during = statesOf(`${version}/e-consult-caller-leaves`).find(desk => callsOf(desk)[0]?.consult?.state === 'up')
  const call = during?.calls[0]
  if (!during || !call?.consult)
    throw new Error('nobody was asked')
  const { held, with: other } = call.consult
  const listed = during.pbx.channels.values().filter(({ id }) => id === held || id === call.legs[0]?.id).map(({ id, name, state }) => ({ uniqueid: id, name, state, ageSeconds: 5, bridgeId: during.pbx.channels.get(held)?.bridge ?? null, bridgedTo: null }))
  expect(listed).toHaveLength(2)
  expect(during.pbx.channels.get(other)?.bridge).not.toBe(listed[0]?.bridgeId)
  const at = call.consult.since + 60_000
  const events: readonly PbxEvent[] = [{ type: 'link.lost', at }, { type: 'pbx.replaced', snapshot: { channels: listed }, at: at + 1000 }]
  const after = events.reduce((desk, event) => step(desk, { kind: 'pbx', event, at: event.at }).state, during)
  expect(callsOf(during)).toMatchObject([{ state: 'held', heldBy: 'me' }])
  expect(callsOf(after)).toMatchObject([{ state: 'up', heldBy: null, consult: null, peer: KARLA }])
})

describe.each(['16', '22'])('a second call at Asterisk %s', (version) => {
  it('is that of a second caller, who is nobody that I ask about the first', () => {
    const both = statesOf(`${version}/h-two-callers`).map(callsOf).filter(calls => calls.length === 2)
    const [first, second] = both.at(-1) ?? []
    expect(first).toMatchObject({ state: 'held', peer: KARLA, consult: null, talkingTo: 'peer' })
    expect(second).toMatchObject({ state: 'up', peer: SAM, consult: null, talkingTo: 'peer' })
    for (const calls of both) {
      for (const { can, consult } of calls) {
        expect(consult).toBeNull()
        expect(can).not.toContain('complete')
        expect(can).not.toContain('cancelConsult')
      }
    }
    for (const call of [first, second])
      expect(call?.can).toEqual(expect.arrayContaining(['blind', 'consult', 'park']))
  })
})

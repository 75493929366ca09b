import type { DeskState } from '../../../main/features/desk.ts'
import type { DeskInput } from '../../../main/features/types.ts'
import { describe, expect, it } from 'vitest'
import { createDesk, step } from '../../../main/features/desk.ts'
import { createProjector } from '../../../main/ipc/project.ts'
import { inputsOf } from '../../support/desk-player.ts'
import { deskOfLab } from '../../support/labs.ts'
import { readRecording } from '../../support/recording.ts'
import { connected } from '../../support/rows.ts'

const KARLA = { number: '+15550100', name: 'Karla Customer' }
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

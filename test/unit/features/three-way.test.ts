import { expect, it } from 'vitest'
import { createDesk, step } from '../../../main/features/desk.ts'
import { inputsOf } from '../../support/desk-player.ts'
import { deskOfLab } from '../../support/labs.ts'
import { readRecording } from '../../support/recording.ts'

const KARLA = { number: '+15550100', name: 'Customer Karla' }

/** The caller is asked to wait, a colleague is asked, and then all three talk. */
const recording = readRecording('22/e-atxfer-threeway.companion')
const config = deskOfLab(recording.version, '1001')
const states = inputsOf(recording, config).reduce((all, input) => [...all, step(all.at(-1) ?? createDesk(config), input).state], [createDesk(config)])

it('leaves nobody on hold once three talk together', () => {
  const together = states.flatMap(({ calls }) => calls.filter(call => call.conference))
  expect(together.at(-1)).toMatchObject({ resumed: { party: KARLA }, heldBy: null, consult: null })
})

it('remembers the call as that of who called, not of who was asked', () => {
  expect(states.at(-1)?.recents).toMatchObject([{ direction: 'in', outcome: 'answered', peer: KARLA }])
})

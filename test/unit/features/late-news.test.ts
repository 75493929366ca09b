import type { Message } from '../../../main/ami/wire/message.ts'
import { expect, it } from 'vitest'
import { inputsOf, play } from '../../support/desk-player.ts'
import { deskOfLab } from '../../support/labs.ts'
import { readRecording } from '../../support/recording.ts'

const KARLA = { number: '+15550100', name: 'Customer Karla' }
const ASKED = '0420555999'

it('shows who called after a consultation, also where the server tells my phone of who was asked only when it has left them', () => {
  const recording = readRecording('22/e-atxfer-target-busy.companion')
  const says = (message: Message, number: string): boolean => message.name === 'NewConnectedLine' && message.get('Channel') === 'PJSIP/1001-000000b1' && message.get('ConnectedLineNum') === number
  const isOf = (number: string) => (moment: typeof recording.moments[number]): boolean => moment.kind === 'said' && says(moment.message, number)
  const [late] = recording.moments.filter(isOf(ASKED))
  const back = recording.moments.findLastIndex(isOf(KARLA.number))
  if (!late)
    throw new Error('the phone was never told of them')
  // As Asterisk 22 did once on a busy machine.
  const moments = [...recording.moments.slice(0, back).filter(moment => moment !== late), { ...late, at: recording.moments[back]?.at ?? 0 }]
  const config = deskOfLab(recording.version, '1001')
  const { desk } = play(inputsOf({ ...recording, moments }, config), config)
  expect(desk.pbx.channels.values().find(({ name }) => name.startsWith('PJSIP/1001-'))?.connected?.number).toBe(ASKED)
  expect(desk.calls).toMatchObject([{ peer: KARLA, consult: null, resumed: { party: KARLA } }])
})

import { describe, expect, it } from 'vitest'
import { inputsOf, play } from '../support/desk-player.ts'
import { deskOfLab, limitsOfLab, namesOfLab } from '../support/labs.ts'
import { readRecording } from '../support/recording.ts'

const OLD = [
  '1.2',
  '1.4',
  '1.8',
  '11',
]
const NEW = [
  '16',
  '22',
]

const recordings = (versions: readonly string[], name: string): readonly string[] => versions.map(version => `${version}/${name}`)

/** What a person at a desk could tell of a recording, with the same names for the same people at every server. */
function storyOf(name: string, extension: string): readonly string[] {
  const recording = readRecording(name)
  const config = deskOfLab(recording.version, extension)
  return play(inputsOf(recording, config), config, limitsOfLab(recording.version)).story.map(namesOfLab)
}

const ANSWERED = [
  'rings CALLER',
  'answered CALLER',
  'ended answered',
]
const MISSED = [
  'rings CALLER',
  'ended missed',
]
const TAKEN_BY_BOB = [
  'rings CALLER',
  'ended answered-elsewhere by BOB',
]
const THROUGH_QUEUE = [
  'rings CALLER through support',
  'answered CALLER',
  'ended answered',
]
const MY_PHONE_RINGS = [
  'dial FAR: asking',
  'dial FAR: my-phone-rings',
]
const FAR_RINGS = [
  ...MY_PHONE_RINGS,
  'dial FAR: calling',
  'dial FAR: far-rings',
]

interface Scenario {
  readonly what: string
  readonly at: string
  readonly recordings: readonly string[]
  readonly story: readonly string[]
}

const scenarios: readonly Scenario[] = [
  {
    what: 'a call that I answer',
    at: '1001',
    recordings: [
      ...recordings(OLD, 'inbound_answered'),
      ...recordings(OLD, 'inbound_answered.companion'),
      ...recordings(['1.2', '1.4', '1.8'], 'inbound_callee_hangs_up'),
      ...recordings(['1.2', '1.4', '1.8'], 'variant_timestamp_systemname'),
      ...recordings(NEW, 'a-inbound-answered.companion'),
      ...recordings(NEW, 'a-inbound-callee-hangs-up.companion'),
      '16/a-inbound-answered',
    ],
    story: ANSWERED,
  },
  {
    what: 'a call that I do not answer',
    at: '1001',
    recordings: [
      ...recordings(OLD, 'inbound_caller_gives_up'),
      ...recordings(NEW, 'a-inbound-caller-gives-up.companion'),
    ],
    story: MISSED,
  },
  {
    what: 'a call that the phone refuses as busy: no popup',
    at: '1001',
    recordings: recordings(OLD, 'inbound_busy'),
    story: ['ended busy'],
  },
  {
    what: 'a call that I decline',
    at: '1001',
    recordings: [
      ...recordings(NEW, 'a-inbound-rejected.companion'),
      ...recordings(NEW, 'm-reject-ringing-by-hangup.companion'),
      '22/e-pjsiphangup.companion',
    ],
    story: [
      'rings CALLER',
      'ended declined',
    ],
  },
  {
    what: 'a caller who leaves a message',
    at: '1002',
    recordings: recordings(OLD, 'inbound_voicemail'),
    story: [
      'rings CALLER',
      'ended voicemail',
    ],
  },
  {
    what: 'a caller who leaves a message that I listen to',
    at: '1001',
    recordings: recordings(NEW, 'b-voicemail.companion'),
    story: [
      'rings CALLER',
      'ended voicemail',
      'calls',
      'answered ? <*97>',
      'ended answered',
    ],
  },
  {
    what: 'a group in which Bob is faster, and then nobody answers',
    at: '1001',
    recordings: recordings(OLD, 'ringgroup'),
    story: [
      ...TAKEN_BY_BOB,
      ...MISSED,
    ],
  },
  {
    what: 'a group in which I am the one who answers',
    at: '1002',
    recordings: recordings(OLD, 'ringgroup'),
    story: [
      ...ANSWERED,
      ...MISSED,
    ],
  },
  {
    what: 'a group in which Bob is faster',
    at: '1001',
    recordings: recordings(NEW, 'c-ringgroup-other-answers.companion'),
    story: TAKEN_BY_BOB,
  },
  {
    what: 'a group in which I am faster',
    at: '1002',
    recordings: recordings(NEW, 'c-ringgroup-other-answers.companion'),
    story: ANSWERED,
  },
  {
    what: 'Bob picks up what rings at my phone',
    at: '1001',
    recordings: [
      ...recordings(OLD, 'pickup'),
      ...recordings(OLD, 'redirect_ringing'),
      ...recordings(NEW, 'm-pickup-star8.companion'),
      '22/m-pickup-star8',
      '22/m-pickup-redirect-ringing.companion',
    ],
    story: TAKEN_BY_BOB,
  },
  {
    what: 'a call that is sent to me while it rings elsewhere',
    at: '1002',
    recordings: [
      ...recordings(OLD, 'redirect_ringing'),
      '22/m-pickup-redirect-ringing.companion',
    ],
    story: ANSWERED,
  },
  {
    what: 'a call that I pick up, where the dialled code is not told',
    at: '1002',
    recordings: recordings(['1.2', '1.4'], 'pickup'),
    story: [
      'calls',
      'answered ? <?>',
      'talks to CALLER',
      'ended answered',
    ],
  },
  {
    what: 'a call that I pick up with *8',
    at: '1002',
    recordings: [
      ...recordings(['1.8', '11'], 'pickup'),
      ...recordings(NEW, 'm-pickup-star8.companion'),
    ],
    story: [
      'calls',
      'answered ? <*8>',
      'talks to CALLER',
      'ended answered',
    ],
  },
  {
    what: 'two calls through a queue that I answer, and one that I let ring',
    at: '1001',
    recordings: [
      ...recordings(['1.2', '1.4'], 'queue_call'),
      ...recordings(['1.2', '1.4'], 'queue_call.companion'),
    ],
    story: [
      ...THROUGH_QUEUE,
      ...THROUGH_QUEUE,
      'rings CALLER through support',
      'ended missed',
    ],
  },
  {
    what: 'a queue that tries my busy phone three times before: one call',
    at: '1001',
    recordings: recordings(['1.8', '11'], 'queue_call.companion'),
    story: [
      'ended busy',
      'rings again',
      'ended busy',
      'rings again',
      'ended busy',
      ...THROUGH_QUEUE,
      ...THROUGH_QUEUE,
      'rings CALLER through support',
      'ended missed',
    ],
  },
  {
    what: 'a call through a queue that I answer, and one that I let ring',
    at: '1001',
    recordings: ['22/g-queue.companion'],
    story: [
      ...THROUGH_QUEUE,
      'rings CALLER through support',
      'ended missed',
    ],
  },
  {
    what: 'a call through a queue that I decline and Carol takes',
    at: '1001',
    recordings: recordings(NEW, 'g-queue-agent-ignores-other-takes.companion'),
    story: [
      'rings CALLER through support',
      'ended declined',
    ],
  },
  {
    what: 'a call through a queue that another member leaves to me',
    at: '1003',
    recordings: recordings(NEW, 'g-queue-agent-ignores-other-takes.companion'),
    story: THROUGH_QUEUE,
  },
  {
    what: 'click to dial, answered',
    at: '1001',
    recordings: [
      ...recordings(OLD, 'click_to_call.companion'),
      '22/d-originate-internal.companion',
    ],
    story: [
      ...FAR_RINGS,
      'answered FAR',
      'dial FAR: answered',
      'dial FAR: ended',
      'ended answered',
    ],
  },
  {
    what: 'click to dial, the far end is busy',
    at: '1001',
    recordings: [
      '22/d-originate-out-busy.companion',
      '22/d-originate-then-1002-busy.companion',
    ],
    story: [
      ...FAR_RINGS,
      'dial FAR: failed far-busy',
      'ended busy',
    ],
  },
  {
    what: 'click to dial, nobody answers at the far end',
    at: '1001',
    recordings: [
      '22/d-originate-out-no-answer.companion',
      '22/d-originate-then-1002-no-answer.companion',
    ],
    story: [
      ...FAR_RINGS,
      'dial FAR: failed far-no-answer',
      'ended no-answer',
    ],
  },
  {
    what: 'click to dial, the far end declines',
    at: '1001',
    recordings: [
      '22/d-originate-out-declined.companion',
      '22/d-originate-then-1002-declined.companion',
    ],
    story: [
      ...FAR_RINGS,
      'dial FAR: failed far-declined',
      'ended no-answer',
    ],
  },
  ...([
    ['is busy', 'user-busy', 'phone-busy', NEW],
    ['does not answer', 'user-no-answer', 'phone-no-answer', NEW],
    ['declines', 'user-declines', 'phone-declined', ['22']],
    ['cannot be reached', 'user-503', 'phone-unreachable', ['22']],
  ] as const).map(([what, name, code, versions]) => ({
    what: `click to dial, my own phone ${what}`,
    at: '1001',
    recordings: recordings(versions, `d-originate-${name}.companion`),
    story: [
      'dial 7001: asking',
      'dial 7001: my-phone-rings',
      'ended failed',
      `dial 7001: failed ${code}`,
    ],
  })),
  {
    what: 'click to dial to an extension that does not exist',
    at: '1001',
    recordings: recordings(NEW, 'd-originate-invalid-extension.companion'),
    story: [
      'dial 99999: asking',
      'dial 99999: failed no-such-extension',
      'ended failed',
    ],
  },
  {
    what: 'a click to dial of somebody else is a call to me like any other',
    at: '1002',
    recordings: recordings(OLD, 'click_to_call.companion'),
    story: [
      'rings ALICE',
      'answered ALICE',
      'ended answered',
    ],
  },
  {
    what: 'another program of mine dials for me: no popup',
    at: '1001',
    recordings: recordings(['1.2', '1.4'], 'click_to_call.admin'),
    story: [
      'calls',
      'answered ? <?>',
      'talks to FAR',
      'ended answered',
    ],
  },
  {
    what: 'I transfer a call away without asking',
    at: '1001',
    recordings: [
      ...recordings(OLD, 'transfer_blind_sip'),
      ...recordings(NEW, 'e-phone-refer-blind.companion'),
      '22/e-blindtransfer-action.companion',
      '22/e-redirect-blind.companion',
    ],
    story: ANSWERED,
  },
  {
    what: 'a call that is transferred to me, where no event tells of transfers',
    at: '1002',
    recordings: recordings(['1.2', '1.4'], 'transfer_blind_sip'),
    story: ANSWERED,
  },
  {
    what: 'a call that is transferred to me by Alice',
    at: '1002',
    recordings: [
      ...recordings(['1.8', '11'], 'transfer_blind_sip'),
      ...recordings(NEW, 'e-phone-refer-blind.companion'),
    ],
    story: [
      expect.stringMatching(/^transferred by Alice/),
      ...ANSWERED,
    ],
  },
  {
    what: 'Alice asks me and then gives me the caller',
    at: '1002',
    recordings: recordings(OLD, 'transfer_attended_sip'),
    story: [
      'rings ALICE',
      'answered ALICE',
      'talks to CALLER',
      'ended answered',
    ],
  },
  {
    what: 'Alice asks me and then gives me the caller, and the server says so',
    at: '1002',
    recordings: ['22/e-phone-refer-attended.companion'],
    story: [
      'rings ALICE',
      'answered ALICE',
      'transferred by Alice One',
      'talks to CALLER',
      'ended answered',
    ],
  },
  {
    what: 'Alice asks me and thinks better of it before I answer',
    at: '1002',
    recordings: ['22/e-atxfer-cancel.companion'],
    story: [
      'rings ALICE',
      'ended missed',
    ],
  },
  {
    what: 'I park a call, and my part of it ends',
    at: '1001',
    recordings: ['22/f-park-giveup.companion', '22/f-park.companion'],
    story: ANSWERED,
  },
  {
    what: 'I park three calls; the last comes back and I decline it',
    at: '1001',
    recordings: recordings(['1.4', '1.8', '11'], 'park'),
    story: [
      ...ANSWERED,
      ...ANSWERED,
      ...ANSWERED,
      'rings CALLER',
      'ended declined',
    ],
  },
  {
    what: 'a parked call comes back and I answer it',
    at: '1001',
    recordings: ['22/f-park-timeout.companion'],
    story: [
      ...ANSWERED,
      'rings CALLER',
      'answered CALLER',
    ],
  },
  {
    what: 'a call that I put on hold, and one to an announcement',
    at: '1001',
    recordings: recordings(['1.2', '1.4', '1.8'], 'hold'),
    story: [
      'rings CALLER',
      'answered CALLER',
      'held by me',
      'resumed',
      'ended answered',
      'calls',
      'answered ? <208>',
      'ended answered',
    ],
  },
  {
    what: 'my phone forwards a call: where no event tells of it, somebody else took it',
    at: '1001',
    recordings: recordings(OLD, 'forward_302'),
    story: ['ended answered-elsewhere by CAROL'],
  },
  {
    what: 'my phone forwards a call',
    at: '1001',
    recordings: recordings(NEW, 'v-phone-302.companion'),
    story: [
      'rings CALLER',
      'ended forwarded',
    ],
  },
  {
    what: 'a call that is forwarded to me',
    at: '1003',
    recordings: recordings(OLD, 'forward_302'),
    story: ANSWERED,
  },
]

describe.each(scenarios)('$what', ({ at, recordings: names, story }) => {
  it.each(names)('reads the same from %s', (name) => {
    expect(storyOf(name, at)).toEqual(story)
  })
})

describe('click to dial as old servers answer it', () => {
  it.each(recordings(['1.2', '1.4', '1.8'], 'originate_async'))('tells in %s why my phone could not be rung', (name) => {
    const dials = storyOf(name, '1001').filter(line => line.startsWith('dial') && line.includes('failed'))
    expect(dials).toEqual([
      'dial 202: failed phone-no-answer',
      'dial 202: failed phone-busy',
      'dial 202: failed phone-unreachable',
      'dial 202: failed phone-declined',
      'dial 202: failed phone-unreachable',
    ])
  })

  it.each(recordings(['1.2', '1.4', '1.8'], 'originate_async'))('pops up nothing in %s, whatever becomes of a dial of mine', (name) => {
    expect(storyOf(name, '1001').filter(line => line.startsWith('rings'))).toEqual([])
  })
})

import type { Fields, Message } from '../../main/ami/wire/message.ts'
import type { DemoCall } from '../../main/demo/script.ts'
import type { OpenOffice } from '../support/demo-office.ts'
import type { Wording } from '../support/lanes.ts'
import { afterEach, describe, expect, it } from 'vitest'
import { DIRECT_DIAL, PEOPLE } from '../../main/demo/office.ts'
import headersSeen from '../fixtures/demo/event-headers-22.json' with { type: 'json' }
import { openOffice } from '../support/demo-office.ts'
import { lanesOf } from '../support/lanes.ts'
import { RecordedServer } from '../support/recorded-exchanges.ts'
import { readRecording } from '../support/recording.ts'

const karla = { name: 'Customer Karla', number: '+15550100' }

/** People and numbers of the recorded office, in the words of ours. */
const recordedWords: Readonly<Record<string, string>> = {
  'Alice One': '1001 by name',
  'Bob Two': '1002 by name',
  'Carol Three': '1003 by name',
  '5551201': 'DID',
  '5559000': 'DID',
  '5558000': 'DID',
}
const ourWords: Readonly<Record<string, string>> = {
  ...Object.fromEntries(PEOPLE.map(({ extension, name }) => [name, `${extension} by name`])),
  ...Object.fromEntries(Object.values(DIRECT_DIAL).map(did => [did, 'DID'])),
}
const nameOf = (extension: string): string => PEOPLE.find(person => person.extension === extension)?.name ?? ''

interface Scenario {
  readonly recording: string
  readonly play: (office: OpenOffice) => Promise<void>
  /** What differs by the office and not by the server. */
  readonly recordedAs?: Readonly<Record<string, string>>
  readonly masked?: readonly string[]
  readonly ignored?: readonly string[]
  readonly loose?: readonly string[]
  /** The recording ends before its calls do. */
  readonly isCut?: true
  /** What comes after this event is another way to the same end. */
  readonly upTo?: string
}

/** A lot's bridge was there before the recording began. */
const OLD_LOT = { masked: ['BridgeUniqueid', 'ParkingTimeout', 'ParkingDuration'], ignored: ['bridge#'] }

const scenarios: readonly Scenario[] = [
  {
    recording: 'a-inbound-answered',
    async play({ demo, pass }) {
      const call = demo.incoming(karla)
      await pass(300)
      call.answer()
      await pass(500)
      call.callerHangsUp()
    },
  },
  {
    recording: 'a-inbound-callee-hangs-up',
    async play({ demo, pass }) {
      const call = demo.incoming(karla)
      await pass(300)
      call.answer()
      await pass(500)
      call.answererHangsUp()
    },
  },
  {
    recording: 'a-inbound-caller-gives-up',
    async play({ demo, pass }) {
      const call = demo.incoming(karla)
      await pass(600)
      call.callerHangsUp()
    },
  },
  {
    recording: 'a-inbound-anonymous',
    async play({ demo, pass }) {
      const call = demo.incoming({ name: null, number: null })
      await pass(300)
      call.answer()
      await pass(500)
      call.callerHangsUp()
    },
  },
  {
    recording: 'a-inbound-rejected',
    async play({ demo, pass }) {
      const call = demo.incoming({ ...karla, atTheBeep: 'nothing' })
      await pass(100)
      call.refuse('1001', 'declined')
      await pass(600)
      call.callerHangsUp()
    },
  },
  {
    recording: 'a-internal-call',
    async play({ demo, pass }) {
      const call = demo.between('1001', '1002')
      await pass(300)
      call.answer('1002')
      await pass(500)
      call.callerHangsUp()
    },
  },
  {
    recording: 'b-voicemail',
    masked: ['New', 'Old', 'Waiting'],
    async play({ demo, pass }) {
      demo.incoming(karla)
      await pass(40_000)
      demo.between('1001', '*97')
      await pass(60_000)
    },
  },
  {
    recording: 'c-ringgroup-other-answers',
    recordedAs: { '1003': '1004', 'Carol Three': '1004 by name' },
    async play({ demo, pass }) {
      const call = demo.incoming({ ...karla, to: 'group' })
      await pass(900)
      call.answer('1002')
      await pass(600)
      call.callerHangsUp()
    },
  },
  {
    recording: 'd-originate-internal',
    play: office => clickToDial(office, { Exten: '1002', CallerID: `"${nameOf('1002')}" <1002>` }, 8000),
  },
  {
    recording: 'd-originate-user-no-answer',
    recordedAs: { 7001: '1002' },
    async play(office) {
      office.demo.myPhone('ignore')
      await clickToDial(office, { Exten: '1002', CallerID: '"Click to dial" <1001>', Timeout: 4000 }, 6000)
    },
  },
  {
    recording: 'd-originate-user-busy',
    recordedAs: { 7001: '1002' },
    async play(office) {
      office.demo.myPhone('busy')
      await clickToDial(office, { Exten: '1002', CallerID: '"Click to dial" <1001>' }, 6000)
    },
  },
  {
    recording: 'd-originate-user-declines',
    recordedAs: { 7001: '1002' },
    async play(office) {
      office.demo.myPhone('decline')
      await clickToDial(office, { Exten: '1002', CallerID: '"Click to dial" <1001>' }, 6000)
    },
  },
  {
    recording: 'd-originate-cancel-while-my-phone-rings',
    recordedAs: { 7001: '1002' },
    async play(office) {
      office.demo.myPhone('ignore')
      await clickToDial(office, { Exten: '1002', ChannelId: 'cancelme-1' }, 500)
      await office.client.ask('Hangup', { Channel: channelAt(office, 'PJSIP/1001') })
    },
  },
  {
    recording: 'd-originate-unregistered',
    recordedAs: { 1004: '1011', 7001: '1002' },
    play: office => clickToDial(office, { Channel: 'PJSIP/1011', Exten: '1002', CallerID: '"Click to dial" <1001>' }, 500),
  },
  ...([['ok', 'answer'], ['busy', 'busy'], ['declined', 'declined'], ['no-answer', 'noanswer']] as const).map(([name, answer]): Scenario => ({
    recording: `d-originate-out-${name}`,
    // Both phones of the laboratory hung up at once there.
    ignored: answer === 'answer'
      ? ['HangupRequest of PJSIP/trunk']
      : [],
    async play(office) {
      office.demo.dialAnswer(answer)
      await clickToDial(office, { Exten: '0420555123', CallerID: '"Customer Karla" <0420555123>' }, answer === 'noanswer'
        ? 40_000
        : 8000)
    },
  })),
  ...([['busy', 'busy', 3000], ['declined', 'declined', 3000], ['no-answer', 'noanswer', 23_000]] as const).map(([name, answer, waitMs]): Scenario => ({
    recording: `d-originate-then-1002-${name}`,
    async play(office) {
      office.demo.dialAnswer(answer)
      await clickToDial(office, { Exten: '1002', CallerID: '"Click to dial" <1001>' }, waitMs)
    },
  })),
  {
    recording: 'e-redirect-blind',
    async play(office) {
      const { client, demo, pass } = office
      const call = demo.incoming(karla)
      await pass(200)
      call.answer()
      await pass(200)
      await client.ask('Redirect', { Channel: channelAt(office, 'PJSIP/trunk'), Context: 'internal', Exten: '1002', Priority: 1 })
      await pass(4000)
      call.answererHangsUp()
    },
  },
  {
    // The real one was sent to an echo, ours to the mailbox: the caller is answered by another step of the dialplan.
    recording: 'm-divert-ringing-to-voicemail',
    recordedAs: { 7008: '*1001' },
    masked: ['Priority'],
    async play(office) {
      const { client, demo, pass } = office
      const call = demo.incoming({ ...karla, atTheBeep: 'nothing' })
      await pass(500)
      await client.ask('Redirect', { Channel: channelAt(office, 'PJSIP/trunk'), Context: 'internal', Exten: '*1001', Priority: 1 })
      await pass(1000)
      call.callerHangsUp()
    },
  },
  {
    // The recording ends while the caller is still in the mailbox.
    recording: 'm-reject-ringing-by-hangup',
    async play(office) {
      const { client, demo, pass } = office
      demo.incoming(karla)
      await pass(500)
      await client.ask('Hangup', { Channel: channelAt(office, 'PJSIP/1001'), Cause: 17 })
      await pass(1000)
    },
  },
  {
    recording: 'g-queue-agent-ignores-other-takes',
    ignored: ['1010'],
    async play({ demo, pass }) {
      const call = demo.incoming({ ...karla, to: 'queue' })
      await pass(100)
      call.refuse('1001', 'declined')
      await pass(2000)
      call.answer('1003')
      await pass(300)
      call.answererHangsUp()
    },
  },
]

const TRANSFERS: readonly Scenario[] = [
  {
    recording: 'e-blindtransfer-action',
    isCut: true,
    async play(office) {
      await talk(office)
      await office.client.ask('BlindTransfer', { Channel: channelAt(office, 'PJSIP/1001'), Context: 'internal', Exten: '1002' })
      await office.pass(4000)
      office.demo.hangUp('1002')
    },
  },
  {
    recording: 'e-blindtransfer-unknown',
    // What the transferred line does at the very moment when it is lost.
    async play(office) {
      await talk(office)
      await office.client.ask('BlindTransfer', { Channel: channelAt(office, 'PJSIP/1001'), Context: 'internal', Exten: '4242' })
    },
    recordedAs: { 424242: '4242' },
    masked: ['BridgeNumChannels'],
  },
  {
    recording: 'e-blindtransfer-by-caller',
    loose: ['DialBegin'],
    async play(office) {
      await talkBetween(office)
      await office.client.ask('BlindTransfer', { Channel: channelAt(office, 'PJSIP/1001'), Context: 'internal', Exten: '1003' })
      await office.pass(4000)
      office.demo.hangUp('1002')
    },
  },
  {
    recording: 'e-redirect-of-leg',
    async play(office) {
      await talk(office)
      await office.client.ask('Redirect', { Channel: channelAt(office, 'PJSIP/1001'), Context: 'internal', Exten: '1002', Priority: 1 })
      await office.pass(4000)
      office.demo.hangUp('1001')
    },
  },
  {
    recording: 'e-redirect-extra',
    async play(office) {
      const call = await talk(office)
      await office.client.ask('Redirect', {
        Channel: channelAt(office, 'PJSIP/trunk'),
        Context: 'internal',
        Exten: '3000',
        Priority: 1,
        ExtraChannel: channelAt(office, 'PJSIP/1001'),
        ExtraContext: 'internal',
        ExtraExten: '3000',
        ExtraPriority: 1,
      })
      await office.pass(1000)
      office.demo.hangUp('1001')
      call.callerHangsUp()
    },
    masked: ['Cause'],
  },
  {
    recording: 'e-bridge-action',
    // Both phones of the laboratory hung up at once there.
    ignored: ['HangupRequest of'],
    async play(office) {
      const call = await talk(office)
      call.hold('1001', true)
      const second = office.demo.between('1001', '1002')
      await office.pass(300)
      second.answer('1002')
      await office.pass(300)
      const trunk = channelAt(office, 'PJSIP/trunk')
      await office.client.ask('Bridge', { Channel1: trunk, Channel2: channelAt(office, 'PJSIP/1002'), Tone: 'no' })
      await office.pass(300)
      office.demo.hangUp('1002')
    },
  },
  {
    recording: 'e-atxfer',
    ignored: ['HangupRequest of Local'],
    masked: ['Id'],
    isCut: true,
    async play(office) {
      await talk(office)
      await consult(office, '1002', 5000)
      office.demo.hangUp('1001')
      await office.pass(500)
      office.demo.hangUp('1002')
    },
  },
  {
    recording: 'e-atxfer-complete-by-hangup-action',
    ignored: ['HangupRequest of Local'],
    masked: ['Id'],
    async play(office) {
      await talk(office)
      await consult(office, '1002', 5000)
      await office.client.ask('Hangup', { Channel: channelAt(office, 'PJSIP/1001') })
      await office.pass(500)
      office.demo.hangUp('1002')
    },
  },
  {
    recording: 'e-atxfer-cancel',
    async play(office) {
      await talk(office)
      await consult(office, '1002', 1500)
      await office.client.ask('CancelAtxfer', { Channel: channelAt(office, 'PJSIP/1001') })
      await office.pass(1000)
      office.demo.hangUp('1001')
    },
  },
  {
    recording: 'e-atxfer-cancel-talking',
    async play(office) {
      await talk(office)
      await consult(office, '1002', 5000)
      await office.client.ask('CancelAtxfer', { Channel: channelAt(office, 'PJSIP/1001') })
      await office.pass(1000)
      office.demo.hangUp('1001')
    },
  },
  {
    recording: 'e-atxfer-target-busy',
    // Whom my phone shows for a moment in between.
    loose: ['NewConnectedLine'],
    ignored: ['NewConnectedLine of PJSIP/1001'],
    recordedAs: { '0420555999': '+442079460198', '0420555999@trunk': '+442079460198@trunk', 'Local/0420555999@internal': 'Local/+442079460198@internal' },
    async play(office) {
      await talk(office)
      await consult(office, '+442079460198', 3000)
      office.demo.hangUp('1001')
    },
  },
  {
    recording: 'e-atxfer-target-hangs-up',
    loose: ['DialBegin'],
    ignored: ['HangupRequest of'],
    isCut: true,
    async play(office) {
      await talk(office)
      await consult(office, '1002', 5000)
      office.demo.hangUp('1002')
      await office.pass(500)
      office.demo.hangUp('1001')
    },
  },
  {
    recording: 'e-atxfer-swap',
    async play(office) {
      await talk(office)
      await consult(office, '1002', 5000)
      await press(office, '*4')
      await press(office, '*4')
      office.demo.hangUp('1001')
      await office.pass(500)
    },
    upTo: 'HangupRequest',
  },
  {
    recording: 'e-atxfer-swap-target-gone',
    ignored: ['HangupRequest of'],
    async play(office) {
      await talk(office)
      await consult(office, '1002', 5000)
      await press(office, '*4')
      office.demo.hangUp('1002')
      await office.pass(500)
      office.demo.hangUp('1001')
    },
  },
  {
    recording: 'e-atxfer-threeway',
    ignored: ['HangupRequest of'],
    masked: ['Id'],
    async play(office) {
      await talk(office)
      await consult(office, '1002', 5000)
      await press(office, '*3')
      office.demo.hangUp('1001')
      await office.pass(500)
      office.demo.hangUp('1002')
    },
  },
  {
    recording: 'e-atxfer-complete-by-key',
    loose: ['DialBegin'],
    ignored: ['HangupRequest of'],
    async play(office) {
      await talk(office)
      await consult(office, '1002', 5000)
      await press(office, '*2')
    },
    upTo: 'AttendedTransfer',
  },
  {
    recording: 'j-record-by-key',
    async play(office) {
      await talk(office)
      // The key of the laboratory was another one.
      await press(office, '*1')
      await press(office, '*1')
      office.demo.hangUp('1001')
    },
  },
  {
    recording: 'e-atxfer-caller-gone',
    ignored: ['HangupRequest of'],
    loose: ['NewCallerid'],
    async play(office) {
      const call = await talk(office)
      await consult(office, '1002', 5000)
      call.callerHangsUp()
      await office.pass(500)
      office.demo.hangUp('1001')
    },
  },
  {
    recording: 'e-atxfer-by-caller',
    ignored: ['HangupRequest of Local'],
    masked: ['Id'],
    async play(office) {
      await talkBetween(office)
      await consult(office, '1003', 5000)
      office.demo.hangUp('1001')
      await office.pass(500)
      office.demo.hangUp('1002')
    },
  },
  {
    recording: 'e-atxfer-unknown',
    isCut: true,
    async play(office) {
      await talk(office)
      await consult(office, '4242', 2000)
    },
  },
  {
    recording: 'e-absolutetimeout',
    async play(office) {
      await talk(office)
      await office.client.ask('AbsoluteTimeout', { Channel: channelAt(office, 'PJSIP/trunk'), Timeout: 1 })
      await office.pass(1500)
    },
  },
]

const PARKING: readonly Scenario[] = [
  {
    recording: 'f-park',
    async play(office) {
      await talk(office)
      const mine = channelAt(office, 'PJSIP/1001')
      await office.client.ask('Park', { Channel: channelAt(office, 'PJSIP/trunk'), TimeoutChannel: mine, AnnounceChannel: mine, Parkinglot: 'default', Timeout: 60_000 })
      await office.pass(1000)
      const back = office.demo.between('1002', '701')
      await office.pass(500)
      office.demo.hangUp('1001')
      back.callerHangsUp()
    },
    masked: ['ParkingTimeout', 'ParkingDuration'],
  },
  {
    recording: 'f-park-timeout',
    masked: OLD_LOT.masked,
    ignored: [...OLD_LOT.ignored, 'HangupRequest of'],
    loose: ['DialBegin'],
    isCut: true,
    async play(office) {
      await talk(office)
      await office.client.ask('Park', { Channel: channelAt(office, 'PJSIP/trunk'), TimeoutChannel: channelAt(office, 'PJSIP/1001'), Timeout: 3000 })
      await office.pass(7500)
    },
  },
  {
    recording: 'f-park-giveup',
    ...OLD_LOT,
    async play(office) {
      const call = await talk(office)
      await office.client.ask('Park', { Channel: channelAt(office, 'PJSIP/trunk') })
      await office.pass(700)
      call.callerHangsUp()
    },
  },
  {
    recording: 'f-park-by-originate',
    ...OLD_LOT,
    async play(office) {
      await talk(office)
      await office.client.ask('Park', { Channel: channelAt(office, 'PJSIP/trunk') })
      await office.pass(700)
      await clickToDial(office, { Channel: 'PJSIP/1002', Exten: '701', CallerID: '"Click to dial" <1001>' }, 2500, '1002')
    },
  },
  {
    recording: 'f-park-of-leg',
    ...OLD_LOT,
    async play(office) {
      await talkBetween(office)
      const mine = channelAt(office, 'PJSIP/1001')
      await office.client.ask('Park', { Channel: channelAt(office, 'PJSIP/1002'), TimeoutChannel: mine, AnnounceChannel: mine })
      await office.pass(4500)
      office.demo.hangUp('1002')
    },
  },
  {
    recording: 'e-blindtransfer-park',
    ignored: ['HangupRequest of'],
    masked: ['ParkingTimeout', 'ParkingDuration'],
    isCut: true,
    async play(office) {
      const call = await talk(office)
      const mine = channelAt(office, 'PJSIP/1001')
      await office.client.ask('BlindTransfer', { Channel: mine, Context: 'internal', Exten: '700' })
      await office.pass(1500)
      await office.client.ask('BlindTransfer', { Channel: mine, Context: 'parkedcalls', Exten: '700' })
      await office.pass(500)
      office.demo.hangUp('1001')
      call.callerHangsUp()
    },
  },
]

const OTHERS: readonly Scenario[] = [
  {
    recording: 'm-pickup-star8',
    ignored: ['HangupRequest of'],
    async play({ demo, pass }) {
      demo.incoming(karla)
      await pass(300)
      demo.between('1002', '*8')
      await pass(300)
      demo.hangUp('1002')
    },
    masked: ['Cause'],
  },
  {
    recording: 'm-pickup-originate',
    async play(office) {
      office.demo.incoming(karla)
      await office.pass(300)
      await clickToDial(office, { Channel: 'PJSIP/1002', Exten: '**1001', CallerID: '"Customer Karla" <+15550100>' }, 2500, '1002')
    },
  },
  {
    recording: 'm-pickup-redirect-ringing',
    loose: ['DialBegin'],
    async play(office) {
      office.demo.incoming(karla)
      await office.pass(300)
      await office.client.ask('Redirect', { Channel: channelAt(office, 'PJSIP/trunk'), Context: 'internal', Exten: '1002', Priority: 1 })
      await office.pass(4000)
      office.demo.hangUp('1002')
    },
  },
  {
    recording: 'i-hold',
    isCut: true,
    async play(office) {
      const call = await talk(office)
      call.hold('1001', true)
      await office.pass(300)
      call.hold('1001', false)
      await office.pass(300)
      call.hold('trunk', true)
      await office.pass(300)
      call.hold('trunk', false)
      office.demo.hangUp('1001')
    },
    masked: ['Cause'],
  },
  {
    recording: 'q-confbridge',
    loose: ['BridgeLeave', 'ConfbridgeLeave'],
    isCut: true,
    // Where a kicked channel goes on in the dialplan, and when the announcer leaves.
    masked: ['Priority', 'BridgeNumChannels', 'Cause'],
    async play(office) {
      const { client, demo, pass } = office
      demo.between('1002', '3000')
      demo.between('1001', '3000')
      await pass(1000)
      const other = channelAt(office, 'PJSIP/1002')
      await client.ask('ConfbridgeMute', { Conference: '3000', Channel: other })
      await client.ask('ConfbridgeUnmute', { Conference: '3000', Channel: other })
      await client.ask('ConfbridgeLock', { Conference: '3000' })
      await client.ask('ConfbridgeUnlock', { Conference: '3000' })
      await client.ask('ConfbridgeKick', { Conference: '3000', Channel: channelAt(office, 'PJSIP/1001') })
      demo.hangUp('1002')
    },
  },
  {
    recording: 'r-agent',
    async play({ client, demo, pass }) {
      demo.between('1001', '7500')
      await pass(1000)
      await client.ask('AgentLogoff', { Agent: '2100' })
    },
    masked: ['Logintime'],
  },
  {
    recording: 'd-originate-application',
    play: office => office.client.ask('Originate', { Channel: 'PJSIP/1001', CallerID: '"Click to dial" <1001>', Timeout: 4000, Async: true, Application: 'Playback', Data: 'beep' }).then(() => office.pass(5000)),
  },
  {
    recording: 'n-astdb',
    async play({ client, demo, pass }) {
      await client.ask('DBPut', { Family: 'CF', Key: '1001', Val: '1002' })
      const forwarded = demo.incoming(karla)
      await pass(300)
      forwarded.answer('1002')
      await pass(300)
      forwarded.callerHangsUp()
      await client.ask('DBDel', { Family: 'CF', Key: '1001' })
      const codes = { CallerID: '"Click to dial" <1001>', Timeout: 4000, Async: true, Application: 'NoOp' }
      await client.ask('Originate', { Channel: 'Local/*78*1001@companion-codes', ...codes })
      await pass(500)
      const refused = demo.incoming({ ...karla, atTheBeep: 'nothing' })
      await pass(300)
      refused.callerHangsUp()
      await client.ask('Originate', { Channel: 'Local/*79*1001@companion-codes', ...codes })
      await pass(500)
    },
    ignored: ['hint *781001'],
  },
]

/** A call from outside that I have taken. */
async function talk({ demo, pass }: OpenOffice): Promise<DemoCall> {
  const call = demo.incoming(karla)
  await pass(200)
  call.answer()
  await pass(200)
  return call
}

/** I have called 1002, who answered. */
async function talkBetween({ demo, pass }: OpenOffice): Promise<DemoCall> {
  const call = demo.between('1001', '1002')
  await pass(200)
  call.answer('1002')
  await pass(200)
  return call
}

/** As if I had pressed the keys. */
async function press(office: OpenOffice, keys: string): Promise<void> {
  for (const digit of keys)
    await office.client.ask('PlayDTMF', { Channel: channelAt(office, 'PJSIP/1001'), Digit: digit, Receive: true })
  await office.pass(1000)
}

async function consult(office: OpenOffice, exten: string, waitMs: number): Promise<void> {
  await office.client.ask('Atxfer', { Channel: channelAt(office, 'PJSIP/1001'), Exten: exten, Context: 'internal' })
  await office.pass(waitMs)
}

async function clickToDial({ client, demo, pass }: OpenOffice, fields: Readonly<Record<string, string | number>>, waitMs: number, hangsUp?: string): Promise<void> {
  await client.ask('Originate', { Channel: 'PJSIP/1001', Context: 'internal', Priority: 1, Timeout: 30_000, Async: true, ...fields })
  await pass(waitMs)
  if (hangsUp !== undefined)
    demo.hangUp(hangsUp)
  else if (waitMs !== 500)
    demo.silence()
}

function channelAt({ client }: OpenOffice, device: string): string {
  const event = client.events.findLast(message => message.name === 'Newchannel' && message.get('Channel')?.startsWith(`${device}-`))
  return event?.get('Channel') ?? ''
}

let office: OpenOffice | null = null
afterEach(async () => {
  await office?.close()
  office = null
})

describe('the demo says what Asterisk 22 said', () => {
  it.each([...scenarios, ...TRANSFERS, ...PARKING, ...OTHERS])('about $recording, word for word in every lane', async ({ recording, play, recordedAs = {}, masked = [], ignored = [], loose = [], isCut = false, upTo }) => {
    office = await openOffice()
    await play(office)
    await office.client.settle()
    const wording = (words: Wording['words']): Wording => ({ words, masked, ignored, loose })
    const said = readRecording(`22/${recording}.companion`).moments.flatMap(moment => moment.kind === 'said' && isUnasked(moment.message)
      ? [moment.message]
      : [])
    const end = (events: readonly Message[]): number => upTo === undefined
      ? events.length
      : events.findIndex(({ name }) => name === upTo) + 1
    const recorded = lanesOf(said.slice(0, end(said)), wording({ ...recordedWords, ...recordedAs }))
    const events = office.client.events.filter(isUnasked)
    const ours = lanesOf(events.slice(0, end(events)), wording(ourWords))
    expect(isCut
      ? asFarAs(ours, recorded)
      : ours).toEqual(recorded)
  })
})

const LISTS = ['CoreShowChannels', 'Status', 'ExtensionStateList', 'DeviceStateList', 'PresenceStateList', 'ParkedCalls', 'Parkinglots', 'QueueStatus', 'QueueSummary', 'VoicemailUsersList', 'PJSIPShowEndpoints', 'PJSIPShowAors', 'PJSIPShowContacts', 'PJSIPShowRegistrationsInbound', 'PJSIPShowRegistrationsOutbound', 'ConfbridgeListRooms', 'Agents']

const DEEDS: readonly (readonly [action: string, fields: Fields])[] = [
  ['QueueAdd', { Queue: 'sales', Interface: 'PJSIP/1001' }],
  ['QueuePause', { Queue: 'sales', Interface: 'PJSIP/1001', Paused: true, Reason: 'Lunch' }],
  ['QueuePenalty', { Queue: 'sales', Interface: 'PJSIP/1001', Penalty: 2 }],
  ['QueueRemove', { Queue: 'sales', Interface: 'PJSIP/1001' }],
  ['UserEvent', { UserEvent: 'Note' }],
  ['Reload', { Module: 'app_queue.so' }],
]

/** A call in a conference, one that is parked and one that is recorded, and an agent who waits. */
async function inEverything(office: OpenOffice): Promise<void> {
  const { client, demo, pass } = office
  demo.silence()
  demo.between('1012', '3000')
  demo.between('1010', '7500')
  demo.between('1009', '700')
  await talk(office)
  const mine = channelAt(office, 'PJSIP/1001')
  await client.ask('PlayDTMF', { Channel: mine, Digit: 5 })
  await client.ask('Setvar', { Channel: mine, Variable: 'NOTE', Value: 'x' })
  await client.ask('MixMonitor', { Channel: mine, File: 'x.wav' })
  await client.ask('MixMonitorMute', { Channel: mine, Direction: 'both', State: 1 })
  await client.ask('StopMixMonitor', { Channel: mine })
  await client.list('CoreShowChannelMap', { Channel: mine })
  await pass(100)
}

describe('every event of the demo', () => {
  it('has the headers that the event had at Asterisk 22, and none that it never had', async () => {
    office = await openOffice({ scenario: 'alive' })
    await office.pass(30 * 60_000)
    await inEverything(office)
    for (const action of LISTS)
      await office.client.list(action)
    const { client } = office
    await client.list('VoicemailBoxSummary', { Context: 'default', Mailbox: '1001' })
    await client.list('VoicemailUserStatus', { Context: 'default', Mailbox: '1001' })
    await client.list('PJSIPShowEndpoint', { Endpoint: '1001' })
    await client.list('ConfbridgeList', { Conference: '3000' })
    await client.list('DBGet', { Family: 'DND', Key: '1006' })
    await client.list('DBGetTree')
    const bridge = (await client.list('BridgeList')).items.find(item => item.get('BridgeType') === 'base')?.get('BridgeUniqueid') ?? ''
    await client.list('BridgeInfo', { BridgeUniqueid: bridge })
    for (const [action, fields] of DEEDS)
      await client.ask(action, fields)
    office.demo.plug('1002', false)
    office.demo.plug('1002', true)
    await client.list('Hangup', { Channel: '/.*/' })
    await client.settle()
    const faults = new Set(office.client.events.flatMap(faultsOf))
    expect([...faults]).toEqual([])
  })
})

describe('every answer of the demo', () => {
  const recorded = new RecordedServer('22')

  it.each([
    ['CoreSettings', {}],
    ['CoreShowChannels', {}],
    ['Status', {}],
    ['ExtensionState', { Exten: '1001', Context: 'internal' }],
    ['ExtensionStateList', {}],
    ['DeviceStateList', {}],
    ['PresenceStateList', {}],
    ['MailboxCount', { Mailbox: '1001@default' }],
    ['ParkedCalls', {}],
    ['QueueStatus', {}],
    ['QueueSummary', {}],
    ['VoicemailUsersList', {}],
    ['Ping', {}],
    ['Parkinglots', {}],
    ['BridgeList', {}],
    ['PJSIPShowEndpoints', {}],
    ['PJSIPShowAors', {}],
    ['Agents', {}],
  ])('to %s is made of the headers that Asterisk 22 answered with', async (action, fields) => {
    office = await openOffice()
    const { response, items } = await office.client.list(action, fields)
    const real = recorded.exchanges.filter(({ headers, answer }) => headers.get('action')?.toLowerCase() === action.toLowerCase() && answer[0]?.startsWith('Response: Success'))
    expect(real.length).toBeGreaterThan(0)
    expect(namesOf(response.raw())).toEqual(namesOf(real.at(-1)?.answer[0] ?? ''))
    const complete = (packets: readonly string[]): string | undefined => packets.find(packet => packet.includes('EventList: Complete'))
    expect(namesOf(complete(items.map(item => item.raw())) ?? '')).toEqual(namesOf(complete(real.at(-1)?.answer ?? []) ?? ''))
  })
})

/** What stands beyond the end of each recorded lane is left out. */
function asFarAs(ours: ReturnType<typeof lanesOf>, recorded: ReturnType<typeof lanesOf>): ReturnType<typeof lanesOf> {
  return Object.fromEntries(Object.entries(recorded).map(([lane, events]) => [lane, ours[lane]?.slice(0, events.length) ?? []]))
}

/** Items of lists bear the ActionID of who asked; keys were nothing that the recorded account could hear. */
function isUnasked(message: Message): boolean {
  return message.kind === 'event' && !message.name.startsWith('DTMF') && (message.name === 'OriginateResponse' || message.get('ActionID') === undefined)
}

function namesOf(packet: string): readonly string[] {
  return packet.split('\r\n').filter(line => line !== '').map(line => line.slice(0, line.indexOf(':')))
}

function faultsOf(event: Message): readonly string[] {
  const seen = Object.entries(headersSeen).find(([name]) => name === event.name)?.[1]
  if (!seen)
    return [`${event.name} was never recorded`]
  const names = event.entries().map(([name]) => name).filter(name => name !== 'Event' && name !== 'Privilege' && name !== 'ActionID')
  const known = new Set<string>([...seen.always, ...seen.sometimes])
  return [
    ...names.filter(name => !known.has(name)).map(name => `${event.name} has ${name}`),
    ...seen.always.filter(name => name !== 'ActionID' && !names.includes(name)).map(name => `${event.name} lacks ${name}`),
  ]
}

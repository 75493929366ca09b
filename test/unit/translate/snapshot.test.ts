import { describe, expect, it } from 'vitest'
import { asteriskVersion } from '../../../main/ami/translate/server-info.ts'
import { listOfferedExtensions, readSnapshot } from '../../../main/ami/translate/snapshot.ts'
import { AppError } from '../../../main/errors.ts'
import { decodeText } from '../../support/decode.ts'
import { answerIn, createRecordedAsker } from '../../support/recorded-asker.ts'

const nothing = { extensions: [], mailboxes: [] }
const modern = { dialect: 'modern', actions: null } as const

describe('readSnapshot', () => {
  it('reads every list that a current server offers', async () => {
    const asker = createRecordedAsker(modern, {
      ExtensionStateList: answerIn('22/h-states.companion', 'a5'),
      DeviceStateList: answerIn('22/h-states.companion', 'a6'),
      MailboxCount: answerIn('22/b-voicemail.companion', 'a6'),
      QueueStatus: answerIn('22/g-queue.companion', 'a6'),
      Agents: answerIn('22/r-agent.companion', 'a2'),
      PresenceStateList: answerIn('22/h-states.companion', 'a7'),
      VoicemailUsersList: answerIn('22/b-voicemail.companion', 'a8'),
      Parkinglots: answerIn('22/f-park.companion', 'a4'),
      ParkedCalls: answerIn('22/f-park.companion', 'a3'),
      Status: answerIn('22/p-lists.companion', 'a3'),
    })
    const { snapshot, missing } = await readSnapshot(asker, { extensions: [{ exten: '1001', context: 'hints' }], mailboxes: ['1001'] })
    expect(missing).toEqual([])
    expect(snapshot.extensions).toContainEqual({ exten: '1001', context: 'hints', bits: 0, hint: 'PJSIP/1001&Custom:DND1001,CustomPresence:1001' })
    expect(snapshot.devices).toContainEqual({ device: 'PJSIP/1001', state: 'not_inuse' })
    expect(snapshot.mailboxes).toEqual([
      { mailbox: '1001@default', newMessages: 0, oldMessages: 0, waiting: false },
    ])
    expect(snapshot.queueMembers?.map(({ interface: member, name, paused, pausedReason, state }) => ({ member, name, paused, pausedReason, state }))).toContainEqual(
      { member: 'PJSIP/1001', name: 'Alice One', paused: true, pausedReason: 'lunch', state: 'not_inuse' },
    )
    expect(snapshot.queues).toEqual([
      { queue: 'support', holdSeconds: 0, completed: 0, abandoned: 0, serviceLevelSeconds: 0, servicePercent: 0 },
    ])
    expect(snapshot.agents).toEqual([{ agent: '2100', name: 'Agent Smith', state: 'idle', since: 1_795_405_208_000, call: null, channel: 'PJSIP/1001-00000083' }])
    expect(snapshot.presences).toEqual([])
    expect(snapshot.names).toContainEqual({ mailbox: '1001@default', name: 'Alice One' })
    expect(snapshot.lots).toEqual([{ lot: 'default', firstSpace: 701, lastSpace: 720, timeoutSeconds: 20 }])
    expect(snapshot.parked?.map(({ lot, space, parkee, parker, timeoutSeconds }) => ({ lot, space, name: parkee.name, parker, timeoutSeconds }))).toEqual([
      { lot: 'default', space: '701', name: 'PJSIP/trunk-0000004d', parker: 'PJSIP/1001', timeoutSeconds: 60 },
    ])
    expect(snapshot.channels?.map(({ name, state, caller, bridgeId }) => ({ name, state, caller, talks: bridgeId !== null }))).toEqual([
      { name: 'PJSIP/1001-0000007e', state: 'up', caller: { number: '1001', name: 'Alice One' }, talks: true },
      { name: 'PJSIP/trunk-0000007d', state: 'up', caller: { number: '+15550100', name: 'Customer Karla' }, talks: true },
    ])
  })

  it.each([
    ['1.2', 'legacy', 'SIP/trunk-a0012d10'],
    ['1.4', 'legacy', 'SIP/trunk-00000056'],
    ['1.8', 'middle', '1795403530.146'],
    ['11', 'middle', '1795403536.144'],
  ] as const)('finds who talks to whom at a server of %s', async (version, dialect, partner) => {
    const asker = createRecordedAsker({ dialect, actions: null }, { Status: answerIn(`${version}/status`, 'a5') })
    const { snapshot } = await readSnapshot(asker, nothing)
    const mine = snapshot.channels?.find(({ name }) => name.startsWith('SIP/1001'))
    expect({ state: mine?.state, bridgedTo: mine?.bridgedTo }).toEqual({ state: 'up', bridgedTo: partner })
  })

  it('takes CoreShowChannels where Status is not offered, and the age as it is told there', async () => {
    const asker = createRecordedAsker({ dialect: 'middle', actions: new Set(['coreshowchannels']) }, { CoreShowChannels: answerIn('1.8/status', 'a9') })
    const { snapshot } = await readSnapshot(asker, nothing)
    expect(snapshot.channels?.map(({ name, application, bridgedTo, ageSeconds }) => ({ name, application, bridgedTo, hasAge: ageSeconds !== null }))).toEqual([
      { name: 'SIP/trunk-00000056', application: 'Dial', bridgedTo: '1795403530.147', hasAge: true },
      { name: 'SIP/1001-00000057', application: 'AppDial', bridgedTo: '1795403530.146', hasAge: true },
    ])
  })

  it('asks an old server for each extension, which cannot list them', async () => {
    const asker = createRecordedAsker({ dialect: 'middle', actions: null }, { ExtensionState: answerIn('22/h-states.companion', 'a2') })
    const { snapshot } = await readSnapshot(asker, { extensions: [{ exten: '1001', context: 'internal' }], mailboxes: [] })
    expect(asker.asked).toContain('ExtensionState Exten=1001 Context=internal')
    expect(asker.asked).not.toContain('ExtensionStateList')
    expect(snapshot.extensions).toEqual([
      { exten: '1001', context: 'internal', bits: 0, hint: 'PJSIP/1001&Custom:DND1001,CustomPresence:1001' },
    ])
  })

  it('asks for an extension that the list does not have in that context', async () => {
    const asker = createRecordedAsker(modern, {
      ExtensionStateList: answerIn('22/h-states.companion', 'a5'),
      ExtensionState: answerIn('22/h-states.companion', 'a2'),
    })
    const { snapshot } = await readSnapshot(asker, { extensions: [{ exten: '1001', context: 'internal' }], mailboxes: [] })
    expect(snapshot.extensions?.filter(({ exten }) => exten === '1001').map(({ context }) => context).toSorted()).toEqual(['hints', 'internal'])
  })

  it('takes an empty list of a server that has just started for what it is', async () => {
    const asker = createRecordedAsker(modern, { ExtensionStateList: decodeText('Response: Success\r\nEventList: start\r\n\r\nEvent: ExtensionStateListComplete\r\nEventList: Complete\r\nListItems: 0\r\n\r\n') })
    const { snapshot } = await readSnapshot(asker, { extensions: [{ exten: '1001', context: 'hints' }], mailboxes: [] })
    expect(snapshot.extensions).toEqual([])
  })

  it('counts urgent messages among the new ones', async () => {
    const asker = createRecordedAsker(modern, { MailboxCount: decodeText('Response: Success\r\nMailbox: 1001@default\r\nUrgMessages: 1\r\nNewMessages: 2\r\nOldMessages: 3\r\n\r\n') })
    const { snapshot } = await readSnapshot(asker, { extensions: [], mailboxes: ['1001@default'] })
    expect(snapshot.mailboxes).toEqual([
      { mailbox: '1001@default', newMessages: 3, oldMessages: 3, waiting: true },
    ])
  })

  it('knows only whether something waits where no more may be asked', async () => {
    const asker = createRecordedAsker({ dialect: 'modern', actions: new Set(['mailboxstatus']) }, { MailboxStatus: answerIn('22/b-voicemail.companion', 'a7') })
    const { snapshot } = await readSnapshot(asker, { extensions: [], mailboxes: ['1001@default'] })
    expect(snapshot.mailboxes).toEqual([
      { mailbox: '1001@default', newMessages: null, oldMessages: null, waiting: false },
    ])
  })

  it('tells which lists it could not have, and asks for none that is not offered', async () => {
    const asker = createRecordedAsker({ dialect: 'modern', actions: new Set(['status', 'parkedcalls']) }, {
      Status: answerIn('22/p-lists.companion', 'a3'),
      ParkedCalls: new AppError('no-answer', 'The server does not answer ParkedCalls'),
    })
    const { snapshot, missing } = await readSnapshot(asker, { extensions: [{ exten: '1001', context: 'hints' }], mailboxes: ['1001'] })
    expect(Object.keys(snapshot)).toEqual(['channels'])
    expect(missing.map(({ list, error }) => `${list} ${error.code}`)).toEqual([
      'extensions not-permitted',
      'devices not-permitted',
      'mailboxes not-permitted',
      'presences not-permitted',
      'names not-permitted',
      'queues not-permitted',
      'agents not-permitted',
      'lots not-permitted',
      'parked no-answer',
    ])
    expect(asker.asked).toEqual(['ParkedCalls', 'Status'])
  })

  it.each(['not-online', 'outcome-unknown'] as const)('fails as a whole when the link breaks: %s', async (code) => {
    const asker = createRecordedAsker(modern, { Status: new AppError(code, 'gone') })
    await expect(readSnapshot(asker, nothing)).rejects.toMatchObject({ code })
  })
})

describe('listOfferedExtensions', () => {
  it('offers the hints of phones and not those of parking slots', async () => {
    const asker = createRecordedAsker(modern, { ExtensionStateList: answerIn('22/h-states.companion', 'a5') })
    const offered = await listOfferedExtensions(asker)
    expect(offered.map(({ exten }) => exten).toSorted()).toEqual(['1001', '1002', '1003', '1004'])
    expect(offered).toContainEqual({ exten: '1001', context: 'hints', hint: 'PJSIP/1001&Custom:DND1001,CustomPresence:1001', bits: 0 })
  })

  it('finds the phones of an old server by the names of its mailboxes', async () => {
    const asker = createRecordedAsker({ dialect: 'middle', actions: new Set(['voicemailuserslist', 'extensionstate']) }, {
      VoicemailUsersList: answerIn('22/b-voicemail.companion', 'a8'),
      ExtensionState: answerIn('22/h-states.companion', 'a2'),
    })
    const offered = await listOfferedExtensions(asker)
    expect(offered.length).toBeGreaterThan(0)
    expect(asker.asked.slice(0, 3)).toEqual([
      'VoicemailUsersList',
      'ExtensionState Exten=1001 Context=ext-local',
      'ExtensionState Exten=1002 Context=ext-local',
    ])
  })

  it('offers nothing where nothing may be asked', async () => {
    expect(await listOfferedExtensions(createRecordedAsker({ dialect: 'legacy', actions: new Set() }, {}))).toEqual([])
  })
})

describe('asteriskVersion', () => {
  it('is what the server calls itself', async () => {
    expect(await asteriskVersion(createRecordedAsker({ dialect: 'middle', actions: null }, { CoreSettings: answerIn('1.8/status', 'a11') }))).toBe('1.8.32.3')
  })

  it('is not known where the account may not ask', async () => {
    const asker = createRecordedAsker({ dialect: 'modern', actions: new Set(['ping']) }, {})
    expect(await asteriskVersion(asker)).toBeNull()
    expect(asker.asked).toEqual([])
  })

  it('is not known where the server does not know the question', async () => {
    expect(await asteriskVersion(createRecordedAsker({ dialect: 'legacy', actions: null }, {}))).toBeNull()
  })
})

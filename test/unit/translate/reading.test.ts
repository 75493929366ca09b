import { describe, expect, it } from 'vitest'
import { databaseKeys, readDatabase } from '../../../main/ami/translate/database.ts'
import { knowsExtension } from '../../../main/ami/translate/dialplan.ts'
import { listMessages } from '../../../main/ami/translate/messages.ts'
import { AppError } from '../../../main/errors.ts'
import { decodeText } from '../../support/decode.ts'
import { answerIn, createRecordedAsker } from '../../support/recorded-asker.ts'

const modern = { dialect: 'modern', actions: null } as const
const notFound = new AppError('action-refused', 'Database entry not found')

describe('the database of the server', () => {
  it('is asked for do not disturb and the forwards of my extension', async () => {
    const asker = createRecordedAsker(modern, { DBGet: answerIn('22/n-astdb', 'a3') })
    expect(await readDatabase(asker, ['CF/1001'])).toEqual({ 'CF/1001': '1002' })
    expect(asker.asked).toEqual(['DBGet Family=CF Key=1001'])
    expect(databaseKeys('1001')).toEqual(['DND/1001', 'CF/1001', 'CFB/1001', 'CFU/1001'])
    expect(databaseKeys('')).toEqual([])
  })

  it('that has no such key says that there is none', async () => {
    expect(await readDatabase(createRecordedAsker(modern, { DBGet: notFound }), ['DND/1001'])).toEqual({ 'DND/1001': null })
  })

  it('is not asked where the account may not', async () => {
    const asker = createRecordedAsker({ dialect: 'modern', actions: new Set(['ping']) }, {})
    await expect(readDatabase(asker, ['DND/1001'])).rejects.toMatchObject({ code: 'not-permitted' })
    expect(asker.asked).toEqual([])
  })
})

describe('the messages of a mailbox', () => {
  it('are listed with caller, time and length', async () => {
    const asker = createRecordedAsker(modern, { VoicemailBoxSummary: answerIn('22/b-voicemail-actions', 'a2') })
    expect(await listMessages(asker, '1001@default')).toEqual([
      { id: '1795405298-00000001', folder: 'INBOX', caller: { number: '+15550100', name: 'Customer Karla' }, at: 1_795_405_298_000, seconds: 3 },
    ])
    expect(asker.asked).toEqual(['VoicemailBoxSummary Mailbox=1001 Context=default'])
  })

  it('are not there on a server without that list', async () => {
    await expect(listMessages(createRecordedAsker({ dialect: 'modern', actions: new Set() }, {}), '1001')).rejects.toMatchObject({ code: 'not-on-this-server' })
  })

  it('of nobody are refused', async () => {
    await expect(listMessages(createRecordedAsker(modern, { VoicemailBoxSummary: new AppError('action-refused', 'No such user') }), '1001')).rejects.toMatchObject({ code: 'no-such-mailbox' })
  })
})

describe('whether a number leads anywhere', () => {
  const known = answerIn('22/h-states.companion', 'a2')

  it('is sure of an extension with a hint', async () => {
    expect(await knowsExtension(createRecordedAsker(modern, { ExtensionState: known }), 'hints', '1001')).toBe(true)
  })

  it('is not known where the dialplan cannot be asked', async () => {
    const asker = createRecordedAsker({ dialect: 'modern', actions: new Set() }, {})
    expect(await knowsExtension(asker, 'internal', '4711')).toBeNull()
  })

  it.each([['0', false], ['1', true]])('is told by a function of the dialplan, for which the least account will do: %s', async (value, isThere) => {
    // As 16.28.0 and 22.10.1 say it.
    const told = decodeText(`Response: Success\r\nActionID: a1\r\nVariable: DIALPLAN_EXISTS(internal,4711,1)\r\nValue: ${value}\r\n\r\n`)
    const asker = createRecordedAsker({ dialect: 'modern', actions: new Set(['getvar', 'showdialplan']) }, { Getvar: told })
    expect(await knowsExtension(asker, 'internal', '4711')).toBe(isThere)
    expect(asker.asked).toEqual(['Getvar Variable=DIALPLAN_EXISTS(internal,4711,1)'])
  })

  it('is asked of the listing where the server has no such function', async () => {
    const empty = decodeText('Response: Success\r\nVariable: DIALPLAN_EXISTS(internal,4711,1)\r\nValue: \r\n\r\n')
    const asker = createRecordedAsker({ dialect: 'modern', actions: new Set(['getvar', 'showdialplan']) }, { Getvar: empty, ShowDialPlan: new AppError('action-refused', 'Did not find extension 4711@internal') })
    expect(await knowsExtension(asker, 'internal', '4711')).toBe(false)
  })

  it('is not asked in words that would end the question', async () => {
    const asker = createRecordedAsker({ dialect: 'modern', actions: new Set(['getvar']) }, {})
    expect(await knowsExtension(asker, 'internal', '4711,1) and 4712')).toBeNull()
    expect(asker.asked).toEqual([])
  })

  it('is denied by the dialplan', async () => {
    const asker = createRecordedAsker({ dialect: 'modern', actions: new Set(['showdialplan']) }, { ShowDialPlan: new AppError('action-refused', 'Did not find extension 4711@internal') })
    expect(await knowsExtension(asker, 'internal', '4711')).toBe(false)
  })
})

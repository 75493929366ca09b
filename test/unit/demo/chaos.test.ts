import type { OpenOffice } from '../../support/demo-office.ts'
import { afterEach, describe, expect, it } from 'vitest'
import { openOffice, seeded } from '../../support/demo-office.ts'

let office: OpenOffice | null = null
afterEach(async () => {
  await office?.close()
  office = null
})

const EXTENSIONS = ['1001', '1002', '1003', '1006', '1011', '9000', '8000', '8010', '3000', '700', '701', '750', '7500', '*97', '*8', '**1001', '*78', '*79', '*721002', '*73', '*1001', '+442079460142', '+442079460198', '+442079460196', '4242', '']

/** Whatever managers do to calls at whatever moment, while the office lives. */
async function meddle({ client, pass }: OpenOffice, random: () => number): Promise<void> {
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)]
  for (let turn = 0; turn < 120; turn++) {
    await pass(random() * 6000)
    const { items } = await client.list('CoreShowChannels')
    const there = items.filter(({ name }) => name === 'CoreShowChannel').map(item => item.get('Channel') ?? '')
    const channel = pick(there) ?? 'PJSIP/none-00000000'
    const other = pick(there) ?? 'PJSIP/none-00000000'
    const exten = pick(EXTENSIONS) ?? ''
    switch (Math.floor(random() * 15)) {
      case 0:
        await client.ask('Hangup', { Channel: channel, Cause: pick([0, 16, 17, 21, 34, 999]) })
        break
      case 1:
      case 2:
        await client.ask('Redirect', { Channel: channel, Context: 'internal', Exten: exten, Priority: 1 })
        break
      case 3:
        await client.ask('BlindTransfer', { Channel: channel, Context: 'internal', Exten: exten })
        break
      case 4:
      case 5:
        await client.ask('Atxfer', { Channel: channel, Context: 'internal', Exten: exten })
        break
      case 6:
        await client.ask('CancelAtxfer', { Channel: channel })
        break
      case 7:
        await client.ask('Park', { Channel: channel, TimeoutChannel: other, AnnounceChannel: pick([other, '']), Parkinglot: pick(['default', 'reception']), Timeout: pick([2000, 60_000]) })
        break
      case 8:
        await client.ask('Bridge', { Channel1: channel, Channel2: other })
        break
      case 9:
        await client.ask('Redirect', { Channel: channel, Context: 'internal', Exten: exten, Priority: 1, ExtraChannel: other })
        break
      case 10:
        await client.ask('AbsoluteTimeout', { Channel: channel, Timeout: 5 })
        break
      case 11:
      case 12:
        for (const digit of ['*', pick([1, 2, 3, 4])])
          await client.ask('PlayDTMF', { Channel: channel, Digit: digit, Receive: true })
        break
      case 13:
        await client.ask('Originate', { Channel: `Local/${exten}@internal`, Context: 'internal', Exten: pick(EXTENSIONS), Priority: 1, Async: true, Timeout: 8000 })
        break
      default:
        await client.ask('Originate', { Channel: `PJSIP/${pick(EXTENSIONS)}`, Context: 'internal', Exten: exten, Priority: 1, Async: true, Timeout: 8000 })
    }
  }
}

describe('the office under managers who meddle', () => {
  it.each(Array.from({ length: 8 }, (_, seed) => seed + 1))('keeps its books: who comes goes, and every line is free in the end (chance %i)', async (seed) => {
    office = await openOffice({ scenario: 'alive', random: seeded(seed) })
    await meddle(office, seeded(seed + 1000))
    const minute = office.demo.playMinute()
    await office.pass(61_000)
    await minute
    const { events } = office.client
    const said = (name: string): readonly (string | undefined)[] => events.filter(event => event.name === name).map(event => event.get(name.startsWith('Bridge')
      ? 'BridgeUniqueid'
      : 'Uniqueid')).sort()
    expect(said('Hangup')).toEqual(said('Newchannel'))
    // Lots and the agents' room keep their bridges once they have them.
    const lasting = new Set(events.filter(event => event.name === 'BridgeCreate' && ['Parking', 'AgentPool'].includes(event.get('BridgeCreator') ?? '')).map(event => event.get('BridgeUniqueid')))
    expect(said('BridgeDestroy')).toEqual(said('BridgeCreate').filter(id => !lasting.has(id)))
    expect(said('BridgeLeave')).toEqual(said('BridgeEnter'))
    expect(said('QueueCallerLeave')).toEqual(said('QueueCallerJoin'))
    expect(said('MusicOnHoldStop')).toEqual(said('MusicOnHoldStart'))
    const ringing = events.filter(({ name }) => name === 'DialBegin').map(event => event.get('DestUniqueid'))
    const over = new Set(events.filter(({ name }) => name === 'DialEnd').map(event => event.get('DestUniqueid')))
    // A phone that an Originate rang in vain until its time was over gets no DialEnd from a real server either.
    const inVain = new Set(events.filter(event => event.name === 'Hangup' && event.get('Cause') === '19').map(event => event.get('Uniqueid')))
    // Where somebody else picks a call up, the DialEnd is about the one who did.
    const pickedUp = new Set(events.filter(({ name }) => name === 'Pickup').map(event => event.get('TargetUniqueid')))
    expect(ringing.filter(id => !over.has(id) && !inVain.has(id) && !pickedUp.has(id))).toEqual([])
    const { items } = await office.client.list('DeviceStateList')
    expect((await office.client.list('ParkedCalls')).items).toHaveLength(1)
    const busy = items.filter(item => /^(?:PJSIP|park:|confbridge:|Queue:\w+$)/.test(item.get('Device') ?? '') && item.get('State') !== 'NOT_INUSE').map(item => item.get('Device'))
    expect(busy).toEqual(['PJSIP/1011'])
    // A minute of a busy office is much to do for a busy machine.
  }, 60_000)
})

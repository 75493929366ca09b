import { describe, expect, it } from 'vitest'
import { deviceOfChannel, devicesOfHint } from '../../../main/pbx/device-name.ts'

describe('deviceOfChannel', () => {
  it.each([
    ['PJSIP/1001-0000000a', 'PJSIP/1001'],
    ['SIP/1001-08a1b2c3', 'SIP/1001'],
    ['IAX2/1001-4711', 'IAX2/1001'],
    ['DAHDI/1-1', 'DAHDI/1'],
    ['DAHDI/i1/0301234567-1', 'DAHDI/i1/0301234567'],
  ])('takes %s for a channel of %s', (channel, device) => {
    expect(deviceOfChannel(channel)).toBe(device)
  })

  it('cuts at the last dash only, because device names have dashes too', () => {
    expect(deviceOfChannel('PJSIP/front-desk-0000000a')).toBe('PJSIP/front-desk')
    expect(deviceOfChannel('SIP/trunk-a.example.com-b6f')).toBe('SIP/trunk-a.example.com')
  })

  it('leaves an agent, whose name has no suffix, as it is', () => {
    expect(deviceOfChannel('Agent/1234')).toBe('Agent/1234')
  })

  it('does not take a dash of the technology for the suffix', () => {
    expect(deviceOfChannel('Motif-x/1001')).toBe('Motif-x/1001')
  })

  it.each(['Local/1001@from-queue-0000002a;2', 'Local/1001@from-queue-1356,1'])('gives both halves of a Local channel one device: %s', (channel) => {
    expect(deviceOfChannel(channel)).toBe('Local/1001@from-queue')
  })

  it.each([
    'AsyncGoto/SIP/1001-00000004',
    'Surrogate/SIP/1001-00000004',
    'Transfered/SIP/1001-00000004',
    'SIP/1001-00000004<MASQ>',
    'SIP/1001-00000004<ZOMBIE>',
    'Parked/AsyncGoto/SIP/1001-00000004<MASQ><ZOMBIE>',
  ])('sees through the names that a masquerade gives: %s', (channel) => {
    expect(deviceOfChannel(channel)).toBe('SIP/1001')
  })
})

describe('devicesOfHint', () => {
  it('finds every phone of a hint', () => {
    expect(devicesOfHint('PJSIP/1001&SIP/1001')).toEqual(['PJSIP/1001', 'SIP/1001'])
  })

  it('leaves out what is no phone', () => {
    expect(devicesOfHint('SIP/701&Custom:DND1001&Queue:sales&park:701@parkedcalls,CustomPresence:1001')).toEqual(['SIP/701'])
  })

  it('does not take a slash in the name of a custom state for a phone', () => {
    expect(devicesOfHint('Custom:door/front')).toEqual([])
  })

  it('names a phone once, however often and in whatever case it is hinted', () => {
    expect(devicesOfHint('PJSIP/alice& pjsip/Alice')).toEqual(['PJSIP/alice'])
  })

  it('finds none where there is no hint', () => {
    expect(devicesOfHint('')).toEqual([])
  })
})

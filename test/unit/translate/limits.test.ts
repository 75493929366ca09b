import { describe, expect, it } from 'vitest'
import { limitsOf } from '../../../main/ami/translate/limits.ts'

/** What `ListCommands` of 22.10 names for an account with call, agent and originate. */
const COMPANION = new Set(['atxfer', 'blindtransfer', 'bridge', 'cancelatxfer', 'park', 'parkedcalls', 'parkinglots', 'playdtmf', 'redirect', 'setvar', 'devicestatelist', 'extensionstate', 'extensionstatelist', 'mailboxcount', 'presencestatelist', 'voicemailboxsummary', 'absolutetimeout', 'hangup', 'mixmonitormute', 'stopmixmonitor', 'status', 'queueadd', 'queuepause', 'queueremove', 'queuestatus', 'originate'])

describe('what an account cannot do', () => {
  it('is little for one with the rights that Ringside asks for', () => {
    const { missing, lacks } = limitsOf({ dialect: 'modern', actions: COMPANION })
    expect(missing).toEqual({ mute: 'not-permitted', messageChange: 'not-permitted', agent: 'not-on-this-server' })
    expect([...lacks].sort()).toEqual(['agentCallback', 'databasePut', 'recordMix', 'recordMonitor'])
  })

  it('is nothing as far as a server tells that cannot be asked', () => {
    expect(limitsOf({ dialect: 'modern', actions: null })).toEqual({ missing: {}, lacks: new Set(['agentCallback']) })
  })

  it('is on a server of 1.4 what it has no words for', () => {
    const { missing, lacks } = limitsOf({ dialect: 'legacy', actions: null })
    expect(missing).toEqual({ mute: 'not-on-this-server', move: 'not-on-this-server', presence: 'not-on-this-server', messages: 'not-on-this-server', messageChange: 'not-on-this-server' })
    expect(lacks.has('transferAttended') && lacks.has('bridge') && lacks.has('transferBlind')).toBe(true)
    expect(lacks.has('redirect') || lacks.has('agentCallback')).toBe(false)
  })

  it.each([
    ['22.10.1~dfsg', 'not-permitted'],
    ['20.5.0', 'not-permitted'],
    ['18.20.0', 'not-permitted'],
    ['20.4.1', 'not-on-this-server'],
    ['19.8.1', 'not-on-this-server'],
    ['16.28.0~dfsg-0+deb11u4', 'not-on-this-server'],
    ['GIT-master-1a2b3c', 'not-on-this-server'],
  ] as const)('is on %s to see and change messages: %s', (version, code) => {
    const actions = new Set([...COMPANION].filter(name => name !== 'voicemailboxsummary'))
    expect(limitsOf({ dialect: 'modern', actions }, version).missing).toMatchObject({ messages: code, messageChange: code })
  })

  it('is named by the right that is missing', () => {
    const { missing } = limitsOf({ dialect: 'modern', actions: new Set([...COMPANION].filter(name => name !== 'redirect' && name !== 'blindtransfer' && name !== 'queueadd')) })
    expect(missing).toMatchObject({ transfer: 'not-permitted', redirect: 'not-permitted', queueMember: 'not-permitted' })
    expect(missing.queuePause).toBeUndefined()
  })
})

import type { FakeBridge } from '../fake-bridge.ts'
import { createFakeBridge, failed, ok } from '../fake-bridge.ts'
import { aCall, aCertificate, aDial, aFailedReport, aLine, aMailbox, anAlert, anAppInfo, anOffer, aProfile, aRecent, aReport, byId, connected, OTHER_FINGERPRINT, someRights, unconfigured } from '../rows.ts'
import { adminScenes } from './admin-scenes.ts'
import { officeScenes } from './office-scenes.ts'
import { rushScenes } from './rush-scenes.ts'

export interface Scene {
  readonly bridge: () => FakeBridge
  /** Labels of buttons pressed one after the other, and texts typed into fields by label, to reach what is to be seen. */
  readonly steps?: readonly (string | readonly [label: string, text: string])[]
}

const now = Date.now()
const hostile = `<img src=x onerror=alert(1)>\u202E\u2066 ${'Wolfeschlegelsteinhausenbergerdorff '.repeat(40)}`
const withdrawn = { number: '', display: '', name: null }

const recents = byId(
  aRecent({ id: 'r1', at: now - 240_000 }),
  aRecent({ id: 'r2', direction: 'out', outcome: 'answered', peer: { number: '1002', display: '1002', name: 'Ben Okafor' }, at: now - 1_900_000, talkMs: 263_000 }),
  aRecent({ id: 'r3', outcome: 'answered-elsewhere', answeredBy: 'Chiara Rossi', queue: 'Support', peer: { number: '+33144556677', display: '+33 1 44 55 66 77', name: null }, at: now - 5_400_000 }),
  aRecent({ id: 'r4', outcome: 'voicemail', peer: withdrawn, at: now - 9_000_000 }),
  aRecent({ id: 'r5', direction: 'out', outcome: 'busy', peer: { number: '+4930123456', display: '+49 30 123456', name: 'Müller & Söhne GmbH, Zentrale Hamburg' }, at: now - 80_000_000 }),
  aRecent({ id: 'r6', outcome: 'answered', peer: { number: '1003', display: '1003', name: '王小明' }, at: now - 90_000_000, talkMs: 3_725_000 }),
  aRecent({ id: 'r7', outcome: 'declined', peer: { number: '+12025550143', display: '+1 202 555 0143', name: null }, at: now - 95_000_000 }),
)
const mailboxes = { '1001@default': aMailbox() }
const line = { 1001: aLine({ name: 'Dana Lindqvist' }) }
const quiet = { connection: { me: connected() }, line, mailboxes, recents }
const empty = { connection: { me: connected({ secured: false, server: '10.0.0.5:5038', asterisk: 'Asterisk 1.4.44' }) }, line: { 1001: aLine() } }
const broken = { code: 'connect-timeout', message: 'pbx.example.com:5039 did not answer within 8000 ms' } as const

const form = [['Server', 'pbx.example.com'], ['Account', 'ringside-1001'], ['Password', 'correct horse']] as const
const people = ['Anna Schmidt', 'Ben Okafor', 'Chiara Rossi', '王小明', 'Dana Lindqvist', null, 'Émile Zola', 'Fatima al-Fihri', 'Gustav Mahler']
const states = ['idle', 'inuse', 'ringing', 'unavailable', 'onhold', 'busy', 'notfound', 'idle', 'ringinuse'] as const

function settingUp(report = aReport({ extensions: people.map((name, at) => anOffer({ exten: String(1001 + at), hint: `PJSIP/${1001 + at}`, name, state: states[at] ?? 'idle' })) }), info = unconfigured()): FakeBridge {
  const bridge = createFakeBridge({ info, tables: empty })
  bridge.answer('setup.check', () => ok(report))
  return bridge
}

/** What the preview page can show, by name: every look worth judging by eye. */
export const scenes: Readonly<Record<string, Scene>> = {
  'quiet': { bridge: () => createFakeBridge({ tables: quiet }) },
  'empty': { bridge: () => createFakeBridge({ tables: empty, info: anAppInfo({ demo: true }) }) },
  'busy': {
    bridge: () => createFakeBridge({
      tables: {
        ...quiet,
        line: { 1001: aLine({ name: 'Dana Lindqvist', state: 'ringinuse' }) },
        calls: byId(
          aCall({ id: 'c1', startedAt: now - 754_000, answeredAt: now - 750_000, peer: { number: '1002', display: '1002', name: 'Ben Okafor' }, direction: 'out' }),
          aCall({ id: 'c2', state: 'ringing', startedAt: now - 7000, answeredAt: null, queue: 'Support', dialed: '+49 30 5550', transferredBy: 'Chiara Rossi' }),
          aCall({ id: 'c3', state: 'held', heldBy: 'me', startedAt: now - 3_754_000, answeredAt: now - 3_750_000, peer: { number: '+33144556677', display: '+33 1 44 55 66 77', name: null } }),
        ),
        alerts: byId(anAlert({ id: 'c2' })),
      },
    }),
  },
  'dialling': {
    bridge: () => createFakeBridge({
      tables: {
        ...quiet,
        line: { 1001: aLine({ name: 'Dana Lindqvist', state: 'ringing' }) },
        dials: byId(aDial({ name: 'Ben Okafor' }), aDial({ id: 'd2', number: '0049309018', display: '+49 30 9018', state: 'failed', error: { code: 'far-busy', message: 'Cause 17' } })),
      },
    }),
    steps: ['Show keypad', ['Number to dial', '030 901820']],
  },
  'away': { bridge: () => createFakeBridge({ tables: { ...quiet, connection: { me: connected({ state: 'waiting', staleSince: now - 65_000, retryAt: now + 14_000, attempt: 4, asterisk: null, error: broken }) } } }) },
  'locked': { bridge: () => createFakeBridge({ tables: { connection: { me: connected({ state: 'offline', asterisk: null, error: { code: 'secret-missing', message: 'The secret was kept for one session only' } }) }, line: { 1001: aLine({ state: 'unknown' }) } } }) },
  'hostile': {
    bridge: () => createFakeBridge({
      tables: {
        ...quiet,
        line: { 1001: aLine({ name: hostile, state: 'ringing' }) },
        calls: byId(aCall({ id: 'c2', state: 'ringing', startedAt: now - 7000, answeredAt: null, queue: hostile, dialed: hostile, peer: { number: '1'.repeat(200), display: '1'.repeat(200), name: hostile } })),
        alerts: byId(anAlert({ id: 'c2', queue: hostile, dialed: hostile, caller: { number: '1'.repeat(200), display: '1'.repeat(200), name: hostile } })),
        recents: byId(aRecent({ peer: { number: '1'.repeat(200), display: '1'.repeat(200), name: hostile }, queue: hostile, at: now - 60_000 })),
      },
    }),
  },
  'welcome': { bridge: () => createFakeBridge({ info: unconfigured() }) },
  'setup-server': { bridge: () => settingUp(), steps: ['Connect to my Asterisk', 'For your administrator: the account', 'Encrypted (TLS)'] },
  'setup-missing': { bridge: () => settingUp(), steps: ['Connect to my Asterisk', 'Check the connection'] },
  'setup-check': { bridge: () => settingUp(aReport({ rights: someRights({ dial: 'write = originate' }) })), steps: ['Connect to my Asterisk', ...form, 'Check the connection'] },
  'setup-running': {
    bridge: () => {
      const bridge = settingUp()
      bridge.answer('setup.check', () => {
        setTimeout(() => {
          bridge.push('setup.step', { step: 'resolve', state: 'ok', error: null, found: '192.0.2.10' })
          bridge.push('setup.step', { step: 'connect', state: 'ok', error: null, found: null })
          bridge.push('setup.step', { step: 'secure', state: 'running', error: null, found: null })
        }, 50)
        return new Promise(() => {})
      })
      return bridge
    },
    steps: ['Connect to my Asterisk', ...form, 'Check the connection'],
  },
  'setup-failed': { bridge: () => settingUp(aFailedReport('login', { code: 'login-refused', message: 'Login to pbx.example.com:5038 refused: Authentication failed' })), steps: ['Connect to my Asterisk', ...form, 'Check the connection'] },
  'setup-certificate': { bridge: () => settingUp(aFailedReport('secure', { code: 'certificate-untrusted', message: 'DEPTH_ZERO_SELF_SIGNED_CERT' }, { certificate: aCertificate() })), steps: ['Connect to my Asterisk', ...form, 'Check the connection'] },
  'setup-changed': { bridge: () => settingUp(aFailedReport('secure', { code: 'certificate-changed', message: 'fingerprint differs' }, { certificate: aCertificate(), expectedFingerprint: OTHER_FINGERPRINT })), steps: ['Connect to my Asterisk', ...form, 'Check the connection'] },
  'setup-extension': { bridge: () => settingUp(), steps: ['Connect to my Asterisk', ...form, 'Check the connection', 'Next'] },
  'setup-hand': { bridge: () => settingUp(aReport({ extensions: [] })), steps: ['Connect to my Asterisk', ...form, 'Check the connection', 'Next'] },
  'setup-line': { bridge: () => settingUp(undefined, unconfigured({ keyStore: { available: false, backend: 'basic_text' } })), steps: ['Connect to my Asterisk', ...form, 'Check the connection', 'Next', ['Search by name or number', '1005'], 'Next'] },
  'setup-codes': { bridge: () => settingUp(), steps: ['Connect to my Asterisk', ...form, 'Check the connection', 'Next', ['Search by name or number', '1005'], 'Next', 'Codes of the server'] },
  'setup-codes-wrong': { bridge: () => settingUp(), steps: ['Connect to my Asterisk', ...form, 'Check the connection', 'Next', ['Search by name or number', '1005'], 'Next', 'Codes of the server', ['Record', '*1x'], ['Swap parties', '*4'], 'Save and start'] },
  'settings': { bridge: () => createFakeBridge({ tables: quiet, info: anAppInfo({ profile: aProfile({ fingerprint: OTHER_FINGERPRINT }) }) }), steps: ['Settings'] },
  'settings-forget': { bridge: () => createFakeBridge({ tables: quiet }), steps: ['Settings', 'Forget this server'] },
  'about': { bridge: () => createFakeBridge({ tables: quiet }), steps: ['About Ringside'] },
  'notice': {
    bridge: () => {
      const bridge = createFakeBridge({ tables: quiet })
      setTimeout(() => {
        bridge.push('notice', { code: 'hidden-to-tray' })
        bridge.push('notice', { code: 'link-invalid' })
      }, 100)
      return bridge
    },
  },
  'popup': { bridge: () => createFakeBridge({ tables: { ...quiet, alerts: byId(anAlert({ startedAt: now - 4000 })) } }) },
  'popup-queue': { bridge: () => createFakeBridge({ tables: { ...quiet, alerts: byId(anAlert({ startedAt: now - 4000, queue: 'Support', waitedSince: now - 102_000, dialed: '+49 30 5550', transferredBy: 'Chiara Rossi' })) } }) },
  'popup-stack': {
    bridge: () => createFakeBridge({
      tables: {
        ...quiet,
        alerts: byId(
          anAlert({ id: 'a', startedAt: now - 4000, caller: withdrawn, canSendToVoicemail: false }),
          anAlert({ id: 'b', startedAt: now - 20_000, state: 'answered-elsewhere', answeredBy: 'Ben Okafor' }),
          anAlert({ id: 'c', startedAt: now - 30_000, state: 'missed', caller: { number: '+12025550143', display: '+1 202 555 0143', name: null } }),
          anAlert({ id: 'd', startedAt: now - 40_000, state: 'voicemail', caller: { number: '1003', display: '1003', name: '王小明' } }),
          anAlert({ id: 'e', startedAt: now - 50_000, state: 'answered-here' }),
        ),
      },
    }),
  },
  'popup-failed': {
    bridge: () => {
      const bridge = createFakeBridge({ tables: { ...quiet, alerts: byId(anAlert({ startedAt: now - 4000 })) } })
      bridge.answer('alert.decline', () => failed('not-permitted', 'Hangup: Permission denied'))
      return bridge
    },
    steps: ['Decline'],
  },
  'popup-hostile': { bridge: () => createFakeBridge({ tables: { ...quiet, alerts: byId(anAlert({ startedAt: now - 4000, queue: hostile, dialed: hostile, transferredBy: hostile, caller: { number: '1'.repeat(200), display: '1'.repeat(200), name: hostile } })) } }) },
  ...officeScenes,
  ...rushScenes,
  ...adminScenes,
}

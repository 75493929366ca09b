import type { AppInfo, Preferences } from '#contract/settings.ts'
import type { CertificateView, CheckReport, CheckStep, CheckStepView, OfferedExtension, ProfileView, RightView } from '#contract/setup.ts'
import type { ActView, AgentView, AlertView, CallView, ConnectionView, DialView, LineView, LotView, MailboxView, ParkedView, PartyView, PersonView, QueueCallerView, QueueMemberView, QueueView, RecentView, TodoView } from '#contract/tables.ts'

/** 2026-03-02, a Monday, ten past ten. */
export const NOON = new Date(2026, 2, 2, 10, 10, 0).getTime()

export function somePreferences(over: Partial<Preferences> = {}): Preferences {
  return { theme: 'system', language: 'system', closeToTray: true, popup: true, popupCorner: 'bottom-right', popupLingerSeconds: 4, openDialFromLinks: true, pauseReasons: [], queueLevels: { busyWaiting: 3, alarmWaiting: 6, busySeconds: 60, alarmSeconds: 180 }, ...over }
}

export function aProfile(over: Partial<ProfileView> = {}): ProfileView {
  return {
    host: 'pbx.example.com',
    port: 5039,
    tls: true,
    username: 'ringside-1001',
    secretIsSet: true,
    secretKept: 'keystore',
    fingerprint: null,
    authority: null,
    extension: '1001',
    hintContext: 'from-internal',
    devices: ['PJSIP/1001'],
    mailboxes: ['1001@default'],
    dialContext: 'from-internal',
    voicemailNumber: '*97',
    voicemailExten: '',
    outsidePrefix: '',
    codes: { pickup: '**', dndOn: '*78', dndOff: '*79', forwardAlways: '*72', forwardAlwaysOff: '*73', forwardBusy: '*90', forwardBusyOff: '*91', forwardNoAnswer: '*52', forwardNoAnswerOff: '*53', record: '*1', swap: '*4', threeWay: '*3', complete: '*2', conference: '', agent: '{extension}', agentLogin: '', context: '' },
    ...over,
  }
}

export function anAppInfo(over: Partial<AppInfo> = {}): AppInfo {
  return {
    version: '0.1.0',
    electron: '42.0.0',
    platform: 'linux x64',
    tray: true,
    keyStore: { available: true, backend: 'gnome_libsecret' },
    configured: true,
    demo: false,
    profile: aProfile(),
    ...over,
  }
}

export const unconfigured = (over: Partial<AppInfo> = {}): AppInfo => anAppInfo({ configured: false, profile: null, ...over })

export function connected(over: Partial<ConnectionView> = {}): ConnectionView {
  return { state: 'online', server: 'pbx.example.com:5039', demo: false, secured: true, asterisk: 'Asterisk 22.10.1', staleSince: null, retryAt: null, attempt: 0, error: null, ...over }
}

export function aLine(over: Partial<LineView> = {}): LineView {
  return { extension: '1001', name: null, state: 'idle', devices: ['PJSIP/1001'], missing: {}, dnd: 'off', forward: { always: null, busy: null, noAnswer: null }, registrations: [{ device: 'PJSIP/1001', state: 'reachable' }], pauseReasons: [], agent: null, ...over }
}

export function aParty(over: Partial<PartyView> = {}): PartyView {
  return { number: '+4930901820', display: '+49 30 901820', name: 'Anna Schmidt', ...over }
}

export function aCall(over: Partial<CallView> = {}): CallView {
  return { id: 'call-1', direction: 'in', state: 'up', peer: aParty(), queue: null, dialed: null, transferredBy: null, startedAt: NOON - 83_000, answeredAt: NOON - 75_000, heldBy: null, conference: false, controllable: true, can: ['hangup'], consult: null, talkingTo: 'peer', recording: null, muted: false, endsAt: null, device: 'PJSIP/1001', ...over }
}

export function anAlert(over: Partial<AlertView> = {}): AlertView {
  return { id: 'call-1', state: 'ringing', caller: aParty(), queue: null, dialed: null, transferredBy: null, waitedSince: null, answeredBy: null, sentTo: null, startedAt: NOON - 4000, endedAt: null, canDecline: true, canSendToVoicemail: true, canTransfer: false, canPark: false, returned: null, ...over }
}

export function aDial(over: Partial<DialView> = {}): DialView {
  return { id: 'dial-1', number: '2002', display: '2002', name: null, phone: 'PJSIP/1001', state: 'my-phone-rings', error: null, startedAt: NOON, ...over }
}

export function aMailbox(over: Partial<MailboxView> = {}): MailboxView {
  return { mailbox: '1001@default', newMessages: 2, oldMessages: 5, waiting: true, ...over }
}

export function aRecent(over: Partial<RecentView> = {}): RecentView {
  return { id: 'recent-1', direction: 'in', outcome: 'missed', peer: aParty(), queue: null, answeredBy: null, at: NOON - 600_000, talkMs: null, ...over }
}

export function aPerson(over: Partial<PersonView> = {}): PersonView {
  return { id: '1002@hints', exten: '1002', context: 'hints', name: 'Ben Okafor', state: 'idle', presence: null, with: null, withState: null, since: null, canPickUp: false, watched: false, favourite: false, group: null, order: null, isMe: false, ...over }
}

export function aParkedCall(over: Partial<ParkedView> = {}): ParkedView {
  return { id: 'default 701', lot: 'default', space: '701', caller: aParty(), parkedBy: 'Ben Okafor', parkedAt: NOON - 20_000, returnsAt: NOON + 25_000, mine: false, ...over }
}

export function aLot(over: Partial<LotView> = {}): LotView {
  return { id: 'default', spaces: 20, taken: 1, timeoutSeconds: 45, ...over }
}

export function aQueue(over: Partial<QueueView> = {}): QueueView {
  return { id: 'support', waiting: 0, longestSince: null, members: { total: 2, free: 2, busy: 0, paused: 0, away: 0 }, holdSeconds: 12, completed: 30, abandoned: 2, serviceLevelSeconds: 20, servicePercent: 90.5, level: 'calm', mine: { interface: 'PJSIP/1001', paused: false, reason: null, since: null, dynamic: true }, ...over }
}

export function anAgent(over: Partial<AgentView> = {}): AgentView {
  return { id: '2100', name: 'Anna Schmidt', state: 'idle', since: NOON - 65_000, refused: null, ...over }
}

export function aQueueCaller(over: Partial<QueueCallerView> = {}): QueueCallerView {
  return { id: '1767000000.1', queue: 'support', position: 1, caller: aParty(), since: NOON - 30_000, ...over }
}

export function aQueueMember(over: Partial<QueueMemberView> = {}): QueueMemberView {
  return { id: 'support PJSIP/1001', queue: 'support', interface: 'PJSIP/1001', name: 'Anna Schmidt', state: 'idle', paused: false, reason: null, pausedSince: null, callsTaken: 3, lastCallAt: NOON - 900_000, isMe: true, dynamic: true, ...over }
}

export function aTodo(over: Partial<TodoView> = {}): TodoView {
  return { id: 'todo-1', kind: 'queue', queue: 'support', caller: aParty(), at: NOON - 300_000, attempts: 1, done: false, ...over }
}

export function anAct(over: Partial<ActView> = {}): ActView {
  return { id: 'act-1', kind: 'blind', subject: 'Ben Okafor', state: 'asked', error: null, at: NOON, ...over }
}

export function anOffer(over: Partial<OfferedExtension> = {}): OfferedExtension {
  return { exten: '1001', context: 'from-internal', hint: 'PJSIP/1001', name: 'Anna Schmidt', state: 'idle', ...over }
}

export const FINGERPRINT = Array.from({ length: 32 }, (_, at) => (at * 7 + 16).toString(16).toUpperCase().padStart(2, '0')).join(':')
export const OTHER_FINGERPRINT = Array.from({ length: 32 }, (_, at) => (at * 5 + 64).toString(16).toUpperCase().padStart(2, '0')).join(':')

export function aCertificate(over: Partial<CertificateView> = {}): CertificateView {
  return { fingerprint: FINGERPRINT, subject: 'CN=pbx.example.com, O=Example', issuer: 'CN=Example Private CA', validFrom: '2025-01-10T00:00:00Z', validTo: '2027-01-10T00:00:00Z', ...over }
}

const allSteps: readonly CheckStep[] = ['resolve', 'connect', 'secure', 'banner', 'login', 'rights', 'extensions']

export function aStep(step: CheckStep, over: Partial<CheckStepView> = {}): CheckStepView {
  return { step, state: 'ok', error: null, found: null, ...over }
}

const found: Partial<Record<CheckStep, string>> = { resolve: '192.0.2.10', banner: 'Asterisk Call Manager/11.0.0', login: 'ringside-1001', extensions: '3' }

export function someRights(lacking: Partial<Record<RightView['feature'], string>> = {}): readonly RightView[] {
  return (['popup', 'states', 'snapshot', 'voicemail', 'dial', 'hangup'] as const).map(feature => ({
    feature,
    allowed: feature === 'popup' ? null : !(feature in lacking),
    needs: lacking[feature] ?? null,
  }))
}

/** A check that went well. */
export function aReport(over: Partial<CheckReport> = {}): CheckReport {
  return {
    ok: true,
    steps: allSteps.map(step => aStep(step, { found: found[step] ?? null })),
    asterisk: 'Asterisk 22.10.1',
    rights: someRights(),
    extensions: [anOffer(), anOffer({ exten: '1002', hint: 'PJSIP/1002', name: 'Ben Okafor', state: 'inuse' }), anOffer({ exten: '1003', hint: 'SIP/1003', name: null, state: 'unavailable' })],
    certificate: null,
    expectedFingerprint: null,
    ...over,
  }
}

/** A check that ended at one step. */
export function aFailedReport(at: CheckStep, error: NonNullable<CheckStepView['error']>, over: Partial<CheckReport> = {}): CheckReport {
  const failedAt = allSteps.indexOf(at)
  return aReport({
    ok: false,
    steps: allSteps.map((step, index) => index === failedAt ? aStep(step, { state: 'failed', error }) : aStep(step, { state: index < failedAt ? 'ok' : 'skipped' })),
    asterisk: null,
    rights: [],
    extensions: [],
    ...over,
  })
}

/** Rows keyed by their id, as tables are. */
export function byId<Row extends { readonly id: string }>(...rows: Row[]): Readonly<Record<string, Row>> {
  return Object.fromEntries(rows.map(row => [row.id, row]))
}

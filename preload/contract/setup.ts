import type { Failure } from './result.ts'

/** What a dialplan wants dialled for things that no action does; `{extension}` stands for mine. Empty: there is no such code. */
export interface FeatureCodes {
  /** Before the extension that rings. */
  readonly pickup: string
  readonly dndOn: string
  readonly dndOff: string
  /** Before the number that shall be rung instead. */
  readonly forwardAlways: string
  readonly forwardAlwaysOff: string
  readonly forwardBusy: string
  readonly forwardBusyOff: string
  readonly forwardNoAnswer: string
  readonly forwardNoAnswerOff: string
  /** Keys during a call. */
  readonly record: string
  readonly swap: string
  readonly threeWay: string
  /** Whom I ask and who waits talk to each other, without me: `atxfercomplete`. */
  readonly complete: string
  /** A room that a call can be moved to. */
  readonly conference: string
  /** The number of my agent. */
  readonly agent: string
  /** What my phone dials to log that agent in; empty: there is none. */
  readonly agentLogin: string
  /** Where these are defined; empty: where I dial. */
  readonly context: string
}

/** Those of FreePBX, and the keys of Asterisk's own features: what a server has until somebody says otherwise. */
export const defaultCodes: FeatureCodes = {
  pickup: '**',
  dndOn: '*78',
  dndOff: '*79',
  forwardAlways: '*72',
  forwardAlwaysOff: '*73',
  forwardBusy: '*90',
  forwardBusyOff: '*91',
  forwardNoAnswer: '*52',
  forwardNoAnswerOff: '*53',
  record: '*1',
  swap: '*4',
  threeWay: '*3',
  complete: '*2',
  conference: '',
  agent: '{extension}',
  agentLogin: '',
  context: '',
}

/** What a person types to reach a server. The secret goes in and never comes back. */
export interface ProfileView {
  readonly host: string
  readonly port: number
  readonly tls: boolean
  readonly username: string
  readonly secretIsSet: boolean
  /** `keystore`: encrypted by the operating system; `session`: forgotten when the program ends. */
  readonly secretKept: 'keystore' | 'session'
  /** SHA-256 of the certificate that this person trusted, `AB:CD:…`; null: the system's authorities decide. */
  readonly fingerprint: string | null
  /** PEM of a private authority. */
  readonly authority: string | null
  readonly extension: string
  /** Where the hint of the extension is defined. */
  readonly hintContext: string
  readonly devices: readonly string[]
  readonly mailboxes: readonly string[]
  readonly dialContext: string
  /** What my phone dials to hear the mailbox. */
  readonly voicemailNumber: string
  /** Puts a caller straight into my voicemail when a call is redirected there (`*1001` on FreePBX); empty: my phone says busy and the dialplan goes on. */
  readonly voicemailExten: string
  readonly outsidePrefix: string
  readonly codes: FeatureCodes
}

export type CheckStep = 'resolve' | 'connect' | 'secure' | 'banner' | 'login' | 'rights' | 'extensions'

export interface CheckStepView {
  readonly step: CheckStep
  readonly state: 'waiting' | 'running' | 'ok' | 'failed' | 'skipped'
  readonly error: Failure | null
  /** What was found: address, banner, certificate name. Plain text. */
  readonly found: string | null
}

export interface OfferedExtension {
  readonly exten: string
  readonly context: string
  readonly hint: string
  readonly name: string | null
  readonly state: import('./tables.ts').LineState
}

export interface CertificateView {
  readonly fingerprint: string
  readonly subject: string
  readonly issuer: string
  readonly validFrom: string
  readonly validTo: string
}

/** A thing that Ringside does, and whether this account may. */
export interface RightView {
  readonly feature: 'popup' | 'states' | 'dial' | 'hangup' | 'voicemail' | 'snapshot'
  /** Null: the server cannot be asked. */
  readonly allowed: boolean | null
  /** The class that is missing, for `manager.conf`. */
  readonly needs: string | null
}

export interface CheckReport {
  readonly ok: boolean
  readonly steps: readonly CheckStepView[]
  readonly asterisk: string | null
  readonly rights: readonly RightView[]
  readonly extensions: readonly OfferedExtension[]
  /** Shown when the certificate is not trusted or not the one that was trusted. */
  readonly certificate: CertificateView | null
  readonly expectedFingerprint: string | null
}

/** What Ringside found out about one extension, to be confirmed or changed. */
export interface ExtensionProposal {
  readonly extension: string
  readonly hintContext: string
  readonly devices: readonly string[]
  readonly mailboxes: readonly string[]
  readonly dialContext: string
  readonly voicemailNumber: string
}

import type { Settings } from './schema.ts'
import { z } from 'zod'
import { defaultCodes } from '../features/office-config.ts'

const code = (usual: string) => z.string().max(40).default(usual)
const name = (usual: string) => z.string().max(80).default(usual)

const codes = z.object({
  pickup: code(defaultCodes.pickup),
  dndOn: code(defaultCodes.dndOn),
  dndOff: code(defaultCodes.dndOff),
  forwardAlways: code(defaultCodes.forwardAlways),
  forwardAlwaysOff: code(defaultCodes.forwardAlwaysOff),
  forwardBusy: code(defaultCodes.forwardBusy),
  forwardBusyOff: code(defaultCodes.forwardBusyOff),
  forwardNoAnswer: code(defaultCodes.forwardNoAnswer),
  forwardNoAnswerOff: code(defaultCodes.forwardNoAnswerOff),
  record: code(defaultCodes.record),
  swap: code(defaultCodes.swap),
  threeWay: code(defaultCodes.threeWay),
  complete: code(defaultCodes.complete),
  conference: code(defaultCodes.conference),
  agent: name(defaultCodes.agent),
  agentLogin: code(defaultCodes.agentLogin),
  context: name(defaultCodes.context),
})

const arrangement = z.object({
  favourites: z.array(z.string()).default([]),
  groups: z.array(z.object({ name: z.string(), members: z.array(z.string()) })).default([]),
  order: z.array(z.string()).default([]),
  queues: z.array(z.object({
    queue: z.string(),
    interface: z.string(),
    stateInterface: z.string().nullable(),
    name: z.string().nullable(),
    penalty: z.number().int(),
  })).default([]),
})

const profile = z.object({
  host: z.string().min(1).max(253),
  port: z.number().int().min(1).max(65535),
  tls: z.boolean(),
  username: z.string().min(1),
  fingerprint: z.string().nullable(),
  authority: z.string().nullable(),
  extension: z.string(),
  hintContext: z.string(),
  devices: z.array(z.string()),
  mailboxes: z.array(z.string()),
  dialContext: z.string(),
  voicemailNumber: z.string(),
  voicemailExten: z.string().default(''),
  outsidePrefix: z.string().default(''),
  sealedSecret: z.string().nullable(),
  codes: codes.prefault({}),
})

const preferences = z.object({
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  language: z.enum(['system', 'en']).default('system'),
  closeToTray: z.boolean().default(true),
  popup: z.boolean().default(true),
  popupCorner: z.enum(['top-left', 'top-right', 'bottom-left', 'bottom-right']).default('top-right'),
  popupLingerSeconds: z.number().int().min(0).max(60).default(4),
  openDialFromLinks: z.boolean().default(true),
  pauseReasons: z.array(z.string().min(1).max(80)).max(40).default([]),
  queueLevels: z.object({
    busyWaiting: z.number().int().min(1).default(3),
    alarmWaiting: z.number().int().min(1).default(6),
    busySeconds: z.number().int().min(1).default(60),
    alarmSeconds: z.number().int().min(1).default(180),
  }).prefault({}),
})

const settings = z.object({
  version: z.literal(1),
  demo: z.boolean().default(false),
  profile: profile.nullable().default(null),
  preferences: preferences.prefault({}),
  arrangements: z.record(z.string(), arrangement).default({}),
})

export const defaultSettings: Settings = settings.parse({ version: 1 })

/** What a settings file says; null when that is not ours or was written by a later version. What is missing gets its default. */
export function parseSettings(raw: unknown): Settings | null {
  return settings.safeParse(upgrade(raw)).data ?? null
}

/** How a file of version n becomes one of version n + 1. */
const STEPS: Readonly<Record<number, (old: object) => object>> = {
  // Files made by hand carry no version.
  0: old => ({ ...old, version: 1 }),
}

function upgrade(raw: unknown): unknown {
  let now = raw
  while (typeof now === 'object' && now !== null && !Array.isArray(now)) {
    const version = 'version' in now ? now.version : 0
    const step = typeof version === 'number' ? STEPS[version] : undefined
    if (step === undefined)
      return now
    now = step(now)
  }
  return now
}

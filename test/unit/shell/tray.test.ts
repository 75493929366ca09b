import type { Reflection } from '../../../main/shell-port.ts'
import type { TrayFace } from '../../../main/shell/tray/face.ts'
import type { Panel } from '../../../main/shell/tray/picture.ts'
import { describe, expect, it } from 'vitest'
import { createTexts } from '../../../main/locales/index.ts'
import { stateLine, tooltip, trayFace } from '../../../main/shell/tray/face.ts'
import { drawTray } from '../../../main/shell/tray/picture.ts'
import { aCall, aLine, aMailbox, anAlert, connected, somePreferences } from '../../support/rows.ts'

const texts = createTexts()
const quiet: Reflection = { connection: connected(), line: aLine(), alerts: [], calls: [], mailboxes: [], preferences: somePreferences() }
const mailbox = aMailbox({ newMessages: 2 })

describe('the face of the tray', () => {
  it('is free while nothing happens', () => {
    expect(trayFace(quiet)).toEqual({ state: 'idle', voicemail: 0 })
  })

  it('is offline without a server and without a phone', () => {
    expect(trayFace({ ...quiet, connection: { ...quiet.connection, state: 'waiting' }, alerts: [anAlert()] }).state).toBe('offline')
    expect(trayFace({ ...quiet, line: aLine({ state: 'unavailable' }) }).state).toBe('offline')
  })

  it('rings while a call rings me, also during another call', () => {
    expect(trayFace({ ...quiet, alerts: [anAlert()], calls: [aCall()] }).state).toBe('ringing')
  })

  it('no longer rings when the call has ended', () => {
    expect(trayFace({ ...quiet, alerts: [anAlert({ state: 'missed' })] }).state).toBe('idle')
  })

  it('is in a call during a call, also one that only the phone knows', () => {
    expect(trayFace({ ...quiet, calls: [aCall()] }).state).toBe('in-call')
    expect(trayFace({ ...quiet, line: aLine({ state: 'inuse' }) }).state).toBe('in-call')
  })

  it('adds the messages of all mailboxes', () => {
    expect(trayFace({ ...quiet, mailboxes: [mailbox, mailbox] }).voicemail).toBe(4)
  })

  it('shows that there is voicemail where the server does not count', () => {
    expect(trayFace({ ...quiet, mailboxes: [{ ...mailbox, newMessages: null }] }).voicemail).toBe('some')
  })

  it('says all of it in words', () => {
    expect(tooltip({ ...quiet, mailboxes: [mailbox] }, texts)).toBe('Ringside – 1001: Free – 2 new voicemail messages')
    expect(stateLine({ ...quiet, connection: { ...quiet.connection, state: 'unconfigured' }, line: null }, texts)).toBe('Not set up yet')
  })
})

const states = ['offline', 'idle', 'ringing', 'in-call'] as const
const counts = [0, 'some', 1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as const

/** The brightness of each pixel over the panel: what somebody sees who sees no colours. */
function grey(face: TrayFace, panel: Panel, size: number): number[] {
  const bytes = drawTray(face, panel, size)
  const ground = panel === 'dark'
    ? 30
    : 235
  return Array.from({ length: size * size }, (_, index) => {
    const [blue = 0, green = 0, red = 0, alpha = 0] = bytes.slice(index * 4, index * 4 + 4)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue + ground * (1 - alpha / 255)
  })
}

/** How many pixels of two pictures differ so much that it is seen. */
function differing(a: readonly number[], b: readonly number[]): number {
  return a.filter((value, index) => Math.abs(value - (b[index] ?? 0)) > 60).length
}

describe.each(['dark', 'light', 'template'] as const)('the picture of the tray on a %s panel', (panel) => {
  it.each([16, 22, 32, 44])('tells the states apart without colour at %i pixels', (size) => {
    for (const voicemail of [0, 3] as const) {
      const pictures = states.map(state => grey({ state, voicemail }, panel, size))
      const distances = pictures.flatMap((one, index) => pictures.slice(index + 1).map(other => differing(one, other)))
      expect(Math.min(...distances)).toBeGreaterThan(size * size * 0.06)
    }
  })

  it('tells the counts apart without colour at 16 pixels', () => {
    const pictures = counts.map(voicemail => grey({ state: 'idle', voicemail }, panel, 16))
    const distances = pictures.flatMap((one, index) => pictures.slice(index + 1).map(other => differing(one, other)))
    expect(Math.min(...distances)).toBeGreaterThanOrEqual(3)
  })

  it('never says more than its alpha can carry', () => {
    const bytes = drawTray({ state: 'ringing', voicemail: 10 }, panel, 44)
    for (let at = 0; at < bytes.length; at += 4)
      expect(Math.max(bytes[at] ?? 0, bytes[at + 1] ?? 0, bytes[at + 2] ?? 0)).toBeLessThanOrEqual(bytes[at + 3] ?? 0)
  })

  it('shows one count beyond nine', () => {
    expect(drawTray({ state: 'idle', voicemail: 10 }, panel, 16)).toEqual(drawTray({ state: 'idle', voicemail: 99 }, panel, 16))
  })
})

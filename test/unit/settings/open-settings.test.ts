import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { defaultCodes } from '../../../main/features/office-config.ts'
import { silentLog } from '../../../main/log.ts'
import { withDemo } from '../../../main/settings/demo-settings.ts'
import { openSettings } from '../../../main/settings/open-settings.ts'
import { defaultSettings } from '../../../main/settings/parse.ts'

let folder = ''
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'ringside-settings-')) })
afterEach(() => rmSync(folder, { recursive: true }))

const file = () => join(folder, 'settings.json')
const open = () => openSettings(folder, content => writeFileSync(file(), JSON.stringify(content)), silentLog)
const profile = {
  host: 'pbx.example',
  port: 5038,
  tls: false,
  username: 'ringside-1001',
  fingerprint: null,
  authority: null,
  extension: '1001',
  hintContext: 'hints',
  devices: ['PJSIP/1001'],
  mailboxes: ['1001@default'],
  dialContext: 'internal',
  voicemailNumber: '*97',
  voicemailExten: '',
  outsidePrefix: '',
  sealedSecret: 'c2VhbGVk',
  codes: defaultCodes,
}

describe('the settings', () => {
  it('are defaults on the first run, and nothing is written for it', () => {
    const { store, wasReset } = open()
    expect({ settings: store.get(), wasReset, files: readdirSync(folder) }).toEqual({ settings: defaultSettings, wasReset: false, files: [] })
  })

  it('are there again after a restart', () => {
    open().store.update(all => ({ ...all, profile, preferences: { ...all.preferences, theme: 'dark' } }))
    const { profile: kept, preferences } = open().store.get()
    expect({ kept, theme: preferences.theme }).toEqual({ kept: profile, theme: 'dark' })
  })

  it('fill in what an older file does not know', () => {
    const { codes: _, ...older } = profile
    writeFileSync(file(), JSON.stringify({ profile: older, preferences: { popup: false } }))
    const { store, wasReset } = open()
    expect({ settings: store.get(), wasReset }).toEqual({
      settings: { version: 1, demo: false, profile, preferences: { ...defaultSettings.preferences, popup: false }, arrangements: {} },
      wasReset: false,
    })
  })

  it('keep a context as long as the set-up takes it', () => {
    const codes = { ...defaultCodes, agent: 'a'.repeat(80), context: 'c'.repeat(80) }
    open().store.update(all => ({ ...all, profile: { ...profile, codes } }))
    const { store, wasReset } = open()
    expect({ codes: store.get().profile?.codes, wasReset }).toEqual({ codes, wasReset: false })
  })

  it.each([
    ['no JSON', '{"version":1,'],
    ['an empty file', ''],
    ['a list', '[]'],
    ['a port out of range', JSON.stringify({ version: 1, profile: { ...profile, port: 0 } })],
    ['a later version', JSON.stringify({ version: 2 })],
  ])('are kept aside, untouched, when they are %s', (_what, text) => {
    writeFileSync(file(), text)
    writeFileSync(join(folder, 'settings.corrupt-1.json'), 'an earlier one')
    const { store, wasReset } = open()
    expect({ settings: store.get(), wasReset, aside: readFileSync(join(folder, 'settings.corrupt-2.json'), 'utf8'), files: readdirSync(folder) }).toEqual({
      settings: defaultSettings,
      wasReset: true,
      aside: text,
      files: ['settings.corrupt-1.json', 'settings.corrupt-2.json'],
    })
  })

  it('stay as they are when the disk refuses', () => {
    const { store } = openSettings(folder, () => { throw new Error('EROFS') }, silentLog)
    expect(() => store.update(all => ({ ...all, profile }))).toThrow(expect.objectContaining({ code: 'settings-readonly' }))
    expect(store.get()).toEqual(defaultSettings)
  })

  it('are not written when nothing changes', () => {
    const { store } = openSettings(folder, () => { throw new Error('EROFS') }, silentLog)
    expect(() => store.update(all => ({ ...all }))).not.toThrow()
  })
})

describe('the settings of a start in the demo office', () => {
  it('are in the demo office and leave the stored ones where they were', () => {
    const { store } = open()
    store.update(all => ({ ...all, profile }))
    const demo = withDemo(store)
    demo.update(all => ({ ...all, preferences: { ...all.preferences, theme: 'dark' } }))
    expect({ demo: demo.get().demo, stored: open().store.get() }).toEqual({
      demo: true,
      stored: { ...defaultSettings, profile, preferences: { ...defaultSettings.preferences, theme: 'dark' } },
    })
  })

  it('end when the person sets up a server', () => {
    const demo = withDemo(open().store)
    demo.update(all => ({ ...all, demo: false, profile }))
    expect({ now: demo.get(), stored: open().store.get() }).toEqual({ now: { ...defaultSettings, profile }, stored: { ...defaultSettings, profile } })
  })
})

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { silentLog } from '../../../main/log.ts'
import { glanceAtSettings } from '../../../main/settings/glance.ts'
import { openSettings } from '../../../main/settings/open-settings.ts'

let folder = ''
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'ringside-glance-')) })
afterEach(() => rmSync(folder, { recursive: true }))

const write = (text: string) => writeFileSync(join(folder, 'settings.json'), text)

describe('a glance at the settings', () => {
  it('sees what the first window is made with', () => {
    write(JSON.stringify({ version: 1, preferences: { theme: 'dark', closeToTray: false } }))
    expect(glanceAtSettings(folder, false)).toEqual({ theme: 'dark', closeToTray: false, firstLook: null })
  })

  it.each(['', 'no JSON', 'null', '[]', '{"preferences":null}', '{"preferences":{"theme":"red","closeToTray":1}}', '{"preferences":"dark"}', '{"profile":null}', '{"profile":{"host":7}}', '{"demo":1}'])('takes %j for new settings', (text) => {
    write(text)
    expect(glanceAtSettings(folder, false)).toEqual({ theme: 'system', closeToTray: true, firstLook: null })
  })

  it('agrees with the settings as they are read later', () => {
    for (const preferences of [{}, { theme: 'light' }, { theme: 'system', closeToTray: true }, { closeToTray: false }]) {
      write(JSON.stringify({ version: 1, preferences }))
      const { theme, closeToTray } = openSettings(folder, () => {}, silentLog).store.get().preferences
      expect(glanceAtSettings(folder, false)).toEqual({ theme, closeToTray, firstLook: null })
    }
  })

  it('sees the server that the window is about to show', () => {
    write(JSON.stringify({ version: 1, profile: { host: 'pbx.example', port: 5039, tls: true } }))
    expect(glanceAtSettings(folder, false).firstLook).toEqual({ server: 'pbx.example:5039', secured: true, demo: false })
  })

  it.each([
    ['the settings say so', { version: 1, demo: true, profile: { host: 'pbx.example', port: 5038, tls: false } }, false],
    ['the command line says so', { version: 1, profile: { host: 'pbx.example', port: 5038, tls: false } }, true],
  ])('sees the demo office where %s', (_why, settings, demo) => {
    write(JSON.stringify(settings))
    expect(glanceAtSettings(folder, demo).firstLook).toEqual({ server: 'Demo office', secured: false, demo: true })
  })
})

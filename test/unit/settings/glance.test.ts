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
    expect(glanceAtSettings(folder)).toEqual({ theme: 'dark', closeToTray: false })
  })

  it.each(['', 'no JSON', 'null', '[]', '{"preferences":null}', '{"preferences":{"theme":"red","closeToTray":1}}', '{"preferences":"dark"}'])('takes %j for new settings', (text) => {
    write(text)
    expect(glanceAtSettings(folder)).toEqual({ theme: 'system', closeToTray: true })
  })

  it('agrees with the settings as they are read later', () => {
    for (const preferences of [{}, { theme: 'light' }, { theme: 'system', closeToTray: true }, { closeToTray: false }]) {
      write(JSON.stringify({ version: 1, preferences }))
      const { theme, closeToTray } = openSettings(folder, () => {}, silentLog).store.get().preferences
      expect(glanceAtSettings(folder)).toEqual({ theme, closeToTray })
    }
  })
})

import type { Profile } from '../../main/settings/schema.ts'
import { expect, it } from 'vitest'
import { createApp } from '../../main/app.ts'
import { defaultCodes } from '../../main/features/office-config.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import { createFakeShell } from '../support/fake-shell.ts'
import { createMemoryLog } from '../support/memory-log.ts'
import { createMemorySecrets, createMemorySettings, createMemoryTodos } from '../support/memory-stores.ts'
import { ScriptedServer } from '../support/scripted-server.ts'
import { settled } from '../support/turns.ts'

const profile: Profile = { host: 'pbx.example', port: 5038, tls: false, username: 'companion', fingerprint: null, authority: null, extension: '1001', hintContext: 'hints', devices: ['PJSIP/1001'], mailboxes: [], dialContext: 'internal', voicemailNumber: '', voicemailExten: '', outsidePrefix: '', sealedSecret: null, codes: defaultCodes }

it('leaves one session behind when the person connects twice before the old one has said goodbye', async () => {
  const server = new ScriptedServer()
  const secrets = createMemorySecrets()
  secrets.keepForSession('secret')
  const app = createApp({
    settings: createMemorySettings({ profile }),
    secrets,
    todos: createMemoryTodos(),
    shell: createFakeShell(),
    clock: createFakeClock(),
    log: createMemoryLog(),
    random: () => 0.5,
    connect: () => server.connect,
    lookup: async host => host,
    createDemo: () => { throw new Error('there is no demo office here') },
  })
  app.start()
  await settled()
  await Promise.all([app.route('connection.unlock', { secret: 'secret' }), app.route('connection.unlock', { secret: 'secret' })])
  await settled()
  expect(server.connections.filter(({ isOpen }) => isOpen)).toEqual([server.latest])
  await app.stop()
  expect(server.connections.filter(({ isOpen }) => isOpen)).toEqual([])
})

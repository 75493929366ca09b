import type { AppParts } from '../../main/app.ts'
import type { SecretStore } from '../../main/credentials/secret-store.ts'
import type { Profile } from '../../main/settings/schema.ts'
import type { SettingsStore } from '../../main/settings/settings-store.ts'
import type { AppPort } from '../../main/shell-port.ts'
import { expect, it } from 'vitest'
import { createApp } from '../../main/app.ts'
import { AppError } from '../../main/errors.ts'
import { defaultCodes } from '../../main/features/office-config.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import { createFakeShell } from '../support/fake-shell.ts'
import { createMemoryLog } from '../support/memory-log.ts'
import { createMemorySecrets, createMemorySettings, createMemoryTodos } from '../support/memory-stores.ts'
import { ScriptedServer } from '../support/scripted-server.ts'
import { settled } from '../support/turns.ts'

const profile: Profile = { host: 'pbx.example', port: 5038, tls: false, username: 'companion', fingerprint: null, authority: null, extension: '1001', hintContext: 'hints', devices: ['PJSIP/1001'], mailboxes: [], dialContext: 'internal', voicemailNumber: '', voicemailExten: '', outsidePrefix: '', sealedSecret: null, codes: defaultCodes }

function programWith(settings: SettingsStore, secrets: SecretStore, connect: AppParts['connect']): AppPort {
  return createApp({
    settings,
    secrets,
    todos: createMemoryTodos(),
    shell: createFakeShell(),
    clock: createFakeClock(),
    log: createMemoryLog(),
    random: () => 0.5,
    connect,
    lookup: async host => host,
    createDemo: () => { throw new Error('there is no demo office here') },
  })
}

it('leaves one session behind when the person connects twice before the old one has said goodbye', async () => {
  const server = new ScriptedServer()
  const secrets = createMemorySecrets()
  secrets.keepForSession('secret')
  const app = programWith(createMemorySettings({ profile }), secrets, () => server.connect)
  app.start()
  await settled()
  await Promise.all([app.route('connection.unlock', { secret: 'secret' }), app.route('connection.unlock', { secret: 'secret' })])
  await settled()
  expect(server.connections.filter(({ isOpen }) => isOpen)).toEqual([server.latest])
  await app.stop()
  expect(server.connections.filter(({ isOpen }) => isOpen)).toEqual([])
})

it('keeps the secret of the server of before where the disk takes no other', async () => {
  const secrets = createMemorySecrets()
  secrets.keepForSession('of before')
  const refuse = (): never => { throw new AppError('settings-readonly', 'The disk is full') }
  const app = programWith({ ...createMemorySettings({ profile }), update: refuse }, secrets, () => new ScriptedServer().connect)
  const { host, port, tls, username, fingerprint, authority, extension, hintContext, devices, mailboxes, dialContext, voicemailNumber, voicemailExten, outsidePrefix } = profile
  const input = { server: { host: `other.${host}`, port, tls, username, secret: 'of the other', fingerprint, authority }, line: { extension, hintContext, devices, mailboxes, dialContext, voicemailNumber, voicemailExten, outsidePrefix }, keepSecret: 'session' }
  expect(await app.route('setup.save', input)).toMatchObject({ ok: false, error: { code: 'settings-readonly' } })
  expect(secrets.session()).toBe('of before')
})

import { createHash } from 'node:crypto'
import { expect } from 'vitest'
import { nextTick } from 'vue'
import { parseConfig } from '../../../main/admin/config/config-file.ts'
import { readTypedPacket } from '../../../main/admin/console/typed-text.ts'
import { eventEntries } from '../../../main/ami/catalog/entries.ts'
import { failureIn } from '../../../main/ami/session/answers.ts'
import { readGreeting } from '../../../main/ami/session/dialect.ts'
import { encodeAction } from '../../../main/ami/wire/encoder.ts'
import { modernEncoderLimits } from '../../../main/ami/wire/limits.ts'
import { useServerForm } from '../../../renderer/composables/useServerForm.ts'
import { decodeChunks } from '../../support/decode.ts'
import { item } from './item.ts'

const everywhere = ['1.2/login_ok', '1.4/login_ok', '1.8/login_ok', '11/login_ok', '16/login-logoff', '22/login-logoff']
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8')

item('S-001', everywhere, 'reads lines of a name, a colon and a value, nothing else', ({ said }) => {
  const whole = said.flatMap(packet => packet.entries())
  expect(whole.length).toBeGreaterThan(5)
  expect(said.flatMap(packet => packet.raw().split(/\r?\n/)).filter(line => line !== '' && !/^[\w-]+: ?/.test(line))).toEqual([])
})

item('S-002', ['1.2/framing', '1.4/framing'], 'writes CR LF, because a bare LF is not answered', ({ asked, outcomes, bytes }) => {
  expect(asked('Ping', { ActionID: 'lf-only' }).length).toBe(1)
  expect(outcomes('Ping', { ActionID: 'lf-only' })).toEqual(['outcome-unknown'])
  expect(bytes).not.toContain('lf-only')
  expect(text(encodeAction('Ping', {}, 'a1', modernEncoderLimits))).toBe('Action: Ping\r\nActionID: a1\r\n\r\n')
})
item('S-002', ['1.8/framing', '11/framing'], 'writes CR LF, though a bare LF is understood from 1.6 on', ({ outcomes }) => {
  expect(outcomes('Ping', { ActionID: 'lf-only' })).toEqual(['Success'])
})

item('S-003', ['1.2/framing', '1.4/framing', '1.8/framing', '11/framing'], 'never sends the empty line that a server takes for a packet without action', ({ said, outcomes }) => {
  expect(outcomes('Ping', { ActionID: 'blankfirst' }).at(0)).toMatch(/^(?:Pong|Success)$/)
  expect(said.filter(packet => packet.get('Message') === 'Missing action in request').length).toBeGreaterThan(0)
  expect(text(encodeAction('Status', {}, 'a1', modernEncoderLimits)).split('\r\n\r\n')).toHaveLength(2)
})

item('S-004', everywhere, 'reads the greeting, which is a line and no packet', ({ banner, said, bytes }) => {
  expect(bytes.startsWith(`${banner}\r\n`)).toBe(true)
  expect(readGreeting(banner)).toMatchObject({ banner })
  expect(said[0]?.kind).toBe('response')
})

item('S-005', ['1.2/absolutetimeout_hangup', '1.4/absolutetimeout_hangup', '1.8/absolutetimeout_hangup', '22/p-channel-actions'], 'finds the answers among events that come at any time', ({ said, outcomes }) => {
  const kinds = said.map(({ kind }) => kind)
  expect(kinds.indexOf('event')).toBeLessThan(kinds.lastIndexOf('response'))
  expect(outcomes('AbsoluteTimeout').at(-1)).toBe('Timeout Set')
})

item('S-006', ['1.4/userevent', '1.8/userevent'], 'goes by the first line alone: events may carry Action and ActionID', ({ said, events }) => {
  const [event] = said.filter(packet => packet.kind === 'event' && packet.get('Action') !== undefined)
  expect(event).toMatchObject({ kind: 'event', name: 'UserEvent' })
  expect(events('UserEvent').length).toBeGreaterThan(0)
})
item('S-006', ['1.2/sip_iax', '1.4/sip_iax'], 'takes a packet without such a line for the text that it is', ({ asked }) => {
  expect(asked('IAXpeers')[0]?.outcome).toMatchObject({ response: { kind: 'text', name: '' } })
})

item('S-007', ['1.2/getvar_setvar', '1.4/getvar_setvar', '1.4/agents'], 'finds the ActionID wherever it stands', ({ said, outcomes }) => {
  const places = new Set(said.filter(packet => packet.kind === 'response').map(packet => packet.entries().findIndex(([name]) => name === 'ActionID')))
  expect(places.size).toBeGreaterThan(1)
  expect([...outcomes('Getvar'), ...outcomes('Setvar')]).not.toContain('outcome-unknown')
})
item('S-007', ['1.4/originate_variables', '1.8/originate_variables'], 'keeps the order of repeated headers', ({ asked }) => {
  const several = asked('Originate').map(({ packet }) => packet.all('Variable')).find(values => values.length > 1) ?? []
  expect(several).toEqual(['var1=23', 'var2=24', 'var3=25', 'var4=x y'])
  expect(text(encodeAction('Originate', { Variable: several }, 'a1', modernEncoderLimits))).toContain('Variable: var1=23\r\nVariable: var2=24\r\nVariable: var3=25\r\nVariable: var4=x y\r\n')
})

item('S-008', ['1.2/originate_sync', '1.4/originate_sync'], 'waits for one action at a time: the Ping behind a synchronous Originate is answered after it', ({ said, asked, outcomes }) => {
  const order = said.filter(({ kind }) => kind === 'response').map(packet => packet.get('ActionID'))
  const [ping] = asked('Ping').map(({ packet }) => packet.get('ActionID'))
  const originates = asked('Originate').map(({ packet }) => packet.get('ActionID'))
  expect(outcomes('Ping')).toEqual(['Pong'])
  expect(originates).toContain(order[order.indexOf(ping) - 1])
})

item('S-009', everywhere, 'settles each action with its own response', ({ asked, outcomes }) => {
  expect(asked('Logoff')).toHaveLength(1)
  expect([...outcomes('Login'), ...outcomes('Logoff')]).toEqual(['Authentication accepted', 'Thanks for all the fish.'])
})

item('S-010', ['1.2/absolutetimeout_hangup', '1.4/absolutetimeout_hangup', '1.8/absolutetimeout_hangup', '22/p-channel-actions'], 'knows every event that the server sends', ({ said }) => {
  const names = [...new Set(said.filter(({ kind }) => kind === 'event').map(({ name }) => name))]
  const known = new Set(Object.keys(eventEntries).map(name => name.toLowerCase()))
  expect(names.length).toBeGreaterThan(8)
  expect(names.filter(name => !known.has(name.toLowerCase()))).toEqual([])
})

item('S-012', ['1.4/config', '1.8/config', '11/config'], 'reads the accounts of manager.conf with their rights', async ({ answer }) => {
  const { categories } = parseConfig('manager.conf', answer('GetConfig', { Filename: 'manager.conf' }).response, 0)
  expect(categories.map(({ name }) => name)).toEqual(expect.arrayContaining(['general', 'admin', 'companion', 'readonly', 'denied']))
  const lines = categories.find(({ name }) => name === 'denied')?.lines ?? []
  expect(lines).toEqual(expect.arrayContaining([
    { name: 'deny', value: '0.0.0.0/0.0.0.0', isObject: false },
    { name: 'permit', value: '10.9.9.9/255.255.255.255', isObject: false },
    { name: 'read', value: 'call', isObject: false },
  ]))
})

item('S-013', ['1.2/login_ok', '1.4/login_ok', '1.8/login_ok', '11/login_ok', '22/login-logoff'], 'logs in with the account and its secret', ({ asked, outcomes }) => {
  const [login] = asked('Login')
  expect([login?.packet.get('Username'), (login?.packet.get('Secret') ?? '').length > 0]).toEqual(['admin', true])
  expect(outcomes('Login')).toEqual(['Authentication accepted'])
})
item('S-013', ['1.2/login_failed.nouser', '1.4/login_failed.nouser', '1.8/login_failed.nouser', '11/login_failed.nouser'], 'is told nothing but that it failed, and the server closes', ({ outcomes, closed }) => {
  expect(outcomes('Login')).toEqual(['action-refused: Authentication failed'])
  expect(closed).toBe(true)
})

item('S-014', ['22/z-eventmask-off'], 'gets no event after a login with Events: off', ({ asked, said }) => {
  expect(asked('Login')[0]?.packet.get('Events')).toBe('off')
  expect(said.filter(({ kind }) => kind === 'event')).toEqual([])
})
item('S-014', ['1.2/login_md5.good', '1.4/login_md5.good', '11/login_md5.good'], 'proves the secret by a challenge, which the description leaves out', ({ answer, asked, outcomes }) => {
  const challenge = answer('Challenge').response.get('Challenge') ?? ''
  const key = createHash('md5').update(`${challenge}secret`).digest('hex')
  expect(asked('Login')[0]?.packet.get('Key')).toBe(key)
  expect(outcomes('Login')).toEqual(['Authentication accepted'])
})

item('S-015', ['1.4/originate_variables', '1.8/originate_variables'], 'writes an action as the pattern says, and as a server took it', ({ asked, outcomes }) => {
  const wanted = asked('Originate').find(({ packet }) => packet.all('Variable').length > 1)?.packet
  const fields = Object.fromEntries((wanted?.entries() ?? []).filter(([name]) => !/^action(?:id)?$/i.test(name)).map(([name]) => [name, wanted?.all(name) ?? []]))
  const [read] = decodeChunks([encodeAction('Originate', fields, wanted?.get('ActionID') ?? '', modernEncoderLimits)], { banner: false }).messages
  expect(read?.entries().toSorted()).toEqual(wanted?.entries().toSorted())
  expect(new Set(outcomes('Originate'))).toEqual(new Set(['Originate successfully queued']))
})

item('S-016', ['1.2/originate_variables', '1.4/originate_variables', '1.8/originate_variables'], 'gives each variable a header, which every release reads', ({ asked, said }) => {
  const at = asked('Originate').findIndex(({ packet }) => packet.all('Variable').length > 1)
  const told = said.filter(packet => packet.kind === 'event' && packet.name.startsWith('UserEvent'))
  expect(told).toHaveLength(asked('Originate').length)
  expect(told[at]?.raw()).toMatch(/V1: 23\s+V2: 24\s+V3: 25\s+V4: x y/)
})

item('S-017', ['1.2/command', '1.4/command', '1.8/command', '11/command'], 'asks the console for the actions, under the name of the release', ({ asked, banner }) => {
  const outputs = ['show manager commands', 'manager show commands'].map((command) => {
    const [first] = asked('Command', { Command: command })
    return first && 'response' in first.outcome ? first.outcome.response.output ?? [] : []
  })
  const [old, now] = outputs.map(lines => lines.some(line => /ListCommands/.test(line)))
  expect([old, now]).toEqual(banner.endsWith('/1.0') ? [true, now] : [false, true])
})

item('S-018', ['1.2/ping_listcommands', '1.2/events_mask', '1.2/command', '1.2/login_ok'], 'reads the words besides Success and Error', ({ said }) => {
  const words = new Set(said.filter(({ kind }) => kind === 'response').map(({ name }) => name))
  expect([...words].filter(word => word !== 'Success' && word !== 'Error').length).toBeGreaterThan(0)
  expect(said.filter(packet => !/^Error$/.test(packet.name) && failureIn(packet, 'Ping') !== null)).toEqual([])
})

item('S-063', ['1.2/framing', '1.4/framing', '1.8/framing', '11/framing'], 'tells three answers apart that were asked for at once', ({ asked }) => {
  const together = ['p1', 'p2', 'p3'].map(id => asked('Ping', { ActionID: id })[0]?.outcome)
  expect(together.map(outcome => outcome && 'response' in outcome ? outcome.response.get('ActionID') : null)).toEqual(['p1', 'p2', 'p3'])
})

item('S-102', ['1.2/db', '1.4/db', '1.8/db', '11/db', '22/n-astdb'], 'finds the value by its name, whatever its place', ({ answer }) => {
  const [item] = answer('DBGet').items
  expect(item?.get('val')).toBe(item?.entries().find(([name]) => name === 'Val')?.[1])
  expect(item?.entries().findIndex(([name]) => name === 'Val')).not.toBe(7)
})

item('S-125', ['1.2/absolutetimeout_hangup', '22/p-lists'], 'has no event under the empty heading', ({ said }) => {
  expect(said.length).toBeGreaterThan(0)
  expect(Object.keys(eventEntries).filter(name => /command ?status/i.test(name))).toEqual([])
})
item('S-156', ['1.2/absolutetimeout_hangup', '22/p-lists'], 'has no event under the empty heading', ({ said }) => {
  expect(said.filter(({ name }) => /^log ?status$/i.test(name))).toEqual([])
  expect(Object.keys(eventEntries).filter(name => /^log ?status$/i.test(name))).toEqual([])
})

item('S-180', ['1.2/framing', '1.4/framing', '1.8/framing', '11/framing'], 'gives "Missing action in request" to nobody who asked something', ({ said, asked }) => {
  const complaints = said.filter(packet => packet.get('Message') === 'Missing action in request')
  expect(complaints.length).toBeGreaterThan(0)
  const answers = asked('Ping').flatMap(({ outcome }) => 'response' in outcome ? [outcome.response] : [])
  expect(answers.length).toBeGreaterThan(5)
  expect(answers.filter(answer => complaints.includes(answer))).toEqual([])
})

item('S-181', ['1.2/errors', '1.4/errors'], 'knows an unknown action by the whole sentence of old releases', ({ outcomes }) => {
  expect(outcomes('Frobnicate')).toEqual(['unknown-action: Invalid/unknown command'])
})
item('S-181', ['1.8/errors', '11/errors', '16/login-unknown-action', '22/login-unknown-action'], 'knows an unknown action by how the sentence begins', ({ outcomes, asked }) => {
  const name = asked('Frobnicate').length > 0 ? 'Frobnicate' : 'Nonsense'
  expect(outcomes(name)).toEqual([`unknown-action: Invalid/unknown command: ${name}. Use Action: ListCommands to show available commands.`])
})

item('S-182', ['1.2/permissions.readonly', '1.4/permissions.readonly', '1.8/permissions.readonly', '11/permissions.readonly'], 'knows a lack of rights', ({ outcomes }) => {
  for (const action of ['Command', 'Originate', 'Hangup', 'Redirect', 'MailboxCount', 'SIPpeers', 'DBGet', 'Agents', 'Monitor'])
    expect([action, ...outcomes(action)]).toEqual([action, 'not-permitted: Permission denied'])
})
item('S-182', ['1.2/login_failed.prelogin', '1.4/login_failed.prelogin'], 'is asked to log in first in other words', ({ outcomes }) => {
  expect(outcomes('Status')).toEqual(['action-refused: Authentication Required'])
})
item('S-182', ['1.8/login_failed.prelogin', '11/login_failed.prelogin', '16/login-before', '22/login-before'], 'is refused before the login as if it had no right', ({ outcomes }) => {
  expect([...outcomes('Ping')]).toEqual(['not-permitted: Permission denied'])
})

item('S-184', ['1.4/config', '1.8/config'], 'takes wide colons and blank lines for the layout that they are', ({ outcomes, asked }) => {
  // The second example of the description, as it is printed: without blanks behind the colons old servers find no action in it.
  const printed = asked('UpdateConfig').find(({ packet }) => packet.get('Value-000000') === '>999,1,Dial(SIP/Bob)')
  expect(printed).toBeDefined()
  expect(outcomes('UpdateConfig').length).toBeGreaterThan(20)
  expect(readTypedPacket('action：updateconfig\n\nreload：yes\n\nsrcfilename：extensions.conf')).toEqual({ action: 'updateconfig', fields: [['reload', 'yes'], ['srcfilename', 'extensions.conf']] })
})

item('S-011', everywhere, 'is greeted at a port whose usual number the set-up proposes', async ({ banner }) => {
  const { form } = useServerForm(null)
  expect([banner.startsWith('Asterisk Call Manager/'), form.port]).toEqual([true, '5038'])
  form.tls = true
  await nextTick()
  expect(form.port).toBe('5039')
})

item('S-030', ['1.4/config', '1.8/config'], 'can read the file in which a server switches events on, and says which it is', ({ answer }) => {
  expect(answer('GetConfig').response.entries().some(([name]) => name.startsWith('Category-'))).toBe(true)
  expect(Object.values(eventEntries).some(({ note }) => /\.conf/.test(note ?? ''))).toBe(true)
})

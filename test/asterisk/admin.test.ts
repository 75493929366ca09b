import type { ConfigChange, ConfigFile } from '#contract/admin.ts'
import type { Admin } from '../../main/admin/admin.ts'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createAdmin } from '../../main/admin/admin.ts'
import { connectTo } from '../../main/ami/transport/connect.ts'
import { systemClock } from '../../main/clock.ts'
import { silentLog } from '../../main/log.ts'
import { createFakeShell } from '../support/fake-shell.ts'
import { describeAsterisk } from './support/describe-asterisk.ts'
import { KARLA, useOffice } from './support/office.ts'

const EVERYTHING = { names: [], text: '', channel: '', linkedid: '', direction: 'both' as const }

await describeAsterisk('the administration of a real server', (program) => {
  const office = useOffice(program)
  const open: Admin[] = []
  let ask: Admin['handlers']

  async function openAdmin(): Promise<Admin['handlers']> {
    const { server } = office()
    const admin = createAdmin({
      target: async () => ({ connect: connectTo({ host: server.host, port: server.ports.ami, tls: false, fingerprint: null, authority: null }), secured: false, ...server.credentials.admin, server: server.host }),
      shell: createFakeShell(),
      clock: systemClock,
      random: Math.random,
      log: silentLog,
    })
    open.push(admin)
    const status = await admin.handlers['admin.open'](undefined)
    expect(status).toMatchObject({ state: 'online', error: null, dialect: 'modern', asterisk: expect.stringMatching(new RegExp(`^${program.version}\\.`)) })
    return admin.handlers
  }

  beforeEach(async () => {
    ask = await openAdmin()
  })
  afterEach(() => Promise.all(open.splice(0).map(admin => admin.close())))

  it('S-044 knows every action that the server offers, and offers only those', async () => {
    const { actions } = await ask['admin.status'](undefined)
    const { actions: catalogue } = await ask['admin.catalog'](undefined)
    const known = new Set(catalogue.map(({ name }) => name.toLowerCase()))
    expect(actions?.length).toBeGreaterThan(60)
    expect(actions?.filter(name => !known.has(name))).toEqual([])
    expect(catalogue.filter(({ allowed }) => allowed).map(({ name }) => name.toLowerCase()).toSorted()).toEqual(actions?.toSorted())
  })

  it('knows the headers of every action that the server describes', async () => {
    const { actions: catalogue } = await ask['admin.catalog'](undefined)
    const unknown: string[] = []
    let described = 0
    for (const { allowed, name, parameters } of catalogue) {
      if (!allowed)
        continue
      const { lines } = await ask['admin.cli']({ command: `manager show command ${name}`, confirmed: false })
      const from = lines.findIndex(line => line.startsWith('Action: '))
      for (const line of from === -1 ? [] : lines.slice(from + 1, lines.indexOf('', from))) {
        const [, header = ''] = /^\[?([\w()-]+):\]? ?</.exec(line) ?? []
        described++
        // Documented as examples of names.
        if (!/^(?:action(?:id)?|header[1N])$/i.test(header) && !parameters.some(parameter => parameter.name.toLowerCase() === header.toLowerCase()))
          unknown.push(`${name} ${header}`)
      }
    }
    expect(described).toBeGreaterThan(200)
    expect(unknown).toEqual([])
  })

  it('S-034 sends an action from the console and shows answer and time', async () => {
    const began = performance.now()
    const report = await ask['admin.send']({ action: 'ExtensionState', fields: [['Exten', '1001'], ['Context', 'hints']], confirmed: false })
    expect(report).toMatchObject({ failure: null, answer: [{ kind: 'response', name: 'Success' }], sent: { direction: 'out', name: 'ExtensionState' } })
    expect(report.elapsedMs).toBeLessThanOrEqual(Math.ceil(performance.now() - began))
  })

  it('S-168 gathers the events that an action causes', async () => {
    const report = await ask['admin.sendText']({ text: 'Action: UserEvent\nUserEvent: Note\nText: hello: you', confirmed: true })
    expect([...report.answer, ...report.caused].map(({ kind, name }) => `${kind} ${name}`).toSorted()).toEqual(['event UserEvent', 'response Success'])
  })

  it('S-070 runs no program from a form', async () => {
    const fields: [string, string][] = [['Channel', 'Local/7001@internal'], ['Application', 'System'], ['Data', 'true'], ['Async', 'true']]
    await expect(ask['admin.send']({ action: 'Originate', fields, confirmed: true })).rejects.toMatchObject({ code: 'never-allowed' })
    const { packets } = await ask['admin.trace.page']({ filter: { ...EVERYTHING, names: ['Originate'] }, before: null, limit: 5 })
    expect(packets).toEqual([])
  })

  it('S-025 runs a console command and completes one', async () => {
    expect((await ask['admin.cli']({ command: 'core show version', confirmed: false })).lines[0]).toMatch(new RegExp(`^Asterisk ${program.version}\\.`))
    await expect(ask['admin.cli']({ command: 'nonsense', confirmed: true })).rejects.toMatchObject({ code: 'action-refused', message: expect.stringContaining('No such command') })
    expect(await ask['admin.completeCli']({ text: 'core show chann' })).toEqual(['core show channel', 'core show channels', 'core show channeltype', 'core show channeltypes'])
    expect(await ask['admin.completeCli']({ text: 'core show channels ' })).toEqual(expect.arrayContaining(['core show channels concise', 'core show channels verbose']))
    expect(await ask['admin.completeCli']({ text: 'zzz' })).toEqual([])
  })

  it('S-089 lists what is there as tables', async () => {
    const { phones } = office()
    const calling = phones.trunk.dial('5551201', KARLA)
    const phone = await phones[1001].nextCall()
    phone.answer()
    await calling.answered
    const table = async (name: Parameters<typeof ask['admin.table']>[0]['table'], of = '') => (await ask['admin.table']({ table: name, of })).rows
    const channels = await table('channels')
    expect(channels).toHaveLength(2)
    expect(channels.find(({ channel }) => channel?.startsWith('PJSIP/1001-'))).toMatchObject({ state: 'Up', seconds: expect.stringMatching(/^\d+$/) })
    expect(await ask['admin.details']({ table: 'channels', id: channels[0]?.channel ?? '' })).toContainEqual(['Channel', channels[0]?.channel])
    expect((await table('peers')).map(({ peer }) => peer)).toEqual(expect.arrayContaining(['PJSIP/1001', 'PJSIP/1002', 'PJSIP/trunk']))
    expect((await table('queues')).map(({ queue }) => queue)).toContain('support')
    expect((await table('queue-members', 'support')).length).toBeGreaterThan(0)
    expect((await table('mailboxes')).map(({ mailbox }) => mailbox)).toContain('1001')
    expect((await table('extensions')).map(({ exten }) => exten)).toContain('1001')
    expect((await table('queues-raw')).some(({ text }) => text?.startsWith('support has'))).toBe(true)
    expect((await table('log-channels')).some(({ text }) => /File/.test(text ?? ''))).toBe(true)
    expect([await table('parked'), await table('conferences')]).toEqual([[], []])
    await calling.hangUp()
  })

  it('S-101 writes, reads, lists and deletes in the AstDB', async () => {
    const entry = { family: 'ringside', key: 'a/b', value: 'c: d, "e"' }
    expect(await ask['admin.db.get'](entry)).toEqual({ value: null })
    await ask['admin.db.put']({ ...entry, confirmed: true })
    expect(await ask['admin.db.get'](entry)).toEqual({ value: entry.value })
    expect(await ask['admin.db.tree']({ family: 'ringside' })).toEqual([{ key: '/ringside/a/b', value: entry.value }])
    await ask['admin.db.delete']({ family: 'ringside', key: 'a/b', confirmed: true })
    expect(await ask['admin.db.tree']({ family: 'ringside' })).toEqual([])
    await ask['admin.db.put']({ ...entry, confirmed: true })
    await ask['admin.db.delete']({ family: 'ringside', key: '', confirmed: true })
    expect(await ask['admin.db.get'](entry)).toEqual({ value: null })
  })

  it('saves the trace of a call, opens it again and shows what the desk would have shown', async () => {
    const { phones } = office()
    const calling = phones.trunk.dial('5551201', KARLA)
    const phone = await phones[1001].nextCall()
    phone.answer()
    await calling.answered
    await calling.hangUp()
    await office().server.silent()
    // The answer to this comes after the last event of the call.
    await ask['admin.send']({ action: 'Ping', fields: [], confirmed: false })
    const live = await ask['admin.trace.replay']({ extension: '1001', devices: [], upTo: null })
    const { path } = await ask['admin.trace.save']({ filter: EVERYTHING, maskNumbers: false })
    expect(path).toMatch(/ringside-trace-.*\.txt$/)
    const { trace } = await ask['admin.trace.openFile'](undefined)
    expect(trace).toMatchObject({ source: 'file' })
    const opened = await ask['admin.trace.replay']({ extension: '1001', devices: [], upTo: null })
    expect(Object.values(opened.tables.recents)).toMatchObject([{ direction: 'in', outcome: 'answered', peer: KARLA }])
    expect(Object.values(opened.tables.recents)).toEqual(Object.values(live.tables.recents))
    const ringing = (await ask['admin.trace.page']({ filter: { ...EVERYTHING, names: ['DialState', 'DialBegin'] }, before: null, limit: 5 })).packets.at(-1)?.id ?? 0
    expect(Object.values((await ask['admin.trace.replay']({ extension: '1001', devices: [], upTo: ringing })).tables.calls)).toMatchObject([{ peer: KARLA }])
  })

  describe('its files', () => {
    const FILE = 'ringside-scratch.conf'
    const path = (): string => join(office().server.folder, 'etc', FILE)
    const write = (text: string): Promise<void> => writeFile(path(), text)
    /** What stands in the file, without the comment that the server puts above. */
    const text = async (): Promise<string> => (await readFile(path(), 'utf8')).split('\n').filter(line => line !== '' && !line.startsWith(';')).join(' / ')
    const START = '[Tpl](!)\nbase=1\n\n[t]\nk = a\nk = b\nk => A\nother = x\n\n[u](Tpl)\nn = 1\n\n[t]\nk = second\n'

    it('S-111 are read with templates, and of who inherits only its own lines', async () => {
      await write(START)
      const { categories } = await ask['admin.config.read']({ file: FILE })
      expect(categories.map(({ inherits, lines, name, template }) => [name, template, inherits, lines.map(({ value }) => value)])).toEqual([
        ['Tpl', true, [], ['1']],
        ['t', false, [], ['a', 'b', 'A', 'x']],
        ['u', false, ['Tpl'], ['1']],
        ['t', false, [], ['second']],
      ])
    })

    it.each<readonly [string, ConfigChange, string]>([
      ['a new category', { do: 'new-category', category: 'fresh', template: false, inherits: [] }, '[Tpl](!) / base = 1 / [t] / k = a / k = b / k => A / other = x / [u](Tpl) / n = 1 / [t] / k = second / [fresh]'],
      ['a new template', { do: 'new-category', category: 'fresh', template: true, inherits: ['Tpl'] }, '[Tpl](!) / base = 1 / [t] / k = a / k = b / k => A / other = x / [u](Tpl) / n = 1 / [t] / k = second / [fresh](!,Tpl)'],
      ['renaming', { do: 'rename-category', category: 't', to: 'renamed' }, '[Tpl](!) / base = 1 / [renamed] / k = a / k = b / k => A / other = x / [u](Tpl) / n = 1 / [renamed] / k = second'],
      ['deleting a category', { do: 'delete-category', category: 't' }, '[Tpl](!) / base = 1 / [u](Tpl) / n = 1'],
      ['emptying one', { do: 'empty-category', category: 't' }, '[Tpl](!) / base = 1 / [t] / [u](Tpl) / n = 1 / [t]'],
      ['an update without a match', { do: 'update', category: 't', name: 'k', value: 'z', match: '', isObject: false }, '[Tpl](!) / base = 1 / [t] / k = z / k = b / k => A / other = x / [u](Tpl) / n = 1 / [t] / k = z'],
      ['an update with one', { do: 'update', category: 'u', name: 'N', value: '2', match: '1', isObject: false }, '[Tpl](!) / base = 1 / [t] / k = a / k = b / k => A / other = x / [u](Tpl) / N = 2 / [t] / k = second'],
      ['a delete with a match', { do: 'delete', category: 't', name: 'k', match: 'a' }, '[Tpl](!) / base = 1 / [t] / k = b / other = x / [u](Tpl) / n = 1 / [t] / k = second'],
      ['a delete without one', { do: 'delete', category: 't', name: 'k', match: '' }, '[Tpl](!) / base = 1 / [t] / other = x / [u](Tpl) / n = 1 / [t]'],
      ['appending an object', { do: 'append', category: 'u', name: 'exten', value: '999,1,Dial(SIP/Bob)', isObject: true }, '[Tpl](!) / base = 1 / [t] / k = a / k = b / k => A / other = x / [u](Tpl) / n = 1 / exten => 999,1,Dial(SIP/Bob) / [t] / k = second'],
      ['appending what begins a comment', { do: 'append', category: 'u', name: 'q', value: 'a;b', isObject: false }, '[Tpl](!) / base = 1 / [t] / k = a / k = b / k => A / other = x / [u](Tpl) / n = 1 / q = a\\;b / [t] / k = second'],
      ['appending to a template', { do: 'append', category: 'Tpl', name: 'more', value: '2', isObject: false }, '[Tpl](!) / base = 1 / more = 2 / [t] / k = a / k = b / k => A / other = x / [u](Tpl) / n = 1 / [t] / k = second'],
      ['inserting at the top', { do: 'insert', category: 'u', name: 'ins', value: '1', line: 0, isObject: false }, '[Tpl](!) / base = 1 / [t] / k = a / k = b / k => A / other = x / [u](Tpl) / ins = 1 / n = 1 / [t] / k = second'],
      ['inserting at the end', { do: 'insert', category: 'u', name: 'ins', value: '1', line: 1, isObject: false }, '[Tpl](!) / base = 1 / [t] / k = a / k = b / k => A / other = x / [u](Tpl) / n = 1 / ins = 1 / [t] / k = second'],
      ['inserting beyond the end, of which the server would die', { do: 'insert', category: 't', name: 'ins', value: '1', line: 3, isObject: false }, '[Tpl](!) / base = 1 / [t] / k = a / k = b / k => A / other = x / ins = 1 / [u](Tpl) / n = 1 / [t] / k = second / ins = 1'],
    ])('come out of %s as planned', async (_, change, wanted) => {
      await write(START)
      const outcome = await ask['admin.config.apply']({ file: FILE, changes: [change], reload: '' })
      expect([outcome.failure, outcome.asPlanned, await text()]).toEqual([null, true, wanted])
    })

    it('S-106 take several changes as one, and none of them where one is impossible', async () => {
      await write(START)
      const before: ConfigFile = await ask['admin.config.read']({ file: FILE })
      const changes: ConfigChange[] = [{ do: 'new-category', category: 'new', template: false, inherits: ['Tpl'] }, { do: 'append', category: 'new', name: 'a', value: '1', isObject: false }, { do: 'insert', category: 'new', name: 'b', value: '2', line: 0, isObject: false }]
      const plan = await ask['admin.config.plan']({ file: FILE, changes, reload: '' })
      expect(plan.diff.filter(({ kind }) => kind !== 'same').map(({ kind, text }) => `${kind} ${text}`)).toEqual(['added ', 'added [new](Tpl)', 'added b = 2', 'added a = 1'])
      expect(await ask['admin.config.apply']({ file: FILE, changes, reload: '' })).toMatchObject({ failure: null, asPlanned: true })
      await write(START)
      const outcome = await ask['admin.config.apply']({ file: FILE, changes: [...changes, { do: 'append', category: 'nowhere', name: 'a', value: '1', isObject: false }], reload: '' })
      expect([outcome.failure?.message, outcome.now?.categories]).toEqual(['Given category does not exist', before.categories])
    })

    it('that are not there or lie outside are not read', async () => {
      for (const file of ['nosuch.conf', '../nosuch.conf', '/etc/nosuch'])
        await expect(ask['admin.config.read']({ file })).rejects.toMatchObject({ code: 'action-refused' })
    })
  })
})

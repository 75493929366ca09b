import type { ConfigCategory, ConfigChange } from '#contract/admin.ts'
import type { AdminBench } from '../../support/admin-bench.ts'
import { describe, expect, it } from 'vitest'
import { applyChange, operationHeaders } from '../../../main/admin/config/change.ts'
import { configText } from '../../../main/admin/config/config-file.ts'
import { diffLines } from '../../../main/admin/config/diff-lines.ts'
import { openAdmin } from '../../support/admin-bench.ts'
import { ConversationServer } from '../../support/conversation-server.ts'
import { ScriptedServer } from '../../support/scripted-server.ts'

const line = (name: string, value: string, isObject = false): ConfigCategory['lines'][number] => ({ name, value, isObject })
const category = (name: string, ...lines: ConfigCategory['lines']): ConfigCategory => ({ name, template: false, inherits: [], lines })
/** As real 16 and 22 were tried: two categories of one name, one template and who inherits from it. */
const template: ConfigCategory = { name: 'Tpl', template: true, inherits: [], lines: [line('base', '1')] }
const heir: ConfigCategory = { name: 'u', template: false, inherits: ['Tpl'], lines: [line('n', '1')] }
const t = category('t', line('k', 'a'), line('k', 'b'), line('k', 'A', true), line('other', 'x'))
const second = category('t', line('k', 'second'))
const file = [template, t, heir, second]
const textOf = (categories: readonly ConfigCategory[]): string => configText(categories).filter(text => text !== '').join(' / ')
const after = (change: ConfigChange, reach: 'all' | 'first' = 'all'): string => textOf(applyChange(file, change, reach).categories)

describe('what a change does', () => {
  /** What the files of real servers said afterwards. */
  it.each<readonly [string, ConfigChange, string]>([
    ['insert at 0', { do: 'insert', category: 't', name: 'ins', value: '1', line: 0, isObject: false }, '[Tpl](!) / base = 1 / [t] / ins = 1 / k = a / k = b / k => A / other = x / [u](Tpl) / n = 1 / [t] / ins = 1 / k = second'],
    ['insert at 1', { do: 'insert', category: 't', name: 'ins', value: '1', line: 1, isObject: false }, '[Tpl](!) / base = 1 / [t] / k = a / ins = 1 / k = b / k => A / other = x / [u](Tpl) / n = 1 / [t] / k = second / ins = 1'],
    ['a delete in another case', { do: 'delete', category: 'T', name: 'K', match: 'a' }, '[Tpl](!) / base = 1 / [t] / k = b / other = x / [u](Tpl) / n = 1 / [t] / k = second'],
    ['an update in another case', { do: 'update', category: 'T', name: 'K', value: 'z', match: 'A', isObject: false }, '[Tpl](!) / base = 1 / [t] / K = z / k = b / k => A / other = x / [u](Tpl) / n = 1 / [t] / k = second'],
    ['an update without a match', { do: 'update', category: 't', name: 'k', value: 'z', match: '', isObject: false }, '[Tpl](!) / base = 1 / [t] / k = z / k = b / k => A / other = x / [u](Tpl) / n = 1 / [t] / k = z'],
    ['deleting a category', { do: 'delete-category', category: 't' }, '[Tpl](!) / base = 1 / [u](Tpl) / n = 1'],
    ['emptying one', { do: 'empty-category', category: 't' }, '[Tpl](!) / base = 1 / [t] / [u](Tpl) / n = 1 / [t]'],
    ['renaming one', { do: 'rename-category', category: 't', to: 'renamed' }, '[Tpl](!) / base = 1 / [renamed] / k = a / k = b / k => A / other = x / [u](Tpl) / n = 1 / [renamed] / k = second'],
    ['a new template', { do: 'new-category', category: 'fresh', template: true, inherits: ['Tpl'] }, '[Tpl](!) / base = 1 / [t] / k = a / k = b / k => A / other = x / [u](Tpl) / n = 1 / [t] / k = second / [fresh](!,Tpl)'],
    ['appending an object', { do: 'append', category: 't', name: 'obj', value: '999,1,NoOp()', isObject: true }, '[Tpl](!) / base = 1 / [t] / k = a / k = b / k => A / other = x / obj => 999,1,NoOp() / [u](Tpl) / n = 1 / [t] / k = second / obj => 999,1,NoOp()'],
    ['appending to a template', { do: 'append', category: 'Tpl', name: 'k', value: 'z', isObject: false }, '[Tpl](!) / base = 1 / k = z / [t] / k = a / k = b / k => A / other = x / [u](Tpl) / n = 1 / [t] / k = second'],
  ])('by %s is foreseen as 16 and 22 do it', (_, change, text) => {
    expect(after(change)).toBe(text)
  })

  it('reaches the first category of the name alone before 12', () => {
    expect(after({ do: 'delete-category', category: 't' }, 'first')).toBe('[Tpl](!) / base = 1 / [u](Tpl) / n = 1 / [t] / k = second')
  })

  it.each<readonly [string, ConfigChange, readonly string[]]>([
    ['a category that is not there', { do: 'append', category: 'x', name: 'a', value: '1', isObject: false }, ['category-missing']],
    ['a category that is there already', { do: 'new-category', category: 'T', template: false, inherits: [] }, ['category-exists']],
    ['a name that is there already', { do: 'rename-category', category: 'u', to: 'T' }, ['category-exists']],
    ['several categories of the name', { do: 'append', category: 't', name: 'a', value: '1', isObject: false }, ['several-categories']],
    ['a line that is not there', { do: 'delete', category: 'u', name: 'x', match: '' }, ['line-missing']],
    ['a line that only the template has', { do: 'delete', category: 'u', name: 'base', match: '' }, ['line-missing']],
    ['a delete that takes several lines', { do: 'delete', category: 't', name: 'k', match: '' }, ['several-categories', 'removes-all']],
    ['an update that leaves others', { do: 'update', category: 't', name: 'k', value: '1', match: '', isObject: false }, ['several-categories', 'updates-first']],
    ['nothing to be said', { do: 'update', category: 'u', name: 'n', value: '2', match: '1', isObject: false }, []],
  ])('warns of %s', (_, change, warnings) => {
    expect(applyChange(file, change, 'all').warnings).toEqual(warnings)
  })
})

describe('the headers of an operation', () => {
  const headers = (change: ConfigChange): readonly string[] => operationHeaders(change, 3, file, 'all').map(([name, value]) => `${name}: ${value}`)

  it('never insert beyond the end, which kills 16 and 22: they append', () => {
    expect(headers({ do: 'insert', category: 't', name: 'a', value: '1', line: 2, isObject: false })).toEqual(['Action-000003: Append', 'Cat-000003: t', 'Var-000003: a', 'Value-000003: 1'])
    expect(after({ do: 'insert', category: 't', name: 'a', value: '1', line: 2, isObject: false })).toMatch(/other = x \/ a = 1.*k = second \/ a = 1$/)
    expect(headers({ do: 'insert', category: 't', name: 'a', value: '1', line: 1, isObject: false })).toContain('Line-000003: 000001')
  })

  it('count the lines of the template, as the server does', () => {
    expect(headers({ do: 'insert', category: 'u', name: 'a', value: '1', line: 1, isObject: false })).toContain('Line-000003: 000002')
  })

  it('say of a template that it is one, or it would not be found', () => {
    expect(headers({ do: 'append', category: 'tpl', name: 'a', value: '1', isObject: true })).toEqual(['Action-000003: Append', 'Cat-000003: tpl', 'Var-000003: a', 'Value-000003: >1', 'Options-000003: catfilter="TEMPLATES=include"'])
    expect(headers({ do: 'new-category', category: 'x', template: true, inherits: ['Tpl', 'Other'] })).toEqual(['Action-000003: NewCat', 'Cat-000003: x', 'Options-000003: template,inherit="Tpl,Other"'])
  })

  it('leave an empty match out', () => {
    expect(headers({ do: 'delete', category: 'u', name: 'n', match: '' })).toEqual(['Action-000003: Delete', 'Cat-000003: u', 'Var-000003: n'])
    expect(headers({ do: 'update', category: 'u', name: 'n', value: '2', match: '1', isObject: false })).toEqual(['Action-000003: Update', 'Cat-000003: u', 'Var-000003: n', 'Value-000003: 2', 'Match-000003: 1'])
  })
})

it('shows in a difference what stays, goes and comes', () => {
  expect(diffLines(['a', 'b', 'c', 'd'], ['a', 'c', 'x', 'd']).map(({ kind, text }) => `${{ same: ' ', added: '+', removed: '-' }[kind]}${text}`)).toEqual([' a', '-b', ' c', '+x', ' d'])
  expect(diffLines([], [])).toEqual([])
  expect(diffLines(['a'], []).map(({ kind }) => kind)).toEqual(['removed'])
})

describe('the editor', () => {
  /** A file as a server has it: what `GetConfig` answers now. */
  class FileServer extends ScriptedServer {
    lines = ['Category-000000: general', 'Line-000000-000000: alpha=1', 'Line-000000-000001: beta=two']

    constructor() {
      super({ banner: 'Asterisk Call Manager/1.3' })
      this.on('GetConfig', (action, connection) => connection.say(`Response: Success\r\nActionID: ${action.get('ActionID')}\r\n${this.lines.join('\r\n')}\r\n\r\n`))
    }
  }
  const update: ConfigChange = { do: 'update', category: 'general', name: 'alpha', value: '2', match: '', isObject: false }
  const draft = { file: 'x.conf', changes: [update], reload: '' }

  async function open(server: FileServer): Promise<AdminBench> {
    return openAdmin(server)
  }

  it('plans without touching the file', async () => {
    const server = new FileServer()
    const { ask } = await open(server)
    const plan = await ask['admin.config.plan']({ ...draft, changes: [update, { do: 'append', category: 'general', name: 'c', value: '3', isObject: false }], reload: 'yes' })
    expect(plan.action).toEqual([['SrcFilename', 'x.conf'], ['DstFilename', 'x.conf'], ['Reload', 'yes'], ['Action-000000', 'Update'], ['Cat-000000', 'general'], ['Var-000000', 'alpha'], ['Value-000000', '2'], ['Action-000001', 'Append'], ['Cat-000001', 'general'], ['Var-000001', 'c'], ['Value-000001', '3']])
    expect(plan.diff.map(({ kind, text }) => `${kind} ${text}`)).toEqual(['same [general]', 'removed alpha = 1', 'added alpha = 2', 'same beta = two', 'added c = 3'])
    expect(plan.warnings).toEqual([])
    expect(server.latest.asked).not.toContain('UpdateConfig')
    expect((await ask['admin.config.plan']({ ...draft, changes: [] })).action).toBe(null)
  })

  it('sends a draft as one action and says whether the file came out as planned', async () => {
    const server = new FileServer()
    server.on('UpdateConfig', (action, connection) => {
      server.lines[1] = 'Line-000000-000000: alpha=2'
      connection.answer(action, 'Success')
    })
    const { ask } = await open(server)
    expect(await ask['admin.config.apply'](draft)).toMatchObject({ failure: null, asPlanned: true, now: { categories: [{ lines: [{ value: '2' }, { value: 'two' }] }] } })
    expect(server.latest.asked.filter(name => name === 'UpdateConfig')).toHaveLength(1)
  })

  it('is not taken in by a Success that did nothing, as 1.4 says it', async () => {
    const server = new FileServer()
    server.on('UpdateConfig', (action, connection) => connection.answer(action, 'Success'))
    const { ask } = await open(server)
    expect(await ask['admin.config.apply'](draft)).toMatchObject({ failure: null, asPlanned: false, now: { categories: [{ lines: [{ value: '1' }, { value: 'two' }] }] } })
  })

  it('shows the file as it is when the server refuses', async () => {
    const server = new FileServer()
    server.on('UpdateConfig', (action, connection) => connection.answer(action, 'Error', { Message: 'Save of config failed' }))
    const { ask } = await open(server)
    expect(await ask['admin.config.apply'](draft)).toMatchObject({ failure: { code: 'action-refused', message: 'Save of config failed' }, asPlanned: false, now: { file: 'x.conf' } })
  })

  it('says that nobody knows when the line breaks before the answer', async () => {
    const server = new FileServer()
    server.on('UpdateConfig', (_, connection) => connection.close())
    const { ask } = await open(server)
    expect(await ask['admin.config.apply'](draft)).toMatchObject({ failure: { code: 'outcome-unknown' }, asPlanned: false, now: null })
  })

  it('sends nothing that would be cut off', async () => {
    const server = new FileServer()
    const { ask } = await open(server)
    const changes = Array.from({ length: 40 }, (_, index): ConfigChange => ({ do: 'append', category: 'general', name: `n${index}`, value: '1', isObject: false }))
    await expect(ask['admin.config.apply']({ ...draft, changes })).rejects.toMatchObject({ code: 'too-many-headers', details: { most: 120, have: 164 } })
    expect(await ask['admin.config.apply']({ ...draft, changes: [{ ...update, value: 'x'.repeat(1100) }] })).toMatchObject({ failure: { code: 'line-too-long' }, asPlanned: false, now: { file: 'x.conf' } })
    expect(server.latest.asked).not.toContain('UpdateConfig')
    const most = changes.slice(0, 29)
    expect((await ask['admin.config.plan']({ ...draft, changes: most })).action).toHaveLength(118)
  })

  it('reads from 12 on templates too, and of who inherits only its own lines', async () => {
    const server = new ScriptedServer()
    server.on('GetConfig', (action, connection) => {
      expect(action.get('Filter')).toBe('TEMPLATES=include')
      // As 22 answers.
      connection.say(`Response: Success\r\nActionID: ${action.get('ActionID')}\r\nCategory-000000: Tpl\r\nIsTemplate-000000: 1\r\nLine-000000-000000: base=1\r\nCategory-000001: u\r\nTemplates-000001: Tpl\r\nLine-000001-000000: base=1\r\nLine-000001-000001: n=1\r\n\r\n`)
    })
    const { ask } = await openAdmin(server)
    expect((await ask['admin.config.read']({ file: 'x.conf' })).categories).toEqual([template, heir])
  })

  it.each(['1.4', '1.8', '11'])('reads a file of %s, and is told that another is not there', async (release) => {
    const { ask } = await openAdmin(await ConversationServer.of(`${release}/config`))
    expect((await ask['admin.config.read']({ file: 'testcfg.conf' })).categories.map(({ name }) => name)).toEqual(['general', 'section two'])
    await expect(ask['admin.config.read']({ file: 'nosuch.conf' })).rejects.toMatchObject({ code: 'action-refused', message: 'Config file not found' })
  })
})

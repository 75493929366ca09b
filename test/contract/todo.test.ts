import type { TodoView } from '#contract/tables.ts'
import type { Todo } from '../../main/features/todo.ts'
import type { Program } from '../support/program.ts'
import { afterEach, expect, it } from 'vitest'
import { systemClock } from '../../main/clock.ts'
import { createDemoPbx } from '../../main/demo/demo-pbx.ts'
import { defaultCodes } from '../../main/features/office-config.ts'
import { createMemoryTodos } from '../support/memory-stores.ts'
import { startProgram } from '../support/program.ts'

const karla = { name: 'Customer Karla', number: '+12125550100' }
const old: Todo = { id: 'call-0', kind: 'missed', queue: null, caller: { number: '1002', name: 'Bob' }, at: Date.now() - 60_000, attempts: 1, done: false }
/** Nobody listens there. */
const profile = { host: '127.0.0.1', port: 9, tls: false, username: 'ringside', fingerprint: null, authority: null, extension: '1001', hintContext: 'hints', devices: ['PJSIP/1001'], mailboxes: [], dialContext: 'internal', voicemailNumber: '', voicemailExten: '', outsidePrefix: '', sealedSecret: null, codes: defaultCodes }

let programs: Program[] = []
afterEach(async () => {
  await Promise.all(programs.map(program => program.stop()))
  programs = []
})

async function start(...[settings, createDemo, todos]: Parameters<typeof startProgram>): Promise<Program> {
  const program = await startProgram(settings, createDemo, todos)
  programs.push(program)
  return program
}

const rows = ({ window }: Program): readonly TodoView[] => Object.values(window.tables.todo)

it('a call to return is still there after a restart, with its tries and what I said of it', async () => {
  const todos = createMemoryTodos()
  const createDemo = () => createDemoPbx({ clock: systemClock, random: Math.random, scenario: 'scripted', pace: 0.05 })
  const demo = createDemo()
  const first = await start({ demo: true }, () => demo, todos)
  await first.window.until('online', ({ connection }) => connection.me.state === 'online')
  for (const attempts of [1, 2]) {
    const call = demo.incoming(karla)
    await first.window.until('it rings', ({ alerts }) => Object.values(alerts).some(({ state }) => state === 'ringing'))
    call.callerHangsUp()
    await first.window.until('a row', ({ todo }) => Object.values(todo)[0]?.attempts === attempts)
  }
  await first.stop()
  const second = await start({ demo: true }, createDemo, todos)
  const [row] = rows(second)
  expect(rows(second)).toMatchObject([{ kind: 'missed', caller: karla, attempts: 2, done: false }])
  await second.window.ask('todo.done', { id: row?.id ?? '', done: true })
  await second.stop()
  expect(rows(await start({ demo: true }, createDemo, todos))).toMatchObject([{ attempts: 2, done: true }])
})

it('those of the demo office are not those of my server, nor are those of another line', async () => {
  const todos = createMemoryTodos({ 'demo': [{ ...old, id: 'demo' }], '127.0.0.1:9/1001': [{ ...old, id: 'mine' }], '127.0.0.1:9/1002': [{ ...old, id: 'other' }] })
  expect(rows(await start({ profile }, undefined, todos)).map(({ id }) => id)).toEqual(['mine'])
  expect(rows(await start({ profile, demo: true }, () => createDemoPbx({ clock: systemClock, random: Math.random, scenario: 'scripted' }), todos)).map(({ id }) => id)).toEqual(['demo'])
})

it('they are forgotten with the server, and those of the demo office are not', async () => {
  const todos = createMemoryTodos({ 'demo': [old], '127.0.0.1:9/1001': [old], '127.0.0.1:99/1001': [old] })
  const program = await start({ profile }, undefined, todos)
  await program.window.ask('setup.forget')
  await program.window.until('none', ({ todo }) => Object.keys(todo).length === 0)
  expect(['127.0.0.1:9/1001', 'demo', '127.0.0.1:99/1001'].map(office => todos.get(office).length)).toEqual([0, 1, 1])
})

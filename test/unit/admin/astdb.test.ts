import { describe, expect, it } from 'vitest'
import { openAdmin } from '../../support/admin-bench.ts'
import { ConversationServer } from '../../support/conversation-server.ts'
import { readConversation } from '../../support/conversation.ts'
import { ScriptedServer } from '../../support/scripted-server.ts'

describe('the AstDB', () => {
  it.each(['1.2', '1.4', '1.8', '11'])('of %s gives a value, and null for a key that is not there', async (release) => {
    const server = await ConversationServer.of(`${release}/ping_listcommands`, `${release}/db`)
    const { ask } = await openAdmin(server)
    const [there, missing] = await keysOf(release)
    expect(await ask['admin.db.get'](there)).toEqual({ value: expect.any(String) })
    expect(await ask['admin.db.get'](missing)).toEqual({ value: null })
  })

  it('of 22 gives a value, a tree, and null', async () => {
    const { ask } = await openAdmin(await ConversationServer.of('22/n-astdb', '22/p-lists'))
    expect(await ask['admin.db.get']({ family: 'CF', key: '1001' })).toEqual({ value: '1002' })
    expect(await ask['admin.db.get']({ family: 'Fam', key: 'a/b' })).toEqual({ value: expect.any(String) })
    expect(await ask['admin.db.get']({ family: 'CF', key: 'none' })).toEqual({ value: null })
    expect(await ask['admin.db.tree']({ family: 'CF' })).toEqual([{ key: '/CF/1001', value: '1002' }])
  })

  it('writes under Val, after a question', async () => {
    const server = new ScriptedServer()
    server.on('DBPut', (action, connection) => connection.answer(action, 'Success', { Message: 'Updated database successfully' }))
    const { ask } = await openAdmin(server)
    const entry = { family: 'cidname', key: '1001', value: 'Alice' }
    await expect(ask['admin.db.put']({ ...entry, confirmed: false })).rejects.toMatchObject({ code: 'needs-confirmation', details: { action: 'DBPut', what: '/cidname/1001' } })
    expect(server.latest.asked).not.toContain('DBPut')
    await ask['admin.db.put']({ ...entry, confirmed: true })
    expect(server.latest.actions.at(-1)?.entries().slice(2)).toEqual([['Family', 'cidname'], ['Key', '1001'], ['Val', 'Alice']])
  })

  it('lists a tree by its action', async () => {
    const server = new ScriptedServer()
    server.on('ListCommands', (action, connection) => connection.answer(action, 'Success', { DBGetTree: 'Get DB entries (Priv: system,reporting,all)' }))
    server.on('DBGetTree', (action, connection) => {
      const id = action.get('ActionID') ?? ''
      connection.packet({ Response: 'Success', ActionID: id, EventList: 'start', Message: 'Result will follow' })
      connection.packet({ Event: 'DBGetTreeResponse', Key: '/cidname/1001', Val: 'Alice: One', ActionID: id })
      connection.packet({ Event: 'DBGetTreeComplete', EventList: 'Complete', ListItems: '1', ActionID: id })
    })
    const { ask } = await openAdmin(server)
    expect(await ask['admin.db.tree']({ family: 'cidname' })).toEqual([{ key: '/cidname/1001', value: 'Alice: One' }])
  })

  it('lists a tree by the console where there is no action, as 1.2 to 11 print it', async () => {
    for (const release of ['1.2', '1.4', '1.8', '11']) {
      const server = await ConversationServer.of(`${release}/ping_listcommands`, `${release}/command`)
      const { ask } = await openAdmin(server)
      const entries = await ask['admin.db.tree']({ family: '' })
      expect([release, entries.length > 0, entries.every(({ key }) => /^\/\S+\/\S/.test(key))]).toEqual([release, true, true])
    }
  })

  it('deletes a key by its action, by the console where there is none, and a family only after a question', async () => {
    const server = new ScriptedServer()
    server.on('ListCommands', (action, connection) => connection.answer(action, 'Success', { Command: 'Execute (Priv: command,all)', DBDelTree: 'Delete DB Tree (Priv: system,all)' }))
    server.on('Command', (action, connection) => connection.answer(action, 'Success', { Message: 'Command output follows', Output: 'Database entry removed.' }))
    server.on('DBDelTree', (action, connection) => connection.answer(action, 'Success'))
    const { ask } = await openAdmin(server)
    await ask['admin.db.delete']({ family: 'a', key: 'b', confirmed: true })
    expect(server.latest.actions.at(-1)?.get('Command')).toBe('database del "a" "b"')
    await expect(ask['admin.db.delete']({ family: 'a" b', key: 'c', confirmed: true })).rejects.toMatchObject({ code: 'unsafe-value' })
    await expect(ask['admin.db.delete']({ family: 'a', key: '', confirmed: false })).rejects.toMatchObject({ code: 'needs-confirmation', details: { action: 'DBDelTree', what: '/a/' } })
    await ask['admin.db.delete']({ family: 'a', key: '', confirmed: true })
    expect(server.latest.actions.at(-1)?.name).toBe('DBDelTree')
  })
})

/** A key of the recording that is there, and one that is not. */
async function keysOf(release: string): Promise<readonly [{ readonly family: string, readonly key: string }, { readonly family: string, readonly key: string }]> {
  const { asked } = await readConversation(`${release}/db`)
  const gets = asked('DBGet')
  const at = (index: number): { readonly family: string, readonly key: string } => ({ family: gets[index]?.packet.get('Family') ?? '', key: gets[index]?.packet.get('Key') ?? '' })
  return [at(0), at(2)]
}

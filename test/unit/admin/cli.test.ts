import { describe, expect, it } from 'vitest'
import { openAdmin } from '../../support/admin-bench.ts'
import { ConversationServer } from '../../support/conversation-server.ts'
import { ScriptedServer } from '../../support/scripted-server.ts'

describe('the command line', () => {
  it.each(['1.2', '1.4', '1.8', '11'])('shows the lines of %s, which end with bare line feeds', async (release) => {
    const { ask } = await openAdmin(await ConversationServer.of(`${release}/ping_listcommands`, `${release}/command`))
    const command = release === '1.2' ? 'show channels' : 'core show channels'
    const { lines } = await ask['admin.cli']({ command, confirmed: false })
    expect(lines[0]).toMatch(/^Channel +Location/)
    expect(lines).toContainEqual(expect.stringMatching(/^0 active channels?/))
    expect(lines.filter(line => /[\r\n]|END COMMAND/.test(line))).toEqual([])
  })

  it.each(['16', '22'])('shows the lines of %s, a header each', async (release) => {
    const { ask } = await openAdmin(await ConversationServer.of(`${release}/l-command`))
    expect((await ask['admin.cli']({ command: 'core show version', confirmed: false })).lines[0]).toMatch(new RegExp(`^Asterisk ${release}\\.`))
    const { lines } = await ask['admin.cli']({ command: 'core show channels', confirmed: false })
    expect([lines[0]?.startsWith('Channel'), lines.some(line => /^\d+ active channels?/.test(line))]).toEqual([true, true])
  })

  it.each(['16', '22'])('says in the words of %s what is wrong with a command', async (release) => {
    const { ask } = await openAdmin(await ConversationServer.of(`${release}/l-command`))
    await expect(ask['admin.cli']({ command: 'nonsense command', confirmed: true })).rejects.toMatchObject({ code: 'action-refused', message: expect.stringMatching(/^No such command 'nonsense command'/) })
  })

  it('shows in old releases what is wrong as output', async () => {
    const { ask } = await openAdmin(await ConversationServer.of('1.4/ping_listcommands', '1.4/command'))
    expect((await ask['admin.cli']({ command: 'nosuchcommand', confirmed: true })).lines[0]).toMatch(/^No such command 'nosuchcommand'/)
  })

  it('asks before a command that does more than tell', async () => {
    const server = new ScriptedServer()
    const { ask } = await openAdmin(server)
    await expect(ask['admin.cli']({ command: 'core restart now', confirmed: false })).rejects.toMatchObject({ code: 'needs-confirmation', details: { action: 'Command', what: 'core restart now' } })
    expect(server.latest.asked).not.toContain('Command')
  })

  it('sends it once it is confirmed, and shows no colour codes', async () => {
    const server = new ScriptedServer()
    server.on('Command', (action, connection) => connection.say(`Response: Follows\r\nPrivilege: Command\r\nActionID: ${action.get('ActionID')}\r\n\x1B[1;36mBye.\x1B[0m\n--END COMMAND--\r\n\r\n`))
    const { ask } = await openAdmin(server)
    expect(await ask['admin.cli']({ command: 'core restart now', confirmed: true })).toMatchObject({ lines: ['Bye.'] })
  })
})

describe('completion', () => {
  /** What real 16 and 22 answer. */
  const real: Readonly<Record<string, string>> = {
    '_command matchesarray "core show ch" "ch"': 'channel channel channels channeltype channeltypes _EOF_',
    '_command matchesarray "core show channels " ""': ' concise count verbose _EOF_',
    '_command matchesarray "co" "co"': 'co confbridge config core _EOF_',
    '_command matchesarray "core sh" "sh"': 'show show _EOF_',
  }

  function server(): ScriptedServer {
    const scripted = new ScriptedServer()
    scripted.on('ListCommands', (action, connection) => connection.answer(action, 'Success', { Command: 'Execute Asterisk CLI Command. (Priv: command,all)' }))
    scripted.on('Command', (action, connection) => {
      const output = real[action.get('Command') ?? '']
      connection.answer(action, output === undefined ? 'Error' : 'Success', { Message: 'Command output follows', Output: output ?? 'No such command' })
    })
    return scripted
  }

  it.each([
    ['core show ch', ['core show channel', 'core show channels', 'core show channeltype', 'core show channeltypes']],
    ['core show channels ', ['core show channels concise', 'core show channels count', 'core show channels verbose']],
    ['co', ['confbridge', 'config', 'core']],
    ['core sh', ['core show']],
  ])('of "%s" gives whole lines, and not the letters that all have in common', async (text, lines) => {
    const { ask } = await openAdmin(server())
    expect(await ask['admin.completeCli']({ text })).toEqual(lines)
  })

  it('gives nothing where the server knows none, or would be led astray by a quote', async () => {
    const scripted = server()
    const { ask } = await openAdmin(scripted)
    expect(await ask['admin.completeCli']({ text: 'zzz' })).toEqual([])
    const before = scripted.latest.actions.length
    expect(await ask['admin.completeCli']({ text: 'core "' })).toEqual([])
    expect(scripted.latest.actions.length).toBe(before)
  })

  it('does not ask who may not use the command line', async () => {
    const scripted = new ScriptedServer()
    const { ask } = await openAdmin(scripted)
    expect(await ask['admin.completeCli']({ text: 'core' })).toEqual([])
    expect(scripted.latest.asked).not.toContain('Command')
  })
})

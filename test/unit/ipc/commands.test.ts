import { describe, expect, it } from 'vitest'
import { displayName } from '../../../main/features/display-name.ts'
import { commands } from '../../../preload/contract/commands.ts'

describe('the commands of the contract', () => {
  it.each(Object.entries(commands))('%s refuses what no command takes', (_name, { input }) => {
    expect(input.safeParse(Symbol('no input')).success).toBe(false)
  })

  it('builds each schema once', () => {
    const command = commands['setup.save']
    expect(command.input).toBe(command.input)
  })
})

it.each([
  ['dial.start', { text: '1002' }],
  ['call.transfer', { id: '1', to: '1002', kind: 'blind' }],
  ['call.consult', { id: '1', to: '1002' }],
  ['person.connect', { id: '1003@hints', to: '1002' }],
] as const)('%s takes the longest name that a window shows', (command, input) => {
  const name = displayName('\u{1F41D}'.repeat(500))
  expect(commands[command].input.safeParse({ ...input, name }).success).toBe(true)
})

describe('the codes of a server', () => {
  const server = { host: 'pbx.example', port: 5038, tls: false, username: 'ringside', secret: null, fingerprint: null, authority: null }
  const line = { extension: '1001', hintContext: 'hints', devices: ['PJSIP/1001'], mailboxes: [], dialContext: 'internal', voicemailNumber: '', voicemailExten: '', outsidePrefix: '' }
  const takes = (codes: object): boolean => commands['setup.save'].input.safeParse({ server, line: { ...line, codes }, keepSecret: 'session' }).success

  it.each([{}, { dndOn: '*78*{extension}' }, { pickup: '*8', record: '' }, { forwardBusy: '#A1D' }, { agent: 'agent-{extension}', context: 'companion codes' }])('are keys of a phone, and my extension where it is put in: %o', (codes) => {
    expect(takes(codes)).toBe(true)
  })

  it.each([{ dndOn: '*78x' }, { dndOn: '{exten}' }, { pickup: '**{extension}' }, { record: '*{extension}' }, { swap: '{extension}' }, { threeWay: '{extension}' }, { conference: '3'.repeat(41) }, { context: 'a\r\nAction: x' }])('are nothing else: %o', (codes) => {
    expect(takes(codes)).toBe(false)
  })
})

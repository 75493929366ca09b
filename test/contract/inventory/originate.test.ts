import type { Conversation } from '../../support/conversation.ts'
import { expect } from 'vitest'
import { runsPrograms, watchOver } from '../../../main/admin/console/danger.ts'
import { actionEntries } from '../../../main/ami/catalog/entries.ts'
import { toAmi } from '../../../main/ami/translate/actions.ts'
import { createTranslator } from '../../../main/ami/translate/translate.ts'
import { AppError } from '../../../main/errors.ts'
import { headers, item } from './item.ts'

const async = ['1.2/originate_async', '1.4/originate_async', '1.8/originate_async']
const variables = ['1.2/originate_variables', '1.4/originate_variables', '1.8/originate_variables']
const { translate } = createTranslator()

/** How each Originate of a recording ended, by its ActionID. */
function endings({ said }: Conversation): ReadonlyMap<string, { readonly success: boolean, readonly reason: number | null }> {
  return new Map(said.flatMap(packet => translate(packet, 0)).flatMap(event => event.type === 'originate.finished' ? [[event.actionId, event]] : []))
}

/** What the program sends when a person dials. */
function dialled(dialect: 'legacy' | 'middle' | 'modern'): Readonly<Record<string, unknown>> {
  return toAmi({
    do: 'originate',
    channel: 'SIP/1001',
    context: 'default',
    exten: '1002',
    priority: 1,
    target: { number: '1002', name: 'Bob' },
    timeoutMs: 30_000,
    channelId: 'ringside-1',
    account: 'sales',
  }, dialect).fields
}

item('S-054', ['1.2/permissions.readonly', '1.4/permissions.readonly', '1.8/permissions.readonly', '11/permissions.readonly'], 'is refused without the right, which is originate from 1.6 on', ({ outcomes }) => {
  expect(outcomes('Originate')).toEqual(['not-permitted: Permission denied'])
  expect(actionEntries.Originate?.privilege).toEqual({ '1.0–1.4': ['call'], '1.6.0+': ['originate'] })
})

item('S-055', async, 'makes the named channel first', ({ said, asked }) => {
  const [first] = asked('Originate')
  const made = said.find(({ name }) => name === 'Newchannel')
  expect(made?.get('Channel')).toMatch(new RegExp(`^${first?.packet.get('Channel')}-`))
  expect(dialled('legacy').Channel).toBe('SIP/1001')
})

item('S-056', ['1.2/originate_sync', '1.4/originate_sync'], 'needs context and priority with an extension', ({ outcomes }) => {
  expect(outcomes('Originate')).toContain('action-refused: Originate with \'Exten\' requires \'Context\' and \'Priority\'')
  expect(dialled('legacy')).toMatchObject({ Context: 'default', Exten: '1002', Priority: 1 })
})
item('S-056', ['22/d-originate-missing-exten.companion'], 'is refused for an extension that is not there', ({ outcomes }) => {
  expect(outcomes('Originate')).toEqual(['action-refused: Extension does not exist.'])
})

item('S-057', async, 'ends with reason 3 when the first leg has not answered after so many milliseconds', (heard) => {
  const [late] = heard.asked('Originate', { Timeout: '1500' })
  expect(endings(heard).get(late?.packet.get('ActionID') ?? '')).toMatchObject({ success: false, reason: 3 })
  expect(dialled('legacy').Timeout).toBe(30_000)
})

item('S-058', ['1.4/originate_callerid'], 'is called CallerID; CallID is not read', ({ said, asked }) => {
  const wrong = asked('Originate').findIndex(({ packet }) => packet.get('CallID') !== undefined)
  const changed = said.filter(({ name }) => name === 'Newcallerid').map(packet => packet.get('CallerID'))
  expect(wrong).toBe(3)
  expect(changed).toContain('3125551212')
  expect(changed).not.toContain('999')
  expect(dialled('legacy')).toMatchObject({ CallerID: '"Call Bob" <1001>' })
})

item('S-059', variables, 'sets the variable on the channel that is made', ({ said }) => {
  const told = said.filter(({ kind, name }) => kind === 'event' && name.startsWith('UserEvent'))
  expect(told[0]?.raw()).toMatch(/V1: 23/)
  expect(dialled('modern').Variable).toBe('CONNECTEDLINE(all)=Bob <1002>')
})

item('S-060', ['1.4/originate_callerid'], 'writes the account into the record', ({ events }) => {
  expect(events('Cdr').map(packet => packet.get('AccountCode'))).toEqual(events('Cdr').map(() => 'acc1'))
  expect(dialled('legacy').Account).toBe('sales')
})

item('S-061', async, 'runs an application with its data', (heard) => {
  const [busy, , , answered] = heard.asked('Originate', { Application: 'Wait', Data: '1' })
  expect(endings(heard).get(busy?.packet.get('ActionID') ?? '')).toMatchObject({ success: false, reason: 5 })
  expect(endings(heard).get(answered?.packet.get('ActionID') ?? '')).toMatchObject({ success: true, reason: 4 })
})
item('S-061', ['22/d-originate-application.companion'], 'is told the application and not an extension', ({ said }) => {
  expect(headers(said.find(({ name }) => name === 'OriginateResponse'))).toMatchObject({ Response: 'Success', Application: 'Playback', Data: 'beep' })
})

item('S-062', ['1.2/originate_sync', '1.4/originate_sync'], 'blocks the session: not one event comes before the answer', ({ said, asked }) => {
  const [first, second] = asked('Originate').map(({ packet }) => packet.get('ActionID'))
  const answers = said.map(packet => packet.kind === 'response' ? packet.get('ActionID') : null)
  const events = said.slice(answers.indexOf(first), answers.indexOf(second)).filter(({ kind }) => kind === 'event')
  expect(said.slice(0, answers.indexOf(first)).filter(({ kind }) => kind === 'event')).toEqual([])
  expect(events.length).toBeGreaterThan(5)
  expect(dialled('legacy').Async).toBe('true')
})

item('S-064', async, 'runs the extension when the first leg has answered', ({ said }) => {
  const up = said.findIndex(packet => packet.name === 'Newstate' && packet.get('State') !== 'Ringing' && packet.get('ChannelStateDesc') !== 'Ringing')
  const step = said.findIndex(({ name }) => name === 'Newexten')
  expect(said[up]?.get('Uniqueid')).toBe(said[step]?.get('Uniqueid'))
  expect(step).toBeGreaterThan(up)
})

item('S-065', async, 'ends every asynchronous Originate with one event', (heard) => {
  const ended = endings(heard)
  expect([...ended.keys()].toSorted()).toEqual(heard.asked('Originate').map(({ packet }) => packet.get('ActionID')).toSorted())
  const names = new Set(heard.said.filter(({ name }) => name.startsWith('Originate')).map(({ name }) => name))
  expect(names).toEqual(new Set(heard.name.startsWith('1.2') ? ['OriginateSuccess', 'OriginateFailure'] : ['OriginateResponse']))
})

item('S-066', async, 'says why: 4 answered, 3 not in time, 5 busy or declined, 8 congested, 0 anything else', (heard) => {
  const reasons = [...endings(heard).values()].map(({ success, reason }) => `${success} ${reason}`)
  expect(reasons.slice(0, 5)).toEqual(['true 4', 'false 3', 'false 5', 'false 8', 'false 5'])
  // 404 of the phone counts as congestion up to 1.6 and as "hung up" from 1.8 on.
  expect(reasons[5]).toBe(heard.name.startsWith('1.8') ? 'false 1' : 'false 8')
  expect(reasons.slice(6, 8)).toEqual(['false 0', 'false 0'])
})

item('S-067', ['1.2/originate_async', '1.4/originate_async'], 'places the call of the example', (heard) => {
  const [example] = heard.asked('Originate', { Callerid: '3125551212', Variable: 'var1=23|var2=24|var3=25' })
  expect(endings(heard).get(example?.packet.get('ActionID') ?? '')).toMatchObject({ success: true, reason: 4 })
  expect(heard.said.find(({ name }) => name === 'Newcallerid')?.get('CallerID')).toBe('3125551212')
})

item('S-068', ['1.2/originate_variables', '1.4/originate_variables'], 'splits at pipes and not at commas', ({ said }) => {
  const [pipes, commas] = said.filter(({ kind, name }) => kind === 'event' && name.startsWith('UserEvent')).map(packet => packet.raw())
  expect(pipes).toMatch(/V1: 23\s+V2: 24\s+V3: 25/)
  expect(commas).toMatch(/V1: 23,var2=24,var3=25\s+V2: \s/)
})
item('S-068', ['1.8/originate_variables'], 'splits at commas and not at pipes', ({ said }) => {
  const [pipes, commas] = said.filter(({ name }) => name === 'UserEvent').map(packet => packet.raw())
  expect(pipes).toMatch(/V1: 23\|var2=24\|var3=25\s+V2: \s/)
  expect(commas).toMatch(/V1: 23\s+V2: 24\s+V3: 25/)
})

item('S-069', ['1.4z/zap', '1.4z/zap_channame'], 'calls through a line first', ({ asked, outcomes, said }) => {
  expect(asked('Originate').some(({ packet }) => /^(?:Zap|DAHDI)\//.test(packet.get('Channel') ?? ''))).toBe(true)
  expect(outcomes('Originate')[0]).toBe('Originate successfully queued')
  expect(said.find(packet => packet.name === 'Newchannel' && /^(?:Zap|DAHDI)\/1-1$/.test(packet.get('Channel') ?? ''))).toBeDefined()
})

item('S-070', ['22/d-originate-application-system.companion'], 'is refused by the server, and before that by the program', ({ asked, outcomes }) => {
  const [request] = asked('Originate')
  const fields = (request?.packet.entries() ?? []).slice(2)
  expect(outcomes('Originate')).toEqual(['action-refused: Originate Access Forbidden: app or data blacklisted'])
  expect(runsPrograms('Originate', fields)).toBe(true)
  const refusal = (typed: boolean, confirmed: boolean): string | null => {
    try {
      watchOver({ action: 'Originate', fields, danger: null, typed, confirmed })
      return null
    }
    catch (error) {
      return error instanceof AppError ? error.code : String(error)
    }
  }
  expect([refusal(false, true), refusal(true, false), refusal(true, true)]).toEqual(['never-allowed', 'needs-confirmation', null])
})

item('S-071', ['1.4/originate_async', '1.8/originate_async'], 'connects an extension through a Local channel, which has two halves', (heard) => {
  const [local] = heard.asked('Originate', { Channel: 'Local/209@default' })
  expect(endings(heard).get(local?.packet.get('ActionID') ?? '')).toMatchObject({ success: true })
  const halves = heard.said.filter(packet => packet.name === 'Newchannel' && packet.get('Channel')?.startsWith('Local/209@')).map(packet => packet.get('Channel')?.slice(-2))
  expect(halves.toSorted()).toEqual(heard.name.startsWith('1.4') ? [',1', ',2'] : [';1', ';2'])
})

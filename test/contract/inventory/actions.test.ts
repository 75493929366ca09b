import type { Conversation } from '../../support/conversation.ts'
import { describe, expect } from 'vitest'
import { actionEntries } from '../../../main/ami/catalog/entries.ts'
import { actionsIn } from '../../../main/ami/session/answers.ts'
import { readGreeting } from '../../../main/ami/session/dialect.ts'
import { extensionOf } from '../../../main/ami/translate/state-events.ts'
import { headers, item } from './item.ts'

const old = ['1.2', '1.4', '1.8']
const oldest = ['1.2', '1.4', '1.8', '11']
const on = (releases: readonly string[], name: string): readonly string[] => releases.map(release => `${release}/${name}`)
/** What a server said to one action, without the bookkeeping. */
function told(heard: Conversation, action: string, fields?: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const { ActionID: _, Response: __, ...rest } = headers(heard.answer(action, fields).response)
  return rest
}

describe('AbsoluteTimeout, Monitor', () => {
  item('S-019', on(old, 'absolutetimeout_hangup'), 'asks with a channel and seconds, as the catalogue has it', ({ asked }) => {
    const { packet } = asked('AbsoluteTimeout').at(-1) ?? {}
    expect(Object.keys(headers(packet)).slice(2).toSorted()).toEqual(Object.keys(actionEntries.AbsoluteTimeout?.parameters ?? {}).toSorted())
    expect(actionEntries.AbsoluteTimeout?.danger).toBeTypeOf('string')
  })
  item('S-020', [...on(old, 'absolutetimeout_hangup'), '16/p-channel-actions', '22/p-channel-actions'], 'succeeds with "Timeout Set"', ({ outcomes }) => {
    expect(outcomes('AbsoluteTimeout').at(-1)).toBe('Timeout Set')
  })
  item('S-021', on(old, 'absolutetimeout_hangup'), 'is refused for a channel that is not there', ({ outcomes }) => {
    expect(outcomes('AbsoluteTimeout').slice(0, 3)).toEqual(['action-refused: No such channel', 'action-refused: No channel specified', 'action-refused: No timeout specified'])
  })
  item('S-022', on(oldest, 'monitor'), 'asks with a channel and a file', ({ asked }) => {
    expect(asked('ChangeMonitor', { File: '20050103-140105_cc51' })).toHaveLength(1)
    expect(Object.keys(actionEntries.ChangeMonitor?.parameters ?? {})).toEqual(['Channel', 'File'])
    expect(actionEntries.ChangeMonitor?.versions).toBe('1.0–20')
  })
  item('S-023', on(oldest, 'monitor'), 'is refused for a channel that is not there', ({ outcomes }) => {
    expect(outcomes('ChangeMonitor', { Channel: 'SIP/nope-1' })).toEqual(['action-refused: No such channel'])
  })
  item('S-024', on(oldest, 'monitor'), 'succeeds with "Changed monitor filename", not with "Stopped monitoring channel"', ({ outcomes }) => {
    expect(outcomes('ChangeMonitor', { File: '20050103-140105_cc51' })).toEqual(['Changed monitor filename'])
  })
  item('S-052', on(oldest, 'monitor'), 'records under a name', ({ asked, outcomes }) => {
    expect(asked('Monitor', { File: 'channelsavefile' })).toHaveLength(1)
    expect(outcomes('Monitor', { File: 'channelsavefile' })).toEqual(['Started monitoring channel'])
    expect(Object.keys(actionEntries.Monitor?.parameters ?? {})).toEqual(['Channel', 'File', 'Format', 'Mix'])
  })
  item('S-053', on(oldest, 'monitor'), 'says what came of it', ({ outcomes }) => {
    expect(outcomes('Monitor').slice(0, 3)).toEqual(['Started monitoring channel', 'Started monitoring channel', 'action-refused: No such channel'])
  })
  item('S-090', on(oldest, 'monitor'), 'stops recording, and says so even where nothing was recorded', ({ outcomes }) => {
    expect(outcomes('StopMonitor').slice(0, 3)).toEqual(['Stopped monitoring channel', 'Stopped monitoring channel', 'action-refused: No such channel'])
  })
})

describe('Command', () => {
  item('S-025', [...on(oldest, 'command'), '16/l-command', '22/l-command'], 'sends the line in the header Command', ({ asked }) => {
    expect(asked('Command').length).toBeGreaterThan(10)
    expect(asked('Command').filter(({ packet }) => packet.get('Command') === undefined).length).toBeLessThan(3)
    expect(Object.keys(actionEntries.Command?.parameters ?? {})).toEqual(['Command'])
  })
  item('S-026', on(oldest, 'command'), 'reads Response: Follows, with Privilege and ActionID behind it', ({ answer }) => {
    const { response } = answer('Command')
    expect([response.name, response.get('Privilege'), response.get('ActionID')]).toEqual(['Follows', 'Command', 'a2'])
  })
  item('S-027', on(oldest, 'command'), 'ends at --END COMMAND-- and shows it to nobody', ({ asked, bytes }) => {
    const outputs = asked('Command').flatMap(({ outcome }) => 'response' in outcome ? outcome.response.output ?? [] : [])
    expect(bytes.split('--END COMMAND--\r\n\r\n').length).toBeGreaterThan(20)
    expect(outputs.length).toBeGreaterThan(20)
    expect(outputs.filter(line => line.includes('END COMMAND'))).toEqual([])
  })
  item('S-028', on(oldest, 'command'), 'reads lines that end with a bare LF', ({ asked, bytes }) => {
    const [channels] = asked('Command').map(({ outcome }) => 'response' in outcome ? outcome.response.output : null).filter(output => output?.some(line => line.startsWith('0 active channel')))
    expect(channels?.[0]?.trimEnd()).toMatch(/^Channel +Location +State +Application\(Data\)$/)
    expect(bytes).toMatch(/0 active channels\n/)
  })
  item('S-028', ['16/l-command', '22/l-command'], 'reads an Output header a line', ({ asked }) => {
    const outputs = asked('Command').flatMap(({ outcome }) => 'response' in outcome ? [outcome.response] : [])
    expect(outputs.every(response => response.name === 'Success' && response.output !== null)).toBe(true)
    expect(outputs.some(response => (response.output ?? []).length > 3)).toBe(true)
  })
})

describe('Events', () => {
  item('S-029', on(oldest, 'events_mask'), 'takes on, off and lists of classes', ({ asked, outcomes }) => {
    expect(asked('Events').map(({ packet }) => packet.get('EventMask')).slice(0, 4)).toEqual(['on', 'off', 'system,call,log', 'call'])
    expect(outcomes('Events', { EventMask: 'system,call,log' })[0]).toMatch(/^(?:Events On|Success)$/)
  })
  item('S-031', ['1.2/events_mask'], 'gets no answer to on, and does not wait for one that is another\'s', ({ outcomes }) => {
    expect(outcomes('Events', { EventMask: 'on' }).every(outcome => outcome === 'outcome-unknown')).toBe(true)
    expect(outcomes('Events', { EventMask: 'off' })[0]).toBe('Events Off')
    expect(outcomes('Originate')).not.toContain('outcome-unknown')
  })
  item('S-031', ['1.4/events_mask'], 'gets an answer to on from late 1.4', ({ outcomes }) => {
    expect(outcomes('Events', { EventMask: 'on' })[0]).toBe('Events On')
  })
  item('S-031', ['1.8/events_mask', '11/events_mask'], 'gets an answer to on', ({ asked }) => {
    const [first] = asked('Events', { EventMask: 'on' })
    expect(first && 'response' in first.outcome && first.outcome.response.get('Events')).toBe('On')
  })
  item('S-032', ['1.2/events_mask', '1.4/events_mask'], 'reads "Events Off" in place of Success', ({ outcomes }) => {
    expect(outcomes('Events', { EventMask: 'off' })[0]).toBe('Events Off')
  })
  item('S-032', ['1.8/events_mask', '11/events_mask'], 'reads Success with Events: Off', ({ answer }) => {
    const { response } = answer('Events', { EventMask: 'off' })
    expect([response.name, response.get('Events')]).toEqual(['Success', 'Off'])
  })
})

describe('ExtensionState', () => {
  item('S-033', on(old, 'extension_state'), 'asks for an extension in a context, default where none is given', ({ asked, outcomes }) => {
    const [without] = asked('ExtensionState', { ActionID: 'a8' })
    expect(without?.packet.get('Context')).toBeUndefined()
    expect(without && 'response' in without.outcome && without.outcome.response.get('Context')).toBe('default')
    expect(outcomes('ExtensionState', { ActionID: 'a9' })).toEqual(['action-refused: Extension not specified'])
  })
  item('S-034', on(old, 'extension_state'), 'reads extension, context, hint and status', (heard) => {
    expect(told(heard, 'ExtensionState')).toEqual({ Message: 'Extension Status', Exten: '1001', Context: 'default', Hint: 'SIP/1001', Status: '0' })
  })
  item('S-035', ['1.4/extension_state', '1.8/extension_state'], 'reads the sum of bits: in use and ringing is 9', ({ asked }) => {
    const seen = asked('ExtensionState').flatMap(({ outcome }) => 'response' in outcome ? [extensionOf(outcome.response)?.bits] : [])
    expect(new Set(seen)).toEqual(new Set([0, 4, -1, 8, 1, 16, 9]))
  })
  item('S-035', ['1.2/extension_state'], 'is told less by 1.2: ringing and held phones are in use', ({ asked }) => {
    const seen = asked('ExtensionState').flatMap(({ outcome }) => 'response' in outcome ? [extensionOf(outcome.response)?.bits] : [])
    expect(new Set(seen)).toEqual(new Set([0, 4, -1, 1]))
  })
  item('S-035', on(old, 'extension_state'), 'takes -1 for an extension without a hint, which is no failure', ({ asked }) => {
    const [unknown] = asked('ExtensionState', { Exten: '9999' })
    expect(unknown && 'response' in unknown.outcome && extensionOf(unknown.outcome.response)).toEqual({ exten: '9999', context: 'default', bits: -1, hint: '' })
  })
})

describe('variables, Hangup', () => {
  item('S-036', [...on(old, 'getvar_setvar'), '16/p-channel-actions', '22/p-channel-actions'], 'asks with a channel and a variable', ({ asked }) => {
    expect(Object.keys(headers(asked('Getvar')[0]?.packet)).slice(-2)).toEqual(['Channel', 'Variable'])
  })
  item('S-037', on(old, 'getvar_setvar'), 'reads Variable and Value', (heard) => {
    expect(told(heard, 'Getvar', { Variable: 'AtestVariable' })).toEqual({ Variable: 'AtestVariable', Value: 'This is now set' })
    expect(told(heard, 'Getvar', { Variable: 'X2' }).Value).toBe('a: b | c, d=e')
  })
  item('S-038', on(old, 'getvar_setvar'), 'reads an empty value for a variable that is not set, never (null)', (heard) => {
    expect(told(heard, 'Getvar', { Variable: 'NOSUCHVAR' })).toEqual({ Variable: 'NOSUCHVAR', Value: '' })
    expect(heard.outcomes('Getvar', { Channel: 'SIP/nope-1' })).toEqual(['action-refused: No such channel'])
    expect(heard.bytes).not.toContain('(null)')
  })
  item('S-086', on(old, 'getvar_setvar'), 'sets a variable of a channel, and of all without one', (heard) => {
    expect(heard.outcomes('Setvar', { Variable: 'AtestVariable' })).toEqual(['Variable Set'])
    expect(heard.asked('Setvar', { Variable: 'TESTVAR' })[0]?.packet.get('Channel')).toBeUndefined()
    expect(heard.asked('Getvar', { Variable: 'TESTVAR' }).map(({ outcome }) => 'response' in outcome && outcome.response.get('Value'))).toEqual(['hello', 'bye'])
  })
  item('S-039', [...on(old, 'absolutetimeout_hangup'), '22/p-channel-actions'], 'hangs a channel up', ({ asked, outcomes }) => {
    expect(asked('Hangup').every(({ packet }) => packet.get('Action') !== undefined)).toBe(true)
    expect(outcomes('Hangup')).toEqual(expect.arrayContaining(['action-refused: No such channel']))
    expect(Object.keys(actionEntries.Hangup?.parameters ?? {})).toEqual(['Channel', 'Cause'])
  })
  item('S-039', ['22/p-channel-actions'], 'is answered by a list where a pattern names the channels', ({ asked }) => {
    const [pattern] = asked('Hangup', { Channel: '/.*/' })
    expect(pattern && 'response' in pattern.outcome && [pattern.outcome.response.get('Message'), pattern.outcome.response.get('EventList')]).toEqual(['Channels hung up will follow', 'start'])
  })
  item('S-040', on(old, 'absolutetimeout_hangup'), 'is answered before the events of the end, not after them', ({ said, asked }) => {
    const [hangup] = asked('Hangup', { ActionID: asked('Hangup')[0]?.packet.get('ActionID') ?? '' })
    const answer = hangup && 'response' in hangup.outcome ? said.indexOf(hangup.outcome.response) : -1
    const end = said.findIndex((packet, index) => index > answer && packet.kind === 'event' && packet.name === 'Hangup')
    expect(answer).toBeGreaterThan(0)
    expect(end).toBeGreaterThan(answer)
  })
  item('S-041', on(old, 'absolutetimeout_hangup'), 'succeeds with "Channel Hungup"', ({ outcomes }) => {
    expect(outcomes('Hangup').slice(0, 2)).toEqual(['Channel Hungup', 'Channel Hungup'])
  })
  item('S-085', on(['1.2', '1.4'], 'cdr'), 'writes into the record of a call', ({ outcomes, asked, events }) => {
    expect(outcomes('SetCDRUserField').slice(0, 3)).toEqual(['CDR Userfield Set', 'CDR Userfield Set', 'action-refused: No such channel'])
    expect(asked('SetCDRUserField')[1]?.packet.get('Append')).toBeDefined()
    expect(events('Cdr').some(event => (event.get('UserField') ?? '') !== '')).toBe(true)
  })
  item('S-085', ['16/p-channel-actions', '22/p-channel-actions'], 'is unknown from 1.6 on, and Setvar of CDR(userfield) takes its place', ({ outcomes }) => {
    expect(outcomes('SetCDRUserField')[0]).toMatch(/^unknown-action/)
    expect(outcomes('Setvar', { Variable: 'CDR(userfield)' })).toEqual(['Variable Set'])
  })
  item('S-105', ['1.4/playdtmf'], 'plays a digit; an unknown channel is "not specified" in 1.4', ({ outcomes }) => {
    expect(outcomes('PlayDTMF')).toEqual(['DTMF successfully queued', 'DTMF successfully queued', 'action-refused: Channel not specified', 'action-refused: No digit specified', 'action-refused: Channel not specified'])
  })
  item('S-105', ['1.8/playdtmf'], 'plays a digit; an unknown channel is not found', ({ outcomes }) => {
    expect(outcomes('PlayDTMF').slice(1, 3)).toEqual(['DTMF successfully queued', 'action-refused: Channel not found'])
  })
  item('S-105', ['16/p-channel-actions', '22/p-channel-actions'], 'plays a digit', ({ outcomes }) => {
    expect(outcomes('PlayDTMF')).toEqual(['DTMF successfully queued'])
  })
})

describe('the session', () => {
  item('S-044', [...on(oldest, 'ping_listcommands'), '22/p-lists', '1.4z/zap'], 'asks for the actions', ({ outcomes }) => {
    expect(outcomes('ListCommands')).toEqual(['Success'])
  })
  item('S-045', [...on(oldest, 'ping_listcommands'), '22/p-lists'], 'reads a line an action, its rights behind it', ({ answer }) => {
    const { response } = answer('ListCommands')
    const names = actionsIn(response)
    expect(names.size).toBe(response.entries().length - 2)
    for (const name of ['events', 'hangup', 'listcommands', 'logoff', 'ping', 'originate', 'redirect', 'status'])
      expect([name, names.has(name)]).toEqual([name, true])
  })
  item('S-046', on(oldest, 'permissions.readonly'), 'offers only what the account may use', ({ answer, outcomes }) => {
    const names = actionsIn(answer('ListCommands').response)
    const refused = ['Command', 'Originate', 'Hangup', 'Redirect', 'SIPpeers', 'DBGet', 'Agents', 'Monitor', 'QueuePause'].filter(action => outcomes(action)[0]?.startsWith('not-permitted'))
    expect(refused).toHaveLength(9)
    expect(refused.filter(action => names.has(action.toLowerCase()))).toEqual([])
    expect(['ping', 'queuestatus', 'parkedcalls'].filter(action => !names.has(action))).toEqual([])
  })
  item('S-047', ['1.4z/zap'], 'knows every action that is only named there', ({ answer }) => {
    const names = actionsIn(answer('ListCommands').response)
    for (const name of ['IAXnetstats', 'MeetmeMute', 'MeetmeUnmute', 'Park', 'PauseMonitor', 'UnpauseMonitor', 'UserEvent', 'WaitEvent', 'ZapRestart'])
      expect([name, names.has(name.toLowerCase()), Object.hasOwn(actionEntries, name)]).toEqual([name, true, true])
  })
  item('S-049', [...on(oldest, 'login_ok'), '16/login-logoff', '22/login-logoff'], 'is answered Goodbye, and the server closes', ({ answer }) => {
    const { response } = answer('Logoff')
    expect([response.name, response.get('Message')]).toEqual(['Goodbye', 'Thanks for all the fish.'])
  })
  item('S-049', ['1.2/login_failed.prelogin_logoff', '1.4/login_failed.prelogin_logoff'], 'is answered "See ya" before the login', ({ outcomes, closed }) => {
    expect([outcomes('Logoff'), closed]).toEqual([['See ya'], true])
  })
  item('S-074', ['1.2/ping_listcommands', '1.4/ping_listcommands'], 'reads Pong in place of Success', ({ outcomes }) => {
    expect(outcomes('Ping')).toEqual(['Pong', 'Pong'])
  })
  item('S-074', ['1.8/ping_listcommands', '11/ping_listcommands', '16/login-unknown-action', '22/login-unknown-action'], 'reads Success with Ping: Pong and the time', ({ answer }) => {
    const { response } = answer('Ping')
    expect([response.name, response.get('Ping'), Number(response.get('Timestamp')) > 1.7e9]).toEqual(['Success', 'Pong', true])
  })
})

describe('mailboxes and parking', () => {
  item('S-050', on(['1.2', '1.4'], 'voicemail_read'), 'counts messages', (heard) => {
    expect(told(heard, 'MailboxCount')).toEqual({ Message: 'Mailbox Message Count', Mailbox: '1002@default', NewMessages: '0', OldMessages: '0' })
  })
  item('S-050', ['1.8/voicemail_read', '22/b-voicemail.companion'], 'counts urgent messages on their own from 1.6.1 on', (heard) => {
    expect(Object.keys(told(heard, 'MailboxCount', { Mailbox: heard.name.startsWith('22') ? '1001@default' : '1002@default' }))).toEqual(['Message', 'Mailbox', 'UrgMessages', 'NewMessages', 'OldMessages'])
  })
  item('S-051', [...on(old, 'voicemail_read'), '22/b-voicemail.companion'], 'reads a flag and no number', (heard) => {
    const { Waiting: waiting, ...rest } = told(heard, 'MailboxStatus')
    expect([waiting, rest.Message]).toEqual([expect.stringMatching(/^[01]$/), 'Mailbox Status'])
  })
  item('S-072', [...on(old, 'park'), '22/f-park.companion'], 'lists parked calls; the misspelt name of the example is no action', ({ outcomes }) => {
    expect(new Set(outcomes('ParkedCalls'))).toEqual(new Set(['Parked calls will follow']))
    expect(Object.hasOwn(actionEntries, 'PakedCalls')).toBe(false)
  })
  item('S-073', [...on(old, 'park'), '22/f-park.companion'], 'collects the items to the end', ({ asked }) => {
    const lists = asked('ParkedCalls').flatMap(({ outcome }) => 'response' in outcome ? [outcome] : [])
    expect(lists.every(list => list.complete?.name === 'ParkedCallsComplete')).toBe(true)
    expect(lists.some(list => list.items.length === 1 && list.items[0]?.name === 'ParkedCall')).toBe(true)
  })
  item('S-170', [...on(old, 'park'), '22/f-park.companion'], 'ends an empty list too', ({ asked, name }) => {
    const lists = asked('ParkedCalls').flatMap(({ outcome }) => 'response' in outcome ? [outcome] : [])
    const [list] = name.startsWith('22') ? lists : lists.filter(({ items }) => items.length === 0)
    expect(list?.complete?.name).toBe('ParkedCallsComplete')
  })
})

describe('queues', () => {
  item('S-075', on(oldest, 'queue_admin'), 'adds a member', ({ outcomes, events }) => {
    expect(outcomes('QueueAdd').slice(0, 3)).toEqual(['Added interface to queue', 'action-refused: Unable to add interface: Already there', 'action-refused: Unable to add interface to queue: No such queue'])
    expect(headers(events('QueueMemberAdded')[0])).toMatchObject({ Queue: 'support', Location: 'SIP/1002', Membership: 'dynamic', CallsTaken: '0', Paused: '1' })
  })
  item('S-076', on(oldest, 'queue_admin'), 'removes a member', ({ outcomes, events }) => {
    expect(outcomes('QueueRemove').slice(0, 2)).toEqual(['Removed interface from queue', 'action-refused: Unable to remove interface: Not there'])
    expect(headers(events('QueueMemberRemoved')[0])).toMatchObject({ Queue: 'support', Location: 'SIP/1002' })
  })
  item('S-077', on(oldest, 'queue_admin'), 'reads text without a response, a paragraph a queue', ({ said, asked }) => {
    const [first] = asked('Queues')
    expect(first && 'response' in first.outcome && first.outcome.response).toMatchObject({ kind: 'text' })
    expect(said.filter(({ kind }) => kind === 'text').map(packet => packet.output?.[0]).filter(line => /^support +has \d+ calls \(max unlimited\) in '\w+' strategy/.test(line ?? ''))).toHaveLength(2)
  })
  item('S-078', on(oldest, 'queue_admin'), 'asks for all queues, for one, for one member', ({ outcomes, asked }) => {
    expect(new Set(outcomes('QueueStatus'))).toEqual(new Set(['Queue status will follow']))
    expect(asked('QueueStatus').map(({ packet }) => [packet.get('Queue') ?? '', packet.get('Member') ?? ''].join('/'))).toEqual(expect.arrayContaining(['/', 'support/']))
  })
  item('S-079', on(oldest, 'queue_admin'), 'reads the numbers of a queue', ({ answer }) => {
    expect(headers(answer('QueueStatus').items.find(({ name }) => name === 'QueueParams'))).toMatchObject({ Queue: expect.any(String), Max: '0', Calls: '0', Completed: '0', Abandoned: '0', ServiceLevel: '0', ServicelevelPerf: '0.0', Weight: '0' })
  })
  item('S-080', ['1.4/queue_admin', '1.8/queue_admin', '11/queue_admin'], 'reads the members', ({ answer }) => {
    expect(headers(answer('QueueStatus').items.find(packet => packet.get('Location') === 'SIP/1001'))).toMatchObject({ Queue: 'support', Name: 'SIP/1001', Membership: 'static', Penalty: '1', CallsTaken: '0', LastCall: '0', Paused: '0' })
  })
  item('S-081', on(oldest, 'queue_admin'), 'ends with QueueStatusComplete', ({ asked }) => {
    expect(asked('QueueStatus').map(({ outcome }) => 'response' in outcome && outcome.complete?.name)).toEqual(Array.from({ length: 5 }).fill('QueueStatusComplete'))
  })
  item('S-082', on(oldest, 'queue_admin'), 'pauses a member in one queue and in all', ({ outcomes, asked, events }) => {
    expect(outcomes('QueuePause').slice(0, 4)).toEqual(['Interface unpaused successfully', 'Interface paused successfully', 'Interface paused successfully', 'action-refused: Interface not found'])
    expect(asked('QueuePause').some(({ packet, outcome }) => packet.get('Queue') === undefined && 'response' in outcome)).toBe(true)
    expect(events('QueueMemberPaused')).toHaveLength(3)
  })
  item('S-171', on(oldest, 'queue_admin'), 'has QueueParams in the answer to QueueStatus, and text in that to Queues', ({ answer, asked }) => {
    expect(answer('QueueStatus').items.some(({ name }) => name === 'QueueParams')).toBe(true)
    expect(asked('Queues').flatMap(({ outcome }) => 'response' in outcome ? outcome.items : [])).toEqual([])
  })
  item('S-172', ['1.2/queue_admin'], 'reads a member that has no name', ({ answer }) => {
    const member = answer('QueueStatus').items.find(({ name }) => name === 'QueueMember')
    expect(Object.keys(headers(member))).toEqual(['Event', 'Queue', 'Location', 'Membership', 'Penalty', 'CallsTaken', 'LastCall', 'Status', 'Paused', 'ActionID'])
  })
})

describe('Redirect', () => {
  item('S-083', on(['1.2', '1.4'], 'redirect_blind'), 'moves one channel or two', ({ outcomes, asked }) => {
    expect(outcomes('Redirect').slice(0, 3)).toEqual(['Redirect successful', 'Dual Redirect successful', 'action-refused: Channel does not exist: SIP/nope-1'])
    expect(asked('Redirect')[1]?.packet.get('ExtraChannel')).toBeDefined()
  })
  item('S-083', ['22/e-redirect-extra.companion'], 'moves two channels, each to a place of its own', ({ outcomes, asked }) => {
    expect(asked('Redirect')[0]?.packet.get('ExtraExten')).toBe('3000')
    expect(outcomes('Redirect')[0]).toMatch(/^(?:Dual )?Redirect successful$/)
  })
  item('S-083', ['22/e-redirect-errors.companion'], 'is refused for a channel that is not there, and not for a place that is not there', ({ outcomes }) => {
    expect(outcomes('Redirect')).toEqual(['action-refused: Channel does not exist: PJSIP/none-1', 'Redirect successful'])
  })
  item('S-084', ['1.4z/redirect_meetme'], 'sends two channels to a conference', ({ outcomes, events }) => {
    expect(outcomes('Redirect')).toEqual(['Dual Redirect successful'])
    expect(events('MeetmeJoin').map(event => event.get('Usernum'))).toEqual(['1', '2'])
  })
})

describe('peers and status', () => {
  item('S-042', [...on(oldest, 'sip_iax'), '22/p-lists'], 'lists IAX peers', ({ outcomes, banner }) => {
    expect(outcomes('IAXpeers')[0]).toBe(readGreeting(banner)?.dialect === 'legacy' ? '' : 'Peer status list will follow')
  })
  item('S-043', ['1.2/sip_iax', '1.4/sip_iax'], 'reads a table of text, its summary included', ({ answer }) => {
    const { response } = answer('IAXpeers')
    expect(response.kind).toBe('text')
    expect(response.output?.map(line => line.split(/\s+/)[0])).toEqual(['Name/Username', '8002', '8001', '2'])
  })
  item('S-043', ['1.8/sip_iax', '11/sip_iax', '22/p-lists'], 'reads a list, whose items lack the ActionID', ({ answer }) => {
    const { items, complete } = answer('IAXpeers')
    expect(items.map(({ name }) => name)).toEqual(items.map(() => 'PeerEntry'))
    expect([items.length > 0, complete?.name]).toEqual([true, 'PeerlistComplete'])
  })
  item('S-048', [...on(oldest, 'sip_iax'), '22/p-lists'], 'gets nothing at all from IAXnetstats where no call is up', ({ outcomes, bytes }) => {
    expect(outcomes('IAXnetstats')).toEqual(['outcome-unknown'])
    expect(bytes).toMatch(/\r\n\r\n\r\n/)
  })
  item('S-087', ['1.4/sip_iax'], 'lists SIP peers', ({ answer }) => {
    expect(headers(answer('SIPpeers').items.find(packet => packet.get('ObjectName') === '1004'))).toMatchObject({ Channeltype: 'SIP', ObjectName: '1004', ChanObjectType: 'peer', IPaddress: '-none-', IPport: '0', Dynamic: 'yes', Natsupport: 'yes', VideoSupport: 'no', ACL: 'no', Status: 'UNKNOWN', RealtimeDevice: 'no' })
  })
  item('S-087', ['1.2/sip_iax', '1.8/sip_iax', '11/sip_iax', '16/x-chan-sip'], 'lists SIP peers in the headers of the release', ({ answer, name }) => {
    const names = Object.keys(headers(answer('SIPpeers').items[0]))
    expect(['Natsupport', 'VideoSupport', 'Forcerport', 'Comedia'].filter(header => names.includes(header))).toEqual({ 1.2: ['Natsupport'], 1.8: ['VideoSupport', 'Forcerport'], 11: ['VideoSupport', 'Forcerport', 'Comedia'], 16: ['VideoSupport', 'Forcerport', 'Comedia'] }[name.slice(0, name.indexOf('/'))])
  })
  item('S-088', [...on(oldest, 'sip_iax'), '16/x-chan-sip'], 'ends with a count that is right', ({ answer }) => {
    const { items, complete } = answer('SIPpeers')
    expect([complete?.name, Number(complete?.get('ListItems'))]).toEqual(['PeerlistComplete', items.length])
  })
  item('S-089', [...on(old, 'status'), '22/p-lists'], 'lists all channels or one', ({ answer, outcomes, name }) => {
    expect(answer('Status').complete?.name).toBe('StatusComplete')
    expect(name.startsWith('22') ? [] : outcomes('Status').slice(5, 6)).toEqual(name.startsWith('22') ? [] : ['action-refused: No such channel'])
  })
  item('S-104', on(oldest, 'sip_iax'), 'tells everything of one peer', ({ asked, outcomes }) => {
    const [first] = asked('SIPshowpeer')
    expect(first && 'response' in first.outcome && first.outcome.response.entries().length).toBeGreaterThan(20)
    expect(outcomes('SIPshowpeer').slice(2)).toEqual(['action-refused: Peer nope not found.', 'action-refused: Peer: <name> missing.'])
  })
  item('S-174', ['1.2/status', '1.4/status', '1.4/agents'], 'reads a channel without a dialplan', ({ asked }) => {
    const items = asked('Status').flatMap(({ outcome }) => 'response' in outcome ? outcome.items : [])
    const [without] = items.filter(packet => packet.get('Context') === undefined)
    expect(Object.keys(headers(without))).toEqual(expect.arrayContaining(['Channel', 'CallerID', 'CallerIDName', 'Account', 'State', 'Uniqueid']))
  })
  item('S-175', ['1.2/status', '1.4/status'], 'reads a channel with one', ({ asked }) => {
    const [whole] = asked('Status').flatMap(({ outcome }) => 'response' in outcome ? outcome.items : []).filter(packet => packet.get('Context') !== undefined && packet.get('Link') !== undefined)
    expect(headers(whole)).toMatchObject({ State: 'Up', Context: 'from-pstn', Extension: '5551001', Priority: '1', Seconds: expect.stringMatching(/^\d+$/), Link: expect.stringMatching(/^SIP\/1001-/) })
  })
  item('S-176', [...on(old, 'status'), '22/p-lists'], 'ends with StatusComplete', ({ answer, asked }) => {
    expect(answer('Status').complete?.name).toBe('StatusComplete')
    expect(asked('Status').filter(({ outcome }) => 'response' in outcome).every(({ outcome }) => 'response' in outcome && outcome.complete !== null)).toBe(true)
  })
})

describe('lines of Zaptel and DAHDI', () => {
  item('S-091', ['1.4z/zap', '1.4z/zap_channame'], 'dials on a line only where it has a call', ({ outcomes }) => {
    expect(outcomes('ZapDialOffhook')[0]).toBe('action-refused: Channel does not have an owner')
    expect(Object.keys(actionEntries.ZapDialOffhook?.parameters ?? {})).toEqual(['ZapChannel', 'Number'])
  })
  item('S-092', ['1.4z/zap', '1.4z/zap_channame'], 'ends do-not-disturb', ({ outcomes }) => {
    expect(outcomes('ZapDNDoff')[0]).toBe('ZapDND')
  })
  item('S-093', ['1.4z/zap', '1.4z/zap_channame'], 'begins do-not-disturb, by ZapChannel and not by Channel', ({ outcomes, asked }) => {
    expect(outcomes('ZapDNDon')[0]).toBe('ZapDND')
    expect(outcomes('ZapDNDon').at(-1)).toBe('action-refused: No channel specified')
    expect(asked('ZapDNDon')[0]?.packet.get('ZapChannel')).toBe('1')
  })
  item('S-094', ['1.4z/zap', '1.4z/zap_channame'], 'hangs a line up', ({ outcomes }) => {
    expect(outcomes('ZapHangup')[0]).toBe('ZapHangup')
  })
  item('S-095', ['1.4z/zap', '1.4z/zap_channame'], 'flashes a line', ({ outcomes }) => {
    expect(outcomes('ZapTransfer')[0]).toBe('ZapTransfer')
  })
  item('S-096', ['1.4z/zap_channame'], 'lists the lines, do-not-disturb included', ({ answer }) => {
    expect(answer('ZapShowChannels').items.map(packet => headers(packet))).toMatchObject([
      { Event: 'ZapShowChannels', Channel: '1', Signalling: 'FXO Kewlstart', Context: 'default', DND: 'Disabled', Alarm: 'No Alarm' },
      { Channel: '3', Signalling: 'FXS Kewlstart', Context: 'from-pstn' },
    ])
  })
  item('S-096', ['1.4z/zap'], 'lists the lines under either name, as the driver is set', ({ answer }) => {
    expect(answer('ZapShowChannels').items.map(({ name }) => name)).toEqual(['DAHDIShowChannels', 'DAHDIShowChannels'])
    expect(answer('DAHDIShowChannels').items.map(({ name }) => name)).toEqual(['DAHDIShowChannels', 'DAHDIShowChannels'])
    expect(actionEntries.ZapShowChannels?.successors).toEqual(['DAHDIShowChannels'])
  })
  item('S-097', ['1.4z/zap', '1.4z/zap_channame'], 'restarts the driver, after a question', ({ outcomes }) => {
    expect(outcomes('ZapRestart')).toEqual(['ZapRestart: Success'])
    expect(actionEntries.ZapRestart?.danger).toBeTypeOf('string')
  })
  item('S-177', ['1.4z/zap_channame', '1.4z/zap'], 'reads an item of the list', ({ answer }) => {
    expect(Object.keys(headers(answer('ZapShowChannels').items[0]))).toEqual(['Event', 'Channel', 'Signalling', 'Context', 'DND', 'Alarm', 'ActionID'])
  })
  item('S-178', ['1.4z/zap_channame', '1.4z/zap'], 'ends the list', ({ answer, name }) => {
    expect(answer('ZapShowChannels').complete?.name).toBe(name.endsWith('zap') ? 'DAHDIShowChannelsComplete' : 'ZapShowChannelsComplete')
  })
  item('S-183', ['1.4z/zap', '1.4z/zap_channame'], 'takes the sentence for the beginning of a list', ({ outcomes, answer }) => {
    expect(outcomes('ZapShowChannels')[0]).toBe('Zap channel status will follow')
    expect(answer('ZapShowChannels').items).toHaveLength(2)
  })
})

describe('agents', () => {
  item('S-098', on(['1.2', '1.4'], 'agents'), 'logs an agent in at a number', ({ outcomes, asked }) => {
    expect(outcomes('AgentCallbackLogin').slice(0, 3)).toEqual(['Agent logged in', 'Agent logged in', 'action-refused: No such agent'])
    expect(Object.keys(actionEntries.AgentCallbackLogin?.parameters ?? {}).toSorted()).toEqual(['AckCall', 'Agent', 'Context', 'Exten', 'WrapupTime'])
    expect(asked('AgentCallbackLogin')[0]?.packet.get('Exten')).toBe('1003')
  })
  item('S-098', ['22/r-agent'], 'is unknown today', ({ outcomes }) => {
    expect(outcomes('AgentCallbackLogin')[0]).toMatch(/^unknown-action/)
  })
  item('S-099', on(oldest, 'agents'), 'logs an agent off', ({ outcomes }) => {
    expect(outcomes('AgentLogoff').slice(0, 4)).toEqual(['Agent logged out', 'Agent logged out', 'action-refused: No such agent', 'action-refused: No agent specified'])
  })
  item('S-100', [...on(oldest, 'agents'), '22/p-lists'], 'lists the agents', ({ answer }) => {
    const { items, complete } = answer('Agents')
    expect(Object.keys(headers(items[0]))).toEqual(expect.arrayContaining(['Agent', 'Name', 'Status']))
    expect([items[0]?.get('Status'), complete?.name]).toEqual(['AGENT_LOGGEDOFF', 'AgentsComplete'])
  })
})

describe('AstDB', () => {
  item('S-101', on(oldest, 'db'), 'reads the value from the event behind the answer', ({ answer, outcomes }) => {
    const { items, response } = answer('DBGet')
    expect(response.get('Message')).toBe('Result will follow')
    expect(items.map(packet => [packet.name, packet.get('Family') !== undefined, packet.get('Val') !== undefined])).toEqual([['DBGetResponse', true, true]])
    expect(outcomes('DBGet')).toContain('action-refused: Database entry not found')
  })
  item('S-101', ['22/n-astdb'], 'reads the value, and leaves the end that follows to nobody', ({ answer, said, events }) => {
    expect(answer('DBGet').items.map(({ name }) => name)).toEqual(['DBGetResponse'])
    expect([said.filter(({ name }) => name === 'DBGetComplete').length, events('DBGetComplete')]).toEqual([3, []])
  })
  item('S-103', on(oldest, 'db'), 'stores what stands in Val, and nothing of what stands in Value', ({ asked, outcomes }) => {
    const wrong = asked('DBPut').findIndex(({ packet }) => packet.get('Value') !== undefined)
    expect(outcomes('DBPut')[wrong]).toBe('Updated database successfully')
    const [family, key] = ['Family', 'Key'].map(name => asked('DBPut')[wrong]?.packet.get(name) ?? '')
    const [after] = asked('DBGet', { Family: family ?? '', Key: key ?? '' })
    expect(after && 'response' in after.outcome && after.outcome.items[0]?.get('Val')).toBe('')
    expect(Object.keys(actionEntries.DBPut?.parameters ?? {})).toEqual(['Family', 'Key', 'Val'])
  })
})

import type { PbxEvent } from '../../../main/pbx/events.ts'
import type { Conversation } from '../../support/conversation.ts'
import { describe, expect } from 'vitest'
import { packetView } from '../../../main/admin/packet-view.ts'
import { TraceStore } from '../../../main/admin/trace/trace-store.ts'
import { eventEntries } from '../../../main/ami/catalog/entries.ts'
import { partOf } from '../../../main/ami/session/list-form.ts'
import { createTranslator } from '../../../main/ami/translate/translate.ts'
import { headers, item } from './item.ts'

const { translate } = createTranslator()

/** What the events of a name mean to the desk. */
function meanings<T extends PbxEvent['type']>({ said }: Conversation, name: string, type: T): readonly Extract<PbxEvent, { readonly type: T }>[] {
  return said.filter(packet => packet.kind === 'event' && packet.name.toLowerCase() === name.toLowerCase()).flatMap(packet => translate(packet, 0)).filter(event => event.type === type) as Extract<PbxEvent, { readonly type: T }>[] // by its type
}

/** The events of a name as the trace shows them, found by its filter. */
async function traced({ said }: Conversation, name: string): Promise<readonly Readonly<Record<string, string>>[]> {
  const store = new TraceStore()
  for (const packet of said)
    store.add({ direction: 'in', at: 0, packet })
  const { packets } = await store.page({ names: [name], text: '', channel: '', linkedid: '', direction: 'in' }, null, 500, async () => {})
  return packets.map(({ headers }) => Object.fromEntries(headers))
}

describe('agents', () => {
  item('S-112', ['1.2/agents', '1.4/agents'], 'shows who logged in at which number', async (heard) => {
    expect(await traced(heard, 'Agentcallbacklogin')).toEqual([
      { Event: 'Agentcallbacklogin', Privilege: 'agent,all', Agent: '1234', Loginchan: '1003@default' },
      expect.objectContaining({ Agent: '1234' }),
      expect.objectContaining({ Agent: '1235', Loginchan: '77777@default' }),
    ])
    expect(eventEntries.Agentcallbacklogin?.versions).not.toContain('+')
    expect(meanings(heard, 'Agentcallbacklogin', 'agent.loggedIn').map(({ agent, channel }) => `${agent} ${channel}`)).toEqual(expect.arrayContaining(['1234 1003@default', '1235 77777@default']))
  })
  item('S-113', ['1.4/agents'], 'shows why', async (heard) => {
    expect((await traced(heard, 'Agentcallbacklogoff'))[0]).toEqual({ Event: 'Agentcallbacklogoff', Privilege: 'agent,all', Agent: '1234', Reason: 'CommandLogoff', Loginchan: '1003@default', Logintime: '7' })
    expect(meanings(heard, 'Agentcallbacklogoff', 'agent.loggedOut')[0]).toMatchObject({ agent: '1234' })
  })
  item('S-114', ['1.2/agents'], 'gives no reason in 1.2', async (heard) => {
    expect((await traced(heard, 'Agentcallbacklogoff'))[0]).toEqual({ Event: 'Agentcallbacklogoff', Privilege: 'agent,all', Agent: '1234', Loginchan: '1003@default', Logintime: '7' })
    expect(meanings(heard, 'Agentcallbacklogoff', 'agent.loggedOut')[0]).toMatchObject({ agent: '1234' })
  })
  item('S-115', ['1.2/agents', '1.4/agents', '1.8/agents', '11/agents'], 'tells whom a queue rings for whom', (heard) => {
    expect(meanings(heard, 'AgentCalled', 'queue.memberCalled')[0]).toMatchObject({ interface: 'Agent/1234', caller: { caller: { number: '02083361234', name: 'John Caller' } } })
  })
  item('S-115', ['16/g-queue-agent-ignores-other-takes.companion', '22/g-queue-agent-ignores-other-takes.companion'], 'tells both channels and the queue today', (heard) => {
    expect(meanings(heard, 'AgentCalled', 'queue.memberCalled')[0]).toMatchObject({ queue: 'support', interface: expect.stringMatching(/^PJSIP\//), leg: { name: expect.stringMatching(/^PJSIP\//) } })
  })
  item('S-116', ['1.2/agents', '1.4/agents', '1.8/agents', '11/agents', '22/g-queue-agent-ignores-other-takes.companion'], 'tells that a call of a queue is over, and by whom', (heard) => {
    const [done] = meanings(heard, 'AgentComplete', 'queue.memberCompleted')
    expect(done).toMatchObject({ queue: expect.any(String), reason: expect.stringMatching(/^(?:caller|agent|transfer)$/), talkSeconds: expect.any(Number) })
  })
  item('S-117', ['1.4/agents', '1.8/agents', '11/agents'], 'takes BridgedChannel for the uniqueid that it is', (heard) => {
    expect(meanings(heard, 'AgentConnect', 'queue.memberAnswered')[0]).toMatchObject({ queue: 'agentq', interface: 'Agent/1234', caller: { uniqueid: expect.stringMatching(/^\d+\.\d+$/) }, leg: { uniqueid: expect.stringMatching(/^\d+\.\d+$/) }, holdSeconds: expect.any(Number) })
  })
  item('S-117', ['1.2/agents'], 'does without BridgedChannel in 1.2', (heard) => {
    expect(meanings(heard, 'AgentConnect', 'queue.memberAnswered')[0]).toMatchObject({ queue: 'agentq', interface: 'Agent/1234', holdSeconds: 1 })
  })
  item('S-118', ['printed/events'], 'counts a member who hung up during the announcement as one who did not answer', (heard) => {
    expect(meanings(heard, 'AgentDump', 'queue.memberRangOut')).toMatchObject([{ queue: 'testing', interface: 'Agent/1000' }])
  })
  item('S-119', ['1.2/agents', '1.4/agents', '1.8/agents', '11/agents'], 'shows who logged in at which channel', async (heard) => {
    const [first] = await traced(heard, 'Agentlogin')
    expect(Object.keys(first ?? {})).toEqual(['Event', 'Privilege', 'Agent', 'Channel', 'Uniqueid'])
    expect(meanings(heard, 'Agentlogin', 'agent.loggedIn')[0]).toMatchObject({ agent: first?.Agent, channel: first?.Channel })
  })
  item('S-119', ['22/r-agent'], 'shows it under its name of today', async (heard) => {
    expect(await traced(heard, 'AgentLogin')).toMatchObject([{ Agent: '2100', Channel: expect.stringMatching(/^PJSIP\/1001-/) }])
    expect(eventEntries.Agentlogin?.successors).toEqual(['AgentLogin'])
  })
  item('S-120', ['1.2/agents', '1.4/agents', '1.8/agents', '11/agents'], 'shows who logged off after how long', async (heard) => {
    expect(await traced(heard, 'Agentlogoff')).toMatchObject([{ Agent: '1234', Logintime: expect.stringMatching(/^\d+$/) }])
    expect(meanings(heard, 'Agentlogoff', 'agent.loggedOut')).toMatchObject([{ agent: '1234' }])
  })
  item('S-120', ['22/r-agent'], 'shows it under its name of today', async (heard) => {
    expect(await traced(heard, 'AgentLogoff')).toMatchObject([{ Agent: '2100', Logintime: '1' }])
  })
})

describe('queues', () => {
  item('S-121', ['1.2/queue_admin', '1.4/queue_admin', '1.8/queue_admin', '11/queue_admin'], 'tells of a member', (heard) => {
    expect(meanings(heard, 'QueueMemberAdded', 'queue.memberChanged')[0]).toMatchObject({ member: { queue: 'support', interface: 'SIP/1002', membership: 'dynamic', paused: true, callsTaken: 0 } })
  })
  item('S-122', ['1.2/queue_admin', '1.4/queue_admin', '1.8/queue_admin', '11/queue_admin', '22/g-queue.companion'], 'tells who is paused in which queue', (heard) => {
    const name = heard.name.startsWith('22') ? 'QueueMemberPause' : 'QueueMemberPaused'
    const [first] = meanings(heard, name, 'queue.memberChanged')
    expect(first).toMatchObject({ member: { queue: 'support', paused: expect.any(Boolean) } })
  })
  item('S-123', ['1.2/queue_call', '1.4/queue_call', '1.8/queue_call.companion', '11/queue_call.companion', '22/g-queue.companion'], 'tells the state of a member', (heard) => {
    const states = meanings(heard, 'QueueMemberStatus', 'queue.memberChanged').map(({ member }) => member.state)
    expect(states.length).toBeGreaterThan(3)
    expect(states).not.toContain(null)
  })
  item('S-124', ['1.4/queue_call'], 'reads 1, 2 and 6 as not in use, in use and ringing', (heard) => {
    const packets = heard.events('QueueMemberStatus')
    const read = new Set(packets.flatMap(packet => translate(packet, 0).map(event => `${packet.get('Status')} ${event.type === 'queue.memberChanged' ? event.member.state : ''}`)))
    expect([...read].toSorted()).toEqual(['1 not_inuse', '2 inuse', '6 ringing'])
  })
  item('S-124', ['1.4/extension_state'], 'reads 7 and 8, which extensions write 9 and 16', (heard) => {
    const states = meanings(heard, 'QueueMemberStatus', 'queue.memberChanged').map(({ member }) => member.state)
    const bits = meanings(heard, 'ExtensionStatus', 'extension.changed').map(event => event.bits)
    expect([states.includes('ringinuse'), states.includes('onhold'), bits.includes(9), bits.includes(16)]).toEqual([true, true, true, true])
  })
  item('S-136', ['1.2/queue_call', '1.4/queue_call', '1.8/queue_call.companion', '11/queue_call.companion'], 'tells who enters a queue at which place', (heard) => {
    const [first] = meanings(heard, 'Join', 'queue.callerJoined')
    expect(first).toMatchObject({ queue: 'support', position: 1, count: 1, caller: { caller: { number: '02083361234' } } })
    expect(first?.caller.uniqueid === null).toBe(heard.name.startsWith('1.2'))
  })
  item('S-136', ['22/g-queue.companion'], 'tells it under its name of today', (heard) => {
    expect(meanings(heard, 'QueueCallerJoin', 'queue.callerJoined')[0]).toMatchObject({ queue: 'support', position: 1 })
  })
  item('S-137', ['1.2/queue_call', '1.4/queue_call', '1.8/queue_call.companion', '11/queue_call.companion'], 'tells who leaves it', (heard) => {
    expect(meanings(heard, 'Leave', 'queue.callerLeft')[0]).toMatchObject({ queue: 'support', count: 0 })
  })
  item('S-173', ['printed/events'], 'would take QueueStatusEnd for the end of the list', ({ said }) => {
    const end = said.find(({ name }) => name === 'QueueStatusEnd')
    expect(end && partOf(end, 'queuestatus')).toBe('end')
  })
  item('S-173', ['1.2/queue_admin', '1.4/queue_admin', '1.8/queue_admin', '11/queue_admin'], 'never gets QueueStatusEnd', ({ said, asked }) => {
    expect(said.filter(({ name }) => name === 'QueueStatusEnd')).toEqual([])
    expect(asked('QueueStatus')).toHaveLength(5)
    expect(eventEntries.QueueStatusEnd?.versions).toBe('only in the seed text')
  })
})

describe('calls', () => {
  item('S-126', ['1.2/cdr', '1.4/cdr'], 'shows the record of a call', async (heard) => {
    expect(Object.keys((await traced(heard, 'Cdr'))[0] ?? {}).slice(2)).toEqual(['AccountCode', 'Source', 'Destination', 'DestinationContext', 'CallerID', 'Channel', 'DestinationChannel', 'LastApplication', 'LastData', 'StartTime', 'AnswerTime', 'EndTime', 'Duration', 'BillableSeconds', 'Disposition', 'AMAFlags', 'UniqueID', 'UserField'])
    expect((await traced(heard, 'Cdr'))[0]?.CallerID).toBe('"John Caller" <02083361234>')
  })
  item('S-127', ['1.2/cdr', '1.4/cdr'], 'is of class call up to 1.4', ({ events }) => {
    expect(new Set(events('Cdr').map(packet => packet.get('Privilege')))).toEqual(new Set(['call,all']))
  })
  item('S-127', ['1.8/events_mask', '11/events_mask', '22/p-channel-actions'], 'is of class cdr later', ({ events }) => {
    expect(new Set(events('Cdr').map(packet => packet.get('Privilege')))).toEqual(new Set(['cdr,all']))
    expect(eventEntries.Cdr?.privilege).toEqual(['call', 'cdr'])
  })
  item('S-128', ['1.2/inbound_answered', '1.4/inbound_answered', '1.8/inbound_answered', '11/inbound_answered'], 'tells who calls whom', (heard) => {
    expect(meanings(heard, 'Dial', 'dial.begun')).toMatchObject([{ source: { name: expect.stringMatching(/^SIP\/trunk-/), caller: { number: '02083361234', name: 'John Caller' } }, destination: { name: expect.stringMatching(/^SIP\/1001-/), uniqueid: expect.stringMatching(/^\d+\.\d+$/) } }])
    expect(meanings(heard, 'Dial', 'dial.ended').length).toBe(/^1\.[24]/.test(heard.name) ? 0 : 1)
  })
  item('S-129', ['1.2/extension_state', '1.4/extension_state', '1.8/extension_state', '22/a-inbound-answered.companion'], 'tells that a hint has changed', (heard) => {
    const events = meanings(heard, 'ExtensionStatus', 'extension.changed')
    expect(events.length).toBeGreaterThan(2)
    expect(events[0]).toMatchObject({ exten: expect.stringMatching(/^1\d{3}$/), context: expect.any(String), bits: expect.any(Number) })
    expect(events[0]?.hint !== undefined).toBe(!/^1\.[24]/.test(heard.name))
  })
  item('S-130', ['1.2/inbound_answered', '1.4/absolutetimeout_hangup', '1.8/absolutetimeout_hangup', '22/p-channel-actions'], 'tells that a channel has ended, and why', (heard) => {
    const [first] = meanings(heard, 'Hangup', 'channel.hungUp')
    expect(first).toMatchObject({ channel: { name: expect.any(String), uniqueid: expect.any(String) }, cause: expect.any(Number), causeText: expect.any(String) })
  })
  item('S-131', ['1.2/originate_async', '1.4/originate_async', '1.8/originate_async'], 'takes number and words as the server gives them', (heard) => {
    const told = new Map(meanings(heard, 'Hangup', 'channel.hungUp').map(({ cause, causeText }) => [cause, causeText]))
    expect(Object.fromEntries(told)).toMatchObject({ 0: null, 16: 'Normal Clearing', 17: 'User busy', 21: 'Call Rejected', 34: 'Circuit/channel congestion' })
  })
  const causes = ['16/hangup-causes', '22/hangup-causes']
  const wordsOf = (heard: Conversation): Readonly<Record<number, string | null>> => Object.fromEntries(meanings(heard, 'Hangup', 'channel.hungUp').map(({ cause, causeText }) => [cause ?? -1, causeText]))
  item('S-131', causes, 'takes the words for every number of the table from the server', (heard) => {
    const words = wordsOf(heard)
    const table = [1, 2, 3, 6, 7, 16, 17, 18, 19, 21, 22, 27, 28, 29, 30, 31, 34, 38, 41, 42, 43, 44, 50, 52, 54, 57, 58, 65, 66, 69, 81, 88, 95, 96, 97, 98, 99, 100, 101, 102, 103, 111, 127]
    expect(table.filter(cause => !words[cause])).toEqual([])
    // 0 says nothing, and 45 has been 8 since 1.6.
    expect([words[0], words[45]]).toEqual([null, null])
  })
  item('S-132', causes, 'reads them as information elements, not as a browser', (heard) => {
    const { 96: missing, 99: unknown, 100: contents, 103: length } = wordsOf(heard)
    expect([missing, unknown, contents, length]).toEqual(['Mandatory information element is missing', 'Info. element nonexist or not implemented', 'Invalid information element contents', 'Mandatory IE length error'])
  })
  item('S-133', causes, 'reads them as capabilities, not as overload; 18 and 19 differ', (heard) => {
    const { 18: silent, 19: alerted, 57: forbidden, 58: unavailable, 65: unimplemented } = wordsOf(heard)
    expect([forbidden, unavailable, unimplemented]).toEqual(['Bearer capability not authorized', 'Bearer capability not available', 'Bearer capability not implemented'])
    expect([silent, alerted]).toEqual(['No user responding', 'User alerting, no answer'])
  })
  item('S-134', causes, 'knows the causes that the description lacks', (heard) => {
    const words = wordsOf(heard)
    expect([5, 8, 14, 20, 23, 26].map(cause => words[cause])).toEqual(['Misdialed trunk prefix', 'Pre-empted', 'Number ported elsewhere', 'Subscriber absent', 'Redirected to new destination', 'Answered elsewhere'])
  })
  item('S-134', ['1.8/ringgroup', '11/ringgroup'], 'knows "answered elsewhere", which the description lacks', (heard) => {
    expect(meanings(heard, 'Hangup', 'channel.hungUp').some(({ cause, causeText }) => cause === 26 && causeText === 'Answered elsewhere')).toBe(true)
  })
  item('S-135', ['1.8/hold', '1.8/park'], 'shows music on hold begin and end', async (heard) => {
    expect(new Set((await traced(heard, 'MusicOnHold')).map(({ State }) => State))).toEqual(new Set(['Start', 'Stop']))
  })
  item('S-135', ['16/x-chan-sip', '22/r-agent'], 'shows it as two events today', async (heard) => {
    expect([(await traced(heard, 'MusicOnHoldStart')).length, (await traced(heard, 'MusicOnHoldStop')).length]).toEqual([1, 1])
    expect(eventEntries.MusicOnHold?.successors).toEqual(['MusicOnHoldStart', 'MusicOnHoldStop'])
  })
  item('S-138', ['1.2/inbound_answered', '1.4/inbound_answered', '1.8/inbound_answered', '11/inbound_answered'], 'tells that two channels talk', (heard) => {
    const name = /^1\.[24]/.test(heard.name) ? 'Link' : 'Bridge'
    expect(meanings(heard, name, 'channels.linked')[0]).toMatchObject({ one: { name: expect.stringMatching(/^SIP\/trunk-/), uniqueid: expect.any(String) }, two: { name: expect.stringMatching(/^SIP\/1001-/), uniqueid: expect.any(String) } })
  })
  item('S-154', ['1.4/transfer_blind_sip', '1.2/transfer_blind_sip'], 'does not end a call: after a transfer the same caller is linked again', (heard) => {
    const linked = meanings(heard, 'Link', 'channels.linked').map(({ one }) => one.uniqueid)
    const unlinked = meanings(heard, 'Unlink', 'channels.unlinked')
    expect(unlinked.length).toBeGreaterThan(0)
    expect(linked.filter(id => id === linked[0]).length).toBeGreaterThan(1)
  })
  item('S-154', ['1.8/inbound_answered'], 'still says Unlink where it says Bridge for Link', (heard) => {
    expect(meanings(heard, 'Unlink', 'channels.unlinked')).toHaveLength(1)
  })
  item('S-145', ['1.2/inbound_answered', '1.4/inbound_answered'], 'changes the caller ID of a channel', (heard) => {
    expect(meanings(heard, 'Newcallerid', 'channel.changed')[0]).toMatchObject({ channel: { caller: { number: '5551001', name: null } } })
  })
  item('S-145', ['1.8/originate_async', '22/d-originate-ok.companion'], 'changes it under CallerIDNum later', (heard) => {
    expect(meanings(heard, 'NewCallerid', 'channel.changed')[0]?.channel.caller).toBeDefined()
    expect(heard.said.find(({ name }) => name === 'NewCallerid')?.get('CallerIDNum')).toBeDefined()
  })
  item('S-146', ['1.4z/zap_channame'], 'makes a channel of a line, reserved at first', (heard) => {
    expect(meanings(heard, 'Newchannel', 'channel.created')[0]).toMatchObject({ channel: { name: 'Zap/1-1', state: 'reserved', caller: { number: '501', name: 'Zap Phone' } } })
  })
  item('S-147', ['1.2/inbound_answered', '1.4/inbound_answered', '1.8/inbound_answered', '11/inbound_answered'], 'makes a channel of a phone, whichever header has its number', (heard) => {
    const [first] = meanings(heard, 'Newchannel', 'channel.created')
    expect(first).toMatchObject({ channel: { caller: { number: '02083361234', name: 'John Caller' } } })
    expect(first?.channel.state).toBe(heard.name.startsWith('1.2') ? 'ring' : 'down')
  })
  item('S-148', ['1.2/cdr', '1.4/cdr'], 'shows each step of the dialplan', async (heard) => {
    expect((await traced(heard, 'Newexten')).find(({ Application }) => Application === 'Goto')).toMatchObject({ Context: 'default', Extension: '1001', AppData: 'vm|1001|1' })
    expect(meanings(heard, 'Newexten', 'channel.changed')[0]).toMatchObject({ channel: { exten: '5551001', application: 'Dial' } })
  })
  item('S-149', ['1.2/cdr', '1.4/cdr'], 'keeps the pipes of the data as they are', async (heard) => {
    expect((await traced(heard, 'Newexten')).filter(({ AppData }) => AppData?.includes('|')).length).toBeGreaterThan(2)
  })
  item('S-150', ['1.2/inbound_answered', '1.4/inbound_answered'], 'shows what was dialled', async (heard) => {
    expect((await traced(heard, 'Newexten'))[0]).toMatchObject({ Application: 'Dial', AppData: 'SIP/1001|8|tT' })
  })
  item('S-152', ['1.4/pickup', '1.4/park', '1.2/agents'], 'follows a channel to its new name', (heard) => {
    const [first] = meanings(heard, 'Rename', 'channel.renamed')
    expect(first?.to).toBe(`${first?.from}<MASQ>`)
    expect(first?.uniqueid).toMatch(/^\d+\.\d+$/)
  })
  item('S-152', ['1.8/park'], 'finds the old name in Channel from 1.6 on', (heard) => {
    const [first] = meanings(heard, 'Rename', 'channel.renamed')
    expect([first?.from, heard.said.find(({ name }) => name === 'Rename')?.get('Oldname')]).toEqual([expect.any(String), undefined])
  })
  item('S-153', ['1.2/cdr', '1.4/cdr'], 'never gets such an event, though it uses the action', ({ said, outcomes }) => {
    expect(outcomes('SetCDRUserField')[0]).toBe('CDR Userfield Set')
    expect(said.filter(({ name }) => name === 'SetCDRUserField')).toEqual([])
    expect(eventEntries.SetCDRUserField?.versions).toBe('only in the seed text')
  })
  item('S-169', ['1.2/inbound_answered', '1.4/inbound_answered', '1.8/inbound_answered', '11/inbound_answered', '22/a-inbound-answered.companion'], 'tells that a phone rings and is answered', (heard) => {
    const states = meanings(heard, 'Newstate', 'channel.changed').map(({ channel }) => channel.state)
    expect(states.indexOf('ringing')).toBeGreaterThanOrEqual(0)
    expect(states.lastIndexOf('up')).toBeGreaterThan(states.indexOf('ringing'))
  })
  item('S-179', ['1.2/inbound_answered', '1.4z/zap_channame', '1.4/inbound_answered', '22/h-call-states.companion'], 'knows every word for a state', (heard) => {
    const states = heard.said.flatMap(packet => translate(packet, 0)).flatMap(event => event.type === 'channel.created' || event.type === 'channel.changed' ? [event.channel.state] : []).filter(state => state !== undefined)
    expect(new Set(states).size).toBeGreaterThan(2)
    expect(states).not.toContain('unknown')
  })
})

describe('conferences', () => {
  const conferences = ['1.4z/conference', '1.4z/redirect_meetme', '1.4z/zap_channame']
  item('S-139', conferences, 'shows who enters', async (heard) => {
    expect((await traced(heard, 'MeetmeJoin')).map(({ Meetme, Usernum }) => `${Meetme} ${Usernum}`)).toEqual(['800 1', '800 2'])
  })
  item('S-140', conferences, 'shows who leaves, after how long', async (heard) => {
    expect(await traced(heard, 'MeetmeLeave')).toHaveLength(2)
    expect((await traced(heard, 'MeetmeLeave'))[0]).toMatchObject({ Meetme: '800', Duration: expect.stringMatching(/^\d+$/) })
  })
  item('S-141', ['1.4z/conference'], 'shows the end of talking as Status: off', async (heard) => {
    expect((await traced(heard, 'MeetmeTalking')).at(-1)).toMatchObject({ Status: 'off' })
    expect(await traced(heard, 'MeetmeStopTalking')).toEqual([])
  })
  item('S-141', ['printed/events'], 'shows it as an event of its own in 1.2', async (heard) => {
    expect(await traced(heard, 'MeetmeStopTalking')).toMatchObject([{ Meetme: '400', Usernum: '2' }])
    expect(eventEntries.MeetmeStopTalking?.successors).toEqual(['MeetmeTalking'])
  })
  item('S-142', conferences, 'shows who talks', async (heard) => {
    expect((await traced(heard, 'MeetmeTalking'))[0]).toMatchObject({ Meetme: '800', Status: 'on', Channel: expect.stringMatching(/^SIP\//) })
  })
})

describe('mailboxes, parking', () => {
  item('S-143', ['1.2/inbound_voicemail', '1.4/inbound_voicemail', '1.8/inbound_voicemail', '11/inbound_voicemail'], 'counts new and old messages', (heard) => {
    expect(meanings(heard, 'MessageWaiting', 'mailbox.changed')).toMatchObject([{ mailbox: '1002@default', waiting: true, newMessages: 1, oldMessages: 0 }])
  })
  item('S-144', ['1.2/voicemail_read', '1.4/voicemail_read', '1.8/voicemail_read', '11/voicemail_read'], 'takes no counts for nothing new', (heard) => {
    expect(meanings(heard, 'MessageWaiting', 'mailbox.changed')[0]).toMatchObject({ mailbox: '1002@default', waiting: false, newMessages: 0, oldMessages: null })
  })
  item('S-151', ['1.2/park', '1.4/park', '1.8/park', '22/f-park.companion'], 'tells where a call is parked, and by whom', (heard) => {
    expect(meanings(heard, 'ParkedCall', 'parking.parked')[0]).toMatchObject({ parked: { lot: 'default', space: expect.stringMatching(/^7\d+$/), parkee: { name: expect.stringMatching(/trunk-/) } } })
  })
  item('S-155', ['1.2/park', '1.4/park', '1.8/park'], 'tells that it was taken back, and by whom', (heard) => {
    expect(meanings(heard, 'UnParkedCall', 'parking.retrieved')[0]).toMatchObject({ parked: { space: '701', parker: null }, retriever: { name: expect.any(String) } })
  })
})

describe('lines, server, users', () => {
  item('S-157', ['printed/events'], 'shows the alarm of a line', async (heard) => {
    expect(await traced(heard, 'Alarm')).toMatchObject([{ Alarm: 'Red Alarm', Channel: '1' }])
  })
  item('S-157', ['1.4z/zap'], 'lists the alarm of every line in the same words', ({ answer }) => {
    expect(answer('ZapShowChannels').items.map(packet => packet.get('Alarm'))).toEqual(['No Alarm', 'No Alarm'])
  })
  item('S-158', ['printed/events'], 'shows the end of an alarm', async (heard) => {
    expect(await traced(heard, 'AlarmClear')).toMatchObject([{ Channel: '1' }])
  })
  item('S-159', ['printed/events'], 'shows do-not-disturb of a line', async (heard) => {
    expect(await traced(heard, 'DNDState')).toMatchObject([{ Channel: 'Zap/1', Status: 'enabled' }])
  })
  item('S-159', ['1.4z/zap'], 'is told it by the list alone where the action switched it', ({ asked, said }) => {
    const lists = asked('DAHDIShowChannels').flatMap(({ outcome }) => 'response' in outcome ? [outcome.items.map(packet => packet.get('DND')).join()] : [])
    expect(lists).toContain('Enabled,Enabled')
    expect(said.filter(({ name }) => name === 'DNDState')).toEqual([])
  })
  item('S-160', ['printed/events'], 'shows that a log file is written again', async (heard) => {
    expect((await traced(heard, 'LogChannel'))[0]).toEqual({ Event: 'LogChannel', Privilege: 'system,all', Channel: '/var/log/asterisk/messages', Enabled: 'Yes' })
  })
  item('S-161', ['printed/events'], 'shows why one is not; what it calls a channel is a file', async (heard) => {
    expect((await traced(heard, 'LogChannel'))[1]).toMatchObject({ Enabled: 'No', Reason: '13 - Permission denied' })
    expect(heard.said.filter(({ name }) => name === 'LogChannel').flatMap(packet => translate(packet, 0))).toEqual([])
  })
  item('S-162', ['1.2/peer_status', '1.4/peer_status', '1.8/peer_status'], 'tells that a peer has registered', (heard) => {
    expect(meanings(heard, 'PeerStatus', 'peer.changed')).toContainEqual({ type: 'peer.changed', peer: 'SIP/1003', status: 'registered', cause: null, at: 0 })
  })
  item('S-163', ['1.4/peer_status', '1.8/peer_status'], 'tells why one is gone', (heard) => {
    expect(meanings(heard, 'PeerStatus', 'peer.changed')[0]).toEqual({ type: 'peer.changed', peer: 'SIP/1003', status: 'unregistered', cause: 'Expired', at: 0 })
  })
  item('S-163', ['1.2/peer_status'], 'gives no cause in 1.2', (heard) => {
    expect(meanings(heard, 'PeerStatus', 'peer.changed')[0]).toMatchObject({ status: 'unregistered', cause: null })
  })
  item('S-164', ['1.4/peer_status', '1.8/peer_status'], 'tells who can be reached, and in what time', async (heard) => {
    const states = meanings(heard, 'PeerStatus', 'peer.changed').map(({ status }) => status)
    expect(states.slice(-2)).toEqual(['unreachable', 'reachable'])
    expect((await traced(heard, 'PeerStatus')).slice(-2).map(({ Time }) => Time)).toEqual(['-1', '1'])
  })
  item('S-165', ['1.2/peer_status', '1.4/peer_status', '1.8/peer_status'], 'shows our registration, whose driver stands in another header each time', async (heard) => {
    const header = heard.name.startsWith('1.2') ? 'Channel' : heard.name.startsWith('1.4') ? 'ChannelDriver' : 'ChannelType'
    expect(await traced(heard, 'Registry')).toMatchObject([{ [header]: 'SIP', Domain: '127.0.0.1', Status: 'Registered' }])
  })
  item('S-166', ['1.2/reload', '1.4/reload'], 'tells that the server reads its files again', async (heard) => {
    expect(meanings(heard, 'Reload', 'server.reloaded')).toMatchObject([{ module: null }])
    expect(await traced(heard, 'Reload')).toMatchObject([{ Message: 'Reload Requested' }])
  })
  item('S-166', ['1.8/config', '22/k-reload'], 'tells which module', (heard) => {
    expect(meanings(heard, 'Reload', 'server.reloaded')[0]?.module).toBe(heard.name.startsWith('22') ? 'All' : 'Manager')
  })
  item('S-167', ['1.2/shutdown.sigterm_watcher_admin', '1.4/shutdown.sigterm_watcher_admin', '1.8/shutdown.sigterm_watcher_admin', '22/k-graceful'], 'tells that the server ends', (heard) => {
    expect(meanings(heard, 'Shutdown', 'server.shuttingDown')).toMatchObject([{ restart: false }])
    expect(headers(heard.events('Shutdown')[0]).Shutdown).toBe('Cleanly')
  })
  item('S-168', ['1.2/userevent'], 'shows an event whose name the dialplan made up', async (heard) => {
    expect(await traced(heard, 'UserEventCallCenter')).toMatchObject([{ Channel: expect.stringMatching(/^Local\//), Agent: '1001' }])
  })
  item('S-168', ['1.4/userevent', '1.8/userevent', '16/t-userevent', '22/t-userevent'], 'shows the name in a header of its own', async (heard) => {
    const [last] = (await traced(heard, 'UserEvent')).slice(-1)
    expect(last?.UserEvent).toBe(/^(?:16|22)/.test(heard.name) ? 'CompanionTest' : 'CallCenter')
    expect(heard.events('UserEvent').map(packet => packetView(packet, { id: 1, at: 0, direction: 'in' }).name)).toContain('UserEvent')
  })
})

import type { AdminTable, AdminTableName } from '#contract/admin.ts'
import { describe, expect, it } from 'vitest'
import { openAdmin } from '../../support/admin-bench.ts'
import { ConversationServer } from '../../support/conversation-server.ts'
import { RecordedServer } from '../../support/recorded-exchanges.ts'

/** A table of a server that answers as these recordings. */
async function tableOf(recordings: readonly string[], table: AdminTableName, of = ''): Promise<AdminTable> {
  const { ask } = await openAdmin(await ConversationServer.of(...recordings))
  return ask['admin.table']({ table, of })
}
const column = ({ rows }: AdminTable, key: string): readonly (string | undefined)[] => rows.map(row => row[key])

describe('the table of channels', () => {
  it.each([['1.2', ['1.2/ping_listcommands', '1.2/agents']], ['1.4', ['1.4/ping_listcommands', '1.4/agents']]])('is made of Status in %s', async (_, recordings) => {
    const table = await tableOf(recordings, 'channels')
    expect(table.rows).toContainEqual(expect.objectContaining({ channel: 'Agent/1234', state: 'Up', caller: '02083361234', callerName: 'John Caller', context: '', seconds: '' }))
    expect(table.rows).toContainEqual(expect.objectContaining({ context: 'from-pstn', exten: '5551601', seconds: '4', bridge: 'Agent/1234' }))
  })

  it('is made of CoreShowChannels in 1.8, with times in seconds', async () => {
    const table = await tableOf(['1.8/ping_listcommands', '1.8/status'], 'channels')
    expect(column(table, 'seconds')).toEqual(['3', '3'])
    expect(table.rows[0]).toMatchObject({ channel: 'SIP/trunk-00000056', application: 'Dial', data: 'SIP/1001,8,tT', connected: '1001' })
    expect(table.columns.find(({ key }) => key === 'seconds')).toEqual({ key: 'seconds', numeric: true })
  })

  it('tells of 22 what bridge and what call each channel belongs to', async () => {
    const table = await tableOf(['22/p-lists'], 'channels')
    expect(new Set(column(table, 'linkedid')).size).toBe(1)
    expect(new Set(column(table, 'bridge')).size).toBe(1)
    expect(table.rows).toHaveLength(2)
  })

  it('takes Status where CoreShowChannels is refused, and says what was', async () => {
    const table = await tableOf(['11/ping_listcommands', '11/agents'], 'channels')
    expect(table.rows.length).toBeGreaterThan(2)
    expect(table.note?.code).toBe('not-permitted')
  })
})

describe('the table of peers', () => {
  it.each(['1.2', '1.4', '1.8', '11'])('puts SIP and IAX2 together in %s', async (release) => {
    const table = await tableOf([`${release}/ping_listcommands`, `${release}/sip_iax`], 'peers')
    expect(column(table, 'peer').toSorted()).toEqual(['IAX2/8001', 'IAX2/8002', 'SIP/1001', 'SIP/1002', 'SIP/1003', 'SIP/1004', 'SIP/trunk'])
    expect(table.rows.find(({ peer }) => peer === 'IAX2/8002')).toMatchObject({ address: '127.0.0.1', port: '4569', state: 'Unmonitored' })
    expect(table.rows.filter(({ peer }) => peer === 'SIP/1004' || peer === 'IAX2/8001').map(({ address, state }) => [address, state])).toEqual([['', 'UNKNOWN'], ['', 'UNKNOWN']])
  })

  it('lists the endpoints of PJSIP in 22', async () => {
    const table = await tableOf(['22/p-lists'], 'peers')
    expect(table.rows.find(({ peer }) => peer === 'PJSIP/1001')).toMatchObject({ address: '1001/sip:1001@127.0.0.1:22001', state: 'In use', calls: '1' })
  })

  it.each([['1.4/sip_iax', '1.4/ping_listcommands', 'SIP/1001', 'Context'], ['22/p-lists', '22/p-lists', 'PJSIP/1001', 'DeviceState']])('tells everything about one of %s', async (name, list, peer, header) => {
    const { ask } = await openAdmin(await ConversationServer.of(list, name))
    const details = await ask['admin.details']({ table: 'peers', id: peer })
    expect(details.length).toBeGreaterThan(20)
    expect(details.map(([key]) => key)).toContain(header)
    expect(details.filter(([key, value]) => /secret|password/i.test(key) && !/^(?:[YN]|••••••)?$/.test(value) && !/^(?:Yes|No|<.*>)$/i.test(value))).toEqual([])
  })
})

describe('the tables of lines and registrations', () => {
  it('lists the lines of Zaptel', async () => {
    expect((await tableOf(['1.4z/zap_channame'], 'dahdi')).rows).toEqual([
      { line: '1', signalling: 'FXO Kewlstart', context: 'default', dnd: 'Disabled', alarm: 'No Alarm', description: '' },
      { line: '3', signalling: 'FXS Kewlstart', context: 'from-pstn', dnd: 'Disabled', alarm: 'No Alarm', description: '' },
    ])
  })

  it('lists them under the name of today where both are there', async () => {
    expect(column(await tableOf(['1.4z/zap'], 'dahdi'), 'line')).toEqual(['1', '3'])
  })

  it.each(['1.8', '11'])('lists our registrations of %s', async (release) => {
    expect((await tableOf([`${release}/ping_listcommands`, `${release}/sip_iax`], 'registrations')).rows).toEqual([{ registration: 'SIP/127.0.0.1', username: '5551000', host: '127.0.0.1', state: 'Registered' }])
  })
})

describe('the tables of agents, queues and parking', () => {
  it.each(['1.2', '1.4', '1.8', '11'])('lists agents of %s without what is not known', async (release) => {
    expect((await tableOf([`${release}/ping_listcommands`, `${release}/agents`], 'agents')).rows).toEqual([
      { agent: '1234', name: 'Fred Agent', status: 'AGENT_LOGGEDOFF', channel: '', since: '0', talkingTo: '' },
      { agent: '1235', name: 'Jane Agent', status: 'AGENT_LOGGEDOFF', channel: '', since: '0', talkingTo: '' },
    ])
  })

  it('lists the agents of 22', async () => {
    expect((await tableOf(['22/p-lists'], 'agents')).rows).toMatchObject([{ agent: '2100', name: 'Agent Smith', status: 'AGENT_LOGGEDOFF' }])
  })

  it.each(['1.2', '1.4', '1.8', '11'])('lists queues and members of %s from one list', async (release) => {
    const { ask } = await openAdmin(await ConversationServer.of(`${release}/ping_listcommands`, `${release}/queue_admin`))
    const queues = await ask['admin.table']({ table: 'queues', of: '' })
    const members = await ask['admin.table']({ table: 'queue-members', of: '' })
    expect(column(queues, 'queue').toSorted()).toEqual(['agentq', 'empty', 'support'])
    expect(members.rows.find(row => row.interface === 'SIP/1001')).toMatchObject({ queue: 'support', member: release === '1.2' ? '' : 'SIP/1001', paused: '0', penalty: '1', membership: 'static' })
    expect((await ask['admin.table']({ table: 'queue-callers', of: '' })).rows).toEqual([])
  })

  it.each(['1.2', '1.4', '1.8', '11'])('shows the raw text of every queue of %s, not of the first alone', async (release) => {
    const table = await tableOf([`${release}/ping_listcommands`, `${release}/queue_admin`], 'queues-raw')
    expect(column(table, 'text').filter(text => /^\S+ +has \d+ calls/.test(text ?? '')).map(text => text?.split(' ')[0]).toSorted()).toEqual(['agentq', 'empty', 'support'])
  })

  it('shows nothing for raw text that does not come, at once', async () => {
    const { clock, ask } = await openAdmin(new RecordedServer('1.4'))
    const from = clock.now()
    expect((await ask['admin.table']({ table: 'iax-netstats', of: '' })).rows).toEqual([])
    expect(clock.now()).toBe(from)
  })

  it.each([['16', 'PJSIP/trunk-0000004d'], ['22', 'PJSIP/trunk-0000004d']] as const)('lists the parked calls of %s', async (release, channel) => {
    const { ask } = await openAdmin(new RecordedServer(release))
    expect((await ask['admin.table']({ table: 'parked', of: '' })).rows).toMatchObject([{ space: '701', lot: 'default', channel, from: 'PJSIP/1001', caller: '+15550100', callerName: 'Customer Karla' }])
  })
})

describe('the tables of conferences and mailboxes', () => {
  it('lists rooms of ConfBridge and who is in one', async () => {
    const { ask } = await openAdmin(await ConversationServer.of('11/ping_listcommands', '11/conference'))
    expect((await ask['admin.table']({ table: 'conferences', of: '' })).rows).toMatchObject([{ conference: '800', parties: '2', locked: 'No', kind: 'ConfBridge' }])
    expect((await ask['admin.table']({ table: 'conference', of: '800' })).rows).toMatchObject([{ channel: 'SIP/1001-00000090', caller: '1001', callerName: 'Alice', muted: 'No' }, { caller: '1002' }])
  })

  it('takes "No active conferences." for an empty list', async () => {
    expect((await tableOf(['22/p-lists'], 'conferences'))).toMatchObject({ rows: [], note: null })
  })

  it.each(['1.8', '22'] as const)('lists the mailboxes of %s with their counts', async (release) => {
    const { ask } = await openAdmin(new RecordedServer(release))
    expect((await ask['admin.table']({ table: 'mailboxes', of: '' })).rows[0]).toMatchObject({ mailbox: '1001', context: 'default', new: release === '22' ? '1' : '0' })
  })
})

it('says of a table that no source of it is there', async () => {
  const { ask } = await openAdmin(new RecordedServer('1.2'))
  await expect(ask['admin.table']({ table: 'conferences', of: '' })).rejects.toMatchObject({ code: 'not-on-this-server', details: { actions: 'ConfbridgeListRooms, MeetmeListRooms' } })
})

it('says that it is not connected', async () => {
  const { ask, admin, after } = await openAdmin(new RecordedServer('1.2'))
  await after(2000, admin.close())
  await expect(ask['admin.table']({ table: 'channels', of: '' })).rejects.toMatchObject({ code: 'not-online' })
})

import type { Fields } from '../../../main/ami/wire/message.ts'
import type { OpenOffice } from '../../support/demo-office.ts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openOffice } from '../../support/demo-office.ts'

let office: OpenOffice

beforeEach(async () => {
  office = await openOffice()
})
afterEach(() => office.close())

/** Steps of one `UpdateConfig` on queues.conf. */
async function change(...steps: readonly Fields[]): Promise<void> {
  const numbered = steps.flatMap((step, index) => Object.entries(step).map(([name, value]) => [`${name}-${String(index).padStart(6, '0')}`, value]))
  expect((await office.client.ask('UpdateConfig', { SrcFilename: 'queues.conf', DstFilename: 'queues.conf', ...Object.fromEntries(numbered) })).name).toBe('Success')
}
const without = (queue: string): Promise<void> => change({ Action: 'DelCat', Cat: queue })
const reload = (fields: Fields = {}) => office.client.ask('QueueReload', fields)
const sentence = async (action: string, fields: Fields): Promise<string | undefined> => (await office.client.ask(action, fields)).get('Message')

/** `sales: Amélie …`, by the server's list. */
async function queues(): Promise<readonly string[]> {
  const { items } = await office.client.list('QueueStatus')
  return items.filter(({ name }) => name === 'QueueParams').map((queue) => {
    const members = items.filter(item => item.name === 'QueueMember' && item.get('Queue') === queue.get('Queue'))
    return `${queue.get('Queue')}: ${members.map(member => member.get('Location')?.slice(-4)).join(' ')}`
  })
}
/** What was told since, of queues and their devices: the event, and of which. */
function toldSince(from: number): readonly string[] {
  return office.client.events.filter(event => office.client.packets.indexOf(event) >= from).flatMap((event) => {
    const about = event.get('Queue') ?? event.get('Device') ?? ''
    const isList = ['QueueParams', 'QueueMember', 'QueueEntry'].includes(event.name)
    return !isList && (event.name.startsWith('Queue') || about.startsWith('Queue:')) && about !== '' ? [`${event.name} ${about}`] : []
  })
}

describe('a queue that the file has no more', () => {
  it('stays until the queues are read again, and goes then without an event that says so', async () => {
    await without('sales')
    expect(await queues()).toEqual(['support: 1001 1003 1010 1009', 'sales: 1004 1008 1012'])
    const from = office.client.packets.length
    expect((await reload()).raw()).toContain('Message: Queue reloaded successfully')
    expect(await queues()).toEqual(['support: 1001 1003 1010 1009'])
    // As of an Asterisk: only whether somebody is free is looked at anew.
    expect(toldSince(from)).toEqual(['DeviceStateChange Queue:support_avail'])
  })

  it('is none to whoever asks for something in it', async () => {
    await without('sales')
    await reload()
    const me = { Queue: 'sales', Interface: 'PJSIP/1001' }
    expect([await sentence('QueueAdd', me), await sentence('QueueRemove', me), await sentence('QueuePause', { ...me, Paused: 'true' })]).toEqual([
      'Unable to add interface to queue: No such queue',
      'Unable to remove interface from queue: No such queue',
      'Interface not found',
    ])
  })

  it('stays where only members, or only another queue, are read again', async () => {
    await without('sales')
    await reload({ Members: 'yes' })
    expect(await queues()).toHaveLength(2)
    await change({ Action: 'Append', Cat: 'support', Var: 'weight', Value: '1' })
    await reload({ Queue: 'support' })
    expect(await queues()).toHaveLength(2)
  })

  it('lets who waits in it wait on, tells of them and of none of its members', async () => {
    const call = office.demo.incoming({ name: 'Nadia Okafor', number: '+12125550134', to: 'sales' })
    await office.client.settle()
    await without('sales')
    await reload()
    const from = office.client.packets.length
    await office.pass(16_000)
    expect(call.state).not.toBe('over')
    call.callerHangsUp()
    await office.client.settle()
    expect(toldSince(from).filter(told => told.endsWith('sales'))).toEqual(['QueueCallerAbandon sales', 'DeviceStateChange Queue:sales', 'QueueCallerLeave sales'])
  })

  it('lets go by who calls it then', async () => {
    await without('sales')
    await reload()
    const call = office.demo.incoming({ name: 'Nadia Okafor', number: '+12125550134', to: 'sales' })
    await office.client.settle()
    expect(call.state).toBe('over')
  })

  it('comes back as the file has it, without who had logged in', async () => {
    await without('sales')
    await reload()
    await change({ Action: 'NewCat', Cat: 'sales' }, { Action: 'Append', Cat: 'sales', Var: 'member', Value: '>PJSIP/1004,0,Amélie,PJSIP/1004' }, { Action: 'Append', Cat: 'sales', Var: 'servicelevel', Value: '30' })
    const from = office.client.packets.length
    await office.client.ask('Command', { Command: 'queue reload all' })
    expect(await queues()).toEqual(['support: 1001 1003 1010 1009', 'sales: 1004'])
    expect(toldSince(from).filter(told => told.startsWith('Queue'))).toEqual([])
  })
})

it('gives a queue new members of the file, keeps those who logged in, and begins anew to count', async () => {
  await office.client.ask('QueuePause', { Queue: 'support', Interface: 'PJSIP/1003', Paused: 'true' })
  await change({ Action: 'Delete', Cat: 'support', Var: 'member', Match: 'PJSIP/1010,0,Kwame Mensah,PJSIP/1010' }, { Action: 'Append', Cat: 'support', Var: 'member', Value: '>PJSIP/1002,2,Priya,PJSIP/1002' })
  await reload()
  const { items } = await office.client.list('QueueStatus', { Queue: 'support' })
  expect(items.filter(({ name }) => name === 'QueueMember').map(member => ['Location', 'Membership', 'Penalty', 'Paused'].map(name => member.get(name)).join(' '))).toEqual([
    'PJSIP/1001 dynamic 0 0',
    'PJSIP/1003 static 0 1',
    'PJSIP/1009 static 5 0',
    'PJSIP/1002 static 2 0',
  ])
})

it('reads the queues where their module is reloaded, which is told', async () => {
  await without('sales')
  expect(await sentence('Reload', { Module: 'app_queue.so' })).toBe('Module Reloaded')
  expect(await queues()).toHaveLength(1)
  expect(office.client.events.some(event => event.name === 'Reload' && event.get('Module') === 'app_queue.so')).toBe(true)
})

import type { Socket } from 'node:dgram'
import { createSocket } from 'node:dgram'
import { on, once } from 'node:events'
import { expect, it } from 'vitest'
import { startPhone } from './support/phone.ts'

const HOST = '127.0.0.1'

async function plugIn(): Promise<Socket> {
  const socket = createSocket('udp4')
  socket.bind(0, HOST)
  await once(socket, 'listening')
  return socket
}

it('the phone of the tests takes an INVITE that is said again for the same call, also when it has refused it', async () => {
  const server = await plugIn()
  const phone = await startPhone({ user: '1001', at: { host: HOST, port: 0 }, server: { host: HOST, port: server.address().port }, behaviour: { refuse: 486 } })
  const heard = on(server, 'message')
  const said = async (): Promise<string> => String((await heard.next()).value?.[0])
  const invite = (callId: string): string => [
    'INVITE sip:1001@phone SIP/2.0',
    `Via: SIP/2.0/UDP ${HOST};branch=z9hG4bK-${callId}`,
    `From: <sip:1002@pbx>;tag=${callId}`,
    'To: <sip:1001@phone>',
    `Call-ID: ${callId}`,
    'CSeq: 1 INVITE',
    `Contact: <sip:1002@${HOST}>`,
    '',
    '',
  ].join('\r\n')
  const ring = (callId: string): void => server.send(invite(callId), phone.at.port, HOST)

  ring('one')
  expect(await said()).toContain('SIP/2.0 100')
  const refusal = await said()
  expect(refusal).toContain('SIP/2.0 486')
  ring('one')
  expect(await said()).toBe(refusal)
  ring('two')
  expect(await said()).toContain('SIP/2.0 100')
  expect([(await phone.nextCall()).callId, (await phone.nextCall()).callId, phone.hasArrived]).toEqual(['one', 'two', false])

  await phone.stop()
  server.close()
})

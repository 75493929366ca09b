import type { OpenOffice } from '../support/demo-office.ts'
import { Buffer } from 'node:buffer'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { encodeAction } from '../../main/ami/wire/encoder.ts'
import recorded from '../fixtures/demo/answers-22.json' with { type: 'json' }
import { openOffice } from '../support/demo-office.ts'

let office: OpenOffice
let ask: (fields: Readonly<Record<string, string>>) => Promise<string>
let hangUp: () => void

/** A client that only looks at bytes. Each action is followed by a Ping, so that the end of its answer is certain. */
async function openBareClient(): Promise<void> {
  const socket = connect(office.demo.port, '127.0.0.1')
  let said = ''
  let look = (): void => {}
  socket.on('data', (chunk) => {
    said += Buffer.from(chunk).toString('latin1')
    look()
  })
  const until = (mark: string): Promise<string> => new Promise((resolve) => {
    look = () => {
      const at = said.indexOf(mark)
      if (at === -1)
        return
      resolve(said.slice(0, at))
      said = ''
    }
    look()
  })
  let count = 0
  ask = async ({ Action = '', ...fields }) => {
    const id = `bare-${++count}`
    socket.write(encodeAction(Action, fields, id))
    socket.write(encodeAction('Ping', {}, `end-${count}`))
    if (Action === 'WaitEvent') {
      await office.client.settle()
      await office.clock.pass(Number(fields.Timeout) * 1000)
    }
    const answer = await until(`Response: Success\r\nActionID: end-${count}\r\n`)
    return answer.replaceAll(`ActionID: ${id}\r\n`, '')
  }
  hangUp = () => socket.destroy()
  await ask({ Action: 'Login', Username: office.demo.username, Secret: office.demo.secret, Events: 'off' })
}

beforeAll(async () => {
  office = await openOffice()
  await openBareClient()
})
afterAll(async () => {
  hangUp()
  await office.close()
})

// One after the other at one office, as they were recorded: what an action has changed the next one shows.
describe('the demo answers byte for byte as Asterisk 22 did', () => {
  it.each(recorded.map(({ asked, answered }) => [Object.entries(asked).map(([name, value]) => name === 'Action'
    ? value
    : `${name}=${value}`).join(' '), asked, answered] as const))('to %s', async (_, asked, answered) => {
    expect(await ask(asked)).toBe(answered)
  })
})

import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { screen, within } from '@testing-library/vue'
import { describe, expect, it } from 'vitest'
import { openAdmin } from '../../support/open-admin.ts'

type Opened = Awaited<ReturnType<typeof openAdmin>>

/** A call to 1001 that is answered, as Asterisk 22 told it. */
const call = readFileSync(resolve(import.meta.dirname, '../../fixtures/transcripts/22/a-inbound-answered.companion.s2c.txt'), 'utf8').replace(/^Asterisk Call Manager.*\r?\n/, '').trimEnd()
const counting = (from: number, to: number): string => Array.from({ length: to - from + 1 }, (_, at) => `Event: Newexten\nChannel: PJSIP/${from + at}\nUniqueid: 1.${from + at}\nLinkedid: 1.${from + at}\n\n`).join('')

async function tracing(wire: string): Promise<Opened> {
  const window = await openAdmin()
  window.bridge.hear(`${wire}\n\n`)
  await window.user.click(screen.getByRole('button', { name: 'Trace' }))
  await window.pass(1000)
  return window
}
const list = (): HTMLElement => screen.getByLabelText('Packets')
/** By selector: looking for roles in hundreds of rows takes seconds. */
const rows = (): HTMLElement[] => [...list().querySelectorAll<HTMLElement>('[role=option]')]
const numbers = (): number[] => rows().map(row => Number(row.dataset['id']))

describe('the trace', () => {
  it('shows packets in the order of the wire, with time, direction and what they are about', async () => {
    await tracing('Action: Ping\nActionID: 1\n\nResponse: Success\nActionID: 1\nPing: Pong')
    expect(rows().map(row => row.querySelector('b')?.textContent)).toEqual(['Ping', 'Success'])
    expect(within(rows()[0] ?? list()).getByLabelText('To the server')).toBeTruthy()
    expect(rows()[1]?.textContent).toContain('Ping: Pong')
  })

  it('says that there is nothing yet', async () => {
    await tracing('')
    expect(screen.getByText(/^No packet yet/)).toBeTruthy()
  })

  it('follows what arrives, at most four times a second', async () => {
    const { bridge, pass } = await tracing(counting(1, 3))
    const asked = bridge.inputsOf('admin.trace.page').length
    for (let n = 0; n < 100; n++) {
      bridge.hear(counting(4 + n, 4 + n))
      await pass(10)
    }
    await pass(500)
    expect(numbers().at(-1)).toBe(103)
    // Two ask in this window: the trace, and who watches for reloads.
    expect(bridge.inputsOf('admin.trace.page').length - asked).toBeLessThanOrEqual(14)
  })

  it('never draws more than a few hundred of many thousand packets, and pages up and down through them', async () => {
    const { pass } = await tracing(counting(1, 20_000))
    expect(numbers()).toHaveLength(120)
    expect(numbers().at(-1)).toBe(20_000)
    const place = list()
    // A screen of 400 pixels over rows of 24.
    Object.defineProperties(place, { clientHeight: { value: 400 }, scrollHeight: { get: () => rows().length * 24 } })
    for (let n = 0; n < 8; n++) {
      place.scrollTop = 0
      place.dispatchEvent(new Event('scroll'))
      await pass()
    }
    expect(rows().length).toBeLessThanOrEqual(360)
    const top = numbers()
    expect(top[0]).toBeLessThan(19_300)
    expect(top).toEqual(top.map((_, at) => (top[0] ?? 0) + at))
    for (let n = 0; n < 20; n++) {
      place.scrollTop = place.scrollHeight
      place.dispatchEvent(new Event('scroll'))
      await pass(300)
    }
    expect(numbers().at(-1)).toBe(20_000)
    expect(rows().length).toBeLessThanOrEqual(360)
  })

  it('stands still while somebody reads further up, and goes back to the newest when told', async () => {
    const { bridge, pass, user } = await tracing(counting(1, 500))
    const place = list()
    Object.defineProperties(place, { clientHeight: { value: 400 }, scrollHeight: { get: () => rows().length * 24 } })
    place.scrollTop = 1200
    place.dispatchEvent(new Event('scroll'))
    await pass()
    const before = numbers()
    bridge.hear(counting(501, 600))
    await pass(1000)
    expect(numbers()).toEqual(before)
    await user.click(screen.getByRole('button', { name: 'To the newest' }))
    await pass(1000)
    expect(numbers().at(-1)).toBe(600)
  })
})

describe('the filter', () => {
  it('offers names with their counts and shows only those', async () => {
    const { pass, user } = await tracing(call)
    await user.click(screen.getByText('All names'))
    const hangup = screen.getByRole('checkbox', { name: /^Hangup\s*\d+$/ })
    await user.click(hangup)
    await pass(1000)
    expect(new Set(rows().map(row => row.querySelector('b')?.textContent))).toEqual(new Set(['Hangup']))
    expect(screen.getByText(/^\d+ of \d+ packets match$/)).toBeTruthy()
  })

  it('looks for any text once typing has settled', async () => {
    const { bridge, pass, user } = await tracing(counting(1, 50))
    await user.type(screen.getByLabelText('Any text'), 'pjsip/17')
    await pass(1000)
    expect(numbers()).toEqual([17])
    expect(bridge.inputsOf('admin.trace.page').filter(({ filter }) => filter.text !== '' && filter.text !== 'pjsip/17')).toEqual([])
  })

  it('says that nothing matches, and is taken back with one click', async () => {
    const { pass, user } = await tracing(counting(1, 5))
    await user.type(screen.getByLabelText('Channel'), 'SIP/none')
    await pass(1000)
    expect(screen.getByText('No packet matches.')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Show everything' }))
    await pass(1000)
    expect(numbers()).toHaveLength(5)
  })

  it('comes from a packet: only this call', async () => {
    const { pass, user } = await tracing(`${call}\n\n${counting(1, 3)}`)
    const one = rows().find(row => row.querySelector('b')?.textContent === 'Newchannel')
    await user.click(one ?? list())
    await user.click(screen.getByRole('button', { name: 'Only this call' }))
    await pass(1000)
    expect(rows().length).toBeGreaterThan(3)
    expect(rows().some(row => row.textContent?.includes('PJSIP/1 '))).toBe(false)
  })
})

describe('a packet', () => {
  it('shows every header, is copied, and opens in the console when it is an action', async () => {
    const { bridge, user } = await tracing('Action: MailboxCount\nActionID: 7\nMailbox: 1001')
    await user.click(rows()[0] ?? list())
    const packet = screen.getByRole('region', { name: 'Packet 1' })
    await user.click(within(packet).getByRole('button', { name: 'Copy this packet' }))
    expect(bridge.inputsOf('clipboard.write')).toEqual([{ text: 'Action: MailboxCount\nActionID: 7\nMailbox: 1001' }])
    await user.click(within(packet).getByRole('button', { name: 'Open in the console' }))
    expect(screen.getByLabelText<HTMLInputElement>(/^Mailbox/).value).toBe('1001')
  })

  it('is walked to with the arrows', async () => {
    const { user } = await tracing(counting(1, 3))
    list().focus()
    await user.keyboard('{ArrowUp}{ArrowUp}')
    expect(screen.getByRole('region', { name: 'Packet 2' })).toBeTruthy()
  })

  it('never becomes markup', async () => {
    const { user } = await tracing('Event: Newchannel\nCallerIDName: <img src=x onerror=alert(1)>')
    await user.click(rows()[0] ?? list())
    expect(document.querySelector('img')).toBeNull()
    expect(screen.getAllByText(/<img src=x/).length).toBeGreaterThan(1)
  })
})

describe('keeping it', () => {
  it('is paused: what arrives then is not kept', async () => {
    const { bridge, pass, user } = await tracing(counting(1, 2))
    await user.click(screen.getByRole('button', { name: 'Pause' }))
    bridge.hear(counting(3, 9))
    await pass(1000)
    expect(numbers()).toHaveLength(2)
    expect(screen.getByText(/^Paused:/)).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Resume' }))
    bridge.hear(counting(10, 10))
    await pass(1000)
    expect(numbers()).toHaveLength(3)
  })

  it('is cleared', async () => {
    const { pass, user } = await tracing(counting(1, 2))
    await user.click(screen.getByRole('button', { name: 'Clear' }))
    await pass(1000)
    expect(rows()).toEqual([])
  })

  it('is saved as filtered, with numbers covered unless told otherwise, and says where', async () => {
    const { bridge, pass, user } = await tracing(counting(1, 2))
    await user.click(screen.getByRole('button', { name: 'Save …' }))
    await user.click(screen.getByRole('button', { name: 'Choose where' }))
    await pass()
    expect(bridge.inputsOf('admin.trace.save').map(input => input.maskNumbers)).toEqual([true])
    expect(screen.getByText(/^Saved as \/home\/dana\/ringside-trace-/)).toBeTruthy()
  })
})

it('replays a call: what its owner would have seen at each packet', async () => {
  const { pass, user } = await tracing(call)
  await user.click(screen.getByRole('button', { name: 'Replay' }))
  const replay = screen.getByRole('region', { name: 'What Ringside would show' })
  await user.type(within(replay).getByLabelText('Extension'), '1001')
  await pass(1000)
  expect(within(replay).getByText('Extension 1001')).toBeTruthy()
  const ringing = rows().findIndex(row => row.querySelector('b')?.textContent === 'Newstate' && row.textContent?.includes('Ringing'))
  await user.click(rows()[ringing] ?? list())
  await pass(1000)
  expect(within(replay).getAllByText(/Incoming call/).length).toBeGreaterThan(1)
})

import { screen, within } from '@testing-library/vue'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { failed } from '../support/fake-bridge.ts'
import { openPopup } from '../support/open-window.ts'
import { anAlert, aPerson, byId, connected, NOON } from '../support/rows.ts'

const card = (name = 'Call from Anna Schmidt'): HTMLElement => screen.getByRole('article', { name })

/** A ResizeObserver that tells when the test says so: the DOM of tests lays nothing out. */
class FakeResizeObserver implements ResizeObserver {
  static readonly all = new Set<FakeResizeObserver>()
  static readonly tell = (): void => FakeResizeObserver.all.forEach(observer => observer.#callback([], observer))
  readonly #callback: ResizeObserverCallback
  readonly #watched = new Set<Element>()

  constructor(callback: ResizeObserverCallback) {
    this.#callback = callback
  }

  observe(element: Element): void {
    this.#watched.add(element)
    FakeResizeObserver.all.add(this)
  }

  unobserve(element: Element): void {
    this.#watched.delete(element)
    if (this.#watched.size === 0)
      this.disconnect()
  }

  disconnect(): void {
    this.#watched.clear()
    FakeResizeObserver.all.delete(this)
  }
}

describe('a call that rings', () => {
  it('shows who calls, through what, and for how long', async () => {
    const { pass } = await openPopup({ tables: { alerts: byId(anAlert({ queue: 'Support', waitedSince: NOON - 42_000, dialed: '+49 30 5550', transferredBy: 'Chiara Rossi' })) } })
    expect(within(card()).getByRole('heading').textContent).toBe('Anna Schmidt')
    for (const words of ['Incoming call', '+49 30 901820', 'Queue Support, waiting 0:42', 'To +49 30 5550', 'Transferred by Chiara Rossi', 'Answer on your phone'])
      expect(within(card()).getByText(words)).toBeTruthy()
    expect(within(card()).getByRole('timer').textContent).toBe('0:04')
    await pass(3000)
    expect(within(card()).getByRole('timer').textContent).toBe('0:07')
    expect(within(card()).getByText('Queue Support, waiting 0:45')).toBeTruthy()
  })

  it('is said to those who hear the screen, once', async () => {
    const { pass } = await openPopup({ tables: { alerts: byId(anAlert()) } })
    await pass(4000)
    expect(screen.getAllByRole('alert').map(each => each.textContent.trim())).toEqual(['Incoming call from Anna Schmidt, +49 30 901820'])
  })

  it.each([
    ['Decline', 'alert.decline'],
    ['To voicemail', 'alert.toVoicemail'],
    ['Close this card; the phone keeps ringing', 'alert.dismiss'],
  ] as const)('has a button “%s” that asks for %s', async (name, command) => {
    const { user, bridge } = await openPopup({ tables: { alerts: byId(anAlert()) } })
    await user.click(screen.getByRole('button', { name }))
    expect(bridge.asked.filter(each => each.name.startsWith('alert.'))).toEqual([{ name: command, input: { id: 'call-1' } }])
  })

  it.each([
    [{ canDecline: false }, ['To voicemail']],
    [{ canSendToVoicemail: false }, ['Decline']],
    [{ canDecline: false, canSendToVoicemail: false }, []],
  ])('offers for %o only what can be done: %o', async (over, names) => {
    await openPopup({ tables: { alerts: byId(anAlert(over)) } })
    expect(within(card()).getAllByRole('button').map(button => button.textContent?.trim()).filter(Boolean)).toEqual(names)
  })

  it('stays, with the reason, when it could not be declined', async () => {
    const { user, bridge } = await openPopup({ tables: { alerts: byId(anAlert()) } })
    bridge.answer('alert.decline', () => failed('not-permitted'))
    await user.click(screen.getByRole('button', { name: 'Decline' }))
    expect(within(card()).getByRole('alert').textContent).toContain('Your account on the server may not do this.')
  })

  it('goes on Esc without touching the call', async () => {
    const { user, bridge } = await openPopup({ tables: { alerts: byId(anAlert()) } })
    await user.keyboard('{Escape}')
    expect(bridge.asked.filter(each => each.name.startsWith('alert.'))).toEqual([{ name: 'alert.dismiss', input: { id: 'call-1' } }])
  })

  it('takes no focus for itself, and is reached by keyboard in reading order', async () => {
    const { user } = await openPopup({ tables: { alerts: byId(anAlert()) } })
    expect(document.activeElement).toBe(document.body)
    const names: (string | null)[] = []
    for (let steps = 0; steps < 3; steps++) {
      await user.tab()
      names.push(document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent.trim() ?? null)
    }
    expect(names).toEqual(['Close this card; the phone keeps ringing', 'Decline', 'To voicemail'])
  })
})

describe('a call that rang', () => {
  it.each([
    [{ state: 'answered-here' }, 'You answered'],
    [{ state: 'answered-here', answeredBy: 'PJSIP/1001-mobile' }, 'Answered on PJSIP/1001-mobile'],
    [{ state: 'answered-elsewhere', answeredBy: 'Ben Okafor' }, 'Answered by Ben Okafor'],
    [{ state: 'answered-elsewhere' }, 'Answered elsewhere'],
    [{ state: 'missed' }, 'Missed call'],
    [{ state: 'voicemail' }, 'Went to voicemail'],
    [{ state: 'declined' }, 'Declined'],
    [{ state: 'forwarded' }, 'Forwarded'],
    [{ state: 'forwarded', sentTo: 'Bob Two' }, 'Sent on to Bob Two'],
    [{ state: 'voicemail', sentTo: 'Bob Two' }, 'Sent to the voicemail of Bob Two'],
    [{ state: 'parked' }, 'Parked'],
    [{ state: 'cancelled' }, 'Call ended'],
  ] as const)('says for %o: %s', async (over, words) => {
    const { bridge, pass } = await openPopup({ tables: { alerts: byId(anAlert()) } })
    bridge.show({ alerts: byId(anAlert({ ...over, endedAt: NOON, canDecline: false, canSendToVoicemail: false })) })
    await pass()
    expect(within(card()).getByText(words)).toBeTruthy()
    expect(within(card()).queryByRole('timer')).toBeNull()
    expect(within(card()).getAllByRole('button').map(button => button.getAttribute('aria-label'))).toEqual(['Close'])
  })

  it('goes when main takes it away', async () => {
    const { bridge, pass } = await openPopup({ tables: { alerts: byId(anAlert({ state: 'missed' })) } })
    bridge.show({ alerts: {} })
    await pass()
    expect(screen.queryByRole('article')).toBeNull()
  })
})

describe('several calls', () => {
  it('stand under each other, those that ring on top, the oldest first', async () => {
    await openPopup({ tables: { alerts: byId(
      anAlert({ id: 'a', startedAt: NOON - 50_000, state: 'missed', caller: { number: '1', display: '1', name: 'Over' } }),
      anAlert({ id: 'c', startedAt: NOON - 1000, caller: { number: '3', display: '3', name: 'Second' } }),
      anAlert({ id: 'b', startedAt: NOON - 9000, caller: { number: '2', display: '2', name: 'First' } }),
    ) } })
    expect(screen.getAllByRole('heading', { level: 2 }).map(each => each.textContent)).toEqual(['First', 'Second', 'Over'])
  })

  it('are cut at four, and the rest is counted', async () => {
    await openPopup({ tables: { alerts: byId(...Array.from({ length: 6 }, (_, at) => anAlert({ id: `call-${at}`, startedAt: NOON - at }))) } })
    expect(screen.getAllByRole('article')).toHaveLength(4)
    expect(screen.getByText('2 more calls')).toBeTruthy()
  })
})

it('tells main how tall it is, whenever that changes', async () => {
  vi.stubGlobal('ResizeObserver', FakeResizeObserver)
  onTestFinished(() => { vi.unstubAllGlobals() })
  const { bridge, close } = await openPopup({ tables: { alerts: byId(anAlert()) } })
  const box = vi.spyOn(screen.getByRole('main'), 'getBoundingClientRect')
  box.mockReturnValue(new DOMRect(0, 0, 360, 141.2))
  FakeResizeObserver.tell()
  FakeResizeObserver.tell()
  box.mockReturnValue(new DOMRect(0, 0, 360, 9000))
  FakeResizeObserver.tell()
  expect(bridge.inputsOf('popup.resize')).toEqual([{ height: 142 }, { height: 2000 }])
  close()
  expect(FakeResizeObserver.all.size).toBe(0)
})

describe('a call that rings me can be sent on from the popup', () => {
  const people = byId(
    aPerson({ state: 'inuse' }),
    aPerson({ id: '1003@hints', exten: '1003', name: 'Chiara Rossi' }),
    aPerson({ id: '1004@hints', exten: '1004', name: 'Jana Müller', state: 'busy', favourite: true }),
    aPerson({ id: '1001@hints', exten: '1001', name: 'Me', isMe: true }),
  )

  it('to a colleague with two clicks and no keyboard, favourites and those who are free first', async () => {
    const { user, bridge } = await openPopup({ tables: { people, alerts: byId(anAlert({ canTransfer: true })) } })
    await user.click(screen.getByRole('button', { name: 'Send to …' }))
    const offers = within(screen.getByRole('list', { name: 'Send the call to' })).getAllByRole('button')
    expect(offers.map(offer => offer.textContent?.trim())).toEqual(['Jana MüllerBusy', 'Chiara RossiFree', 'Ben OkaforOn a call'])
    await user.click(screen.getByRole('button', { name: /Chiara Rossi/ }))
    expect(bridge.inputsOf('alert.transfer')).toEqual([{ id: 'call-1', to: '1003' }])
  })

  it('and nobody changes places under the pointer because of a state', async () => {
    const { user, bridge, pass } = await openPopup({ tables: { people, alerts: byId(anAlert({ canTransfer: true })) } })
    await user.click(screen.getByRole('button', { name: 'Send to …' }))
    bridge.show({ people: { ...people, '1002@hints': aPerson(), '1003@hints': aPerson({ id: '1003@hints', exten: '1003', name: 'Chiara Rossi', state: 'inuse' }) } })
    await pass()
    const offers = (): (string | undefined)[] => within(screen.getByRole('list', { name: 'Send the call to' })).getAllByRole('button').map(offer => offer.textContent?.trim())
    expect(offers()).toEqual(['Jana MüllerBusy', 'Chiara RossiOn a call', 'Ben OkaforFree'])
    // Who opens it anew sees who is free now.
    await user.click(screen.getByRole('button', { name: 'Send to …' }))
    await user.click(screen.getByRole('button', { name: 'Send to …' }))
    expect(offers()).toEqual(['Jana MüllerBusy', 'Ben OkaforFree', 'Chiara RossiOn a call'])
  })

  it('and colleagues are mirrored while one of them can be chosen, no longer', async () => {
    const { user, bridge, pass } = await openPopup({ tables: { people, alerts: byId(anAlert({ canTransfer: true }), anAlert({ id: 'call-2', caller: { number: '2', display: '2', name: 'Second' }, canTransfer: true })) } })
    const without = (): readonly (readonly string[])[] => bridge.inputsOf('pbx.snapshot').map(input => input?.without ?? [])
    expect(without()).toEqual([['people']])
    const press = async (name: string): Promise<void> => user.click(within(card(name)).getByRole('button', { name: 'Send to …' }))
    await press('Call from Anna Schmidt')
    await press('Call from Second')
    expect(without()).toEqual([['people'], []])
    await press('Call from Anna Schmidt')
    expect(without()).toEqual([['people'], []])
    await press('Call from Second')
    expect(without()).toEqual([['people'], [], ['people']])
    await press('Call from Second')
    bridge.show({ alerts: {} })
    await pass()
    expect(without()).toEqual([['people'], [], ['people'], [], ['people']])
  })

  it('to anybody else in the main window', async () => {
    const { user, bridge } = await openPopup({ tables: { people, alerts: byId(anAlert({ canTransfer: true })) } })
    await user.click(screen.getByRole('button', { name: 'Send to …' }))
    await user.click(screen.getByRole('button', { name: 'Somebody else, in the main window …' }))
    expect(bridge.inputsOf('window.showMain')).toEqual([{ panel: 'home' }])
  })

  it('into the parking lot', async () => {
    const { user, bridge } = await openPopup({ tables: { alerts: byId(anAlert({ canPark: true })) } })
    await user.click(screen.getByRole('button', { name: 'Park' }))
    expect(bridge.inputsOf('alert.park')).toEqual([{ id: 'call-1' }])
  })

  it('and says why it could not', async () => {
    const { user, bridge } = await openPopup({ tables: { alerts: byId(anAlert({ canPark: true })) } })
    bridge.answer('alert.park', () => failed('lot-full'))
    await user.click(screen.getByRole('button', { name: 'Park' }))
    expect(screen.getByText('All places of the parking lot are taken.')).toBeTruthy()
  })
})

it('says that a call comes back from the parking lot', async () => {
  await openPopup({ tables: { alerts: byId(anAlert({ returned: { lot: 'default', space: '701' } })) } })
  expect(within(card()).getByText('Back from parking 701')).toBeTruthy()
  expect(within(card()).getByText('Nobody took it back')).toBeTruthy()
})

it('offers nothing that cannot be done while the server is away, and counts no further', async () => {
  const { bridge, pass } = await openPopup({ tables: { alerts: byId(anAlert({ canTransfer: true })) } })
  bridge.show({ connection: { me: connected({ state: 'waiting', staleSince: NOON + 1000, retryAt: NOON + 30_000, attempt: 1 }) } })
  await pass(5000)
  expect(within(card()).getAllByRole('button').map(button => button.getAttribute('aria-label'))).toEqual(['Close this card; the phone keeps ringing'])
  expect(within(card()).getByRole('timer').textContent).toBe('0:05')
})

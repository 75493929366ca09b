import { screen, within } from '@testing-library/vue'
import { describe, expect, it } from 'vitest'
import { failed, ok } from '../support/fake-bridge.ts'
import { openMain } from '../support/open-window.ts'
import { aDial, aLine, aRecent, byId, connected } from '../support/rows.ts'

const atDesk = { tables: { line: { 1001: aLine() } } }
const field = (): HTMLInputElement => screen.getByRole('combobox', { name: 'Number to dial' })

describe('the dial box', () => {
  it('tells what would be dialled, and dials it on Enter', async () => {
    const { user, bridge, pass } = await openMain(atDesk)
    await user.type(field(), '030 901820')
    await pass(150)
    expect(screen.getByText('Dials 030901820. Your phone 1001 rings first.')).toBeTruthy()
    await user.keyboard('{Enter}')
    expect(bridge.inputsOf('dial.start')).toEqual([{ text: '030 901820', name: null }])
    expect(field().value).toBe('')
  })

  it('asks main only once the typing has settled', async () => {
    const { user, bridge, pass } = await openMain(atDesk)
    await user.type(field(), '123456')
    await pass(150)
    expect(bridge.inputsOf('dial.preview')).toEqual([{ text: '123456' }])
  })

  it('lets an answer that came too late not stand for what is typed now', async () => {
    const { user, bridge, pass } = await openMain(atDesk)
    const answers: (() => void)[] = []
    bridge.answer('dial.preview', ({ text }) => new Promise(resolve => answers.push(() => resolve(ok({ number: text, display: text })))))
    await user.type(field(), '11')
    await pass(150)
    await user.type(field(), '22')
    await pass(150)
    answers[1]?.()
    answers[0]?.()
    await pass()
    expect(screen.getByText('Dials 1122. Your phone 1001 rings first.')).toBeTruthy()
  })

  it('keeps the number and says why when it cannot be dialled', async () => {
    const { user, bridge } = await openMain(atDesk)
    bridge.answer('dial.start', () => failed('no-such-extension'))
    await user.type(field(), '99{Enter}')
    expect(screen.getByText('The server knows no way to dial 99.')).toBeTruthy()
    expect(field().value).toBe('99')
  })

  it('dials nothing when the box is empty', async () => {
    const { user, bridge } = await openMain(atDesk)
    await user.type(field(), '  {Enter}')
    expect(bridge.inputsOf('dial.start')).toEqual([])
  })

  it('empties on Esc first, and only then hides', async () => {
    const { user, bridge } = await openMain(atDesk)
    await user.type(field(), '555{Escape}')
    expect(field().value).toBe('')
    expect(bridge.inputsOf('window.hide')).toEqual([])
    await user.keyboard('{Escape}')
    expect(bridge.inputsOf('window.hide')).toHaveLength(1)
  })

  it('brings back the last number with the arrow key', async () => {
    const { user } = await openMain({ tables: { ...atDesk.tables, recents: byId(aRecent({ direction: 'out', outcome: 'answered', peer: { number: '2002', display: '2002', name: null } })) } })
    await user.type(field(), '{ArrowUp}')
    expect(field().value).toBe('2002')
  })

  it('fills in what a link offers and waits for the person', async () => {
    const { bridge, pass, user } = await openMain(atDesk)
    await user.click(screen.getByRole('button', { name: 'Settings' }))
    bridge.push('window.panel', { panel: 'home' })
    bridge.push('dial.offer', { text: '+49 30 901820', source: 'link' })
    await pass(200)
    expect(field().value).toBe('+49 30 901820')
    expect(document.activeElement).toBe(field())
    expect(screen.getByText('A link wants to dial this number. Press Enter to go ahead.')).toBeTruthy()
    expect(bridge.inputsOf('dial.start')).toEqual([])
  })

  it('cannot dial while the server is away, and says so', async () => {
    const { user, bridge } = await openMain({ tables: { ...atDesk.tables, connection: { me: connected({ state: 'waiting', retryAt: null }) } } })
    await user.type(field(), '555{Enter}')
    expect(screen.getByText('You can dial once the server is connected.')).toBeTruthy()
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Dial' }).disabled).toBe(true)
    expect(bridge.inputsOf('dial.start')).toEqual([])
  })

  it('says why when this account may not dial', async () => {
    await openMain({ tables: { line: { 1001: aLine({ missing: { dial: 'not-permitted' } }) } } })
    expect(screen.getByText('Your account on the server may not do this.')).toBeTruthy()
  })

  it('types what is pressed on the keypad', async () => {
    const { user } = await openMain(atDesk)
    await user.click(screen.getByRole('button', { name: 'Show keypad' }))
    const keypad = screen.getByRole('group', { name: 'Keypad' })
    expect(within(keypad).getAllByRole('button')).toHaveLength(12)
    for (const key of ['*', '9', '7', '#'])
      await user.click(within(keypad).getByRole('button', { name: key }))
    expect(field().value).toBe('*97#')
  })
})

describe('a click-to-dial on its way', () => {
  it.each([
    ['asking', 'Calling your phone 1001 …'],
    ['my-phone-rings', 'Your phone 1001 rings. Answer it.'],
    ['calling', 'Calling 2002 …'],
    ['far-rings', 'Their phone rings.'],
  ] as const)('says in state %s: %s', async (state, words) => {
    await openMain({ tables: { ...atDesk.tables, dials: byId(aDial({ state })) } })
    expect(within(screen.getByRole('article', { name: 'Dialling 2002' })).getByText(words)).toBeTruthy()
  })

  it('can be cancelled while it is under way', async () => {
    const { user, bridge } = await openMain({ tables: { ...atDesk.tables, dials: byId(aDial({ state: 'far-rings' })) } })
    await user.click(screen.getByRole('button', { name: 'Cancel' }))
    expect(bridge.inputsOf('dial.cancel')).toEqual([{ id: 'dial-1' }])
  })

  it('stays with the reason when it failed, until it is dismissed', async () => {
    const { user, bridge } = await openMain({ tables: { ...atDesk.tables, dials: byId(aDial({ state: 'failed', error: { code: 'far-busy', message: 'Cause 17' } })) } })
    expect(screen.getByText('2002 is busy.')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Dismiss' }))
    expect(bridge.inputsOf('dial.dismiss')).toEqual([{ id: 'dial-1' }])
  })
})

import { screen, within } from '@testing-library/vue'
import { describe, expect, it } from 'vitest'
import { openMain, openPopup } from '../support/open-window.ts'
import { aCall, aDial, aLine, anAlert, aRecent, byId, connected } from '../support/rows.ts'

const names = {
  'markup': '<img src=x onerror="globalThis.wasRun = true"><script>globalThis.wasRun = true</script><b>Bold</b>',
  'a template': '{{ constructor.constructor("globalThis.wasRun = true")() }} {number} @:errors.internal | other',
  'a change of direction': '\u202Egnp.exe\u2066\u2069 אבג \u200F123',
  'four thousand letters': 'x'.repeat(4096),
  'a name like our own words': 'Number withheld',
}

/** Everything that was shown is text of one element, in a direction of its own. */
function expectHarmless(text: string, within_: HTMLElement): void {
  const shown = within(within_).getAllByText((_, element) => element?.textContent?.trim() === text.trim() && element.children.length === 0, { normalizer: words => words })
  expect(shown.length).toBeGreaterThan(0)
  for (const element of shown)
    expect(element.tagName === 'BDI' || element.classList.contains('foreign')).toBe(true)
  expect(within_.querySelectorAll('img:not([alt]), script, b, iframe, [onerror]')).toHaveLength(0)
  expect('wasRun' in globalThis).toBe(false)
}

describe.each(Object.entries(names))('%s for a name', (_, name) => {
  const party = { number: name, display: name, name }
  const facts = { queue: name, dialed: name, transferredBy: name }

  it('does nothing in the popup', async () => {
    await openPopup({ tables: { alerts: byId(anAlert({ caller: party, ...facts })) } })
    expectHarmless(name, screen.getByRole('main'))
  })

  it('does nothing in the popup that tells how it ended', async () => {
    await openPopup({ tables: { alerts: byId(anAlert({ caller: party, state: 'answered-elsewhere', answeredBy: name })) } })
    expectHarmless(name, screen.getByRole('main'))
  })

  it('does nothing in the main window', async () => {
    await openMain({ tables: {
      line: { 1001: aLine({ name }) },
      connection: { me: connected({ server: name, asterisk: name }) },
      calls: byId(aCall({ peer: party, ...facts })),
      dials: byId(aDial({ number: name, display: name, name, state: 'failed', error: { code: 'far-busy', message: name } })),
      recents: byId(aRecent({ peer: party, queue: name, answeredBy: name, outcome: 'answered-elsewhere' })),
      mailboxes: { [name]: { mailbox: name, newMessages: 1, oldMessages: null, waiting: true } },
    } })
    expectHarmless(name, screen.getByRole('main'))
  })
})

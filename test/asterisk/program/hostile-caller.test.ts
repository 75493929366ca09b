import { expect, it } from 'vitest'
import { describeAsterisk } from '../support/describe-asterisk.ts'
import { anyAlert, useOffice } from '../support/office.ts'

const NAMES: readonly { readonly sort: string, readonly name: string, readonly shown?: string }[] = [
  {
    sort: 'markup',
    name: `<img src=x onerror=alert(1)>`,
  },
  {
    sort: 'quotes and backslashes',
    name: String.raw`Robert "Bobby" O'Tables\; DROP`,
    // PJSIP keeps the signs by which SIP escapes them.
    shown: String.raw`Robert \"Bobby\" O'Tables\\; DROP`,
  },
  {
    sort: 'a header and an event of ours',
    name: 'Eve Event: Hangup | Action: Originate',
  },
  {
    sort: 'dialplan and format signs',
    // eslint-disable-next-line no-template-curly-in-string
    name: '${SHELL(id)} $[1+1] %s%n {0}',
  },
  {
    sort: 'letters of many scripts',
    name: 'Zoë Müller 張偉 Ольга عمر',
  },
  {
    sort: 'marks that turn the direction of reading',
    name: '\u202Eevil\u202C Bank\u200B\u2066!',
    shown: 'evil Bank!',
  },
]

await describeAsterisk('a caller who means no good', (program) => {
  const office = useOffice(program)

  it.each(NAMES)('shows a name with $sort as text', async ({ name, shown = name }) => {
    const { phones, sitDown } = office()
    const { window } = await sitDown()
    const calling = phones.trunk.dial('5551201', { name, number: '+15550100' })
    expect(await window.until('a popup', anyAlert)).toMatchObject({
      state: 'ringing',
      caller: { name: shown, number: '+15550100' },
    })
    await calling.hangUp()
    await window.until('missed', tables => anyAlert(tables)?.state === 'missed')
    expect(window.tables.connection.me).toMatchObject({ state: 'online', attempt: 0 })
  })

  it.each([
    {
      sort: 'letters of one byte',
      letter: 'x',
    },
    {
      sort: 'letters of three bytes',
      letter: '電',
    },
  ])('shows the beginning of an endless name of $sort', async ({ letter }) => {
    const { phones, sitDown } = office()
    const { window } = await sitDown()
    const calling = phones.trunk.dial('5551201', { name: letter.repeat(300), number: '+15550100' })
    const { caller } = await window.until('a popup', anyAlert)
    expect(caller.number).toBe('+15550100')
    expect(caller.name?.length).toBeGreaterThan(20)
    expect(caller.name?.length).toBeLessThanOrEqual(120)
    // Asterisk cuts at a byte: what is left of the last letter, and the sign that it was cut, are all that may differ.
    expect(caller.name?.replace(/[\uFFFD…]+$/, '').replaceAll(letter, '')).toBe('')
    await calling.hangUp()
    await window.until('missed', tables => anyAlert(tables)?.state === 'missed')
    expect(window.tables.connection.me).toMatchObject({ state: 'online', attempt: 0 })
  })

  it('has no number and no name', async () => {
    const { phones, sitDown } = office()
    const { window } = await sitDown()
    const calling = phones.trunk.dial('5551201', { name: 'Anonymous', number: 'anonymous' })
    expect(await window.until('a popup', anyAlert)).toMatchObject({ state: 'ringing' })
    await calling.hangUp()
    await window.until('missed', tables => anyAlert(tables)?.state === 'missed')
  })
})

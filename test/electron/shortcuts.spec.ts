import type { Locator, Page } from '@playwright/test'
import { expect, test } from './support/fixtures.ts'

const JANA = { name: 'Jana Nováková', number: '+493023125001' }
const PRIYA = 'Priya Raghunathan'
const DIRECT_TO_PRIYA = '442079460102'

test.setTimeout(150_000)
const slowly = { timeout: 40_000 }

const cardOf = (page: Page, name: string): Locator => page.getByRole('article', { name, exact: true })

/** A key as Chromium gets it from the system; afterwards somebody has the focus. */
async function press(page: Page, key: string): Promise<void> {
  await page.keyboard.press(key)
  await expectFocus(page)
}
async function expectFocus(page: Page): Promise<void> {
  await expect.poll(() => page.evaluate(() => document.activeElement === null || document.activeElement === document.body), slowly).toBe(false)
}

test('does a receptionist\'s round by shortcuts alone, and the focus is never lost', async ({ atWork, office }) => {
  const page = await atWork.page('main')
  const dialBox = page.getByLabel('Number to dial')
  await expect(dialBox).toBeFocused()

  await test.step('answered, parked and taken back', async () => {
    const call = office.incoming(JANA)
    await expect(cardOf(page, JANA.name)).toContainText('Incoming call', slowly)
    call.answer()
    await expect(cardOf(page, JANA.name)).toContainText('Connected', slowly)
    await press(page, 'Control+p')
    await expect(cardOf(page, JANA.name).getByRole('button', { name: 'default' })).toBeFocused()
    await press(page, 'Enter')
    await expect.poll(() => call.state, slowly).toBe('parked')
    await expect(cardOf(page, JANA.name)).toHaveCount(0, slowly)
    await expectFocus(page)
    await press(page, 'Control+Shift+P')
    await expect(cardOf(page, JANA.name)).toContainText('Connected', slowly)
    await expect.poll(() => call.state, slowly).toBe('answered')
  })

  await test.step('asked first, swapped, and back to the caller', async () => {
    const card = cardOf(page, JANA.name)
    await expect(card.getByRole('button', { name: 'Transfer' })).toBeVisible(slowly)
    await press(page, 'Control+t')
    await expect(card.getByRole('combobox', { name: 'Send the call to' })).toBeFocused()
    await page.keyboard.type('priya')
    await press(page, 'Enter')
    await expect(card).toContainText(`You are talking to${PRIYA}`, slowly)
    await expectFocus(page)
    await press(page, 'Control+s')
    await expect(card).toContainText(`Waiting for you:${PRIYA}`, slowly)
    await press(page, 'Control+s')
    await expect(card).toContainText(`You are talking to${PRIYA}`, slowly)
    await press(page, 'Control+b')
    await expect(card.getByRole('button', { name: 'Transfer', exact: true })).toBeVisible(slowly)
    await expectFocus(page)
  })

  await test.step('sent on at once', async () => {
    await press(page, 'Control+t')
    await page.keyboard.type('priya')
    await press(page, 'Control+Enter')
    await expect(cardOf(page, JANA.name)).toHaveCount(0, slowly)
    await expectFocus(page)
    office.silence()
  })

  await test.step('a colleague picked up, and hung up', async () => {
    const call = office.incoming({ ...JANA, did: DIRECT_TO_PRIYA })
    await expect.poll(() => call.rings('1002'), slowly).toBe(true)
    await press(page, 'Control+2')
    await expect(page.getByRole('searchbox', { name: 'Search people' })).toBeFocused()
    await expect(page.getByRole('listitem', { name: PRIYA, exact: true })).toContainText('Call from', slowly)
    await press(page, 'Control+u')
    await expect(page.getByRole('alertdialog')).toBeFocused()
    await press(page, 'Enter')
    await press(page, 'Control+1')
    await expect(cardOf(page, JANA.name)).toContainText('Connected', slowly)
    await press(page, 'F6')
    await expect(cardOf(page, JANA.name)).toBeFocused()
    await press(page, 'Control+Shift+H')
    await expect(cardOf(page, JANA.name)).toHaveCount(0, slowly)
    await expect(dialBox).toBeFocused()
  })

  await test.step('do not disturb on and off, and the sheet of keys', async () => {
    const dnd = page.getByRole('switch', { name: 'Do not disturb' })
    await press(page, 'Control+n')
    await expect(dnd).toBeChecked(slowly)
    await press(page, 'Control+n')
    await expect(dnd).not.toBeChecked(slowly)
    await press(page, 'F1')
    await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeVisible()
    await press(page, 'Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await expect(dialBox).toBeFocused()
  })
})

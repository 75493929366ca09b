import type { Locator, Page } from '@playwright/test'
import type { Fields } from '../../main/ami/wire/message.ts'
import type { ScriptedDemo } from '../../main/demo/demo-pbx.ts'
import { openPlainClient } from '../support/plain-client.ts'
import { expect, settingsFor, test } from './support/fixtures.ts'

const JANA = { name: 'Jana Nováková', number: '+493023125001' }
const PRIYA = 'Priya Raghunathan'
/** The direct number that a caller from outside dials to reach Priya. */
const DIRECT_TO_PRIYA = '442079460102'

// A colleague takes seconds to answer, and a busy machine many more.
test.setTimeout(120_000)
const slowly = { timeout: 40_000 }

const cardOf = (page: Page, name: string): Locator => page.getByRole('article', { name, exact: true })
const tab = (page: Page, name: string): Locator => page.getByRole('tab', { name: new RegExp(`^${name}\\b`) })
const row = (page: Page, name: string): Locator => page.getByRole('listitem', { name, exact: true })
const yes = (page: Page): Locator => page.getByRole('alertdialog').getByRole('button', { name: 'Yes, do it' })

/** Jana rings and I lift the handset. */
async function talk(office: ScriptedDemo, page: Page): Promise<{ readonly call: ReturnType<ScriptedDemo['incoming']>, readonly card: Locator }> {
  const call = office.incoming(JANA)
  const card = cardOf(page, JANA.name)
  await expect(card).toContainText('Incoming call', slowly)
  call.answer()
  await expect(card).toContainText('Connected', slowly)
  return { call, card }
}

/** What the list of people says of a colleague in the end. */
async function expectPerson(page: Page, name: string, words: string): Promise<void> {
  await tab(page, 'People').click()
  await expect(row(page, name)).toContainText(words, slowly)
}

/** Moves the focus as a person without a pointer does; a place that cannot be reached fails. */
async function tabTo(page: Page, goal: Locator): Promise<void> {
  await expect(goal).toBeVisible(slowly)
  for (let steps = 0; steps < 60; steps++) {
    if (await goal.evaluate(element => element === document.activeElement))
      return
    await page.keyboard.press('Tab')
  }
  throw new Error(`the Tab key does not lead to ${String(goal)}`)
}

test('parks an answered call from its card, shows it in the parking lot and takes it back', async ({ atWork, office }) => {
  const page = await atWork.page('main')
  const { call, card } = await talk(office, page)
  await card.getByRole('button', { name: 'Park', exact: true }).click()
  // Two lots: it is asked for which.
  await card.getByRole('group', { name: 'Park' }).getByRole('button', { name: 'default' }).click()
  await expect.poll(() => call.state, slowly).toBe('parked')
  await expect(card).toHaveCount(0, slowly)

  await tab(page, 'Parking').click()
  await expect(tab(page, 'Parking')).toHaveAccessibleName(/1 parked/)
  const parked = row(page, `701: ${JANA.name}`)
  await expect(parked).toContainText('by you')
  await expect(page.getByText('1 of 20 taken')).toBeVisible()
  await parked.getByRole('button', { name: 'Take back' }).click()
  await expect(parked).toHaveCount(0, slowly)
  await tab(page, 'Now').click()
  await expect(card).toContainText('Connected', slowly)
  await expect.poll(() => call.state).toBe('answered')
})

test('sends a call to a colleague by name without asking', async ({ atWork, office }) => {
  const page = await atWork.page('main')
  const { call, card } = await talk(office, page)
  await card.getByRole('button', { name: 'Transfer', exact: true }).click()
  await card.getByRole('combobox', { name: 'Send the call to' }).fill('priya')
  await expect(card.getByRole('option')).toHaveText([/^Priya Raghunathan.*1002$/])
  await card.getByRole('button', { name: 'Send', exact: true }).click()
  await expect(card).toHaveCount(0, slowly)
  await expectPerson(page, PRIYA, `Talking to ${JANA.name}`)
  expect(call.state).toBe('answered')
})

test('asks a colleague first and hands the call over', async ({ atWork, office }) => {
  const page = await atWork.page('main')
  const { call, card } = await talk(office, page)
  await card.getByRole('button', { name: 'Transfer', exact: true }).click()
  await card.getByRole('combobox', { name: 'Send the call to' }).fill('priya')
  await card.getByRole('button', { name: 'Ask first' }).click()
  await expect(card).toContainText(`You are talking to${PRIYA}`, slowly)
  await card.getByRole('button', { name: 'Hand over' }).click()
  await expect(card).toHaveCount(0, slowly)
  await expectPerson(page, PRIYA, `Talking to ${JANA.name}`)
  expect(call.state).toBe('answered')
})

test('comes back to the caller when the colleague does not answer', async ({ atWork, office }) => {
  const page = await atWork.page('main')
  const { call, card } = await talk(office, page)
  office.dialAnswer('noanswer')
  await card.getByRole('button', { name: 'Transfer', exact: true }).click()
  await card.getByRole('combobox', { name: 'Send the call to' }).fill('priya')
  await card.getByRole('button', { name: 'Ask first' }).click()
  await expect(card).toContainText(`Ringing${PRIYA}`, slowly)
  await card.getByRole('button', { name: 'Back to the caller' }).click()
  await expect(card.getByRole('button', { name: 'Transfer', exact: true })).toBeVisible(slowly)
  await expect(card).toContainText('Connected', slowly)
  expect(call.state).toBe('answered')
  await expectPerson(page, PRIYA, 'Free')
})

test('logs in to a queue, pauses with a reason, goes on and logs out', async ({ atWork }) => {
  const page = await atWork.page('main')
  await tab(page, 'Queues').click()
  const sales = page.getByRole('region', { name: 'sales' })
  await expect(sales).toContainText('You are logged out')
  await sales.getByRole('button', { name: 'Log in' }).click()
  await expect(sales).toContainText('You take calls', slowly)
  await sales.getByRole('button', { name: 'Callers and members of sales' }).click()
  const me = sales.getByRole('list', { name: 'Members' }).getByRole('listitem').filter({ hasText: 'Alex Winter' })
  await expect(me).toContainText('Free')

  await sales.getByRole('button', { name: 'Pause' }).click()
  const why = sales.getByRole('form', { name: 'Why are you pausing?' })
  await why.getByLabel('A reason, if you like').fill('Dentist')
  await why.getByRole('button', { name: 'Pause' }).click()
  await expect(me).toContainText('Paused: Dentist', slowly)
  await expect(why).toHaveCount(0)
  await sales.getByRole('button', { name: 'Resume' }).click()
  await expect(sales).toContainText('You take calls', slowly)
  await expect(me).toContainText('Free')

  await sales.getByRole('button', { name: 'Log out' }).click()
  await expect(sales).toContainText('You are logged out', slowly)
  await expect(me).toHaveCount(0)
})

test('keeps a caller who gave up in a queue until somebody has called back', async ({ atWork, office }) => {
  const page = await atWork.page('main')
  const call = office.incoming({ ...JANA, to: 'queue' })
  await expect(cardOf(page, JANA.name)).toContainText('Queue support', slowly)
  call.callerHangsUp()
  const todo = page.getByRole('region', { name: 'To call back' })
  await expect(todo.getByRole('listitem')).toHaveCount(1, slowly)
  await expect(todo.getByRole('listitem')).toContainText(JANA.name)
  await expect(todo.getByRole('listitem')).toContainText('Queue support')
  await todo.getByRole('button', { name: `Mark ${JANA.name} as done` }).click()
  await expect(todo).toContainText('All called back')
  await todo.getByRole('button', { name: 'Show 1 done' }).click()
  await expect(todo.getByRole('button', { name: `Mark ${JANA.name} as not done` })).toBeVisible()
})

test('picks up the call that rings a colleague', async ({ atWork, office }) => {
  const page = await atWork.page('main')
  await tab(page, 'People').click()
  const call = office.incoming({ ...JANA, did: DIRECT_TO_PRIYA })
  await expect(row(page, PRIYA)).toContainText(`Call from ${JANA.name}`, slowly)
  await row(page, PRIYA).getByRole('button', { name: `Pick up for ${PRIYA}` }).click()
  await expect(page.getByRole('alertdialog')).toContainText(`This call rings ${PRIYA}.`)
  expect(call.rings('1002')).toBe(true)
  await yes(page).click()
  await expect(row(page, PRIYA)).toContainText('Free', slowly)
  expect(call.rings('1002')).toBe(false)
  await tab(page, 'Now').click()
  await expect(cardOf(page, JANA.name)).toContainText('Connected', slowly)
})

test('shows that do not disturb is on, switches it off and on again', async ({ home, office, start }) => {
  // Somebody set it at the phone before.
  office.doNotDisturb('1001', 'At lunch')
  home.write('settings.json', settingsFor(office))
  const program = await start()
  const page = await program.page('main')
  await page.getByLabel(/^Password for/).fill(office.secret)
  await page.getByRole('button', { name: 'Connect', exact: true }).click()
  const dnd = page.getByRole('switch', { name: 'Do not disturb' })
  await expect(dnd).toBeChecked(slowly)

  await dnd.click()
  await expect(dnd).not.toBeChecked(slowly)
  const heard = office.incoming(JANA)
  await expect.poll(() => heard.rings()).toBe(true)
  heard.callerHangsUp()

  await dnd.click()
  await expect(dnd).toBeChecked(slowly)
  const unheard = office.incoming(JANA)
  await expect.poll(() => unheard.state).toBe('voicemail')
  expect(unheard.rings()).toBe(false)
})

test('lists the messages of a mailbox and deletes one after a question', async ({ atWork }) => {
  const page = await atWork.page('main')
  await tab(page, 'Voicemail').click()
  const box = page.getByRole('region', { name: 'Mailbox 1001' })
  await expect(box.getByRole('listitem')).toHaveCount(3, slowly)
  const message = row(page, 'Harbour Dental Practice')
  await expect(message.getByRole('img', { name: 'New' })).toBeVisible()
  await expect(message).toContainText('0:27')
  await message.getByRole('button', { name: 'More about the message of Harbour Dental Practice' }).click()
  await message.getByRole('button', { name: 'Delete' }).click()
  await message.getByRole('alertdialog').getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByRole('alertdialog')).toHaveCount(0)
  await expect(message).toBeVisible()
  await message.getByRole('button', { name: 'Delete' }).click()
  await expect(page.getByRole('alertdialog')).toContainText('The message of Harbour Dental Practice is deleted on the server for good.')
  await yes(page).click()
  await expect(message).toHaveCount(0, slowly)
  await expect(box.getByRole('listitem')).toHaveCount(2)
  await expect(box).toContainText('No new messages')
})

test('sends a ringing call to a colleague from its popup', async ({ atWork, office }) => {
  const popup = await atWork.page('popup')
  const call = office.incoming(JANA)
  const card = popup.getByRole('article')
  await expect(card).toContainText('Incoming call', slowly)
  await card.getByRole('button', { name: 'Send to …' }).click()
  const people = card.getByRole('list', { name: 'Send the call to' })
  await expect(people.getByRole('button')).toHaveCount(6)
  await people.getByRole('button', { name: PRIYA }).click()
  await expect.poll(() => call.rings(), slowly).toBe(false)
  await expectPerson(await atWork.page('main'), PRIYA, `Talking to ${JANA.name}`)
  expect(call.state).toBe('answered')
})

test('asks and hands over by the keyboard alone', async ({ atWork, office }) => {
  const page = await atWork.page('main')
  const { call, card } = await talk(office, page)
  const transfer = card.getByRole('button', { name: 'Transfer', exact: true })
  const whom = card.getByRole('combobox', { name: 'Send the call to' })
  await tabTo(page, page.getByLabel('Number to dial'))
  await tabTo(page, transfer)
  await page.keyboard.press('Enter')
  await expect(whom).toBeFocused()
  // A change of mind leads back to where it began.
  await page.keyboard.press('Escape')
  await expect(whom).toHaveCount(0)
  await expect(transfer).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(whom).toBeFocused()
  await page.keyboard.type('priya')
  await page.keyboard.press('ArrowDown')
  await expect(card.getByRole('option', { name: PRIYA })).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Enter')
  await expect(card).toContainText(`You are talking to${PRIYA}`, slowly)
  await tabTo(page, card.getByRole('button', { name: 'Hand over' }))
  await page.keyboard.press('Space')
  await expect(card).toHaveCount(0, slowly)
  expect(call.state).toBe('answered')
})

test('says that a queue has gone away, and shows it again when it is back', async ({ atWork, office }) => {
  const page = await atWork.page('main')
  await tab(page, 'Queues').click()
  const sales = page.getByRole('region', { name: 'sales', exact: true })
  await expect(sales.getByRole('button', { name: 'Log in' })).toBeVisible(slowly)
  const administrator = await openPlainClient(office.port)
  await administrator.login(office, { Events: 'off' })
  const change = (...steps: readonly Fields[]) => administrator.ask('UpdateConfig', { SrcFilename: 'queues.conf', DstFilename: 'queues.conf', ...Object.assign({}, ...steps.map((step, index) => Object.fromEntries(Object.entries(step).map(([name, value]) => [`${name}-00000${index}`, value])))) })

  await change({ Action: 'DelCat', Cat: 'sales' })
  await administrator.ask('QueueReload')
  // The server tells nobody: what is asked for there is answered, and the window looks again.
  await sales.getByRole('button', { name: 'Log in' }).click()
  await expect(page.getByText('There is no such queue on the server any more.')).toBeVisible(slowly)
  await expect(sales).toHaveCount(0, slowly)
  await expect(page.getByRole('region', { name: 'support', exact: true })).toBeVisible()

  await change({ Action: 'NewCat', Cat: 'sales' }, { Action: 'Append', Cat: 'sales', Var: 'member', Value: '>PJSIP/1001,0,Alex Winter,PJSIP/1001' })
  await administrator.ask('Reload', { Module: 'app_queue.so' })
  await expect(sales).toContainText('You take calls', slowly)
  await administrator.close()
})

import type { Locator, Page } from '@playwright/test'
import type { Desktop } from '../../build/desktop/desktop.ts'
import type { ScriptedDemo } from '../../main/demo/demo-pbx.ts'
import type { Hands, Part } from './support/hands.ts'
import type { Picture, Witness } from './support/picture.ts'
import type { Running } from './support/program.ts'
import { systemClock } from '../../main/clock.ts'
import { createDemoPbx } from '../../main/demo/demo-pbx.ts'
import { createStaff, directDialOf, ME } from '../../main/demo/office.ts'
import { test as base, expect, settingsFor, unlock } from './support/fixtures.ts'
import { cardOf, keyboard, mouse, slowly } from './support/hands.ts'
import { difference, openWitness, readPicture } from './support/picture.ts'

const JANA = { name: 'Jana Nováková', number: '+493023125001' }
const NADIA = { name: 'Nadia Okafor', number: '+12125550134' }
const PRINTER = { name: 'Müller & Söhne Druckerei', number: '+493023125417' }
const SAM = { name: 'Sam Whitlock', number: '+442079460177' }
const LI = { name: '李静', number: '+493023125033' }
const THORNBURY = { name: 'Thornbury & Vale Conveyancing Solicitors', number: '+442079460163' }
const MARIA = { name: 'María José Íñiguez', number: '+12125550171' }
const PRIYA = 'Priya Raghunathan'
const TOMASZ = 'Tomasz Wiśniewski'
const AMELIE = 'Amélie Côté-Lefèvre'
const KWAME = 'Kwame Mensah'
const OLENA = 'Олена Шевченко'
const JO = 'Jo Li'
/** Who is at hand for the front desk. */
const ARRANGED = { favourites: ['1002@hints', '1007@hints'], groups: [{ name: 'Conveyancing', members: ['1003@hints', '1004@hints', '1008@hints'] }, { name: 'Litigation', members: ['1010@hints', '2000@hints', '2001@hints'] }] }
const NAMES = Object.fromEntries(createStaff(60).people.map(({ extension, name }) => [extension, name]))

/** A receptionist at work: the program, the office around it, and somebody who knows how it really is. */
interface Desk {
  readonly page: Page
  readonly popup: Page
  readonly office: ScriptedDemo
  readonly desktop: Desktop
  readonly witness: Witness
}

/** What is done differently without a keyboard, or without a pointer. */
interface Way extends Hands {
  /** People stand on a board beside what goes on now. */
  readonly isBoard: boolean
  /** Where a colleague is shown: a row of the list, or a tile on the board. */
  readonly person: (name: string) => Locator
  /** Shows more about a colleague. */
  readonly open: (name: string) => Promise<void>
  /** Done with that. */
  readonly close: (name: string) => Promise<void>
  readonly send: (caller: string, to: string, how: 'Send' | 'Ask first' | 'To voicemail') => Promise<void>
  readonly pauseFor: (queue: Locator, reason: string) => Promise<void>
  readonly moveMessage: (message: Locator) => Promise<void>
}

const test = base.extend<{ desk: Desk }>({
  atWork: async ({ home, office, start }, use) => {
    home.write('settings.json', settingsFor(office, { pauseReasons: ['Break', 'Dentist'] }))
    const program = await start()
    await unlock(program, office)
    await use(program)
  },
  desk: async ({ atWork, desktop, office }, use) => {
    const { username, secret, port } = office
    const witness = await openWitness({ host: '127.0.0.1', port, account: { username, secret }, extension: ME, mailbox: '1001@default', names: NAMES })
    await use({ page: await atWork.page('main'), popup: await atWork.page('popup'), office, desktop, witness })
    await witness.close()
  },
})
test.use({ desktopOptions: { width: 1400, height: 900, tray: true, notifications: true } })
test.setTimeout(400_000)

/** A front desk: a bigger house, with everybody in sight on the board, in favourites and groups. */
const atBoard = test.extend({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the names in the braces.
  office: async ({}, use) => {
    const office = createDemoPbx({ clock: systemClock, random: Math.random, scenario: 'scripted', people: 60 })
    await office.start()
    await use(office)
    await office.stop()
  },
  atWork: async ({ home, office, start }, use) => {
    home.write('settings.json', { ...settingsFor(office, { pauseReasons: ['Break', 'Dentist'] }), arrangements: { [`127.0.0.1:${office.port}`]: ARRANGED } })
    home.write('window.json', { place: { x: 20, y: 20, width: 1120, height: 760 }, told: true })
    const program = await start()
    await unlock(program, office)
    const page = await program.page('main')
    await page.evaluate(() => localStorage.setItem('ringside.people', 'board'))
    await page.reload()
    await expect(page.getByRole('grid', { name: 'People' })).toBeVisible()
    await use(program)
  },
})

const row = (page: Page, name: string): Locator => page.getByRole('listitem', { name, exact: true })
const tile = (page: Page, name: string): Locator => page.getByRole('gridcell', { name, exact: true })
const button = (at: Page | Locator, name: string | RegExp): Locator => at.getByRole('button', typeof name === 'string' ? { name, exact: true } : { name })
const detailsOf = (page: Page, name: string): Locator => page.getByRole('region', { name, exact: true })

/** Names go by the list of people, or by the board: whoever has no keys cannot type one. */
function byPointer(page: Page, isBoard = false): Way {
  const hands = mouse(page)
  const person = (name: string): Locator => (isBoard ? tile : row)(page, name)
  /** Turns the wheel until somebody comes into sight. */
  async function find(name: string): Promise<Locator> {
    await hands.goTo('People')
    const people = page.getByRole(isBoard ? 'grid' : 'list', { name: 'People' })
    await expect.poll(async () => {
      if (await person(name).count() > 0)
        return true
      await people.hover({ position: { x: 30, y: 30 } }).catch(() => {})
      await page.mouse.wheel(0, 120)
      return false
    }, slowly).toBe(true)
    return person(name)
  }
  async function open(name: string): Promise<void> {
    const found = await find(name)
    await hands.press(isBoard ? found.getByRole('button').first() : button(found, `More about ${name}`))
  }
  return {
    ...hands,
    isBoard,
    person,
    open,
    close: name => hands.press(button(detailsOf(page, name), 'Close')),
    async send(_, to, how) {
      if (how === 'Send')
        return hands.press(button(await find(to), `Transfer to ${to}`))
      await open(to)
      const details = detailsOf(page, to)
      await hands.press(button(details, how === 'Ask first' ? how : 'To their voicemail'))
      // They close once it is done, which is when whom one asks has answered.
      if (how !== 'Ask first')
        await expect(details).toHaveCount(0, slowly)
    },
    async pauseFor(queue, reason) {
      await hands.press(button(queue.getByRole('form', { name: 'Why are you pausing?' }), reason))
    },
    async moveMessage(message) {
      await hands.press(button(message, 'Move'))
    },
  }
}

/** Names are typed: into the field of the call or, at the board, into the search. */
function byKeys(page: Page, isBoard = false): Way {
  const hands = keyboard(page)
  async function open(name: string): Promise<void> {
    await hands.goTo('People')
    await hands.type(name.toLowerCase())
    await hands.key('Enter')
    await expect(detailsOf(page, name)).toBeVisible(slowly)
  }
  return {
    ...hands,
    isBoard,
    person: name => (isBoard ? tile : row)(page, name),
    open,
    close: () => hands.key('Escape'),
    async send(caller, to, how) {
      if (isBoard) {
        await open(to)
        const details = detailsOf(page, to)
        await hands.press(button(details, how === 'Send' ? 'Transfer' : how === 'Ask first' ? how : 'To their voicemail'))
        if (how !== 'Ask first')
          await expect(details).toHaveCount(0, slowly)
        return
      }
      await hands.goTo('Now')
      const card = cardOf(page, caller)
      await hands.press(button(card, 'Transfer'))
      await expect(card.getByRole('combobox', { name: 'Send the call to' })).toBeFocused()
      await hands.type(to)
      await expect(card.getByRole('option', { name: to })).toHaveAttribute('aria-selected', 'true')
      if (how === 'Ask first')
        return hands.key('Enter')
      await hands.press(button(card, how))
    },
    async pauseFor(queue, reason) {
      await expect(button(queue, 'Break')).toBeFocused()
      await hands.reach(queue.getByLabel('A reason, if you like'))
      await hands.type(reason)
      await hands.key('Enter')
    },
    async moveMessage(message) {
      const folder = message.getByLabel('Folder')
      await hands.reach(folder)
      await hands.type('Old')
      await expect(folder).toHaveValue('Old')
      await hands.press(button(message, 'Move'))
    },
  }
}

/** Walks through the window: all that it says is what the server holds, and nothing went wrong. Whoever works at the board stays there. */
async function agree(desk: Desk, way: Way): Promise<void> {
  const looks: readonly (readonly [Part, keyof Picture])[] = way.isBoard ? [['People', 'people'], ['Now', 'calls']] : [['People', 'people'], ['Queues', 'queues'], ['Parking', 'parked'], ['Now', 'calls']]
  for (const [part, key] of looks) {
    await way.goTo(part)
    await expect.poll(async () => (await readPicture(desk.page))[key], { message: `${part} is shown`, ...slowly }).toBeDefined()
    await expect.poll(() => difference(desk.page, desk.witness), { message: `${part} of the window and of the server`, ...slowly }).toEqual({})
  }
  await expect(desk.page.getByRole('status', { name: 'What you asked for' })).not.toContainText('failed')
  await way.rest()
}

/** Somebody rings me and I lift the handset. */
async function answered({ office, page, popup }: Desk, way: Way, caller: typeof JANA, to: 'me' | 'queue' = 'me'): Promise<ReturnType<ScriptedDemo['incoming']>> {
  await way.goTo('Now')
  const call = office.incoming({ ...caller, to, atTheBeep: 'nothing' })
  await expect(cardOf(page, caller.name)).toContainText('Incoming call', slowly)
  await expect(popup.getByRole('article', { name: `Call from ${caller.name}` })).toContainText('Incoming call', slowly)
  call.answer()
  await expect(cardOf(page, caller.name)).toContainText('Connected', slowly)
  await expect(popup.getByRole('article', { name: `Call from ${caller.name}` })).not.toContainText('Incoming call', slowly)
  await way.rest()
  return call
}

async function hangUp({ page }: Desk, way: Way, caller: typeof JANA): Promise<void> {
  await way.goTo('Now')
  await way.press(button(cardOf(page, caller.name), 'Hang up'))
  await expect(cardOf(page, caller.name)).toHaveCount(0, slowly)
  await way.rest()
}

/** Ten lines of a morning, one after the other, or some of them. */
async function work(desk: Desk, way: Way, only: readonly string[] | null = null): Promise<void> {
  const { desktop, office, page, popup, witness } = desk
  const asked = page.getByRole('status', { name: 'What you asked for' })
  /** Nothing comes back from what is left out. */
  async function step<Outcome>(what: string, body: () => Promise<Outcome>): Promise<Outcome | undefined> {
    return only !== null && !only.includes(what)
      ? undefined
      : base.step(what, async () => {
          const before = way.count()
          const outcome = await body()
          test.info().annotations.push({ type: what, description: `${way.count() - before} presses` })
          await agree(desk, way)
          return outcome
        })
  }

  await step('blind transfer by name', async () => {
    const call = await answered(desk, way, JANA)
    await way.send(JANA.name, PRIYA, 'Send')
    await expect.poll(() => call.state, slowly).toBe('answered')
    await way.goTo('Now')
    await expect(cardOf(page, JANA.name)).toHaveCount(0, slowly)
    await way.rest()
    await agree(desk, way)
    call.callerHangsUp()
  })

  await step('asked first and handed over', async () => {
    const call = await answered(desk, way, NADIA)
    await way.send(NADIA.name, TOMASZ, 'Ask first')
    await way.goTo('Now')
    const card = cardOf(page, NADIA.name)
    await expect(card).toContainText(`You are talking to${TOMASZ}`, slowly)
    await way.rest()
    await way.press(button(card, 'Hand over'))
    await expect(card).toHaveCount(0, slowly)
    await way.rest()
    expect(call.state).toBe('answered')
    await agree(desk, way)
    call.callerHangsUp()
  })

  await step('asked, nobody there, back to the caller', async () => {
    await answered(desk, way, PRINTER)
    office.dialAnswer('noanswer')
    await way.send(PRINTER.name, OLENA, 'Ask first')
    await way.goTo('Now')
    const card = cardOf(page, PRINTER.name)
    await expect(card).toContainText(`Ringing${OLENA}`, slowly)
    await way.rest()
    await way.press(button(card, 'Back to the caller'))
    await expect(button(card, 'Transfer')).toBeVisible(slowly)
    await expect(card).toContainText('Connected', slowly)
    await way.rest()
    office.dialAnswer(null)
    await agree(desk, way)
    await hangUp(desk, way, PRINTER)
  })

  await step('parked and taken back', async () => {
    const call = await answered(desk, way, SAM)
    const card = cardOf(page, SAM.name)
    await way.press(button(card, 'Park'))
    await way.press(button(card.getByRole('group', { name: 'Park' }), 'reception'))
    await expect.poll(() => call.state, slowly).toBe('parked')
    await expect(card).toHaveCount(0, slowly)
    await way.rest()
    await agree(desk, way)
    await way.goTo('Parking')
    await way.press(button(row(page, `751: ${SAM.name}`), 'Take back'))
    await expect(row(page, `751: ${SAM.name}`)).toHaveCount(0, slowly)
    await way.rest()
    await way.goTo('Now')
    await expect(card).toContainText('Connected', slowly)
    await agree(desk, way)
    await hangUp(desk, way, SAM)
  })

  const returning = await step('parked and forgotten', async () => {
    const call = await answered(desk, way, LI)
    const card = cardOf(page, LI.name)
    await way.press(button(card, 'Park'))
    await way.press(button(card.getByRole('group', { name: 'Park' }), 'default'))
    await expect.poll(() => call.state, slowly).toBe('parked')
    await expect(card).toHaveCount(0, slowly)
    await way.rest()
    // Only a person answers what comes back.
    office.dialAnswer('noanswer')
    return call
  })

  await step('do not disturb on and off', async () => {
    const dnd = page.getByRole('switch', { name: 'Do not disturb' })
    await way.press(dnd)
    await expect(dnd).toBeChecked(slowly)
    await way.rest()
    await expect.poll(() => witness.stored('DND', ME), slowly).toBe('YES')
    await way.press(dnd)
    await expect(dnd).not.toBeChecked(slowly)
    await way.rest()
    await expect.poll(() => witness.stored('DND', ME), slowly).toBe('')
  })

  if (returning) {
    await step('the parked call comes back and goes to a voicemail', async () => {
      await expect(popup.getByRole('article', { name: `Call from ${LI.name}` })).toContainText('Back from parking 701', { timeout: 90_000 })
      await way.goTo('Now')
      await expect(cardOf(page, LI.name)).toContainText('Incoming call', slowly)
      returning.answer()
      await expect(cardOf(page, LI.name)).toContainText('Connected', slowly)
      office.dialAnswer(null)
      await agree(desk, way)
      await way.send(LI.name, AMELIE, 'To voicemail')
      await expect.poll(() => returning.state, slowly).toBe('voicemail')
      await expect(asked).toContainText(/Send to the voicemail of .*done/, slowly)
      await way.goTo('Now')
      await expect(cardOf(page, LI.name)).toHaveCount(0, slowly)
      await way.rest()
      returning.callerHangsUp()
    })
  }

  await step('a colleague is picked up', async () => {
    await way.goTo('People')
    const call = office.incoming({ ...SAM, did: directDialOf('1010'), atTheBeep: 'nothing' })
    await expect(way.person(KWAME)).toContainText(`Call from ${SAM.name}`, slowly)
    if (way.kind === 'mouse') {
      await way.press(button(way.person(KWAME), `Pick up for ${KWAME}`))
    }
    else {
      await way.open(KWAME)
      await way.press(button(detailsOf(page, KWAME), 'Pick up'))
    }
    await way.press(button(page.getByRole('alertdialog'), 'Yes, do it'))
    await expect.poll(() => call.rings('1010'), slowly).toBe(false)
    await way.rest()
    await way.close(KWAME)
    await way.rest()
    await way.goTo('Now')
    await expect(cardOf(page, SAM.name)).toContainText('Connected', slowly)
    await agree(desk, way)
    await hangUp(desk, way, SAM)
  })

  await step('three talk together', async () => {
    const call = await answered(desk, way, THORNBURY)
    await way.send(THORNBURY.name, PRIYA, 'Ask first')
    await way.goTo('Now')
    const card = cardOf(page, THORNBURY.name)
    await expect(card).toContainText(`You are talking to${PRIYA}`, slowly)
    await way.press(button(card, 'Conference'))
    await expect(card.locator('.state')).toContainText('Conference', slowly)
    await way.rest()
    await agree(desk, way)
    await hangUp(desk, way, THORNBURY)
    await agree(desk, way)
    call.callerHangsUp()
  })

  await step('a caller of the queue, a pause and out', async () => {
    await answered(desk, way, MARIA, 'queue')
    await expect(cardOf(page, MARIA.name)).toContainText('Queue support')
    await agree(desk, way)
    await hangUp(desk, way, MARIA)
    await way.goTo('Queues')
    const support = page.getByRole('region', { name: 'support', exact: true })
    await way.press(button(support, 'Pause'))
    await way.pauseFor(support, 'Dentist')
    await expect(support).toContainText('Paused: Dentist', slowly)
    await way.rest()
    await agree(desk, way)
    await way.goTo('Queues')
    await way.press(button(support, 'Resume'))
    await expect(support).toContainText('You take calls', slowly)
    await way.rest()
    await way.press(button(support, 'Log out'))
    await expect(support).toContainText('You are logged out', slowly)
    await way.rest()
    await agree(desk, way)
    await way.goTo('Queues')
    await way.press(button(support, 'Log in'))
    await expect(support).toContainText('You take calls', slowly)
    await way.rest()
  })

  await step('a missed call is returned', async () => {
    await way.goTo('Now')
    const missed = office.incoming({ ...NADIA, atTheBeep: 'nothing' })
    await expect(cardOf(page, NADIA.name)).toContainText('Incoming call', slowly)
    missed.callerHangsUp()
    const todo = page.getByRole('region', { name: 'To call back' })
    await expect(todo).toContainText(NADIA.name, slowly)
    await way.rest()
    await agree(desk, way)
    await way.press(button(todo, `Call back ${NADIA.name}`))
    const card = cardOf(page, NADIA.name)
    await expect(card).toContainText('Connected', slowly)
    await way.rest()
    await agree(desk, way)
    await hangUp(desk, way, NADIA)
    const tick = button(todo, `Mark ${NADIA.name} as done`)
    // Calling back may have done it already.
    if (await tick.count() > 0)
      await way.press(tick)
    await expect(todo).toContainText('All called back', slowly)
    await way.rest()
  })

  await step('a message is heard of, moved and deleted', async () => {
    await way.goTo('Voicemail')
    const message = row(page, 'Harbour Dental Practice')
    await expect(message.getByRole('img', { name: 'New' })).toBeVisible(slowly)
    await way.press(button(message, 'More about the message of Harbour Dental Practice'))
    await way.moveMessage(message)
    await expect(message.getByRole('img', { name: 'Old' })).toBeVisible(slowly)
    await way.rest()
    await agree(desk, way)
    await way.goTo('Voicemail')
    await way.press(button(message, 'More about the message of Harbour Dental Practice'))
    await way.press(button(message, 'Delete'))
    await way.press(button(message.getByRole('alertdialog'), 'Yes, do it'))
    await expect(message).toHaveCount(0, slowly)
    await way.rest()
  })

  await step('somebody is free', async () => {
    const talk = office.between('1003', '1008')
    talk.answer('1008')
    await way.goTo('People')
    await expect(way.person(JO)).toContainText(`Talking to ${TOMASZ}`, slowly)
    await way.open(JO)
    const details = detailsOf(page, JO)
    await way.press(button(details, 'Tell me when free'))
    await expect(button(details, 'Tell me when free')).toHaveAttribute('aria-pressed', 'true', slowly)
    await way.rest()
    await way.close(JO)
    await way.rest()
    await agree(desk, way)
    talk.callerHangsUp()
    const told = await desktop.notifications().until(({ summary }) => summary.includes(JO), 60_000)
    expect(told.summary).toBe(`${JO} is free now`)
  })

  await step('what is left of the morning', async () => {
    await way.goTo('Now')
    const rows = page.getByRole('region', { name: 'Recent calls' }).getByRole('listitem')
    await expect(rows).toHaveText([
      [NADIA.name, 'Outgoing'],
      [NADIA.name, 'Missed'],
      [MARIA.name, 'Incoming'],
      [THORNBURY.name, 'Incoming'],
      [SAM.name, 'Incoming'],
      [LI.name, 'Incoming'],
      [LI.name, 'Incoming'],
      [SAM.name, 'Incoming'],
      [SAM.name, 'Incoming'],
      [PRINTER.name, 'Incoming'],
      [NADIA.name, 'Incoming'],
      [JANA.name, 'Incoming'],
    ].map(([who, how]) => new RegExp(`^${who}\\s*${how}`)))
  })
}

/** Counts in the page what must not happen. */
async function forbid(page: Page, events: readonly string[]): Promise<() => Promise<number>> {
  await page.evaluate((names) => {
    const counter = { count: 0 }
    Object.assign(window, { forbidden: counter })
    for (const name of names)
      document.addEventListener(name, () => { counter.count += 1 }, { capture: true })
  }, events)
  return () => page.evaluate(() => (window as unknown as { readonly forbidden: { readonly count: number } }).forbidden.count) // put there above
}

async function resize(program: Running, width: number, height: number): Promise<void> {
  await program.app.evaluate(({ BrowserWindow }, size) => BrowserWindow.getAllWindows().find(window => window.webContents.getURL().includes('/main/'))?.setContentSize(size.width, size.height), { width, height })
}

test('a morning of ten lines by mouse alone', async ({ desk }) => {
  const keys = await forbid(desk.page, ['keydown'])
  await work(desk, byPointer(desk.page))
  expect(await keys()).toBe(0)
})

test('a morning of ten lines by keyboard alone', async ({ atWork, desk }) => {
  await resize(atWork, 900, 720)
  await expect(desk.page.getByRole('tab', { name: /^Now/ })).toHaveCount(0)
  const clicks = await forbid(desk.page, ['pointerdown', 'mousedown'])
  await work(desk, byKeys(desk.page))
  expect(await clicks()).toBe(0)
})

atBoard('the work of a front desk at the board by mouse alone', async ({ desk }) => {
  const keys = await forbid(desk.page, ['keydown'])
  await work(desk, byPointer(desk.page, true), ['blind transfer by name', 'a colleague is picked up', 'somebody is free'])
  expect(await keys()).toBe(0)
})

atBoard('the work of a front desk at a wide board by keyboard alone', async ({ atWork, desk }) => {
  await resize(atWork, 1360, 840)
  const clicks = await forbid(desk.page, ['pointerdown', 'mousedown'])
  await work(desk, byKeys(desk.page, true), ['asked first and handed over', 'asked, nobody there, back to the caller', 'a colleague is picked up', 'somebody is free'])
  expect(await clicks()).toBe(0)
})

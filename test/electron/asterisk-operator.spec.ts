import type { Locator, Page } from '@playwright/test'
import type { Phone, PhoneCall } from '../asterisk/support/phone.ts'
import type { AsteriskServer } from '../asterisk/support/server.ts'
import type { Witness } from './support/picture.ts'
import type { SlowLine } from './support/slow-line.ts'
import { appendFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startAsterisk } from '../asterisk/support/server.ts'
import { cardOf, KARLA, provide, VERSIONS } from './support/asterisk.ts'
import { test as base, expect, settingsFor, unlock } from './support/fixtures.ts'
import { difference, openWitness } from './support/picture.ts'
import { openSlowLine } from './support/slow-line.ts'

const BOB = 'Bob Two'
const CAROL = 'Carol Three'
/** Nobody has this number. */
const NOWHERE = '4242'
const NAMES = { 1001: 'Alice One', 1002: BOB, 1003: CAROL, 1004: 'Dave Four', 2001: 'Erin Legacy' }

const slowly = { timeout: 40_000 }

interface Phones { readonly alice: Phone, readonly bob: Phone, readonly carol: Phone, readonly trunk: Phone }

interface Office { readonly server: AsteriskServer, readonly phones: Phones, readonly witness: Witness }

interface Desk {
  readonly page: Page
  readonly popup: Page
  readonly line: SlowLine
}

interface Fixtures {
  readonly sitDown: (office: Office, account?: { readonly username: string, readonly secret: string }, seen?: string | RegExp) => Promise<Desk>
}

const test = base.extend<Fixtures>({
  sitDown: async ({ home, start }, use) => {
    const lines: SlowLine[] = []
    await use(async ({ server }, account = server.credentials.companion, seen: string | RegExp = 'Free') => {
      const line = await openSlowLine(server.ports.ami)
      lines.push(line)
      home.write('settings.json', settingsFor({ port: line.port, username: account.username }, { popupLingerSeconds: 60 }))
      const program = await start()
      await unlock(program, account, seen)
      return { page: await program.page('main'), popup: await program.page('popup'), line }
    })
    for (const line of lines) await line.close()
  },
})

const tab = (page: Page, name: string): Locator => page.getByRole('tab', { name: new RegExp(`^${name}\\b`) })
const row = (page: Page, name: string): Locator => page.getByRole('listitem', { name, exact: true })
const button = (at: Page | Locator, name: string): Locator => at.getByRole('button', { name, exact: true })
/** Where the window says how it went with what was asked for. */
const asked = (page: Page): Locator => page.getByRole('status', { name: 'What you asked for' })

/** What a phone sees, or an error that says what it waited for. */
async function soon<T>(what: string, seen: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new Error(`waited for ${what}`)), slowly.timeout)
  return Promise.race([seen, late.promise]).finally(() => clearTimeout(timer))
}

async function talkToKarla({ phones }: Office, page: Page): Promise<{ readonly calling: PhoneCall, readonly phone: PhoneCall, readonly card: Locator }> {
  const calling = phones.trunk.dial('5551201', KARLA)
  const phone = await soon('a call for alice', phones.alice.nextCall())
  phone.answer()
  const card = cardOf(page, KARLA.name)
  await expect(card).toContainText('Connected', slowly)
  return { calling, phone, card }
}

async function send(card: Locator, to: string, how: 'Send' | 'Ask first'): Promise<void> {
  await button(card, 'Transfer').click()
  await card.getByRole('combobox', { name: 'Send the call to' }).fill(to)
  await button(card, how).click()
}

/** All that the window says is what the server holds. */
async function expectTruth(page: Page, witness: Witness): Promise<void> {
  for (const part of ['People', 'Queues', 'Parking', 'Now']) {
    await tab(page, part).click()
    await expect.poll(() => difference(page, witness), { message: `${part} of the window and of the server`, ...slowly }).toEqual({})
  }
}

for (const version of VERSIONS) {
  test.describe(`a receptionist with a real Asterisk ${version}`, () => {
    let office: Office

    test.beforeAll(async () => {
      await provide(version)
      const server = await startAsterisk({ version, ringSeconds: 20 })
      const [alice, bob, carol, trunk] = await Promise.all([server.phone('1001'), server.phone('1002'), server.phone('1003'), server.phone('trunk')])
      const witness = await openWitness({ host: server.host, port: server.ports.ami, account: server.credentials.admin, extension: '1001', mailbox: '1001@default', names: NAMES })
      office = { server, phones: { alice, bob, carol, trunk }, witness }
    })
    test.beforeEach(() => test.setTimeout(150_000))
    test.afterEach(async () => {
      const phones = Object.values(office.phones)
      // Callers first: a phone that refuses would send them on to the voicemail.
      await soon('the callers to give up', Promise.all(phones.map(phone => phone.giveUp())))
      await soon('the phones to be hung up', Promise.all(phones.map(phone => phone.reset())))
      await soon('silence', office.server.silent())
    })
    test.afterAll(async () => {
      await office.witness.close()
      await office.server.stop()
    })

    test('parks a call and takes it back', async ({ sitDown }) => {
      const { phones, witness } = office
      const { page } = await sitDown(office)
      const { calling, phone, card } = await talkToKarla(office, page)
      await button(card, 'Park').click()
      await button(card.getByRole('group', { name: 'Park' }), 'default').click()
      expect(await soon('the end at a phone', phone.ended)).toMatchObject({ by: 'them' })
      await expect(card).toHaveCount(0, slowly)
      await expectTruth(page, witness)

      await tab(page, 'Parking').click()
      await button(row(page, `701: ${KARLA.name}`), 'Take back').click();
      (await soon('a call for alice', phones.alice.nextCall())).answer()
      await expect(row(page, `701: ${KARLA.name}`)).toHaveCount(0, slowly)
      await tab(page, 'Now').click()
      await expect(card).toContainText('Connected', slowly)
      await expectTruth(page, witness)
      expect(calling.state).toBe('answered')
      await expect(asked(page)).not.toContainText('failed')
    })

    test('hands a call over after asking', async ({ sitDown }) => {
      const { phones, witness } = office
      const { page } = await sitDown(office)
      const { calling, card } = await talkToKarla(office, page)
      await send(card, 'bob', 'Ask first')
      const bobs = await soon('a call for bob', phones.bob.nextCall())
      await expect(card).toContainText(`Ringing${BOB}`, slowly)
      bobs.answer()
      await expect(card).toContainText(`You are talking to${BOB}`, slowly)
      await button(card, 'Hand over').click()
      await expect(card).toHaveCount(0, slowly)
      await expectTruth(page, witness)
      expect([calling.state, bobs.state]).toEqual(['answered', 'answered'])
      await tab(page, 'People').click()
      await expect(row(page, BOB)).toContainText(`Talking to ${KARLA.name}`, slowly)
      await expect(asked(page)).not.toContainText('failed')
    })

    test('goes back to the caller when nobody is there to ask, even where the server cannot cancel', async ({ sitDown }) => {
      const { phones, witness } = office
      const { line, page } = await sitDown(office)
      const { card } = await talkToKarla(office, page)
      for (const knows of [true, false]) {
        if (!knows)
          line.forget('CancelAtxfer')
        await send(card, 'bob', 'Ask first')
        const bobs = await soon('a call for bob', phones.bob.nextCall())
        await expect(card).toContainText(`Ringing${BOB}`, slowly)
        await button(card, 'Back to the caller').click()
        expect(await soon('the end at a phone', bobs.ended)).toMatchObject({ by: 'them' })
        await expect(button(card, 'Transfer')).toBeVisible(slowly)
        await expect(card).toContainText('Connected', slowly)
        await expectTruth(page, witness)
      }
      expect(line.forgotten()).toBe(1)
      await expect(asked(page)).not.toContainText('failed')
    })

    test('sees a caller of a queue go round to the agent who answers', async ({ sitDown }) => {
      const { phones, witness } = office
      const { page, popup } = await sitDown(office)
      await tab(page, 'Queues').click()
      const sales = page.getByRole('region', { name: 'sales' })
      await button(sales, 'Log in').click()
      await expect(sales).toContainText('You take calls', slowly)
      await button(sales, 'Callers and members of sales').click()
      const bobs = sales.getByRole('list', { name: 'Members' }).getByRole('listitem').filter({ hasText: BOB })
      await expect(bobs).toContainText('no calls')

      const calling = phones.trunk.dial('5558001', KARLA)
      const first = await soon('a call for bob', phones.bob.nextCall())
      await expect(sales.getByRole('list', { name: 'Callers waiting' })).toContainText(KARLA.name, slowly)
      await soon('the end at a phone', first.ended)
      const mine = await soon('a call for alice', phones.alice.nextCall())
      const card = cardOf(popup, KARLA.name)
      await expect(card).toHaveCount(1, slowly)
      phones.bob.behaviour = 'answer'
      expect(await soon('the end at a phone', mine.ended)).toMatchObject({ by: 'them' })
      await soon('a call for bob', phones.bob.nextCall())
      await expect(card).toContainText(`Answered by ${BOB}`, slowly)
      await expect(card).toHaveCount(1)
      await expectTruth(page, witness)
      await tab(page, 'Queues').click()
      await soon('a phone to be hung up', calling.hangUp())
      await button(sales, 'Callers and members of sales').click()
      await expect(bobs).toContainText('1 call', slowly)
      await tab(page, 'Now').click()
      await expect(page.getByRole('region', { name: 'Recent calls' }).getByRole('listitem')).toHaveText([new RegExp(`${KARLA.name}.*Answered by ${BOB}`)])
      await expect(page.getByRole('region', { name: 'To call back' })).toHaveCount(0)
      await tab(page, 'Queues').click()
      await button(sales, 'Log out').click()
      await expect(sales).toContainText('You are logged out', slowly)
    })

    test('picks up for a colleague, and is told when that comes too late', async ({ sitDown }) => {
      const { phones, witness } = office
      const { page } = await sitDown(office)
      await tab(page, 'People').click()
      const calling = phones.trunk.dial('5551202', KARLA)
      const bobs = await soon('a call for bob', phones.bob.nextCall())
      await expect(row(page, BOB)).toContainText(`Call from ${KARLA.name}`, slowly)
      await button(row(page, BOB), `Pick up for ${BOB}`).click()
      await button(page.getByRole('alertdialog'), 'Yes, do it').click();
      (await soon('a call for alice', phones.alice.nextCall())).answer()
      await soon('an answer', calling.answered)
      expect(await soon('the end at a phone', bobs.ended)).toMatchObject({ by: 'them' })
      await expectTruth(page, witness)
      await expect(cardOf(page, KARLA.name)).toContainText('Connected')
      await soon('a phone to be hung up', calling.hangUp())
      await expect(cardOf(page, KARLA.name)).toHaveCount(0, slowly)

      await tab(page, 'People').click()
      phones.trunk.dial('5551203', KARLA)
      const carols = await soon('a call for carol', phones.carol.nextCall())
      await button(row(page, CAROL), `Pick up for ${CAROL}`).click()
      await expect(page.getByRole('alertdialog')).toContainText(`This call rings ${CAROL}.`)
      carols.answer()
      await expect(row(page, CAROL)).toContainText(`Talking to ${KARLA.name}`, slowly)
      await button(page.getByRole('alertdialog'), 'Yes, do it').click()
      await expect(page.getByText('That phone does not ring any more.')).toBeVisible(slowly)
      expect([carols.state, phones.alice.hasArrived]).toEqual(['answered', false])
    })

    test('sets do not disturb and a forward, and shows what the server has', async ({ sitDown }) => {
      const { phones, server, witness } = office
      const { page } = await sitDown(office, server.credentials.recorder)
      const dnd = page.getByRole('switch', { name: 'Do not disturb' })
      await dnd.click()
      await expect(dnd).toBeChecked(slowly)
      expect(await witness.stored('DND', '1001')).toBe('YES')
      const calling = phones.trunk.dial('5551201', KARLA)
      await soon('an answer', calling.answered)
      expect(phones.alice.hasArrived).toBe(false)
      await soon('a phone to be hung up', calling.hangUp())
      await dnd.click()
      await expect(dnd).not.toBeChecked(slowly)
      expect(await witness.stored('DND', '1001')).toBe('')

      await page.getByRole('button', { name: 'Forward', exact: true }).click()
      const always = page.getByLabel('All calls', { exact: true })
      await always.fill('1003')
      await page.getByRole('group', { name: 'Forward my calls' }).getByRole('button', { name: 'Set' }).click()
      await expect(button(page, 'To 1003')).toBeVisible(slowly)
      expect(await witness.stored('CF', '1001')).toBe('1003')
      phones.trunk.dial('5551201', KARLA)
      expect((await soon('a call for carol', phones.carol.nextCall())).peer).toEqual(KARLA)
      await soon('the caller to give up', phones.trunk.giveUp())
      await page.getByRole('group', { name: 'Forward my calls' }).getByRole('button', { name: 'Clear' }).click()
      await expect(page.getByRole('button', { name: 'Forward', exact: true })).toBeVisible(slowly)
      expect(await witness.stored('CF', '1001')).toBe('')
      await expect(asked(page)).not.toContainText('failed')
    })

    test('says what cannot be: a number that nobody has, a call that is over', async ({ sitDown }) => {
      const { phones, server, witness } = office
      const { line, page } = await sitDown(office)
      const first = await talkToKarla(office, page)
      await send(first.card, NOWHERE, 'Send')
      await expect(page.getByText(`The server knows no way to dial ${NOWHERE}.`)).toBeVisible(slowly)
      await soon('the caller to give up', phones.trunk.giveUp())
      await soon('my phone to be hung up', phones.alice.reset())
      await expect(first.card).toHaveCount(0, slowly)

      const second = await talkToKarla(office, page)
      await button(second.card, 'Transfer').click()
      await second.card.getByRole('combobox', { name: 'Send the call to' }).fill('1002')
      // The news of the end is still on its way when the button is pressed.
      line.hold()
      await soon('a phone to be hung up', second.calling.hangUp())
      await soon('the end at a phone', second.phone.ended)
      await soon('silence', server.silent())
      await button(second.card, 'Send').click()
      line.release()
      await expect(page.getByText('This call has already ended.').first()).toBeVisible(slowly)
      await expect(second.card).toHaveCount(0, slowly)
      expect(phones.bob.hasArrived).toBe(false)
      await expectTruth(page, witness)
    })

    test('greys what the account may not, and says why', async ({ sitDown }) => {
      const { server } = office
      const porter = { username: 'porter', secret: server.credentials.companion.secret }
      await appendFile(join(server.folder, 'etc/manager.conf'), `\n[${porter.username}]\nsecret = ${porter.secret}\nread = call,agent\nwrite = agent,originate\n`)
      await server.cli('manager reload')
      const { page } = await sitDown(office, porter, /^No call at the moment/)
      const { card, phone } = await talkToKarla(office, page)
      const reason = /^Your account on the server may not do this\./
      await expect(button(card, 'Park')).toBeDisabled()
      await expect(button(card, 'Park')).toHaveAttribute('title', reason)
      await expect(card.getByRole('button', { name: reason })).toBeDisabled()
      // A second call is a call, and the phone can connect two.
      await button(card, 'Transfer').click()
      await card.getByRole('combobox', { name: 'Send the call to' }).fill('1002')
      await expect(button(card, 'Ask first')).toBeEnabled()
      await expect(button(card, 'Send')).toHaveCount(0)
      await expect(button(card, 'To voicemail')).toHaveCount(0)
      expect(phone.state).toBe('answered')
    })

    // The last one: it takes a queue away for good.
    test('says that a queue has gone away', async ({ sitDown }) => {
      const { server, witness } = office
      const { page } = await sitDown(office)
      await tab(page, 'Queues').click()
      const sales = page.getByRole('region', { name: 'sales' })
      await expect(sales).toContainText('You are logged out', slowly)
      const file = join(server.folder, 'etc/queues.conf')
      const text = await readFile(file, 'utf8')
      await writeFile(file, text.replace(/\n\[sales\][\s\S]*?(?=\n\[|$)/, ''))
      await server.cli('queue reload all')
      await button(sales, 'Log in').click()
      await expect(page.getByText('There is no such queue on the server any more.')).toBeVisible(slowly)
      await expect(sales).toHaveCount(0, { timeout: 90_000 })
      await expectTruth(page, witness)
    })
  })
}

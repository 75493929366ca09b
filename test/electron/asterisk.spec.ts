import type { Locator, Page } from '@playwright/test'
import type { AsteriskServer } from '../asterisk/support/server.ts'
import type { Fixtures } from './support/fixtures.ts'
import type { Running } from './support/program.ts'
import { connectManager } from '../asterisk/support/manager.ts'
import { startAsterisk } from '../asterisk/support/server.ts'
import { cardOf, KARLA, provide, VERSIONS } from './support/asterisk.ts'
import { expect, settingsFor, test, unlock } from './support/fixtures.ts'

const HOSTILE = '<img src=x onerror="document.title=1"> & <b>Tom</b>'

interface Desk { readonly program: Running, readonly main: Page, readonly popup: Page }

/** Sits down at the program of 1001, as on every morning. */
async function sitDown({ home, start }: Pick<Fixtures, 'home' | 'start'>, { credentials: { companion }, ports }: AsteriskServer): Promise<Desk> {
  home.write('settings.json', settingsFor({ port: ports.ami, username: companion.username }))
  const program = await start()
  await unlock(program, companion)
  return {
    program,
    main: await program.page('main'),
    popup: await program.page('popup'),
  }
}

/** Rows of the calls of this session: a line that tells of an act names the same people. */
const recents = (main: Page): Locator => main.getByRole('region', { name: 'Recent calls' }).getByRole('listitem')

for (const version of VERSIONS) {
  test.describe(`with a real Asterisk ${version}`, () => {
    let server: AsteriskServer

    test.beforeAll(() => provide(version))
    test.beforeEach(async () => {
      server = await startAsterisk({ version, ringSeconds: 20 })
    })
    test.afterEach(() => server.stop())

    test('goes from the first run to a call', async ({ start }) => {
      const alice = await server.phone('1001')
      const trunk = await server.phone('trunk')
      const program = await start()
      const page = await program.page('main')
      await page.getByRole('button', { name: /Connect to my Asterisk/ }).click()
      await page.getByLabel('Server', { exact: true }).fill('127.0.0.1')
      await page.getByRole('switch', { name: 'Encrypted (TLS)' }).check()
      await page.getByLabel('Port', { exact: true }).fill(String(server.ports.amiTls))
      await page.getByLabel('Account', { exact: true }).fill(server.credentials.companion.username)
      await page.getByLabel('Password', { exact: true }).fill(server.credentials.companion.secret)
      await page.getByRole('button', { name: 'Check the connection' }).click()
      // Nobody vouches for this certificate: a person compares it and trusts it.
      await expect(page.getByText(server.fingerprint.slice(0, 11)).first()).toBeVisible()
      await page.getByRole('button', { name: 'Trust this certificate' }).click()
      await expect(page.getByText('The server is ready')).toBeVisible()
      await expect(page.getByText('Everything that Ringside can ask about is allowed.')).toBeVisible()
      await page.getByRole('button', { name: 'Next' }).click()
      await page.getByRole('radio', { name: /Alice One/ }).check()
      await page.getByRole('button', { name: 'Next' }).click()
      await expect(page.getByLabel('Phones', { exact: true })).toHaveValue('PJSIP/1001')
      await expect(page.getByLabel(/^Mailboxes/)).toHaveValue('1001')
      await page.getByRole('button', { name: 'Save and start' }).click()
      await expect(page.getByText('Free', { exact: true }).first()).toBeVisible()

      trunk.dial('5551201', KARLA)
      const call = await alice.nextCall()
      await expect(cardOf(await program.page('popup'), KARLA.name)).toContainText('Incoming call')
      await call.hangUp()
    })

    test('shows a call from the first ring to the row in the history', async ({ home, start }) => {
      const { main, popup } = await sitDown({ home, start }, server)
      const alice = await server.phone('1001')
      const trunk = await server.phone('trunk')
      trunk.dial('5551201', KARLA)
      await expect(cardOf(popup, KARLA.name)).toContainText('Incoming call')
      await expect(cardOf(main, KARLA.name).first()).toBeVisible()
      await expect(main.getByText('Ringing', { exact: true }).first()).toBeVisible()
      const call = await alice.nextCall()
      call.answer()
      await expect(cardOf(popup, KARLA.name)).toContainText('You answered')
      await expect(main.getByText('On a call', { exact: true }).first()).toBeVisible()
      await expect(cardOf(main, KARLA.name).first()).toContainText('Connected')
      await cardOf(main, KARLA.name).first().getByRole('button', { name: 'Hang up' }).click()
      expect(await call.ended).toMatchObject({ by: 'them' })
      await expect(recents(main).filter({ hasText: KARLA.name })).toContainText('Incoming')
      await expect(main.getByText('Free', { exact: true }).first()).toBeVisible()
      await expect(popup.getByRole('article')).toHaveCount(0)
    })

    test('declines a call by the button of the popup', async ({ home, start }) => {
      const { main, popup } = await sitDown({ home, start }, server)
      const alice = await server.phone('1001')
      const trunk = await server.phone('trunk')
      trunk.dial('5551201', KARLA)
      const call = await alice.nextCall()
      await cardOf(popup, KARLA.name).getByRole('button', { name: 'Decline' }).click()
      expect(await call.ended).toMatchObject({ by: 'them' })
      await expect(cardOf(popup, KARLA.name)).toContainText('Declined')
      await expect(recents(main).filter({ hasText: KARLA.name })).toContainText('Declined')
    })

    test('counts the message of a caller who was sent to voicemail', async ({ home, start }) => {
      const { main, popup } = await sitDown({ home, start }, server)
      await expect(main.getByText('No new messages')).toBeVisible()
      await server.phone('1001')
      const trunk = await server.phone('trunk')
      const calling = trunk.dial('5551201', KARLA)
      await cardOf(popup, KARLA.name).getByRole('button', { name: 'To voicemail' }).click()
      await expect(cardOf(popup, KARLA.name)).toContainText('Went to voicemail')
      await calling.answered
      await server.recorded('1001')
      await calling.hangUp()
      await expect(main.getByText('1 new message', { exact: true })).toBeVisible()
    })

    test('says who of a ring group has answered', async ({ home, start }) => {
      const { main, popup } = await sitDown({ home, start }, server)
      await server.phone('1001')
      const bob = await server.phone('1002')
      await server.phone('1003')
      const trunk = await server.phone('trunk')
      trunk.dial('5559000', KARLA)
      await expect(cardOf(popup, KARLA.name)).toContainText('Incoming call')
      ;(await bob.nextCall()).answer()
      await expect(cardOf(popup, KARLA.name)).toContainText('Answered by Bob Two')
      await expect(recents(main).filter({ hasText: KARLA.name })).toContainText('Answered by Bob Two')
    })

    test('dials what is typed, my phone first', async ({ home, start }) => {
      const { main, popup } = await sitDown({ home, start }, server)
      const alice = await server.phone('1001')
      const bob = await server.phone('1002')
      await main.getByLabel('Number to dial').fill('1002')
      await main.keyboard.press('Enter')
      await expect(main.getByText('Your phone 1001 rings. Answer it.')).toBeVisible()
      const mine = await alice.nextCall()
      expect(mine.peer.number).toBe('1002')
      mine.answer()
      const his = await bob.nextCall()
      expect(his.peer).toEqual({ name: 'Alice One', number: '1001' })
      await expect(main.getByText('Their phone rings').first()).toBeVisible()
      his.answer()
      await expect(main.getByText('Connected').first()).toBeVisible()
      await his.hangUp()
      await expect(recents(main).filter({ hasText: '1002' })).toContainText('Outgoing')
      await expect(popup.getByRole('article')).toHaveCount(0)
    })

    test('says why a number was not reached', async ({ home, start }) => {
      const { main } = await sitDown({ home, start }, server)
      const alice = await server.phone('1001')
      await main.getByLabel('Number to dial').fill('4711')
      await main.keyboard.press('Enter')
      await expect(main.getByRole('article', { name: 'Dialling 4711' })).toContainText('4711')
      await expect(main.getByRole('article', { name: 'Dialling 4711' }).getByRole('button', { name: 'Dismiss' })).toBeVisible()
      expect(alice.hasArrived).toBe(false)
    })

    test('shows the name of a hostile caller as text, in both windows', async ({ home, start }) => {
      const { main, popup } = await sitDown({ home, start }, server)
      await server.phone('1001')
      const trunk = await server.phone('trunk')
      const titles = await Promise.all([main.title(), popup.title()])
      const calling = trunk.dial('5551201', { name: HOSTILE, number: '+15550100' })
      for (const page of [popup, main]) {
        await expect(cardOf(page, '<b>Tom</b>').first()).toBeVisible()
        expect(await page.locator('article img, article b').count()).toBe(0)
      }
      await calling.hangUp()
      await expect(cardOf(popup, '<b>Tom</b>')).toContainText('Missed call')
      expect(await Promise.all([main.title(), popup.title()])).toEqual(titles)
    })

    test('says that it is out of date while the server is away, and is right again', async ({ home, start }) => {
      const { main } = await sitDown({ home, start }, server)
      const alice = await server.phone('1001', 'answer')
      const trunk = await server.phone('trunk')
      trunk.dial('5551201', KARLA)
      await alice.nextCall()
      await expect(cardOf(main, KARLA.name).first()).toContainText('Connected')
      await server.kill()
      await expect(main.getByText(/^as of /).first()).toBeVisible()
      await expect(cardOf(main, KARLA.name).first()).toBeVisible()
      await server.start()
      await expect(main.getByText('Free', { exact: true }).first()).toBeVisible()
      await expect(main.getByText(/^as of /)).toHaveCount(0)
      await expect(main.getByText('No call at the moment')).toBeVisible()
      const witness = await connectManager(server)
      expect(await witness.request('Ping')).toMatchObject({ Response: 'Success' })
      witness.close()
    })
  })
}

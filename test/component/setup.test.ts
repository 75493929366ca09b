import type { CheckReport, ProfileView } from '#contract/setup.ts'
import type { OpenWindow } from '../support/mount-window.ts'
import { screen, within } from '@testing-library/vue'
import { describe, expect, it } from 'vitest'
import { errorCodes } from '#contract/result.ts'
import en from '../../renderer/locales/en.json'
import { failed, ok } from '../support/fake-bridge.ts'
import { openMain } from '../support/open-window.ts'
import { aCertificate, aFailedReport, anAppInfo, anOffer, aProfile, aReport, aStep, FINGERPRINT, OTHER_FINGERPRINT, someRights, unconfigured } from '../support/rows.ts'

const field = (name: string): HTMLInputElement => screen.getByLabelText(name)
const button = (name: string | RegExp): HTMLButtonElement => screen.getByRole('button', { name })
const heading = (): string | null => screen.getByRole('heading', { level: 1 }).textContent?.trim() ?? null

async function atServer(info = unconfigured()): Promise<OpenWindow> {
  const opened = await openMain({ info })
  if (info.configured) {
    opened.bridge.push('window.panel', { panel: 'setup' })
    await opened.pass()
  }
  else {
    await opened.user.click(button(/Connect to my Asterisk/))
  }
  return opened
}

async function fill({ user }: OpenWindow): Promise<void> {
  await user.type(field('Server'), 'pbx.example.com')
  await user.type(field('Account'), 'ringside-1001')
  await user.type(field('Password'), 'secret')
}

async function check(opened: OpenWindow, report: CheckReport = aReport()): Promise<void> {
  opened.bridge.answer('setup.check', () => ok(report))
  await opened.user.click(button('Check the connection'))
  await opened.pass()
}

async function atExtension(report?: CheckReport): Promise<OpenWindow> {
  const opened = await atServer()
  await fill(opened)
  await check(opened, report)
  await opened.user.click(button('Next'))
  return opened
}

async function atLine(info = unconfigured()): Promise<OpenWindow> {
  const opened = await atServer(info)
  if (!info.configured)
    await fill(opened)
  await check(opened)
  await opened.user.click(button('Next'))
  await opened.user.click(screen.getByRole('radio', { name: /Anna Schmidt/ }))
  await opened.user.click(button('Next'))
  await opened.pass()
  return opened
}

describe('the first run', () => {
  it('goes from nothing to a connected program', async () => {
    const opened = await atServer()
    const { user, bridge, pass } = opened
    expect(heading()).toBe('Your server')
    await fill(opened)
    await check(opened)
    expect(heading()).toBe('The server is ready')
    await user.click(button('Next'))
    expect(heading()).toBe('Your extension')
    await user.click(screen.getByRole('radio', { name: /Ben Okafor/ }))
    await user.click(button('Next'))
    await pass()
    expect(heading()).toBe('Almost done')
    await user.click(button('Save and start'))
    await pass()
    expect(screen.getByRole('combobox', { name: 'Number to dial' })).toBeTruthy()
    expect(bridge.inputsOf('setup.propose')).toEqual([{ extension: '1002', context: 'from-internal' }])
    expect(bridge.inputsOf('setup.save')).toEqual([{
      server: { host: 'pbx.example.com', port: 5038, tls: false, username: 'ringside-1001', secret: 'secret', fingerprint: null, authority: null },
      line: { extension: '1002', hintContext: 'from-internal', devices: ['PJSIP/1002'], mailboxes: ['1002@default'], dialContext: 'from-internal', voicemailNumber: '*97', voicemailExten: '', outsidePrefix: '' },
      keepSecret: 'keystore',
    }])
  })

  it('opens the demo office with one click', async () => {
    const { user, bridge, pass } = await openMain({ info: unconfigured() })
    await user.click(button(/Try the demo office/))
    await pass()
    expect(bridge.inputsOf('setup.demo')).toHaveLength(1)
    expect(screen.getByRole('combobox', { name: 'Number to dial' })).toBeTruthy()
  })

  it('says when the demo office does not open', async () => {
    const { user, bridge } = await openMain({ info: unconfigured() })
    bridge.answer('setup.demo', () => failed('internal'))
    await user.click(button(/Try the demo office/))
    expect(screen.getByText('Something went wrong inside Ringside.')).toBeTruthy()
  })

  it('keeps all that was typed on every way back', async () => {
    const { user } = await atLine()
    await user.clear(field('Phones'))
    await user.type(field('Phones'), 'SIP/42')
    await user.click(button('Back'))
    expect(screen.getByRole<HTMLInputElement>('radio', { name: /Anna Schmidt/ }).checked).toBe(true)
    await user.click(button('Back'))
    expect(heading()).toBe('The server is ready')
    await user.click(button('Back'))
    expect([field('Server').value, field('Port').value, field('Account').value, field('Password').value]).toEqual(['pbx.example.com', '5038', 'ringside-1001', 'secret'])
    await user.click(button('Back'))
    expect(heading()).toBe('Welcome to Ringside')
    await user.click(button(/Connect to my Asterisk/))
    expect(field('Server').value).toBe('pbx.example.com')
  })
})

describe('the server page', () => {
  it('asks for what is missing, and puts the focus there', async () => {
    const { user, bridge } = await atServer()
    await user.type(field('Server'), 'pbx')
    await user.clear(field('Port'))
    await user.type(field('Port'), '70000')
    await user.click(button('Check the connection'))
    expect(field('Server').getAttribute('aria-invalid')).toBeNull()
    for (const words of ['A number from 1 to 65535', 'Which account?', 'The account\'s password is needed'])
      expect(screen.getByText(words)).toBeTruthy()
    expect(document.activeElement).toBe(field('Port'))
    expect(bridge.inputsOf('setup.check')).toEqual([])
  })

  it('moves the usual port along with encryption, and leaves one typed by hand', async () => {
    const { user } = await atServer()
    await user.click(screen.getByRole('switch', { name: 'Encrypted (TLS)' }))
    expect(field('Port').value).toBe('5039')
    await user.click(screen.getByRole('switch', { name: 'Encrypted (TLS)' }))
    expect(field('Port').value).toBe('5038')
    await user.clear(field('Port'))
    await user.type(field('Port'), '15038')
    await user.click(screen.getByRole('switch', { name: 'Encrypted (TLS)' }))
    expect(field('Port').value).toBe('15038')
  })

  it('warns of a connection that others can read', async () => {
    const { user } = await atServer()
    expect(screen.getByText(/Without encryption/)).toBeTruthy()
    await user.click(screen.getByRole('switch', { name: 'Encrypted (TLS)' }))
    expect(screen.queryByText(/Without encryption/)).toBeNull()
  })

  it('shows the password only when asked', async () => {
    const { user } = await atServer()
    expect(field('Password').type).toBe('password')
    await user.click(button('Show password'))
    expect(field('Password').type).toBe('text')
    await user.click(button('Hide password'))
    expect(field('Password').type).toBe('password')
  })

  it('gives the administrator an account of least privilege, under the name that is typed', async () => {
    const { user, bridge } = await atServer()
    await user.type(field('Account'), 'ringside-1001')
    await user.click(screen.getByText('For your administrator: the account'))
    await user.click(button('Copy this account'))
    const lines = bridge.inputsOf('clipboard.write')[0]?.text.split('\n') ?? []
    expect(lines[0]).toBe('[ringside-1001]')
    expect(lines).toContain('read = call,agent')
    expect(lines).toContain('write = call,agent,originate')
    expect(lines.join('\n')).not.toMatch(/\b(?:all|system|command|config)\b/)
  })

  it('sends a company authority and the fingerprint only where they are used', async () => {
    const opened = await atServer()
    const { user, bridge } = opened
    await fill(opened)
    await user.click(screen.getByRole('switch', { name: 'Encrypted (TLS)' }))
    await user.click(screen.getByText('Company certificate authority'))
    await user.type(screen.getByLabelText('Certificate in PEM form'), '-----BEGIN CERTIFICATE-----')
    await check(opened)
    await user.click(button('Back'))
    await user.click(screen.getByRole('switch', { name: 'Encrypted (TLS)' }))
    await check(opened)
    expect(bridge.inputsOf('setup.check').map(({ tls, authority }) => ({ tls, authority }))).toEqual([
      { tls: true, authority: '-----BEGIN CERTIFICATE-----' },
      { tls: false, authority: null },
    ])
  })
})

describe('a server that is set up already', () => {
  it('keeps its password while server and account stay the same', async () => {
    const opened = await atServer(anAppInfo())
    await check(opened)
    expect(opened.bridge.inputsOf('setup.check')).toMatchObject([{ host: 'pbx.example.com', secret: null }])
  })

  it('gives the stored password to no other server', async () => {
    const opened = await atServer(anAppInfo())
    await opened.user.type(field('Server'), '.evil.example')
    expect(screen.getByText('Type it again: the stored one belongs to another server or account.')).toBeTruthy()
    await check(opened)
    expect(opened.bridge.inputsOf('setup.check')).toEqual([])
  })

  it('takes no trusted certificate along to another server', async () => {
    const opened = await atServer(anAppInfo({ profile: aProfile({ fingerprint: FINGERPRINT }) }))
    expect(screen.getByText('You trusted this certificate:')).toBeTruthy()
    await opened.user.type(field('Server'), '.org')
    expect(screen.queryByText('You trusted this certificate:')).toBeNull()
  })

  it('keeps what was set by hand for the same extension', async () => {
    await atLine(anAppInfo({ profile: aProfile({ devices: ['SIP/hand'], outsidePrefix: '0', voicemailExten: '*1001' }) }))
    expect([field('Phones').value, screen.getByLabelText<HTMLInputElement>(/^Digit for an outside line/).value]).toEqual(['SIP/hand', '0'])
  })
})

describe('the check', () => {
  it('shows each step as it happens', async () => {
    const opened = await atServer()
    const { bridge, user, pass } = opened
    await fill(opened)
    bridge.answer('setup.check', () => new Promise(() => {}))
    await user.click(button('Check the connection'))
    bridge.push('setup.step', aStep('resolve', { found: '192.0.2.10' }))
    bridge.push('setup.step', aStep('connect', { state: 'running' }))
    bridge.push('setup.step', aStep('secure', { state: 'skipped' }))
    await pass()
    expect(heading()).toBe('Checking the server')
    expect(screen.getAllByRole('listitem').map(each => each.textContent?.trim())).toEqual([
      'Find the server: done192.0.2.10',
      'Open the connection: running',
      'Encrypt it: skipped',
      'Hear from Asterisk: waiting',
      'Log in: waiting',
      'Ask what the account may do: waiting',
      'List the extensions: waiting',
    ])
  })

  it('can be stopped, and what it still answers is not heard', async () => {
    const opened = await atServer()
    const { bridge, user, pass } = opened
    await fill(opened)
    let answer = (): void => {}
    bridge.answer('setup.check', () => new Promise((resolve) => { answer = () => resolve(ok(aReport())) }))
    await user.click(button('Check the connection'))
    await user.click(button('Stop'))
    expect(bridge.inputsOf('setup.cancelCheck')).toHaveLength(1)
    expect(heading()).toBe('Your server')
    bridge.answer('setup.check', () => new Promise(() => {}))
    await user.click(button('Check the connection'))
    answer()
    await pass()
    expect(heading()).toBe('Checking the server')
  })

  it('is stopped when the set-up is left', async () => {
    const opened = await atServer(anAppInfo())
    opened.bridge.answer('setup.check', () => new Promise(() => {}))
    await opened.user.click(button('Check the connection'))
    opened.bridge.push('window.panel', { panel: 'home' })
    await opened.pass()
    expect(opened.bridge.inputsOf('setup.cancelCheck')).toHaveLength(1)
  })

  it.each(errorCodes)('says in a sentence what %s means', async (code) => {
    const opened = await atServer()
    await fill(opened)
    await check(opened, aFailedReport('connect', { code, message: 'raw words for the log', details: { host: 'pbx.example.com', number: '1', extension: '1', queues: '1' } }))
    const sentence = en.errors[code].replace('{host}', 'pbx.example.com').replace(/\{\w+\}/, '1')
    expect(screen.getByText(sentence)).toBeTruthy()
    expect(screen.queryByText(/raw words/)).toBeNull()
    expect(heading()).toBe('Not connected yet')
    expect(screen.queryByRole('button', { name: 'Next' })).toBeNull()
  })

  it('says why it could not even start', async () => {
    const opened = await atServer()
    await fill(opened)
    opened.bridge.answer('setup.check', () => failed('bad-input'))
    await opened.user.click(button('Check the connection'))
    expect(screen.getByText('Something that was typed cannot be used as it is.')).toBeTruthy()
  })

  it('runs again, and leads back to the details', async () => {
    const opened = await atServer()
    await fill(opened)
    await check(opened, aFailedReport('login', { code: 'login-refused', message: '' }))
    await opened.user.click(button('Check again'))
    expect(opened.bridge.inputsOf('setup.check')).toHaveLength(2)
    await opened.user.click(button('Change the details'))
    expect(heading()).toBe('Your server')
  })

  it('says in words what the account may not do, and what the administrator has to write', async () => {
    const opened = await atServer()
    await fill(opened)
    await check(opened, aReport({ rights: someRights({ dial: 'write = originate', states: 'write = reporting' }) }))
    const rights = screen.getByRole('region', { name: 'What this account can do' })
    expect(within(rights).getAllByRole('listitem').map(each => each.textContent?.trim())).toEqual([
      'See who callsNeeds read = call. The first call will show it.Cannot be asked',
      'See the state of your phoneNo',
      'See calls that began before RingsideYes',
      'See voicemailYes',
      'Dial from the computerNo',
      'Hang up and declineYes',
    ])
    await opened.user.click(within(rights).getByRole('button', { name: 'Copy this line' }))
    expect(opened.bridge.inputsOf('clipboard.write')).toEqual([{ text: 'read = call,agent\nwrite = call,agent,originate,reporting' }])
    expect(button('Next').disabled).toBe(false)
  })
})

describe('a certificate', () => {
  const unknown = aFailedReport('secure', { code: 'certificate-untrusted', message: '' }, { certificate: aCertificate() })
  const changed = aFailedReport('secure', { code: 'certificate-changed', message: '' }, { certificate: aCertificate(), expectedFingerprint: OTHER_FINGERPRINT })

  async function encrypted(report: CheckReport): Promise<OpenWindow> {
    const opened = await atServer()
    await fill(opened)
    await opened.user.click(screen.getByRole('switch', { name: 'Encrypted (TLS)' }))
    await check(opened, report)
    return opened
  }

  it('that nobody knows is shown, and trusted by its fingerprint alone', async () => {
    const opened = await encrypted(unknown)
    const panel = screen.getByRole('region', { name: 'This computer does not know the certificate of pbx.example.com.' })
    for (const words of ['CN=pbx.example.com, O=Example', 'CN=Example Private CA', 'Jan 10, 2025 to Jan 10, 2027'])
      expect(within(panel).getByText(words)).toBeTruthy()
    expect(panel.textContent).toContain(FINGERPRINT)
    opened.bridge.answer('setup.check', () => ok(aReport()))
    await opened.user.click(button('Trust this certificate'))
    await opened.pass()
    expect(opened.bridge.inputsOf('setup.check').map(draft => draft.fingerprint)).toEqual([null, FINGERPRINT])
    expect(heading()).toBe('The server is ready')
  })

  it('that has changed is shown beside the old one, and trusted only after a promise', async () => {
    const { user, bridge } = await encrypted(changed)
    const panel = screen.getByRole('region', { name: 'pbx.example.com shows another certificate than the one you trusted.' })
    expect(panel.textContent).toContain(OTHER_FINGERPRINT)
    expect(panel.textContent).toContain(FINGERPRINT)
    expect(within(panel).getByText(/Do not go on unless your administrator says/)).toBeTruthy()
    expect(button('Trust the new certificate').disabled).toBe(true)
    await user.click(within(panel).getByRole('checkbox', { name: 'My administrator has confirmed the new fingerprint' }))
    await user.click(button('Trust the new certificate'))
    expect(bridge.inputsOf('setup.check').at(-1)?.fingerprint).toBe(FINGERPRINT)
  })

  it('is copied as a whole', async () => {
    const { user, bridge } = await encrypted(unknown)
    await user.click(button('Copy the fingerprint'))
    expect(bridge.inputsOf('clipboard.write')).toEqual([{ text: FINGERPRINT }])
  })
})

describe('the choice of the extension', () => {
  const names = (): (string | null)[] => screen.queryAllByRole('radio').map(each => each.getAttribute('value'))

  it('finds by name, number and device, and Enter takes the only one left', async () => {
    const { user, bridge } = await atExtension()
    const search = screen.getByRole('searchbox', { name: 'Search by name or number' })
    await user.type(search, 'OKA')
    expect(names()).toEqual(['1002@from-internal'])
    await user.clear(search)
    await user.type(search, 'sip/1003{Enter}')
    expect(bridge.inputsOf('setup.propose')).toEqual([{ extension: '1003', context: 'from-internal' }])
  })

  it('says when nothing matches, and that one has to be chosen', async () => {
    const { user, bridge } = await atExtension()
    await user.click(button('Next'))
    expect(screen.getByText('Choose your extension first')).toBeTruthy()
    await user.type(screen.getByRole('searchbox'), 'nobody')
    expect(screen.getByText('Nothing matches “nobody”.')).toBeTruthy()
    expect(bridge.inputsOf('setup.propose')).toEqual([])
  })

  it('says the state of each in words', async () => {
    await atExtension()
    expect(screen.getByRole('radio', { name: /Ben Okafor.*On a call.*1002/ })).toBeTruthy()
  })

  it('draws no more rows than a person reads, and says how many there are', async () => {
    const { user } = await atExtension(aReport({ extensions: Array.from({ length: 1000 }, (_, at) => anOffer({ exten: String(2000 + at), name: null, hint: `PJSIP/${2000 + at}` })) }))
    expect(names()).toHaveLength(100)
    expect(screen.getByText('900 more; type to narrow the list')).toBeTruthy()
    await user.type(screen.getByRole('searchbox'), '2987')
    expect(names()).toEqual(['2987@from-internal'])
  })

  it('can be typed by hand', async () => {
    const { user, bridge } = await atExtension()
    await user.click(screen.getByRole('checkbox', { name: 'Type it by hand' }))
    await user.click(button('Next'))
    expect(screen.getByText('Choose your extension first')).toBeTruthy()
    await user.type(field('Extension'), '77')
    await user.clear(field('Context of its hint'))
    await user.type(field('Context of its hint'), 'hints{Enter}')
    expect(bridge.inputsOf('setup.propose')).toEqual([{ extension: '77', context: 'hints' }])
  })

  it('has to be typed where the server lists none', async () => {
    await atExtension(aReport({ extensions: [] }))
    expect(screen.getByText('The server lists no extensions, so please type yours.')).toBeTruthy()
    expect(screen.queryByRole('checkbox')).toBeNull()
    expect(field('Extension')).toBeTruthy()
  })

  it('says why the server does not answer, and checks again', async () => {
    const { user, bridge, pass } = await atExtension()
    bridge.answer('setup.propose', () => failed('not-online'))
    await user.click(screen.getByRole('radio', { name: /Anna Schmidt/ }))
    await user.click(button('Next'))
    expect(screen.getByText('There is no connection to the server.')).toBeTruthy()
    await user.click(button('Check again'))
    await pass()
    expect(heading()).toBe('The server is ready')
  })
})

describe('the last page', () => {
  it('lets everything that was proposed be changed', async () => {
    const { user, bridge } = await atLine()
    const changes = [
      ['Phones', 'SIP/a, SIP/b'],
      [/^Mailboxes/, '1@x;2@y'],
      [/^Number that plays/, '*98'],
      [/^Digit for/, '0'],
      ['Context your phone dials from', 'phones'],
      ['Context of the hint', 'hints'],
      [/^Number that sends/, '*1001'],
    ] as const
    for (const [name, text] of changes) {
      await user.clear(screen.getByLabelText(name))
      await user.type(screen.getByLabelText(name), text)
    }
    await user.click(screen.getByRole('radio', { name: /Ask me each time/ }))
    await user.click(button('Save and start'))
    expect(bridge.inputsOf('setup.save')).toMatchObject([{
      line: { extension: '1001', hintContext: 'hints', devices: ['SIP/a', 'SIP/b'], mailboxes: ['1@x', '2@y'], dialContext: 'phones', voicemailNumber: '*98', voicemailExten: '*1001', outsidePrefix: '0' },
      keepSecret: 'session',
    }])
  })

  it('says honestly when the password cannot be kept safely', async () => {
    await atLine(unconfigured({ keyStore: { available: false, backend: 'basic_text' } }))
    expect(screen.getByText('This computer has no open key store, so the password cannot be kept safely.')).toBeTruthy()
    expect(screen.getByRole<HTMLInputElement>('radio', { name: /Keep it encrypted/ }).disabled).toBe(true)
    expect(screen.getByRole<HTMLInputElement>('radio', { name: /Ask me each time/ }).checked).toBe(true)
  })

  it('wants one phone at least', async () => {
    const { user, bridge } = await atLine()
    await user.clear(field('Phones'))
    await user.click(button('Save and start'))
    expect(screen.getByText('At least one phone is needed to dial')).toBeTruthy()
    expect(bridge.inputsOf('setup.save')).toEqual([])
  })

  it('stays, with the reason, when it could not be saved', async () => {
    const { user, bridge } = await atLine()
    bridge.answer('setup.save', () => failed('settings-readonly'))
    await user.click(button('Save and start'))
    expect(screen.getByText('The settings cannot be saved.')).toBeTruthy()
    expect(heading()).toBe('Almost done')
  })
})

describe('the codes of the server', () => {
  const code = (name: string): HTMLInputElement => screen.getByRole('textbox', { name })
  const sent = ({ bridge }: OpenWindow) => bridge.inputsOf('setup.save').map(({ line }) => line.codes)
  const other = { ...aProfile().codes, pickup: '*8', dndOn: '*60{extension}', conference: '3000', agent: '2100', agentLogin: '7500', context: 'companion' }

  async function atCodes(over: Partial<ProfileView['codes']> = {}): Promise<OpenWindow> {
    const opened = await atLine(anAppInfo({ profile: aProfile({ codes: { ...aProfile().codes, ...over } }) }))
    await opened.user.click(screen.getByText('Codes of the server'))
    return opened
  }
  async function type({ user }: OpenWindow, name: string, text: string): Promise<void> {
    await user.clear(code(name))
    // Braces are keys by name to who types here.
    if (text !== '')
      await user.type(code(name), text.replaceAll('{', '{{'))
  }

  it('are folded away, and those of FreePBX at first', async () => {
    const { user } = await atLine()
    const fold = screen.getByText('Codes of the server').closest('details')
    expect(fold?.open).toBe(false)
    await user.click(screen.getByText('Codes of the server'))
    expect(fold?.open).toBe(true)
    const forward = within(screen.getByRole('group', { name: 'Call forwarding' })).getAllByRole<HTMLInputElement>('textbox').map(each => each.value)
    expect([code('Pick up a colleague\'s call').value, code('Do not disturb on').value, code('Do not disturb off').value, ...forward, code('Record').value]).toEqual(['**', '*78', '*79', '*72', '*73', '*90', '*91', '*52', '*53', '*1'])
    expect(screen.getByText('These are FreePBX\'s codes.')).toBeTruthy()
  })

  it('are shown as they are, and stay so where nobody touches them', async () => {
    const opened = await atCodes(other)
    expect([code('Pick up a colleague\'s call').value, code('Do not disturb on').value, code('Conference room').value, code('Your agent').value, code('Log in the agent').value, code('Context in which the codes are dialled').value]).toEqual(['*8', '*60{extension}', '3000', '2100', '7500', 'companion'])
    await opened.user.click(button('Save and start'))
    expect(sent(opened)).toEqual([undefined])
  })

  it('are sent as changed, an emptied one as none, and no other', async () => {
    const opened = await atCodes()
    await type(opened, 'Do not disturb on', '*76*{extension}')
    await type(opened, 'Swap parties', '')
    await type(opened, 'Context in which the codes are dialled', 'companion codes')
    await opened.user.click(button('Save and start'))
    expect(sent(opened)).toEqual([{ dndOn: '*76*{extension}', swap: '', context: 'companion codes' }])
  })

  it('are complained of at their field, once it is left, until they are right', async () => {
    const opened = await atCodes()
    await type(opened, 'Do not disturb on', '*78x')
    const words = 'Only 0 to 9, *, #, A to D and {extension}'
    expect(screen.queryByText(words)).toBeNull()
    await opened.user.tab()
    expect(code('Do not disturb on').getAttribute('aria-describedby')).toBe(screen.getByText(words).id)
    await opened.user.type(code('Do not disturb on'), '{Backspace}')
    expect(screen.queryByText(words)).toBeNull()
  })

  it.each(['Pick up a colleague\'s call', 'Record', 'Swap parties', 'Conference of three'])('name no extension where none is put in: %s', async (name) => {
    const opened = await atCodes()
    await type(opened, name, '*{extension}')
    await opened.user.tab()
    expect(screen.getByText('Only 0 to 9, *, # and A to D')).toBeTruthy()
  })

  it('are not saved while one is wrong: its fold opens, and the focus goes there', async () => {
    const opened = await atCodes()
    await type(opened, 'Log in the agent', '75-00')
    await opened.user.click(screen.getByText('Codes of the server'))
    await opened.user.click(button('Save and start'))
    expect(sent(opened)).toEqual([])
    expect(screen.getByText('Codes of the server').closest('details')?.open).toBe(true)
    expect(document.activeElement).toBe(code('Log in the agent'))
  })

  it('may stay what the settings file says, whatever that is', async () => {
    const opened = await atCodes({ dndOn: 'dnd-on' })
    await opened.user.click(button('Save and start'))
    expect(sent(opened)).toEqual([undefined])
  })

  it('become those of FreePBX again, but for room and agent, which FreePBX leaves to each server', async () => {
    const opened = await atCodes({ ...other, record: '' })
    expect(screen.queryByText('These are FreePBX\'s codes.')).toBeNull()
    await opened.user.click(button('Fill in FreePBX\'s codes'))
    expect(screen.getByText('These are FreePBX\'s codes.')).toBeTruthy()
    await opened.user.click(button('Save and start'))
    expect(sent(opened)).toEqual([{ pickup: '**', dndOn: '*78', record: '*1', context: '' }])
  })

  it('are there after they were saved', async () => {
    const opened = await atCodes()
    await type(opened, 'Conference room', '3000')
    await opened.user.click(button('Save and start'))
    await opened.pass()
    await opened.user.click(button('Settings'))
    expect(screen.getByText('14 set')).toBeTruthy()
  })
})

import type { AppInfo } from '#contract/settings.ts'
import type { ProfileView } from '#contract/setup.ts'
import type { ConnectionView, Tables } from '#contract/tables.ts'
import type { AdminTarget } from './admin/link.ts'
import type { Connect } from './ami/transport/transport.ts'
import type { Clock } from './clock.ts'
import type { SecretStore } from './credentials/secret-store.ts'
import type { DemoPbx } from './demo/demo-pbx.ts'
import type { ActRequest } from './features/acts/request.ts'
import type { Arrangement, FeatureCodes } from './features/office-config.ts'
import type { DeskConfig, DeskInput, Effect } from './features/types.ts'
import type { Handlers, Route } from './ipc/router.ts'
import type { Log } from './log.ts'
import type { Profile } from './settings/schema.ts'
import type { SettingsStore } from './settings/settings-store.ts'
import type { TodoStore } from './settings/todo-store.ts'
import type { AppPort, ShellPort, WindowName } from './shell-port.ts'
import type { PbxSource, SourceStatus } from './source/types.ts'
import { createAdminOnDemand } from './admin/admin-on-demand.ts'
import { AppError } from './errors.ts'
import { planAct } from './features/acts/plan.ts'
import { isRefusal } from './features/acts/planned.ts'
import { createDesk, step } from './features/desk.ts'
import { isMyMailbox } from './features/mine.ts'
import { readDialText } from './features/numbers.ts'
import { defaultCodes, defaultOffice, emptyArrangement, rearranged } from './features/office-config.ts'
import { isAway, isFree } from './features/people.ts'
import { partyView } from './ipc/party.ts'
import { createProjector } from './ipc/project.ts'
import { createPublisher } from './ipc/publisher.ts'
import { createRouter } from './ipc/router.ts'
import { concernsMe } from './ipc/urgency.ts'
import { mailboxKey } from './pbx/mailboxes.ts'
import { DEMO_NAME } from './settings/demo-settings.ts'
import { createTodoKeeper } from './settings/todo-keeper.ts'
import { Assistant } from './setup/assistant.ts'
import { createAmiSource } from './source/ami-source.ts'

export interface Target {
  readonly host: string
  readonly port: number
  readonly tls: boolean
  readonly fingerprint: string | null
  readonly authority: string | null
}

export interface AppParts {
  readonly settings: SettingsStore
  readonly secrets: SecretStore
  readonly todos: TodoStore
  readonly shell: ShellPort
  readonly clock: Clock
  readonly log: Log
  readonly random: () => number
  readonly connect: (target: Target) => Connect
  readonly lookup: (host: string) => Promise<string>
  /** A program of its own size: whoever does not ask for it does not read it. */
  readonly createDemo: () => DemoPbx | Promise<DemoPbx>
}

const NO_LINE: DeskConfig = { extension: '', hintContext: '', devices: [], mailboxes: [], dialContext: '', voicemailNumber: '', voicemailExten: '', outsidePrefix: '', popupLingerMs: 4000, office: defaultOffice }

/** The extension that is mine in the demo office. */
const DEMO_LINE = { extension: '1001', hintContext: 'hints', devices: ['PJSIP/1001'], mailboxes: ['1001@default'], dialContext: 'internal', voicemailNumber: '*97', voicemailExten: '*1001', outsidePrefix: '' }
/** Its room, its agents, and how they log in, so that everything can be tried there. */
const DEMO_CODES: FeatureCodes = { ...defaultCodes, conference: '3000', agent: '2100', agentLogin: '7500' }

/** Builds the program from its parts; everything in it runs without Electron. */
export function createApp(parts: AppParts): AppPort {
  const { clock, log, secrets, settings, shell } = parts

  const todos = createTodoKeeper(parts.todos, clock)
  let desk = createDesk(lineOf(), todos.open(officeKey()))
  let source: PbxSource | null = null
  let demo: DemoPbx | null = null
  /** What it is about to do: the first picture of the window comes a moment earlier. */
  let status: SourceStatus = { state: 'connecting', attempt: 1 }
  let lastConnection: ConnectionView | null = null
  let asterisk: string | null = null
  let staleSince: number | null = null
  /** Raised with every new source: what an old one still says is not heard. */
  let generation = 0
  let nextDial = 0
  const timers = new Map<string, () => void>()
  /** What the desktop was last told. */
  let reflected: readonly unknown[] = []

  const project = createProjector()
  const publisher = createPublisher<WindowName>({
    clock,
    project: view,
    onLooked: reflect,
    push: (window, patch) => shell.push('pbx.patch', patch, window),
  })

  const assistant = new Assistant({
    connect: draft => parts.connect(draft),
    lookup: parts.lookup,
    clock,
    random: parts.random,
    log: log.scope('setup'),
    onStep: step => shell.push('setup.step', step),
  })

  const admin = createAdminOnDemand({ target: adminTarget, shell, clock, random: parts.random, log: log.scope('admin') })

  // --- what is true -------------------------------------------------------------------------------------------------

  function lineOf(): DeskConfig {
    const { profile, demo, preferences } = settings.get()
    const line = demo ? DEMO_LINE : profile
    return line === null
      ? NO_LINE
      : {
          ...pickLine(line),
          popupLingerMs: preferences.popupLingerSeconds * 1000,
          office: {
            codes: demo ? DEMO_CODES : profile?.codes ?? defaultCodes,
            arrangement: arrangement(),
            queueLevels: preferences.queueLevels,
            pauseReasons: preferences.pauseReasons,
          },
        }
  }

  function arrangement(): Arrangement {
    return settings.get().arrangements[serverKey()] ?? emptyArrangement
  }

  function serverKey(): string {
    const { demo: inDemo, profile } = settings.get()
    return inDemo || profile === null ? 'demo' : placeOf(profile)
  }

  /** The server and my line there: calls to return are for who has that line. Null: there is no office yet. */
  function officeKey(): string | null {
    const { demo: inDemo, profile } = settings.get()
    return inDemo ? 'demo' : profile && `${placeOf(profile)}/${profile.extension}`
  }

  /** Kept for this server; the desk shows it at once. */
  function arrange(change: Partial<Arrangement>): void {
    const key = serverKey()
    settings.update(all => ({ ...all, arrangements: { ...all.arrangements, [key]: { ...arrangement(), ...change } } }))
    dispatch({ kind: 'configured', config: lineOf(), at: clock.now() })
  }

  function view(): Tables {
    return project(desk, connectionView(), desk.limits.missing)
  }

  /** Nothing where tray, badge and popup have it all: they need not look whenever a colleague lifts a phone. */
  function reflect({ alerts, calls, connection, line, mailboxes }: Tables): void {
    const { preferences } = settings.get()
    const now = [connection.me, line, alerts, calls, mailboxes, preferences]
    if (now.every((part, index) => part === reflected[index]))
      return
    reflected = now
    shell.reflect({
      connection: connection.me,
      line: Object.values(line)[0] ?? null,
      alerts: Object.values(alerts),
      calls: Object.values(calls),
      mailboxes: Object.values(mailboxes),
      preferences,
    })
  }

  function connectionView(): ConnectionView {
    const { demo: inDemo, profile } = settings.get()
    const next: ConnectionView = {
      state: source === null && !inDemo && profile === null ? 'unconfigured' : status.state,
      server: inDemo ? DEMO_NAME : profile === null ? '' : `${profile.host}:${profile.port}`,
      demo: inDemo,
      secured: profile?.tls ?? false,
      asterisk,
      staleSince,
      retryAt: status.state === 'waiting' ? status.retryAt : null,
      attempt: status.state === 'waiting' || status.state === 'connecting' ? status.attempt : 0,
      error: (status.state === 'waiting' || status.state === 'offline') && status.error !== null
        ? { code: status.error.code, message: status.error.message, details: status.error.details }
        : null,
    }
    // The same object while nothing changed, so that the diff sees nothing.
    if (lastConnection === null || JSON.stringify(lastConnection) !== JSON.stringify(next))
      lastConnection = next
    return lastConnection
  }

  function info(): AppInfo {
    const { demo: inDemo, profile } = settings.get()
    const facts = shell.facts()
    const keyStore = secrets.status()
    return { ...facts, keyStore, configured: profile !== null || inDemo, demo: inDemo, profile: profile === null ? null : profileView(profile) }
  }

  function profileView(profile: Profile): ProfileView {
    const { sealedSecret, ...shown } = profile
    return { ...shown, secretIsSet: sealedSecret !== null || secrets.session() !== null, secretKept: sealedSecret === null ? 'session' : 'keystore' }
  }

  // --- what happens -------------------------------------------------------------------------------------------------

  function dispatch(input: DeskInput): void {
    const before = desk
    const { effects, state } = step(before, input)
    desk = state
    if (state.todos !== before.todos)
      todos.changed(state.todos)
    for (const effect of effects)
      perform(effect)
    if (effects.length > 0 || state !== before)
      publisher.touch(effects.length > 0 || concernsMe(before, state) ? 'me' : 'others')
  }

  function perform(effect: Effect): void {
    switch (effect.type) {
      case 'timer.start':
        timers.get(effect.key)?.()
        timers.set(effect.key, clock.after(effect.delayMs, () => {
          timers.delete(effect.key)
          dispatch({ kind: 'timer', key: effect.key, at: clock.now() })
        }))
        return
      case 'timer.stop':
        timers.get(effect.key)?.()
        timers.delete(effect.key)
        return
      case 'pbx.act':
        void act(effect)
        return
      case 'announce':
        shell.announce(effect.what, view(), effect.id)
        return
      case 'pbx.read':
        void read(effect.what)
        return
      case 'remember':
        remember(effect.queues)
        return
      default:
        effect satisfies never
    }
  }

  /** What cannot be read stays as it was: the server has said at the beginning that it is not for this account. */
  async function read(what: Extract<Effect, { type: 'pbx.read' }>['what']): Promise<void> {
    try {
      await source?.read(what)
    }
    catch (error) {
      if (error instanceof AppError)
        log.info(`Reading ${what} again failed: ${error.message}`)
      else
        log.error(`Reading ${what} again failed`, error)
    }
  }

  /** The desk knows already; a disk that refuses only means that the next start does not. */
  function remember(queues: Arrangement['queues']): void {
    try {
      const key = serverKey()
      settings.update(all => ({ ...all, arrangements: { ...all.arrangements, [key]: { ...arrangement(), queues } } }))
    }
    catch (error) {
      log.warn('My queues could not be kept', error)
    }
  }

  async function act({ key, action }: Extract<Effect, { type: 'pbx.act' }>): Promise<void> {
    let failure: AppError | null = null
    try {
      if (source === null)
        throw new AppError('not-online', 'Not connected to a server')
      await source.act(action, key)
    }
    catch (error) {
      if (!(error instanceof AppError))
        log.error(`Action ${action.do} failed`, error)
      failure = error instanceof AppError ? error : new AppError('internal', 'The action failed; the log says why', { cause: error })
    }
    dispatch({ kind: 'done', key, at: clock.now(), error: failure === null ? null : { code: failure.code, message: failure.message, details: failure.details } })
  }

  // --- the link -----------------------------------------------------------------------------------------------------

  /** Answers its generation: whoever finds another one afterwards has been overtaken. */
  async function disconnect(): Promise<number> {
    const mine = ++generation
    const old = source
    source = null
    const oldDemo = demo
    demo = null
    status = { state: 'offline', error: null }
    await old?.stop()
    await oldDemo?.stop()
    return mine
  }

  /** Connects to what the settings say: the demo office, the profile, or nothing. Of several at once the last one does. */
  async function connect(): Promise<void> {
    const mine = await disconnect()
    if (mine !== generation)
      return
    asterisk = null
    staleSince = null
    desk = createDesk(lineOf(), todos.open(officeKey()))
    for (const stop of timers.values()) stop()
    timers.clear()
    publisher.touch()
    const { demo: wantsDemo, profile } = settings.get()
    if (wantsDemo || profile !== null)
      status = { state: 'connecting', attempt: 1 }
    const target = wantsDemo ? await startDemo(mine) : profile === null ? null : withSecret(profile)
    if (target === null || mine !== generation)
      return
    source = createAmiSource({
      connect: parts.connect(target),
      secured: target.tls,
      credentials: async () => ({ username: target.username, secret: target.secret }),
      wishes: () => ({ extensions: [{ exten: desk.config.extension, context: desk.config.hintContext }], mailboxes: desk.config.mailboxes, line: desk.config.extension }),
      clock,
      random: parts.random,
      log: log.scope('ami'),
    }, {
      onStatus: next => mine === generation && onStatus(next),
      onEvent: event => mine === generation && dispatch({ kind: 'pbx', event, at: event.at }),
      onServer(facts) {
        if (mine !== generation)
          return
        asterisk = facts.asterisk
        dispatch({ kind: 'server', limits: facts.limits, at: clock.now() })
      },
    })
    source.start()
  }

  function onStatus(next: SourceStatus): void {
    const wasOnline = status.state === 'online'
    status = next
    if (next.state === 'online') {
      staleSince = null
      dispatch({ kind: 'link', online: true, at: clock.now() })
    }
    else if (wasOnline) {
      staleSince = clock.now()
      dispatch({ kind: 'pbx', event: { type: 'link.lost', at: clock.now() }, at: clock.now() })
      dispatch({ kind: 'link', online: false, at: clock.now() })
    }
    publisher.touch()
  }

  /** A refused login stays refused: asking again at every change of the network could lock this address out. */
  function comeBack(): void {
    if (status.state !== 'offline')
      source?.retryNow()
  }

  /** Null when it is no longer wanted. */
  async function startDemo(mine: number): Promise<(Target & { username: string, secret: string }) | null> {
    const made = await parts.createDemo()
    if (mine !== generation)
      return null
    demo = made
    await demo.start()
    return { ...demoTarget(demo), username: demo.username, secret: demo.secret }
  }

  /** The server that the desk talks to, for a session of its own. */
  async function adminTarget(): Promise<AdminTarget> {
    const { demo: inDemo, profile } = settings.get()
    if (inDemo && demo !== null)
      return { connect: parts.connect(demoTarget(demo)), secured: false, username: demo.username, secret: demo.secret, server: DEMO_NAME }
    if (inDemo || profile === null)
      throw new AppError('not-online', 'There is no server to administer yet')
    const target = { ...profile, secret: secretOf(profile) }
    return { connect: parts.connect(target), secured: target.tls, username: target.username, secret: target.secret, server: `${target.host}:${target.port}` }
  }

  function withSecret(profile: Profile): (Target & { username: string, secret: string }) | null {
    try {
      return { ...profile, secret: secretOf(profile) }
    }
    catch (error) {
      if (!(error instanceof AppError))
        throw error
      status = { state: 'offline', error }
      publisher.touch()
      return null
    }
  }

  // --- what people ask for ------------------------------------------------------------------------------------------

  function startDial(text: string, name: string | null): { readonly id: string } {
    return dial({ ...readNumber(text), name })
  }

  function dial(what: Omit<Extract<DeskInput, { readonly kind: 'dial' }>, 'kind' | 'id' | 'at'>): { readonly id: string } {
    if (status.state !== 'online')
      throw new AppError('not-online', 'Not connected to the server')
    const id = `ringside-${Math.floor(parts.random() * 2 ** 40).toString(36)}-${++nextDial}`
    dispatch({ kind: 'dial', id, ...what, at: clock.now() })
    return { id }
  }

  function changed(): AppInfo {
    const now = info()
    shell.push('app.info', now)
    return now
  }

  /** Asks for what was planned a moment ago; throws what speaks against it. */
  function ask(request: ActRequest): { readonly id: string } {
    const id = `ringside-${Math.floor(parts.random() * 2 ** 40).toString(36)}-act${++nextDial}`
    const planned = planAct(desk, request, id)
    if (isRefusal(planned))
      throw new AppError(planned.refused, `Refused before it was asked: ${request.kind}`, planned.details ? { details: planned.details } : {})
    dispatch({ kind: 'act', id, request, at: clock.now() })
    return { id }
  }

  function numberFrom(text: string): string {
    // The extension of a colleague is dialled as it is.
    return desk.people.get(text)?.exten ?? readNumber(text).number
  }

  function readNumber(text: string): { readonly number: string, readonly display: string } {
    const read = readDialText(text, { outsidePrefix: desk.config.outsidePrefix, internal: desk.config.extension })
    if (!read.ok)
      throw new AppError(read.code, 'That is not a number')
    return { number: read.number, display: read.display }
  }

  function nameOf(number: string): string | null {
    return desk.people.get(`${number}@${desk.config.hintContext}`)?.name ?? null
  }

  /** A call that is sent to a number that nobody has is lost: the server is asked first, where it says. So may one be that is sent to a phone that is not there: the person is asked. */
  async function sendTo(call: string, kind: 'blind' | 'voicemail' | 'consult', to: string, name: string | null, confirmed = true): Promise<{ readonly id: string }> {
    const number = numberFrom(to)
    const request: ActRequest = { kind, call, number, name: name ?? nameOf(number) }
    // What would be refused anyhow needs no question.
    const isPlanned = !isRefusal(planAct(desk, request, 'probe'))
    if (isPlanned && kind !== 'voicemail' && await knows(number) === false)
      throw new AppError('no-such-extension', 'Nothing in the dialplan has that number', { details: { number } })
    const person = desk.people.get(`${number}@${desk.config.hintContext}`)
    if (isPlanned && kind === 'blind' && !confirmed && person && isAway(person))
      throw new AppError('needs-confirmation', 'Their phone is not connected', { details: { person: person.name ?? person.exten } })
    return ask(request)
  }

  /** Their phone shall not ring for a number that nobody has: asked before the question. */
  async function connectPerson(person: string, to: string, name: string | null, confirmed: boolean): Promise<{ readonly id: string }> {
    const { number, display } = readNumber(to)
    const request: ActRequest = { kind: 'connect', person, number, display, name: name ?? nameOf(number), confirmed }
    if (!isRefusal(planAct(desk, { ...request, confirmed: true }, 'probe')) && await knows(number) === false)
      throw new AppError('no-such-extension', 'Nothing in the dialplan has that number', { details: { number } })
    return ask(request)
  }

  /** Whoever is forwarded to a number that nobody has is lost. */
  async function forwardTo(which: 'always' | 'busy' | 'noAnswer', number: string | null): Promise<{ readonly id: string }> {
    const request: ActRequest = { kind: 'forward', which, number }
    if (number !== null && !isRefusal(planAct(desk, request, 'probe')) && await knows(number) === false)
      throw new AppError('no-such-extension', 'Nothing in the dialplan has that number', { details: { number } })
    return ask(request)
  }

  async function knows(number: string): Promise<boolean | null> {
    return desk.people.has(`${number}@${desk.config.hintContext}`) ? true : await source?.knows(desk.config.dialContext, number) ?? null
  }

  function mailboxOfMine(mailbox: string): string {
    if (!isMyMailbox(desk.config, mailbox))
      throw new AppError('no-such-mailbox', 'That is no mailbox of mine')
    return mailboxKey(mailbox)
  }

  const handlers: Handlers = {
    'pbx.snapshot': (input, from = 'main') => publisher.watch(from, new Set(input?.without)),
    'app.info': info,
    'app.quit': () => shell.quit(),
    'app.openHelp': ({ page }) => shell.openHelp(page),
    'clipboard.write': ({ text }) => shell.writeClipboard(text),

    'setup.check': draft => assistant.check({ ...draft, secret: draft.secret ?? storedFor(draft) }),
    'setup.cancelCheck': () => assistant.close(),
    'setup.propose': ({ extension, context }) => assistant.propose(extension, context),
    'setup.save': async ({ server, line, keepSecret }) => {
      const { secret: typed, ...address } = server
      const { codes = {}, ...described } = line
      const given = Object.fromEntries(Object.entries(codes).filter(([, value]) => value !== undefined))
      const secret = typed ?? storedFor(address)
      const sealedSecret = keepSecret === 'keystore' ? secrets.seal(secret) : null
      if (keepSecret === 'keystore' && sealedSecret === null)
        throw new AppError('no-key-store', 'The operating system keeps no secrets for us')
      settings.update(all => ({ ...all, demo: false, profile: { ...address, ...described, sealedSecret, codes: { ...defaultCodes, ...all.profile?.codes, ...given } } }))
      // Not before: on a disk that refuses, the server of before stays.
      secrets.keepForSession(secret)
      await assistant.close()
      await connect()
      return changed()
    },
    'setup.demo': async () => {
      settings.update(all => ({ ...all, demo: true }))
      await assistant.close()
      await connect()
      return changed()
    },
    'setup.forget': async () => {
      secrets.keepForSession(null)
      const { profile } = settings.get()
      settings.update(all => ({ ...all, demo: false, profile: null }))
      await connect()
      if (profile !== null)
        parts.todos.forget(office => office.startsWith(`${placeOf(profile)}/`))
      return changed()
    },

    'preferences.get': () => settings.get().preferences,
    'preferences.set': (change) => {
      const defined = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
      settings.update(all => ({ ...all, preferences: { ...all.preferences, ...defined } }))
      dispatch({ kind: 'configured', config: lineOf(), at: clock.now() })
      const { preferences } = settings.get()
      shell.push('preferences', preferences)
      return preferences
    },

    'connection.retry': async () => {
      if (source === null)
        await connect()
      else
        source.retryNow()
    },
    'connection.unlock': async ({ secret }) => {
      secrets.keepForSession(secret)
      await connect()
    },

    'dial.preview': ({ text }) => readNumber(text),
    'dial.start': ({ text, name }) => startDial(text, name),
    'dial.cancel': ({ id }) => dispatch({ kind: 'dial.cancel', id, at: clock.now() }),
    'dial.dismiss': ({ id }) => dispatch({ kind: 'dial.dismiss', id, at: clock.now() }),

    'call.transfer': ({ id, to, name, kind, confirmed }) => sendTo(id, kind, to, name, confirmed),
    'call.consult': ({ id, to, name }) => sendTo(id, 'consult', to, name),
    'call.swap': ({ id }) => ask({ kind: 'swap', call: id }),
    'call.complete': ({ id }) => ask({ kind: 'complete', call: id }),
    'call.cancelConsult': ({ id }) => ask({ kind: 'cancelConsult', call: id }),
    'call.conference': ({ id }) => ask({ kind: 'conference', call: id }),
    'call.dtmf': ({ id, digits }) => ask({ kind: 'dtmf', call: id, digits }),
    'call.record': ({ id, do: what }) => ask({ kind: 'record', call: id, do: what }),
    'call.timeout': ({ id, seconds }) => ask({ kind: 'timeout', call: id, seconds }),
    'call.mute': ({ id, on }) => ask({ kind: 'mute', call: id, on }),
    'call.move': ({ id, device }) => ask({ kind: 'move', call: id, device }),
    'call.park': ({ id, lot, forWhom }) => ask({ kind: 'park', call: id, lot, forWhom }),
    'parked.retrieve': ({ id, confirmed }) => ask({ kind: 'retrieve', parked: id, confirmed }),
    'alert.transfer': ({ id, to, confirmed }) => sendTo(id, 'blind', to, null, confirmed),
    'alert.park': ({ id }) => ask({ kind: 'park', call: id, lot: null, forWhom: null }),
    'call.hangup': ({ id }) => {
      ask({ kind: 'hangup', call: id })
    },
    'alert.decline': ({ id }) => dispatch({ kind: 'alert.decline', id, at: clock.now() }),
    'alert.toVoicemail': ({ id }) => dispatch({ kind: 'alert.toVoicemail', id, at: clock.now() }),
    'alert.dismiss': ({ id }) => dispatch({ kind: 'alert.dismiss', id, at: clock.now() }),

    'person.pickup': ({ id, confirmed }) => ask({ kind: 'pickup', person: id, confirmed }),
    'person.connect': ({ id, to, name, confirmed }) => connectPerson(id, to, name, confirmed),
    'person.watch': ({ id, on }) => {
      if (!desk.people.has(id))
        throw new AppError('person-unknown', 'No such colleague')
      if (on && isFree(desk.people.get(id)))
        throw new AppError('already-so', 'They are free')
      dispatch({ kind: 'watch', id, on, at: clock.now() })
    },
    'people.arrange': now => arrange(rearranged(arrangement(), now, id => desk.people.has(id))),
    'line.dnd': ({ on }) => ask({ kind: 'dnd', on }),
    'line.forward': ({ kind, to }) => forwardTo(kind, to === null ? null : numberFrom(to)),
    'voicemail.call': input => callMailbox(input?.mailbox),
    'voicemail.messages': async ({ mailbox }) => {
      const key = mailboxOfMine(mailbox)
      if (source === null)
        throw new AppError('not-online', 'Not connected to the server')
      return (await source.messages(key)).map(({ caller, ...message }) => ({ ...message, caller: partyView(caller) }))
    },
    'voicemail.move': ({ mailbox, folder, ids, toFolder }) => ask({ kind: 'messages', do: 'move', mailbox, folder, ids, to: toFolder, confirmed: true }),
    'voicemail.delete': ({ mailbox, folder, ids, confirmed }) => ask({ kind: 'messages', do: 'delete', mailbox, folder, ids, to: '', confirmed }),
    'voicemail.forward': ({ mailbox, folder, ids, toMailbox }) => ask({ kind: 'messages', do: 'forward', mailbox, folder, ids, to: toMailbox, confirmed: true }),
    'queue.login': ({ queue }) => ask({ kind: 'queueLogin', queue }),
    'queue.logout': ({ queue }) => ask({ kind: 'queueLogout', queue }),
    'queue.pause': ({ queue, paused, reason }) => ask({ kind: 'queuePause', queue, paused, reason }),
    'agent.login': () => ask({ kind: 'agentLogin' }),
    'agent.logout': () => ask({ kind: 'agentLogout' }),
    'todo.done': ({ id, done }) => dispatch({ kind: 'todo.done', id, done, at: clock.now() }),
    'act.dismiss': ({ id }) => dispatch({ kind: 'act.dismiss', id, at: clock.now() }),

    ...admin.handlers,

    'window.hide': () => shell.hideWindow(),
    'window.showMain': ({ panel }) => shell.showMain(panel),
    'popup.resize': ({ height }) => shell.resizePopup(height),
  }

  /** The stored secret goes to the server and the account that it belongs to, and nowhere else. */
  function storedFor({ host, username }: { readonly host: string, readonly username: string }): string {
    const { profile } = settings.get()
    if (profile === null || profile.host !== host || profile.username !== username)
      throw new AppError('secret-missing', 'The stored secret belongs to another server or account')
    return secretOf(profile)
  }

  /** Throws an `AppError` where it was kept for one session only, or the key store does not open it. */
  function secretOf(profile: Profile | null): string {
    const secret = profile?.sealedSecret ? secrets.open(profile.sealedSecret) : secrets.session()
    if (secret === null)
      throw new AppError('secret-missing', 'There is no stored secret')
    return secret
  }

  /** The number of the dialplan leads to the first of my mailboxes, and needs no password there; the others are asked for by name. */
  function callMailbox(mailbox?: string): { readonly id: string } {
    const { mailboxes, voicemailNumber } = desk.config
    const [first] = mailboxes.map(mailboxKey)
    const key = mailbox === undefined ? first : mailboxOfMine(mailbox)
    if (voicemailNumber !== '' && (key === undefined || key === first))
      return startDial(voicemailNumber, null)
    if (key === undefined)
      throw new AppError('no-mailbox', 'No voicemail number is set')
    const [box = ''] = key.split('@')
    return dial({ number: box, display: box, name: null, mailbox: key })
  }

  const route: Route = createRouter(handlers, error => log.error('A request failed', error))

  return {
    route,
    start() {
      connect().catch((error: unknown) => log.error('Connecting failed', error))
    },
    async stop() {
      todos.flush()
      await assistant.close()
      await admin.close()
      await disconnect()
      for (const stop of timers.values()) stop()
    },
    offerDial(text, from) {
      shell.showMain('home')
      shell.push('dial.offer', { text, source: from })
    },
    callMailbox() {
      try {
        callMailbox()
      }
      catch (error) {
        if (!(error instanceof AppError))
          throw error
        shell.push('notice', { code: error.code, details: error.details })
      }
    },
    setSeen: (window, isSeen) => publisher.setSeen(window, isSeen),
    adminClosed() {
      admin.close().catch((error: unknown) => log.error('The administration session did not end well', error))
    },
    networkChanged: comeBack,
    suspended() {},
    resumed: comeBack,
  }
}

function demoTarget({ port }: DemoPbx): Target {
  return { host: '127.0.0.1', port, tls: false, fingerprint: null, authority: null }
}

function placeOf({ host, port }: Pick<Profile, 'host' | 'port'>): string {
  return `${host}:${port}`
}

function pickLine(line: Omit<DeskConfig, 'popupLingerMs' | 'office'>): Omit<DeskConfig, 'popupLingerMs' | 'office'> {
  const { extension, hintContext, devices, mailboxes, dialContext, voicemailNumber, voicemailExten, outsidePrefix } = line
  return { extension, hintContext, devices, mailboxes, dialContext, voicemailNumber, voicemailExten, outsidePrefix }
}

import type { Bridge } from '#contract/bridge.ts'
import type { InputOf, OutputOf } from '#contract/command.ts'
import type { CommandName, Commands } from '#contract/commands.ts'
import type { ErrorCode, Result } from '#contract/result.ts'
import type { AppInfo, Preferences } from '#contract/settings.ts'
import type { Patch, TableName, Tables } from '#contract/tables.ts'
import type { TopicName, Topics } from '#contract/topics.ts'
import { anAppInfo, aProfile, connected, somePreferences } from './rows.ts'

type Answer<N extends CommandName> = (input: InputOf<Commands[N]>) => Result<OutputOf<Commands[N]>> | Promise<Result<OutputOf<Commands[N]>>>
type Answers = { [N in CommandName]: Answer<N> }
type Listeners = { [T in TopicName]: Set<(payload: Topics[T]) => void> }

interface Asked<N extends CommandName = CommandName> {
  readonly name: N
  readonly input: InputOf<Commands[N]>
}

export interface FakeBridge extends Bridge {
  /** Every request so far, in order. */
  readonly asked: readonly Asked[]
  /** What was asked of one command. */
  readonly inputsOf: <N extends CommandName>(name: N) => InputOf<Commands[N]>[]
  /** From now on this command answers so. */
  readonly answer: <N extends CommandName>(name: N, answer: Answer<N>) => void
  readonly push: <T extends TopicName>(topic: T, payload: Topics[T]) => void
  /** Main's tables become these, told as a patch. */
  readonly show: (tables: Partial<Tables>) => void
  /** How many listeners the window has. */
  readonly listeners: () => number
}

export const ok = <Value>(value: Value): Result<Value> => ({ ok: true, value })
export function failed(code: ErrorCode, message: string = code, details?: Readonly<Record<string, string | number>>): Result<never> {
  return {
    ok: false,
    error: details ? { code, message, details } : { code, message },
  }
}

const empty: Tables = { connection: { me: connected() }, line: {}, calls: {}, alerts: {}, dials: {}, mailboxes: {}, recents: {}, people: {}, parked: {}, lots: {}, queues: {}, queueCallers: {}, queueMembers: {}, todo: {}, acts: {} }

/** Main as a window sees it: it answers every command, remembers what was asked, and pushes what the test wants. */
export function createFakeBridge(start: { readonly tables?: Partial<Tables>, readonly info?: AppInfo, readonly preferences?: Preferences } = {}): FakeBridge {
  let tables: Tables = { ...empty, ...start.tables }
  let rev = 1
  let info = start.info ?? anAppInfo()
  let preferences = start.preferences ?? somePreferences()
  let dials = 0
  const asked: Asked[] = []

  const listeners: Listeners = {
    'pbx.patch': new Set(),
    'setup.step': new Set(),
    'dial.offer': new Set(),
    'window.panel': new Set(),
    'app.info': new Set(),
    'preferences': new Set(),
    'notice': new Set(),
    'admin.status': new Set(),
    'admin.trace.grew': new Set(),
  }

  function push<T extends TopicName>(topic: T, payload: Topics[T]): void {
    for (const listener of [...listeners[topic]])
      listener(payload)
  }

  function tell(next: AppInfo): Result<AppInfo> {
    info = next
    push('app.info', info)
    return ok(info)
  }

  const done = (): Result<void> => ok(undefined)
  let acts = 0
  const asking = (): Result<{ readonly id: string }> => {
    acts += 1
    return ok({ id: `act-${acts}` })
  }
  const answers: Answers = {
    'pbx.snapshot': input => ok({ rev, tables: input?.without.includes('people') ? { ...tables, people: {} } : tables }),
    'app.info': () => ok(info),
    'app.quit': done,
    'app.openHelp': done,
    'clipboard.write': done,
    'setup.check': () => failed('connection-refused'),
    'setup.cancelCheck': done,
    'setup.propose': ({ extension, context }) => ok({
      extension,
      hintContext: context,
      devices: [`PJSIP/${extension}`],
      mailboxes: [`${extension}@default`],
      dialContext: 'from-internal',
      voicemailNumber: '*97',
    }),
    'setup.save': ({ server, line, keepSecret }) => {
      const { secret: _, ...address } = server
      const { codes = {}, ...described } = line
      const given = Object.fromEntries(Object.entries(codes).filter(([, code]) => code !== undefined))
      const before = info.profile ?? aProfile()
      return tell({ ...info, configured: true, demo: false, profile: { ...before, ...address, ...described, codes: { ...before.codes, ...given }, secretIsSet: true, secretKept: keepSecret } })
    },
    'setup.demo': () => tell({ ...info, configured: true, demo: true }),
    'setup.forget': () => tell({ ...info, configured: false, demo: false, profile: null }),
    'preferences.get': () => ok(preferences),
    'preferences.set': (change) => {
      const defined = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
      preferences = { ...preferences, ...defined }
      push('preferences', preferences)
      return ok(preferences)
    },
    'connection.retry': done,
    'connection.unlock': done,
    'dial.preview': ({ text }) => {
      const number = text.replace(/[^\d*#+]/g, '')
      return number === '' ? failed('number-invalid') : ok({ number, display: text.trim() })
    },
    'dial.start': () => {
      dials += 1
      return ok({ id: `dial-${dials}` })
    },
    'dial.cancel': done,
    'dial.dismiss': done,
    'call.hangup': done,
    'call.transfer': asking,
    'call.consult': asking,
    'call.swap': asking,
    'call.complete': asking,
    'call.cancelConsult': asking,
    'call.conference': asking,
    'call.dtmf': asking,
    'call.record': asking,
    'call.timeout': asking,
    'call.mute': asking,
    'call.move': asking,
    'call.park': asking,
    'parked.retrieve': asking,
    'alert.transfer': asking,
    'alert.park': asking,
    'alert.decline': done,
    'alert.toVoicemail': done,
    'alert.dismiss': done,
    'person.pickup': asking,
    'person.connect': asking,
    'person.watch': done,
    'people.arrange': done,
    'line.dnd': asking,
    'line.forward': asking,
    'voicemail.call': () => ok({ id: 'voicemail' }),
    'voicemail.messages': () => ok([]),
    'voicemail.move': asking,
    'voicemail.delete': asking,
    'voicemail.forward': asking,
    'queue.login': asking,
    'queue.logout': asking,
    'queue.pause': asking,
    'agent.login': asking,
    'agent.logout': asking,
    'todo.done': done,
    'act.dismiss': done,
    'window.hide': done,
    'window.showMain': ({ panel }) => {
      push('window.panel', { panel })
      return done()
    },
    'popup.resize': done,
    ...noAdministration(),
  }

  return {
    async invoke(name, ...[input]) {
      // The tuple is empty exactly for the commands whose input is undefined.
      const given = input as InputOf<Commands[typeof name]>
      asked.push({ name, input: given })
      return answers[name](given)
    },
    subscribe(topic, listener) {
      listeners[topic].add(listener)
      return () => listeners[topic].delete(listener)
    },
    asked,
    // The filter picks the entries whose input is of this command.
    inputsOf: name => asked.filter(each => each.name === name).map(each => each.input as InputOf<Commands[typeof name]>),
    answer(name, answer) {
      Object.assign(answers, { [name]: answer })
    },
    push,
    show(next) {
      const patch = changes(tables, { ...tables, ...next }, rev + 1)
      tables = { ...tables, ...next }
      rev += 1
      push('pbx.patch', patch)
    },
    listeners: () => Object.values(listeners).reduce((sum, set) => sum + set.size, 0),
  }
}

/** The administration window is closed until a test answers for it. */
function noAdministration() {
  const away = (): Result<never> => failed('not-online')
  return {
    'admin.show': away,
    'admin.open': away,
    'admin.close': away,
    'admin.status': away,
    'admin.catalog': away,
    'admin.send': away,
    'admin.sendText': away,
    'admin.cli': away,
    'admin.completeCli': away,
    'admin.table': away,
    'admin.details': away,
    'admin.trace.page': away,
    'admin.trace.pause': away,
    'admin.trace.clear': away,
    'admin.trace.save': away,
    'admin.trace.openFile': away,
    'admin.trace.live': away,
    'admin.trace.replay': away,
    'admin.config.read': away,
    'admin.config.plan': away,
    'admin.config.apply': away,
    'admin.db.get': away,
    'admin.db.tree': away,
    'admin.db.put': away,
    'admin.db.delete': away,
  }
}

function changes(before: Tables, after: Tables, rev: number): Patch {
  const upsert: Record<string, object> = {}
  const remove: Record<string, string[]> = {}
  const names = Object.keys(after) as TableName[] // the keys of Tables
  for (const name of names) {
    if (before[name] === after[name])
      continue
    upsert[name] = after[name]
    remove[name] = Object.keys(before[name]).filter(id => !(id in after[name]))
  }
  return { rev, upsert, remove }
}

import type { RecentView, Tables } from '#contract/tables.ts'
import type { Packet } from './manager.ts'
import type { Phone, PhoneCall } from './phone.ts'

/** What happened at the phones of the office since the walk began, or since the desk last saw it all. */
export interface PhoneBook {
  readonly mine: readonly Phone[]
  readonly others: readonly Phone[]
  /** What began before this time may have been told otherwise: nobody listened, or the server began anew. */
  readonly since: number
  /** What the server told its administrator. */
  readonly events: readonly Packet[]
  /** Calls to return that I have ticked off, or on, myself. */
  readonly ticked: ReadonlySet<string>
}

/** A row and the phone's own memory of the same moment are no farther apart. */
const NEAR_MS = 2500
/** Who is talked to by the server alone is talked to from here on. */
const APPLICATION_MS = 4000
const PEOPLE: Readonly<Record<string, string>> = { 1001: 'Alice One', 1002: 'Bob Two', 1003: 'Carol Three', 1004: 'Dave Four', 2001: 'Erin Legacy' }
const MISSED = new Set(['missed', 'busy'])

const isNear = (one: number, other: number): boolean => Math.abs(one - other) <= NEAR_MS
const sayCall = (call: PhoneCall): string => `${call.direction} ${call.peer.number} ${JSON.stringify({ began: call.beganAt, answered: call.answeredAt, ended: call.endedAt, end: call.end })}`
const sayRow = ({ direction, peer, outcome, at, talkMs, queue, answeredBy }: RecentView): string => JSON.stringify({ direction, number: peer.number, outcome, at, talkMs, queue, answeredBy })

/** What the history, the calls to return and the popups say of a walk that is over, and the phones say otherwise. */
export function falsehoods(shown: Tables, book: PhoneBook): readonly string[] {
  return [...untrueRows(shown, book), ...forgottenCalls(shown, book), ...untrueTodos(shown, book), ...untrueEnds(shown)]
}

const rowsOf = (shown: Tables, { since }: PhoneBook): readonly RecentView[] => Object.values(shown.recents).filter(({ at }) => at > since + NEAR_MS)
const callsOf = (phones: readonly Phone[], since: number): readonly PhoneCall[] => phones.flatMap(({ history }) => history).filter(({ beganAt }) => beganAt > since)

function untrueRows(shown: Tables, book: PhoneBook): readonly string[] {
  const calls = callsOf(book.mine, book.since)
  const all = callsOf([...book.mine, ...book.others], book.since)
  return rowsOf(shown, book).flatMap((row) => {
    const found: string[] = []
    // What came to nothing before my phone was rung left no trace there.
    if (row.outcome !== 'failed' && row.outcome !== 'cancelled' && !calls.some(({ beganAt }) => isNear(beganAt, row.at)))
      found.push(`no phone of mine had a call then: ${sayRow(row)}; they had ${calls.map(sayCall).join(', ')}`)
    const talks = calls.filter(({ beganAt, answeredAt }) => beganAt > row.at - NEAR_MS && answeredAt !== null)
    if (row.outcome === 'answered' && !talks.some(({ answeredAt, endedAt }) => (endedAt ?? Infinity) - (answeredAt ?? 0) > (row.talkMs ?? 0) - NEAR_MS))
      found.push(`nobody talked so long at my phones: ${sayRow(row)}; they had ${calls.map(sayCall).join(', ')}`)
    // A code that the server takes is answered and no talk.
    if (row.talkMs !== null && row.outcome !== 'answered')
      found.push(`a talk that was none: ${sayRow(row)}`)
    if (row.outcome === 'answered-elsewhere' && row.answeredBy !== null) {
      const user = Object.entries(PEOPLE).find(([number, name]) => row.answeredBy?.includes(number) || row.answeredBy === name)?.[0]
      const theirs = [...book.mine, ...book.others].find(phone => phone.user === user)?.history
      if (theirs && !theirs.some(({ answeredAt }) => answeredAt !== null && answeredAt > row.at - NEAR_MS))
        found.push(`${row.answeredBy} did not take it: ${sayRow(row)}`)
    }
    if (row.outcome === 'answered-elsewhere' && !all.some(({ answeredAt }) => answeredAt !== null && answeredAt > row.at - NEAR_MS))
      found.push(`nobody took it: ${sayRow(row)}`)
    return found
  })
}

/** Every call of my phones has its row, and the row says what the phone says. */
function forgottenCalls(shown: Tables, book: PhoneBook): readonly string[] {
  const rows = rowsOf(shown, book)
  const calls = callsOf(book.mine, book.since + 2 * NEAR_MS).filter(({ endedAt }) => endedAt !== null)
  return calls.flatMap((call) => {
    const told = rows.filter(({ at }) => isNear(at, call.beganAt))
    const before = rows.filter(({ at }) => at < call.beganAt)
    const say = (what: string): readonly string[] => [`${what}: ${sayCall(call)}; rows ${rows.map(sayRow).join(', ')}`]
    // A call that rings again goes on in its row.
    if (told.length === 0)
      return before.length === 0 ? say('a call of my phone without a row') : []
    const around = calls.filter(other => other !== call && other.beganAt > call.beganAt - 60_000 && other.beganAt < (call.endedAt ?? 0) + 60_000)
    const talkedMs = call.answeredAt === null ? 0 : (call.endedAt ?? 0) - call.answeredAt
    if (call.direction === 'in' && call.answeredAt !== null && !told.some(({ outcome, direction }) => outcome === 'answered' || direction === 'out'))
      return say('my phone answered')
    if (call.direction === 'out' && talkedMs > APPLICATION_MS && /^(?:600|7008|3000|800[01])$/.test(call.peer.number) && !told.some(({ outcome }) => outcome === 'answered'))
      return say('my phone talked')
    if (around.length > 0 || told.length > 1)
      return []
    const [row] = told
    if (call.answeredAt === null && row?.outcome === 'answered')
      return say('my phone did not answer')
    if (call.direction === 'in' && call.end?.by === 'us' && (call.end.status === 486 || call.end.status === 603) && row?.direction === 'in' && !['declined', 'answered-elsewhere'].includes(row.outcome))
      return say('my phone refused')
    if (call.direction === 'in' && call.end?.by === 'us' && call.end.status === 302 && row?.direction === 'in' && !['forwarded', 'answered-elsewhere'].includes(row.outcome))
      return say('my phone sent it on')
    if (call.direction === 'in' && /cause=26\b/.test(call.end?.reason ?? '') && row?.outcome !== 'answered-elsewhere' && row?.direction === 'in')
      return say('somebody else took it')
    return []
  })
}

function untrueTodos(shown: Tables, book: PhoneBook): readonly string[] {
  const rows = rowsOf(shown, book)
  const todos = Object.values(shown.todo).filter(({ at, id }) => at > book.since + NEAR_MS && !book.ticked.has(id))
  const isThem = (number: string, other: string): boolean => number === other || other === `0${number}` || other === `00${number.slice(1)}`
  const talked = (number: string, after: number): boolean => rows.some(row => row.outcome === 'answered' && row.at + (row.talkMs ?? 0) > after && isThem(number, row.peer.number))
  const found = todos.flatMap((todo) => {
    const say = (what: string): readonly string[] => [`${what}: ${JSON.stringify(todo)}; rows ${rows.map(sayRow).join(', ')}`]
    if (todo.caller.number === '')
      return []
    if (!todo.done && rows.some(row => row.outcome === 'answered' && row.at > todo.at && isThem(todo.caller.number, row.peer.number)))
      return say('to be returned, and was spoken to since')
    if (todo.done && !talked(todo.caller.number, todo.at) && !Object.values(shown.acts).some(({ kind, state }) => kind === 'connect' && state === 'done'))
      return say('ticked off, and nobody spoke to them')
    if (todo.kind === 'queue') {
      const gaveUp = book.events.filter(({ Event, Queue, CallerIDNum }) => Event === 'QueueCallerAbandon' && Queue === todo.queue && CallerIDNum === todo.caller.number).length
      return gaveUp < todo.attempts ? say(`the server knows of ${gaveUp} who gave up`) : []
    }
    return Object.values(shown.recents).some(({ at, outcome, peer }) => at <= todo.at + NEAR_MS && peer.number === todo.caller.number && (MISSED.has(outcome) || outcome === 'voicemail')) ? [] : say('to be returned, and not missed')
  })
  const forgotten = rows.filter(row => row.direction === 'in' && row.queue === null && MISSED.has(row.outcome) && row.peer.number !== '' && !Object.values(shown.todo).some(({ caller, at, kind }) => kind !== 'queue' && caller.number === row.peer.number && at > row.at - NEAR_MS))
  return [...found, ...forgotten.map(row => `missed, and not to be returned: ${sayRow(row)}; ${JSON.stringify(Object.values(shown.todo))}`)]
}

/** Popups tell the end that the history tells; nothing is under way when all is over. */
function untrueEnds(shown: Tables): readonly string[] {
  const popups = Object.values(shown.alerts).flatMap(({ id, state, caller }) => {
    const outcome = shown.recents[id]?.outcome
    const is = state === 'answered-here' ? 'answered' : state
    return outcome === is || (outcome === 'busy' && is === 'declined') || (is === 'cancelled' && ['no-answer', 'failed', 'unknown'].includes(outcome ?? ''))
      ? []
      : [`the popup of ${caller.number} says ${state}, the history ${outcome}`]
  })
  const acts = Object.values(shown.acts).filter(({ state }) => state === 'asked').map(({ kind, subject }) => `still asked: ${kind} ${subject}`)
  const dials = Object.values(shown.dials).filter(({ state }) => !['failed', 'cancelled', 'ended'].includes(state)).map(({ display, state }) => `still dialling ${display}: ${state}`)
  return [...popups, ...acts, ...dials]
}

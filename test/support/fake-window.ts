import type { Bridge } from '#contract/bridge.ts'
import type { InputOf, OutputOf } from '#contract/command.ts'
import type { CommandName, Commands } from '#contract/commands.ts'
import type { Result } from '#contract/result.ts'
import type { Patch, Snapshot, TableName, Tables } from '#contract/tables.ts'
import type { Route } from '../../main/ipc/router.ts'
import type { FakeShell } from './fake-shell.ts'
import { applyPatch } from '#contract/patch.ts'

/** Only what never comes takes this long, on a machine that is many times slower, too; less than what a test has, so that it can say what it saw. */
const PATIENCE_MS = 45_000

type InputArguments<N extends CommandName> = undefined extends InputOf<Commands[N]> ? [input?: InputOf<Commands[N]>] : [InputOf<Commands[N]>]

/** A window without a screen. It mirrors the tables as a real one does: by the snapshot and the patches, and by nothing else. */
export interface FakeWindow extends Bridge {
  readonly tables: Tables
  /** What `pick` answers of the tables of now or of the next that give it something; says what it saw when nothing comes. */
  readonly until: <Found>(what: string, pick: (tables: Tables) => Found | null | undefined | false) => Promise<Found>
  /** The states that a row has had, each once in a row, in order; also of a row that is gone. */
  readonly statesOf: (table: TableName, id: string) => readonly string[]
  /** The value of a request that must not fail. */
  readonly ask: <N extends CommandName>(name: N, ...input: InputArguments<N>) => Promise<OutputOf<Commands[N]>>
  /** Every request with its answer, every snapshot and patch, in order. */
  readonly history: readonly Happened[]
  readonly close: () => void
}

interface Happened { readonly at: number, readonly what: string, readonly value: unknown }

export async function openWindow(route: Route, shell: FakeShell): Promise<FakeWindow> {
  let mirror: Snapshot | null = null
  let early: Patch[] = []
  const states = new Map<string, string[]>()
  const history: Happened[] = []
  const waiting = new Set<(tables: Tables) => void>()

  /** What crosses the border of processes is copied. */
  async function request(name: CommandName, [input]: readonly unknown[]): Promise<Result<unknown>> {
    remember(`asks ${name}`, input)
    const answer = structuredClone(await route(name, structuredClone(input)))
    remember(`answer to ${name}`, answer)
    return answer
  }
  // The router answers `unknown` for all commands together; `Commands` says what it is for each name.
  const invoke: Bridge['invoke'] = async (name, ...input) => await request(name, input) as Result<never>

  function remember(what: string, value: unknown): void {
    history.push({ at: Date.now(), what, value })
  }

  function show(next: Snapshot): void {
    mirror = next
    for (const [table, rows] of Object.entries(next.tables)) {
      for (const [id, row] of Object.entries<object>(rows)) {
        if ('state' in row)
          note(`${table}/${id}`, String(row.state))
      }
    }
    for (const look of [...waiting]) look(next.tables)
  }

  function note(key: string, state: string): void {
    const known = states.get(key) ?? []
    states.set(key, known)
    if (known.at(-1) !== state)
      known.push(state)
  }

  const close = shell.subscribe('pbx.patch', (patch) => {
    remember('patch', patch)
    if (mirror === null) {
      early.push(patch)
      return
    }
    const next = applyPatch(mirror, patch)
    if (next === null)
      throw new Error(`patch ${patch.rev} does not follow ${mirror.rev}`)
    show(next)
  })
  /** Everything anew: patches count from it. */
  async function look(): Promise<Snapshot> {
    mirror = null
    const answer = await invoke('pbx.snapshot')
    if (!answer.ok)
      throw new Error(`no snapshot: ${answer.error.message}`)
    show(answer.value)
    for (const patch of early.filter(one => one.rev > answer.value.rev)) {
      const next = applyPatch(mirror ?? answer.value, patch)
      if (next === null)
        throw new Error(`patch ${patch.rev} came in the wrong order`)
      show(next)
    }
    early = []
    return answer.value
  }
  const first = await look()
  const tables = (): Tables => (mirror ?? first).tables

  return {
    get tables() {
      return tables()
    },
    invoke,
    subscribe: shell.subscribe,
    async ask(name, ...input) {
      if (name === 'pbx.snapshot')
        return await look() as never // the answer of that command
      const answer = await request(name, input)
      if (!answer.ok)
        throw new Error(`${name}: ${answer.error.code} (${answer.error.message})`)
      return answer.value as never // as for `invoke`
    },
    until(what, pick) {
      const now = pick(tables())
      if (now)
        return Promise.resolve(now)
      return new Promise((resolve, reject) => {
        const deadline = setTimeout(() => {
          waiting.delete(look)
          reject(new Error(`${what}: not within ${PATIENCE_MS / 1000} s; the window shows ${JSON.stringify(tables(), null, 1)}`))
        }, PATIENCE_MS)
        function look(seen: Tables): void {
          const found = pick(seen)
          if (!found)
            return
          waiting.delete(look)
          clearTimeout(deadline)
          resolve(found)
        }
        waiting.add(look)
      })
    },
    history,
    statesOf: (table, id) => states.get(`${table}/${id}`) ?? [],
    close,
  }
}

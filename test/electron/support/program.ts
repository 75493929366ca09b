import type { ElectronApplication, Page } from '@playwright/test'
import type * as Electron from 'electron'
import type { Desktop } from '../../../build/desktop/desktop.ts'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { _electron } from '@playwright/test'

export const ROOT = resolve(import.meta.dirname, '../../..')

/** Where the program keeps its settings during one test. */
export interface Home {
  readonly folder: string
  readonly write: (name: string, content: unknown) => void
  readonly read: (name: string) => string
  readonly log: () => string
}

export interface Running {
  readonly app: ElectronApplication
  readonly pid: number
  /** The page of a window, once it is there. */
  readonly page: (name: 'main' | 'popup' | 'admin') => Promise<Page>
  /** Runs a function in the main process. */
  readonly ask: <Answer>(look: (electron: typeof Electron) => Answer | Promise<Answer>) => Promise<Answer>
  /** What `app.quit()` would be, by a signal; answers the exit code. */
  readonly end: (signal?: NodeJS.Signals) => Promise<number | null>
}

interface Question { readonly id: number, readonly look: string }
let questions = 0

/** Runs in the main process: a question that is asked again is not done again, for what it does may be to close a window. */
async function answerOnce(electron: typeof Electron, { id, look }: Question): Promise<unknown> {
  const there: typeof globalThis & { answers?: Map<number, unknown> } = globalThis
  const answers = there.answers ??= new Map()
  if (!answers.has(id)) {
    // eslint-disable-next-line no-eval -- how the test runner brings a function there, too
    answers.set(id, (0, eval)(`(${look})`)(electron))
  }
  return await answers.get(id)
}

export function createHome(): Home & { readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'ringside-home-'))
  const path = (name: string): string => join(folder, name)
  return {
    folder,
    write(name, content) {
      mkdirSync(join(path(name), '..'), { recursive: true })
      writeFileSync(path(name), typeof content === 'string' ? content : JSON.stringify(content))
    },
    read: name => readFileSync(path(name), 'utf8'),
    log: () => existsSync(path('logs/ringside.log')) ? readFileSync(path('logs/ringside.log'), 'utf8') : '',
    // Chromium's children may write for a moment longer than it lives.
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }),
  }
}

/** The Electron that the test runner chose. */
export function executable(): string {
  const path = process.env['ELECTRON_EXECUTABLE']
  if (path === undefined)
    throw new Error('start the tests with `node build/run.mjs test:electron`: it finds an Electron')
  return path
}

/** Root cannot have Chromium's sandbox, nor can anybody in some containers; `build/as-user.mjs` finds out. */
export const hasSandbox = process.getuid?.() !== 0 && process.env['RINGSIDE_NO_SANDBOX'] === undefined

export function parameters(home: Home, more: readonly string[] = []): string[] {
  return [
    ROOT,
    '--disable-gpu',
    `--user-data-dir=${home.folder}`,
    ...(hasSandbox ? [] : ['--no-sandbox']),
    ...(more.some(one => one.startsWith('--password-store')) ? [] : ['--password-store=basic']),
    ...more,
  ]
}

/** Starts the built program on a desktop, as a person would, and attaches to it. */
export async function startProgram(desktop: Desktop, home: Home, more: readonly string[] = [], env: Readonly<Record<string, string>> = {}): Promise<Running> {
  const app = await _electron.launch({
    executablePath: executable(),
    args: ['-r', fileURLToPath(new URL('./hold.cjs', import.meta.url)), ...parameters(home, more)],
    env: { ...desktop.env, ...env },
    // Else Playwright switches it off, and makes every page light.
    chromiumSandbox: hasSandbox,
    colorScheme: null,
    timeout: 45_000,
  })
  const child = app.process()
  return {
    app,
    pid: child.pid ?? 0,
    async page(name) {
      // A window is known before its address is, and for a moment after it has gone.
      const isIt = async (page: Page): Promise<boolean> => {
        try {
          await page.waitForURL(/\/windows\//)
        }
        catch (error) {
          if (!page.isClosed())
            throw error
        }
        return !page.isClosed() && page.url().includes(`/windows/${name}/`)
      }
      // One that comes while the others are looked at counts too.
      const next = app.waitForEvent('window', isIt)
      next.catch(() => { /* Nobody waits for it any more when it was there already. */ })
      for (const page of app.windows()) {
        if (await isIt(page))
          return page
      }
      return next
    },
    async ask(look) {
      const question: Question = { id: ++questions, look: String(look) }
      for (;;) {
        try {
          return await app.evaluate(answerOnce, question) as Awaited<ReturnType<typeof look>> // what the function in its text answers
        }
        catch (error) {
          // Under load V8 now and then throws away the promise that its inspector waits for: the same question, not a second one.
          if (!String(error).includes('garbage collected'))
            throw error
        }
      }
    },
    async end(signal = 'SIGTERM') {
      if (child.exitCode === null && child.signalCode === null) {
        const gone = new Promise<void>(done => child.once('exit', () => done()))
        child.kill(signal)
        await gone
      }
      return child.exitCode
    },
  }
}

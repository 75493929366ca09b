import type { ScriptedDemo } from '../../main/demo/demo-pbx.ts'
import type { DevTools, TraceEvent } from './devtools.ts'
import { performance } from 'node:perf_hooks'
import process from 'node:process'
import { setTimeout as after } from 'node:timers/promises'
import { startChild } from '../../build/desktop/child.ts'
import { startDesktop } from '../../build/desktop/desktop.ts'
import { systemClock } from '../../main/clock.ts'
import { createDemoPbx } from '../../main/demo/demo-pbx.ts'
import { createHome, executable, parameters } from '../electron/support/program.ts'
import { figure, printMarks, printTable } from './decoder/report.ts'
import { openDevTools, TOOLS_LISTEN } from './devtools.ts'
import { familyOf, processorOf, untilIdle } from './processes.ts'
import { median, quantile } from './table.ts'

const PEOPLE = 1000
const CHANGES_PER_SECOND = 200
const TICK_MS = 5
const SCREEN = { width: 1280, height: 800 }
/** Wide enough for two columns. */
const PLACE = { x: 40, y: 30, width: 1100, height: 720 }
const MAIN = '/windows/main/'
/** Some twelve new rows a second, as fast as one can read names. */
const SCROLL_PER_SECOND = 600
const SETTLE_MS = 2000

/** How the window shows people, in selectors of the page. */
interface View {
  readonly name: 'list' | 'board'
  /** What is drawn of each who is in sight. */
  readonly drawn: string
  /** How many the window knows, in and out of sight. */
  readonly count: string
  /** What scrolls. */
  readonly box: string
}

const VIEWS: readonly View[] = [
  { name: 'list', drawn: 'li[aria-setsize]', count: `Number(document.querySelector('li[aria-setsize]')?.ariaSetSize ?? 0)`, box: `document.querySelector('li[aria-setsize]').closest('ul').parentElement` },
  // Its last line may have room for more.
  { name: 'board', drawn: '[role="gridcell"].tile', count: `Number(document.querySelector('[role="grid"]')?.ariaRowCount ?? 0) * Number(document.querySelector('[role="grid"]')?.ariaColCount ?? 0)`, box: `document.querySelector('[role="grid"]')` },
]

interface Frames {
  readonly perSecond: number
  /** Milliseconds from one frame to the next. */
  readonly p99: number
  readonly worst: number
  /** Milliseconds of processor time that the thread of the page has from one frame to the next: steadier than the clock where others use the machine, too. */
  readonly work: number
  readonly workP99: number
}

interface Processor {
  /** Percent of a core. */
  readonly main: number
  readonly all: number
}

/**
 * The views of a thousand colleagues whose states change many times a second: the frames that reach the screen while somebody
 * scrolls through it, when each must differ from the one before, and what the main process costs while nobody touches it.
 */
export async function run(): Promise<void> {
  const seconds = process.argv.includes('--quick') ? 5 : 15
  for (const view of VIEWS)
    await measure(view, seconds)
}

async function measure(view: View, seconds: number): Promise<void> {
  const pbx = createDemoPbx({ clock: systemClock, random: Math.random, scenario: 'scripted', people: PEOPLE })
  await pbx.start()
  const desktop = await startDesktop(SCREEN)
  const home = createHome()
  try {
    home.write('window.json', { place: PLACE })
    const { child, line } = await startChild(executable(), parameters(home, ['--remote-debugging-port=0']), { env: desktop.env, ready: TOOLS_LISTEN })
    const tools = await openDevTools(line?.[1] ?? '')
    try {
      const outcome = await tools.evaluate(MAIN, setUp(pbx, view))
      if (outcome !== true)
        throw new Error(`the program could not be set up: ${JSON.stringify(outcome)}`)
      await untilIdle(child.pid)
      const quiet = { processor: await measureProcessor(child.pid, seconds), frames: await measureFrames(tools, view, seconds) }
      const before = await tools.evaluate(MAIN, textOf(view))
      const stop = stirEvenly(pbx)
      await after(SETTLE_MS)
      const processor = await measureProcessor(child.pid, seconds)
      // How many are drawn and the scrolled place are those of before.
      if (await tools.evaluate(MAIN, textOf(view)) === before)
        throw new Error('the window does not show that states change')
      const frames = await measureFrames(tools, view, seconds)
      print(view, quiet, { processor, frames }, stop())
    }
    finally {
      tools.close()
      await child.stop()
    }
  }
  finally {
    await desktop.stop()
    await pbx.stop()
    home.remove()
  }
}

/** What a person would do in the assistant, in the words of the contract; done when everybody is there. */
function setUp({ port, username, secret }: ScriptedDemo, { name, count }: View): string {
  return `(async () => {
    localStorage.setItem('ringside.tab', 'people')
    localStorage.setItem('ringside.people', '${name}')
    const save = await window.bridge.invoke('setup.save', {
      server: { host: '127.0.0.1', port: ${port}, tls: false, username: '${username}', secret: '${secret}', fingerprint: null, authority: null },
      line: { extension: '1001', hintContext: 'hints', devices: ['PJSIP/1001'], mailboxes: [], dialContext: 'internal', voicemailNumber: '', voicemailExten: '', outsidePrefix: '' },
      keepSecret: 'session',
    })
    if (!save.ok)
      return save
    return new Promise((done) => {
      const count = () => ${count}
      const look = () => { if (count() >= ${PEOPLE}) done(true) }
      new MutationObserver(look).observe(document, { subtree: true, childList: true, attributeFilter: ['aria-setsize', 'aria-rowcount', 'aria-colcount'] })
      setTimeout(() => done(count() + ' people are in the ${name}'), 20_000)
      look()
    })
  })()`
}

/** What the drawn rows or tiles say. */
const textOf = ({ drawn }: View): string => `[...document.querySelectorAll('${drawn}')].map(each => each.textContent).join('\\n')`

/** Phones go in and out of use, spread over time as those of people who know nothing of each other; the answer is called to end it and says how many a second it was. */
function stirEvenly(pbx: ScriptedDemo): () => number {
  const start = performance.now()
  let changed = 0
  const timer = setInterval(() => {
    const due = Math.floor((performance.now() - start) / 1000 * CHANGES_PER_SECOND)
    pbx.stir(due - changed)
    changed = due
  }, TICK_MS)
  return () => {
    clearInterval(timer)
    return changed / (performance.now() - start) * 1000
  }
}

/** With nothing attached, and nothing recorded: that would be work of the main process, too. */
async function measureProcessor(pid: number, seconds: number): Promise<Processor> {
  const used = (): readonly [main: number, all: number] => [processorOf([pid]), processorOf(familyOf(pid))]
  const start = performance.now()
  const [main, all] = used()
  await after(seconds * 1000)
  const [mainThen, allThen] = used()
  const percent = 100 / (performance.now() - start)
  return { main: (mainThen - main) * percent, all: (allThen - all) * percent }
}

async function measureFrames(tools: DevTools, view: View, seconds: number): Promise<Frames> {
  const events = await tools.trace(['blink.user_timing', 'devtools.timeline', 'disabled-by-default-display.framedisplayed'], () => tools.evaluate(MAIN, scroll(view, seconds)))
  const from = timeOf(events, 'scroll begins')
  const to = timeOf(events, 'scroll ends')
  const ofSpan = (wanted: string): readonly TraceEvent[] => events.filter(({ name, ts }) => name === wanted && ts >= from && ts <= to)
  const shown = ofSpan('Display::FrameDisplayed').map(({ ts }) => ts)
  // A window that stands still at an end of the span counts as well.
  const waits = stepsOf([from, ...shown, to])
  const work = stepsOf(ofSpan('FireAnimationFrame').map(({ tts }) => tts ?? Number.NaN))
  return {
    perSecond: shown.length / (to - from) * 1e6,
    p99: quantile(waits, 0.99),
    worst: Math.max(...waits),
    work: median(work),
    workP99: quantile(work, 0.99),
  }
}

/** Milliseconds from one of these microseconds to the next. */
function stepsOf(times: readonly number[]): readonly number[] {
  const sorted = times.toSorted((a, b) => a - b)
  return sorted.slice(1).map((time, index) => (time - (sorted[index] ?? Number.NaN)) / 1000)
}

function timeOf(events: readonly TraceEvent[], mark: string): number {
  const event = events.find(({ name }) => name === mark)
  if (!event)
    throw new Error(`"${mark}" was not recorded`)
  return event.ts
}

/** Down and up again by the clock, so that a frame that comes late shows another place than it would have in time. */
function scroll({ box }: View, seconds: number): string {
  return `new Promise((done) => {
    const box = ${box}
    let start = null
    requestAnimationFrame(function step(now) {
      if (start === null) {
        start = now
        performance.mark('scroll begins')
      }
      const passed = (now - start) / 1000
      box.scrollTop = (passed < ${seconds / 2} ? passed : ${seconds} - passed) * ${SCROLL_PER_SECOND}
      if (passed < ${seconds}) {
        requestAnimationFrame(step)
      }
      else {
        performance.mark('scroll ends')
        done()
      }
    })
  })`
}

interface Measured { readonly frames: Frames, readonly processor: Processor }

function print({ name }: View, quiet: Measured, busy: Measured, rate: number): void {
  const rows: readonly (readonly [what: string, of: (measured: Measured) => number, unit: string])[] = [
    ['frames a second, scrolling', ({ frames }) => frames.perSecond, ''],
    ['99 of 100 frames come within', ({ frames }) => frames.p99, ' ms'],
    ['longest wait for a frame', ({ frames }) => frames.worst, ' ms'],
    ['work of the page for a frame, median', ({ frames }) => frames.work, ' ms'],
    ['work of the page, 99 of 100 frames', ({ frames }) => frames.workP99, ' ms'],
    ['main process, of a core', ({ processor }) => processor.main, ' %'],
    ['all processes, of a core', ({ processor }) => processor.all, ' %'],
  ]
  printTable(
    `Colleagues as a ${name}: ${PEOPLE} of them, ${rate.toFixed(0)} changes of state a second, window of ${PLACE.width} × ${PLACE.height}`,
    ['', 'nothing changes', 'changing'],
    rows.map(([what, of, unit]) => [what, ...[quiet, busy].map(measured => `${figure(of(measured))}${unit}`)]),
  )
  printMarks([
    // The screen has 60 a second; a span may hold half a one less.
    { what: `frames a second, ${name}`, aim: 59.5, reached: busy.frames.perSecond, unit: '/s', better: 'more' },
    { what: `99 of 100 frames come within, ${name}`, aim: 34, reached: busy.frames.p99, unit: 'ms', better: 'less' },
    { what: `longest wait for a frame, ${name}`, aim: 50, reached: busy.frames.worst, unit: 'ms', better: 'less' },
    { what: `work of the page, 99 of 100 frames, ${name}`, aim: 16, reached: busy.frames.workP99, unit: 'ms', better: 'less' },
    { what: `main process, of a core, ${name}`, aim: 10, reached: busy.processor.main, unit: '%', better: 'less' },
  ])
}

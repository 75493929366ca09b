import type { DemoOptions, ScriptedDemo } from '../../main/demo/demo-pbx.ts'
import type { FakeClock } from './fake-clock.ts'
import type { PlainClient } from './plain-client.ts'
import { createDemoPbx } from '../../main/demo/demo-pbx.ts'
import { createFakeClock } from './fake-clock.ts'
import { openPlainClient } from './plain-client.ts'

export interface OpenOffice {
  readonly demo: ScriptedDemo
  readonly client: PlainClient
  readonly clock: FakeClock
  /** Lets the office live on for so long, and waits until the client has heard all of it. */
  readonly pass: (ms: number) => Promise<void>
  readonly close: () => Promise<void>
}

/** The demo on a clock of the test's, with one client logged in. */
export async function openOffice(options: Partial<DemoOptions> = {}): Promise<OpenOffice> {
  const clock = createFakeClock()
  const demo = createDemoPbx({ clock, random: seeded(7), scenario: 'scripted', ...options })
  await demo.start()
  const client = await openPlainClient(demo.port)
  await client.login(demo)
  return {
    demo,
    client,
    clock,
    async pass(ms) {
      await clock.pass(ms)
      await client.settle()
    },
    async close() {
      await client.close()
      await demo.stop()
    },
  }
}

/** The same chance every time. */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

import type { DemoOptions, ScriptedDemo } from '../../main/demo/demo-pbx.ts'
import type { Program } from './program.ts'
import { systemClock } from '../../main/clock.ts'
import { createDemoPbx } from '../../main/demo/demo-pbx.ts'
import { startProgram } from './program.ts'

export interface DemoDesk extends Program {
  readonly demo: ScriptedDemo
}

/** The whole program in a demo office whose calls the test makes, in fast motion, once it is online. */
export async function openDemoDesk(options: Partial<DemoOptions> = {}): Promise<DemoDesk> {
  const demo = createDemoPbx({ clock: systemClock, random: Math.random, scenario: 'scripted', pace: 0.05, ...options })
  const program = await startProgram({ demo: true }, () => demo)
  await program.window.until('online', ({ connection }) => connection.me.state === 'online')
  return { ...program, demo }
}

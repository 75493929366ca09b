// The demo office as a server of its own: any AMI client may log in. An argument gives the port, else a free one is taken.
import process from 'node:process'
import { systemClock } from '../main/clock.ts'
import { createDemoPbx } from '../main/demo/demo-pbx.ts'
import { say } from './say.mjs'

async function serve(): Promise<void> {
  const demo = createDemoPbx({ clock: systemClock, random: Math.random, port: Number(process.argv[2] ?? 0) })
  await demo.start()
  say(`the demo office speaks AMI on 127.0.0.1:${demo.port}, account ${demo.username}, secret ${demo.secret}; Ctrl+C ends it`)
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void demo.stop())
}

serve().catch((error: unknown) => {
  say(`the demo office cannot listen: ${error instanceof Error
    ? error.message
    : String(error)}`)
  process.exitCode = 1
})

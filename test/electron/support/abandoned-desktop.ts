// Starts a desktop, says where it is, and dies without a word to it.
import process from 'node:process'
import { startDesktop } from '../../../build/desktop/desktop.ts'

async function abandon(): Promise<void> {
  const { bus, display } = await startDesktop({ tray: true, keyring: true })
  process.stdout.write(JSON.stringify({ screen: `/tmp/.X11-unix/X${display.slice(1)}`, bus: /path=([^,]+)/.exec(bus)?.[1] }), () => process.kill(process.pid, 'SIGKILL'))
}

void abandon()

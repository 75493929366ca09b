import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createConnection } from 'node:net'
import { join } from 'node:path'
import process from 'node:process'
import { expect, test } from './support/fixtures.ts'
import { executable } from './support/program.ts'

/** Whether somebody listens at this socket. */
async function isAlive(path: string): Promise<boolean> {
  const socket = createConnection(path)
  try {
    await once(socket, 'connect')
    return true
  }
  catch {
    // Refused or not there: both mean that nobody listens.
    return false
  }
  finally {
    socket.destroy()
  }
}

test('the virtual desktop goes with whoever started it, even killed', async () => {
  const owner = spawn(executable(), [join(import.meta.dirname, 'support/abandoned-desktop.ts')], { env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' }, stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  owner.stdout.setEncoding('utf8').on('data', (text: string) => { said += text })
  const [, signal] = await once(owner, 'close')
  expect(signal).toBe('SIGKILL')
  const { bus, screen } = JSON.parse(said) as { bus: string, screen: string } // what support/abandoned-desktop.ts writes
  await expect.poll(() => Promise.all([isAlive(screen), isAlive(bus)])).toEqual([false, false])
})

test('the virtual desktop says what is missing in it', async ({ desktop }) => {
  await expect(desktop.tray().until(({ tooltip }) => tooltip === 'Nobody', 100)).rejects.toThrow('no tray item as wanted within 100 ms')
  await expect(desktop.run('xprop', '-id', 'nothing')).rejects.toThrow('xprop -id nothing ended with 1')
})

import type { Page } from '@playwright/test'
import type { Running } from './support/program.ts'
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { createServer } from 'node:http'
import process from 'node:process'
import { setTimeout as passes } from 'node:timers/promises'
import { expect, test } from './support/fixtures.ts'
import { executable, hasSandbox, parameters } from './support/program.ts'

/** The processes of the program, itself first. */
function family(pid: number): readonly number[] {
  const parents = new Map(readdirSync('/proc').filter(name => /^\d+$/.test(name)).flatMap((name) => {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
      return [[Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])] as const]
    }
    catch {
      // It has ended meanwhile.
      return []
    }
  }))
  const all = [pid]
  for (const one of all) all.push(...[...parents].filter(([, parent]) => parent === one).map(([child]) => child))
  return all
}

const commandLine = (pid: number): string => readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')

/** Far ends of the internet sockets of these processes. */
function peers(pids: readonly number[]): readonly string[] {
  const inodes = new Set(pids.flatMap((pid) => {
    try {
      return readdirSync(`/proc/${pid}/fd`).map(fd => readlink(`/proc/${pid}/fd/${fd}`)).flatMap(target => /^socket:\[(\d+)\]$/.exec(target)?.[1] ?? [])
    }
    catch {
      return []
    }
  }))
  return ['tcp', 'tcp6', 'udp', 'udp6'].flatMap(kind => readFileSync(`/proc/net/${kind}`, 'utf8').split('\n').slice(1).flatMap((line) => {
    const fields = line.trim().split(/\s+/)
    return inodes.has(fields[9] ?? '') ? [`${kind} ${fields[2] ?? ''}`] : []
  }))
}

function readlink(path: string): string {
  try {
    return readlinkSync(path)
  }
  catch {
    // The descriptor was closed meanwhile.
    return ''
  }
}

async function pages(program: Running): Promise<readonly Page[]> {
  return [await program.page('main'), await program.page('popup')]
}

test('gives its pages nothing but the bridge', async ({ start }) => {
  for (const page of await pages(await start())) {
    const found = await page.evaluate(() => ({
      node: ['require', 'process', 'module', 'global', 'Buffer', '__dirname', 'ipcRenderer', 'electron'].filter(name => name in window),
      bridge: Object.keys(Reflect.get(window, 'bridge')).sort(),
      opener: window.opener,
    }))
    expect(found).toEqual({ node: [], bridge: ['invoke', 'subscribe'], opener: null })
  }
})

test('cannot have its bridge replaced by a script of the page', async ({ start }) => {
  const page = await (await start()).page('main')
  const kept = await page.evaluate(() => {
    const bridge = Reflect.get(window, 'bridge')
    Reflect.set(window, 'bridge', null)
    Reflect.set(bridge, 'invoke', null)
    return typeof Reflect.get(Reflect.get(window, 'bridge'), 'invoke')
  })
  expect(kept).toBe('function')
})

test('serves each page with a policy that forbids scripts and connections of others', async ({ start }) => {
  const page = await (await start()).page('main')
  const violations = await page.evaluate(async () => {
    const seen: string[] = []
    document.addEventListener('securitypolicyviolation', event => seen.push(event.effectiveDirective))
    const script = document.createElement('script')
    script.textContent = 'window.wasInjected = true'
    document.head.append(script)
    const frame = document.createElement('iframe')
    frame.src = 'https://ringside.invalid/'
    document.body.append(frame)
    const image = new Image()
    image.src = 'https://ringside.invalid/x.png'
    document.body.append(image)
    await fetch('https://ringside.invalid/').catch(() => {})
    await new Promise(done => setTimeout(done, 50))
    let evaluated = true
    try {
      // eslint-disable-next-line no-eval -- that it does not work is the test
      window.eval('1')
    }
    catch {
      evaluated = false
    }
    return { seen: [...new Set(seen)].sort(), injected: 'wasInjected' in window, evaluated }
  })
  expect(violations).toEqual({ seen: ['connect-src', 'frame-src', 'img-src', 'script-src-elem'], injected: false, evaluated: false })
})

test('leads nowhere else and opens no other window', async ({ home, start }) => {
  const program = await start()
  const page = await program.page('main')
  const address = page.url()
  const opened = await page.evaluate(() => {
    const other = window.open('https://ringside.invalid/')
    const link = document.createElement('a')
    link.href = 'https://ringside.invalid/'
    link.target = '_blank'
    document.body.append(link)
    link.click()
    location.href = 'https://ringside.invalid/'
    return other
  })
  expect(opened).toBeNull()
  await expect.poll(() => home.log()).toContain('wanted to lead elsewhere')
  expect(page.url()).toBe(address)
  const foreign = await program.ask(({ BrowserWindow }) => BrowserWindow.getAllWindows().map(window => window.webContents.getURL()).filter(url => !url.startsWith('app://')))
  expect(foreign).toEqual([])
})

test('grants its pages no permission', async ({ start }) => {
  const page = await (await start()).page('main')
  const states = await page.evaluate(async () => {
    const names = ['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read', 'midi'] as const
    const asked = await Promise.all(names.map(name => navigator.permissions.query({ name: name as PermissionName }).then(status => status.state, () => 'refused')))
    const camera = await navigator.mediaDevices.getUserMedia({ audio: true }).then(() => 'granted', error => String(error.name))
    return { asked: [...new Set(asked)], camera }
  })
  expect(states.asked).toEqual(['denied'])
  expect(states.camera).not.toBe('granted')
})

test('refuses commands that are not in the contract, and input that does not fit', async ({ start }) => {
  const page = await (await start()).page('main')
  const codes = await page.evaluate(async () => {
    // As a page would that somebody else took over.
    const code = async (...call: readonly unknown[]): Promise<unknown> => {
      const result: unknown = await Reflect.apply(window.bridge.invoke, null, call)
      return JSON.parse(JSON.stringify(result)).error?.code
    }
    let topic = 'accepted'
    try {
      Reflect.apply(window.bridge.subscribe, null, ['electron-store-get-data', () => {}])
    }
    catch {
      topic = 'refused'
    }
    return [await code('__proto__'), await code('app.exec', 'id'), await code('popup.resize', { height: -1 }), await code('dial.start', { text: 5 }), topic]
  })
  expect(codes).toEqual(['unknown-command', 'unknown-command', 'bad-input', 'bad-input', 'refused'])
})

test('hears no page that is not its own', async ({ home, start }) => {
  const program = await start()
  await program.page('main')
  const answer = await program.ask(async ({ BrowserWindow, app }) => {
    // A window as a mistake of ours might open it: our bridge in a foreign page.
    const window = new BrowserWindow({ show: false, webPreferences: { preload: `${app.getAppPath()}/out/preload/index.cjs`, sandbox: true } })
    await window.loadURL('data:text/html,<p>foreign')
    const answer: unknown = await window.webContents.executeJavaScript('bridge.invoke("app.info")')
    window.destroy()
    return answer
  })
  expect(answer).toMatchObject({ ok: false, error: { code: 'untrusted-sender' } })
  expect(home.log()).toContain('was refused')
})

test('cannot be made to ask the network for anything', async ({ start }) => {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    response.end()
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : 0
  const program = await start()
  await program.page('main')
  const failure = await program.app.evaluate(async ({ BrowserWindow }, url) => {
    const window = new BrowserWindow({ show: false })
    const failed = await window.loadURL(url).then(() => 'loaded', error => String(error.code))
    window.destroy()
    return failed
  }, `http://127.0.0.1:${port}/page`)
  expect({ failure, asked }).toEqual({ failure: 'ERR_BLOCKED_BY_CLIENT', asked: [] })
  await new Promise(done => server.close(done))
})

test('serves no file from outside of its pages', async ({ start }) => {
  const program = await start()
  await program.page('main')
  const statuses = await program.ask(async ({ session }) => {
    const urls = ['app://ringside/windows/main/index.html', 'app://ringside/../main/index.js', 'app://ringside/%2e%2e%2fmain%2findex.js', 'app://ringside/..%5c..%5cpackage.json', 'app://other/windows/main/index.html']
    return Promise.all(urls.map(url => session.defaultSession.fetch(url).then(answer => answer.status, () => 0)))
  })
  expect(statuses).toEqual([200, 0, 0, 0, 0])
})

test('opens no internet socket but the one to the server', async ({ atWork, office }) => {
  await atWork.page('popup')
  const server = `0100007F:${office.port.toString(16).toUpperCase().padStart(4, '0')}`
  const seen = peers(family(atWork.pid))
  expect(seen).toContain(`tcp ${server}`)
  // The test itself holds the program by two debugging ports on loopback.
  expect(seen.filter(peer => !/^tcp (?:0100007F:|00000000:0000$)/.test(peer))).toEqual([])
})

test('asks no name server before it knows a server', async ({ desktop, home }) => {
  test.skip(!isTraceable(), 'strace is not here or may not trace')
  const trace = `${home.folder}/trace`
  const traced = spawn('strace', ['-f', '-qq', '-e', 'trace=connect,sendto', '-o', trace, executable(), ...parameters(home, ['--no-sandbox'])], { env: desktop.env, stdio: 'ignore', detached: true })
  const ended = once(traced, 'exit')
  await expect.poll(() => home.log(), { timeout: 45_000 }).toContain('Ringside')
  // What it has not looked up by then it does not look up by itself.
  await passes(3000)
  process.kill(-(traced.pid ?? 0), 'SIGKILL')
  await ended
  const internet = home.read('trace').split('\n').filter(line => /AF_INET6?/.test(line))
  expect(internet).toEqual([])
})

function isTraceable(): boolean {
  try {
    execFileSync('strace', ['-o', '/dev/null', 'true'], { stdio: 'ignore' })
    return true
  }
  catch {
    return false
  }
}

test('runs its pages inside Chromium\'s sandbox', async ({ start }) => {
  test.skip(!hasSandbox, 'as root, or where the container allows no sandbox, Chromium runs without it')
  const program = await start()
  await pages(program)
  const renderers = family(program.pid).filter(pid => commandLine(pid).includes('--type=renderer'))
  expect(renderers.length).toBeGreaterThan(0)
  for (const pid of renderers) {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    expect({ seccomp: /^Seccomp:\t(\d)/m.exec(status)?.[1], newPrivileges: /^NoNewPrivs:\t(\d)/m.exec(status)?.[1] }).toEqual({ seccomp: '2', newPrivileges: '1' })
    expect(commandLine(pid)).not.toContain('--no-sandbox')
  }
})

import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createFileLog } from '../../../main/log/file-log.ts'
import { createRedactor } from '../../../main/log/redact.ts'

const clock = { now: () => Date.UTC(2026, 10, 25), after: () => () => {} }
let folder = ''
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'ringside-log-')) })
afterEach(() => {
  chmodSync(folder, 0o700)
  rmSync(folder, { recursive: true })
})

function open(verbose = false) {
  return createFileLog({ folder: join(folder, 'logs'), clock, redactor: createRedactor(), verbose })
}
const written = () => readFileSync(join(folder, 'logs/ringside.log'), 'utf8')

describe('the log file', () => {
  it('holds time, level, scope and the redacted text', () => {
    open().scope('ami').warn('Login refused', { secret: 'abc', caller: '+4930123456' })
    expect(written()).toBe('2026-11-25T00:00:00.000Z warn ami: Login refused { secret: [secret], caller: \'[number]\' }\n')
  })

  it('holds what a developer wants only when asked', () => {
    open().debug('detail')
    expect(existsSync(join(folder, 'logs'))).toBe(false)
    open(true).debug('detail')
    expect(written()).toContain('detail')
  })

  it('can be read by nobody else', () => {
    open().info('x')
    expect(statSync(join(folder, 'logs/ringside.log')).mode & 0o777).toBe(0o600)
  })

  it('makes one record of what a stranger sent, however many lines that has', () => {
    open().info('name', 'a\n2026 error app: forged')
    expect(written().split('\n').filter(line => line.startsWith('2026'))).toHaveLength(1)
  })

  it('turns over at a megabyte and keeps three old files', () => {
    const log = open()
    for (let turn = 0; turn < 6; turn++) {
      log.info('first line of a turn')
      writeFileSync(join(folder, 'logs/ringside.log'), 'x'.repeat(1024 * 1024 + 1))
      open().info('after')
    }
    expect(readdirSync(join(folder, 'logs')).sort()).toEqual(['ringside.log', 'ringside.log.1', 'ringside.log.2', 'ringside.log.3'])
  })

  it('lets the program go on when the disk refuses', () => {
    writeFileSync(join(folder, 'logs'), 'a file in the way')
    expect(() => open().error('x', new Error('y'))).not.toThrow()
  })
})

import type { CheckStepView } from '../../../preload/contract/setup.ts'
import { describe, expect, it } from 'vitest'
import { AppError } from '../../../main/errors.ts'
import { Checklist, report, rightsOf } from '../../../main/setup/check.ts'

const states = (steps: readonly CheckStepView[]): string => steps.map(step => `${step.step}:${step.state}`).join(' ')

describe('checklist of the live check', () => {
  it.each([
    ['name-not-found', 'resolve:failed connect:skipped secure:skipped banner:skipped login:skipped rights:skipped extensions:skipped'],
    ['connection-refused', 'resolve:ok connect:failed secure:skipped banner:skipped login:skipped rights:skipped extensions:skipped'],
    ['certificate-changed', 'resolve:ok connect:ok secure:failed banner:skipped login:skipped rights:skipped extensions:skipped'],
    ['not-asterisk', 'resolve:ok connect:ok secure:ok banner:failed login:skipped rights:skipped extensions:skipped'],
    ['login-refused', 'resolve:ok connect:ok secure:ok banner:ok login:failed rights:skipped extensions:skipped'],
  ] as const)('says at which step %s stops it', (code, expected) => {
    const list = new Checklist(() => {})
    list.run(code === 'login-refused'
      ? 'login'
      : 'resolve')
    if (code === 'login-refused') {
      for (const step of [
        'resolve',
        'connect',
        'secure',
        'banner',
      ] as const)
        list.pass(step, null)
    }
    list.fail(new AppError(code, 'as the server put it'))
    expect(states(list.steps)).toBe(expected)
    expect(report(list, {}).ok).toBe(false)
  })

  it('tells each step as it moves and never moves one back', () => {
    const seen: string[] = []
    const list = new Checklist(step => seen.push(`${step.step}:${step.state}`), ['secure'])
    list.run('resolve')
    list.pass('resolve', '127.0.0.1')
    list.run('resolve')
    list.pass('secure', null)
    expect(seen).toEqual(['resolve:running', 'resolve:ok'])
  })
})

describe('rights', () => {
  it('names the class that an account lacks', () => {
    const rights = rightsOf(new Set([
      'hangup',
      'extensionstatelist',
      'status',
      'mailboxcount',
    ]))
    expect(rights.filter(right => right.allowed === false)).toEqual([
      { feature: 'dial', allowed: false, needs: 'write = originate' },
    ])
  })

  it('leaves open what the server cannot be asked', () => {
    expect(rightsOf(null).every(right => right.allowed === null)).toBe(true)
  })
})

import { describe, expect, it } from 'vitest'
import { createRedactor } from '../../../main/log/redact.ts'

describe('the redactor', () => {
  it.each([
    ['secret: hunter2', 'secret: [secret]'],
    ['{ "password":"a b c", other: 1 }', '{ "password":[secret], other: 1 }'],
    ['Key: 7f3a', 'Key: [secret]'],
    ['calling +49 (30) 23125-001 now', 'calling [number] now'],
    ['from 5551234', 'from [number]'],
    ['tel:+1-555-0100;ext=5 was offered', 'tel:[number] was offered'],
  ])('makes of %j: %j', (text, clean) => {
    expect(createRedactor().clean(text)).toBe(clean)
  })

  it.each([
    'connecting to 192.168.10.25:5038',
    '2026-11-25T15:21:45.750Z the end',
    'Ringside 0.1.0 on Electron 42.0.0',
    'at run (file:///opt/ringside/index.js:9123:3)',
    'extension 1001 in 3000 ms',
  ])('leaves %j alone', (text) => {
    expect(createRedactor().clean(text)).toBe(text)
  })

  it('removes a secret that it was told, wherever it stands', () => {
    const redactor = createRedactor()
    redactor.hide('gr3en+tea.$&')
    expect(redactor.clean('answer xgr3en+tea.$&x')).toBe('answer x[secret]x')
  })
})

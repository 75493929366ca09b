import { describe, expect, it } from 'vitest'
import { isLink, readArguments } from '../../../main/shell/arguments.ts'

describe('the command line', () => {
  it('is read in any order, among the switches of Chromium', () => {
    expect(readArguments(['/opt/ringside', '--allow-file-access-from-files', '--hidden', 'tel:+49-30-23125', '--demo', '--ozone-platform=x11'])).toEqual({
      demo: true,
      scenario: 'alive',
      hidden: true,
      verbose: false,
      link: 'tel:+49-30-23125',
    })
  })

  it('asks the demo office for its minute', () => {
    expect(readArguments(['/opt/ringside', '--demo=minute'])).toMatchObject({ demo: true, scenario: 'minute' })
  })

  it('has nothing to say when it is empty', () => {
    expect(readArguments(['/opt/ringside'])).toEqual({ demo: false, scenario: 'alive', hidden: false, verbose: false, link: null })
  })

  it.each(['https://example.org', 'file:///etc/passwd', 'javascript:tel:1', '--tel:5', `tel:${'5'.repeat(300)}`])('offers no link for %s', (text) => {
    expect(isLink(text)).toBe(false)
  })

  it('knows links in any case', () => {
    expect(readArguments(['TEL:5551234']).link).toBe('TEL:5551234')
  })
})

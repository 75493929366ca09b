import { describe, expect, it } from 'vitest'
import { isLink, readArguments } from '../../../main/shell/arguments.ts'

describe('the command line', () => {
  it('is read in any order, among the switches of Chromium', () => {
    expect(readArguments(['/opt/ringside', '--allow-file-access-from-files', '--hidden', 'tel:+49-30-23125', '--demo', '--ozone-platform=x11'])).toEqual({
      demo: true,
      hidden: true,
      verbose: false,
      link: 'tel:+49-30-23125',
    })
  })

  it('has nothing to say when it is empty', () => {
    expect(readArguments(['/opt/ringside'])).toEqual({ demo: false, hidden: false, verbose: false, link: null })
  })

  it.each(['https://example.org', 'file:///etc/passwd', 'javascript:tel:1', '--tel:5', `tel:${'5'.repeat(300)}`])('offers no link for %s', (text) => {
    expect(isLink(text)).toBe(false)
  })

  it('knows links in any case', () => {
    expect(readArguments(['TEL:5551234']).link).toBe('TEL:5551234')
  })
})

import { describe, expect, it } from 'vitest'
import { assetOf, HEADERS, mayAsk, pageUrl, windowOf } from '../../../main/shell/assets.ts'

const root = '/opt/ringside/renderer'

describe('the files of the program', () => {
  it('are found by their URL', () => {
    expect(assetOf('app://ringside/assets/main.js?v=1#x', root)).toEqual({ path: `${root}/assets/main.js`, type: 'text/javascript; charset=utf-8' })
  })

  it.each([
    'app://ringside/%2e%2e%2fmain%2findex.js',
    'app://ringside/..%5cmain%5cindex.js',
    'app://ringside/assets/%00main.js',
    'app://ringside/%E0%A4%A',
    'app://ringside/',
    'app://ringside/assets/secret.key',
    'app://elsewhere/assets/main.js',
    'app://ringside:80/assets/main.js',
    'file:///opt/ringside/renderer/assets/main.js',
    'https://ringside/assets/main.js',
    'nonsense',
  ])('are all there is: %s is none', (url) => {
    expect(assetOf(url, root)).toBeNull()
  })

  it.each(['app://ringside/../main/index.js', 'app://ringside/%2e%2e/main/index.js', 'app://ringside/assets/../../../renderer-old/index.js'])('are never outside of their folder: %s', (url) => {
    expect(assetOf(url, root)?.path.startsWith(`${root}/`)).toBe(true)
  })

  it('come with a policy that lets nothing else in', () => {
    const policy = HEADERS['Content-Security-Policy'] ?? ''
    expect(policy.split('; ')).toContain('default-src \'none\'')
    expect(policy).not.toMatch(/unsafe|http|\*/)
  })
})

describe('the administration', () => {
  it('has an origin of its own', () => {
    expect(new URL(pageUrl('admin')).host).not.toBe(new URL(pageUrl('main')).host)
    expect(assetOf(pageUrl('admin'), root)?.path).toBe(`${root}/windows/admin/index.html`)
  })

  it('alone may ask for what reaches the server', () => {
    expect([mayAsk('admin', 'admin.send'), mayAsk('main', 'admin.send'), mayAsk('popup', 'admin.send'), mayAsk('main', 'admin.show')]).toEqual([true, false, false, true])
  })
})

describe('a page that asks', () => {
  it('is ours by its whole address', () => {
    expect([pageUrl('main'), pageUrl('popup'), pageUrl('admin'), `${pageUrl('main')}#settings`].map(windowOf)).toEqual(['main', 'popup', 'admin', 'main'])
  })

  it.each(['', 'app://ringside/windows/main/', 'app://ringside.example/windows/main/index.html', 'https://example.org/#app://ringside/windows/main/index.html', 'about:blank', 'app://ringside/windows/admin/index.html'])('is not ours as %j', (url) => {
    expect(windowOf(url)).toBeNull()
  })
})

#!/usr/bin/env node
// Stands in for fpm, which electron-builder would download and which needs Ruby: it makes the same deb and rpm with the tools of the distribution.
// It understands exactly what electron-builder 26 says and refuses anything else.
import { execFileSync } from 'node:child_process'
import { chmodSync, cpSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import process from 'node:process'

/**
 * @typedef {object} Order
 * @property {ReadonlyMap<string, string>} options by their names without dashes
 * @property {readonly string[]} depends
 * @property {readonly string[]} recommends
 * @property {ReadonlyArray<readonly [from: string, to: string]>} files
 */

const FLAGS = ['--force', '--verbose', '--debug']
const SCRIPTS = /** @type {const} */ ([
  ['after-install', 'postinst', 'post'],
  ['after-remove', 'postrm', 'postun'],
  ['before-install', 'preinst', 'pre'],
  ['before-remove', 'prerm', 'preun'],
])

/**
 * @param {readonly string[]} words
 * @returns {Order}
 */
function readOrder(words) {
  /** @type {Map<string, string>} */
  const options = new Map()
  /** @type {string[]} */
  const depends = []
  /** @type {string[]} */
  const recommends = []
  /** @type {[string, string][]} */
  const files = []
  const rest = words.filter(word => !FLAGS.includes(word))
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const equals = word.indexOf('=')
    if (word === '-d' || word === '--depends')
      depends.push(rest.shift() ?? '')
    else if (word === '--deb-recommends')
      recommends.push(rest.shift() ?? '')
    else if (word.startsWith('--') && equals > 0)
      options.set(word.slice(2, equals), word.slice(equals + 1))
    else if (word.startsWith('-'))
      options.set(word.replace(/^-+/, ''), rest.shift() ?? '')
    else if (equals > 0)
      files.push([word.slice(0, equals), word.slice(equals + 1)])
    else throw new Error(`not understood: ${word}`)
  }
  if (options.get('s') !== 'dir')
    throw new Error('only a folder can be packed (-s dir)')
  return { options, depends, recommends, files }
}

/**
 * Copies what the order names below a new root and gives it the modes that installed files have.
 * @param {Order} order
 * @param {string} root
 */
function lay(order, root) {
  for (const [from, to] of order.files) {
    const target = join(root, to)
    mkdirSync(dirname(target), { recursive: true })
    cpSync(from, target, {
      recursive: from.endsWith('/'),
      verbatimSymlinks: true,
      preserveTimestamps: true,
    })
  }
  setModes(root)
}

/** @param {string} path */
function setModes(path) {
  const entry = lstatSync(path)
  if (entry.isSymbolicLink())
    return
  const isOpen = entry.isDirectory() || (entry.mode & 0o111) !== 0
  chmodSync(path, isOpen
    ? 0o755
    : 0o644)
  if (entry.isDirectory())
    readdirSync(path).forEach(name => setModes(join(path, name)))
}

/**
 * @param {string} path
 * @returns {number} bytes
 */
function sizeOf(path) {
  const entry = lstatSync(path)
  return entry.isDirectory()
    ? readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0)
    : entry.size
}

/** @param {Order} order */
function describe({ options }) {
  const [summary = '', ...text] = (options.get('description') ?? '').split('\n').map(line => line.trim()).filter(line => line !== '')
  return { summary: summary || (options.get('name') ?? ''), text }
}

/**
 * @param {Order} order
 * @param {string} root
 * @param {string} target
 */
function makeDeb(order, root, target) {
  const { options, depends, recommends } = order
  const { summary, text } = describe(order)
  const size = Math.ceil(sizeOf(root) / 1024)
  const control = join(root, 'DEBIAN')
  mkdirSync(control)
  const fields = [
    ['Package', options.get('name')],
    ['Version', options.get('version')],
    ['Architecture', options.get('architecture')],
    ['Maintainer', options.get('maintainer')],
    ['Installed-Size', `${size}`],
    ['Depends', depends.join(', ')],
    ['Recommends', recommends.join(', ')],
    ['Section', options.get('category') ?? 'default'],
    ['Priority', options.get('deb-priority') ?? 'optional'],
    ['Homepage', options.get('url')],
  ]
  writeFileSync(join(control, 'control'), [
    ...fields.flatMap(([name, value]) => value
      ? [`${name}: ${value}`]
      : []),
    `Description: ${summary}`,
    ...text.map(line => ` ${line}`),
    '',
  ].join('\n'))
  for (const [key, name] of SCRIPTS) {
    const script = options.get(key)
    if (script) {
      writeFileSync(join(control, name), readFileSync(script))
      chmodSync(join(control, name), 0o755)
    }
  }
  execFileSync('dpkg-deb', ['-Zxz', '--root-owner-group', '--build', root, target], { stdio: ['ignore', 'ignore', 'inherit'] })
}

/**
 * @param {Order} order
 * @param {string} root
 * @param {string} target
 * @param {string} work
 */
function makeRpm(order, root, target, work) {
  const { options, depends, files } = order
  const { summary, text } = describe(order)
  const specification = join(work, 'package.spec')
  writeFileSync(specification, [
    `Name: ${options.get('name')}`,
    // A dash would part version and release.
    `Version: ${(options.get('version') ?? '').replaceAll('-', '~')}`,
    'Release: 1',
    `Summary: ${summary}`,
    `License: ${options.get('license')}`,
    `URL: ${options.get('url')}`,
    'AutoReqProv: no',
    ...depends.map(name => `Requires: ${name}`),
    // Chromium's files are to stay as they are.
    '%define __os_install_post %{nil}',
    '%define _build_id_links none',
    '%description',
    ...text,
    ...SCRIPTS.flatMap(([key, , section]) => {
      const script = options.get(key)
      return script
        ? [`%${section}`, readFileSync(script, 'utf8')]
        : []
    }),
    '%files',
    '%defattr(-,root,root,-)',
    ...files.map(([, to]) => `"${to.replace(/\/$/, '')}"`),
    '',
  ].join('\n'))
  const architecture = options.get('architecture') === 'amd64'
    ? 'x86_64'
    : options.get('architecture') ?? ''
  execFileSync('rpmbuild', [
    '-bb',
    '--target',
    architecture,
    '--buildroot',
    root,
    '--define',
    `_topdir ${work}/rpm`,
    '--define',
    `_rpmdir ${work}/made`,
    '--define',
    '_rpmfilename made.rpm',
    specification,
  ], { stdio: ['ignore', 'ignore', 'inherit'] })
  cpSync(join(work, 'made/made.rpm'), target)
}

const order = readOrder(process.argv.slice(2))
const target = order.options.get('package') ?? ''
const work = mkdtempSync(join(tmpdir(), 'ringside-package-'))
try {
  const root = join(work, 'root')
  lay(order, root)
  rmSync(target, { force: true })
  const kind = order.options.get('t')
  if (kind === 'deb')
    makeDeb(order, root, target)
  else if (kind === 'rpm')
    makeRpm(order, root, target, work)
  else throw new Error(`cannot make ${kind}, only deb and rpm`)
}
finally {
  rmSync(work, { recursive: true, force: true })
}

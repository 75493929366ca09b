import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { generate } from '../../../build/catalog.mjs'
import { actionEntries, eventEntries, parameterEntries } from '../../../main/ami/catalog/entries.ts'
import { branches, isAmong, parseRelease } from '../../../main/ami/catalog/versions.ts'

const ROOT = resolve(import.meta.dirname, '../../..')
const fixture = (name: string): unknown => JSON.parse(readFileSync(resolve(ROOT, `test/fixtures/catalog/${name}.json`), 'utf8'))
const listed = fixture('list-commands') as Readonly<Record<string, Readonly<Record<string, string>>>>
const seen = fixture('events-seen') as Readonly<Record<string, readonly string[]>>

/** Events that are no part of the interface, with the reason. */
const foreign: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [/^UserEvent/, 'up to 1.2 the dialplan makes up the name'],
  [/^DataGet Tree$/, 'an item of the list of DataGet, which is named after the action'],
]

const types = ['text', 'number', 'boolean', 'choice', 'channel', 'context', 'exten', 'file', 'queue', 'mailbox', 'peer', 'secret']
const classes = ['system', 'call', 'log', 'verbose', 'agent', 'user', 'config', 'command', 'dtmf', 'reporting', 'cdr', 'dialplan', 'originate', 'agi', 'cc', 'aoc', 'test', 'security', 'message']
const notation = /^(?:all|never registered|only in the seed text|\d[\d.]*(?:\+|–\d[\d.]*)?(?:, \d[\d.]*(?:\+|–\d[\d.]*)?)*)$/

describe('the catalogue of actions', () => {
  it.each(['16', '22'])('has every action that a real %s offers', (version) => {
    expect(Object.keys(listed[version] ?? {}).filter(name => !Object.hasOwn(actionEntries, name))).toEqual([])
  })

  it.each(['16', '22'])('names the classes that a real %s asks for', (version) => {
    const wrong = Object.entries(listed[version] ?? {}).flatMap(([name, printed]) => {
      const release = parseRelease(version)
      const told = printed.split(',').filter(word => word !== 'all' && word !== '<none>' && word !== '').sort()
      const ours = Object.entries(actionEntries[name]?.privilege ?? {}).filter(([versions]) => release !== null && isAmong(versions, release)).flatMap(([, names]) => names).sort()
      return told.join() === ours.join() ? [] : [`${name}: ${told.join()} / ${ours.join()}`]
    })
    expect(wrong).toEqual([])
  })

  it.each(['16', '22'])('does not offer on %s what it lacks, but for modules that were not loaded', (version) => {
    const release = parseRelease(version)
    const notLoaded = /^(?:DAHDI|PRI|Meetme|FAX|MWI|Rpt|SKINNY|SIP|Jabber|Sorcery|AOC|AGI|IAX|PJSIP|Monitor|(?:Change|Pause|Stop|Unpause)Monitor$|DataGet|PlayMF)/
    const surplus = Object.entries(actionEntries)
      .filter(([name, { versions }]) => release !== null && isAmong(versions, release) && !Object.hasOwn(listed[version] ?? {}, name) && !notLoaded.test(name))
      .map(([name]) => name)
    expect(surplus).toEqual([])
  })

  it('knows for each parameter what it is and what it is for', () => {
    const wrong = Object.entries(actionEntries).flatMap(([action, { parameters }]) => Object.entries(parameters).flatMap(([name, own]) => {
      const whole = { ...parameterEntries[name], ...own }
      return types.includes(whole.type ?? '') && (whole.help ?? '').length > 2 && notation.test(own.versions) && (own.type !== 'choice' || (own.choices?.length ?? 0) > 0)
        ? []
        : [`${action}.${name}`]
    }))
    expect(wrong).toEqual([])
  })

  it('leads from every old name to actions that are there', () => {
    for (const [name, { successors = [] }] of Object.entries(actionEntries)) {
      for (const next of successors)
        expect([name, Object.hasOwn(actionEntries, next)]).toEqual([name, true])
    }
    for (const name of ['ZapHangup', 'ZapTransfer', 'SIPpeers', 'Monitor', 'Queues'])
      expect([name, actionEntries[name]?.successors?.length ?? 0]).not.toEqual([name, 0])
  })

  it('uses known words for classes, releases and answers', () => {
    for (const [name, { privilege, versions, reply, items = [], complete = [] }] of Object.entries(actionEntries)) {
      expect([name, notation.test(versions)]).toEqual([name, true])
      expect([name, Object.values(privilege).flat().filter(word => !classes.includes(word))]).toEqual([name, []])
      expect([name, ['single', 'list', 'raw', 'output'].includes(reply)]).toEqual([name, true])
      expect([name, [...items, ...complete].filter(event => !Object.hasOwn(eventEntries, event))]).toEqual([name, []])
    }
  })

  it('asks before whatever ends, moves, records or changes something of others', () => {
    for (const name of ['Hangup', 'Redirect', 'UpdateConfig', 'Command', 'DAHDIRestart', 'ZapRestart', 'Originate', 'DBDelTree', 'MixMonitor', 'ModuleLoad', 'QueueReset'])
      expect([name, typeof actionEntries[name]?.danger]).toEqual([name, 'string'])
    for (const name of ['Ping', 'Status', 'ExtensionState', 'ListCommands', 'QueueStatus', 'Getvar'])
      expect([name, actionEntries[name]?.danger]).toEqual([name, undefined])
  })
})

describe('the catalogue of events', () => {
  it.each(Object.keys(seen))('has every event in the recordings of %s', (version) => {
    const missing = (seen[version] ?? []).filter(name => !Object.hasOwn(eventEntries, name) && !foreign.some(([pattern]) => pattern.test(name)))
    expect(missing).toEqual([])
  })

  it('leads from every old name to events that are there, in known words', () => {
    for (const [name, { successors = [], answers = [], privilege, versions }] of Object.entries(eventEntries)) {
      expect([name, successors.filter(next => !Object.hasOwn(eventEntries, next))]).toEqual([name, []])
      expect([name, answers.filter(action => !Object.hasOwn(actionEntries, action))]).toEqual([name, []])
      expect([name, privilege.filter(word => !classes.includes(word))]).toEqual([name, []])
      expect([name, notation.test(versions)]).toEqual([name, true])
    }
  })
})

describe('notation of releases', () => {
  it.each([
    ['13+', '13', true],
    ['13+', '22.10.1', true],
    ['13+', '12.8.2', false],
    ['1.6.1–20', '1.6.0.28', false],
    ['1.6.1–20', '1.6.1', true],
    ['1.6.1–20', '20.5.0', true],
    ['1.6.1–20', '21.0.0', false],
    ['18.19.0+, 20.4.0+, 21+', '18.18.9', false],
    ['18.19.0+, 20.4.0+, 21+', '18.19.0', true],
    ['18.19.0+, 20.4.0+, 21+', '19.5.0', false],
    ['18.19.0+, 20.4.0+, 21+', '20.10.0', true],
    ['18.19.0+, 20.4.0+, 21+', '22.0.0', true],
    ['1.4.22+, 1.6.0+', '1.4.21', false],
    ['1.4.22+, 1.6.0+', '1.4.22.1', true],
    ['1.0–1.4', '1.2.40', true],
    ['18, 20+', '19', false],
    ['all', '1.0', true],
  ])('%s on %s: %s', (versions, release, answer) => {
    const parsed = parseRelease(release)
    expect(parsed && isAmong(versions, parsed)).toBe(answer)
  })

  it('takes the longest branch that fits, and nothing for what is no release', () => {
    expect(branches[parseRelease('1.6.2.24')?.branch ?? 0]).toBe('1.6.2')
    expect(branches[parseRelease('10.12.4')?.branch ?? 0]).toBe('10')
    expect(parseRelease('SVN-trunk-r1234')).toBeNull()
  })
})

it('is what the generated files were made from', () => {
  for (const [path, text] of Object.entries(generate()))
    expect([path, readFileSync(resolve(ROOT, path), 'utf8') === text]).toEqual([path, true])
})

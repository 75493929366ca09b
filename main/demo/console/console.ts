import type { OfficePbx } from '../office-pbx.ts'
import type { ConsoleCommand } from './command.ts'
import { coreCommands } from './core-commands.ts'
import { officeCommands } from './office-commands.ts'

export interface ConsoleResult { readonly lines: readonly string[], readonly isRefused: boolean }

const help: ConsoleCommand = {
  name: 'core show help',
  summary: 'Display help list, or specific help on a command',
  usage: ['Usage: core show help [topic]', '       When called with a topic as an argument, displays usage', '       information on the given command. If called without a', '       topic, it provides a list of commands.'],
  run(_, words) {
    const topic = words.join(' ')
    const exact = commands.find(({ name }) => name === topic)
    if (exact)
      return exact.usage
    const below = commands.filter(({ name }) => topic === '' || name.startsWith(`${topic} `))
    return below.length === 0
      ? [`No such command '${topic}'.`]
      : below.map(({ name, summary }) => `${name.padEnd(30)} -- ${summary}`)
  },
}

const commands: readonly ConsoleCommand[] = [...coreCommands, ...officeCommands, help].sort((one, two) => one.name.localeCompare(two.name, 'en'))

/** What the console prints for a line that somebody typed. */
export function runCommand(office: OfficePbx, line: string): ConsoleResult {
  const asked = /^_command matchesarray "([^"]*)" "([^"]*)"$/.exec(line)
  if (asked)
    return { lines: [matches(office, asked[1] ?? '', asked[2] ?? '')], isRefused: false }
  const words = line.split(/\s+/).filter(word => word !== '')
  const typed = words.join(' ')
  const command = commands
    .filter(({ name }) => typed === name || typed.startsWith(`${name} `))
    .sort((one, two) => two.name.length - one.name.length)[0]
  if (!command)
    return { lines: [`No such command '${line}' (type 'core show help ${words.slice(0, 2).join(' ')}' for other possible commands)`], isRefused: true }
  const lines = command.run(office, words.slice(command.name.split(' ').length))
  return lines === null
    ? { lines: command.usage, isRefused: true }
    : { lines, isRefused: false }
}

/** As Asterisk's completion answers: what all have in common, each of them, and the end. */
function matches(office: OfficePbx, text: string, word: string): string {
  const before = text.slice(0, text.length - word.length).split(/\s+/).filter(one => one !== '')
  const next = commands.flatMap((command) => {
    const name = command.name.split(' ')
    const isBelow = before.every((one, index) => index >= name.length || name[index] === one)
    if (!isBelow)
      return []
    const own = name[before.length]
    if (own !== undefined)
      return [own]
    return command.complete?.(office, before.length - name.length) ?? []
  })
  const found = [...new Set(next)].filter(one => one.startsWith(word)).sort((one, two) => one.localeCompare(two, 'en'))
  return found.length === 0
    ? '_EOF_'
    : [commonStart(found), ...found, '_EOF_'].join(' ')
}

function commonStart(words: readonly string[]): string {
  const [first = '', ...others] = words
  let length = first.length
  while (!others.every(one => one.startsWith(first.slice(0, length)))) length--
  return first.slice(0, length)
}

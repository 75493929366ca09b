// `npm run coverage:ami`: each point of the AMI description, where it lives, where a person meets it and what proves it, from a run of its tests.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { inventory } from '../test/contract/inventory/inventory.ts'
import { ROOT } from './project.mjs'

interface Report { readonly testResults: readonly { readonly assertionResults: readonly { readonly title: string, readonly status: string }[] }[] }

const RELEASES = ['1.2', '1.4', '1.4z', '1.8', '11', '16', '22']

function runTests(): Report {
  const folder = mkdtempSync(join(tmpdir(), 'ringside-coverage-'))
  try {
    const file = join(folder, 'report.json')
    const { stderr } = spawnSync(process.execPath, [join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run', '--project', 'contract', 'test/contract/inventory', '--reporter=json', `--outputFile=${file}`], { cwd: ROOT, encoding: 'utf8' })
    try {
      return JSON.parse(readFileSync(file, 'utf8')) as Report // as vitest documents it
    }
    catch (cause) {
      throw new Error(`The tests wrote no report: ${stderr}`, { cause })
    }
  }
  finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Points that tests at real servers prove as well; those do not run here. */
function liveIds(): ReadonlySet<string> {
  const folder = join(ROOT, 'test/asterisk')
  return new Set(readdirSync(folder).filter(name => name.endsWith('.test.ts')).flatMap(name => [...readFileSync(join(folder, name), 'utf8').matchAll(/\bit\('(S-\d{3})\s/g)].map(([, id = '']) => id)))
}

const tests = runTests().testResults.flatMap(({ assertionResults }) => assertionResults)
const live = liveIds()

const table = inventory.map(({ id, reach, title, where }) => {
  const mine = tests.filter(test => test.title.startsWith(`${id} `))
  const recordings = new Set(mine.filter(({ status }) => status === 'passed').map(test => /\(([^/()]+)\/[^()]+\)$/.exec(test.title)?.[1] ?? ''))
  const proofs = [
    ...RELEASES.filter(release => recordings.has(release)),
    ...recordings.has('printed') ? ['printed example'] : [],
  ]
  const more = live.has(id) ? ['test:asterisk'] : []
  const failed = mine.filter(({ status }) => status !== 'passed').length
  return { id, title, where, reach, proven: failed > 0 ? `${failed} FAILED` : proofs.length > 0 ? [...proofs, ...more].join(', ') : 'NOT PROVEN', isProven: failed === 0 && proofs.length > 0 }
})

const columns = ['id', 'title', 'where', 'reach', 'proven'] as const
const heads = { id: 'item', title: 'what it says', where: 'implemented in', reach: 'reachable at', proven: 'proven by (recording of a release); test:asterisk proves it at real servers, too' }
const widths = columns.map(column => Math.max(heads[column].length, ...table.map(row => row[column].length)))
for (const row of [heads, ...table])
  console.log(columns.map((column, index) => row[column].padEnd(widths[index] ?? 0)).join('  ').trimEnd())

const proven = table.filter(({ isProven }) => isProven).length
const onTraffic = table.filter(({ isProven, proven: by }) => isProven && !/^printed example\b/.test(by)).length
console.log(`\n${proven} of ${table.length} proven, ${onTraffic} of them on real traffic, by ${tests.length} tests on recordings`)
process.exitCode = proven === table.length ? 0 : 1

import type { ICruiseResult } from 'dependency-cruiser'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { cruise } from 'dependency-cruiser'
import { afterEach, describe, expect, it } from 'vitest'
import rules from '../../.dependency-cruiser.mjs'

const empty = 'export const x = 1\n'
const made: string[] = []
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** Names of the walls that a tree with these files breaks. */
async function broken(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const base = mkdtempSync(join(tmpdir(), 'walls-'))
  made.push(base)
  for (const [path, text] of Object.entries({
    'package.json': '{ "type": "module" }',
    'tsconfig.base.json': '{}',
    'node_modules/electron/package.json': '{ "name": "electron", "main": "index.js" }',
    'node_modules/electron/index.js': empty,
    ...files,
  })) {
    mkdirSync(dirname(join(base, path)), { recursive: true })
    writeFileSync(join(base, path), text)
  }
  const folders = [
    ...new Set(Object.keys(files).map(path => path.split('/')[0] ?? '')),
  ]
  const { output } = await cruise(folders, {
    ...rules.options,
    tsConfig: {
      fileName: join(base, 'tsconfig.base.json'),
    },
    ruleSet: { forbidden: rules.forbidden },
    validate: true,
    baseDir: base,
  } as Parameters<typeof cruise>[1])
  return [
    ...new Set((output as ICruiseResult).summary.violations.map(violation => violation.rule.name)),
  ].sort()
}

const planted: readonly (readonly [wall: string, files: Readonly<Record<string, string>>])[] = [
  [
    'no-circular',
    { 'main/a.ts': 'import { b } from "./b.ts"\nexport const a = b\n', 'main/b.ts': 'import { a } from "./a.ts"\nexport const b = a\n' },
  ],
  [
    'contract-is-pure',
    { 'preload/contract/x.ts': 'import "../../main/x.ts"\n', 'main/x.ts': empty },
  ],
  [
    'renderer-sees-only-the-contract',
    { 'renderer/App.vue': '<script setup lang="ts">\nimport { x } from "../main/x.ts"\nx\n</script>\n', 'main/x.ts': empty },
  ],
  [
    'main-sees-only-the-contract',
    { 'main/x.ts': 'import "../renderer/y.ts"\n', 'renderer/y.ts': empty },
  ],
  [
    'electron-only-at-the-edge',
    { 'main/features/x.ts': 'import { app } from "electron"\nexport const y = app\n' },
  ],
  [
    'schemas-stay-in-main',
    { 'renderer/x.ts': 'import { commands } from "../preload/contract/commands.ts"\nexport const y = commands\n', 'preload/contract/commands.ts': 'export const commands = {}\n' },
  ],
  [
    'renderer-has-no-node',
    { 'renderer/x.ts': 'import "node:fs"\n' },
  ],
  [
    'pure-core',
    { 'main/pbx/x.ts': 'import "node:fs"\n' },
  ],
  [
    'ami-knows-no-pbx',
    { 'main/ami/session/x.ts': 'import "../../pbx/y.ts"\n', 'main/pbx/y.ts': empty },
  ],
  [
    'pbx-knows-no-ami',
    { 'main/pbx/x.ts': 'import "../ami/wire/y.ts"\n', 'main/ami/wire/y.ts': empty },
  ],
  [
    'core-runs-without-the-shell',
    { 'main/app.ts': 'import "./shell/tray.ts"\n', 'main/shell/tray.ts': empty },
  ],
]

describe('the walls of the house', () => {
  it.each(planted)('%s falls to its planted violation', async (wall, files) => {
    expect(await broken(files)).toContain(wall)
  })

  it('has a planted violation for every rule', () => {
    expect(planted.map(([wall]) => wall).sort()).toEqual(rules.forbidden.map(rule => rule.name).sort())
  })

  it('lets pass what keeps to them', async () => {
    expect(await broken({
      'main/app.ts': 'import { x } from "./pbx/x.ts"\nexport const y = x\n',
      'main/pbx/x.ts': empty,
      'main/index.ts': 'import { app } from "electron"\nimport "./app.ts"\nexport const y = app\n',
      'renderer/x.ts': 'import type { commands } from "../preload/contract/commands.ts"\nexport type Y = typeof commands\n',
      'preload/contract/commands.ts': 'export const commands = {}\n',
    })).toEqual([])
  })
})

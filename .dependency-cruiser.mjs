/** The walls of the house. Each has a planted violation in test/unit/walls.test.ts. */
const NO_NODE = {
  dependencyTypes: ['core'],
}
const ELECTRON = { path: '^(node_modules/)?electron($|/)' }

export default {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: {
        circular: true,
        viaOnly: {
          dependencyTypesNot: ['type-only'],
        },
      },
    },
    {
      name: 'contract-is-pure',
      severity: 'error',
      from: { path: '^preload/contract/' },
      to: { pathNot: '^preload/contract/|^node_modules/zod/' },
    },
    {
      name: 'renderer-sees-only-the-contract',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { path: '^(main|preload|test|build)/', pathNot: '^preload/contract/' },
    },
    {
      name: 'main-sees-only-the-contract',
      severity: 'error',
      from: { path: '^main/' },
      to: { path: '^(renderer|preload|test|build)/', pathNot: '^preload/contract/' },
    },
    {
      name: 'electron-only-at-the-edge',
      severity: 'error',
      from: { path: '^(main|renderer|preload)/', pathNot: '^main/(index\\.ts|shell/|ipc/electron\\.ts|credentials/electron\\.ts)|^preload/index\\.ts' },
      to: ELECTRON,
    },
    {
      name: 'schemas-stay-in-main',
      severity: 'error',
      from: { path: '^(renderer/|preload/index\\.ts)' },
      to: {
        path: '^preload/contract/commands?\\.ts$|^node_modules/zod/',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'renderer-has-no-node',
      severity: 'error',
      from: { path: '^renderer/' },
      to: NO_NODE,
    },
    {
      name: 'pure-core',
      severity: 'error',
      from: { path: '^main/(pbx|features|ami/wire|ami/translate)/' },
      to: NO_NODE,
    },
    {
      name: 'ami-knows-no-pbx',
      severity: 'error',
      from: { path: '^main/ami/', pathNot: '^main/ami/translate/' },
      to: { path: '^main/(pbx|features)/' },
    },
    {
      name: 'pbx-knows-no-ami',
      severity: 'error',
      from: { path: '^main/(pbx|features)/' },
      to: { path: '^main/ami/' },
    },
    {
      name: 'core-runs-without-the-shell',
      severity: 'error',
      from: { path: '^main/', pathNot: '^main/(index\\.ts|shell/)' },
      to: { path: '^main/(index\\.ts|shell/)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'default'],
      extensions: ['.ts', '.vue', '.js', '.mjs', '.json'],
    },
  },
}

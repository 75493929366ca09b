// One file for both tools: electron-vite calls the default export with a mode, electron-builder without one.
import type { AfterPackContext, Configuration } from 'electron-builder'
import type { UserConfig } from 'electron-vite'
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import process from 'node:process'
import metadata from './package.json' with { type: 'json' }

const at = (path: string): string => resolve(import.meta.dirname, path)

async function vite(): Promise<UserConfig> {
  const { default: vue } = await import('@vitejs/plugin-vue')
  return {
    // Bundling everything into one file is worth 140 ms of every start.
    main: {
      resolve: {
        alias: [
          { find: /^ajv(?:-formats|\/.*)?$/, replacement: at('build/no-schemas.ts') },
          { find: 'when-exit', replacement: at('build/no-exit-hooks.ts') },
        ],
      },
      build: {
        outDir: at('out/main'),
        externalizeDeps: false,
        minify: 'oxc',
        lib: {
          entry: at('main/index.ts'),
          formats: ['es'],
          fileName: 'index',
        },
        // A library keeps its white space otherwise, and what is longer takes longer to read.
        rolldownOptions: { output: { minify: true } },
      },
    },
    // A sandboxed preload must be CommonJS.
    preload: {
      build: {
        outDir: at('out/preload'),
        externalizeDeps: false,
        lib: {
          entry: at('preload/index.ts'),
          formats: ['cjs'],
          fileName: 'index',
        },
      },
    },
    renderer: {
      root: at('renderer'),
      plugins: [
        vue(),
      ],
      define: {
        __VUE_OPTIONS_API__: 'false',
        __VUE_PROD_DEVTOOLS__: 'false',
        __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
        __VUE_I18N_LEGACY_API__: 'false',
        __VUE_I18N_FULL_INSTALL__: 'false',
        __INTLIFY_PROD_DEVTOOLS__: 'false',
      },
      build: {
        outDir: at('out/renderer'),
        minify: 'oxc',
        // A page asks for all of its scripts at once instead of for one after the other.
        modulePreload: { polyfill: false },
        rolldownOptions: {
          input: {
            main: at('renderer/windows/main/index.html'),
            popup: at('renderer/windows/popup/index.html'),
            admin: at('renderer/windows/admin/index.html'),
          },
          // Each file costs a request of the start; what two windows share is one.
          output: { codeSplitting: { groups: [{ name: 'shared', minShareCount: 2 }] } },
        },
      },
    },
  }
}

/** Set where a package is made from the test copy of Electron, which never leaves the machine. */
const isTestPackage = process.env.RINGSIDE_TEST_PACKAGE === '1'

/** Refuses a copy of Electron that is not Electron's own, whichever way it came here, before a byte of it is copied. */
function beforePack({ packager }: AfterPackContext): void {
  const { electronDist } = packager.config
  if (typeof electronDist === 'string' && existsSync(resolve(electronDist, 'ORIGIN')) && !isTestPackage)
    throw new Error('this Electron is the copy for tests: nothing for release is made of it')
}

/** Takes away what an unpacked Electron starts when it is given no program. */
async function afterPack({ appOutDir, packager }: AfterPackContext): Promise<void> {
  await rm(resolve(packager.getResourcesDir(appOutDir), 'default_app.asar'), { force: true })
}

const builder: Configuration = {
  appId: 'org.ringside.Ringside',
  productName: 'Ringside',
  directories: { output: 'dist', buildResources: 'build' },
  ...(process.env.ELECTRON_BUILDER_DIST
    ? { electronDist: process.env.ELECTRON_BUILDER_DIST }
    : {}),
  extraMetadata: {
    homepage: 'https://ringside.example/',
    ...(isTestPackage
      ? { version: `${metadata.version}-test-only` }
      : {}),
  },
  beforePack,
  afterPack,
  files: ['out/**', 'package.json', '!node_modules'],
  asar: true,
  npmRebuild: false,
  publish: null,
  electronLanguages: ['en-US'],
  protocols: [
    {
      name: 'Phone numbers',
      schemes: ['tel'],
    },
  ],
  electronFuses: {
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    resetAdHocDarwinSignature: false,
  },
  linux: {
    target: ['deb', 'rpm'],
    maintainer: 'The Ringside developers <developers@ringside.example>',
    synopsis: metadata.description,
    category: 'Telephony',
    executableName: 'ringside',
    syncDesktopName: true,
  },
  deb: {
    recommends: [],
    depends: [
      'libgtk-3-0 | libgtk-3-0t64',
      'libnotify4',
      'libnss3',
      'libasound2 | libasound2t64',
      'libgbm1',
      'libxtst6',
      'xdg-utils',
      'libsecret-1-0',
    ],
  },
}

export default (env?: { mode?: string }): Promise<UserConfig> | Configuration => (env?.mode
  ? vite()
  : builder)

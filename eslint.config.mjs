import antfu from '@antfu/eslint-config'

export default antfu(
  {
    type: 'app',
    vue: true,
    typescript: true,
    markdown: false,
    pnpm: false,
    ignores: [
      'out',
      'dist',
      'test/fixtures',
      'main/ami/catalog/data',
      'main/ami/catalog/generated',
      '**/*.md',
      'package-lock.json',
    ],
  },
  {
    rules: {
      'antfu/if-newline': 'error',
      'antfu/reasonable-newline': 'off',
      'ts/no-use-before-define': ['error', { functions: false, classes: false, variables: false }],
      'dot-notation': 'off',
      'vue/dot-notation': 'off',
      'node/prefer-global/buffer': 'off',
      'no-console': 'error',
      'ts/no-explicit-any': 'error',
      'ts/no-non-null-assertion': 'error',
      'test/prefer-lowercase-title': 'off',
      'style/max-statements-per-line': 'off',
      'e18e/prefer-static-regex': 'off',
    },
  },
  {
    files: ['build/**', 'test/bench/**', 'test/support/**'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['build/**/*.mjs', 'build/demo.ts'],
    rules: {
      // Programs may wait at their top level; types in JSDoc say enough without a sentence each.
      'antfu/no-top-level-await': 'off',
      'jsdoc/require-property-description': 'off',
      'jsdoc/require-returns-description': 'off',
    },
  },
)

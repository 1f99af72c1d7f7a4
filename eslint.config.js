import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', 'fixtures/', 'coverage/', '.cache/'] },
  ...tseslint.configs.strict,
  ...tseslint.configs.stylistic,
  {
    rules: {
      // The one place that ends the process is src/cli/main.ts; everything else returns or throws.
      'no-restricted-properties': ['error', { object: 'process', property: 'exit' }],
      'no-restricted-imports': [
        'error',
        {
          paths: [
            { name: 'child_process', message: 'Use execa (or node:child_process in src/sandbox/backends).' },
          ],
        },
      ],
      eqeqeq: ['error', 'always'],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/consistent-type-definitions': ['error', 'interface'],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  // CommonJS on purpose: `node --require` loads the one before the program that it watches, and Node starts the other faster so.
  { files: ['**/*.cjs', 'bin/*.js'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
  { files: ['bin/**', 'scripts/**', 'bench/**'], rules: { 'no-restricted-properties': 'off' } },
);

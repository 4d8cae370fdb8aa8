import { defineConfig } from 'vitest/config'

// Tests read the TypeScript sources of every package through the "errorg:source" condition, so that no
// build stands between a change and its test. Tests of built artefacts (CLI, tarballs) name dist themselves.
export default defineConfig({
  resolve: { conditions: ['errorg:source'] },
  // "import" must not be among the conditions: it would reach the require calls of CommonJS packages too.
  ssr: { resolve: { conditions: ['errorg:source', 'node'] } },
  test: {
    include: ['packages/*/src/**/*.test.ts', 'test/**/*.test.ts'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
})

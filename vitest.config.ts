import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

// Tests read the TypeScript sources of every package through the "errorg:source" condition, so that no
// build stands between a change and its test. Tests of built artefacts (CLI, tarballs) name dist themselves.
export default defineConfig({
  resolve: { conditions: ['errorg:source'] },
  // "import" must not be among the conditions: it would reach the require calls of CommonJS packages too.
  ssr: { resolve: { conditions: ['errorg:source', 'node'] } },
  test: {
    setupFiles: ['./test/seed.ts'],
    include: ['packages/*/src/**/*.test.ts', 'test/**/*.test.ts'],
    // One core less than there are is vitest's own choice; on two cores that would be one file after the other.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})

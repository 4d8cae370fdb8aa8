import { defineConfig } from 'tsdown'

const base = {
  format: 'esm' as const,
  platform: 'node' as const,
  target: 'node20.19',
  fixedExtension: false,
  sourcemap: false,
  clean: true,
  dts: true,
}

// One entry a public subpath. A package's own dependencies stay external; nothing is bundled across packages.
export default defineConfig([
  {
    ...base,
    cwd: 'packages/errors',
    entry: {
      index: 'src/index.ts',
      codes: 'src/codes/index.ts',
      oauth: 'src/oauth/index.ts',
      kinds: 'src/kinds.ts',
      operations: 'src/operations/index.ts',
      proofs: 'src/proofs/index.ts',
      retry: 'src/retry.ts',
      wire: 'src/wire/index.ts',
    },
  },
  { ...base, cwd: 'packages/server', entry: { index: 'src/index.ts' } },
  { ...base, cwd: 'packages/client', entry: { index: 'src/index.ts' } },
  { ...base, cwd: 'packages/diagnose', entry: { index: 'src/index.ts' } },
  { ...base, cwd: 'packages/cli', entry: { main: 'src/main.ts' }, dts: false },
])

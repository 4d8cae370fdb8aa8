#!/usr/bin/env node
// `npm test`: sets up what is missing and runs every check. The last line is `N passed, N failed`; a check that is
// no test (types, lint, generated files) counts as one.
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { build, checkNode, install, root, run, say } from './setup.mjs'

checkNode()
await install()
await build()

const node = process.execPath
const bin = (name) => path.join(root, 'node_modules', name)
const report = path.join(root, '.cache', 'vitest.json')
let passed = 0
let failed = 0
let skipped = 0

async function check(name, command, args, advice) {
  say(`${name} …`)
  const code = await run(command, args)
  if (code === 0) passed += 1
  else {
    failed += 1
    say(`${name} FAILED. ${advice}`)
  }
}

await check(
  'types',
  node,
  [bin('typescript/bin/tsc'), '--noEmit', '-p', 'tsconfig.json'],
  'The compiler names file and line above.',
)
await check(
  'lint and format',
  node,
  [bin('@biomejs/biome/bin/biome'), 'check', '.', '--max-diagnostics=40'],
  'Run `npx biome check --write .` and read what remains.',
)
await check(
  'generated files',
  node,
  ['scripts/generate.mjs', '--check'],
  'Run `npm run generate` and commit what changes.',
)

say('tests …')
mkdirSync(path.dirname(report), { recursive: true })
rmSync(report, { force: true })
const code = await run(node, [
  bin('vitest/vitest.mjs'),
  'run',
  '--reporter=dot',
  '--reporter=json',
  `--outputFile.json=${report}`,
  ...process.argv.slice(2),
])
try {
  const result = JSON.parse(readFileSync(report, 'utf8'))
  passed += result.numPassedTests
  failed += result.numFailedTests
  skipped += result.numPendingTests + result.numTodoTests
  // A file that does not even load has no failed test, yet fails the run.
  if (code !== 0 && result.numFailedTests === 0) failed += Math.max(1, result.numFailedTestSuites)
} catch {
  failed += 1
  say('the tests left no report; the reason is above')
}

if (skipped > 0) say(`${skipped} skipped: they need ../shared or a program that is not on this machine, and say so`)
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)

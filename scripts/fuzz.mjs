#!/usr/bin/env node
// `npm run fuzz [-- rounds [first seed]]`: every property test with new examples, round after round, until one fails or
// the rounds are over. It prints the seed of each round: ERRORG_FUZZ_SEED=… npm test shows a failure again.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { root, run, say } from './setup.mjs'

const [rounds = 10, first = Date.now() % 1_000_000_000] = process.argv.slice(2).map(Number)
if (!Number.isSafeInteger(rounds) || !Number.isSafeInteger(first)) {
  say('usage: npm run fuzz -- rounds [first seed], both whole numbers')
  process.exit(2)
}

const { stdout } = spawnSync('git', ['ls-files', '*.test.ts'], { cwd: root, encoding: 'utf8' })
const files = stdout
  .split('\n')
  .filter((file) => file !== '' && readFileSync(path.join(root, file), 'utf8').includes("from 'fast-check'"))

const vitest = path.join(root, 'node_modules/vitest/vitest.mjs')
for (let seed = first; seed < first + rounds; seed++) {
  say(`${files.length} files of property tests with ERRORG_FUZZ_SEED=${seed} …`)
  process.env.ERRORG_FUZZ_SEED = String(seed)
  const code = await run(process.execPath, [vitest, 'run', '--reporter=dot', ...files])
  if (code !== 0) process.exit(code)
}

#!/usr/bin/env node
// Runs every generator, in their order; with --check each compares with what is committed and changes nothing.
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { root, run, say } from './setup.mjs'

const generators = readdirSync(path.join(root, 'scripts'))
  .filter((name) => /^generate-.+\.mjs$/.test(name))
  .sort()
const stale = []
for (const name of generators) {
  const code = await run(process.execPath, [path.join('scripts', name), ...process.argv.slice(2)])
  if (code !== 0) stale.push(name)
}
if (stale.length > 0) {
  say(`not fresh: ${stale.join(', ')}`)
  process.exit(1)
}

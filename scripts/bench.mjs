#!/usr/bin/env node
// `npm run bench [-- name …]`: builds, then runs the benches of bench/, one file a question.
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { build, checkNode, install, root, run, say } from './setup.mjs'

checkNode()
await install()
await build()
const wanted = process.argv.slice(2)
const benches = readdirSync(path.join(root, 'bench')).filter((name) => name.endsWith('.bench.mjs'))
const chosen = wanted.length === 0 ? benches : benches.filter((name) => wanted.includes(name.replace('.bench.mjs', '')))
if (chosen.length === 0) {
  say(
    `no bench is called ${wanted.join(' or ')}; there are: ${benches.map((name) => name.replace('.bench.mjs', '')).join(', ')}`,
  )
  process.exit(2)
}
let failed = 0
for (const name of chosen) {
  say(`bench ${name} …`)
  failed +=
    (await run(process.execPath, ['--expose-gc', path.join('bench', name)], { stdio: ['ignore', 1, 2] })) === 0 ? 0 : 1
}
process.exit(failed === 0 ? 0 : 1)

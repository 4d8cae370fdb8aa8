#!/usr/bin/env node
// Which pages follow from the catalogue? Writes docs/errors/, docs/causes/, SUPPORTED.md and the numbers in README.md
// from the built packages.
//   node scripts/generate-docs.mjs           writes them, and removes pages of codes and kinds that are gone
//   node scripts/generate-docs.mjs --check   changes nothing, exits 1 when one is stale
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { entriesOf } from './docs/catalogue.mjs'
import { errorIndex, errorPage } from './docs/error-pages.mjs'
import { kindIndex, kindPage } from './docs/kind-pages.mjs'
import { numbersOf, numbersTable, supportedPage } from './docs/supported.mjs'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const check = process.argv.includes('--check')
// How many calls the open recordings hold; test/recordings.test.ts prints it beside the matches.
const RECORDED_CALLS = 3054

for (const name of ['errors', 'server']) {
  if (existsSync(path.join(root, 'packages', name, 'dist', 'index.js'))) continue
  console.error(`packages/${name} is not built, and the pages are made from what is. Run: npm run build`)
  process.exit(2)
}
const { codes, newerCodes } = await import('@errorg/errors/codes')
const { redirectErrors } = await import('@errorg/errors/oauth')
const { kinds } = await import('@errorg/errors/kinds')
const { describeStep, ledger, proofsOf } = await import('@errorg/errors/proofs')
const { wireOf } = await import('@errorg/errors')
const { supportedOperations } = await import('@errorg/server')

const entries = entriesOf({ codes, redirectErrors, proofsOf, ledger })
const operations = supportedOperations()
const numbers = numbersOf({ entries, operations, recordings: [recordedMatches(), RECORDED_CALLS] })

const pages = new Map([
  ['SUPPORTED.md', supportedPage({ entries, operations, numbers, kinds, newerCodes })],
  ['docs/errors/README.md', errorIndex(entries, newerCodes)],
  ['docs/causes/README.md', kindIndex(kinds, entries)],
])
for (const entry of entries) pages.set(`docs/errors/${entry.name}.md`, errorPage(entry, { wireOf, describeStep }))
for (const [kind, it] of Object.entries(kinds)) pages.set(`docs/causes/${kind}.md`, kindPage(kind, it, entries))
const readme = withNumbers('README.md')
if (readme !== undefined) pages.set('README.md', readme)

const stale = []
for (const [name, text] of pages) {
  const file = path.join(root, name)
  if (existsSync(file) && readFileSync(file, 'utf8') === text) continue
  stale.push(name)
  if (check) continue
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, text)
}
for (const folder of ['docs/errors', 'docs/causes']) {
  if (!existsSync(path.join(root, folder))) continue
  for (const name of readdirSync(path.join(root, folder))) {
    if (pages.has(`${folder}/${name}`)) continue
    stale.push(`${folder}/${name}`)
    if (!check) rmSync(path.join(root, folder, name))
  }
}

if (stale.length === 0) console.log(`fresh: ${pages.size} pages`)
else if (check) {
  const more = stale.length > 5 ? ` and ${stale.length - 5} more` : ''
  console.error(`stale: ${stale.slice(0, 5).join(', ')}${more}. Run: npm run build && node scripts/generate-docs.mjs`)
  process.exitCode = 1
} else console.log(`wrote ${stale.length} of ${pages.size} pages`)

// The test of the recordings holds the number: what it does not reach fails there.
function recordedMatches() {
  const file = 'test/recordings.test.ts'
  const found = /^const MATCHED = (\d+)$/m.exec(readFileSync(path.join(root, file), 'utf8'))
  if (!found) throw new Error(`${file} has no line "const MATCHED = …" any more: tell scripts/generate-docs.mjs where`)
  return Number(found[1])
}

/** The README with its table of numbers brought up to date. */
function withNumbers(name) {
  const file = path.join(root, name)
  if (!existsSync(file)) return undefined
  const text = readFileSync(file, 'utf8')
  const marked = /(<!-- numbers: .*? -->\n)[\s\S]*?(<!-- end of numbers -->)/
  if (!marked.test(text)) throw new Error(`${name} has lost the comments "numbers: …" and "end of numbers"`)
  return text.replace(marked, (_all, before, after) => `${before}\n${numbersTable(numbers)}\n\n${after}`)
}

// Which parser belongs to the filter grammar? Writes packages/server/src/filter/grammar.generated.{js,d.ts} from grammar.peggy.
//   node scripts/generate-filter.mjs           writes the parser
//   node scripts/generate-filter.mjs --check   exits 1 when the committed parser is stale
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import peggy from 'peggy'

const folder = new URL('../packages/server/src/filter/', import.meta.url)
const grammarFile = new URL('grammar.peggy', folder)

const head = `// Generated from grammar.peggy by scripts/generate-filter.mjs. Edit the grammar, then run the script.\n`

const parser = peggy.generate(readFileSync(grammarFile, 'utf8'), {
  output: 'source',
  format: 'es',
  grammarSource: 'grammar.peggy',
})

const outputs = [
  ['grammar.generated.js', head + parser],
  [
    'grammar.generated.d.ts',
    `${head}import type { FilterNode } from './node.ts'

export interface ParseOptions {
  operators: ReadonlySet<string>
  refuse: (kind: 'unknown-operator' | 'unquoted-value' | 'unterminated-string' | 'bad-character', position: number) => never
}

export interface Expectation {
  type: 'literal' | 'class' | 'any' | 'end' | 'other'
  text?: string
  description?: string
}

export class SyntaxError extends globalThis.SyntaxError {
  expected: Expectation[] | null
  found: string | null
  location: { start: { offset: number }; end: { offset: number } }
}

export function parse(text: string, options: ParseOptions): FilterNode
`,
  ],
]

const check = process.argv.includes('--check')
let stale = 0
for (const [name, text] of outputs) {
  const file = new URL(name, folder)
  let before = ''
  try {
    before = readFileSync(file, 'utf8')
  } catch {
    // Missing counts as stale.
  }
  if (before === text) continue
  if (check) {
    stale += 1
    console.error(`${fileURLToPath(file)} is stale. Run: node scripts/generate-filter.mjs`)
  } else {
    writeFileSync(file, text)
    console.log(`wrote ${fileURLToPath(file)}`)
  }
}
process.exitCode = stale > 0 ? 1 : 0

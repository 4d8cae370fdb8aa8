// Where do the numbers of a bench go? Into results/<name>.json with the machine they were taken on; results/README.md
// is written anew from all of them.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const folder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../results')

/** The machine, in the words that matter when numbers are compared. */
export function describeHost() {
  const cpus = os.cpus()
  return {
    cpu: cpus[0]?.model.trim() ?? 'unknown',
    cores: cpus.length,
    memoryGb: Math.round(os.totalmem() / 2 ** 30),
    os: `${os.type()} ${os.arch()}`,
    node: process.versions.node,
    loadBefore: rounded(os.loadavg()[0]),
  }
}

/**
 * Keeps the numbers of a bench and prints them.
 *
 * @param {{
 *   name: string, question: string, how: string, host: object,
 *   rows: { what: string, value: number, unit: string, atMost?: number, detail?: string }[],
 * }} result
 */
export function keep(result) {
  mkdirSync(folder, { recursive: true })
  const whole = {
    ...result,
    at: new Date().toISOString(),
    rows: result.rows.map((row) => ({ ...row, value: rounded(row.value) })),
  }
  writeFileSync(path.join(folder, `${result.name}.json`), `${JSON.stringify(whole, undefined, 2)}\n`)
  writeFileSync(path.join(folder, 'README.md'), page())
  for (const row of whole.rows)
    console.log(`${row.what}: ${row.value} ${row.unit}${verdict(row)}${row.detail ? ` (${row.detail})` : ''}`)
}

function verdict(row) {
  if (row.atMost === undefined) return ''
  return row.value <= row.atMost ? `, wanted <= ${row.atMost}: reached` : `, wanted <= ${row.atMost}: MISSED`
}

function page() {
  const results = readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => JSON.parse(readFileSync(path.join(folder, file), 'utf8')))
  const parts = results.map((result) => {
    const { cpu, cores, memoryGb, node, loadBefore } = result.host
    const rows = result.rows.map(
      (row) =>
        `| ${row.what} | ${row.value} ${row.unit} | ${row.atMost === undefined ? '' : `<= ${row.atMost}`} | ${row.atMost === undefined ? '' : row.value <= row.atMost ? 'yes' : '**no**'} | ${row.detail ?? ''} |`,
    )
    return `## ${result.question}

${result.how}

| what | measured | wanted | reached | detail |
|---|---|---|---|---|
${rows.join('\n')}

${result.at.slice(0, 10)}, ${cpu}, ${cores} cores, ${memoryGb} GB, Node ${node}, load ${loadBefore} before the run. Again: \`npm run bench -- ${result.name}\`.
`
  })
  return `# Numbers

Generated from the files beside this one; each is written by the bench of its name in \`bench/\`. Compare numbers of one
run, on one machine. A ratio travels further than a time.

${parts.join('\n')}`
}

/** A number with three significant digits. */
export function rounded(value) {
  return Number(Number(value).toPrecision(3))
}

/** The middle of a list, or another share of it. */
export function quantile(values, share = 0.5) {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]
}

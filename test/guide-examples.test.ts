// Do the examples of the guide work? Each TypeScript block is a program: it is compiled, then run. Shell blocks run
// against a served demo org, seeds are put into an org.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { createOrg, readSeedText } from '@errorg/server'
import ts from 'typescript'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Running, serveDemo, start } from './cli/bin.ts'
import { blocksOf, differenceOf } from './page-blocks.ts'

const root = path.resolve(import.meta.dirname, '..')
const guide = path.join(root, 'docs/guide')
// Inside the repository, so that packages are found from there as from any program.
const folder = path.join(root, '.cache/guide')

const blocks = readdirSync(guide)
  .filter((name) => name.endsWith('.md'))
  .sort()
  .flatMap((page) =>
    blocksOf(readFileSync(path.join(guide, page), 'utf8')).map((block) => ({
      ...block,
      where: `docs/guide/${page}:${block.line}`,
      file: path.join(folder, `${page.replace('.md', '')}-${block.line}.ts`),
    })),
  )
const programs = blocks.filter(({ language }) => language === 'ts')
const shells = blocks.filter(({ language, exit }) => language === 'sh' && exit !== undefined)

beforeAll(() => {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  for (const { file, text } of programs) writeFileSync(file, `${text}\n`)
})

test('every shell block says whether it is run, and there is no block of another language', () => {
  const silent = blocks.filter(({ language, exit, notRun }) => language === 'sh' && exit === undefined && !notRun)
  expect(silent.map(({ where }) => where)).toEqual([])
  const other = blocks.filter(({ language }) => !['sh', 'ts', 'yaml', 'text'].includes(language))
  expect(other.map(({ where, language }) => `${where} ${language}`)).toEqual([])
  expect(programs.length).toBeGreaterThanOrEqual(10)
})

test('the examples compile', () => {
  const config = ts.readConfigFile(path.join(root, 'tsconfig.json'), ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, root)
  const program = ts.createProgram(
    programs.map(({ file }) => file),
    options,
  )
  const faults = programs.flatMap(({ file, where }) => {
    const source = program.getSourceFile(file)
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
      (fault) => `${where}: ${ts.flattenDiagnosticMessageText(fault.messageText, ' ')}`,
    )
  })
  expect(faults).toEqual([])
}, 60_000)

describe('it runs:', () => {
  test.each(programs.map((block) => [block.where, block] as const))('%s', async (_where, { file, text }) => {
    // One that checks nothing would pass whatever happens.
    expect(text).toMatch(/\bassert\b/)
    await import(/* @vite-ignore */ pathToFileURL(file).href)
  })
})

// The test runner keeps the process alive; a reader's program ends when nothing is left to wait for, answered or not.
describe('it ends by itself, as a process of its own with the built packages:', () => {
  test.each(programs.map((block) => [block.where, block] as const))(
    '%s',
    async (_where, { file, text }) => {
      const built = file.replace(/\.ts$/, '.mjs')
      const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext }
      writeFileSync(built, ts.transpileModule(text, { compilerOptions }).outputText)
      const { code, err } = await start(process.execPath, [built], { cwd: root }).ended
      expect(code, err).toBe(0)
    },
    60_000,
  )
})

describe('what is pasted works:', () => {
  let served: Running
  let env: { ORG: string; TOKEN: string }
  beforeAll(async () => {
    ;({ served, env } = await serveDemo())
  })
  afterAll(() => served.child.kill())

  test.each(shells.map((block) => [block.where, block] as const))(
    '%s',
    async (_where, { text, exit, output }) => {
      const { code, out, err } = await start('bash', ['-s'], { stdin: text, env, cwd: root }).ended
      expect(code, err).toBe(exit)
      if (output !== undefined) expect(differenceOf(output, out)).toBeUndefined()
    },
    60_000,
  )
})

describe('the seed can be used:', () => {
  test.each(blocks.filter(({ language }) => language === 'yaml').map((block) => [block.where, block] as const))(
    '%s',
    async (_where, { text }) => {
      const read = await readSeedText(text)
      if (!read.ok) throw new Error(JSON.stringify(read.faults))
      const org = await createOrg({ seed: read.seed, passwordCost: 2 })
      expect(org.seeded.users.length + org.seeded.groups.length).toBeGreaterThan(0)
    },
  )
})

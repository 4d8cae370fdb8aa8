// What can others import from the packages? The committed list changes only on purpose, and is seen in review.
// To accept a change: ERRORG_UPDATE_SURFACE=1 npx vitest run test/surface.test.ts
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'

const root = path.resolve(import.meta.dirname, '..')
const file = path.join(import.meta.dirname, 'surface.json')

function entries(): Record<string, string> {
  const found: Record<string, string> = {}
  for (const name of readdirSync(path.join(root, 'packages'))) {
    const manifest = JSON.parse(readFileSync(path.join(root, 'packages', name, 'package.json'), 'utf8'))
    for (const [subpath, target] of Object.entries(manifest.exports as Record<string, { 'errorg:source'?: string }>)) {
      const source = typeof target === 'object' ? target['errorg:source'] : undefined
      if (source) found[manifest.name + subpath.slice(1)] = path.join(root, 'packages', name, source)
    }
  }
  return found
}

test('the public surface is the committed one', () => {
  const sources = entries()
  const config = ts.readConfigFile(path.join(root, 'tsconfig.json'), ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, root)
  const program = ts.createProgram(Object.values(sources), options)
  const checker = program.getTypeChecker()
  const surface: Record<string, string[]> = {}
  for (const [name, source] of Object.entries(sources).sort()) {
    const symbol = checker.getSymbolAtLocation(program.getSourceFile(source)!)
    const names = symbol ? checker.getExportsOfModule(symbol) : []
    surface[name] = names
      .map((one) => {
        const real = one.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(one) : one
        return real.flags & ts.SymbolFlags.Value ? one.name : `type ${one.name}`
      })
      .sort()
  }
  if (process.env.ERRORG_UPDATE_SURFACE) writeFileSync(file, `${JSON.stringify(surface, null, 2)}\n`)
  expect(surface).toEqual(JSON.parse(readFileSync(file, 'utf8')))
}, 60_000)

// Do the packages keep their floors? errors imports nothing; server, client and diagnose import only errors; the
// cli may import all four; resources of the server do not import each other.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'

const root = path.resolve(import.meta.dirname, '..')
const may: Record<string, readonly string[]> = {
  errors: [],
  server: ['@errorg/errors'],
  client: ['@errorg/errors'],
  diagnose: ['@errorg/errors'],
  cli: ['@errorg/errors', '@errorg/server', '@errorg/client', '@errorg/diagnose'],
}

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.[cm]?[jt]s$/.test(entry.name) && !entry.name.endsWith('.test.ts'))
    .map((entry) => path.join(entry.parentPath, entry.name))
}

function importsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8')
  return [
    ...text.matchAll(
      /(?:^|\n)\s*(?:import|export)\b[^'"\n]*(?:\n[^'"\n]*)*?from\s+['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/g,
    ),
  ].map((match) => match[1] ?? match[2]!)
}

/** Files that only tests import: they are no part of the package. */
function isTestSupport(file: string): boolean {
  return /(^|\/)(testing|bent-bodies|contract|common-suite|speaks-and-stays-silent)\.ts$/.test(file)
}

const packages = readdirSync(path.join(root, 'packages'))

describe('floors', () => {
  test.each(packages)('%s imports only the packages below it', (name) => {
    const allowed = may[name]
    expect(allowed, `say in test/floors.test.ts what packages/${name} may import`).toBeDefined()
    const wrong: string[] = []
    for (const file of sources(path.join(root, 'packages', name, 'src'))) {
      for (const target of importsOf(file)) {
        const own = target.startsWith('@errorg/') ? target.split('/').slice(0, 2).join('/') : undefined
        if (own && !allowed!.includes(own)) wrong.push(`${path.relative(root, file)} imports ${target}`)
        if (
          target.startsWith('.') &&
          path
            .relative(path.join(root, 'packages', name, 'src'), path.resolve(path.dirname(file), target))
            .startsWith('..')
        ) {
          wrong.push(`${path.relative(root, file)} reaches out of its package: ${target}`)
        }
      }
    }
    expect(wrong).toEqual([])
  })

  test.each(packages)('%s imports only what its package.json names', (name) => {
    const manifest = JSON.parse(readFileSync(path.join(root, 'packages', name, 'package.json'), 'utf8'))
    const named = new Set([
      ...Object.keys(manifest.dependencies ?? {}),
      ...Object.keys(manifest.peerDependencies ?? {}),
    ])
    const wrong: string[] = []
    for (const file of sources(path.join(root, 'packages', name, 'src'))) {
      if (isTestSupport(file)) continue
      for (const target of importsOf(file)) {
        if (target.startsWith('.') || target.startsWith('node:')) continue
        const [scope = '', rest] = target.split('/')
        const wanted = scope.startsWith('@') ? `${scope}/${rest}` : scope
        if (!named.has(wanted)) wrong.push(`${path.relative(root, file)} imports ${target}`)
      }
    }
    expect(wrong).toEqual([])
  })

  test.each(packages)('%s ships no test support', (name) => {
    const wrong: string[] = []
    for (const file of sources(path.join(root, 'packages', name, 'src'))) {
      if (isTestSupport(file)) continue
      for (const target of importsOf(file))
        if (target.startsWith('.') && isTestSupport(target))
          wrong.push(`${path.relative(root, file)} imports ${target}`)
    }
    expect(wrong).toEqual([])
  })

  test('resources of the server do not import each other', () => {
    const folder = path.join(root, 'packages/server/src/resources')
    const wrong: string[] = []
    for (const file of sources(folder)) {
      const own = path.relative(folder, file).split(path.sep)[0]!
      if (own === 'index.ts') continue
      for (const target of importsOf(file)) {
        if (!target.startsWith('.')) continue
        const reached = path.relative(folder, path.resolve(path.dirname(file), target))
        if (!reached.startsWith('..') && reached.split(path.sep)[0] !== own)
          wrong.push(`${path.relative(root, file)} imports ${target}`)
      }
    }
    expect(wrong).toEqual([])
  })
})

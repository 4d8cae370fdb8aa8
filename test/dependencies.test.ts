// Does every dependency have a sentence that says why it is here, and does every sentence have its dependency?
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'

const root = path.resolve(import.meta.dirname, '..')
const PAGE = 'docs/dependencies.md'

interface Manifest {
  name: string
  dependencies?: Record<string, string>
  devDependencies?: Record<string, string>
  peerDependencies?: Record<string, string>
  optionalDependencies?: Record<string, string>
}

const manifests = readdirSync(path.join(root, 'packages'))
  .map((name) => path.join(root, 'packages', name, 'package.json'))
  .filter((file) => existsSync(file))
  .map((file) => JSON.parse(readFileSync(file, 'utf8')) as Manifest)
const workspace = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as Manifest

/** Section of the page to what stands in it: package to sentence. */
const sections = new Map<string, Map<string, string>>()
for (const section of readFileSync(path.join(root, PAGE), 'utf8').split(/^## /m).slice(1)) {
  const [title, ...lines] = section.split('\n')
  const items = lines.flatMap((line) => [...line.matchAll(/^- \*\*(.+?)\*\*: (.+)$/g)])
  sections.set(title!, new Map(items.map((item) => [item[1]!, item[2]!])))
}

/** What a manifest names of other people's. */
function outside(manifest: Manifest): string[] {
  const { dependencies, devDependencies, peerDependencies, optionalDependencies } = manifest
  const named = { ...dependencies, ...devDependencies, ...peerDependencies, ...optionalDependencies }
  const own = new Set(manifests.map(({ name }) => name))
  return Object.keys(named).filter((name) => !own.has(name))
}

describe('the page of dependencies', () => {
  test.each([
    ...manifests.map((manifest) => [manifest.name, manifest] as const),
    ['For development', workspace] as const,
  ])('says why for %s', (title, manifest) => {
    const written = [...(sections.get(title)?.keys() ?? [])].sort()
    expect(written, `${PAGE}, section "${title}": one line \`- **name**: why\` for each`).toEqual(
      outside(manifest).sort(),
    )
  })

  test('has no section of a package that is gone, and no empty reason', () => {
    const titles = new Set(['For development', ...manifests.map(({ name }) => name)])
    expect([...sections.keys()].filter((title) => !titles.has(title))).toEqual([])
    const short = [...sections.values()].flatMap((items) => [...items]).filter(([, why]) => why.length < 40)
    expect(short).toEqual([])
  })

  test('is right about the packages that are loaded into other programs', () => {
    const outsideOf = (name: string) => outside(manifests.find((manifest) => manifest.name === name)!)
    expect(outsideOf('@errorg/errors')).toEqual([])
    expect(outsideOf('@errorg/client')).toEqual(['jose'])
    expect(outsideOf('@errorg/diagnose')).toEqual(['jose'])
  })

  test('versions are exact', () => {
    const loose = [...manifests, workspace].flatMap(({ name, dependencies, devDependencies }) =>
      Object.entries({ ...dependencies, ...devDependencies })
        .filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))
        .map(([dependency, version]) => `${name}: ${dependency} ${version}`),
    )
    expect(loose).toEqual([])
  })
})

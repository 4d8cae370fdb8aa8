// How does a bench reach a part that its package does not hand out? The part is built alone, into .cache/.
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'tsdown'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')

/** Imports a source file of this repository, such as `packages/server/src/limits/index.ts`. */
export async function importSource(file) {
  const outDir = path.join(root, '.cache', 'bench', file.replace(/\W+/g, '-'))
  await build({
    config: false,
    cwd: root,
    entry: { index: file },
    outDir,
    format: 'esm',
    platform: 'node',
    dts: false,
    fixedExtension: true,
    logLevel: 'silent',
  })
  return await import(pathToFileURL(path.join(outDir, 'index.mjs')).href)
}

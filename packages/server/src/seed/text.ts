// What does a seed file say? YAML or JSON; every mistake is named with its line, its path and what was expected.

import { pathText, readBy } from '../control/read.ts'
import type { SeedInput } from '../control/schemas.ts'

/** A seed that was read, or all that is wrong with the file. */
export type SeedText =
  | { ok: true; seed: SeedInput }
  | { ok: false; faults: { line: number; path: string; says: string }[] }

/** Reads the text of a seed file. */
export async function readSeedText(text: string): Promise<SeedText> {
  const { parseDocument, LineCounter } = await import('yaml')
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  if (document.errors.length > 0) {
    return {
      ok: false,
      faults: document.errors.map((error) => ({
        line: lines.linePos(error.pos[0]).line,
        path: '(the whole)',
        says: error.message,
      })),
    }
  }
  const { seedSchema } = await import('../control/schemas.ts')
  const result = readBy(seedSchema, document.toJS({ maxAliasCount: 50 }) ?? {})
  if (result.ok) return { ok: true, seed: result.value }
  return {
    ok: false,
    faults: result.faults.map((fault) => {
      // The deepest node of the path that the file has: a missing member has no line of its own.
      let line = 1
      for (let depth = fault.path.length; depth >= 0; depth--) {
        const node = document.getIn(fault.path.slice(0, depth), true) as
          | { range?: [number, number, number] }
          | undefined
        if (node?.range) {
          line = lines.linePos(node.range[0]).line
          break
        }
      }
      return { line, path: pathText(fault.path), says: fault.says }
    }),
  }
}

// What does a seed file say? YAML or JSON; every mistake is named with its line, its path and what was expected.
import { pathText, type ReadFault, readBy } from '../control/read.ts'
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
  let value: unknown
  try {
    value = document.toJS({ maxAliasCount: MOST_ALIASES }) ?? {}
  } catch (error) {
    // Aliases of aliases can make gigabytes of a few lines; one to a name that is not there is refused here too.
    return { ok: false, faults: [{ line: 1, path: '(the whole)', says: (error as Error).message }] }
  }
  const { seedSchema } = await import('../control/schemas.ts')
  const result = readBy(seedSchema, value)
  if (result.ok) return { ok: true, seed: result.value }
  return {
    ok: false,
    faults: result.faults.map((fault) => ({ line: lineOf(fault.path), path: pathText(fault.path), says: fault.says })),
  }

  // The deepest node of the path that the file has: a missing member has no line of its own.
  function lineOf(path: ReadFault['path']): number {
    for (let depth = path.length; depth >= 0; depth--) {
      const node = document.getIn(path.slice(0, depth), true)
      if (isNode(node) && node.range) return lines.linePos(node.range[0]).line
    }
    return 1
  }
}

const MOST_ALIASES = 50

function isNode(value: unknown): value is { range?: [number, number, number] } {
  return typeof value === 'object' && value !== null
}

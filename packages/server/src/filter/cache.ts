// Was this filter text read before? Clients page through one filter, so an org keeps the last few compiled.
import { compileFilter, type ReadField } from './evaluate.ts'
import type { FilterNode } from './node.ts'
import { type FilterProblem, type ParseLimits, parseFilter } from './parse.ts'

/** A text that was read and compiled, or why it could not be. */
export type CompiledFilter =
  | { ok: true; filter: FilterNode; matches: (read: ReadField) => boolean }
  | { ok: false; problem: FilterProblem }

/** Makes a reader of filters that remembers the last `capacity` texts (default 200). */
export function createFilterCache(options: ParseLimits & { capacity?: number } = {}): (text: string) => CompiledFilter {
  const capacity = options.capacity ?? 200
  // A Map keeps the order of insertion; what is used again is inserted again, so the first is the least used.
  const known = new Map<string, CompiledFilter>()
  return (text) => {
    const before = known.get(text)
    if (before !== undefined) {
      known.delete(text)
      known.set(text, before)
      return before
    }
    const parsed = parseFilter(text, options)
    const compiled: CompiledFilter = parsed.ok
      ? { ok: true, filter: parsed.filter, matches: compileFilter(parsed.filter) }
      : parsed
    // A refused text is as long as the caller likes; remembering it would let them fill the memory.
    if (!compiled.ok) return compiled
    known.set(text, compiled)
    if (known.size > capacity) known.delete(known.keys().next().value!)
    return compiled
  }
}

// Which zones does a filter find? By id, usage and system, with `eq`, `and`, `or` (documented).
import { E0000031 } from '@errorg/errors/codes'
import type { Zone } from '../../entities/zone.ts'
import { fail } from '../../fail.ts'
import { bindFilter, fieldsOf, parseFilter } from '../../filter/index.ts'
import type { Stored } from '../../state/state.ts'

const readers: Readonly<Record<string, (zone: Stored<Zone>) => unknown>> = {
  id: (zone) => zone.id,
  usage: (zone) => zone.value.usage,
  system: (zone) => zone.value.system,
}

/** Whether a zone matches `filter`; all do without one. */
export function readZoneFilter(text: string | null): (zone: Stored<Zone>) => boolean {
  if (text === null || text === '') return () => true
  const parsed = parseFilter(text)
  if (!parsed.ok) return fail(E0000031, 'search-unreadable')
  for (const { field, operator } of fieldsOf(parsed.filter)) {
    if (!Object.hasOwn(readers, field) || operator !== 'eq') return fail(E0000031, 'search-unreadable')
  }
  return bindFilter<Stored<Zone>>(parsed.filter, (field) => readers[field]!)
}

// What may be remembered, and what goes first when there is no more room? The least recently used goes, by number and
// by size.

/** How much is kept. */
export interface LruLimits {
  maxEntries: number
  maxBytes: number
}

/** A map with a limit. */
export interface Lru<Value> {
  /** Counts as a use. */
  get(key: string): Value | undefined
  /** What alone is larger than the limit is not kept. */
  set(key: string, value: Value, bytes: number): void
  delete(key: string): boolean
  /** Without counting as uses. Entries may be deleted on the way. */
  entries(): Iterable<[key: string, value: Value]>
  readonly size: number
  readonly bytes: number
}

/** Makes one. */
export function createLru<Value>({ maxEntries, maxBytes }: LruLimits): Lru<Value> {
  // A Map keeps the order in which keys were set: the first is the one that was not used for longest.
  const kept = new Map<string, { value: Value; bytes: number }>()
  let total = 0

  function remove(key: string): boolean {
    total -= kept.get(key)?.bytes ?? 0
    return kept.delete(key)
  }

  return {
    get(key) {
      const found = kept.get(key)
      if (found === undefined) return undefined
      kept.delete(key)
      kept.set(key, found)
      return found.value
    },
    set(key, value, bytes) {
      remove(key)
      if (bytes > maxBytes || maxEntries < 1) return
      kept.set(key, { value, bytes })
      total += bytes
      for (const oldest of kept.keys()) {
        if (kept.size <= maxEntries && total <= maxBytes) return
        remove(oldest)
      }
    },
    delete: remove,
    *entries() {
      for (const [key, { value }] of kept) yield [key, value]
    },
    get size() {
      return kept.size
    },
    get bytes() {
      return total
    },
  }
}

// State in memory: maps for ids and unique keys, sorted id lists for order, indexes built when first asked for.
import {
  type Collection,
  type Page,
  type Seen,
  type State,
  type Stored,
  UniqueConflict,
  VersionConflict,
  type Write,
} from './state.ts'

interface Shelf {
  collection: Collection<unknown>
  rows: Map<string, Stored<unknown>>
  /** Ids in order; new ids are almost always the greatest, so an insert is a push. */
  order: string[]
  unique: Map<string, string>
  /** index name -> key -> ids in order. Missing until somebody asks, so that creating stays cheap. */
  indexes: Map<string, Map<string, string[]>>
}

/** Makes an empty state in memory. */
export function createMemoryState(): State {
  let shelves = new Map<string, Shelf>()
  let versions = 0

  const shelfOf = (collection: Collection<never>): Shelf => {
    let shelf = shelves.get(collection.name)
    if (!shelf) {
      shelf = {
        collection: collection as unknown as Collection<unknown>,
        rows: new Map(),
        order: [],
        unique: new Map(),
        indexes: new Map(),
      }
      shelves.set(collection.name, shelf)
    }
    return shelf
  }

  const indexOf = (shelf: Shelf, name: string): Map<string, string[]> => {
    let index = shelf.indexes.get(name)
    if (!index) {
      const keysOf = shelf.collection.indexes?.[name]
      if (!keysOf) throw new Error(`${shelf.collection.name} has no index ${name}`)
      index = new Map()
      for (const id of shelf.order) {
        for (const key of list(keysOf(shelf.rows.get(id)?.value))) {
          const ids = index.get(key)
          if (!ids) index.set(key, [id])
          else if (ids.at(-1) !== id) ids.push(id)
        }
      }
      shelf.indexes.set(name, index)
    }
    return index
  }

  const read = (shelf: Shelf, ids: readonly string[], page?: Page): Stored<unknown>[] => {
    const [from, to] = part(ids, page)
    const rows: Stored<unknown>[] = []
    for (let i = from; i < to; i++) rows.push(shelf.rows.get(ids[i]!)!)
    return rows
  }

  /** The shelf of what is written, in the version that the writer has seen. */
  const shelfAsSeen = (write: Write): Shelf => {
    const collection = 'put' in write ? write.put : write.remove
    const shelf = shelfOf(collection)
    const old = shelf.rows.get(write.id)
    if ((old?.version ?? 0) !== write.version || (!old && 'remove' in write))
      throw new VersionConflict(collection.name, write.id)
    return shelf
  }

  // Most changes are of one thing, and what it frees, only it can take.
  const checkOne = (write: Write): void => {
    const shelf = shelfAsSeen(write)
    if (!('put' in write) || !shelf.collection.unique) return
    for (const key of shelf.collection.unique(write.value)) {
      const holder = shelf.unique.get(key)
      if (holder !== undefined && holder !== write.id) throw new UniqueConflict(write.put.name, key, holder)
    }
  }

  const checkSeveral = (writes: readonly Write[]): void => {
    const taken = new Map<string, string>()
    const freed = new Set<string>()
    refuseTwice(writes)
    for (const write of writes) {
      const shelf = shelfAsSeen(write)
      const old = shelf.rows.get(write.id)
      if (old && shelf.collection.unique) {
        for (const key of shelf.collection.unique(old.value)) freed.add(`${shelf.collection.name}\0${key}`)
      }
    }
    for (const write of writes) {
      if (!('put' in write)) continue
      const shelf = shelfOf(write.put)
      if (!shelf.collection.unique) continue
      for (const key of shelf.collection.unique(write.value)) {
        const name = `${write.put.name}\0${key}`
        const holder = taken.get(name) ?? (freed.has(name) ? undefined : shelf.unique.get(key))
        if (holder !== undefined && holder !== write.id) throw new UniqueConflict(write.put.name, key, holder)
        taken.set(name, write.id)
      }
    }
  }

  /** The id, or key, that a conflict is told by; undefined while all is as it was. */
  const isOver = (one: Seen): { name: string; id: string } | undefined => {
    if ('load' in one) {
      const isThere = shelfOf(one.load).rows.has(one.id)
      return isThere === one.there ? undefined : { name: one.load.name, id: one.id }
    }
    if ('holder' in one) {
      const id = shelfOf(one.holder).unique.get(one.key)
      return id === one.id ? undefined : { name: one.holder.name, id: one.key }
    }
    if ('list' in one) {
      const shelf = shelfOf(one.list)
      const ids = one.index === undefined ? shelf.order : (indexOf(shelf, one.index).get(one.key ?? '') ?? [])
      return isAsSeen(shelf, ids, one.page, one.rows) ? undefined : { name: one.list.name, id: one.key ?? '(its list)' }
    }
    const number = countOf(one.count, one.index, one.key)
    return number === one.number ? undefined : { name: one.count.name, id: one.key ?? '(their number)' }
  }

  const countOf = (collection: Collection<never>, index?: string, key?: string): number => {
    const shelf = shelfOf(collection)
    if (index === undefined) return shelf.rows.size
    return indexOf(shelf, index).get(key ?? '')?.length ?? 0
  }

  const forget = (shelf: Shelf, old: Stored<unknown>): void => {
    if (shelf.collection.unique) for (const key of shelf.collection.unique(old.value)) shelf.unique.delete(key)
    for (const [name, index] of shelf.indexes) {
      for (const key of list(shelf.collection.indexes![name]!(old.value))) {
        const ids = index.get(key)
        if (!ids) continue
        const at = position(ids, old.id)
        if (ids[at] === old.id) ids.splice(at, 1)
        if (ids.length === 0) index.delete(key)
      }
    }
  }

  const remember = (shelf: Shelf, row: Stored<unknown>): void => {
    if (shelf.collection.unique) for (const key of shelf.collection.unique(row.value)) shelf.unique.set(key, row.id)
    for (const [name, index] of shelf.indexes) {
      for (const key of list(shelf.collection.indexes![name]!(row.value))) {
        const ids = index.get(key)
        if (ids) insert(ids, row.id)
        else index.set(key, [row.id])
      }
    }
  }

  return {
    async load<T>(collection: Collection<T>, id: string) {
      return shelfOf(collection as Collection<never>).rows.get(id) as Stored<T> | undefined
    },
    async holder<T>(collection: Collection<T>, key: string) {
      const shelf = shelfOf(collection as Collection<never>)
      const id = shelf.unique.get(key)
      return (id === undefined ? undefined : shelf.rows.get(id)) as Stored<T> | undefined
    },
    async find<T>(collection: Collection<T>, index: string, key: string, page?: Page) {
      const shelf = shelfOf(collection as Collection<never>)
      const ids = indexOf(shelf, index).get(key)
      return (ids ? read(shelf, ids, page) : []) as Stored<T>[]
    },
    async scan<T>(collection: Collection<T>, page?: Page) {
      const shelf = shelfOf(collection as Collection<never>)
      return read(shelf, shelf.order, page) as Stored<T>[]
    },
    async count(collection, index, key) {
      return countOf(collection, index, key)
    },
    lacks(collection, index, key) {
      const shelf = shelves.get(collection.name)
      if (!shelf || shelf.rows.size === 0) return true
      return index !== undefined && !indexOf(shelf, index).has(key ?? '')
    },
    async change(writes, seen = []) {
      if (writes.length === 1) checkOne(writes[0]!)
      else checkSeveral(writes)
      for (const one of seen) {
        const over = isOver(one)
        if (over) throw new VersionConflict(over.name, over.id)
      }
      // Nothing below can fail: a change is whole or it is not.
      for (const write of writes) {
        const shelf = shelfOf('put' in write ? write.put : write.remove)
        const old = shelf.rows.get(write.id)
        if (old) forget(shelf, old)
      }
      for (const write of writes) {
        if ('put' in write) {
          const shelf = shelfOf(write.put)
          versions += 1
          const row = { id: write.id, version: versions, value: write.value }
          if (!shelf.rows.has(write.id)) insert(shelf.order, write.id)
          shelf.rows.set(write.id, row)
          remember(shelf, row)
        } else {
          const shelf = shelfOf(write.remove)
          shelf.rows.delete(write.id)
          const at = position(shelf.order, write.id)
          if (shelf.order[at] === write.id) shelf.order.splice(at, 1)
        }
      }
    },
    async snapshot() {
      return { versions, shelves: copy(shelves) }
    },
    async restore(snapshot) {
      const kept = snapshot as { versions: number; shelves: Map<string, Shelf> }
      // Versions go on from where they are: a request that read before the restore must not write after it.
      versions = Math.max(versions, kept.versions)
      shelves = copy(kept.shelves)
    },
  }
}

// Two writes to one thing have no order that means something; one of them would be lost.
function refuseTwice(writes: readonly Write[]): void {
  const named = new Set<string>()
  for (const write of writes) {
    const collection = 'put' in write ? write.put : write.remove
    const name = `${collection.name} ${write.id}`
    if (named.has(name)) throw new Error(`${name} is written twice in one change`)
    named.add(name)
  }
}

// Values are never changed in place, so the maps are all there is to copy; indexes are rebuilt when asked for.
function copy(shelves: Map<string, Shelf>): Map<string, Shelf> {
  const result = new Map<string, Shelf>()
  for (const [name, shelf] of shelves) {
    // One that somebody only looked at, or that is empty again, is made when it is needed.
    if (shelf.rows.size === 0) continue
    result.set(name, {
      collection: shelf.collection,
      rows: new Map(shelf.rows),
      order: shelf.order.slice(),
      unique: new Map(shelf.unique),
      indexes: new Map(),
    })
  }
  return result
}

/** From which place to which a page of a list goes. */
function part(ids: readonly string[], page: Page | undefined): [from: number, to: number] {
  const from = page?.after === undefined ? 0 : firstAfter(ids, page.after)
  return [from, page?.limit === undefined ? ids.length : Math.min(ids.length, from + page.limit)]
}

function isAsSeen(
  { rows }: Shelf,
  ids: readonly string[],
  page: Page | undefined,
  seen: readonly Pick<Stored<unknown>, 'id' | 'version'>[],
): boolean {
  const [from, to] = part(ids, page)
  if (to - from !== seen.length) return false
  return seen.every(({ id, version }, i) => ids[from + i] === id && rows.get(id)?.version === version)
}

function list(keys: readonly string[] | string | undefined): readonly string[] {
  if (keys === undefined) return []
  return typeof keys === 'string' ? [keys] : keys
}

/** Where `id` is, or would be, in a sorted list. */
function position(ids: readonly string[], id: string): number {
  let low = 0
  let high = ids.length
  if (high === 0 || ids[high - 1]! < id) return high
  while (low < high) {
    const middle = (low + high) >> 1
    if (ids[middle]! < id) low = middle + 1
    else high = middle
  }
  return low
}

function firstAfter(ids: readonly string[], id: string): number {
  const at = position(ids, id)
  return ids[at] === id ? at + 1 : at
}

function insert(ids: string[], id: string): void {
  const at = position(ids, id)
  if (at === ids.length) ids.push(id)
  else if (ids[at] !== id) ids.splice(at, 0, id)
}

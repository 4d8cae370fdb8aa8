// On what does a change rest? Whoever works with a witness's state need not say so: what was read through it goes along
// with the next change, which is refused when that is no longer so. Thus a limit holds, and nothing refers to what went.
import type { Collection, Page, Seen, State } from './state.ts'

/**
 * The same state for one piece of work. Of a thing that was loaded only counts that it is still there: a group that
 * everybody joins, or a user whom a hook's server changes meanwhile, is no reason to begin again. Of a list the versions
 * count too: who may not end the last active one has looked at all of them. After a change, done or refused, nothing
 * has been seen yet.
 */
export function witness(state: State): State {
  let seen: Seen[] = []
  return {
    snapshot: state.snapshot,
    restore: state.restore,
    async load(collection, id) {
      const row = await state.load(collection, id)
      seen.push({ load: anyOf(collection), id, there: row !== undefined })
      return row
    },
    async holder(collection, key) {
      const row = await state.holder(collection, key)
      seen.push({ holder: anyOf(collection), key, id: row?.id })
      return row
    },
    async find(collection, index, key, page) {
      const rows = await state.find(collection, index, key, page)
      seen.push({ list: anyOf(collection), index, key, page: copy(page), rows: rows.slice() })
      return rows
    },
    async scan(collection, page) {
      const rows = await state.scan(collection, page)
      seen.push({ list: anyOf(collection), page: copy(page), rows: rows.slice() })
      return rows
    },
    async count(collection, index, key) {
      const number = await state.count(collection, index, key)
      seen.push({ count: collection, index, key, number })
      return number
    },
    lacks(collection, index, key) {
      const nothing = state.lacks(collection, index, key)
      if (nothing) seen.push({ count: collection, index, key, number: 0 })
      return nothing
    },
    change(writes) {
      const before = seen
      seen = []
      return state.change(writes, before)
    },
  }
}

const anyOf = <T>(collection: Collection<T>) => collection as Collection<never>

// Whoever pages through a list may go on with the same object.
const copy = (page: Page | undefined) => page && { ...page }

// Where does the org keep what it knows? Behind this interface: memory now, other stores later. Reads are by id,
// by an index, or in order; every write is one atomic change that names the versions it has seen.

/** A family of stored things: users, groups. Declared once by the resource that owns it. */
export interface Collection<T> {
  readonly name: string
  /** Keys that only one thing may have at a time, such as `login:ada@example.com`. */
  readonly unique?: (value: T) => readonly string[]
  /** Named functions from a thing to the keys it is found under. */
  readonly indexes?: Readonly<Record<string, (value: T) => readonly string[] | string | undefined>>
}

/** A thing as it is kept. `value` is never changed in place: a new version replaces it. */
export interface Stored<T> {
  readonly id: string
  readonly version: number
  readonly value: T
}

/** One part of a change. `version` is what the writer has seen; 0 says: must not exist yet. */
export type Write =
  | { readonly put: Collection<never>; readonly id: string; readonly value: unknown; readonly version: number }
  | { readonly remove: Collection<never>; readonly id: string; readonly version: number }

/** How much of an ordered list to read. */
export interface Page {
  /** Only ids greater than this one; it need not exist any more. */
  after?: string
  limit?: number
}

/**
 * What a writer has read and counts on: that a thing is there or is not, who holds a key, which rows a list has and in
 * which versions, how many there are.
 */
export type Seen =
  | { readonly load: Collection<never>; readonly id: string; readonly there: boolean }
  | { readonly holder: Collection<never>; readonly key: string; readonly id: string | undefined }
  | {
      readonly list: Collection<never>
      readonly index?: string
      readonly key?: string
      readonly page?: Page
      readonly rows: readonly Pick<Stored<unknown>, 'id' | 'version'>[]
    }
  | { readonly count: Collection<never>; readonly index?: string; readonly key?: string; readonly number: number }

/** The org's state. */
export interface State {
  load<T>(collection: Collection<T>, id: string): Promise<Stored<T> | undefined>
  /** The one thing that holds a unique key. */
  holder<T>(collection: Collection<T>, key: string): Promise<Stored<T> | undefined>
  /** Things under a key of an index, by id. */
  find<T>(collection: Collection<T>, index: string, key: string, page?: Page): Promise<Stored<T>[]>
  /** Things in the order of their ids. */
  scan<T>(collection: Collection<T>, page?: Page): Promise<Stored<T>[]>
  count(collection: Collection<never>, index?: string, key?: string): Promise<number>
  /**
   * Is there certainly nothing in the collection, or under a key of its index? Answered without waiting, so that what
   * most orgs do not have costs their requests nothing. A store that would have to ask says false.
   */
  lacks(collection: Collection<never>, index?: string, key?: string): boolean
  /**
   * All of it or nothing; names each thing once. Throws VersionConflict or UniqueConflict; a VersionConflict also when
   * something of what was `seen` is no longer so. Versions come first: whoever tells them apart by the collection can.
   */
  change(writes: readonly Write[], seen?: readonly Seen[]): Promise<void>
  snapshot(): Promise<unknown>
  restore(snapshot: unknown): Promise<void>
}

/** Somebody else changed or made a thing in the meantime; the request is walked again from its reads. */
export class VersionConflict extends Error {
  constructor(
    readonly collection: string,
    readonly id: string,
  ) {
    super(`${collection} ${id} was changed by another request`)
    this.name = 'VersionConflict'
  }
}

/** Another thing already holds this unique key. */
export class UniqueConflict extends Error {
  constructor(
    readonly collection: string,
    readonly key: string,
    readonly heldBy: string,
  ) {
    super(`${collection}: ${key} is taken by ${heldBy}`)
    this.name = 'UniqueConflict'
  }
}

/** A write that stores a value; pass what was loaded as `seen`, or nothing for a new thing. */
export function put<T>(collection: Collection<T>, id: string, value: T, seen?: { version: number }): Write {
  return { put: collection as Collection<never>, id, value, version: seen?.version ?? 0 }
}

/** A write that removes a thing. */
export function remove<T>(collection: Collection<T>, seen: Stored<T>): Write {
  return { remove: collection as Collection<never>, id: seen.id, version: seen.version }
}

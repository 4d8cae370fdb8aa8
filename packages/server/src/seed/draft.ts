// What does a seed bring, before any of it is written? Its parts put their writes here, and name what other parts bring.
import type { SeedInput } from '../control/schemas.ts'
import { groups } from '../entities/group.ts'
import { loginKey, users } from '../entities/user.ts'
import { zones } from '../entities/zone.ts'
import { Failure } from '../fail.ts'
import { wireOfFailure } from '../http/render.ts'
import type { LogEntry } from '../log/event.ts'
import type { Org } from '../org.ts'
import type { Collection, Write } from '../state/state.ts'
import { SeedFault } from './fault.ts'
import { nothingSeeded, type Seeded } from './made.ts'

/** What other parts of a seed name. */
export type Named = 'users' | 'groups' | 'zones'

/** What the parts of a seed fill, and what they ask. Whatever refuses throws SeedFault with the path that it is given. */
export interface SeedDraft {
  /** The moment at which all of it is made. */
  readonly now: number
  readonly made: Seeded
  readonly writes: Write[]
  /** Is done once all is written, in this order. */
  readonly afterwards: (() => void | Promise<void>)[]
  /** Is noted at the very end: event hooks of the same seed hear of it. */
  readonly events: LogEntry[]
  /** The pinned id, if it is free, or a new one. */
  idOf<T>(collection: Collection<T>, prefix: string, pinned: string | undefined, path: string): Promise<string>
  /** Nothing else may have the unique keys of this value. */
  claim<T>(collection: Collection<T>, value: T, path: string, name: string): Promise<void>
  /** From here on this can be found, before it is written. */
  bring(kind: Named, name: string, id: string): void
  /** The id of what this seed or the org calls so, or has under this id. */
  find(kind: Named, nameOrId: string, path: string): Promise<string>
  /** What the API would refuse, a seed refuses with the same sentences; `words` are its own names for the API's. */
  judged<T>(path: string, read: () => T, words?: Readonly<Record<string, string>>): T
  refuse(path: string, says: string): never
}

/** A part of a seed: fills the draft with what the seed says of it. */
export type SeedRoom = (org: Org, seed: SeedInput, draft: SeedDraft) => Promise<void>

interface Kind {
  collection: Collection<never>
  keyOf: (name: string) => string
  unknown: (name: string) => string
}

const nameKey = (name: string): string => `name:${name.toLowerCase()}`

const kinds: Readonly<Record<Named, Kind>> = {
  users: {
    collection: users as Collection<never>,
    keyOf: loginKey,
    unknown: (name) => `there is no user with the login or id "${name}"`,
  },
  groups: {
    collection: groups as Collection<never>,
    keyOf: nameKey,
    unknown: (name) => `there is no group called "${name}"`,
  },
  zones: {
    collection: zones as Collection<never>,
    keyOf: nameKey,
    unknown: (name) => `there is no zone "${name}"`,
  },
}

/** Begins one. */
export function createDraft(org: Org): SeedDraft {
  const taken = new Set<string>()
  const idsByName: Readonly<Record<Named, Map<string, string>>> = {
    users: new Map(),
    groups: new Map(),
    zones: new Map(),
  }
  const ids: Readonly<Record<Named, Set<string>>> = { users: new Set(), groups: new Set(), zones: new Set() }
  const refuse = (path: string, says: string): never => {
    throw new SeedFault(path, says)
  }
  return {
    now: org.clock.now(),
    made: nothingSeeded(),
    writes: [],
    afterwards: [],
    events: [],
    refuse,
    async idOf(collection, prefix, pinned, path) {
      if (pinned === undefined) return org.ids.next(prefix)
      // A second thing under one id would silently replace the first.
      if (taken.has(pinned) || (await org.state.load(collection, pinned))) {
        refuse(`${path}.id`, `${pinned} is there already`)
      }
      taken.add(pinned)
      return pinned
    },
    async claim(collection, value, path, name) {
      for (const key of collection.unique?.(value) ?? []) {
        const named = `${collection.name} ${key}`
        if (taken.has(named) || (await org.state.holder(collection, key))) refuse(path, `"${name}" is there already`)
        taken.add(named)
      }
    },
    bring(kind, name, id) {
      idsByName[kind].set(kinds[kind].keyOf(name), id)
      ids[kind].add(id)
    },
    async find(kind, nameOrId, path) {
      const { collection, keyOf, unknown } = kinds[kind]
      const key = keyOf(nameOrId)
      return (
        idsByName[kind].get(key) ??
        (ids[kind].has(nameOrId) ? nameOrId : undefined) ??
        (await org.state.load(collection, nameOrId))?.id ??
        (await org.state.holder(collection, key))?.id ??
        refuse(path, unknown(nameOrId))
      )
    },
    judged(path, read, words = {}) {
      try {
        return read()
      } catch (error) {
        if (!(error instanceof Failure)) throw error
        const { summary, causes } = wireOfFailure(error, 'current')
        const [first = summary, ...others] = causes.map((cause) => inWords(cause, words))
        const [, member, says = first] = /^(\w+): (.*)$/s.exec(first) ?? []
        const isOurs = member !== undefined && Object.values(words).includes(member)
        return refuse(isOurs ? `${path}.${member}` : path, [isOurs ? says : first, ...others].join('; '))
      }
    },
  }
}

// Who wrote redirectUris looks in vain for redirect_uris.
function inWords(text: string, words: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\w+/g, (word) => (Object.hasOwn(words, word) ? words[word]! : word))
}

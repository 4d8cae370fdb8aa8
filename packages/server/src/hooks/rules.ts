// What holds for hooks of every kind, and for their keys: how many there may be, what they are called, when they go?
import { E0000001 } from '@errorg/errors/codes'
import type { EventHook, InlineHook } from '../entities/hook.ts'
import { fail } from '../fail.ts'
import type { Org } from '../org.ts'
import type { Collection } from '../state/state.ts'

/** Documented: 25 event hooks (help.okta.com), 50 inline hooks and 50 hook keys (API reference). */
const mostOf = { 'event hooks': 25, 'inline hooks': 50, 'hook keys': 50 } as const

/** Refuses one more than there may be. */
export async function mayHaveOneMore<T>(
  org: Org,
  collection: Collection<T>,
  things: keyof typeof mostOf,
): Promise<void> {
  const most = mostOf[things]
  const count = await org.state.count(collection as Collection<never>)
  if (count >= most) fail(E0000001, 'hook-limit-reached', { things, most })
}

/** Refuses a name that another hook, or key, of its kind has. */
export async function nameIsFree<T>(org: Org, collection: Collection<T>, name: string, ownId?: string): Promise<void> {
  const holder = await org.state.holder(collection, `name:${name.toLowerCase()}`)
  if (holder && holder.id !== ownId) fail(E0000001, 'hook-name-taken', { field: 'name' })
}

/** What still works stays. */
export function mayDelete(hook: EventHook | InlineHook): void {
  if (hook.status === 'ACTIVE') fail(E0000001, 'hook-still-active', { name: hook.name })
}

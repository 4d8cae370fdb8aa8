// How many hooks and keys may an org have?
import { E0000001 } from '@errorg/errors/codes'
import { fail } from '../fail.ts'
import type { Org } from '../org.ts'
import type { Collection } from '../state/state.ts'

/** Documented: 25 event hooks (help.okta.com), 50 inline hooks and 50 hook keys (API reference). */
export const mostOf = { 'event hooks': 25, 'inline hooks': 50, 'hook keys': 50 } as const

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

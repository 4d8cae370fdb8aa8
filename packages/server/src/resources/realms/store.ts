// Which realm is meant by an id?
import { E0000007 } from '@errorg/errors/codes'
import { type Realm, realms } from '../../entities/realm.ts'
import { fail } from '../../fail.ts'
import type { Org } from '../../org.ts'
import type { Stored } from '../../state/state.ts'

/** The realm, or E0000007. */
export async function loadRealm(org: Org, id: string): Promise<Stored<Realm>> {
  return (await org.state.load(realms, id)) ?? fail(E0000007, 'resource-missing', { id, type: 'Realm' })
}

// Which group is meant by an id in a path or a body?
import { E0000007 } from '@errorg/errors/codes'
import { fail } from '../fail.ts'
import type { Org } from '../org.ts'
import type { Stored } from '../state/state.ts'
import { type Group, groups } from './group.ts'

/** The group, or E0000007. */
export async function findGroup(org: Org, id: string): Promise<Stored<Group>> {
  return (await org.state.load(groups, id)) ?? fail(E0000007, 'resource-missing', { id, type: 'UserGroup' })
}

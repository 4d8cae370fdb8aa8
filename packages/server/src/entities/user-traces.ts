// What else is to be removed when a user is deleted? All that other rooms keep under the user's id.
import type { State, Write } from '../state/state.ts'
import { remove } from '../state/state.ts'
import { endTokensOf } from './api-token.ts'
import { groupOwners, memberships } from './group.ts'
import { roleAssignments } from './role-assignment.ts'

/** Writes that remove a user's memberships, ownerships and roles and end its API tokens. */
export async function tracesOfUser(state: State, userId: string): Promise<Write[]> {
  return [
    ...(await state.find(memberships, 'user', userId)).map((row) => remove(memberships, row)),
    ...(await state.find(groupOwners, 'owner', userId)).map((row) => remove(groupOwners, row)),
    ...(await state.find(roleAssignments, 'holder', userId)).map((row) => remove(roleAssignments, row)),
    ...(await endTokensOf(state, userId)),
  ]
}

// How does an event name a user or a group? As whoever acts and as what is acted on alike.
import type { Group } from '../entities/group.ts'
import type { User } from '../entities/user.ts'
import type { Stored } from '../state/state.ts'
import type { LogParty } from './event.ts'

/** A user. */
export function userParty({ id, value: { profile } }: Pick<Stored<User>, 'id' | 'value'>): LogParty {
  const displayName = `${profile.firstName ?? ''} ${profile.lastName ?? ''}`.trim()
  return { id, type: 'User', alternateId: String(profile.login), displayName }
}

/** A group. */
export function groupParty({ id, value }: Pick<Stored<Group>, 'id' | 'value'>): LogParty {
  return { id, type: 'UserGroup', alternateId: 'unknown', displayName: String(value.profile.name) }
}

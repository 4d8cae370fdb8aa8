// What is a group, and who belongs to it, as the org keeps it?
import type { Collection } from '../state/state.ts'

/** A group. Moments are in ms since 1970. */
export interface Group {
  type: 'OKTA_GROUP' | 'APP_GROUP' | 'BUILT_IN'
  createdAt: number
  lastUpdatedAt: number
  lastMembershipUpdatedAt: number
  profile: Readonly<Record<string, unknown>>
  /** Unique keys of the attributes that were declared unique. Only groups with such an attribute have any. */
  uniqueKeys?: readonly string[]
}

/** All groups. Names are unique among groups that the org itself owns. */
export const groups: Collection<Group> = {
  name: 'group',
  unique: (group) => [
    ...(group.type === 'APP_GROUP' ? [] : [`name:${String(group.profile.name).toLowerCase()}`]),
    ...(group.uniqueKeys ?? []),
  ],
  indexes: {
    type: (group) => group.type,
    name: (group) => String(group.profile.name).toLowerCase(),
  },
}

/** One user in one group. The group "Everyone" has no such rows: everybody belongs to it. */
export interface Membership {
  groupId: string
  userId: string
  addedAt: number
  /** The group rules that hold the user in the group. Without any the user was added by hand. */
  ruleIds?: readonly string[]
}

/** The id of a membership; sorts by user within a group. */
export const membershipId = (groupId: string, userId: string): string => `${groupId}:${userId}`

/** All memberships. */
export const memberships: Collection<Membership> = {
  name: 'membership',
  indexes: {
    group: (membership) => membership.groupId,
    user: (membership) => membership.userId,
    rule: (membership) => membership.ruleIds,
  },
}

/** Who answers for a group: a user, or a group of users. */
export interface GroupOwner {
  groupId: string
  ownerId: string
  type: 'USER' | 'GROUP'
  lastUpdatedAt: number
}

/** The id of an ownership; sorts by owner within a group. */
export const groupOwnerId = (groupId: string, ownerId: string): string => `${groupId}:${ownerId}`

/** All group owners. */
export const groupOwners: Collection<GroupOwner> = {
  name: 'groupOwner',
  indexes: { group: (owner) => owner.groupId, owner: (owner) => owner.ownerId },
}

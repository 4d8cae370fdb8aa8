// Which relationships between users does an org know, and who is related to whom?
import type { Collection } from '../state/state.ts'

/** One side of a relationship. */
export interface LinkSide {
  /** What the API calls it; no other side of any definition has this name. */
  name: string
  title: string
  description?: string
}

/** A relationship between users: one primary (a manager) has many associated (subordinates). */
export interface LinkedObject {
  primary: LinkSide
  associated: LinkSide
  createdAt: number
}

/** The unique key of a name, of either side. Case counts (documented). */
export const linkKey = (name: string): string => `name:${name}`

/** All definitions. */
export const linkedObjects: Collection<LinkedObject> = {
  name: 'linkedObject',
  unique: ({ primary, associated }) => [linkKey(primary.name), linkKey(associated.name)],
}

/** One user's primary in a relationship. */
export interface UserLink {
  definitionId: string
  associatedId: string
  primaryId: string
}

/** The id of a link: a user has one primary in each relationship. */
export const userLinkId = (definitionId: string, associatedId: string): string => `${definitionId}:${associatedId}`

/** All links between users. */
export const userLinks: Collection<UserLink> = {
  name: 'userLink',
  indexes: {
    definition: (link) => link.definitionId,
    associated: (link) => link.associatedId,
    primary: (link) => link.primaryId,
    /** The associated users of one user in one relationship. */
    side: (link) => `${link.definitionId}:${link.primaryId}`,
  },
}

// What is a realm, and what puts users into it?
import { E0000001, E0000007 } from '@errorg/errors/codes'
import { fail } from '../fail.ts'
import type { JsonObject } from '../fields.ts'
import type { Org } from '../org.ts'
import { type Collection, put, type Write } from '../state/state.ts'

/** A part of the org's users. Every user is in one. Moments are in ms since 1970. */
export interface Realm {
  name: string
  realmType?: 'PARTNER' | 'DEFAULT'
  /** The only domains that logins and emails of its users may have; absent: any. */
  domains?: readonly string[]
  isDefault: boolean
  createdAt: number
  lastUpdatedAt: number
}

/** All realms. */
export const realms: Collection<Realm> = {
  name: 'realm',
  unique: (realm) => [`name:${realm.name.toLowerCase()}`],
}

/** A rule that puts users into a realm. */
export interface RealmAssignment {
  name: string
  status: 'ACTIVE' | 'INACTIVE'
  /** Smaller numbers are asked first; no two are equal. */
  priority: number
  /** Whoever is left goes to the default realm. It cannot be changed. */
  isDefault: boolean
  realmId: string
  profileSourceId?: string
  /** Okta Expression Language; absent: everybody. */
  expression?: string
  domains?: readonly string[]
  createdAt: number
  lastUpdatedAt: number
}

/** All rules that put users into realms. */
export const realmAssignments: Collection<RealmAssignment> = {
  name: 'realmAssignment',
  unique: (assignment) => [`priority:${assignment.priority}`],
  indexes: {
    realm: (assignment) => assignment.realmId,
    asked: (assignment) => (assignment.status === 'ACTIVE' && !assignment.isDefault ? 'yes' : undefined),
  },
}

/**
 * The realm that a user is in after a change: E0000007 when there is none of this id, E0000001 when it does not take
 * the user's domains. Costs nothing for users of the default realm, which takes every domain.
 */
export async function realmFor(
  org: Org,
  realmId: string | undefined,
  profile: JsonObject | undefined,
): Promise<string> {
  if (realmId === undefined || realmId === org.fixed.realmId) return org.fixed.realmId
  const realm = await org.state.load(realms, realmId)
  if (!realm) return fail(E0000007, 'resource-missing', { id: realmId, type: 'Realm' })
  const { domains } = realm.value
  for (const field of ['login', 'email']) {
    const text = profile?.[field]
    if (domains && typeof text === 'string' && !isOfDomain(text, domains)) {
      fail(E0000001, 'user-outside-realm-domains', { field })
    }
  }
  return realm.id
}

function isOfDomain(text: string, domains: readonly string[]): boolean {
  const domain = text.slice(text.lastIndexOf('@') + 1).toLowerCase()
  return domains.some((one) => one.toLowerCase() === domain)
}

/** One run of assignments over the users that are there. */
export interface RealmOperation {
  at: number
  /** What was run, as it was then. */
  configuration: Readonly<Record<string, unknown>>
  realmId?: string
  realmName?: string
  /** How many users it put into another realm. */
  moved: number
}

/** All runs. */
export const realmOperations: Collection<RealmOperation> = { name: 'realmOperation' }

/** The realm that every user is in who was not put elsewhere, and the rule that says so. */
export function firstRealm(org: Org, now: number): Write[] {
  const since = { createdAt: now, lastUpdatedAt: now }
  return [
    put(realms, org.fixed.realmId, { name: 'Default realm', isDefault: true, ...since }),
    put(realmAssignments, org.ids.next('rul'), {
      name: 'Catch-all',
      status: 'ACTIVE',
      priority: 499,
      isDefault: true,
      realmId: org.fixed.realmId,
      ...since,
    }),
  ]
}

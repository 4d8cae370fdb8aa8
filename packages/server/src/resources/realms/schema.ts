// What do realms, their assignments and operations look like on the wire, and what may be sent for them?
import { isoDate } from '../../clock.ts'
import type { Realm, RealmAssignment, RealmOperation } from '../../entities/realm.ts'
import type { FieldTable } from '../../fields.ts'
import type { Org } from '../../org.ts'
import type { Stored } from '../../state/state.ts'

/** The profile of a realm. */
export const profileFields: FieldTable = {
  name: { type: 'string', required: true, max: 255 },
  realmType: { type: 'string' },
  domains: { type: 'array', max: 1000 },
}

/** An assignment, but for its conditions and actions. */
export const assignmentFields: FieldTable = {
  name: { type: 'string', required: true, max: 255 },
  priority: { type: 'integer', min: 0, max: 498 },
  domains: { type: 'array', max: 1000 },
}

/** A link as realms have it. */
const self = (href: string) => ({ self: { rel: 'self', href, method: 'GET' } })

/** A realm as Okta shows it. */
export function showRealm(org: Org, { id, value }: Stored<Realm>): Record<string, unknown> {
  const { name, realmType, domains } = value
  return {
    id,
    created: isoDate(value.createdAt),
    lastUpdated: isoDate(value.lastUpdatedAt),
    isDefault: value.isDefault,
    profile: { name, ...(realmType && { realmType }), ...(domains && { domains }) },
    _links: self(`${org.baseUrl}/api/v1/realms/${id}`),
  }
}

/** A realm assignment as Okta shows it. */
export function showAssignment(org: Org, { id, value }: Stored<RealmAssignment>): Record<string, unknown> {
  return {
    id,
    status: value.status,
    name: value.name,
    created: isoDate(value.createdAt),
    lastUpdated: isoDate(value.lastUpdatedAt),
    isDefault: value.isDefault,
    ...(value.domains && { domains: value.domains }),
    ...showRule(value),
    priority: value.priority,
    _links: self(`${org.baseUrl}/api/v1/realm-assignments/${id}`),
  }
}

function showRule({ profileSourceId, expression, realmId }: RealmAssignment): Record<string, unknown> {
  return {
    conditions: {
      ...(profileSourceId !== undefined && { profileSourceId }),
      ...(expression !== undefined && { expression: { value: expression } }),
    },
    actions: { assignUserToRealm: { realmId } },
  }
}

/** What an assignment was run with, kept with the operation. */
export function configurationOf(id: string, value: RealmAssignment): Readonly<Record<string, unknown>> {
  return { id, name: value.name, ...showRule(value) }
}

/** A run of assignments as Okta shows it. */
export function showOperation(org: Org, { id, value }: Stored<RealmOperation>): Record<string, unknown> {
  const at = isoDate(value.at)
  return {
    id,
    type: 'realm:assignment',
    status: 'COMPLETED',
    created: at,
    started: at,
    completed: at,
    ...(value.realmId !== undefined && { realmId: value.realmId, realmName: value.realmName }),
    assignmentOperation: { configuration: value.configuration },
    numUserMoved: value.moved,
    _links: self(`${org.baseUrl}/api/v1/operations/${id}`),
  }
}

// What does a user type look like on the wire, and which fields may be sent?
import { isoDate } from '../../clock.ts'
import { schemaIdOf } from '../../entities/user-schema.ts'
import type { UserType } from '../../entities/user-type.ts'
import type { FieldTable } from '../../fields.ts'
import type { Org } from '../../org.ts'
import type { Stored } from '../../state/state.ts'

const NAME = /^[A-Za-z][A-Za-z0-9_]*$/

/** Fields of a new type. Everything else that comes along is read-only and not looked at. */
export const creationFields: FieldTable = {
  name: {
    type: 'string',
    required: true,
    form: {
      test: (text) => NAME.test(text),
      says: 'must start with a letter and contain only letters, digits and underscores',
    },
  },
  displayName: { type: 'string', required: true },
  description: { type: 'string' },
}

/** Fields of a replacing body. */
export const replacementFields: FieldTable = {
  name: { type: 'string', required: true },
  displayName: { type: 'string', required: true },
  description: { type: 'string' },
}

/** Fields of a partial update. */
export const updateFields: FieldTable = {
  displayName: { type: 'string' },
  description: { type: 'string' },
}

/** A type as Okta shows it. */
export function showType(org: Org, { id, value }: Stored<UserType>): Record<string, unknown> {
  const schema = `${org.baseUrl}/api/v1/meta/schemas/user/${schemaIdOf(id)}`
  return {
    id,
    displayName: value.displayName,
    name: value.name,
    description: value.description,
    createdBy: value.createdBy,
    lastUpdatedBy: value.lastUpdatedBy,
    created: isoDate(value.createdAt),
    lastUpdated: isoDate(value.lastUpdatedAt),
    default: value.isDefault,
    _links: {
      schema: { rel: 'schema', href: schema, method: 'GET' },
      self: { rel: 'self', href: `${org.baseUrl}/api/v1/meta/types/user/${id}`, method: 'GET' },
    },
  }
}

// Which operations does the API have on the schemas of users' profiles?
import { E0000007 } from '@errorg/errors/codes'
import { isoDate } from '../../clock.ts'
import { baseProperties, type ProfileAttribute, schemaIdOf } from '../../entities/user-schema.ts'
import { type UserType, userTypes } from '../../entities/user-type.ts'
import { fail } from '../../fail.ts'
import { type Answer, type Exchange, ok } from '../../http/exchange.ts'
import type { Org } from '../../org.ts'
import type { RouteRow } from '../../routes.ts'
import type { Stored } from '../../state/state.ts'

async function getUserSchema(org: Org, x: Exchange): Promise<Answer> {
  const name = x.params.schemaId!
  const typeId = name === 'default' ? org.fixed.defaultTypeId : `oty${name.slice(3)}`
  const known = name === 'default' || name.startsWith('osc')
  const type = known ? await org.state.load(userTypes, typeId) : undefined
  // Nobody recorded which type Okta names here. (inferred)
  return ok(showSchema(org, type ?? fail(E0000007, 'resource-missing', { id: name, type: 'CVDSchema' })))
}

function showSchema(org: Org, { id, value }: Stored<UserType>): Record<string, unknown> {
  const schemaId = schemaIdOf(id)
  const base = `${org.baseUrl}/api/v1/meta`
  const names = Object.keys(baseProperties)
  return {
    // Without /api/v1, as recorded.
    id: `${org.baseUrl}/meta/schemas/user/${value.isDefault ? 'default' : schemaId}`,
    $schema: 'http://json-schema.org/draft-04/schema#',
    name: value.name,
    title: value.displayName,
    description: value.description,
    lastUpdated: isoDate(value.lastUpdatedAt),
    created: isoDate(value.createdAt),
    definitions: {
      custom: { id: '#custom', type: 'object', properties: {}, required: [] },
      base: {
        id: '#base',
        type: 'object',
        properties: Object.fromEntries(names.map((name) => [name, showAttribute(baseProperties[name]!)])),
        required: names.filter((name) => baseProperties[name]!.required),
      },
    },
    type: 'object',
    properties: { profile: { allOf: [{ $ref: '#/definitions/custom' }, { $ref: '#/definitions/base' }] } },
    _links: {
      self: { rel: 'self', href: `${base}/schemas/user/${schemaId}`, method: 'GET' },
      type: { rel: 'type', href: `${base}/types/user/${id}`, method: 'GET' },
    },
  }
}

function showAttribute({ self, ...attribute }: ProfileAttribute): Record<string, unknown> {
  return {
    ...attribute,
    mutability: 'READ_WRITE',
    scope: 'NONE',
    permissions: [{ principal: 'SELF', action: self }],
    master: { type: 'PROFILE_MASTER' },
  }
}

/** Rows of the route table. */
export const schemaRoutes: readonly RouteRow[] = [
  {
    on: 'GET /api/v1/meta/schemas/user/:schemaId',
    operation: 'getUserSchema',
    needs: 'types.read',
    handle: getUserSchema,
  },
]

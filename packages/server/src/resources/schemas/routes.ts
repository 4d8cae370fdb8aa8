// Which operations does the API have on the schemas of users' and groups' profiles?
import { E0000007 } from '@errorg/errors/codes'
import { isoDate } from '../../clock.ts'
import {
  baseProperties,
  GROUP_SCHEMA,
  groupBaseProperties,
  type SchemaChanges,
  schemaChanges,
  schemaIdOf,
} from '../../entities/user-schema.ts'
import { type UserType, userTypes } from '../../entities/user-type.ts'
import { fail } from '../../fail.ts'
import { type Answer, type Exchange, ok } from '../../http/exchange.ts'
import type { Org } from '../../org.ts'
import { changeSchema } from '../../profile-schema/change.ts'
import { showDefinitions } from '../../profile-schema/show.ts'
import type { RouteRow } from '../../routes.ts'
import type { Stored } from '../../state/state.ts'

async function getUserSchema(org: Org, x: Exchange): Promise<Answer> {
  const type = await loadType(org, x)
  return ok(showUserSchema(org, type, (await org.state.load(schemaChanges, type.id))?.value))
}

async function updateUserSchema(org: Org, x: Exchange): Promise<Answer> {
  const type = await loadType(org, x)
  const changes = await changeSchema(org, { kind: 'user', id: type.id, base: baseProperties }, x.body, x.now)
  org.log(x, {
    eventType: 'directory.user_profile.update',
    displayMessage: 'Update user profile in Universal Directory',
    targets: [{ id: type.id, type: 'UserType', alternateId: type.value.name, displayName: type.value.displayName }],
  })
  return ok(showUserSchema(org, type, changes))
}

/** The type whose schema the path names: `default`, or the schema's own id. */
async function loadType(org: Org, x: Exchange): Promise<Stored<UserType>> {
  const name = x.params.schemaId!
  const typeId = name === 'default' ? org.fixed.defaultTypeId : `oty${name.slice(3)}`
  const known = name === 'default' || name.startsWith('osc')
  const type = known ? await org.state.load(userTypes, typeId) : undefined
  // Nobody recorded which type Okta names here. (inferred)
  return type ?? fail(E0000007, 'resource-missing', { id: name, type: 'CVDSchema' })
}

const DRAFT = 'http://json-schema.org/draft-04/schema#'
const profile = { allOf: [{ $ref: '#/definitions/custom' }, { $ref: '#/definitions/base' }] }

function showUserSchema(
  org: Org,
  { id, value }: Stored<UserType>,
  changes: SchemaChanges | undefined,
): Record<string, unknown> {
  const schemaId = schemaIdOf(id)
  const base = `${org.baseUrl}/api/v1/meta`
  return {
    // Without /api/v1, as recorded.
    id: `${org.baseUrl}/meta/schemas/user/${value.isDefault ? 'default' : schemaId}`,
    $schema: DRAFT,
    name: value.name,
    title: value.displayName,
    description: value.description,
    lastUpdated: isoDate(Math.max(changes?.lastUpdatedAt ?? 0, value.lastUpdatedAt)),
    created: isoDate(value.createdAt),
    definitions: showDefinitions(baseProperties, changes),
    type: 'object',
    properties: { profile },
    _links: {
      self: { rel: 'self', href: `${base}/schemas/user/${schemaId}`, method: 'GET' },
      type: { rel: 'type', href: `${base}/types/user/${id}`, method: 'GET' },
    },
  }
}

async function getGroupSchema(org: Org): Promise<Answer> {
  return ok(await showGroupSchema(org, (await org.state.load(schemaChanges, GROUP_SCHEMA))?.value))
}

async function updateGroupSchema(org: Org, x: Exchange): Promise<Answer> {
  const subject = { kind: 'group', id: GROUP_SCHEMA, base: groupBaseProperties } as const
  return ok(await showGroupSchema(org, await changeSchema(org, subject, x.body, x.now)))
}

async function showGroupSchema(org: Org, changes: SchemaChanges | undefined): Promise<Record<string, unknown>> {
  // As old as the org, like its first type.
  const createdAt = (await org.state.load(userTypes, org.fixed.defaultTypeId))!.value.createdAt
  return {
    id: `${org.baseUrl}/meta/schemas/group/default`,
    $schema: DRAFT,
    name: 'group',
    title: 'Okta group',
    description: 'Okta group profile template',
    lastUpdated: isoDate(changes?.lastUpdatedAt ?? createdAt),
    created: isoDate(createdAt),
    definitions: showDefinitions(groupBaseProperties, changes),
    type: 'object',
    properties: { profile },
    _links: { self: { rel: 'self', href: `${org.baseUrl}/api/v1/meta/schemas/group/default`, method: 'GET' } },
  }
}

const USER = '/api/v1/meta/schemas/user/:schemaId'
const GROUP = '/api/v1/meta/schemas/group/default'

/** Rows of the route table. */
export const schemaRoutes: readonly RouteRow[] = [
  { on: `GET ${USER}`, operation: 'getUserSchema', needs: 'schemas.read', handle: getUserSchema },
  {
    on: `POST ${USER}`,
    operation: 'updateUserProfile',
    needs: 'schemas.manage',
    body: 'json',
    handle: updateUserSchema,
  },
  { on: `GET ${GROUP}`, operation: 'getGroupSchema', needs: 'schemas.read', handle: getGroupSchema },
  {
    on: `POST ${GROUP}`,
    operation: 'updateGroupSchema',
    needs: 'schemas.manage',
    body: 'json',
    handle: updateGroupSchema,
  },
]

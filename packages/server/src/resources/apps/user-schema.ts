// Which attributes do the profiles of an app's users have? The operations on the app user schema.
import { E0000001, E0000081 } from '@errorg/errors/codes'
import { isoDate } from '../../clock.ts'
import { type App, apps } from '../../entities/app.ts'
import { fail } from '../../fail.ts'
import { checkFields, isObject, type JsonObject, objectBody, objectMember } from '../../fields.ts'
import { type Answer, type Exchange, ok } from '../../http/exchange.ts'
import type { Org } from '../../org.ts'
import { put, type Stored } from '../../state/state.ts'
import { logApp } from './events.ts'
import { loadApp } from './store.ts'

/** `GET /meta/schemas/apps/{id}/default` */
export async function getUserSchema(org: Org, x: Exchange): Promise<Answer> {
  return ok(showSchema(org, await loadApp(org, x)))
}

/** `POST /meta/schemas/apps/{id}/default`: adds, changes and (with null) removes custom attributes. */
export async function updateUserSchema(org: Org, x: Exchange): Promise<Answer> {
  const app = await loadApp(org, x)
  const userAttributes = withChanges(app.value.userAttributes ?? {}, readChanges(x.body))
  const value = { ...app.value, userAttributes, lastUpdatedAt: x.now }
  await org.state.change([put(apps, app.id, value, app)])
  logApp(org, x, 'application.lifecycle.update', app)
  return ok(showSchema(org, { ...app, value }))
}

/** Attributes of scope SYSTEM are the app's own: nobody sets them for a user. */
export function mayHaveProfile(app: App, profile: JsonObject): void {
  for (const attribute of Object.keys(profile)) {
    const known = app.userAttributes
    if (known && Object.hasOwn(known, attribute) && known[attribute]?.scope === 'SYSTEM') {
      fail(E0000081, 'attribute-reserved', { attribute })
    }
  }
}

const attributeFields = {
  title: { type: 'string', required: true, max: 255 },
  type: { type: 'string', required: true, oneOf: ['string', 'boolean', 'number', 'integer', 'array'] },
  scope: { type: 'string', oneOf: ['NONE', 'SELF', 'SYSTEM'] },
  description: { type: 'string', max: 1024 },
} as const

function readChanges(body: unknown): JsonObject {
  const definitions = objectMember(objectBody(body), 'definitions') ?? {}
  const changes = objectMember(objectMember(definitions, 'custom') ?? {}, 'properties') ?? {}
  for (const [name, attribute] of Object.entries(changes)) {
    if (attribute === null) continue
    if (!/^[A-Za-z]\w{0,127}$/.test(name) || !isObject(attribute))
      refuse(`${name.slice(0, 128)}: Invalid property name`)
    const [fault] = checkFields(attribute as JsonObject, attributeFields)
    if (fault) refuse(`${name}: ${fault.field}: ${fault.says}`)
  }
  return changes
}

function refuse(says: string): never {
  return fail(E0000001, 'value-invalid', { field: 'updateAppUserSchemas', causes: [says] })
}

function withChanges(old: NonNullable<App['userAttributes']>, changes: JsonObject): NonNullable<App['userAttributes']> {
  const next = new Map(Object.entries(old))
  for (const [name, attribute] of Object.entries(changes)) {
    if (isObject(attribute)) next.set(name, attribute)
    else next.delete(name)
  }
  return Object.fromEntries(next)
}

const common = {
  mutability: 'READ_WRITE',
  scope: 'NONE',
  permissions: [{ principal: 'SELF', action: 'READ_ONLY' }],
  master: { type: 'PROFILE_MASTER' },
}

function showSchema(org: Org, { id, value }: Stored<App>): Record<string, unknown> {
  const custom = Object.entries(value.userAttributes ?? {})
  return {
    // Without /api/v1, as documented.
    id: `${org.baseUrl}/meta/schemas/apps/${id}/default`,
    $schema: 'http://json-schema.org/draft-04/schema#',
    name: value.label,
    title: `${value.label} User`,
    lastUpdated: isoDate(value.lastUpdatedAt),
    created: isoDate(value.createdAt),
    definitions: {
      custom: {
        id: '#custom',
        type: 'object',
        properties: Object.fromEntries(custom.map(([name, attribute]) => [name, { ...common, ...attribute }])),
        required: custom.filter(([, attribute]) => attribute.required === true).map(([name]) => name),
      },
      base: {
        id: '#base',
        type: 'object',
        properties: {
          userName: { title: 'Username', type: 'string', required: true, ...common, maxLength: 100 },
        },
        required: ['userName'],
      },
    },
    type: 'object',
    properties: { profile: { allOf: [{ $ref: '#/definitions/base' }, { $ref: '#/definitions/custom' }] } },
  }
}

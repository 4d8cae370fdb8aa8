// Which attributes do the profiles of an app's users have? The operations on the app user schema.
import { E0000001, E0000081 } from '@errorg/errors/codes'
import { isoDate } from '../../clock.ts'
import type { App } from '../../entities/app.ts'
import {
  appUserAttributes,
  appUserBaseProperties,
  type SchemaChanges,
  schemaChanges,
} from '../../entities/user-schema.ts'
import { fail } from '../../fail.ts'
import type { JsonObject } from '../../fields.ts'
import { type Answer, type Exchange, ok } from '../../http/exchange.ts'
import type { Org } from '../../org.ts'
import { changeSchema } from '../../profile-schema/change.ts'
import { showDefinitions } from '../../profile-schema/show.ts'
import { isAbsent, readySchema } from '../../profile-values.ts'
import type { Stored } from '../../state/state.ts'
import { appParty } from './events.ts'
import { isOfCatalogue } from './modes.ts'
import { loadApp } from './store.ts'

/** `GET /meta/schemas/apps/{id}/default` */
export async function getUserSchema(org: Org, x: Exchange): Promise<Answer> {
  const app = await loadApp(org, x)
  return ok(showSchema(org, app, (await org.state.load(schemaChanges, app.id))?.value))
}

/** `POST /meta/schemas/apps/{id}/default`: adds, changes and (with null) removes custom attributes. */
export async function updateUserSchema(org: Org, x: Exchange): Promise<Answer> {
  const app = await loadApp(org, x)
  const subject = { kind: 'app', id: app.id, base: appUserBaseProperties(app.value) } as const
  const changes = await changeSchema(org, subject, x.body, x.now)
  org.log(x, {
    eventType: 'directory.app_user_profile.update',
    displayMessage: 'Update app user profile in Universal Directory',
    targets: [appParty(app)],
  })
  return ok(showSchema(org, app, changes))
}

/**
 * Are these attributes of the app's users? Asked for users and for groups. Of an app of the catalogue nobody has published
 * which attributes it brings along, so what nobody defined passes there.
 */
export async function areDefined(org: Org, app: Stored<App>, sent: JsonObject): Promise<void> {
  if (isOfCatalogue(app.value.name, app.value.signOnMode)) return
  const known = await appUserAttributes(org.state, app)
  const unknown = Object.keys(sent).filter((name) => !Object.hasOwn(known, name))
  if (unknown.length === 0) return
  const causes = unknown.map((name) => `Property '${name}' not found`)
  fail(E0000001, 'assignment-property-not-found', { property: unknown[0], causes })
}

/** May a user of the app have this profile? Attributes of scope SYSTEM are the app's own: nobody sets them for a user. */
export async function mayHaveProfile(org: Org, app: Stored<App>, sent: JsonObject, whole: JsonObject): Promise<void> {
  await areDefined(org, app, sent)
  const known = await appUserAttributes(org.state, app)
  for (const attribute of Object.keys(sent)) {
    if (Object.hasOwn(known, attribute) && known[attribute]!.scope === 'SYSTEM') {
      fail(E0000081, 'attribute-reserved', { attribute })
    }
  }
  const schema = readySchema(known, appUserBaseProperties(app.value))
  const missing = schema.required.filter((name) => isAbsent(whole[name]) && known[name]!.scope !== 'SYSTEM')
  if (missing.length > 0) {
    const causes = missing.map((name) => `${name}: The field cannot be left blank`)
    fail(E0000001, 'required-field-missing', { field: missing[0], causes })
  }
  const [first, ...others] = schema.faultsOf(whole)
  if (!first) return
  const { cause, field } = first
  const causes = [first, ...others].map((fault) => fault.says)
  fail(E0000001, cause, { field, property: field, object: 'appUser', causes })
}

function showSchema(org: Org, { id, value }: Stored<App>, changes: SchemaChanges | undefined): Record<string, unknown> {
  return {
    // Without /api/v1, as documented.
    id: `${org.baseUrl}/meta/schemas/apps/${id}/default`,
    $schema: 'http://json-schema.org/draft-04/schema#',
    name: value.label,
    title: `${value.label} User`,
    lastUpdated: isoDate(changes?.lastUpdatedAt ?? value.createdAt),
    created: isoDate(value.createdAt),
    definitions: showDefinitions(appUserBaseProperties(value), changes),
    type: 'object',
    properties: { profile: { allOf: [{ $ref: '#/definitions/base' }, { $ref: '#/definitions/custom' }] } },
  }
}

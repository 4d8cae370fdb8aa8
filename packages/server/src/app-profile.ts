// What is in the profile of an app's user? What the mapping makes of the Okta user, under what was set by hand.
import type { App } from './entities/app.ts'
import { mappingsToApp, type PropertyMapping, type PropertyMappings } from './entities/profile-mapping.ts'
import type { User } from './entities/user.ts'
import { type Expression, ExpressionFault, type ExpressionScope, evaluateExpression } from './expression/index.ts'
import { askedBy, askedOf } from './expression/user.ts'
import type { JsonObject } from './fields.ts'
import type { Org } from './org.ts'
import type { Stored } from './state/state.ts'

/** What the mapping makes of a user: what is pushed follows the user, what is not is made once, at assignment. */
export async function mappedProfile(
  org: Org,
  app: Stored<App>,
  user: Stored<User>,
  status: PropertyMapping['pushStatus'],
): Promise<JsonObject> {
  const properties = await mappingsToApp(org.state, org.ids.suffix, user.value.typeId, app)
  return valuesOf(org, properties, status, {
    values: { user: { ...user.value.profile, id: user.id }, source: user.value.profile, app: appAsNamed(app) },
    ...(await askedOf(org, user, askedBy(Object.values(properties).flatMap((one) => readable(org, one.expression))))),
  })
}

/** An app as expressions name it. */
export function appAsNamed({ id, value }: Stored<App>): JsonObject {
  return { clientId: value.oauth?.clientId ?? id, id, name: value.name, label: value.label }
}

function valuesOf(
  org: Org,
  properties: PropertyMappings,
  status: PropertyMapping['pushStatus'],
  scope: ExpressionScope,
): JsonObject {
  const profile: Record<string, unknown> = {}
  for (const [name, { expression, pushStatus }] of Object.entries(properties)) {
    if (pushStatus !== status) continue
    const value = tryToEvaluate(org, expression, scope)
    if (value !== null) Object.defineProperty(profile, name, { value, enumerable: true })
  }
  return profile
}

// What has no value for this user stays away from the profile.
function tryToEvaluate(org: Org, text: string, scope: ExpressionScope): unknown {
  try {
    return evaluateExpression(org.readExpression(text), scope)
  } catch (error) {
    if (error instanceof ExpressionFault) return null
    throw error
  }
}

/** The expression; none where the text cannot be read: it asks for nothing, and fails when its turn comes. */
export function readable(org: Org, text: string): Expression[] {
  try {
    return [org.readExpression(text)]
  } catch (error) {
    if (error instanceof ExpressionFault) return []
    throw error
  }
}

// What is in the profile of an app's user? What the mapping makes of the Okta user, under what was set by hand.
import type { App } from './entities/app.ts'
import { mappingsToApp, type PropertyMapping, type PropertyMappings } from './entities/profile-mapping.ts'
import type { User } from './entities/user.ts'
import { ExpressionFault, type ExpressionScope, evaluateExpression } from './expression/index.ts'
import { groupsOf, internalProperties } from './expression/user.ts'
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
    groups: asksGroups(org, properties) ? await groupsOf(org, user.id) : [],
    internal: internalProperties(user.id, user.value),
    now: org.clock.now(),
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

function asksGroups(org: Org, properties: PropertyMappings): boolean {
  return Object.values(properties).some(({ expression }) => {
    try {
      return org.readExpression(expression).asksGroups
    } catch (error) {
      if (error instanceof ExpressionFault) return false
      throw error
    }
  })
}

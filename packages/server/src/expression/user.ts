// What does a user look like to an expression?
import { isoDate } from '../clock.ts'
import { groups } from '../entities/group.ts'
import { linkedObjects, userLinks } from '../entities/linked-object.ts'
import { type User, users } from '../entities/user.ts'
import type { Org } from '../org.ts'
import type { Stored } from '../state/state.ts'
import type { ExpressionScope, ScopeGroup } from './scope.ts'
import type { Expression } from './tree.ts'

/** All that expressions may ask about a user, beside the values that they name. */
export async function askedOf(
  org: Org,
  user: Stored<User>,
  { asksGroups, asksLinks }: Pick<Expression, 'asksGroups' | 'asksLinks'>,
): Promise<Omit<ExpressionScope, 'values'>> {
  return {
    groups: asksGroups ? await groupsOf(org, user.id) : [],
    ...(asksLinks && { linked: await linkedTo(org, user.id) }),
    inDirectory: user.value.provider.type === 'ACTIVE_DIRECTORY',
    internal: internalProperties(user.id, user.value),
    now: org.clock.now(),
  }
}

/** What any of these expressions asks for. */
export function askedBy(expressions: readonly Expression[]): Pick<Expression, 'asksGroups' | 'asksLinks'> {
  return {
    asksGroups: expressions.some((one) => one.asksGroups),
    asksLinks: expressions.some((one) => one.asksLinks),
  }
}

// The other side of each relationship; null where the user has nobody there.
async function linkedTo(org: Org, userId: string): Promise<NonNullable<ExpressionScope['linked']>> {
  const names = new Map((await org.state.scan(linkedObjects)).map(({ id, value }) => [id, value.primary.name]))
  const linked = Object.fromEntries([...names.values()].map((name) => [name, null as Record<string, unknown> | null]))
  for (const { value } of await org.state.find(userLinks, 'associated', userId)) {
    const name = names.get(value.definitionId)
    const primary = await org.state.load(users, value.primaryId)
    if (name !== undefined && primary) linked[name] = { ...primary.value.profile, id: primary.id }
  }
  return linked
}

// What Okta keeps of a user beside the profile (documented for `user.getInternalProperty`).
function internalProperties(id: string, user: User): Readonly<Record<string, unknown>> {
  const moment = (ms: number | undefined) => (ms === undefined ? null : isoDate(ms))
  return {
    id,
    status: user.status,
    created: moment(user.createdAt),
    activated: moment(user.activatedAt),
    lastUpdated: moment(user.lastUpdatedAt),
    lastLogin: moment(user.lastLoginAt),
    statusChanged: moment(user.statusChangedAt),
    passwordChanged: moment(user.passwordChangedAt),
  }
}

// Somebody may be in thousands: ask only if needed.
async function groupsOf(org: Org, userId: string): Promise<ScopeGroup[]> {
  const rows = await Promise.all((await org.groupIdsOf(userId)).map((id) => org.state.load(groups, id)))
  return rows.flatMap((row) =>
    row ? [{ id: row.id, name: String(row.value.profile.name), type: row.value.type }] : [],
  )
}

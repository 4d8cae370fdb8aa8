// Which claims does a custom server add to a token? Those that its administrator made, for the scopes at hand.
import { redirectErrors } from '@errorg/errors/oauth'
import type { App } from '../entities/app.ts'
import { type ServerClaim, serverClaims } from '../entities/auth-server.ts'
import { type Group, groups } from '../entities/group.ts'
import type { User } from '../entities/user.ts'
import { ExpressionFault, type ExpressionScope, evaluateExpression } from '../expression/index.ts'
import { PatternFault, readPattern } from '../expression/pattern.ts'
import { internalProperties } from '../expression/user.ts'
import type { Org } from '../org.ts'
import type { Stored } from '../state/state.ts'
import { refuseAs } from './errors.ts'
import type { Server } from './servers.ts'

/** Whom a token is about. */
export interface TokenParties {
  server: Server
  app: Stored<App>
  user?: Stored<User>
  scopes: readonly string[]
}

/** Where claims go: into access tokens, into ID tokens, or into the answer of `/userinfo`. */
export type ClaimPlace = 'access' | 'id' | 'id-alone' | 'userinfo'

// Claims that the server itself answers for. `sub` is the one that an administrator may define (documented).
const reserved: ReadonlySet<string> = new Set([
  ...['ver', 'jti', 'iss', 'aud', 'iat', 'exp', 'cid', 'uid', 'scp', 'nonce', 'at_hash', 'c_hash', 'auth_time', 'amr'],
  'idp',
])

// Okta refuses the whole request when a groups claim matches more (documented).
const MOST_GROUPS = 100

/** The administrator's claims; refuses with server_error when one cannot be evaluated. */
export async function customClaims(
  org: Org,
  parties: TokenParties,
  place: ClaimPlace,
): Promise<Record<string, unknown>> {
  const { server, scopes } = parties
  if (server.isOrg) return {}
  const type = place === 'access' ? 'RESOURCE' : 'IDENTITY'
  const wanted = (await org.state.find(serverClaims, 'server', server.id)).filter(
    ({ value }) =>
      value.claimType === type &&
      value.status === 'ACTIVE' &&
      value.valueType !== 'SYSTEM' &&
      !reserved.has(value.name) &&
      // A thin ID token leaves to /userinfo what need not be in every token.
      (place !== 'id' || value.alwaysIncludeInToken) &&
      (value.conditions.scopes.length === 0 || value.conditions.scopes.some((scope) => scopes.includes(scope))),
  )
  if (wanted.length === 0) return {}
  const known = await scopeOf(
    org,
    parties,
    wanted.some(({ value }) => value.valueType === 'GROUPS' || asksGroups(org, value.value)),
  )
  const claims: Record<string, unknown> = {}
  for (const { value: claim } of wanted) {
    const value = claim.valueType === 'GROUPS' ? groupsClaim(claim, known) : expressionClaim(org, claim, known)
    // What is null for this user is left out.
    if (value !== null) Object.defineProperty(claims, claim.name, { value, enumerable: true })
  }
  return claims
}

// Somebody may be in thousands of groups: they are read only where a claim asks for them.
async function scopeOf(org: Org, { app, user }: TokenParties, withGroups: boolean): Promise<ExpressionScope> {
  const groupRows: Stored<Group>[] = []
  for (const id of user && withGroups ? await org.groupIdsOf(user.id) : []) {
    const row = await org.state.load(groups, id)
    if (row) groupRows.push(row)
  }
  const login = user && String(user.value.profile.login)
  return {
    values: {
      user: user ? { ...user.value.profile, id: user.id, status: user.value.status } : null,
      appuser: user ? { userName: login, email: user.value.profile.email } : null,
      app: { clientId: app.value.oauth?.clientId ?? app.id, id: app.id, name: app.value.name, label: app.value.label },
      org: { name: new URL(org.baseUrl).hostname.split('.')[0] },
    },
    groups: groupRows.map(({ id, value }) => ({ id, name: String(value.profile.name), type: value.type })),
    internal: user && internalProperties(user.id, user.value),
    now: org.clock.now(),
  }
}

// A text that cannot be read asks for nothing; it fails when its turn comes.
function asksGroups(org: Org, text: string): boolean {
  try {
    return org.readExpression(text).asksGroups
  } catch (error) {
    if (!(error instanceof ExpressionFault)) throw error
    return false
  }
}

function expressionClaim(org: Org, claim: ServerClaim, known: ExpressionScope): unknown {
  try {
    return evaluateExpression(org.readExpression(claim.value), known)
  } catch (error) {
    if (!(error instanceof ExpressionFault)) throw error
    return refuseAs(
      redirectErrors.server_error,
      'claim-not-evaluable',
      { claim: claim.name },
      { reason: 'user_claim_evaluation_failure' },
    )
  }
}

function groupsClaim(claim: ServerClaim, known: ExpressionScope): string[] | null {
  const names = known.groups.map((group) => group.name).filter((name) => fitsFilter(claim, name))
  if (names.length > MOST_GROUPS) {
    refuseAs(redirectErrors.server_error, 'too-many-groups', {}, { reason: 'too_many_groups_in_groups_claim' })
  }
  return names.length === 0 ? null : names
}

function fitsFilter({ groupFilterType, value }: ServerClaim, name: string): boolean {
  switch (groupFilterType) {
    case 'STARTS_WITH':
      return name.startsWith(value)
    case 'EQUALS':
      return name === value
    case 'CONTAINS':
      return name.includes(value)
    case 'REGEX':
      return matches(value, name)
    default:
      return false
  }
}

// Okta's regular expressions are Java's and match the whole name. One that cannot be read matches nothing.
function matches(pattern: string, name: string): boolean {
  try {
    return readPattern(pattern)(name)
  } catch (error) {
    if (!(error instanceof PatternFault)) throw error
    return false
  }
}

// Which claims does a custom server add to a token? Those that its administrator made, for the scopes at hand.
import { redirectErrors } from '@errorg/errors/oauth'
import { appAsNamed, mappedProfile, readable } from '../app-profile.ts'
import { type App, appUsers, assignmentId } from '../entities/app.ts'
import { type ServerClaim, serverClaims } from '../entities/auth-server.ts'
import type { User } from '../entities/user.ts'
import {
  createBudget,
  type Expression,
  ExpressionFault,
  type ExpressionScope,
  evaluateExpression,
  spend,
} from '../expression/index.ts'
import { PatternFault, type Pay, readPattern } from '../expression/pattern.ts'
import { askedBy, askedOf } from '../expression/user.ts'
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
  const read = wanted.flatMap(({ value }) => (value.valueType === 'GROUPS' ? [] : readable(org, value.value)))
  const withGroups = wanted.some(({ value }) => value.valueType === 'GROUPS')
  const known = await scopeOf(org, parties, read, withGroups)
  const claims: Record<string, unknown> = {}
  for (const { value: claim } of wanted) {
    const value = claim.valueType === 'GROUPS' ? groupsClaim(claim, known) : expressionClaim(org, claim, known)
    // What is null for this user is left out.
    if (value !== null) Object.defineProperty(claims, claim.name, { value, enumerable: true })
  }
  return claims
}

// Only what some claim names is looked up: groups and app profiles cost reads, and most claims name neither.
async function scopeOf(
  org: Org,
  { app, user }: TokenParties,
  read: readonly Expression[],
  withGroups: boolean,
): Promise<ExpressionScope> {
  const names = (root: string) => read.flatMap(({ attributes }) => attributes[root] ?? [])
  const ofApp = names('appuser').some((name) => name !== '' && name !== 'userName' && name !== 'email')
  return {
    values: {
      user: user ? { ...user.value.profile, id: user.id, status: user.value.status } : null,
      appuser: user
        ? {
            email: user.value.profile.email,
            ...(ofApp && (await appUserProfile(org, app, user))),
            userName: String(user.value.profile.login),
          }
        : null,
      app: appAsNamed(app),
      org: names('org').length > 0 ? { name: new URL(org.baseUrl).hostname.split('.')[0] } : null,
    },
    ...(user
      ? await askedOf(org, user, { ...askedBy(read), ...(withGroups && { asksGroups: true }) })
      : { groups: [], now: org.clock.now() }),
  }
}

async function appUserProfile(org: Org, app: Stored<App>, user: Stored<User>) {
  const assigned = await org.state.load(appUsers, assignmentId(app.id, user.id))
  return { ...(await mappedProfile(org, app, user, 'PUSH')), ...assigned?.value.profile }
}

function expressionClaim(org: Org, claim: ServerClaim, known: ExpressionScope): unknown {
  try {
    return evaluateExpression(org.readExpression(claim.value), known)
  } catch (error) {
    if (!(error instanceof ExpressionFault)) throw error
    return refuseUnevaluable(claim)
  }
}

function refuseUnevaluable({ name }: ServerClaim): never {
  return refuseAs(
    redirectErrors.server_error,
    'claim-not-evaluable',
    { claim: name },
    { reason: 'user_claim_evaluation_failure' },
  )
}

function groupsClaim(claim: ServerClaim, known: ExpressionScope): string[] | null {
  const names = filtered(claim, known)
  if (names.length > MOST_GROUPS) {
    refuseAs(redirectErrors.server_error, 'too-many-groups', {}, { reason: 'too_many_groups_in_groups_claim' })
  }
  return names.length === 0 ? null : names
}

function filtered(claim: ServerClaim, { groups }: ExpressionScope): string[] {
  const budget = createBudget()
  try {
    return groups.map((group) => group.name).filter(filterOf(claim, (steps) => spend(budget, steps, 0)))
  } catch (error) {
    if (!(error instanceof ExpressionFault)) throw error
    return refuseUnevaluable(claim)
  }
}

function filterOf({ groupFilterType, value }: ServerClaim, pay: Pay): (name: string) => boolean {
  switch (groupFilterType) {
    case 'STARTS_WITH':
      return (name) => name.startsWith(value)
    case 'EQUALS':
      return (name) => name === value
    case 'CONTAINS':
      return (name) => name.includes(value)
    case 'REGEX':
      return patternOf(value, pay)
    default:
      return () => false
  }
}

// Okta's regular expressions are Java's and match the whole name. One that cannot be read matches nothing.
function patternOf(pattern: string, pay: Pay): (name: string) => boolean {
  try {
    return readPattern(pattern, pay)
  } catch (error) {
    if (!(error instanceof PatternFault)) throw error
    return () => false
  }
}

// Which of the scopes that a client asks for does it get? The server must know them, the flow must suit them, and what
// reaches into Okta's own API must have been granted to the app.
import { redirectErrors } from '@errorg/errors/oauth'
import { scopeGrants } from '../entities/app.ts'
import type { Org } from '../org.ts'
import type { Client } from './clients.ts'
import { refuse, refuseAs } from './errors.ts'
import { type KnownScope, loadScopes, openIdScopes } from './scopes.ts'
import type { Server } from './servers.ts'

/** What is asked. */
export interface ScopeAsk {
  server: Server
  client: Client
  scopes: readonly string[]
  /** Does a user take part? Not with client credentials. */
  forUser: boolean
  /** Is an ID token wanted straight from the endpoint? */
  wantsIdToken?: boolean
}

// Documented: the parameter is at most 1,024 characters long.
const LONGEST = 1_024

/** The scopes that the client gets, before any policy is asked; refuses where it cannot have them. */
export async function resolveScopes(org: Org, ask: ScopeAsk): Promise<readonly string[]> {
  const { server, scopes } = ask
  if (scopes.join(' ').length > LONGEST) {
    return refuse(400, 'invalid_scope', redirectErrors.invalid_scope.current.descriptions[0]!, 'scope-too-long')
  }
  const known = await loadScopes(org, server)
  const wanted = scopes.length > 0 ? scopes : defaultScopes(server, known)
  mustBeKnown(server, known, wanted)
  if (ask.forUser) mustHaveOpenId(wanted, ask.wantsIdToken ?? false)
  else mustSuitClient(known, wanted)
  return server.isOrg ? await grantedScopes(org, ask.client, wanted) : wanted
}

function defaultScopes(server: Server, known: readonly KnownScope[]): string[] {
  const names = known.filter((scope) => scope.default).map((scope) => scope.name)
  if (names.length > 0) return names
  const description = server.isOrg ? 'No scopes were requested.' : undefined
  return refuseAs(
    redirectErrors.invalid_scope,
    'no-scope-sent',
    {},
    { reason: server.isOrg ? 'missing_scopes' : 'no_default_scopes', description },
  )
}

function mustBeKnown(server: Server, known: readonly KnownScope[], wanted: readonly string[]): void {
  const names = new Set(known.map((scope) => scope.name))
  for (const scope of wanted) {
    if (names.has(scope)) continue
    const isApi = scope.startsWith('okta.')
    // What the org's server might grant is looked up among the grants.
    if (server.isOrg && isApi) continue
    const atCustom = isApi ? 'api-scope-at-custom-server' : 'scope-not-configured'
    const cause = server.isOrg ? 'custom-scope-at-org-server' : atCustom
    refuseAs(redirectErrors.invalid_scope, cause, {}, { reason: server.isOrg ? 'illegal_scope' : 'no_matching_scope' })
  }
}

const needsOpenId: ReadonlySet<string> = new Set(['profile', 'email', 'address', 'phone', 'groups'])

function mustHaveOpenId(wanted: readonly string[], wantsIdToken: boolean): void {
  if (wanted.includes('openid')) return
  // A custom server may have a scope of its own called `groups`; asked for alone it is no scope of OpenID Connect.
  if (wantsIdToken || wanted.some((scope) => scope !== 'groups' && needsOpenId.has(scope))) {
    refuseAs(redirectErrors.invalid_scope, 'openid-missing', {}, { reason: 'openid_scope_required' })
  }
}

function mustSuitClient(known: readonly KnownScope[], wanted: readonly string[]): void {
  const unfit = wanted.filter((scope) => openIdScopes.has(scope))
  if (unfit.length > 0) {
    refuseAs(
      redirectErrors.invalid_scope,
      'scope-without-user',
      { scopes: unfit.join(', ') },
      {
        reason: 'illegal_scope',
        // Reported in these words for `openid`.
        description: unfit.includes('openid') ? "Cannot request 'openid' scopes using client credentials" : undefined,
      },
    )
  }
  // There is nobody who could consent.
  if (known.some((scope) => scope.consent === 'REQUIRED' && wanted.includes(scope.name))) refuseUngranted()
}

// Scopes of the API that were not granted are left out of the token; without any the request fails (reported).
async function grantedScopes(org: Org, client: Client, wanted: readonly string[]): Promise<readonly string[]> {
  if (!wanted.some((scope) => scope.startsWith('okta.'))) return wanted
  const grants = await org.state.find(scopeGrants, 'app', client.id)
  const granted = new Set(grants.map((grant) => grant.value.scopeId))
  const rest = wanted.filter((scope) => !scope.startsWith('okta.') || granted.has(scope))
  return rest.length > 0 ? rest : refuseUngranted()
}

function refuseUngranted(): never {
  return refuse(400, 'consent_required', 'You are not allowed any of the requested scopes.', 'scopes-not-granted', {
    reason: 'consent_required',
  })
}

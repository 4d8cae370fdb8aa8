// Which events does Okta write for what happens at OAuth endpoints? A grant is an event for each token; a refusal is
// one, with Okta's word for the reason.
import type { App } from '../entities/app.ts'
import type { User } from '../entities/user.ts'
import type { Exchange } from '../http/exchange.ts'
import type { LogParty } from '../log/event.ts'
import { userParty } from '../log/parties.ts'
import type { Org } from '../org.ts'
import type { Stored } from '../state/state.ts'
import type { OAuthRefusal } from './errors.ts'
import type { Server } from './servers.ts'

/** What is known about a request so far; an endpoint fills it in as it finds out. */
export interface Seen {
  server: Server
  client?: Stored<App>
  user?: Stored<User>
  grantType?: string
  responseType?: string
  responseMode?: string
  redirectUri?: string
  requestedScopes?: readonly string[]
}

/** The endpoints whose refusals leave an event. */
export type Endpoint = 'token' | 'authorize' | 'revoke'

// Event types are Okta's; the sentences of the failures are inferred from those of the successes.
const messages = {
  'token.grant': 'OAuth2 token request',
  'token.grant.access_token': 'OAuth2 access token is granted',
  'token.grant.id_token': 'OIDC id token is granted',
  'token.grant.refresh_token': 'OAuth2 refresh token is granted',
  'token.revoke': 'OAuth2 token revocation request',
  'token.detect_reuse': 'OAuth2 refresh token reuse is detected',
  authorize: 'OAuth2 authorization request',
  'authorize.code': 'OAuth2 authorization code request',
  'authorize.implicit.access_token': 'OAuth2 access token is granted in implicit flow',
  'authorize.implicit.id_token': 'OIDC id token is granted in implicit flow',
} as const

const failures = { token: 'token.grant', authorize: 'authorize', revoke: 'token.revoke' } as const

/** A client as an event shows one. */
export function clientParty(app: Stored<App>): LogParty {
  const clientId = app.value.oauth?.clientId ?? app.id
  return { id: clientId, type: 'PublicClientApp', alternateId: clientId, displayName: app.value.label }
}

/** Writes what went well. */
export function logSuccess(
  org: Org,
  x: Exchange,
  what: keyof typeof messages,
  seen: Seen,
  debug: Readonly<Record<string, string>> = {},
): void {
  write(org, x, what, seen, debug)
}

/** Writes a refusal. */
export function logRefusal(org: Org, x: Exchange, endpoint: Endpoint, seen: Seen, refusal: OAuthRefusal): void {
  const { error, description } = refusal
  write(
    org,
    x,
    failures[endpoint],
    seen,
    { error, error_description: description },
    refusal.more.reason ?? refusal.error,
  )
}

function write(
  org: Org,
  x: Exchange,
  what: keyof typeof messages,
  seen: Seen,
  debug: Readonly<Record<string, string>>,
  reason?: string,
): void {
  const { server, client, user } = seen
  const targets: LogParty[] = []
  // The one who asks is the actor: the client at the token endpoint, the user in front of the browser.
  const asker = client && clientParty(client)
  const person = user && userParty(user)
  const actor = what.startsWith('authorize') ? (person ?? asker) : (asker ?? person)
  for (const party of [person, asker]) if (party && party !== actor) targets.push(party)
  if (!server.isOrg) {
    targets.push({ id: server.id, type: 'AuthorizationServer', alternateId: 'unknown', displayName: server.issuer })
  }
  org.log(x, {
    eventType: `app.oauth2.${server.isOrg ? '' : 'as.'}${what}`,
    displayMessage: messages[what],
    severity: reason === undefined ? (what === 'token.detect_reuse' ? 'WARN' : 'INFO') : 'WARN',
    result: reason === undefined ? 'SUCCESS' : 'FAILURE',
    reason: reason?.slice(0, 255),
    actor,
    targets,
    debug: { ...debugOf(seen), ...debug },
  })
}

function debugOf(seen: Seen): Record<string, string> {
  const debug: Record<string, string> = {}
  const { server, client } = seen
  const add = (name: string, value: string | undefined) => {
    if (value !== undefined && value !== '') debug[name] = value.slice(0, 1_024)
  }
  add('authorizationServer', server.isOrg ? undefined : server.id)
  add('clientAuthType', client?.value.oauth?.authMethod)
  add('grantType', seen.grantType)
  add('responseType', seen.responseType)
  add('responseMode', seen.responseMode)
  add('redirectUri', seen.redirectUri)
  add('requestedScopes', seen.requestedScopes?.join(','))
  return debug
}

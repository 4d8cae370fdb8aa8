// Must the user be asked before an app gets its scopes? A page asks; what the user allows is kept, and asked once.
import { redirectErrors } from '@errorg/errors/oauth'
import { type ServerScope, serverScopes } from '../entities/auth-server.ts'
import { type ConsentAsk, consentAsks, grantKey, type UserGrant, userGrants } from '../entities/consent.ts'
import type { Session } from '../entities/sign-in.ts'
import type { User } from '../entities/user.ts'
import type { Answer, Exchange } from '../http/exchange.ts'
import { userParty } from '../log/parties.ts'
import type { Org } from '../org.ts'
import { renderConsent } from '../pages/oauth-pages.ts'
import { sessionOf } from '../sessions.ts'
import { put, remove, type Stored, type Write } from '../state/state.ts'
import { hashToken } from '../token-hash.ts'
import { type AuthorizeRequest, wayBackOf } from './authorize-request.ts'
import { type Client, loadClient, refuseClientId } from './clients.ts'
import { OAuthRefusal, refuse, refuseAs } from './errors.ts'
import { clientParty, logRefusal, type Seen } from './events.ts'
import { formOf, type Params, readParams } from './params.ts'
import { sendRefusal } from './respond.ts'
import type { Server } from './servers.ts'
import { sweepLater } from './sweep.ts'

/** Whose consent is asked about, and for what. */
export interface ConsentQuestion {
  server: Server
  client: Client
  user: Stored<User>
  scopes: readonly string[]
  prompt: AuthorizeRequest['prompt']
}

/**
 * The scopes that the user must still be asked for (documented, as a table of prompt, the app's consent method and the
 * scope's consent): `prompt=consent` asks for what is REQUIRED each time, also for apps that are trusted; else only apps
 * whose method is REQUIRED ask, and only once.
 */
export async function scopesToAsk(org: Org, question: ConsentQuestion): Promise<Stored<ServerScope>[]> {
  const { server, client, user, scopes, prompt } = question
  if (server.isOrg) return []
  const trusted = client.value.oauth.consentMethod === 'TRUSTED'
  const again = prompt.has('consent')
  if (trusted && !again) return []
  const asked: Stored<ServerScope>[] = []
  for (const scope of await org.state.find(serverScopes, 'server', server.id)) {
    const { name, consent } = scope.value
    const counts = consent === 'REQUIRED' || (consent === 'FLEXIBLE' && !trusted)
    if (!counts || !scopes.includes(name)) continue
    const key = grantKey({ userId: user.id, clientId: client.value.oauth.clientId, scopeId: scope.id })
    if (again || !(await org.state.holder(userGrants, key))) asked.push(scope)
  }
  return asked
}

/** Refuses where nobody may be asked. */
export function refuseSilently(asked: readonly Stored<ServerScope>[]): never {
  const names = asked.map((scope) => scope.value.name).join(', ')
  return refuse(400, 'consent_required', `The following scopes require user consent: [${names}].`, 'consent-missing', {
    reason: 'consent_required',
  })
}

const LIVES_MS = 10 * 60_000

/** Sends the browser to the page that asks. */
export async function askConsent(
  org: Org,
  x: Exchange,
  question: ConsentQuestion,
  asked: readonly Stored<ServerScope>[],
  { session, params, headers }: { session: Stored<Session>; params: Params; headers: NonNullable<Answer['headers']> },
): Promise<Answer> {
  const { client, server, user } = question
  const key = org.ids.secret(43)
  const ask: ConsentAsk = {
    userId: user.id,
    sessionId: session.id,
    clientId: client.value.oauth.clientId,
    serverId: server.id,
    scopeIds: asked.map((scope) => scope.id),
    // What has been met by now is not asked again.
    request: new URLSearchParams([...params].filter(([name]) => !met.includes(name))).toString(),
    expiresAt: x.now + LIVES_MS,
  }
  await org.state.change([put(consentAsks, hashToken(key), ask)])
  sweepLater(org, x.now)
  return {
    status: 302,
    text: '',
    headers: [['location', `${org.baseUrl}/oauth2/${server.id}/v1/authorize/consent?okta_key=${key}`], ...headers],
  }
}

const met = ['sessionToken', 'prompt', 'max_age']

/** `GET /oauth2/{id}/v1/authorize/consent` */
export async function showConsent(org: Org, x: Exchange, seen: Seen): Promise<Answer> {
  const key = x.query.get('okta_key') ?? ''
  const { ask, client } = await loadAsk(org, x, seen, key)
  const scopes = await Promise.all(ask.value.scopeIds.map((id) => org.state.load(serverScopes, id)))
  const lines = scopes.flatMap((scope) => (scope ? [scope.value.displayName ?? scope.value.name] : []))
  return renderConsent(x.path, key, client.value.label, lines)
}

/** `POST /oauth2/{id}/v1/authorize/consent`: `okta_key`, and `decision` as `allow` or `deny`. */
export async function decideConsent(org: Org, x: Exchange, seen: Seen): Promise<Answer> {
  const form = formOf(x)
  const { ask, client, user } = await loadAsk(org, x, seen, form.get('okta_key') ?? '')
  const { request, serverId } = ask.value
  if (form.get('decision') !== 'allow') {
    // The question stays open: whoever goes back to the page may decide otherwise.
    const { params } = readParams(new URLSearchParams(request))
    const refusal = caught(() =>
      refuseAs(redirectErrors.access_denied, 'consent-refused', {}, { reason: 'access_denied' }),
    )
    logRefusal(org, x, 'authorize', seen, refusal)
    x.cause = refusal.message
    return sendRefusal(org, wayBackOf(params, params.get('redirect_uri')!), refusal)
  }
  await org.state.change([remove(consentAsks, ask), ...(await grantWrites(org, ask.value, x.now))])
  org.log(x, {
    eventType: 'app.oauth2.as.consent.grant',
    displayMessage: 'User granted consent to app',
    actor: userParty(user),
    targets: [clientParty(client), userParty(user)],
  })
  return {
    status: 302,
    text: '',
    headers: [['location', `${org.baseUrl}/oauth2/${serverId}/v1/authorize?${request}`]],
  }
}

function caught(work: () => never): OAuthRefusal {
  try {
    return work()
  } catch (error) {
    if (error instanceof OAuthRefusal) return error
    throw error
  }
}

async function grantWrites(org: Org, ask: ConsentAsk, now: number): Promise<Write[]> {
  const { userId, clientId, serverId } = ask
  return await Promise.all(
    ask.scopeIds.map(async (scopeId) => {
      const grant: UserGrant = { userId, clientId, serverId, scopeId, createdAt: now, lastUpdatedAt: now }
      const before = await org.state.holder(userGrants, grantKey(grant))
      if (!before) return put(userGrants, org.ids.next('oag'), grant)
      return put(userGrants, before.id, { ...before.value, lastUpdatedAt: now }, before)
    }),
  )
}

// Only the browser that was asked may answer.
async function loadAsk(
  org: Org,
  x: Exchange,
  seen: Seen,
  key: string,
): Promise<{ ask: Stored<ConsentAsk>; client: Client; user: Stored<User> }> {
  const ask = await org.state.load(consentAsks, hashToken(key))
  const signedIn = await sessionOf(org, x)
  const fits =
    ask &&
    ask.value.expiresAt > x.now &&
    ask.value.serverId === seen.server.id &&
    signedIn?.session.id === ask.value.sessionId
  if (!fits || !signedIn) {
    return refuse(400, 'invalid_request', 'The consent request is invalid or has expired.', 'consent-ask-dead', {
      form: 'envelope',
    })
  }
  seen.user = signedIn.user
  const client = (await loadClient(org, ask.value.clientId)) ?? (await refuseClientId(org, ask.value.clientId))
  seen.client = client
  return { ask, client, user: signedIn.user }
}

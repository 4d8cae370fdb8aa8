// What does /authorize do? It finds out who is asking for whom, whether that may be, and sends the browser back: with
// what was asked for, or with the reason why not. Nothing is ever sent to an address that the app has not registered.
import { redirectErrors } from '@errorg/errors/oauth'
import { isAssigned } from '../entities/find-app.ts'
import type { Session } from '../entities/sign-in.ts'
import type { User } from '../entities/user.ts'
import { accepts } from '../gates/accept.ts'
import type { Answer, Exchange } from '../http/exchange.ts'
import type { LogParty } from '../log/event.ts'
import { userParty } from '../log/parties.ts'
import type { Org } from '../org.ts'
import { framersOf } from '../origins.ts'
import { renderOAuthError, renderSignIn } from '../pages/oauth-pages.ts'
import { makeSession, sessionOf, sidCookie, takeSessionToken } from '../sessions.ts'
import { evaluateSignOn, logAppDenied, logSignOn } from '../sign-on.ts'
import type { Stored } from '../state/state.ts'
import { allowAccess } from './access.ts'
import { type AuthorizeRequest, readAuthorizeRequest, wayBackOf } from './authorize-request.ts'
import { type Client, loadClient, refuseClientId } from './clients.ts'
import { makeCode } from './codes.ts'
import { askConsent, refuseSilently, scopesToAsk } from './consent.ts'
import { OAuthRefusal, refuseAs } from './errors.ts'
import { clientParty, logRefusal, logSuccess, type Seen } from './events.ts'
import { mintTokens } from './mint.ts'
import { formOf, type Params, readParams, type SentParams, wordsOf } from './params.ts'
import { resolveScopes } from './requested-scopes.ts'
import { sendBack, sendRefusal, type WayBack } from './respond.ts'
import { sweepLater } from './sweep.ts'

/** Where a request is on its way: once the address is known, all answers go there. */
interface Trip {
  way?: WayBack
  /** Cookies of a session that this request began; they go with a refusal too. */
  headers: NonNullable<Answer['headers']>
}

/** `GET` and `POST /oauth2[/{id}]/v1/authorize` */
export async function authorize(org: Org, x: Exchange, seen: Seen): Promise<Answer> {
  const sent = readParams(x.method === 'POST' ? formOf(x) : x.query)
  const trip: Trip = { headers: [] }
  try {
    const client = await verifyClient(org, seen, sent)
    trip.way = wayBackOf(sent.params, verifyRedirectUri(org, client, sent))
    seen.responseMode = trip.way.mode
    return await answer(org, x, seen, client, sent, trip)
  } catch (error) {
    if (!(error instanceof OAuthRefusal)) throw error
    logRefusal(org, x, 'authorize', seen, error)
    x.cause = error.message
    return trip.way ? sendRefusal(org, trip.way, error, trip.headers) : showRefusal(x, error)
  }
}

async function verifyClient(org: Org, seen: Seen, sent: SentParams): Promise<Client> {
  if (!seen.server.isOrg && org.settings.features.API_ACCESS_MANAGEMENT === false) {
    refuseAs(redirectErrors.server_error, 'feature-off', {}, { reason: 'feature_not_enabled' })
  }
  const clientId = sent.doubled.includes('client_id') ? undefined : sent.params.get('client_id')
  const client =
    (clientId === undefined ? undefined : await loadClient(org, clientId)) ?? (await refuseClientId(org, clientId))
  seen.client = client
  seen.responseType = sent.params.get('response_type')
  seen.redirectUri = sent.params.get('redirect_uri')
  if (client.value.oauth.applicationType === 'service') {
    refuseAs(redirectErrors.invalid_request, 'service-app-at-authorize', {}, { reason: 'invalid_request' })
  }
  return client
}

// The comparison is exact: what differs by a slash is another address.
function verifyRedirectUri(org: Org, client: Client, { params, doubled }: SentParams): string {
  const uri = params.get('redirect_uri')
  if (uri !== undefined && !doubled.includes('redirect_uri') && client.value.oauth.redirectUris.includes(uri))
    return uri
  const appUrl = `${org.baseUrl}/admin/app/${client.value.name}/instance/${client.id}#tab-general`
  return refuseAs(
    redirectErrors.invalid_request,
    'redirect-uri-not-registered',
    { appUrl },
    { reason: 'illegal_redirect_uri' },
  )
}

// Without an address to trust a person is told by a page, a program by the envelope of /api/v1 (reported).
function showRefusal(x: Exchange, refusal: OAuthRefusal): Answer {
  const { accept } = x.incoming.headers
  const { status, error, description, causeId, more } = refusal
  if (accept === undefined || accepts(String(accept), ['text/html'])) {
    return renderOAuthError(status, error, description)
  }
  throw new OAuthRefusal(status, error, description, causeId, { ...more, form: 'envelope' })
}

async function answer(
  org: Org,
  x: Exchange,
  seen: Seen,
  client: Client,
  sent: SentParams,
  trip: Trip,
): Promise<Answer> {
  const { server } = seen
  seen.requestedScopes = wordsOf(sent.params.get('scope'))
  const request = readAuthorizeRequest(sent, client)
  const scopes = await resolveScopes(org, {
    server,
    client,
    scopes: request.scopes,
    forUser: true,
    wantsIdToken: request.wants.idToken,
  })
  const silent = request.prompt.has('none')
  const signedIn = await findSignedIn(org, x, request, trip)
  if (!signedIn) {
    if (silent) refuseAs(redirectErrors.login_required, 'no-session', {}, { reason: 'login_required' })
    return signInPage(org, x, client, request, sent.params)
  }
  seen.user = signedIn.user
  if (!(await isAssigned(org, client.id, signedIn.user.id))) {
    logUnassigned(org, x, client, signedIn.user)
    refuseAs(redirectErrors.access_denied, 'user-not-assigned', {}, { reason: 'user_not_assigned' })
  }
  if ((await mustSignInAgain(org, x, client, signedIn)) || wantsFreshSignIn(x, request, signedIn)) {
    if (silent) {
      refuseAs(redirectErrors.login_required, 'app-wants-fresh-sign-in', {}, { reason: 'app_sign_on_required' })
    }
    return signInPage(org, x, client, request, sent.params)
  }
  const question = { server, client, user: signedIn.user, scopes, prompt: request.prompt }
  const asked = await scopesToAsk(org, question)
  if (asked.length > 0) {
    if (silent) refuseSilently(asked)
    const { session } = signedIn
    return await askConsent(org, x, question, asked, { session, params: sent.params, headers: trip.headers })
  }
  return await sendGrant(org, x, seen, { client, request, scopes, signedIn, trip })
}

interface SignedIn {
  user: Stored<User>
  session: Stored<Session>
  /** Did it begin with this request? */
  isNew: boolean
}

// A session token begins a session, whatever comes of the rest of the request (reported: the session stays when the
// app says no). A dead one is nobody.
async function findSignedIn(
  org: Org,
  x: Exchange,
  request: AuthorizeRequest,
  trip: Trip,
): Promise<SignedIn | undefined> {
  if (request.sessionToken === undefined) {
    const found = await sessionOf(org, x)
    return found && found.session.value.status === 'ACTIVE' ? { ...found, isNew: false } : undefined
  }
  const taken = await takeSessionToken(org, request.sessionToken, x.now)
  if (!taken) return undefined
  const { amr } = taken.token
  const { sessionIdleMinutes } = await evaluateSignOn(org, { userId: taken.user.id, address: x.address, amr })
  const { session, write } = makeSession(org, taken.user, amr, x.now, sessionIdleMinutes)
  await org.state.change([taken.write, write])
  trip.headers = [sidCookie(org, session.id)]
  return { user: taken.user, session, isNew: true }
}

async function mustSignInAgain(org: Org, x: Exchange, client: Client, { user, session }: SignedIn): Promise<boolean> {
  const verdict = await evaluateSignOn(org, {
    userId: user.id,
    address: x.address,
    appId: client.id,
    amr: session.value.amr,
  })
  if (verdict.access === 'ALLOW') return false
  logSignOn(org, x, verdict, userParty(user), [appParty(client)])
  if (verdict.access === 'DENY') {
    logAppDenied(org, x, verdict, userParty(user), appParty(client))
    refuseAs(redirectErrors.access_denied, 'app-policy-denies', {}, { reason: 'access_denied' })
  }
  return true
}

// The client's own wishes; a session that began with this request meets them.
function wantsFreshSignIn(x: Exchange, { prompt, maxAge }: AuthorizeRequest, { session, isNew }: SignedIn): boolean {
  if (isNew) return false
  return prompt.has('login') || (maxAge !== undefined && x.now - signedInAt(session.value) > maxAge * 1000)
}

const signedInAt = (session: Session): number => session.lastPasswordVerificationAt ?? session.createdAt

async function signInPage(
  org: Org,
  x: Exchange,
  client: Client,
  request: AuthorizeRequest,
  params: Params,
): Promise<Answer> {
  const next = new URLSearchParams([...params].filter(([name]) => name !== 'sessionToken'))
  return renderSignIn(`${x.path}?${next}`, client.value.label, request.loginHint, await framersOf(org))
}

interface GrantAsk {
  client: Client
  request: AuthorizeRequest
  scopes: readonly string[]
  signedIn: SignedIn
  trip: Trip
}

async function sendGrant(org: Org, x: Exchange, seen: Seen, ask: GrantAsk): Promise<Answer> {
  const { client, request, scopes, signedIn, trip } = ask
  const { server } = seen
  const { user, session } = signedIn
  const { wants, nonce } = request
  const grantType = wants.code ? 'authorization_code' : 'implicit'
  const lives = await allowAccess(org, { server, client, userId: user.id, scopes, grantType })
  const authTimeSeconds = Math.floor(signedInAt(session.value) / 1000)
  const { amr } = session.value
  const debug = { grantedScopes: scopes.join(',') }
  const params: [string, string][] = []
  let code: string | undefined
  if (wants.code) {
    const made = makeCode(
      org,
      {
        clientId: client.value.oauth.clientId,
        serverId: server.id,
        userId: user.id,
        sessionId: session.id,
        redirectUri: trip.way!.redirectUri,
        scopes,
        nonce,
        codeChallenge: request.codeChallenge,
        authTimeSeconds,
        amr,
      },
      x.now,
    )
    code = made.value
    await org.state.change([made.write])
    sweepLater(org, x.now)
    params.push(['code', code])
  }
  const { accessTokenMinutes, hook } = lives
  const grant = { server, app: client, user, scopes, accessTokenMinutes, authTimeSeconds, amr, nonce, hook }
  const { access, idToken } = await mintTokens(org, x, seen, grant, { access: wants.token, id: wants.idToken, code })
  if (idToken !== undefined) params.push(['id_token', idToken])
  if (access) {
    params.push(['access_token', access.value], ['token_type', 'Bearer'])
    params.push(['expires_in', String(access.expiresInSeconds)], ['scope', scopes.join(' ')])
  }
  if (code !== undefined) logSuccess(org, x, 'authorize.code', seen, debug)
  if (access) logSuccess(org, x, 'authorize.implicit.access_token', seen, debug)
  if (wants.idToken) logSuccess(org, x, 'authorize.implicit.id_token', seen, debug)
  org.log(x, {
    eventType: 'user.authentication.sso',
    displayMessage: 'User single sign on to app',
    actor: userParty(user),
    targets: [appParty(client), userParty(user)],
    sessionId: session.id,
  })
  return sendBack(trip.way!, params, trip.headers)
}

const appParty = (client: Client): LogParty => ({ ...clientParty(client), id: client.id, type: 'AppInstance' })

function logUnassigned(org: Org, x: Exchange, client: Client, user: Stored<User>): void {
  org.log(x, {
    eventType: 'app.generic.unauth_app_access_attempt',
    displayMessage: 'User attempted unauthorized access to app',
    result: 'FAILURE',
    severity: 'WARN',
    actor: userParty(user),
    targets: [appParty(client)],
  })
}

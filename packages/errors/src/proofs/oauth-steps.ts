// Which steps do proofs about apps and sign-in share? A user who is signed in, an app that the user may open, and the
// two calls that everything turns on: authorize and token.
import { type CallStep, call, type Step } from './step.ts'

/** The address that the apps of proofs register. */
export const CALLBACK = 'https://app.example.com/callback'

/** A user with a password, kept as `{user}`. */
export const person: Step = call('POST /api/v1/users?activate=true', {
  body: {
    profile: { firstName: 'Ada', lastName: 'Byron', email: 'ada@example.com', login: 'ada@example.com' },
    credentials: { password: { value: 'Correct-Horse-9' } },
  },
  keep: { user: '/id' },
})

/** The user signs in; the session is kept as `{sid}`. */
export const session: readonly Step[] = [
  call('POST /api/v1/authn', {
    body: { username: 'ada@example.com', password: 'Correct-Horse-9' },
    as: 'nobody',
    keep: { sessionToken: '/sessionToken' },
  }),
  call('POST /api/v1/sessions', { body: { sessionToken: '{sessionToken}' }, keep: { sid: '/id' } }),
]

/** The body of an app with OpenID Connect: a web app with a code flow and a secret, unless told otherwise. */
export function oidcApp(
  client: Readonly<Record<string, unknown>> = {},
  credentials: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  return {
    name: 'oidc_client',
    label: 'Notes',
    signOnMode: 'OPENID_CONNECT',
    credentials: {
      oauthClient: { token_endpoint_auth_method: 'client_secret_post', pkce_required: false, ...credentials },
    },
    settings: {
      oauthClient: {
        application_type: 'web',
        redirect_uris: [CALLBACK],
        response_types: ['code'],
        grant_types: ['authorization_code'],
        ...client,
      },
    },
  }
}

/** Makes an app; kept as `{app}`, `{client}` and, where it has one, `{secret}`. */
export function makeApp(
  client: Readonly<Record<string, unknown>> = {},
  credentials: Readonly<Record<string, unknown>> = {},
): Step {
  const id = { app: '/id', client: '/credentials/oauthClient/client_id' }
  const method = credentials.token_endpoint_auth_method ?? 'client_secret_post'
  const secret = String(method).startsWith('client_secret')
    ? { secret: '/credentials/oauthClient/client_secret' }
    : undefined
  return call('POST /api/v1/apps', { body: oidcApp(client, credentials), keep: { ...id, ...secret } })
}

/** The user may open the app. */
export const assign: Step = call('POST /api/v1/apps/{app}/users', { body: { id: '{user}', scope: 'USER' } })

/** A signed-in user and an app that the user may open. */
export function readyApp(client: Readonly<Record<string, unknown>> = {}): readonly Step[] {
  return [person, ...session, makeApp(client), assign]
}

interface AuthorizeOptions {
  /** The id of a custom server; default the org's own. */
  server?: string
  /** Without the session of `{sid}`. */
  signedOut?: boolean
}

/** Opens authorize as the browser of `{sid}`; a parameter of null is left out. */
export function openAuthorize(
  params: Readonly<Record<string, string | null>> = {},
  { server, signedOut = false }: AuthorizeOptions = {},
): CallStep {
  const all: Record<string, string | null> = {
    client_id: '{client}',
    redirect_uri: CALLBACK,
    response_type: 'code',
    scope: 'openid',
    state: 'xyz',
    ...params,
  }
  const query = Object.entries(all).flatMap(([name, value]) => (value === null ? [] : [`${name}=${encoded(value)}`]))
  const path = server === undefined ? '/oauth2/v1/authorize' : `/oauth2/${server}/v1/authorize`
  return call(`GET ${path}?${query.join('&')}`, {
    as: 'nobody',
    headers: signedOut ? {} : { cookie: 'sid={sid}' },
  })
}

// Holes are filled, and encoded, when the step is run.
function encoded(value: string): string {
  return /^\{\w+\}$/.test(value) ? value : encodeURIComponent(value)
}

/** Asks the token endpoint; a custom server by its id. */
export function askToken(
  form: Readonly<Record<string, string>>,
  options: {
    server?: string
    headers?: Readonly<Record<string, string>>
    keep?: Readonly<Record<string, string>>
  } = {},
): CallStep {
  const { server, headers, keep } = options
  const body = Object.entries(form)
    .map(([name, value]) => `${name}=${value.includes('{') ? value : encodeURIComponent(value)}`)
    .join('&')
  return call(`POST ${server === undefined ? '/oauth2/v1/token' : `/oauth2/${server}/v1/token`}`, {
    as: 'nobody',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body,
    ...(keep && { keep }),
  })
}

/** The client's id and secret in a form. */
export const withSecret = { client_id: '{client}', client_secret: '{secret}' } as const

/** A key of the client's own, kept as `{jwk}`. */
export const makeKey: Step = { step: 'sign', what: 'key', claims: { kid: 'proof' }, keep: { jwk: '/jwk' } }

/**
 * An access token of a service app for a scope of the API, kept as `{token}`: the app, its key and grant, the assertion
 * that it signs, and the call of the token endpoint.
 */
export function serviceToken(scope: string): readonly Step[] {
  return [
    makeKey,
    makeApp(
      {
        application_type: 'service',
        grant_types: ['client_credentials'],
        response_types: ['token'],
        jwks: { keys: ['{jwk}'] },
      },
      { token_endpoint_auth_method: 'private_key_jwt' },
    ),
    call('GET /.well-known/oauth-authorization-server', {
      as: 'nobody',
      keep: { issuer: '/issuer', tokenUrl: '/token_endpoint' },
    }),
    call('POST /api/v1/apps/{app}/grants', { body: { scopeId: scope, issuer: '{issuer}' } }),
    {
      step: 'sign',
      what: 'assertion',
      claims: { kid: 'proof', iss: '{client}', sub: '{client}', aud: '{tokenUrl}' },
      keep: { assertion: '/jwt' },
    },
    askToken(
      {
        grant_type: 'client_credentials',
        scope,
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: '{assertion}',
      },
      { keep: { token: '/access_token' } },
    ),
  ]
}

/** The first access policy of the server `default`, kept as `{policy}`. */
export const findPolicy: Step = call('GET /api/v1/authorizationServers/default/policies', { keep: { policy: '/0/id' } })

/** A scope of the server `default`. */
export function makeScope(name: string): Step {
  return call('POST /api/v1/authorizationServers/default/scopes', { body: { name } })
}

// What do the guide's situations need? An org with a person, three kinds of application and a custom authorization
// server, made through the public API alone, and the calls that a program would make.
import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import type { Contract } from '@errorg/errors'
import { createOrg, type RunningOrg } from '@errorg/server'
import { SignJWT } from 'jose'

/** A key pair for the org and one for the service app: making one takes longer than a whole test. */
const orgKey = generateKeyPairSync('rsa', { modulusLength: 2048 })
const clientKey = generateKeyPairSync('rsa', { modulusLength: 2048 })

/** An answer, read. */
export interface Read {
  status: number
  headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: answers of any shape are asserted field by field
  json: any
  text: string
}

export const REDIRECT_URI = 'https://app.example.com/callback'
const VERIFIER = 'a-code-verifier-of-at-least-forty-three-characters'
/** BASE64URL(SHA256(VERIFIER)) */
const CHALLENGE = await challengeOf(VERIFIER)

async function challengeOf(verifier: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))
  return Buffer.from(hash).toString('base64url')
}

/** An org with everything the guide talks of. */
export interface World {
  org: RunningOrg
  userId: string
  login: string
  password: string
  /** A web application with the authorization code flow. */
  web: { id: string; clientId: string; secret: string }
  /** A service application with private_key_jwt and, so far, no scope granted. */
  service: { id: string; clientId: string; key: KeyObject }
  call(request: string, body?: unknown, headers?: Record<string, string>): Promise<Read>
  /** A session token of a signed-in person. */
  sessionToken(): Promise<string>
  /** Where /authorize sends the browser. */
  authorize(
    params?: Record<string, string>,
    server?: string,
  ): Promise<{ status: number; location: string; text: string }>
  /** An access token of the person by the code flow. */
  userTokens(scope: string, server?: string): Promise<Read>
  /** An access token of the service application from the org's own server. */
  serviceToken(scope: string): Promise<Read>
}

let assertions = 0

/** Makes it. */
export async function makeWorld(contract: Contract): Promise<World> {
  const org = await createOrg({
    contract,
    passwordCost: 2,
    signingKeys: [orgKey.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()],
  })
  const call: World['call'] = async (request, body, headers = {}) => {
    const [method, path] = request.split(' ') as [string, string]
    const form = body instanceof URLSearchParams
    const response = await org.fetch(path, {
      method,
      redirect: 'manual',
      headers: {
        accept: 'application/json',
        ...(headers.authorization === undefined && !form && { authorization: `SSWS ${org.token}` }),
        ...(body !== undefined && { 'content-type': form ? 'application/x-www-form-urlencoded' : 'application/json' }),
        ...headers,
      },
      body: body === undefined ? undefined : form ? body.toString() : JSON.stringify(body),
    })
    const text = await response.text()
    let json: unknown
    try {
      json = JSON.parse(text)
    } catch {
      json = undefined
    }
    return { status: response.status, headers: response.headers, json, text }
  }
  const made = async (request: string, body?: unknown) => {
    const answer = await call(request, body)
    if (answer.status >= 300) throw new Error(`${request} answered ${answer.status} ${answer.text}`)
    return answer.json
  }

  const login = 'ada@guide.test'
  const password = 'Correct-Horse-9'
  const user = await made('POST /api/v1/users?activate=true', {
    profile: { firstName: 'Ada', lastName: 'Byron', email: login, login },
    credentials: { password: { value: password } },
  })
  const web = await made('POST /api/v1/apps', {
    name: 'oidc_client',
    label: 'Guide Web',
    signOnMode: 'OPENID_CONNECT',
    credentials: { oauthClient: { token_endpoint_auth_method: 'client_secret_basic' } },
    settings: {
      oauthClient: {
        application_type: 'web',
        redirect_uris: [REDIRECT_URI],
        response_types: ['code'],
        grant_types: ['authorization_code', 'refresh_token'],
      },
    },
  })
  const service = await made('POST /api/v1/apps', {
    name: 'oidc_client',
    label: 'Guide Service',
    signOnMode: 'OPENID_CONNECT',
    credentials: { oauthClient: { token_endpoint_auth_method: 'private_key_jwt' } },
    settings: {
      oauthClient: {
        application_type: 'service',
        response_types: ['token'],
        grant_types: ['client_credentials'],
        jwks: { keys: [{ ...clientKey.publicKey.export({ format: 'jwk' }), kid: 'guide', use: 'sig', alg: 'RS256' }] },
      },
    },
  })
  const client = web.credentials.oauthClient
  const serviceId: string = service.credentials.oauthClient.client_id

  const world: World = {
    org,
    userId: user.id,
    login,
    password,
    web: { id: web.id, clientId: client.client_id, secret: client.client_secret },
    service: { id: service.id, clientId: serviceId, key: clientKey.privateKey },
    call,
    async sessionToken() {
      const answer = await call('POST /api/v1/authn', { username: login, password }, { authorization: '' })
      return answer.json?.sessionToken
    },
    async authorize(params = {}, server = '') {
      const query = new URLSearchParams({
        client_id: world.web.clientId,
        response_type: 'code',
        scope: 'openid',
        redirect_uri: REDIRECT_URI,
        state: 'xyz',
        nonce: 'n-1',
        code_challenge: CHALLENGE,
        code_challenge_method: 'S256',
        sessionToken: await world.sessionToken(),
        ...params,
      })
      const response = await org.fetch(`/oauth2${server}/v1/authorize?${query}`, {
        redirect: 'manual',
        headers: {
          accept: 'text/html',
          ...(params['x-forwarded-for'] && { 'x-forwarded-for': params['x-forwarded-for'] }),
        },
      })
      return { status: response.status, location: response.headers.get('location') ?? '', text: await response.text() }
    },
    async userTokens(scope, server = '') {
      const { location, text } = await world.authorize({ scope }, server)
      const code = location === '' ? null : new URL(location).searchParams.get('code')
      if (!code) throw new Error(`no code came: ${location || text}`)
      return await call(
        `POST /oauth2${server}/v1/token`,
        new URLSearchParams({
          grant_type: 'authorization_code',
          code,
          redirect_uri: REDIRECT_URI,
          code_verifier: VERIFIER,
        }),
        { authorization: `Basic ${Buffer.from(`${world.web.clientId}:${world.web.secret}`).toString('base64')}` },
      )
    },
    async serviceToken(scope) {
      const seconds = Math.floor(org.clock.now() / 1000)
      const assertion = await new SignJWT()
        .setProtectedHeader({ alg: 'RS256', kid: 'guide' })
        .setIssuer(serviceId)
        .setSubject(serviceId)
        .setAudience(`${org.url}/oauth2/v1/token`)
        .setIssuedAt(seconds)
        .setExpirationTime(seconds + 300)
        .setJti(`guide-${++assertions}`)
        .sign(clientKey.privateKey)
      return await call(
        'POST /oauth2/v1/token',
        new URLSearchParams({
          grant_type: 'client_credentials',
          scope,
          client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
          client_assertion: assertion,
        }),
      )
    },
  }
  return world
}

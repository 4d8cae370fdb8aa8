// How do the tests of this folder get clients, users and sessions? Put into the state as it is, so that only the
// endpoints under test have to work.
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import {
  type App,
  appGroups,
  apps,
  assignmentId,
  clientSecrets,
  type OAuthClient,
  scopeGrants,
} from '../entities/app.ts'
import { type ServerScope, serverScopes } from '../entities/auth-server.ts'
import { roleAssignments } from '../entities/role-assignment.ts'
import { type User, users } from '../entities/user.ts'
import type { RoleType } from '../gates/permissions.ts'
import type { OrgParts } from '../org.ts'
import { hashSecret } from '../passwords.ts'
import { makeSession } from '../sessions.ts'
import { put } from '../state/state.ts'
import { type Called, type TestOrg, testOrg } from '../testing.ts'

const pem = (key: KeyObject): string => key.export({ type: 'pkcs8', format: 'pem' }).toString()

// Made once: a key takes longer than most tests.
const signing = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey

/** A key of a client's own. */
export const clientKey = generateKeyPairSync('rsa', { modulusLength: 2048 })

/** The public half of `clientKey`, as an app registers it. */
export const clientJwk = { ...clientKey.publicKey.export({ format: 'jwk' }), kid: 'k1', status: 'ACTIVE' }

/** The address that clients of these tests register. */
export const CALLBACK = 'https://app.example.com/cb'

/** Where the org server gives tokens. */
export const ORG = '/oauth2/v1/token'

/** Where the server `default` gives them. */
export const DEFAULT = '/oauth2/default/v1/token'

/** The body of a refusal. */
export const error = (error: string, error_description: string) => ({ error, error_description })

/** What a client of a test has. */
export interface TestClient {
  clientId: string
  secret: string
}

/** An org with ways to put clients and users into it. */
export interface OAuthOrg extends TestOrg {
  addClient(oauth?: Partial<OAuthClient>, app?: Partial<App>): Promise<TestClient>
  /** A client that signs in for itself, with its secret. */
  addService(): Promise<TestClient>
  /** The same, with `clientKey`. */
  addKeyed(): Promise<TestClient>
  /** Adds a scope to the server `default`. */
  addScope(name: string, more?: Partial<ServerScope>): Promise<void>
  /** Grants `okta.*` scopes to an app. */
  grant(clientId: string, ...scopes: string[]): Promise<void>
  giveRole(clientId: string, role: RoleType): Promise<void>
  addUser(login: string, user?: Partial<User>): Promise<string>
  /** Signs somebody in; the value is that of the `sid` cookie. */
  signIn(userId: string, amr?: string[]): Promise<string>
  /** Posts a form; `basic` is `id:secret`. */
  post(path: string, form: Record<string, string> | string, headers?: Record<string, string>): Promise<Called>
  /** Opens /authorize as a browser with this session does. */
  authorize(
    params: Record<string, string>,
    options?: { sid?: string; server?: string; accept?: string },
  ): Promise<Called>
  /** The newest events, as `type RESULT reason`. */
  events(count: number): string[]
}

/** Makes one; its servers sign with one key. */
export async function oauthOrg(parts: OrgParts = {}): Promise<OAuthOrg> {
  const t = await testOrg({ signingKeys: [pem(signing)], ...parts })
  const { org } = t
  org.baseUrl = 'http://org.test'
  const now = () => t.clock.now()
  const addClient: OAuthOrg['addClient'] = async (oauth = {}, app = {}) => {
    const id = org.ids.next('0oa')
    const secret = org.ids.secret(40)
    const value: App = {
      name: 'oidc_client',
      label: `App ${id}`,
      status: 'ACTIVE',
      signOnMode: 'OPENID_CONNECT',
      createdAt: now(),
      lastUpdatedAt: now(),
      features: [],
      visibility: {},
      accessibility: {},
      settings: {},
      credentials: {},
      oauth: {
        clientId: id,
        applicationType: 'web',
        redirectUris: [CALLBACK],
        postLogoutRedirectUris: [],
        responseTypes: ['code'],
        grantTypes: ['authorization_code', 'refresh_token'],
        authMethod: 'client_secret_basic',
        pkceRequired: false,
        consentMethod: 'TRUSTED',
        jwks: [],
        refreshToken: { rotation: 'ROTATE', leewaySeconds: 30 },
        ...oauth,
      },
      ...app,
    }
    await org.state.change([
      put(apps, id, value),
      put(clientSecrets, org.ids.next('ocs'), {
        appId: id,
        secret,
        status: 'ACTIVE',
        createdAt: now(),
        lastUpdatedAt: now(),
      }),
      // Everybody is assigned, unless a test takes it away.
      put(appGroups, assignmentId(id, org.fixed.everyoneId), {
        appId: id,
        groupId: org.fixed.everyoneId,
        priority: 0,
        lastUpdatedAt: now(),
        profile: {},
      }),
    ])
    return { clientId: id, secret }
  }
  const serviceParts = { applicationType: 'service', grantTypes: ['client_credentials'] } as const
  return {
    ...t,
    addClient,
    addService: () => addClient(serviceParts),
    addKeyed: () => addClient({ ...serviceParts, authMethod: 'private_key_jwt', jwks: [clientJwk] }),
    async addScope(name, more = {}) {
      await org.state.change([
        put(serverScopes, org.ids.next('scp'), {
          serverId: 'default',
          name,
          displayName: name,
          description: null,
          consent: 'IMPLICIT',
          default: false,
          metadataPublish: 'ALL_CLIENTS',
          optional: false,
          system: false,
          ...more,
        }),
      ])
    },
    async grant(clientId, ...scopes) {
      await org.state.change(
        scopes.map((scopeId) =>
          put(scopeGrants, org.ids.next('oag'), {
            appId: clientId,
            clientId,
            scopeId,
            issuer: org.baseUrl,
            createdAt: now(),
            lastUpdatedAt: now(),
            createdBy: { id: t.adminId, type: 'User' },
          }),
        ),
      )
    },
    async giveRole(clientId, type) {
      await org.state.change([
        put(roleAssignments, org.ids.next('ra1'), {
          type,
          holderId: clientId,
          holder: 'CLIENT',
          createdAt: now(),
          lastUpdatedAt: now(),
        }),
      ])
    },
    async addUser(login, user = {}) {
      const id = org.ids.next('00u')
      const value: User = {
        status: 'ACTIVE',
        createdAt: now(),
        activatedAt: now(),
        lastUpdatedAt: now(),
        typeId: org.fixed.defaultTypeId,
        realmId: org.fixed.realmId,
        profile: { login, email: login, firstName: 'Ada', lastName: 'Byron' },
        password: await hashSecret('Correct-Horse-9', 2, org.random),
        provider: { type: 'OKTA', name: 'OKTA' },
        ...user,
      }
      await org.state.change([put(users, id, value)])
      return id
    },
    async signIn(userId, amr = ['pwd']) {
      const user = (await org.state.load(users, userId))!
      const { session, write } = makeSession(org, user, amr, now())
      await org.state.change([write])
      return session.id
    },
    post(path, form, headers = {}) {
      const body = typeof form === 'string' ? form : new URLSearchParams(form).toString()
      return t.call(`POST ${path}`, body, {
        token: null,
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      })
    },
    authorize(params, { sid, server, accept = 'text/html,*/*;q=0.8' } = {}) {
      const path = server === undefined ? '/oauth2/v1/authorize' : `/oauth2/${server}/v1/authorize`
      const headers = { accept, ...(sid === undefined ? {} : { cookie: `sid=${sid}` }) }
      return t.call(`GET ${path}?${new URLSearchParams(params)}`, undefined, { token: null, headers })
    },
    events: (count) =>
      [...org.events.readBack()]
        .slice(0, count)
        .map(({ eventType, result, reason }) => `${eventType} ${result}${reason === undefined ? '' : ` ${reason}`}`),
  }
}

/** The Authorization header of a client with a secret. */
export function basic({ clientId, secret }: TestClient): Record<string, string> {
  return { authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}` }
}

/** A client assertion, signed with `clientKey`. Times are seconds of the org's clock. */
export function assertion(
  t: TestOrg,
  clientId: string,
  path: string,
  claims: Record<string, unknown> = {},
  header: Record<string, unknown> = { kid: 'k1' },
): Record<string, string> {
  const now = Math.floor(t.clock.now() / 1000)
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const all = { iss: clientId, sub: clientId, aud: `http://org.test${path}`, iat: now, exp: now + 300, ...claims }
  const text = `${encode({ alg: 'RS256', ...header })}.${encode(all)}`
  return {
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: `${text}.${sign('RSA-SHA256', Buffer.from(text), clientKey.privateKey).toString('base64url')}`,
  }
}

/** The claims of a JWT, unverified. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into claims of any shape
export function claimsOf(jwt: string): any {
  return JSON.parse(Buffer.from(jwt.split('.')[1]!, 'base64url').toString())
}

// Does every operation of the route table keep its promises, whatever comes? Bodies are bent from ones that it takes, names
// in the path and words in the query are odd: always an answer in a form of Okta's, never a fault of the server, nothing
// half-written, no secret told. The operations are read from the table, so that new ones are tested as they come.
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { userGrants } from '../entities/consent.ts'
import { refreshTokens } from '../entities/sign-in.ts'
import { FORM } from '../gates/body.ts'
import type { Route } from '../routes.ts'
import { applySeed } from '../seed/apply.ts'
import { createSnapshots, type Snapshots } from '../snapshots.ts'
import { put, type Write } from '../state/state.ts'
import { type TestOrg, testOrg } from '../testing.ts'
import { orgFetch } from './fetch.ts'

type Json = null | boolean | number | string | Json[] | { [name: string]: Json }

const SEED = 20_261_120
/** Requests to each operation at random, beside those that bend each member of its body in turn. */
const RANDOM = 14
/** Bent in turn: so many at most for an operation. */
const MOST_BENT = 100
// Where each request makes a key of its own, or waits for somebody, there are fewer of them.
const LONGEST_MS = 500

const SECRETS = ['Atlantic-1932', 'Pacific-1937-x', 'the quiet river']

let t: TestOrg
let snapshots: Snapshots
let written: readonly Write[] = []
/** Ids by the path of the list that shows them. */
const found = new Map<string, string[]>()
/** What a single thing looks like, by its path. */
const shown = new Map<string, Json>()
const faults: unknown[] = []

// What is made first, in this order, so that there is something to read, to bend and to send back. `{name}` is the id of
// what was made before under that name.
const things: readonly (readonly [name: string, request: string, body: Json])[] = [
  ['zone', '/api/v1/zones', { type: 'IP', name: 'Home', gateways: [{ type: 'CIDR', value: '192.0.2.0/24' }] }],
  ['origin', '/api/v1/trustedOrigins', { name: 'Site', origin: 'https://a.example.com', scopes: [{ type: 'CORS' }] }],
  [
    'behavior',
    '/api/v1/behaviors',
    { name: 'New city', type: 'ANOMALOUS_LOCATION', settings: { granularity: 'CITY' } },
  ],
  ['role', '/api/v1/iam/roles', { label: 'Readers', description: 'They read', permissions: ['okta.users.read'] }],
  ['realm', '/api/v1/realms', { profile: { name: 'Partners', realmType: 'PARTNER' } }],
  ['userType', '/api/v1/meta/types/user', { name: 'contractor', displayName: 'Contractor' }],
  [
    'linked',
    '/api/v1/meta/schemas/user/linkedObjects',
    {
      primary: { name: 'manager', title: 'Manager', description: 'x', type: 'USER' },
      associated: { name: 'subordinate', title: 'Subordinate', description: 'x', type: 'USER' },
    },
  ],
  ['assurance', '/api/v1/device-assurances', { name: 'Phones', platform: 'ANDROID', osVersion: { minimum: '12' } }],
  ['captcha', '/api/v1/captchas', { name: 'Puzzle', type: 'RECAPTCHA_V2', siteKey: 'key', secretKey: 'hidden' }],
  [
    'eventHook',
    '/api/v1/eventHooks',
    {
      name: 'Hook',
      events: { type: 'EVENT_TYPE', items: ['user.lifecycle.create'] },
      channel: { type: 'HTTP', version: '1.0.0', config: { uri: 'https://127.0.0.1:9/' } },
    },
  ],
  [
    'inlineHook',
    '/api/v1/inlineHooks',
    {
      name: 'Claims',
      type: 'com.okta.oauth2.tokens.transform',
      version: '1.0.0',
      channel: { type: 'HTTP', version: '1.0.0', config: { uri: 'https://127.0.0.1:9/', method: 'POST' } },
    },
  ],
  [
    'idp',
    '/api/v1/idps',
    {
      type: 'GOOGLE',
      name: 'Google',
      protocol: {
        type: 'OIDC',
        scopes: ['openid', 'email'],
        credentials: { client: { client_id: 'id', client_secret: 'hidden' } },
      },
      policy: {
        accountLink: { action: 'AUTO' },
        provisioning: { action: 'AUTO', groups: { action: 'NONE' } },
        subject: { userNameTemplate: { template: 'idpuser.email' }, matchType: 'USERNAME' },
      },
    },
  ],
  ['policy', '/api/v1/policies', { type: 'OKTA_SIGN_ON', name: 'Pilots', description: 'x' }],
  [
    'policyRule',
    '/api/v1/policies/{policy}/rules',
    {
      type: 'SIGN_ON',
      name: 'All',
      actions: { signon: { access: 'ALLOW', requireFactor: false, session: { usePersistentCookie: false } } },
    },
  ],
  [
    'groupRule',
    '/api/v1/groups/rules',
    {
      type: 'group_rule',
      name: 'Engineers',
      conditions: { expression: { type: 'urn:okta:expression:1.0', value: 'user.title == "Engineer"' } },
      actions: { assignUserToGroups: { groupIds: ['{group}'] } },
    },
  ],
  ['server', '/api/v1/authorizationServers', { name: 'Notes', description: 'x', audiences: ['api://notes'] }],
  ['scope', '/api/v1/authorizationServers/{server}/scopes', { name: 'notes', consent: 'REQUIRED' }],
  [
    'claim',
    '/api/v1/authorizationServers/{server}/claims',
    { name: 'title', claimType: 'RESOURCE', valueType: 'EXPRESSION', value: 'user.title' },
  ],
  [
    'serverPolicy',
    '/api/v1/authorizationServers/{server}/policies',
    {
      type: 'OAUTH_AUTHORIZATION_POLICY',
      name: 'All',
      description: 'x',
      priority: 1,
      conditions: { clients: { include: ['ALL_CLIENTS'] } },
    },
  ],
  [
    'serverRule',
    '/api/v1/authorizationServers/{server}/policies/{serverPolicy}/rules',
    {
      type: 'RESOURCE_ACCESS',
      name: 'All',
      priority: 1,
      conditions: {
        people: { groups: { include: ['EVERYONE'] } },
        grantTypes: { include: ['authorization_code'] },
        scopes: { include: ['*'] },
      },
    },
  ],
  [
    'client',
    '/api/v1/apps',
    {
      name: 'oidc_client',
      label: 'Notes',
      signOnMode: 'OPENID_CONNECT',
      credentials: { oauthClient: { token_endpoint_auth_method: 'client_secret_post' } },
      settings: {
        oauthClient: {
          application_type: 'web',
          redirect_uris: ['https://app.example.com/cb'],
          response_types: ['code'],
          grant_types: ['authorization_code'],
        },
      },
    },
  ],
  ['appUser', '/api/v1/apps/{client}/users', { id: '{user}', scope: 'USER' }],
  ['grant', '/api/v1/apps/{client}/grants', { issuer: '{base}', scopeId: 'okta.users.read' }],
  ['owner', '/api/v1/groups/{group}/owners', { type: 'USER', id: '{user}' }],
  ['userRole', '/api/v1/users/{user}/roles', { type: 'USER_ADMIN' }],
  ['appGroup', '/api/v1/apps/{client}/groups/{group}', {}],
  ['brand', '/api/v1/brands', { name: 'Blue' }],
  ['set', '/api/v1/iam/resource-sets', { label: 'People', description: 'x', resources: ['{base}/api/v1/users'] }],
  ['binding', '/api/v1/iam/resource-sets/{set}/bindings', { role: '{role}', members: ['{base}/api/v1/users/{user}'] }],
  [
    'mail',
    '/api/v1/brands/{brand}/templates/email/ForgotPassword/customizations',
    { language: 'en', isDefault: true, subject: 'Forgot?', body: 'Reset it: $resetPasswordLink' },
  ],
  ['hookKey', '/api/v1/hook-keys', { name: 'Key' }],
  ['share', '/api/v1/principal-rate-limits', { principalId: '{token}', principalType: 'SSWS_TOKEN' }],
]

// Bodies that change or ask for something without being the look of a thing.
const requests: Readonly<Record<string, Json>> = {
  'POST /api/v1/users': {
    profile: { firstName: 'Grace', lastName: 'Hopper', email: 'grace@example.com', login: 'grace@example.com' },
    credentials: {
      password: { value: 'Pacific-1937-x' },
      recovery_question: { question: 'Which river?', answer: 'the quiet river' },
    },
    groupIds: ['{group}'],
  },
  'POST /api/v1/users/:userId/credentials/change_password': {
    oldPassword: { value: 'Atlantic-1932' },
    newPassword: { value: 'Pacific-1937-x' },
  },
  'POST /api/v1/users/:userId/credentials/change_recovery_question': {
    password: { value: 'Atlantic-1932' },
    recovery_question: { question: 'Which river?', answer: 'the quiet river' },
  },
  'POST /api/v1/users/:userId/credentials/forgot_password_recovery_question': {
    password: { value: 'Pacific-1937-x' },
    recovery_question: { answer: 'the quiet river' },
  },
  'POST /api/v1/authn': { username: 'amelia@example.com', password: 'Atlantic-1932' },
  'POST /api/v1/sessions': { username: 'amelia@example.com', password: 'Atlantic-1932' },
  'POST /api/v1/apps/:appId/users': { id: '{user}', scope: 'USER' },
  'POST /api/v1/groups': { profile: { name: 'Engineers', description: 'They build' } },
  'POST /api/v1/meta/schemas/user/:schemaId': {
    definitions: { custom: { id: '#custom', type: 'object', properties: { shoe: { title: 'Shoe', type: 'string' } } } },
  },
  'POST /api/v1/meta/schemas/group/default': {
    definitions: { custom: { id: '#custom', type: 'object', properties: { hue: { title: 'Hue', type: 'string' } } } },
  },
  'POST /api/v1/trustedOrigins': { name: 'Shop', origin: 'https://b.example.com', scopes: [{ type: 'CORS' }] },
  'PATCH /api/v1/apps/:appId/groups/:groupId': [{ op: 'replace', path: '/priority', value: 1 }],
  'POST /api/v1/apps/:appId/federated-claims': { name: 'title', expression: 'user.profile.title' },
  'POST /api/v1/apps/:appId/cwo/connections': {
    requestingAppInstanceId: '{client}',
    resourceAppInstanceId: '{client}',
  },
  'POST /api/v1/apps/:appId/interclient-allowed-apps': { id: '{client}' },
  'POST /api/v1/apps/:appId/group-push/mappings': { sourceGroupId: '{group}', targetGroupName: 'Pushed' },
  'POST /api/v1/apps/:appId/credentials/jwks': { kty: 'RSA', kid: 'k', e: 'AQAB', n: 'x'.repeat(342), alg: 'RS256' },
  'POST /api/v1/apps/:appId/credentials/csrs': {
    subject: { commonName: 'x' },
    subjectAltNames: { dnsNames: ['x.org'] },
  },
  'POST /api/v1/authorizationServers/:authServerId/credentials/lifecycle/keyRotate': { use: 'sig' },
  'POST /api/v1/brands/:brandId/templates/email/:templateName/customizations': {
    language: 'fr',
    subject: 'Vous',
    body: '<p>x</p>',
  },
  'PATCH /api/v1/iam/resource-sets/:resourceSetIdOrLabel/resources': { additions: ['{base}/api/v1/groups'] },
  'PATCH /api/v1/iam/resource-sets/:resourceSetIdOrLabel/bindings/:roleIdOrLabel/members': {
    additions: ['{base}/api/v1/groups/{group}'],
  },
  'POST /api/v1/logStreams': {
    type: 'aws_eventbridge',
    name: 'Stream',
    settings: { accountId: '123456789012', eventSourceName: 'okta', region: 'us-east-2' },
  },
  'POST /api/v1/realm-assignments': {
    name: 'Partners',
    priority: 1,
    conditions: { profileSourceId: '{client}', expression: { value: 'user.profile.title == "x"' } },
    actions: { assignUserToRealm: { realmId: '{realm}' } },
  },
  'POST /api/v1/org/privacy/aerial/grant': { accountId: 'aer1' },
  'PUT /api/v1/users/:userId/risk': { riskLevel: 'HIGH' },
  'POST /api/v1/groups/:groupId/roles': { type: 'HELP_DESK_ADMIN' },
  'POST /oauth2/v1/clients/:clientId/roles': { type: 'HELP_DESK_ADMIN' },
  'POST /api/v1/org/email/bounces/remove-list': { emailAddresses: ['a@example.com'] },
  'POST /api/v1/authenticators': { key: 'google_otp', name: 'Codes' },
  'POST /api/v1/authn/recovery/password': { username: 'amelia@example.com', factorType: 'EMAIL' },
  'POST /api/v1/authn/recovery/unlock': { username: 'amelia@example.com', factorType: 'EMAIL' },
  'POST /oauth2/v1/token': { grant_type: 'client_credentials', client_id: '{client}', scope: 'okta.users.read' },
  'POST /oauth2/:authorizationServerId/v1/token': {
    grant_type: 'authorization_code',
    client_id: '{client}',
    code: 'x',
  },
  'POST /oauth2/v1/clients': { client_name: 'Own', redirect_uris: ['https://app.example.com/cb'] },
}

async function call(method: string, path: string, body?: unknown, type = 'application/json') {
  const response = await orgFetch(t.org, `http://org.test${path}`, {
    method,
    headers: { authorization: `SSWS ${t.token}`, accept: 'application/json', 'content-type': type },
    body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
  })
  return { response, text: await response.text() }
}

/** What people leave behind when they sign in: no operation makes these. */
async function remember({ user, client, server, scope }: Readonly<Record<string, string>>): Promise<void> {
  const { org } = t
  const now = t.clock.now()
  const people = { userId: user!, clientId: client!, serverId: server! }
  await org.state.change([
    put(userGrants, org.ids.next('oag'), { ...people, scopeId: scope!, createdAt: now, lastUpdatedAt: now }),
    ...[now + 3_600_000, Number.MAX_SAFE_INTEGER].map((expiresAt, i) =>
      put(refreshTokens, `${i}${'x'.repeat(40)}`, {
        ...people,
        familyId: `family${i}`,
        scopes: ['openid', 'offline_access'],
        createdAt: now,
        expiresAt,
        idleUntil: expiresAt,
        authTimeSeconds: now / 1000,
        amr: ['pwd'],
      }),
    ),
  ])
}

const parse = (text: string): Json | undefined => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

beforeAll(async () => {
  t = await testOrg({ onFault: (error) => faults.push(error) })
  const made = await applySeed(t.org, {
    groups: [{ name: 'Pilots' }],
    users: [
      {
        login: 'amelia@example.com',
        password: 'Atlantic-1932',
        groups: ['Pilots'],
        recoveryQuestion: { question: 'Which river?', answer: 'the quiet river' },
      },
      { login: 'bessie@example.com', status: 'STAGED' },
      { login: 'daphne@example.com', source: 'ACTIVE_DIRECTORY' },
    ],
    tokens: [{ owner: 'amelia@example.com', name: 'hers' }],
  })
  const names: Record<string, string> = {
    user: made.users[0]!.id,
    group: made.groups[0]!.id,
    token: made.tokens[0]!.id,
    base: t.org.baseUrl,
  }
  const filled = (text: string) => text.replace(/\{(\w+)\}/g, (hole, name) => names[name] ?? hole)
  const failed: string[] = []
  for (const [name, path, body] of things) {
    // An app's group is put to it.
    const answer = await call(name === 'appGroup' ? 'PUT' : 'POST', filled(path), filled(JSON.stringify(body)))
    const thing = parse(answer.text) as { id?: string } | undefined
    if (!answer.response.ok) failed.push(`${path} ${answer.response.status} ${answer.text}`)
    names[name] = thing?.id ?? name
    shown.set(`POST ${path.replace(/\{\w+\}/g, ':')}`, renamed(JSON.parse(filled(JSON.stringify(body)))))
  }
  expect(failed, 'bodies that this test believes to be good').toEqual([])
  await remember(names)
  for (const [on, body] of Object.entries(requests)) {
    shown.set(on.replace(/:\w+/g, ':'), JSON.parse(filled(JSON.stringify(body))))
  }
  await crawl()
  const { state } = t.org
  const { change } = state
  Object.assign(state, {
    async change(writes: readonly Write[]) {
      await change(writes)
      written = [...written, ...writes]
    },
  })
  snapshots = await createSnapshots(t.org)
})

/** The same thing under other names: what is unique has to be new. */
function renamed(body: Json): Json {
  if (body === null || typeof body !== 'object') return body
  if (Array.isArray(body)) return body.map(renamed)
  const unique = ['name', 'label']
  return Object.fromEntries(
    Object.entries(body).map(([key, value]) => [
      key,
      unique.includes(key) && typeof value === 'string' && value !== 'oidc_client' ? `${value}2` : renamed(value),
    ]),
  )
}

const built = (): Route[] => t.org.routes.routes.filter((route) => route.built)
const paramsOf = (template: string): string[] => template.match(/:\w+/g) ?? []

/** Reads everything that can be read: lists first, then what stands in them, as deep as the table goes. */
async function crawl(): Promise<void> {
  const gets = built().filter((route) => route.method === 'GET')
  gets.sort((a, b) => paramsOf(a.template).length - paramsOf(b.template).length)
  for (const { template } of gets) {
    for (const path of pathsOf(template, 3)) {
      const query = template === '/api/v1/policies' ? '?type=OKTA_SIGN_ON' : ''
      const { response, text } = await call('GET', path + query)
      const json = response.ok ? parse(text) : undefined
      if (json === undefined || json === null || typeof json !== 'object') continue
      const rows = Array.isArray(json) ? json : Object.values(json).find(Array.isArray)
      const ids = (rows ?? []).flatMap((row) => nameOf(row))
      if (ids.length > 0) found.set(path, ids)
      if (!Array.isArray(json)) shown.set(path, json)
    }
  }
}

function nameOf(row: Json): string[] {
  if (row === null || typeof row !== 'object' || Array.isArray(row)) return []
  const name = row.id ?? row.kid ?? row.name ?? row.client_id ?? row.type ?? row.key
  return typeof name === 'string' && name.length < 200 ? [name] : []
}

// Names that stand in no list.
const wellKnown: Readonly<Record<string, readonly string[]>> = {
  ':authServerId': ['default'],
  ':authorizationServerId': ['default'],
  ':contactType': ['BILLING'],
  ':schemaId': ['default'],
  ':featureName': ['USER_PROVISIONING'],
  ':templateName': ['ForgotPassword'],
  ':permissionType': ['okta.groups.read'],
  ':path': ['apple-app-site-association'],
}

/** Paths that fit a template with names that are known, at most so many for each parameter. */
function pathsOf(template: string, most: number): string[] {
  let paths = ['']
  for (const part of template.split('/').slice(1)) {
    if (!part.startsWith(':')) paths = paths.map((path) => `${path}/${part}`)
    else {
      paths = paths.flatMap((path) => {
        const ids = found.get(path) ?? wellKnown[part] ?? []
        // The newest, and the oldest, which came with the org.
        const few = ids.length <= most ? ids : [ids[0]!, ...ids.slice(1 - most)]
        return few.map((id) => `${path}/${encodeURIComponent(id)}`)
      })
    }
  }
  return paths
}

/** A body that the operation may take: what was made there, or how the thing looks that the path names. */
function goodBody(route: Route, path: string): Json {
  const own = shown.get(`${route.method} ${route.template.replace(/:\w+/g, ':')}`)
  return own ?? shown.get(path) ?? { name: 'x', profile: { name: 'x' }, id: 'x', type: 'USER' }
}

const oddTexts = [
  ...['', ' ', '\0', '\ud800', '😀', '\u202e', '__proto__', 'constructor', 'toString', '{id}', '%', "'", '"<script>'],
  ...['x'.repeat(300), 'x'.repeat(70_000), '..', '-1', '1e999', 'null', '2026-13-45', 'https://', 'ORG', '$' + '{x}'],
]
const oddValue: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(null, true, false, 0, -1, 1.5, 1e308, 2 ** 53, [], {}, [null], [[]], [{}], { '': '' }),
  fc.constantFrom(...oddTexts),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom<Json>(Array(600).fill('x'), Array(30).fill({}), ['x', 'x'], deep(40), deep(2_000)),
)

function deep(levels: number): Json {
  let value: Json = 1
  for (let i = 0; i < levels; i++) value = i % 2 === 0 ? { a: value } : [value]
  return value
}

/** What is done with a good body, and with the path and the query. */
const twist = fc.record({
  bends: fc.array(
    fc.record({
      way: fc.constantFrom('replace', 'replace', 'replace', 'remove', 'add', 'wrap', 'proto', 'swap'),
      at: fc.array(fc.nat(1_000), { minLength: 1, maxLength: 5 }),
      value: oddValue,
    }),
    { minLength: 1, maxLength: 3 },
  ),
  name: fc.option(fc.constantFrom(...oddTexts.filter((text) => text.length < 2_000)), { nil: undefined, freq: 4 }),
  param: fc.nat(10),
  path: fc.nat(10),
  query: fc.option(
    fc.tuple(
      fc.constantFrom(
        ...['limit', 'after', 'q', 'filter', 'search', 'sortBy', 'sortOrder', 'expand', 'type', 'status', 'activate'],
        ...['sendEmail', 'provider', 'nextLogin', 'strict', 'since', 'until', 'scopeId', 'validityYears', 'fields', ''],
        ...['removeUsers', 'disableNotifications', 'revokeSessions', 'oauthTokens', 'targetAid', 'kid', '__proto__'],
      ),
      fc.constantFrom(...oddTexts.filter((text) => text.length < 2_000), 'true', 'false', '1', 'name', 'id eq "x"'),
    ),
    { nil: undefined, freq: 2 },
  ),
  raw: fc.option(
    fc.constantFrom(
      ...['', '{', 'null', '[]', '"x"', '7', '{}x', '\uFEFF{}', '{"a":1e999}', '{"__proto__":{"polluted":true}}'],
      ...[`${'['.repeat(9_000)}${']'.repeat(9_000)}`, '{"profile":{"__proto__":{"polluted":true}}}'],
    ),
    { nil: undefined, freq: 8 },
  ),
})
const straight: Twist = { bends: [], name: undefined, param: 0, path: 0, query: undefined, raw: undefined }
const ways: readonly (readonly [Twist['bends'][number]['way'], Json])[] = [
  ['remove', null],
  ...([null, 7, true, 'x', '\ud800', 'x'.repeat(300), [], {}, ['x']] as Json[]).map(
    (value) => ['replace', value] as const,
  ),
]

/** Each member of a body with each kind of wrong value, a path of members at a time; thinned out where there are many. */
function inTurn(body: Json): Twist[] {
  const places: number[][] = []
  const walk = (value: Json, at: number[]): void => {
    if (value === null || typeof value !== 'object' || at.length > 5) return
    for (const [i, inner] of Object.values(value).entries()) {
      places.push([...at, i])
      walk(inner, [...at, i])
    }
  }
  walk(body, [])
  const all = places.flatMap((at) => ways.map(([way, value]) => ({ ...straight, bends: [{ way, at, value }] })))
  const step = Math.max(1, all.length / MOST_BENT)
  // The body as it is comes first and last: the second time it meets what the first one made.
  const some = Array.from({ length: Math.floor(all.length / step) }, (_, i) => all[Math.floor(i * step)]!)
  return [straight, ...some, straight]
}

type Twist = typeof twist extends fc.Arbitrary<infer T> ? T : never

function bend(body: Json, { way, at, value }: Twist['bends'][number]): Json {
  if (body === null || typeof body !== 'object') return value
  const keys = Object.keys(body)
  const [first = 0, ...rest] = at
  const key = keys[first % Math.max(keys.length, 1)]
  const copy = (Array.isArray(body) ? [...body] : { ...body }) as { [name: string]: Json }
  const inner = key === undefined ? undefined : copy[key]
  if (rest.length > 0 && inner !== null && typeof inner === 'object') {
    define(copy, key!, bend(inner, { way, at: rest, value }))
    return copy
  }
  if (way === 'remove' && key !== undefined) delete copy[key]
  else if (way === 'add') define(copy, typeof value === 'string' && value.length < 100 ? value : 'extra', value)
  else if (way === 'proto') define(copy, '__proto__', { polluted: true })
  else if (way === 'swap' && keys.length > 1) define(copy, key!, copy[keys[(first + 1) % keys.length]!]!)
  else if (key === undefined) return value
  else define(copy, key, way === 'wrap' ? [inner!] : value)
  return copy
}

// By hand, so that "__proto__" becomes a member like others, as a parser makes it.
function define(to: object, name: string, value: Json): void {
  Object.defineProperty(to, name, { value, enumerable: true, configurable: true, writable: true })
}

function pathOf(route: Route, { path, name, param }: Twist): string {
  const known = pathsOf(route.template, 4)
  // The newest first: the oldest came with the org.
  const chosen = known.toReversed()[path % Math.max(known.length, 1)] ?? route.template.replace(/:\w+/g, 'unknown')
  const count = paramsOf(route.template).length
  if (name === undefined || count === 0) return chosen
  // One of the names in the path becomes odd.
  const parts = chosen.split('/')
  const places = route.template.split('/').flatMap((part, i) => (part.startsWith(':') ? [i] : []))
  parts[places[param % count]!] = encodeURIComponent(name.toWellFormed())
  return parts.join('/')
}

// Of the edge, of the API, of OAuth endpoints.
const FORMS = ['status,message', 'errorCode,errorSummary,errorLink,errorId,errorCauses', 'error,error_description']
// What a refused request may leave: a wrong secret counts, a key is made when it is first asked for.
const mayWrite = (cause: string | undefined, writes: readonly Write[]): boolean =>
  writes.every((write) => 'put' in write && (write.put.name === 'signingKey' || write.put.name === 'user')) &&
  (writes.every((write) => 'put' in write && write.put.name === 'signingKey') || /^E0000(004|014|087)/.test(`${cause}`))

/** What is wrong with an answer; undefined when nothing is. */
function wrongWith(
  response: Response,
  text: string,
  before: ReturnType<typeof settled>,
  asked: string,
): string | undefined {
  const cause = t.lastCause()
  if (faults.length > 0) {
    const [fault] = faults.splice(0)
    return `a fault of the server: ${fault instanceof Error ? fault.stack?.split('\n').slice(0, 3).join(' ') : fault}`
  }
  if (response.status >= 500 && response.status !== 501) return `${response.status} ${cause}`
  for (const secret of [...SECRETS, t.token]) {
    if (text.includes(secret) && !asked.includes(secret)) return `it tells the secret ${secret.slice(0, 8)}…`
  }
  if (SECRETS.some((secret) => text.includes(secret))) return 'it repeats a secret that was sent'
  if (response.status < 400) return undefined
  const json = parse(text)
  const html = response.headers.get('content-type')?.startsWith('text/html')
  if (!html && text !== '' && !FORMS.includes(Object.keys((json ?? {}) as object).join())) {
    return `it is refused in no form of Okta's: ${text.slice(0, 200)}`
  }
  if (
    json &&
    typeof json === 'object' &&
    'errorSummary' in json &&
    /[{}]/.test(String(json.errorSummary)) &&
    !/[{}]/.test(asked)
  ) {
    return `a hole was left open: ${json.errorSummary}`
  }
  if (!mayWrite(cause, written)) return `refused as ${cause}, it wrote ${written.length} things`
  const { jobs, rest } = settled()
  if (rest !== before.rest || jobs > before.jobs) return `refused as ${cause}, it changed settings, jobs or mails`
  return undefined
}

// Work that has come due is done before the next request: there may be less of it, but not more.
const settled = () => ({
  jobs: t.org.jobs.snapshot().length,
  rest: JSON.stringify([t.org.settings, t.org.inbox.snapshot().length]),
})

test('every operation answers whatever comes', { timeout: 120_000 }, async () => {
  const wrong = new Map<string, string>()
  const statuses = new Map<number, number>()
  const routes = built()
  let asked = 0
  for (const [i, route] of routes.entries()) {
    const on = `${route.method} ${route.template}`
    await snapshots.reset()
    const begun = performance.now()
    const own = route.body ? inTurn(goodBody(route, pathOf(route, straight))) : []
    const twists = [...own, ...fc.sample(twist, { seed: SEED + i, numRuns: RANDOM })]
    for (const one of twists) {
      if (performance.now() - begun > LONGEST_MS) break
      const path = pathOf(route, one)
      const query = one.query ? `?${one.query.map((part) => encodeURIComponent(part.toWellFormed())).join('=')}` : ''
      let body: string | undefined
      let type = 'application/json'
      if (route.body || (route.method !== 'GET' && one.raw)) {
        const good = goodBody(route, path)
        const bent = one.bends.reduce(bend, good)
        body = one.raw ?? JSON.stringify(bent)
        if (route.takes?.includes(FORM)) {
          type = FORM
          body = new URLSearchParams(
            // Not String(v): a bent object may have no way to become text.
            Object.entries((bent ?? {}) as object).map(([k, v]): [string, string] => [
              k,
              typeof v === 'string' ? v : (JSON.stringify(v) ?? ''),
            ]),
          ).toString()
        }
      }
      written = []
      const before = settled()
      const { response, text } = await call(route.method, path + query, route.method === 'GET' ? undefined : body, type)
      asked++
      statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1)
      const problem = wrongWith(response, text, before, decodeURIComponent(path + query) + (body ?? ''))
      if (problem && !wrong.has(on)) {
        wrong.set(on, `${on}\n  ${path.slice(0, 150)}${query.slice(0, 100)} ${body?.slice(0, 400) ?? ''}\n  ${problem}`)
      }
      // What succeeded has changed what the next one meets; a reset would hide nothing, but costs.
      if (response.ok && route.method === 'DELETE') await snapshots.reset()
    }
  }
  expect([...wrong.values()].join('\n\n')).toBe('')
  expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  // The requests got somewhere.
  expect([...statuses.keys()]).toEqual(expect.arrayContaining([200, 201, 204, 400, 403, 404]))
  expect(asked).toBeGreaterThan(routes.length)
})

// Does every list of the API page as it should, and refuse in the resource's own words what it does not take? One table;
// a new list is a new row.
import { beforeAll, describe, expect, test } from 'vitest'
import { userGrants } from '../entities/consent.ts'
import { groups } from '../entities/group.ts'
import { refreshTokens } from '../entities/sign-in.ts'
import { users } from '../entities/user.ts'
import { put } from '../state/state.ts'
import { type Called, type TestOrg, testOrg } from '../testing.ts'

/** What a list is tested with: things that it shows, made before its tests. */
interface World {
  t: TestOrg
  userId: string
  groupId: string
  appId: string
  clientId: string
  serverId: string
  roleId: string
  policyId: string
}

interface Row {
  /** The path, with what it needs in the query. */
  path: (w: World) => string
  /** Makes the nth of at least three more things of the list. */
  make?: (w: World, n: number) => Promise<unknown>
  /** How it refuses a cursor that it did not make. */
  cursor?: string
  /** Where a thing's cursor is not its id. */
  cursorIsSealed?: true
  /** -1 is documented as "as many as there are". */
  minusOne?: true
  /** 0 was seen to be answered with none. */
  zero?: true
  /** Shows all, whatever `limit` says: no paging is documented. */
  whole?: true
  /** The member that holds the rows. */
  in?: string
}

const person = (n: number) => ({
  profile: { login: `u${n}@example.com`, email: `u${n}@example.com`, firstName: `F${n}`, lastName: 'List' },
})
const oidc = (label: string) => ({
  name: 'oidc_client',
  label,
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
})

const signOnPolicy = (name: string) => ({ type: 'OKTA_SIGN_ON', name, description: name })

async function must(w: { t: TestOrg }, request: string, body?: unknown): Promise<Called> {
  const answer = await w.t.call(request, body)
  expect(answer.status, `${request}: ${answer.text}`).toBeLessThan(300)
  return answer
}

const made = async (w: World, request: string, body: unknown): Promise<string> => (await must(w, request, body)).json.id

const lists: Readonly<Record<string, Row>> = {
  users: {
    path: () => '/api/v1/users',
    make: (w, n) => must(w, 'POST /api/v1/users?activate=false', person(n)),
    zero: true,
  },
  'users by search': {
    zero: true,
    path: () => '/api/v1/users?search=id+pr',
    make: (w, n) => must(w, 'POST /api/v1/users?activate=false', person(n)),
    cursor: 'E0000031/search-cursor-unknown',
  },
  'users by search, sorted': {
    zero: true,
    path: () => '/api/v1/users?search=id+pr&sortBy=profile.login&sortOrder=desc',
    make: (w, n) => must(w, 'POST /api/v1/users?activate=false', person(n)),
    cursor: 'E0000031/search-cursor-unknown',
    cursorIsSealed: true,
  },
  'users by filter': {
    zero: true,
    path: () => '/api/v1/users?filter=status+eq+%22STAGED%22',
    make: (w, n) => must(w, 'POST /api/v1/users?activate=false', person(n)),
  },
  'groups of a user': {
    path: (w) => `/api/v1/users/${w.userId}/groups`,
    async make(w, n) {
      const id = await made(w, 'POST /api/v1/groups', { profile: { name: `Joined ${n}` } })
      await must(w, `PUT /api/v1/groups/${id}/users/${w.userId}`)
    },
  },
  'grants of a user': {
    path: (w) => `/api/v1/users/${w.userId}/grants`,
    async make({ t, userId, clientId, serverId }, n) {
      const value = { userId, clientId, serverId, scopeId: `scp${n}`, createdAt: 0, lastUpdatedAt: 0 }
      await t.org.state.change([put(userGrants, t.org.ids.next('oag'), value)])
    },
  },
  'tokens of a user and a client': {
    path: (w) => `/api/v1/users/${w.userId}/clients/${w.clientId}/tokens`,
    make: makeToken,
  },
  'tokens of an app': { path: (w) => `/api/v1/apps/${w.appId}/tokens`, make: makeToken },
  'tokens of a client at a server': {
    path: (w) => `/api/v1/authorizationServers/${w.serverId}/clients/${w.clientId}/tokens`,
    make: makeToken,
    minusOne: true,
  },
  groups: {
    path: () => '/api/v1/groups',
    make: (w, n) => must(w, 'POST /api/v1/groups', { profile: { name: `Listed ${n}` } }),
  },
  'groups by search': {
    path: () => '/api/v1/groups?search=type+eq+%22OKTA_GROUP%22',
    make: (w, n) => must(w, 'POST /api/v1/groups', { profile: { name: `Found ${n}` } }),
    cursor: 'E0000031/search-cursor-unknown',
  },
  'members of a group': {
    path: (w) => `/api/v1/groups/${w.groupId}/users`,
    make: async (w, n) =>
      must(
        w,
        `PUT /api/v1/groups/${w.groupId}/users/${await made(w, 'POST /api/v1/users?activate=false', person(100 + n))}`,
      ),
  },
  'owners of a group': {
    path: (w) => `/api/v1/groups/${w.groupId}/owners`,
    make: async (w, n) =>
      must(w, `POST /api/v1/groups/${w.groupId}/owners`, {
        type: 'USER',
        id: await made(w, 'POST /api/v1/users?activate=false', person(200 + n)),
      }),
  },
  'apps of a group': {
    path: (w) => `/api/v1/groups/${w.groupId}/apps`,
    make: async (w, n) =>
      must(w, `PUT /api/v1/apps/${await made(w, 'POST /api/v1/apps', oidc(`Shared ${n}`))}/groups/${w.groupId}`, {}),
  },
  apps: {
    path: () => '/api/v1/apps',
    make: (w, n) => must(w, 'POST /api/v1/apps', oidc(`App ${n}`)),
    minusOne: true,
  },
  'users of an app': {
    path: (w) => `/api/v1/apps/${w.appId}/users`,
    make: async (w, n) =>
      must(w, `POST /api/v1/apps/${w.appId}/users`, {
        id: await made(w, 'POST /api/v1/users?activate=false', person(300 + n)),
        scope: 'USER',
      }),
  },
  'groups of an app': {
    path: (w) => `/api/v1/apps/${w.appId}/groups`,
    make: async (w, n) =>
      must(
        w,
        `PUT /api/v1/apps/${w.appId}/groups/${await made(w, 'POST /api/v1/groups', { profile: { name: `Of app ${n}` } })}`,
        {},
      ),
  },
  'grants of an app': {
    path: (w) => `/api/v1/apps/${w.appId}/grants`,
    make: (w, n) =>
      must(w, `POST /api/v1/apps/${w.appId}/grants`, {
        issuer: w.t.org.baseUrl,
        scopeId: ['okta.users.read', 'okta.groups.read', 'okta.apps.read', 'okta.logs.read'][n],
      }),
  },
  'authorization servers': {
    path: () => '/api/v1/authorizationServers',
    make: (w, n) =>
      must(w, 'POST /api/v1/authorizationServers', {
        name: `Server ${n}`,
        description: 'x',
        audiences: [`api://${n}`],
      }),
  },
  'scopes of a server': {
    path: (w) => `/api/v1/authorizationServers/${w.serverId}/scopes`,
    make: (w, n) => must(w, `POST /api/v1/authorizationServers/${w.serverId}/scopes`, { name: `scope${n}` }),
  },
  zones: {
    path: () => '/api/v1/zones',
    make: (w, n) =>
      must(w, 'POST /api/v1/zones', {
        type: 'IP',
        name: `Zone ${n}`,
        gateways: [{ type: 'CIDR', value: `192.0.2.${n}/32` }],
      }),
    minusOne: true,
  },
  policies: {
    path: () => '/api/v1/policies?type=OKTA_SIGN_ON',
    make: (w, n) => must(w, 'POST /api/v1/policies', signOnPolicy(`Policy ${n}`)),
    cursorIsSealed: true,
  },
  'policies by name': {
    path: () => '/api/v1/policies?type=OKTA_SIGN_ON&sortBy=name',
    make: (w, n) => must(w, 'POST /api/v1/policies', signOnPolicy(`Policy ${9 - n}`)),
    cursorIsSealed: true,
  },
  'rules of a policy': {
    path: (w) => `/api/v1/policies/${w.policyId}/rules`,
    make: (w, n) =>
      must(w, `POST /api/v1/policies/${w.policyId}/rules`, {
        type: 'SIGN_ON',
        name: `Rule ${n}`,
        actions: { signon: { access: 'ALLOW', requireFactor: false, session: { usePersistentCookie: false } } },
      }),
    cursorIsSealed: true,
  },
  'trusted origins': {
    path: () => '/api/v1/trustedOrigins',
    make: (w, n) =>
      must(w, 'POST /api/v1/trustedOrigins', {
        name: `Site ${n}`,
        origin: `https://site${n}.example.com`,
        scopes: [{ type: 'CORS' }],
      }),
  },
  'group rules': {
    path: () => '/api/v1/groups/rules',
    make: (w, n) =>
      must(w, 'POST /api/v1/groups/rules', {
        type: 'group_rule',
        name: `Rule ${n}`,
        conditions: { expression: { type: 'urn:okta:expression:1.0', value: `user.title == "${n}"` } },
        actions: { assignUserToGroups: { groupIds: [w.groupId] } },
      }),
  },
  'identity providers': {
    path: () => '/api/v1/idps',
    make: (w, n) =>
      must(w, 'POST /api/v1/idps', {
        type: 'GOOGLE',
        name: `Google ${n}`,
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
      }),
  },
  'log streams': {
    path: () => '/api/v1/logStreams',
    make: (w, n) =>
      must(w, 'POST /api/v1/logStreams', {
        type: 'aws_eventbridge',
        name: `Stream ${n}`,
        settings: { accountId: '123456789012', eventSourceName: `okta${n}`, region: 'us-east-2' },
      }),
  },
  realms: {
    path: () => '/api/v1/realms',
    make: (w, n) => must(w, 'POST /api/v1/realms', { profile: { name: `Realm ${n}`, realmType: 'PARTNER' } }),
  },
  brands: { path: () => '/api/v1/brands', make: (w, n) => must(w, 'POST /api/v1/brands', { name: `Brand ${n}` }) },
  'group targets of a role': {
    path: (w) => `/api/v1/users/${w.userId}/roles/${w.roleId}/targets/groups`,
    make: async (w, n) =>
      must(
        w,
        `PUT /api/v1/users/${w.userId}/roles/${w.roleId}/targets/groups/${await made(w, 'POST /api/v1/groups', { profile: { name: `Target ${n}` } })}`,
      ),
  },
}

async function makeToken({ t, userId, clientId, serverId }: World, n: number): Promise<void> {
  const now = t.clock.now()
  const value = {
    familyId: `family${n}`,
    clientId,
    serverId,
    userId,
    scopes: ['openid'],
    createdAt: now,
    expiresAt: now + 3_600_000,
    idleUntil: now + 3_600_000,
    authTimeSeconds: 0,
    amr: [],
  }
  await t.org.state.change([put(refreshTokens, `${n}${'x'.repeat(30)}`, value)])
}

async function makeWorld(): Promise<World> {
  const t = await testOrg()
  const { userId } = await t.makeAdmin('ada@example.com')
  const base = { t } as World
  const groupId = await made(base, 'POST /api/v1/groups', { profile: { name: 'Pilots' } })
  const app = (await must(base, 'POST /api/v1/apps', oidc('Notes'))).json
  const serverId = (await must(base, 'GET /api/v1/authorizationServers')).json[0].id
  const roleId = await made(base, `POST /api/v1/users/${userId}/roles`, { type: 'USER_ADMIN' })
  const policyId = await made(base, 'POST /api/v1/policies', signOnPolicy('Pilots only'))
  const clientId = app.credentials.oauthClient.client_id
  return { t, userId, groupId, appId: app.id, clientId, serverId, roleId, policyId }
}

const withQuery = (path: string, query: string) => `${path}${path.includes('?') ? '&' : '?'}${query}`
const nextOf = (answer: Called): string | undefined =>
  /<https?:\/\/[^/>]+([^>]+)>; rel="next"/.exec(answer.headers.get('link') ?? '')?.[1]

describe.each(Object.entries(lists))('%s', (_name, row) => {
  let w: World
  let path: string
  const get = async (query = '') => w.t.call(`GET ${query === '' ? path : withQuery(path, query)}`)
  const rowsOf = (answer: Called): { id: string }[] => (row.in === undefined ? answer.json : answer.json[row.in])
  const keys = (answer: Called) => rowsOf(answer).map((one) => JSON.stringify(one))
  beforeAll(async () => {
    w = await makeWorld()
    for (let n = 0; n < 3; n++) await row.make?.(w, n)
    path = row.path(w)
  })

  test('shows what was made, and two links', async () => {
    const all = await get()
    expect(all.status, all.text).toBe(200)
    expect(rowsOf(all).length).toBeGreaterThanOrEqual(3)
    expect(all.headers.get('link')).toBe(`<${w.t.org.baseUrl}${path}>; rel="self"`)
  })

  test('one after the other is all of them, each once, in the same order', async () => {
    const all = keys(await get())
    const found: string[] = []
    let next: string | undefined = withQuery(path, 'limit=1')
    for (let page = 0; next !== undefined; page++) {
      const answer: Called = await w.t.call(`GET ${next}`)
      expect(answer.status, answer.text).toBe(200)
      expect(rowsOf(answer)).toHaveLength(1)
      found.push(...keys(answer))
      next = nextOf(answer)
      // `after` comes first (recorded), and the other parameters go on.
      if (next !== undefined) expect(next).toMatch(/\?after=[^&]+&.*limit=1/)
      expect(page).toBeLessThan(all.length)
    }
    expect(found).toEqual(all)
  })

  test.each(['', '100', '%2B7', '007', '999999', '2000000000'])('limit %j is taken', async (limit) => {
    const answer = await get(`limit=${limit}`)
    expect(answer.status, answer.text).toBe(200)
  })

  test.each([
    ['0', row.zero ? undefined : 'E0000001/value-invalid'],
    ['-1', row.minusOne ? undefined : 'E0000001/value-invalid'],
    ['-2', 'E0000001/value-invalid'],
    ['ten', 'E0000037/number-unreadable'],
    ['1.5', 'E0000037/number-unreadable'],
    ['1e3', 'E0000037/number-unreadable'],
    ['99999999999', 'E0000037/number-unreadable'],
    ['%00', 'E0000037/number-unreadable'],
  ])('limit %j: %s', async (limit, cause) => {
    const answer = await get(`limit=${limit}`)
    expect([answer.status, w.t.lastCause()]).toEqual([cause === undefined ? 200 : 400, cause])
  })

  test('a cursor that it did not make is refused in its own words', async () => {
    const foreign = w.t.org.ids.next('xyz')
    const other = await testOrg({ suffix: 'zzz' })
    const next = nextOf(await get('limit=1'))!
    const mine = new URLSearchParams(next.slice(next.indexOf('?'))).get('after')!
    const cursors = ['made-up', '%00', '😀', 'a.b', '..', foreign, `${mine}x`, mine.slice(0, -1), 'x'.repeat(5_000)]
    if (!row.cursorIsSealed) cursors.push(mine.slice(0, 3), other.org.ids.next(mine.slice(0, 3)))
    for (const cursor of cursors) {
      const answer = await get(`after=${cursor.startsWith('%') ? cursor : encodeURIComponent(cursor)}`)
      const said = `${cursor.slice(0, 40)}: ${answer.text}`
      expect([answer.status, w.t.lastCause()], said).toEqual([400, row.cursor ?? 'E0000029/cursor-unknown'])
      expect(answer.json.errorCauses, said).toEqual([{ errorSummary: 'Invalid cursor.' }])
    }
    expect((await get('after=')).status).toBe(200)
  })
})

describe('what lists do not take, each in its own words', () => {
  let w: World
  beforeAll(async () => {
    w = await makeWorld()
  })

  const syntax = 'E0000031/search-unreadable'
  const date = 'E0000030/date-unreadable'
  const both = 'E0000063/search-with-filter-or-query'
  test.each<[path: string, query: Record<string, string>, cause: string, texts?: string[]]>([
    ['users', { search: 'status eq' }, syntax, ['Invalid search syntax.']],
    ['users', { search: 'status ne "ACTIVE"' }, syntax],
    ['users', { search: 'profile.department co "x"' }, syntax],
    ['users', { search: 'nickname eq "x"' }, syntax],
    ['users', { search: 'created gt "yesterday"' }, date, []],
    ['users', { search: 'created sw "2026"' }, syntax],
    ['users', { search: 'id pr', q: 'a' }, both, []],
    ['users', { search: 'id pr', filter: 'status eq "ACTIVE"' }, both, []],
    ['users', { search: '', q: '' }, both, []],
    ['users', { q: 'a', filter: 'status eq "ACTIVE"' }, 'E0000033/query-and-filter-together', []],
    ['users', { search: 'id pr', sortBy: 'shoeSize' }, syntax],
    ['users', { filter: 'status eq ACTIVE' }, syntax, []],
    ['users', { filter: 'status sw "A"' }, syntax, []],
    ['users', { filter: 'profile.department eq "x"' }, syntax, []],
    ['users', { filter: 'profile.login gt "a"' }, syntax, []],
    ['users', { filter: 'lastUpdated gt "2026-13-45"' }, date, []],
    ['users', { filter: 'not (status eq "ACTIVE")' }, syntax, []],
    ['groups', { search: '((type eq "BUILT_IN"' }, syntax, ['Invalid search syntax.']],
    ['groups', { search: 'lastMembershipUpdated lt "soon"' }, date, []],
    ['groups', { search: 'type pr', filter: 'type eq "BUILT_IN"' }, both, []],
    ['groups', { search: 'type pr', q: 'x' }, both, []],
    ['groups', { filter: 'id eq "foo\\"' }, syntax, []],
    ['groups', { filter: 'type ne "BUILT_IN"' }, syntax, []],
    ['groups', { filter: 'lastUpdated eq "x"' }, date, []],
    ['apps', { filter: 'user.id eq someid' }, syntax, []],
    ['apps', { filter: 'status gt "ACTIVE"' }, syntax, []],
    ['apps', { filter: 'label eq "Notes"' }, syntax, []],
    ['apps', { expand: 'everything' }, 'E0000001/expand-malformed', ['Expand query is malformed.']],
    ['apps', { includeNonDeleted: 'maybe' }, 'E0000037/flag-unreadable', []],
    ['logs', { filter: 'display_message eqq "x"' }, 'E0000053/log-operator-unknown', []],
    ['logs', { filter: 'some_invalid_field eq "x"' }, 'E0000053/log-field-unknown', []],
    ['logs', { since: '2010-01-01T00:00:00Z' }, 'E0000053/log-since-too-old', []],
    ['logs', { since: 'yesterday' }, 'E0000001/log-date-invalid'],
    ['logs', { limit: 'ten' }, 'E0000037/number-unreadable', []],
    ['policies', {}, 'E0000028/parameter-missing', []],
    ['policies', { type: 'OKTA_SIGN_ON', sortBy: 'age' }, 'E0000001/value-invalid'],
    ['policies', { type: 'OKTA_SIGN_ON', after: 'made-up' }, 'E0000029/cursor-unknown', ['Invalid cursor.']],
  ])('/%s %j: %s', async (path, query, cause, texts) => {
    const answer = await w.t.call(`GET /api/v1/${path}?${new URLSearchParams(query)}`)
    expect([answer.status, w.t.lastCause()], answer.text).toEqual([400, cause])
    if (texts) expect(answer.json.errorCauses.map((one: { errorSummary: string }) => one.errorSummary)).toEqual(texts)
  })

  test('what is documented is taken', async () => {
    for (const [path, query] of [
      ['users', { search: 'profile.firstName sw "A" and (status eq "ACTIVE" or not (created lt "2026-01-01"))' }],
      ['users', { search: 'profile.login co "ada"', sortBy: 'profile.lastName', sortOrder: 'desc' }],
      ['users', { filter: 'status eq "ACTIVE" or lastUpdated ge "2026-01-01T00:00:00.000Z"' }],
      ['users', { filter: `id eq "${w.userId}"` }],
      ['users', { q: 'ad', limit: '3' }],
      ['groups', { q: 'Pil', filter: 'type eq "OKTA_GROUP"' }],
      ['groups', { filter: 'lastMembershipUpdated gt "2020-01-01T00:00:00.000Z"', expand: 'stats' }],
      ['apps', { filter: `user.id eq "${w.userId}"`, expand: `user/${w.userId}` }],
      ['apps', { q: 'Not', filter: 'status eq "ACTIVE"' }],
      ['logs', { filter: 'eventType eq "user.session.start" and outcome.result eq "SUCCESS"', q: 'ada' }],
    ] as const) {
      const answer = await w.t.call(`GET /api/v1/${path}?${new URLSearchParams(query)}`)
      expect(answer.status, `${path} ${JSON.stringify(query)} ${answer.text}`).toBe(200)
    }
  })

  // Deleted between two pages: the cursor is good for the rest of the list all the same.
  test.each([
    ['users', (id: string) => [`DELETE /api/v1/users/${id}`, `DELETE /api/v1/users/${id}`]],
    ['groups', (id: string) => [`DELETE /api/v1/groups/${id}`]],
    ['apps', (id: string) => [`POST /api/v1/apps/${id}/lifecycle/deactivate`, `DELETE /api/v1/apps/${id}`]],
    ['zones', (id: string) => [`POST /api/v1/zones/${id}/lifecycle/deactivate`, `DELETE /api/v1/zones/${id}`]],
  ] as const)('%s go on behind a thing that was deleted', async (name, drop) => {
    for (let n = 10; n < 13; n++) await lists[name]!.make!(w, n)
    const all: { id: string }[] = (await w.t.call(`GET /api/v1/${name}`)).json
    const [gone, ...rest] = all.slice(-3)
    const first = await w.t.call(`GET /api/v1/${name}?limit=${all.length - 2}`)
    const next = nextOf(first)!
    expect(next).toContain(gone!.id)
    for (const call of drop(gone!.id)) await must(w, call)
    const answer = await w.t.call(`GET ${next}`)
    expect(answer.json.map(({ id }: { id: string }) => id)).toEqual(rest.map(({ id }) => id))
  })
})

describe('many', () => {
  let w: World
  beforeAll(async () => {
    w = await makeWorld()
    const { org } = w.t
    const user = (await org.state.load(users, w.userId))!.value
    const group = (await org.state.load(groups, w.groupId))!.value
    const writes = Array.from({ length: 450 }, (_, n) => [
      put(users, org.ids.next('00u'), {
        ...user,
        profile: { ...user.profile, login: `m${n}@example.com`, department: n % 50 === 0 ? 'Rare' : 'Usual' },
      }),
      put(groups, org.ids.next('00g'), { ...group, profile: { name: `Many ${n}` } }),
    ])
    await org.state.change(writes.flat())
  })

  test.each([
    ['users', '', 200],
    ['users', 'limit=201', 200],
    ['users', 'search=id+pr', 200],
    ['users', 'search=id+pr&limit=99999', 200],
    ['users', 'filter=status+eq+%22ACTIVE%22', 200],
    ['users', 'q=Test', 10],
    ['users', 'q=Test&limit=500', 200],
    ['groups', '', 200],
    ['groups', 'limit=10000', 452],
    ['groups', 'q=Many', 300],
  ])('/%s?%s shows %i', async (path, query, count) => {
    const answer = await w.t.call(`GET /api/v1/${path}?${query}`)
    expect(answer.json).toHaveLength(count)
  })

  // What is found by an index is what reading everything would find, and only that much is read.
  test.each([
    ['users', 'search', 'profile.department eq "Rare"', 9],
    ['users', 'search', 'profile.department eq "RARE" and status eq "ACTIVE"', 9],
    ['users', 'search', 'profile.login eq "M7@example.com"', 1],
    ['users', 'filter', 'profile.login eq "m7@example.com"', 1],
    ['users', 'search', 'profile.email eq "nobody@example.com"', 0],
    ['users', 'search', 'status eq "DEPROVISIONED"', 0],
    ['groups', 'search', 'profile.name eq "many 7"', 1],
    ['groups', 'filter', 'type eq "BUILT_IN"', 1],
    ['apps', 'filter', 'name eq "oidc_client"', 1],
  ])('/%s?%s=%s finds %i without reading all', async (path, parameter, expression, count) => {
    const { state } = w.t.org
    const scan = state.scan
    let scanned = 0
    Object.assign(state, {
      scan: (...args: Parameters<typeof scan>) => {
        scanned++
        return scan(...args)
      },
    })
    try {
      const answer = await w.t.call(`GET /api/v1/${path}?${parameter}=${encodeURIComponent(expression)}`)
      expect(answer.json, answer.text).toHaveLength(count)
      expect(scanned).toBe(0)
      const slow = await w.t.call(
        `GET /api/v1/${path}?${parameter}=${encodeURIComponent(`(${expression}) or (${expression})`)}`,
      )
      expect(slow.json).toEqual(answer.json)
    } finally {
      Object.assign(state, { scan })
    }
  })
})

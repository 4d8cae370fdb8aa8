import { beforeEach, describe, expect, test } from 'vitest'
import { userGrants } from '../../entities/consent.ts'
import { type RefreshToken, refreshTokens } from '../../entities/sign-in.ts'
import { put } from '../../state/state.ts'
import { type TestOrg, testOrg } from '../../testing.ts'

let t: TestOrg
let user: string
let other: string
let clientId: string
let scopeId: string
let server: string

beforeEach(async () => {
  t = await testOrg()
  user = (await t.makeAdmin('ada@example.com')).userId
  other = (await t.makeAdmin('bob@example.com')).userId
  const app = await t.call('POST /api/v1/apps', {
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
  })
  clientId = app.json.credentials.oauthClient.client_id
  server = (await t.call('GET /api/v1/authorizationServers')).json[0].id
  const scope = { name: 'notes', consent: 'REQUIRED', displayName: 'See your notes' }
  scopeId = (await t.call(`POST /api/v1/authorizationServers/${server}/scopes`, scope)).json.id
})

async function grant(userId: string, scope = scopeId): Promise<string> {
  const id = t.org.ids.next('oag')
  const now = t.clock.now()
  const value = { userId, clientId, serverId: server, scopeId: scope, createdAt: now, lastUpdatedAt: now }
  await t.org.state.change([put(userGrants, id, value)])
  return id
}

async function token(userId: string, familyId: string, more: Partial<RefreshToken> = {}): Promise<void> {
  const now = t.clock.now()
  await t.org.state.change([
    put(refreshTokens, `${familyId}-hash-of-this-token`, {
      familyId,
      clientId,
      serverId: server,
      userId,
      scopes: ['openid', 'offline_access'],
      createdAt: now,
      expiresAt: now + 3_600_000,
      idleUntil: now + 3_600_000,
      authTimeSeconds: now / 1000,
      amr: ['pwd'],
      ...more,
    }),
  ])
}

const ids = (answer: { json: { id: string }[] }) => answer.json.map(({ id }) => id)

describe('grants', () => {
  test('one is shown as Okta shows it, with its scope where that is asked for', async () => {
    const id = await grant(user)
    const api = `${t.org.baseUrl}/api/v1`
    const one = await t.call(`GET /api/v1/users/${user}/grants/${id}`)
    expect(one.json).toEqual({
      id,
      status: 'ACTIVE',
      created: '2026-11-20T10:00:00.000Z',
      createdBy: { id: user, type: 'User' },
      lastUpdated: '2026-11-20T10:00:00.000Z',
      issuer: `${t.org.baseUrl}/oauth2/${server}`,
      clientId,
      userId: user,
      scopeId,
      source: 'END_USER',
      _links: {
        app: { href: expect.stringContaining(`${api}/apps/0oa`), title: 'Notes' },
        authorizationServer: { href: `${api}/authorizationServers/${server}` },
        scope: { href: `${api}/authorizationServers/${server}/scopes/${scopeId}`, title: 'See your notes' },
        self: { href: `${api}/users/${user}/grants/${id}`, hints: { allow: ['GET', 'DELETE'] } },
        client: { href: `${t.org.baseUrl}/oauth2/v1/clients/${clientId}`, title: 'Notes' },
        user: { href: `${api}/users/${user}` },
      },
    })
    const expanded = await t.call(`GET /api/v1/users/${user}/grants/${id}?expand=scope`)
    expect(expanded.json._embedded.scope).toMatchObject({ id: scopeId, name: 'notes' })
  })

  test('lists are the user’s own, by client, by scope and in pages', async () => {
    const made = [await grant(user, 'scp1'), await grant(user, 'scp2'), await grant(user, 'scp3')]
    await grant(other, 'scp1')
    expect(ids(await t.call(`GET /api/v1/users/${user}/grants`))).toEqual(made)
    expect(ids(await t.call(`GET /api/v1/users/${user}/grants?scopeId=scp2`))).toEqual([made[1]])
    expect(ids(await t.call(`GET /api/v1/users/${user}/clients/${clientId}/grants`))).toEqual(made)
    const first = await t.call(`GET /api/v1/users/${user}/grants?limit=2`)
    expect(ids(first)).toEqual(made.slice(0, 2))
    expect(first.headers.get('link')).toContain(`after=${made[1]}&limit=2>; rel="next"`)
    const second = await t.call(`GET /api/v1/users/${user}/grants?limit=2&after=${made[1]}`)
    expect(ids(second)).toEqual(made.slice(2))
    expect(second.headers.get('link')).not.toContain('rel="next"')
  })

  test('each, those of a client and all are revoked, and only the user’s own', async () => {
    const [one] = [await grant(user, 'scp1'), await grant(user, 'scp2')]
    const kept = await grant(other, 'scp1')
    expect((await t.call(`DELETE /api/v1/users/${other}/grants/${one}`)).status).toBe(404)
    expect((await t.call(`DELETE /api/v1/users/${user}/grants/${one}`)).status).toBe(204)
    const gone = await t.call(`GET /api/v1/users/${user}/grants/${one}`)
    expect([gone.status, gone.json.errorSummary]).toEqual([
      404,
      `Not found: Resource not found: ${one} (OAuth2ScopeConsentGrant)`,
    ])
    expect((await t.call(`DELETE /api/v1/users/${user}/clients/${clientId}/grants`)).status).toBe(204)
    await grant(user, 'scp3')
    expect((await t.call(`DELETE /api/v1/users/${user}/grants`)).status).toBe(204)
    expect((await t.call(`GET /api/v1/users/${user}/grants`)).json).toEqual([])
    expect(ids(await t.call(`GET /api/v1/users/${other}/grants`))).toEqual([kept])
    expect([...t.org.events.read()].at(-1)?.eventType).toBe('app.oauth2.as.consent.revoke')
  })
})

describe('clients and tokens', () => {
  test('clients are those with a grant or a living token', async () => {
    const list = () => t.call(`GET /api/v1/users/${user}/clients`)
    expect((await list()).json).toEqual([])
    await token(user, 'one')
    const base = `${t.org.baseUrl}/api/v1/users/${user}/clients/${clientId}`
    const hints = { allow: ['GET', 'DELETE'] }
    expect((await list()).json).toEqual([
      {
        client_id: clientId,
        client_name: 'Notes',
        client_uri: null,
        logo_uri: null,
        _links: { grants: { href: `${base}/grants`, hints }, tokens: { href: `${base}/tokens`, hints } },
      },
    ])
    t.clock.advance(3_600)
    expect((await list()).json).toEqual([])
    await grant(user)
    expect((await list()).json).toHaveLength(1)
  })

  test('tokens are listed in pages, shown, and revoked one by one or together', async () => {
    for (const family of ['a', 'b', 'c']) await token(user, family)
    await token(other, 'd')
    const path = `/api/v1/users/${user}/clients/${clientId}/tokens`
    const all = ids(await t.call(`GET ${path}`))
    expect(all).toHaveLength(3)
    const first = await t.call(`GET ${path}?limit=2`)
    const next = /<([^>]+)>; rel="next"/.exec(first.headers.get('link')!)![1]!
    const rest = await t.call(`GET ${next.slice(t.org.baseUrl.length)}`)
    expect([...ids(first), ...ids(rest)]).toEqual(all)
    const one = await t.call(`GET ${path}/${all[0]}?expand=scope`)
    expect(one.json).toMatchObject({ id: all[0], userId: user, clientId, status: 'ACTIVE' })
    expect(one.json._links.self.href).toBe(`${t.org.baseUrl}${path}/${all[0]}`)
    expect(one.json._embedded.scopes).toEqual([{ name: 'openid' }, { name: 'offline_access' }])
    expect((await t.call(`DELETE ${path}/${all[0]}`)).status).toBe(204)
    const gone = await t.call(`GET ${path}/${all[0]}`)
    expect([gone.status, gone.json.errorSummary]).toEqual([
      404,
      `Not found: Resource not found: ${all[0]} (OAuth2RefreshTokenTx)`,
    ])
    expect(ids(await t.call(`GET ${path}`))).toEqual(all.slice(1))
    expect((await t.call(`DELETE ${path}`)).status).toBe(204)
    expect(ids(await t.call(`GET ${path}`))).toEqual([])
    expect(ids(await t.call(`GET /api/v1/users/${other}/clients/${clientId}/tokens`))).toHaveLength(1)
  })

  test('a token without an end shows when it ends by lying unused, or no end', async () => {
    const end = Number.MAX_SAFE_INTEGER
    await token(user, 'a', { expiresAt: end, idleUntil: t.clock.now() + 60_000 })
    await token(user, 'b', { expiresAt: end, idleUntil: end })
    const { json } = await t.call(`GET /api/v1/users/${user}/clients/${clientId}/tokens`)
    expect(json.map((one: { expiresAt: string | null }) => one.expiresAt).sort()).toEqual([
      '2026-11-20T10:01:00.000Z',
      null,
    ])
  })

  test('a client that nobody knows is E0000007 everywhere, and so is a user', async () => {
    for (const what of ['grants', 'tokens']) {
      for (const method of ['GET', 'DELETE']) {
        const refused = await t.call(`${method} /api/v1/users/${user}/clients/0oanone/${what}`)
        expect([refused.status, refused.json.errorSummary]).toEqual([
          404,
          'Not found: Resource not found: 0oanone (PublicClientApp)',
        ])
        expect((await t.call(`${method} /api/v1/users/00unone/clients/${clientId}/${what}`)).status).toBe(404)
      }
    }
  })

  test('a help desk may revoke, a reader may not', async () => {
    await grant(user)
    const reader = await t.makeAdmin('reader@example.com', 'READ_ONLY_ADMIN')
    const path = `/api/v1/users/${user}/grants`
    expect((await t.call(`GET ${path}`, undefined, { token: reader.token })).status).toBe(200)
    expect((await t.call(`DELETE ${path}`, undefined, { token: reader.token })).json.errorCode).toBe('E0000006')
  })
})

describe('groups of a user', () => {
  test('come in pages', async () => {
    const all = [t.org.fixed.everyoneId]
    for (const name of ['A', 'B', 'C']) {
      const { id } = (await t.call('POST /api/v1/groups', { profile: { name } })).json
      await t.call(`PUT /api/v1/groups/${id}/users/${user}`)
      all.push(id)
    }
    const first = await t.call(`GET /api/v1/users/${user}/groups?limit=3`)
    expect(ids(first)).toEqual(all.slice(0, 3))
    const next = /<([^>]+)>; rel="next"/.exec(first.headers.get('link')!)![1]!
    const rest = await t.call(`GET ${next.slice(t.org.baseUrl.length)}`)
    expect(ids(rest)).toEqual(all.slice(3))
    expect(rest.headers.get('link')).not.toContain('next')
    expect((await t.call(`GET /api/v1/users/${user}/groups?after=made-up`)).json.errorCode).toBe('E0000029')
  })
})

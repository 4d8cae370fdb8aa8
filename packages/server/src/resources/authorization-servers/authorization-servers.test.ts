// How are authorization servers made and changed, with their keys and clients?
import { describe, expect, it } from 'vitest'
import { apps } from '../../entities/app.ts'
import { serverClaims, serverPolicies, serverRules, serverScopes, signingKeys } from '../../entities/auth-server.ts'
import { refreshTokens } from '../../entities/sign-in.ts'
import { put } from '../../state/state.ts'
import { eventsOf, testOrg } from '../../testing.ts'
import { authorizationServerRoutes } from './routes.ts'
import { payments, policy, refused, rule, SERVERS, withServer } from './testing.ts'

describe('an authorization server', () => {
  it('is made, read, replaced, switched and deleted', async () => {
    const { t, server, id, made } = await withServer()
    expect(made).toMatchObject({
      ...payments,
      id: expect.stringMatching(/^aus\w{14}5d7$/),
      status: 'ACTIVE',
      issuer: `${t.org.baseUrl}/oauth2/${id}`,
      issuerMode: 'ORG_URL',
      default: false,
      credentials: { signing: { rotationMode: 'AUTO' } },
    })
    expect(Object.keys(made._links).sort()).toEqual(
      'claims deactivate keys metadata policies rotateKey scopes self'.split(' '),
    )
    expect((await t.call(`GET ${server}`)).json).toEqual(made)
    t.clock.advance(60)
    const replaced = await t.call(`PUT ${server}`, {
      ...payments,
      name: 'Money',
      status: 'INACTIVE',
      id: 'aus1',
      audiences: ['api://money'],
      credentials: { signing: { rotationMode: 'MANUAL' } },
    })
    expect(replaced.json).toMatchObject({
      id,
      name: 'Money',
      // Only the lifecycle operations change it.
      status: 'ACTIVE',
      audiences: ['api://money'],
      created: '2026-11-20T10:00:00.000Z',
      lastUpdated: '2026-11-20T10:01:00.000Z',
      credentials: { signing: { rotationMode: 'MANUAL' } },
    })
    for (let i = 0; i < 2; i++) expect((await t.call(`POST ${server}/lifecycle/deactivate`)).status).toBe(204)
    expect((await t.call(`GET ${server}`)).json).toMatchObject({ status: 'INACTIVE', _links: { activate: {} } })
    expect((await t.call(`POST ${server}/lifecycle/activate`)).status).toBe(204)
    expect((await t.call(`DELETE ${server}`)).status).toBe(204)
    const missing = await t.call(`GET ${server}`)
    expect([missing.status, missing.json.errorSummary]).toEqual([
      404,
      `Not found: Resource not found: ${id} (AuthorizationServer)`,
    ])
    expect(eventsOf(t)).toEqual([
      'oauth2.as.created',
      'oauth2.as.updated',
      'oauth2.as.deactivated',
      'oauth2.as.activated',
      'oauth2.as.deleted',
    ])
  })

  it('takes all its parts along', async () => {
    const { t, server, id } = await withServer()
    const { json } = await t.call(`POST ${server}/policies`, policy)
    await t.call(`POST ${server}/policies/${json.id}/rules`, rule)
    await t.call(`GET ${server}/credentials/keys`)
    await t.call(`DELETE ${server}`)
    for (const parts of [serverScopes, serverClaims, serverPolicies, signingKeys]) {
      expect(await t.org.state.find(parts as typeof serverScopes, 'server', id)).toEqual([])
    }
    expect(await t.org.state.find(serverRules, 'policy', json.id)).toEqual([])
  })

  it('has a name of its own, in any case', async () => {
    const { t, server } = await withServer()
    const says = ['name: An object with this field already exists in the current organization']
    const taken = [400, 'E0000001/authorization-server-name-taken', says]
    expect(await refused(t, `POST ${SERVERS}`, { ...payments, name: 'DEFAULT' })).toEqual(taken)
    expect(await refused(t, `PUT ${server}`, { ...payments, name: 'default' })).toEqual(taken)
    expect((await t.call(`PUT ${server}`, { ...payments, name: 'PAYMENTS' })).status).toBe(200)
  })

  it('that came with the org stays', async () => {
    const t = await testOrg()
    expect((await t.call(`GET ${SERVERS}/default`)).json).toMatchObject({ id: 'default', default: true })
    expect(await refused(t, `DELETE ${SERVERS}/default`)).toEqual([
      400,
      'E0000001/authorization-server-part-is-system',
      ['id: A system authorization server cannot be deleted.'],
    ])
  })

  it('is found by the beginning of its name or audience, page by page', async () => {
    const { t } = await withServer()
    for (let i = 1; i < 4; i++) await t.call(`POST ${SERVERS}`, { name: `Pay ${i}`, audiences: [`api://${i}`] })
    const names = async (query: string) =>
      (await t.call(`GET ${SERVERS}${query}`)).json.map((one: { name: string }) => one.name)
    expect(await names('')).toEqual(['Payments', 'Pay 1', 'Pay 2', 'Pay 3', 'default'])
    expect(await names('?q=pay%20')).toEqual(['Pay 1', 'Pay 2', 'Pay 3'])
    expect(await names('?q=api://pay')).toEqual(['Payments'])
    const page = await t.call(`GET ${SERVERS}?limit=3`)
    const next = /<[^>]*(\?[^>]*)>; rel="next"/.exec(page.headers.get('link') ?? '')?.[1]
    expect(await names(next!)).toEqual(['Pay 3', 'default'])
    expect((await t.call(`GET ${SERVERS}?after=zzz`)).json.errorCode).toBe('E0000029')
  })

  it.each<[string, unknown, string]>([
    ['nothing', {}, 'E0000001/required-field-missing'],
    ['a list', [], 'E0000003/body-unreadable-shape'],
    ['a number as its name', { ...payments, name: { a: 1 } }, 'E0000003/body-unreadable-shape'],
    ['no audience', { ...payments, audiences: [] }, 'E0000001/value-invalid'],
    ['two audiences', { ...payments, audiences: ['a', 'b'] }, 'E0000001/value-invalid'],
    ['an audience that is no text', { ...payments, audiences: [7] }, 'E0000003/body-unreadable-shape'],
    ['an emoji', { ...payments, name: '\u{1F600}' }, 'E0000001/value-invalid'],
    ['NUL in the audience', { ...payments, audiences: ['a\u0000'] }, 'E0000001/value-invalid'],
    ['a long name', { ...payments, name: 'x'.repeat(101) }, 'E0000001/value-invalid'],
    ['an unknown mode', { ...payments, issuerMode: 'X' }, 'E0000001/value-invalid'],
    ['an unknown rotation', { ...payments, credentials: { signing: { rotationMode: 'X' } } }, 'E0000001/value-invalid'],
    ['credentials as text', { ...payments, credentials: 'x' }, 'E0000003/body-unreadable-shape'],
  ])('is not made of %s', async (_what, body, cause) => {
    const t = await testOrg()
    const changes = async () => ((await t.org.state.snapshot()) as { versions: number }).versions
    const before = await changes()
    expect((await t.call(`POST ${SERVERS}`, body)).status).toBe(400)
    expect(t.lastCause()).toBe(cause)
    expect((await t.call(`PUT ${SERVERS}/default`, body)).status).toBe(400)
    expect(await changes()).toBe(before)
  })

  it('is nobody without API Access Management', async () => {
    const t = await testOrg({ settings: { features: { API_ACCESS_MANAGEMENT: false } } })
    for (const { on } of authorizationServerRoutes) {
      const answer = await t.call(on.replace(/:\w+/g, 'x'), on.startsWith('P') ? {} : undefined)
      expect([on, answer.status, t.lastCause()]).toEqual([on, 401, 'E0000015/feature-off'])
    }
  })

  it.each(['ausNobody', '__proto__', 'a%2Fb', 'a%00b', 'x'.repeat(1000)])('%s is not there', async (id) => {
    const t = await testOrg()
    for (const { on } of authorizationServerRoutes) {
      if (!on.includes(':authServerId')) continue
      const answer = await t.call(
        on.replace(':authServerId', id).replace(/:\w+/g, 'x'),
        on.startsWith('P') ? {} : undefined,
      )
      expect([on, answer.status, t.lastCause()]).toEqual([on, 404, 'E0000007/resource-missing'])
      expect(answer.json.errorSummary).toContain('(AuthorizationServer)')
    }
  })
})

describe('parts', () => {
  it.each([
    ['scopes/x', 'OAuth2Scope'],
    ['claims/x', 'OAuth2Claim'],
    ['policies/x', 'Policy'],
    ['policies/x/rules', 'Policy'],
    ['credentials/keys/x', 'JsonWebKey'],
    ['clients/x/tokens', 'PublicClientApp'],
  ])('%s that are not there are %s', async (path, type) => {
    const { t, server } = await withServer()
    const { json, status } = await t.call(`GET ${server}/${path}`)
    expect([status, json.errorSummary]).toEqual([404, `Not found: Resource not found: x (${type})`])
  })

  it('of another server are not there', async () => {
    const { t, server } = await withServer()
    const there = `${SERVERS}/default`
    const policyId = (await t.call(`GET ${there}/policies`)).json[0].id
    const ruleId = (await t.call(`GET ${there}/policies/${policyId}/rules`)).json[0].id
    const own = (await t.call(`POST ${server}/policies`, policy)).json.id
    for (const path of [
      `scopes/${(await t.call(`GET ${there}/scopes`)).json[0].id}`,
      `claims/${(await t.call(`GET ${there}/claims`)).json[0].id}`,
      `policies/${policyId}`,
      `policies/${own}/rules/${ruleId}`,
    ]) {
      expect([path, (await t.call(`GET ${server}/${path}`)).status]).toEqual([path, 404])
      expect([path, (await t.call(`DELETE ${server}/${path}`)).status]).toEqual([path, 404])
    }
  })
})

describe('keys', () => {
  it('are listed and rotated', async () => {
    const { t, server, made } = await withServer()
    const statuses = (json: { status: string }[]) => json.map((key) => key.status)
    const { json } = await t.call(`GET ${server}/credentials/keys`)
    expect(statuses(json)).toEqual(['ACTIVE', 'NEXT'])
    expect(json[0]).toMatchObject({
      kid: made.credentials.signing.kid,
      kty: 'RSA',
      alg: 'RS256',
      use: 'sig',
      e: 'AQAB',
    })
    expect(JSON.stringify(json)).not.toMatch(/PRIVATE|"d"/)
    expect((await t.call(`GET ${server}/credentials/keys/${json[1].kid}`)).json).toEqual(json[1])
    const rotated = await t.call(`POST ${server}/credentials/lifecycle/keyRotate`, { use: 'sig' })
    expect(statuses(rotated.json)).toEqual(['ACTIVE', 'NEXT', 'EXPIRED'])
    expect([rotated.json[0].kid, rotated.json[2].kid]).toEqual([json[1].kid, json[0].kid])
    expect((await t.call(`GET ${server}`)).json.credentials.signing.kid).toBe(json[1].kid)
    expect((await refused(t, `POST ${server}/credentials/lifecycle/keyRotate`, { use: 'enc' }))[0]).toBe(400)
    expect(eventsOf(t)).toContain('app.oauth2.as.key.rollover')
  })
})

describe('clients', () => {
  it('are those with living refresh tokens, which can be revoked', async () => {
    const { t, server, id } = await withServer()
    const { state } = t.org
    await state.change([
      put(apps, '0oaShop', {
        name: 'oidc_client',
        label: 'Shop',
        status: 'ACTIVE',
        signOnMode: 'OPENID_CONNECT',
        createdAt: 0,
        lastUpdatedAt: 0,
        features: [],
        visibility: {},
        accessibility: {},
        settings: {},
        credentials: {},
        oauth: {
          clientId: '0oaShop',
          applicationType: 'web',
          redirectUris: [],
          postLogoutRedirectUris: [],
          responseTypes: ['code'],
          grantTypes: ['refresh_token'],
          authMethod: 'client_secret_basic',
          pkceRequired: false,
          consentMethod: 'TRUSTED',
          jwks: [],
          refreshToken: { rotation: 'STATIC', leewaySeconds: 0 },
        },
      }),
    ])
    expect((await t.call(`GET ${server}/clients`)).json).toEqual([])
    const now = t.clock.now()
    const live = {
      familyId: 'f',
      clientId: '0oaShop',
      serverId: id,
      userId: t.adminId,
      scopes: ['openid'],
      createdAt: now,
      expiresAt: now + 1_000_000,
      idleUntil: now + 500_000,
      authTimeSeconds: 0,
      amr: [],
    }
    await state.change([
      put(refreshTokens, 'a'.repeat(43), live),
      put(refreshTokens, 'b'.repeat(43), live),
      put(refreshTokens, 'c'.repeat(43), { ...live, rotatedAt: now }),
      put(refreshTokens, 'd'.repeat(43), { ...live, serverId: 'default' }),
      put(refreshTokens, 'e'.repeat(43), { ...live, idleUntil: now }),
    ])
    expect((await t.call(`GET ${server}/clients`)).json).toMatchObject([{ client_id: '0oaShop', client_name: 'Shop' }])
    const tokens = `${server}/clients/0oaShop/tokens`
    const list = (await t.call(`GET ${tokens}`)).json
    expect(list.map((one: { id: string }) => one.id)).toEqual([`oar${'a'.repeat(17)}`, `oar${'b'.repeat(17)}`])
    expect(list[0]).toMatchObject({ status: 'ACTIVE', clientId: '0oaShop', userId: t.adminId, scopes: ['openid'] })
    expect((await t.call(`GET ${tokens}?limit=1`)).json).toEqual([list[0]])
    expect((await t.call(`GET ${tokens}/${list[1].id}`)).json).toEqual(list[1])
    expect((await t.call(`DELETE ${tokens}/${list[1].id}`)).status).toBe(204)
    expect((await t.call(`GET ${tokens}/${list[1].id}`)).status).toBe(404)
    expect((await t.call(`DELETE ${tokens}`)).status).toBe(204)
    expect((await t.call(`GET ${server}/clients`)).json).toEqual([])
    expect((await state.load(refreshTokens, 'd'.repeat(43)))?.value.revokedAt).toBeUndefined()
  })
})

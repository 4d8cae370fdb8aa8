import { describe, expect, it } from 'vitest'
import { apps } from '../../entities/app.ts'
import { serverClaims, serverPolicies, serverRules, serverScopes, signingKeys } from '../../entities/auth-server.ts'
import { refreshTokens } from '../../entities/sign-in.ts'
import { put } from '../../state/state.ts'
import { eventsOf, type TestOrg, testOrg } from '../../testing.ts'
import { authorizationServerRoutes } from './routes.ts'

const SERVERS = '/api/v1/authorizationServers'
const payments = { name: 'Payments', description: 'Money', audiences: ['api://payments'] }
const policy = {
  type: 'OAUTH_AUTHORIZATION_POLICY',
  name: 'Partners',
  description: 'All partners',
  conditions: { clients: { include: ['ALL_CLIENTS'] } },
}
const rule = {
  type: 'RESOURCE_ACCESS',
  name: 'Machines',
  conditions: { grantTypes: { include: ['client_credentials'] }, scopes: { include: ['*'] } },
}
const claim = { name: 'team', claimType: 'RESOURCE', valueType: 'EXPRESSION', value: 'user.department' }

async function withServer() {
  const t = await testOrg()
  const made = await t.call(`POST ${SERVERS}`, payments)
  expect(made.status).toBe(201)
  return { t, server: `${SERVERS}/${made.json.id}`, id: String(made.json.id), made: made.json }
}

async function refused(t: TestOrg, request: string, body?: unknown) {
  const answer = await t.call(request, body)
  return [
    answer.status,
    t.lastCause(),
    answer.json.errorCauses.map((one: { errorSummary: string }) => one.errorSummary),
  ]
}

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

describe('a scope', () => {
  it('is made, read, replaced and deleted; those of OpenID Connect are there', async () => {
    const { t, server } = await withServer()
    const made = await t.call(`POST ${server}/scopes`, { name: 'payments:read', consent: 'REQUIRED', displayName: '' })
    expect(made.status).toBe(201)
    expect(made.json).toMatchObject({
      id: expect.stringMatching(/^scp/),
      consent: 'REQUIRED',
      metadataPublish: 'NO_CLIENTS',
      system: false,
      default: false,
      displayName: null,
    })
    const scope = `${server}/scopes/${made.json.id}`
    expect((await t.call(`GET ${scope}`)).json).toEqual(made.json)
    const replaced = await t.call(`PUT ${scope}`, { name: 'payments:write', metadataPublish: 'ALL_CLIENTS' })
    expect(replaced.json).toMatchObject({ name: 'payments:write', consent: 'REQUIRED', metadataPublish: 'ALL_CLIENTS' })
    const list = await t.call(`GET ${server}/scopes`)
    expect(list.json.map((one: { name: string }) => one.name)).toEqual([
      'openid',
      'profile',
      'email',
      'address',
      'phone',
      'offline_access',
      'device_sso',
      'payments:write',
    ])
    expect((await t.call(`GET ${server}/scopes?q=pay`)).json).toEqual([replaced.json])
    const filter = encodeURIComponent('name eq "payments:write"')
    expect((await t.call(`GET ${server}/scopes?filter=${filter}`)).json).toEqual([replaced.json])
    expect((await t.call(`GET ${server}/scopes?filter=name`)).json.errorCode).toBe('E0000031')
    expect((await t.call(`DELETE ${scope}`)).status).toBe(204)
    expect((await t.call(`GET ${scope}`)).status).toBe(404)
    expect(eventsOf(t).slice(1)).toEqual(['oauth2.scope.created', 'oauth2.scope.updated', 'oauth2.scope.deleted'])
  })

  it('is there once, and those that came with the server stay', async () => {
    const { t, server } = await withServer()
    const [openId] = (await t.call(`GET ${server}/scopes?q=openid`)).json
    expect((await refused(t, `POST ${server}/scopes`, { name: 'openid' }))[1]).toBe(
      'E0000001/authorization-server-part-name-taken',
    )
    expect((await refused(t, `DELETE ${server}/scopes/${openId.id}`))[1]).toBe(
      'E0000001/authorization-server-part-is-system',
    )
    expect((await refused(t, `PUT ${server}/scopes/${openId.id}`, { name: 'other' }))[1]).toBe('E0000001/value-invalid')
    expect((await t.call(`PUT ${server}/scopes/${openId.id}`, { name: 'openid', consent: 'REQUIRED' })).status).toBe(
      200,
    )
  })

  it.each(['okta.users.read', 'two words', 'quo"te', 'back\\slash', '\u00e9', '', 'x'.repeat(256)])(
    'is not called %j',
    async (name) => {
      const { t, server } = await withServer()
      expect((await refused(t, `POST ${server}/scopes`, { name })).slice(0, 1)).toEqual([400])
    },
  )
})

describe('a claim', () => {
  it('is made, read, replaced and deleted', async () => {
    const { t, server } = await withServer()
    const made = await t.call(`POST ${server}/claims`, { ...claim, alwaysIncludeInToken: false })
    expect(made.status).toBe(201)
    expect(made.json).toMatchObject({
      ...claim,
      status: 'ACTIVE',
      conditions: { scopes: [] },
      system: false,
      // Access tokens have no "only when asked for".
      alwaysIncludeInToken: true,
    })
    const one = `${server}/claims/${made.json.id}`
    const replaced = await t.call(`PUT ${one}`, {
      name: 'groups',
      claimType: 'IDENTITY',
      valueType: 'GROUPS',
      group_filter_type: 'REGEX',
      value: '.*',
      alwaysIncludeInToken: false,
      conditions: { scopes: ['profile'] },
    })
    expect(replaced.json).toMatchObject({ group_filter_type: 'REGEX', alwaysIncludeInToken: false })
    for (const [request, value] of [
      [`POST ${server}/claims`, '(('],
      [`PUT ${one}`, 'user.'],
    ] as const) {
      const body = { ...claim, name: 'broken', valueType: 'EXPRESSION', group_filter_type: null, value }
      expect((await refused(t, request, body)).slice(0, 2)).toEqual([400, 'E0000001/claim-expression-unreadable'])
    }
    expect((await t.call(`GET ${one}`)).json).toEqual(replaced.json)
    expect((await t.call(`DELETE ${one}`)).status).toBe(204)
    expect(eventsOf(t).slice(1)).toEqual(['oauth2.claim.created', 'oauth2.claim.updated', 'oauth2.claim.deleted'])
  })

  it('of OpenID Connect has no value, may change its scopes, and stays', async () => {
    const { t, server } = await withServer()
    const claims = (await t.call(`GET ${server}/claims`)).json as { id: string; name: string }[]
    const address = claims.find((one) => one.name === 'address')!
    expect(address).toMatchObject({ valueType: 'SYSTEM', claimType: 'IDENTITY', system: true })
    expect(address).not.toHaveProperty('value')
    const body = { ...address, status: 'INACTIVE', conditions: { scopes: ['profile'] } }
    expect((await t.call(`PUT ${server}/claims/${address.id}`, body)).json).toMatchObject({
      status: 'INACTIVE',
      conditions: { scopes: ['profile'] },
      system: true,
    })
    expect((await refused(t, `DELETE ${server}/claims/${address.id}`))[1]).toBe(
      'E0000001/authorization-server-part-is-system',
    )
    expect(claims.find((one) => one.name === 'sub')).toMatchObject({ claimType: 'RESOURCE', system: true })
  })

  it.each<[string, object, string]>([
    ['of a reserved name', { ...claim, name: 'iss' }, 'E0000001/value-invalid'],
    ['of a taken name', { ...claim, name: 'sub' }, 'E0000001/authorization-server-part-name-taken'],
    ['without a value', { ...claim, value: '' }, 'E0000001/required-field-missing'],
    ['with a system value', { ...claim, valueType: 'SYSTEM' }, 'E0000001/value-invalid'],
    ['of groups without a filter', { ...claim, valueType: 'GROUPS' }, 'E0000001/required-field-missing'],
    ['with an unknown filter', { ...claim, valueType: 'GROUPS', group_filter_type: 'X' }, 'E0000001/value-invalid'],
    ['of an unknown type', { ...claim, claimType: 'X' }, 'E0000001/value-invalid'],
    ['with scopes as text', { ...claim, conditions: { scopes: 'profile' } }, 'E0000003/body-unreadable-shape'],
  ])('%s is refused', async (_what, body, cause) => {
    const { t, server } = await withServer()
    expect((await refused(t, `POST ${server}/claims`, body)).slice(0, 2)).toEqual([400, cause])
  })
})

describe('policies and rules', () => {
  const placesOf = async (t: TestOrg, path: string) =>
    (await t.call(`GET ${path}`)).json.map((one: { name: string; priority: number }) => [one.name, one.priority])

  it('of the server default let everybody in', async () => {
    const t = await testOrg()
    const [one] = (await t.call(`GET ${SERVERS}/default/policies`)).json
    expect(one).toMatchObject({ name: 'Default Policy', conditions: { clients: { include: ['ALL_CLIENTS'] } } })
    const [first] = (await t.call(`GET ${SERVERS}/default/policies/${one.id}/rules`)).json
    expect(first.conditions).toMatchObject({
      scopes: { include: ['*'] },
      people: { groups: { include: ['EVERYONE'] } },
    })
    const { t: other, server } = await withServer()
    expect((await other.call(`GET ${server}/policies`)).json).toEqual([])
  })

  it('keep their places without gaps, whoever comes, moves and goes', async () => {
    const { t, server } = await withServer()
    const at = `${server}/policies`
    const add = async (name: string, priority?: number) =>
      (await t.call(`POST ${at}`, { ...policy, name, priority })).json
    const a = await add('A')
    await add('B')
    expect((await add('C', 1)).priority).toBe(1)
    expect((await add('D', 99)).priority).toBe(4)
    expect(await placesOf(t, at)).toEqual([
      ['C', 1],
      ['A', 2],
      ['B', 3],
      ['D', 4],
    ])
    expect((await t.call(`PUT ${at}/${a.id}`, { ...policy, name: 'A', priority: 4 })).json.priority).toBe(4)
    expect(await placesOf(t, at)).toEqual([
      ['C', 1],
      ['B', 2],
      ['D', 3],
      ['A', 4],
    ])
    expect((await t.call(`PUT ${at}/${a.id}`, { ...policy, name: 'A2' })).json.priority).toBe(4)
    const [, b] = (await t.call(`GET ${at}`)).json
    expect((await t.call(`DELETE ${at}/${b.id}`)).status).toBe(204)
    expect(await placesOf(t, at)).toEqual([
      ['C', 1],
      ['D', 2],
      ['A2', 3],
    ])
  })

  it('are made at one moment and get places of their own', async () => {
    const { t, server } = await withServer()
    const at = `${server}/policies`
    await Promise.all(['A', 'B', 'C', 'D'].map((name) => t.call(`POST ${at}`, { ...policy, name, priority: 1 })))
    const places = (await placesOf(t, at)).map(([, place]: [string, number]) => place)
    expect(places).toEqual([1, 2, 3, 4])
  })

  it('live as policies do', async () => {
    const { t, server } = await withServer()
    const { json } = await t.call(`POST ${server}/policies`, policy)
    const at = `${server}/policies/${json.id}`
    expect((await t.call(`POST ${at}/lifecycle/deactivate`)).status).toBe(204)
    expect((await t.call(`GET ${at}`)).json.status).toBe('INACTIVE')
    // A replacement that says nothing of the status leaves it.
    expect((await t.call(`PUT ${at}`, policy)).json.status).toBe('INACTIVE')
    expect((await t.call(`POST ${at}/lifecycle/activate`)).status).toBe(204)
    const made = await t.call(`POST ${at}/rules`, rule)
    expect(made.status).toBe(201)
    expect(made.json).toMatchObject({
      id: expect.stringMatching(/^0pr/),
      priority: 1,
      system: false,
      actions: {
        token: { accessTokenLifetimeMinutes: 60, refreshTokenLifetimeMinutes: 0, refreshTokenWindowMinutes: 10_080 },
      },
    })
    const one = `${at}/rules/${made.json.id}`
    expect((await t.call(`GET ${one}`)).json).toEqual(made.json)
    const changed = { ...rule, name: 'Bots', actions: { token: { accessTokenLifetimeMinutes: 5 } } }
    expect((await t.call(`PUT ${one}`, changed)).json).toMatchObject({
      name: 'Bots',
      actions: { token: { accessTokenLifetimeMinutes: 5 } },
    })
    expect((await t.call(`POST ${one}/lifecycle/deactivate`)).status).toBe(204)
    expect((await t.call(`GET ${one}`)).json).toMatchObject({ status: 'INACTIVE', _links: { activate: {} } })
    expect((await t.call(`POST ${one}/lifecycle/activate`)).status).toBe(204)
    expect((await t.call(`DELETE ${one}`)).status).toBe(204)
    expect((await t.call(`DELETE ${at}`)).status).toBe(204)
    expect(eventsOf(t).slice(1)).toEqual([
      'policy.lifecycle.create',
      'policy.lifecycle.deactivate',
      'policy.lifecycle.update',
      'policy.lifecycle.activate',
      'policy.rule.add',
      'policy.rule.update',
      'policy.rule.deactivate',
      'policy.rule.activate',
      'policy.rule.delete',
      'policy.lifecycle.delete',
    ])
  })

  it.each<[string, object, string]>([
    ['without a description', { ...policy, description: '' }, 'E0000001/required-field-missing'],
    ['of another type', { ...policy, type: 'PASSWORD' }, 'E0000001/value-invalid'],
    ['without clients', { ...policy, conditions: {} }, 'E0000001/required-field-missing'],
    [
      'with clients as text',
      { ...policy, conditions: { clients: { include: 'ALL_CLIENTS' } } },
      'E0000003/body-unreadable-shape',
    ],
    ['with a place below one', { ...policy, priority: 0 }, 'E0000001/value-invalid'],
  ])('%s no policy is made', async (_what, body, cause) => {
    const { t, server } = await withServer()
    expect((await refused(t, `POST ${server}/policies`, body)).slice(0, 2)).toEqual([400, cause])
    expect((await t.call(`GET ${server}/policies`)).json).toEqual([])
  })

  const people = { groups: { include: ['EVERYONE'] } }
  const token = (lifetimes: object) => ({ ...rule, actions: { token: lifetimes } })
  it.each<[string, object, string]>([
    ['without conditions', { ...rule, conditions: undefined }, 'E0000001/required-field-missing'],
    [
      'for people, with nobody named',
      { ...rule, conditions: { grantTypes: { include: ['password'] } } },
      'E0000001/value-invalid',
    ],
    [
      'with an unknown grant',
      { ...rule, conditions: { people, grantTypes: { include: ['client-credentials'] } } },
      'E0000001/value-invalid',
    ],
    ['with access for a minute', token({ accessTokenLifetimeMinutes: 1 }), 'E0000001/value-invalid'],
    ['with access for two days', token({ accessTokenLifetimeMinutes: 2880 }), 'E0000001/value-invalid'],
    ['with refresh shorter than access', token({ refreshTokenLifetimeMinutes: 10 }), 'E0000001/value-invalid'],
    ['with a window of nothing', token({ refreshTokenWindowMinutes: 0 }), 'E0000001/value-invalid'],
    [
      'with people as a list',
      { ...rule, conditions: { ...rule.conditions, people: [] } },
      'E0000003/body-unreadable-shape',
    ],
    [
      'with a number as a scope',
      { ...rule, conditions: { scopes: { include: [1] }, people } },
      'E0000003/body-unreadable-shape',
    ],
  ])('%s no rule is made', async (_what, body, cause) => {
    const { t, server } = await withServer()
    const at = `${server}/policies/${(await t.call(`POST ${server}/policies`, policy)).json.id}/rules`
    expect((await refused(t, `POST ${at}`, body)).slice(0, 2)).toEqual([400, cause])
    expect((await t.call(`GET ${at}`)).json).toEqual([])
  })

  it('say of a misspelt grant what Okta says: that people are missing', async () => {
    const { t, server } = await withServer()
    const at = `${server}/policies/${(await t.call(`POST ${server}/policies`, policy)).json.id}/rules`
    const wrong = { ...rule, conditions: { grantTypes: { include: ['client-credentials'] } } }
    const answer = await t.call(`POST ${at}`, wrong)
    expect(answer.json.errorSummary).toBe('Api validation failed: conditions.people')
    expect(answer.json.errorCauses[0].errorSummary).toContain('[authorization_code, implicit, password]')
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

import { findCode } from '@errorg/errors/codes'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { diagnoseEvidence } from '../diagnose.ts'
import type { Evidence } from '../evidence.ts'
import { askOrg } from './ask-org.ts'
import { diagnoseWithOrg } from './diagnose-with-org.ts'

const ORG = 'https://example.okta.com'
const SECRET = '00SecretSecretSecretSecretSecretSecretSecre'
const ADA = '00uAdaAdaAdaAdaAda12'
const DATE = { date: 'Fri, 20 Nov 2026 10:00:00 GMT', 'x-okta-request-id': 'e1eaeb886ff2bc60d5704d38bd9a2589' }
const NOW = Date.parse('2026-11-20T10:05:00Z')

type Answers = Readonly<Record<string, unknown>>

/** An org that has these answers by path, and E0000007 for the rest. */
function orgWith(answers: Answers) {
  const paths: string[] = []
  const options = {
    fetch: async (input: unknown) => {
      const { pathname } = new URL(String(input))
      paths.push(pathname)
      const found = Object.hasOwn(answers, pathname)
      return new Response(JSON.stringify(found ? answers[pathname] : { errorCode: 'E0000007' }), {
        status: found ? 200 : 404,
      })
    },
    orgUrl: ORG,
    authorization: `SSWS ${SECRET}`,
    now: NOW,
  }
  return { paths, options }
}

async function ask(evidence: Evidence, answers: Answers) {
  const { paths, options } = orgWith(answers)
  return { paths, ...(await diagnoseWithOrg(evidence, options)) }
}

const refused = (code: string, status: number, more: Evidence = {}): Evidence => ({
  httpStatus: status,
  responseHeaders: DATE,
  responseBody: { errorCode: code, errorSummary: findCode(code)!.current.summary },
  ...more,
})

describe('a failed sign-in', () => {
  const signIn = refused('E0000004', 401, {
    method: 'POST',
    path: `${ORG}/api/v1/authn`,
    requestBody: { username: 'ada@example.com', password: 'x' },
  })
  const log = { '/api/v1/logs': [] }

  it('of a locked user is certain', async () => {
    const user = { status: 'LOCKED_OUT', statusChanged: '2026-11-20T09:00:00.000Z' }
    const { findings } = await ask(signIn, {
      ...log,
      '/api/v1/users/ada@example.com': user,
      '/api/v1/users/ada%40example.com': user,
    })
    expect(findings[0]).toMatchObject({ kind: 'user-locked-out', cause: 'user-locked-out', strength: 'certain' })
    expect(findings[0]!.because[0]).toMatchObject({ quote: 'LOCKED_OUT since 2026-11-20T09:00:00.000Z' })
  })

  it('of nobody says so', async () => {
    const { findings } = await ask(signIn, log)
    expect(findings[0]).toMatchObject({ cause: 'credentials-wrong', strength: 'certain' })
    expect(findings[0]!.fix[0]).toContain('nobody of this name')
    expect(findings.map(({ kind }) => kind)).not.toContain('user-locked-out')
  })
})

describe('a refusal for rights', () => {
  const call = (context: Record<string, unknown>, path = `${ORG}/api/v1/groups`) =>
    refused('E0000006', 403, { method: 'POST', path, requestContext: context })
  const roles = (...types: string[]) =>
    types.map((type) => ({ type, status: 'ACTIVE', created: '2026-01-01T00:00:00.000Z' }))
  const [me, of] = ['/api/v1/users/me', `/api/v1/users/${ADA}/roles`]

  it.each([
    ['no role', [], 'certain'],
    ['a help desk role', ['HELP_DESK_ADMIN'], 'certain'],
    ['a role for groups', ['USER_ADMIN'], 'likely'],
    ['a custom role', ['CUSTOM'], 'likely'],
    ['a role nobody knows', ['READ_ONLY_ADMIN', 'NEW_ADMIN'], 'likely'],
  ])('of a caller with %s', async (_name, types, strength) => {
    const { findings } = await ask(call({ tokenOwner: ADA }), { [of!]: roles(...types), '/api/v1/logs': [] })
    expect(findings[0]).toMatchObject({ cause: 'role-lacks-permission', strength })
  })

  it('is something else when the caller is a super administrator', async () => {
    const { findings } = await ask(call({ tokenOwner: ADA }), { [of!]: roles('SUPER_ADMIN'), '/api/v1/logs': [] })
    expect(findings.map(({ kind }) => kind)).not.toContain('admin-role-lacks-permission')
  })

  it('is likely only, when who called is a guess', async () => {
    const { findings, org } = await ask(call({}), {
      [me!]: { id: ADA, profile: { login: 'ada@example.com' } },
      [of!]: [],
      '/api/v1/logs': [],
    })
    expect(findings[0]).toMatchObject({ cause: 'role-lacks-permission', strength: 'likely' })
    expect(findings[0]!.because[0]!.says).toMatch(/^If the token that asks now made the call: /)
    expect(org.asked.map(({ says }) => says)).toContain(
      'ada@example.com asks now; whether ada@example.com made the call is not known.',
    )
  })

  it('asks nobody when the credential is another one', async () => {
    const evidence = { ...call({}), requestHeaders: { authorization: `SSWS 00${'a'.repeat(40)}` } }
    const { paths, org } = await ask(evidence, { '/api/v1/logs': [] })
    expect(paths).toEqual(['/api/v1/logs'])
    expect(org.gaps[0]!.what).toBe('Whose credential made the call.')
  })

  it('was cured by a role that was given since', async () => {
    const given = [{ type: 'ORG_ADMIN', status: 'ACTIVE', created: '2026-11-20T10:01:00.000Z' }]
    const { findings } = await ask(call({ tokenOwner: ADA }), { [of!]: given, '/api/v1/logs': [] })
    expect(findings[0]).toMatchObject({ cause: 'role-lacks-permission', strength: 'certain' })
    expect(findings[0]!.fix[0]).toBe('Send the call again: ORG_ADMIN was given since.')
  })

  it('of a service app is about the roles of the app', async () => {
    const evidence = {
      ...call({}),
      requestHeaders: { authorization: 'Bearer <redacted>' },
      tokenClaims: { payload: { cid: '0oaAppAppAppAppApp12' } },
    }
    const { findings } = await ask(evidence, {
      '/oauth2/v1/clients/0oaAppAppAppAppApp12/roles': [],
      '/api/v1/logs': [],
    })
    expect(findings[0]).toMatchObject({ cause: 'client-has-no-role', strength: 'certain' })
  })
})

describe('a limit', () => {
  const call = refused('E0000047', 429, { method: 'GET', path: `${ORG}/api/v1/groups` })
  const event = (eventType: string, debugData: Record<string, string>) => ({
    eventType,
    outcome: null,
    debugContext: { debugData },
  })

  it.each([
    ['system.org.rate_limit.violation', { rateLimitScopeType: 'ORG' }, 'bucket-used-up'],
    ['system.org.rate_limit.violation', { rateLimitScopeType: 'USER' }, 'user-limit-used-up'],
    ['system.operation.rate_limit.violation', { operationRateLimitType: 'ssws_token' }, 'token-share-used-up'],
    ['system.client.rate_limit.violation', {}, 'client-limit-used-up'],
  ] as const)('with %s %j is %s', async (eventType, debug, cause) => {
    const { findings } = await ask(call, {
      '/api/v1/logs': [event(eventType, { ...debug, urlPattern: '/api/v1/groups' })],
    })
    expect(findings[0]).toMatchObject({ code: 'E0000047', cause, strength: 'certain' })
  })

  it('of calls at the same time is another kind', async () => {
    const headers = { ...DATE, 'x-rate-limit-limit': '0', 'x-rate-limit-remaining': '0' }
    const log = { '/api/v1/logs': [event('core.concurrency.org.limit.violation', {})] }
    const { findings } = await ask({ ...call, responseHeaders: headers }, log)
    expect(findings[0]).toMatchObject({ cause: 'concurrency-exceeded', strength: 'certain' })
  })

  it('of text messages says nothing about the share of a token', async () => {
    const events = [event('system.operation.rate_limit.violation', { operationRateLimitType: 'sms' })]
    const { findings } = await ask(call, { '/api/v1/logs': events })
    expect(findings.find(({ cause }) => cause === 'token-share-used-up')?.strength).not.toBe('certain')
  })
})

describe('the share of a token', () => {
  const token = '00TtokTokTokTokTok12'
  const call = refused('E0000047', 429, {
    method: 'GET',
    path: `${ORG}/api/v1/groups`,
    requestContext: { apiTokenId: token },
  })
  const event = {
    eventType: 'system.operation.rate_limit.violation',
    debugContext: { debugData: { operationRateLimitType: 'ssws_token', urlPattern: '/api/v1/groups' } },
  }
  const shares = '/api/v1/principal-rate-limits'

  it('is quoted, and the entry to change named', async () => {
    const { findings } = await ask(call, {
      '/api/v1/logs': [event],
      [shares]: [{ id: 'prl1', principalId: token, defaultPercentage: 10 }],
    })
    expect(findings[0]).toMatchObject({ cause: 'token-share-used-up', strength: 'certain' })
    expect(findings[0]!.because).toContainEqual(expect.objectContaining({ quote: '10' }))
    expect(findings[0]!.fix[0]).toContain('PUT /api/v1/principal-rate-limits/prl1')
  })

  it('of everything cannot be used up before the bucket', async () => {
    const { findings } = await ask(call, {
      '/api/v1/logs': [],
      [shares]: [{ id: 'prl1', principalId: token, defaultPercentage: 100 }],
    })
    expect(findings.map(({ cause }) => cause)).not.toContain('token-share-used-up')
    expect(findings[0]).toMatchObject({ cause: 'bucket-used-up' })
  })

  it('of half, which nobody has set, is no proof', async () => {
    const { findings } = await ask(call, { '/api/v1/logs': [], [shares]: [] })
    expect(findings.find(({ cause }) => cause === 'token-share-used-up')?.strength).toBe('possible')
  })
})

describe('a blocked address', () => {
  const answer = { ...DATE, server: 'nginx', 'content-type': 'application/json' }
  const call = refused('E0000006', 403, { method: 'GET', path: `${ORG}/api/v1/groups`, responseHeaders: answer })
  const blocked = { eventType: 'security.request.blocked', client: { ipAddress: '203.0.113.7' } }
  const zone = (value: string, lastUpdated = '2026-01-01T00:00:00.000Z') => ({
    name: 'Bad',
    status: 'ACTIVE',
    usage: 'BLOCKLIST',
    lastUpdated,
    gateways: [{ type: 'CIDR', value }],
  })

  it('is found in the zone that holds it', async () => {
    const { findings } = await ask(call, { '/api/v1/logs': [blocked], '/api/v1/zones': [zone('203.0.113.0/24')] })
    expect(findings[0]).toMatchObject({ cause: 'address-blocked', strength: 'certain' })
    expect(findings[0]!.because[0]).toMatchObject({ quote: '203.0.113.0/24' })
    expect(findings.map(({ kind }) => kind)).not.toContain('admin-role-lacks-permission')
  })

  it('is not certain in a zone that was changed after the call', async () => {
    const zones = [zone('203.0.113.0/24', '2026-11-20T10:02:00.000Z')]
    const { findings } = await ask(call, { '/api/v1/logs': [blocked], '/api/v1/zones': zones })
    expect(findings[0]).toMatchObject({ cause: 'address-blocked', strength: 'likely' })
  })

  it('is in no zone of an org that has none', async () => {
    const { findings } = await ask(call, { '/api/v1/logs': [], '/api/v1/zones': [] })
    expect(findings.map(({ cause }) => cause)).not.toContain('address-blocked')
  })

  it('is not asked about where the limits were counted', async () => {
    const headers = { ...answer, 'x-rate-limit-limit': '600', 'x-rate-limit-remaining': '599' }
    const { paths } = await ask({ ...call, responseHeaders: headers }, { '/api/v1/logs': [] })
    expect(paths).not.toContain('/api/v1/zones')
  })
})

describe('a page that is blocked by CORS', () => {
  const call: Evidence = {
    method: 'OPTIONS',
    path: `${ORG}/api/v1/sessions/me`,
    requestHeaders: { origin: 'https://shop.example.com' },
    responseHeaders: DATE,
    httpStatus: 200,
  }
  const entry = (origin: string, more: object = {}) => ({
    origin,
    status: 'ACTIVE',
    scopes: [{ type: 'CORS' }],
    lastUpdated: '2026-01-01T00:00:00.000Z',
    ...more,
  })
  it.each([
    ['missing', [entry('https://other.example.com')], 'none of 1', 'Add https://shop.example.com with CORS.'],
    ['of another scheme', [entry('http://shop.example.com')], 'http://shop.example.com', 'beside http://shop'],
    ['switched off', [entry('https://shop.example.com', { status: 'INACTIVE' })], 'INACTIVE', 'Activate'],
    [
      'for returning only',
      [entry('https://shop.example.com/', { scopes: [{ type: 'REDIRECT' }] })],
      'REDIRECT',
      'Tick',
    ],
    [
      'trusted since',
      [entry('https://shop.example.com', { lastUpdated: '2026-11-20T10:02:00.000Z' })],
      '2026-11-20T10:02:00.000Z',
      'again',
    ],
  ])('has an origin that is %s', async (_name, list, quote, first) => {
    const { findings } = await ask(call, { '/api/v1/trustedOrigins': list })
    expect(findings[0]).toMatchObject({ kind: 'origin-not-trusted', strength: 'certain' })
    expect(findings[0]!.because[0]!.quote).toBe(quote)
    expect(findings[0]!.fix[0]).toContain(first)
  })

  it('has another reason when the origin is trusted', async () => {
    const { findings } = await ask(call, { '/api/v1/trustedOrigins': [entry('https://shop.example.com')] })
    expect(findings.map(({ kind }) => kind)).not.toContain('origin-not-trusted')
  })
})

describe('an attribute that is not defined', () => {
  const call = (property: string) =>
    refused('E0000001', 400, {
      method: 'POST',
      path: `${ORG}/api/v1/users`,
      responseBody: {
        errorCode: 'E0000001',
        errorSummary: 'Api validation failed: newUser',
        errorCauses: [{ errorSummary: `Property name '${property}' is not defined in profile` }],
      },
    })
  const schema = {
    '/api/v1/meta/schemas/user/default': {
      definitions: { base: { properties: { firstName: {} } }, custom: { properties: { shoeSize: {} } } },
    },
  }
  const find = async (property: string) => (await ask(call(property), schema)).findings

  it('is looked for in the schema, and the nearest name told', async () => {
    const [best] = await find('shoesize')
    expect(best).toMatchObject({ cause: 'property-not-defined', strength: 'certain' })
    expect(best!.fix[0]).toContain('Write "shoeSize"')
  })

  it('of an assignment is looked for in the schema of the app', async () => {
    const evidence = refused('E0000001', 400, {
      method: 'POST',
      path: `${ORG}/api/v1/apps/0oa1/users`,
      responseBody: {
        errorCode: 'E0000001',
        errorSummary: 'Api validation failed: assignment',
        errorCauses: [{ errorSummary: "Property 'shoesize' not found" }],
      },
    })
    const ofApp = { '/api/v1/meta/schemas/apps/0oa1/default': schema['/api/v1/meta/schemas/user/default'] }
    const [best] = (await ask(evidence, ofApp)).findings
    expect(best).toMatchObject({ cause: 'assignment-property-not-found', strength: 'certain' })
    expect(best!.fix[0]).toContain('Write "shoeSize"')
  })

  it('has no near name', async () => {
    expect((await find('costCentre'))[0]!.fix[0]).toContain('Add "costCentre" to the schema')
  })

  it('may be there by now', async () => {
    expect((await find('shoeSize'))[0]!.fix[0]).toContain('added since')
  })
})

describe('a custom role', () => {
  const [user, group, other] = ['00uBobBobBobBobBob12', '00gOneOneOneOneOne12', '00gTwoTwoTwoTwoTwo12']
  const call = (method: string, path: string) =>
    refused('E0000006', 403, { method, path: `${ORG}/api/v1/${path}`, requestContext: { tokenOwner: ADA } })
  const org = (permissions: string[], resources: string[], more: Answers = {}): Answers => ({
    '/api/v1/logs': [],
    [`/api/v1/users/${ADA}/roles`]: [
      { type: 'CUSTOM', status: 'ACTIVE', created: '2026-01-01T00:00:00.000Z', role: 'cr01', 'resource-set': 'iam1' },
    ],
    '/api/v1/iam/roles/cr01/permissions': { permissions: permissions.map((label) => ({ label })) },
    '/api/v1/iam/resource-sets/iam1/resources': {
      resources: resources.map((path) => ({ _links: { self: { href: `${ORG}/api/v1/${path}` } } })),
      _links: {},
    },
    ...more,
  })

  it.each([
    ['POST', `users/${user}/lifecycle/suspend`, ['okta.users.read'], 'role-lacks-permission', 'okta.users.read'],
    ['GET', `groups/${group}`, ['okta.users.manage'], 'role-lacks-permission', 'okta.users.manage'],
    ['PUT', `groups/${group}`, ['okta.groups.manage'], 'outside-resource-set', `groups/${other}`],
  ])('%s %s with %j: %s', async (method, path, permissions, cause, quote) => {
    const { findings } = await ask(call(method, path), org(permissions, [`groups/${other}`]))
    expect(findings[0]).toMatchObject({ code: 'E0000006', cause, strength: 'certain' })
    expect(findings[0]!.because.map((one) => one.quote)).toContain(quote)
  })

  it('for the members of a group is about who is in it', async () => {
    const suspend = call('POST', `users/${user}/lifecycle/suspend`)
    const groups = (id: string) => ({ [`/api/v1/users/${user}/groups`]: [{ id, profile: { name: 'A' } }] })
    const manage = ['okta.users.lifecycle.manage']
    const outside = await ask(suspend, org(manage, [`groups/${group}/users`], groups(other)))
    expect(outside.findings[0]).toMatchObject({ cause: 'outside-resource-set', strength: 'certain' })
    const inside = await ask(suspend, org(manage, [`groups/${group}/users`], groups(group)))
    expect(inside.findings.map(({ cause }) => cause)).not.toContain('outside-resource-set')
  })

  it('on all groups says nothing about one of them', async () => {
    const { findings } = await ask(call('PUT', `groups/${group}`), org(['okta.groups.manage'], ['groups']))
    expect(findings.map(({ strength }) => strength)).not.toContain('certain')
  })
})

describe('asking', () => {
  it('does not ask one org about a call to another', async () => {
    const evidence = refused('E0000016', 403, {
      method: 'POST',
      path: `https://other.okta.com/api/v1/users/${ADA}/lifecycle/activate`,
    })
    const { paths, org } = await ask(evidence, {})
    expect(paths).toEqual([])
    expect(org).toMatchObject({ state: 'not-asked', asked: [] })
    expect(org.gaps[0]!.what).toBe('The call went to other.okta.com, which is not example.okta.com.')
  })

  it('does not search a log for what it no longer keeps', async () => {
    const evidence = refused('E0000005', 401, {
      path: '/api/v1/users/me',
      responseHeaders: { ...DATE, date: 'Mon, 01 Jun 2026 10:00:00 GMT' },
    })
    const { paths, org } = await ask(evidence, {})
    expect(paths).not.toContain('/api/v1/logs')
    expect(org.gaps[0]!.why).toContain('90 days')
  })

  it('leaves what it learnt in the evidence, so that it can be diagnosed again without the org', async () => {
    const evidence = refused('E0000016', 403, { method: 'POST', path: `/api/v1/users/${ADA}/lifecycle/activate` })
    const { options } = orgWith({
      [`/api/v1/users/${ADA}`]: { status: 'PROVISIONED', credentials: { provider: { type: 'OKTA' } } },
    })
    const asked = await askOrg(evidence, diagnoseEvidence(evidence), options)
    const kept = JSON.parse(JSON.stringify(asked.evidence))
    expect(diagnoseEvidence(kept).findings[0]).toMatchObject({ cause: 'activation-already-begun', strength: 'certain' })
    expect(JSON.stringify(asked)).not.toContain(SECRET)
  })

  it('about several calls shares the limit of six', async () => {
    const calls = Array.from({ length: 8 }, (_, at) =>
      refused('E0000016', 403, { method: 'POST', path: `/api/v1/users/${ADA.slice(0, -1)}${at}/lifecycle/activate` }),
    )
    const { paths, options } = orgWith({})
    const { findings } = await diagnoseWithOrg(JSON.stringify(calls), options)
    expect(findings.length).toBeGreaterThan(0)
    expect(paths.length).toBe(3)
  })
})

describe('whatever evidence says and whatever an org answers', () => {
  const codes = [
    'E0000001',
    'E0000004',
    'E0000006',
    'E0000007',
    'E0000011',
    'E0000016',
    'E0000034',
    'E0000047',
    'E0000056',
  ]
  const piece = fc.oneof(
    fc.constantFrom('users', 'groups', 'apps', '..', '%2e%2e', '%2F', 'me', ADA, 'lifecycle', 'roles'),
    fc.string(),
  )
  const path = fc
    .tuple(
      fc.constantFrom('/api/v1/', '//elsewhere.example/', 'https://example.okta.com/api/v1/', '/../', ''),
      fc.array(piece),
    )
    .map(([start, pieces]) => start + pieces.join('/'))
  const evidence = fc.record({
    httpStatus: fc.constantFrom(400, 401, 403, 404, 429),
    method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE'),
    path,
    responseHeaders: fc.record({
      date: fc.constantFrom(DATE.date, 'never'),
      'x-okta-request-id': fc.oneof(fc.string(), fc.constant(DATE['x-okta-request-id'])),
    }),
    responseBody: fc.record({ errorCode: fc.constantFrom(...codes), errorSummary: fc.string() }),
    requestBody: fc.record({ username: fc.string() }),
    requestContext: fc.dictionary(
      fc.constantFrom('tokenName', 'apiTokenId', 'tokenOwner', 'note', 'askedOrg'),
      fc.oneof(fc.string(), fc.jsonValue()),
    ),
    tokenClaims: fc.record({ payload: fc.record({ cid: fc.string(), uid: fc.string() }) }),
  })
  const answer = fc.oneof(
    fc.jsonValue(),
    fc.record({
      id: fc.jsonValue(),
      status: fc.jsonValue(),
      type: fc.jsonValue(),
      created: fc.jsonValue(),
      profile: fc.jsonValue(),
      credentials: fc.jsonValue(),
    }),
    fc.array(
      fc.record({
        id: fc.string(),
        type: fc.jsonValue(),
        name: fc.jsonValue(),
        userId: fc.jsonValue(),
        eventType: fc.string(),
        published: fc.string(),
        target: fc.jsonValue(),
      }),
    ),
  )

  it('only reads, only there, only in the API, and gives a diagnosis', async () => {
    await fc.assert(
      fc.asyncProperty(evidence, fc.array(answer, { maxLength: 6 }), async (seen, answers) => {
        const urls: URL[] = []
        const result = await diagnoseWithOrg(seen as Evidence, {
          fetch: async (input, init) => {
            expect(init!.method).toBe('GET')
            urls.push(new URL(String(input)))
            return new Response(JSON.stringify(answers[urls.length - 1] ?? []))
          },
          orgUrl: ORG,
          authorization: `SSWS ${SECRET}`,
          now: NOW,
        })
        expect(urls.length).toBeLessThanOrEqual(6)
        for (const url of urls) {
          expect(url.origin).toBe(ORG)
          expect(url.pathname).toMatch(
            /^\/(?:api\/v1\/(?:users|groups|apps|zones|policies|idps|authorizationServers|logs|api-tokens|meta|iam|principal-rate-limits)|oauth2\/v1\/clients)(?:\/|$)/,
          )
        }
        expect(result.schema).toBe(1)
        expect(JSON.stringify(result)).not.toContain(SECRET)
      }),
      { numRuns: 300 },
    )
  })

  it('stands any JSON as what was learnt before', () => {
    const learnt = fc.dictionary(
      fc.constantFrom(
        'logOfCall',
        'limitOfCall',
        'userOfCall',
        'objectOfCall',
        'rolesOfCaller',
        'tokenOfCaller',
        'shareOfToken',
        'zonesOfOrg',
        'originsOfOrg',
        'schemaOfCall',
        'customRoleOfCaller',
      ),
      fc.oneof(
        fc.jsonValue(),
        fc.dictionary(
          fc.constantFrom(
            'request',
            'status',
            'statusChanged',
            'missing',
            'roles',
            'sure',
            'found',
            'owner',
            'gone',
            'life',
            'owners',
            'revoked',
            'left',
            'events',
            'created',
            'type',
            'zones',
            'address',
            'origin',
            'origins',
            'property',
            'names',
            'principal',
            'percentage',
            'permissions',
            'resources',
            'resourcesComplete',
            'groups',
          ),
          fc.jsonValue(),
        ),
      ),
    )
    fc.assert(
      fc.property(fc.constantFrom(...codes), learnt, (code, askedOrg) => {
        const { findings } = diagnoseEvidence(
          refused(code, 403, {
            method: 'POST',
            path: `/api/v1/users/${ADA}/lifecycle/activate`,
            requestContext: { askedOrg },
          }),
        )
        for (const { because } of findings) for (const { says } of because) expect(says).toMatch(/[.]$/)
      }),
      { numRuns: 500 },
    )
  })
})

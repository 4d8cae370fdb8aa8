import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { type TestOrg, testOrg } from '../../testing.ts'

const SETTINGS = '/api/v1/rate-limit-settings'
const SHARES = '/api/v1/principal-rate-limits'
const OF_TOKENS = `GET ${SHARES}?filter=${encodeURIComponent('principalType eq "SSWS_TOKEN"')}`

let t: TestOrg
let tokenId: string
beforeEach(async () => {
  t = await testOrg({ settings: { rateLimits: { edition: 'workforce', limits: { groups: 10 } } } })
  tokenId = (await t.call('GET /api/v1/api-tokens')).json[0].id
})

const share = (more: object = {}) => ({ principalId: tokenId, principalType: 'SSWS_TOKEN', ...more })
const numbers = (headers: Headers) => ['limit', 'remaining'].map((name) => Number(headers.get(`x-rate-limit-${name}`)))
const groups = (token?: string) => t.call('GET /api/v1/groups', undefined, token === undefined ? {} : { token })

describe('the share of a token', () => {
  it('is made, read, listed and replaced', async () => {
    expect((await t.call(OF_TOKENS)).json).toEqual([])
    const made = await t.call(`POST ${SHARES}`, share({ defaultPercentage: 80, defaultConcurrencyPercentage: 75 }))
    expect(made.status).toBe(201)
    expect(made.json).toEqual({
      id: expect.stringMatching(/^prl\w{14}5d7$/),
      orgId: t.org.fixed.orgId,
      principalId: tokenId,
      principalType: 'SSWS_TOKEN',
      defaultPercentage: 80,
      defaultConcurrencyPercentage: 75,
      createdDate: '2026-11-20T10:00:00.000Z',
      createdBy: t.adminId,
      lastUpdate: '2026-11-20T10:00:00.000Z',
      lastUpdatedBy: t.adminId,
    })
    const one = `${SHARES}/${made.json.id}`
    expect((await t.call(`GET ${one}`)).json).toEqual(made.json)
    expect((await t.call(OF_TOKENS)).json).toEqual([made.json])
    t.clock.advance(60)
    // What a replacing body does not say is half again.
    const replaced = await t.call(`PUT ${one}`, share())
    expect(replaced.json).toMatchObject({
      defaultPercentage: 50,
      defaultConcurrencyPercentage: 50,
      createdDate: made.json.createdDate,
      lastUpdate: '2026-11-20T10:01:00.000Z',
    })
    const event = [...t.org.events.read()].findLast(({ eventType }) => eventType === 'system.api_token.update')
    expect(event).toMatchObject({ targets: [{ id: tokenId }], debug: { rateLimitPercentage: '50' } })
  })

  it.each(['deactivated', 'deleted'])('goes when the owner of the token is %s', async (end) => {
    const { userId: bob, tokenId: ofBob } = await t.makeAdmin('bob@example.com')
    await t.call(`POST ${SHARES}`, share({ principalId: ofBob }))
    expect((await t.call(OF_TOKENS)).json).toHaveLength(1)
    if (end === 'deactivated') await t.call(`POST /api/v1/users/${bob}/lifecycle/deactivate`)
    else for (let i = 0; i < 2; i++) await t.call(`DELETE /api/v1/users/${bob}`)
    expect((await t.call(OF_TOKENS)).json).toEqual([])
  })

  it('counts at once: in the headers, in the refusal, beside the bucket of the org', async () => {
    expect(numbers((await groups()).headers)).toEqual([5, 4])
    const { json } = await t.call(`POST ${SHARES}`, share({ defaultPercentage: 80 }))
    expect(numbers((await groups()).headers)).toEqual([8, 6])
    await t.call(`PUT ${SHARES}/${json.id}`, share({ defaultPercentage: 30 }))
    expect(numbers((await groups()).headers)).toEqual([3, 0])
    expect((await groups()).status).toBe(429)
    expect(t.lastCause()).toBe('E0000047/token-share-used-up')
    const violation = [...t.org.events.read()].find(({ eventType }) => eventType.startsWith('system.operation'))
    expect(violation).toMatchObject({ eventType: 'system.operation.rate_limit.violation', debug: { threshold: '3' } })
    // Others still have theirs, until the bucket of all is empty.
    const other = await t.makeAdmin('other@example.com', 'SUPER_ADMIN')
    for (const remaining of [4, 3, 2, 1, 0])
      expect(numbers((await groups(other.token)).headers)).toEqual([5, remaining])
    await t.call(`PUT ${SHARES}/${json.id}`, share({ defaultPercentage: 100 }))
    for (const remaining of [6, 5]) expect(numbers((await groups()).headers)).toEqual([10, remaining])
    expect(numbers((await groups()).headers)).toEqual([10, 0])
    expect(t.lastCause()).toBe('E0000047/bucket-used-up')
  })

  it('limits the calls under way too, once it is set', async () => {
    t.org.changeSettings({ rateLimits: { concurrency: 4 } })
    await t.call(`POST ${SHARES}`, share({ defaultConcurrencyPercentage: 50 }))
    const answers = await Promise.all([1, 2, 3].map(() => t.call('GET /api/v1/zones')))
    const refused = answers.find((answer) => answer.status === 429)
    expect(numbers(refused!.headers)).toEqual([0, 0])
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(2)
    const types = [...t.org.events.read()].map((event) => event.eventType)
    expect(types).toContain('system.operation.concurrency_limit.violation')
    expect((await t.call('GET /api/v1/zones')).status).toBe(200)
  })

  it('exists once, and goes with its token', async () => {
    const other = await t.makeAdmin('other@example.com', 'SUPER_ADMIN')
    const body = { principalId: other.tokenId, principalType: 'SSWS_TOKEN' }
    const { json } = await t.call(`POST ${SHARES}`, body)
    const again = await t.call(`POST ${SHARES}`, body)
    expect([again.status, again.json.errorSummary, again.json.errorCauses]).toEqual([
      400,
      'Api validation failed: principalRateLimitMediated',
      [],
    ])
    expect(t.lastCause()).toBe('E0000001/principal-limit-exists')
    await t.call(`DELETE /api/v1/api-tokens/${other.tokenId}`)
    const gone = await t.call(`GET ${SHARES}/${json.id}`)
    expect(gone.json.errorSummary).toBe(`Not found: Resource not found: ${json.id} (PrincipalRateLimit)`)
    expect((await t.call(`POST ${SHARES}`, body)).json.errorSummary).toBe(
      `Not found: Resource not found: ${other.tokenId} (Token)`,
    )
  })

  it('may belong to an app, and goes with it', async () => {
    const app = await t.call('POST /api/v1/apps', {
      name: 'oidc_client',
      label: 'Export',
      signOnMode: 'OPENID_CONNECT',
      credentials: { oauthClient: { token_endpoint_auth_method: 'client_secret_basic' } },
      settings: {
        oauthClient: { application_type: 'service', grant_types: ['client_credentials'], response_types: ['token'] },
      },
    })
    expect(app.status).toBe(200)
    const body = { principalId: app.json.id, principalType: 'OAUTH_CLIENT', defaultPercentage: 10 }
    expect((await t.call(`POST ${SHARES}`, body)).status).toBe(201)
    expect((await t.call(OF_TOKENS)).json).toEqual([])
    const ofApps = `GET ${SHARES}?filter=${encodeURIComponent('principalType eq "OAUTH_CLIENT"')}`
    expect((await t.call(ofApps)).json).toMatchObject([{ principalId: app.json.id, defaultPercentage: 10 }])
    expect([...t.org.events.read()].at(-1)).toMatchObject({ eventType: 'application.lifecycle.update' })
    await t.call(`POST /api/v1/apps/${app.json.id}/lifecycle/deactivate`)
    await t.call(`DELETE /api/v1/apps/${app.json.id}`)
    expect((await t.call(ofApps)).json).toEqual([])
    const missing = await t.call(`POST ${SHARES}`, body)
    expect(missing.json.errorSummary).toBe(`Not found: Resource not found: ${app.json.id} (PublicClientApp)`)
  })

  it.each([
    ['no filter', ''],
    ['a filter for something else', `?filter=${encodeURIComponent('principalId eq "x"')}`],
    ['a filter that means nothing', '?filter=%22'],
  ])('is not listed with %s', async (_name, query) => {
    const refused = await t.call(`GET ${SHARES}${query}`)
    expect([refused.status, refused.json.errorSummary, refused.json.errorCauses]).toEqual([
      400,
      'Api validation failed: principalRateLimitMediated',
      [{ errorSummary: 'The provided filter parameter did not contain the required attrbute filter "principalType"' }],
    ])
    expect(t.lastCause()).toBe('E0000001/principal-filter-missing')
  })

  it('is not listed for a type of principal that there is not', async () => {
    await t.call(`GET ${SHARES}?filter=${encodeURIComponent('principalType eq "FOO"')}`)
    const listed = t.lastCause()
    await t.call(`POST ${SHARES}`, share({ principalType: 'FOO' }))
    expect([listed, t.lastCause()]).toEqual(['E0000001/value-invalid', 'E0000001/value-invalid'])
  })

  it('stays with its principal', async () => {
    const { json } = await t.call(`POST ${SHARES}`, share())
    const other = await t.makeAdmin('other@example.com')
    const refused = await t.call(`PUT ${SHARES}/${json.id}`, share({ principalId: other.tokenId }))
    expect(refused.json.errorCauses).toEqual([
      { errorSummary: 'principalId: The principal of a rate limit cannot be changed' },
    ])
  })

  it('is listed in pages', async () => {
    for (let i = 0; i < 3; i++) {
      const admin = await t.makeAdmin(`a${i}@example.com`)
      await t.call(`POST ${SHARES}`, { principalId: admin.tokenId, principalType: 'SSWS_TOKEN' })
    }
    const first = await t.call(`${OF_TOKENS}&limit=2`)
    expect(first.json).toHaveLength(2)
    const next = /<([^>]+)>; rel="next"/.exec(first.headers.get('link') ?? '')![1]!
    expect((await t.call(`GET ${next.slice(next.indexOf('/api'))}`)).json).toHaveLength(1)
  })
})

describe('the limits of one client', () => {
  const authorize = () => t.call('GET /oauth2/v1/authorize?client_id=nobody', undefined, { token: null })
  const put = (body: object) => t.call(`PUT ${SETTINGS}/per-client`, body)

  it('refuse, only log, or do nothing, for each use', async () => {
    expect((await t.call(`GET ${SETTINGS}/per-client`)).json).toEqual({ defaultMode: 'ENFORCE' })
    await put({ defaultMode: 'PREVIEW', useCaseModeOverrides: { NOPE: 'ENFORCE' } })
    expect(t.lastCause()).toBe('E0000001/value-invalid')
    const changed = await put({ defaultMode: 'ENFORCE', useCaseModeOverrides: { OAUTH2_AUTHORIZE: 'PREVIEW' } })
    expect(changed.json).toEqual({ defaultMode: 'ENFORCE', useCaseModeOverrides: { OAUTH2_AUTHORIZE: 'PREVIEW' } })
    expect((await t.call(`GET ${SETTINGS}/per-client`)).json).toEqual(changed.json)
    const events = () => [...t.org.events.read()].map((event) => event.eventType)
    for (let i = 0; i < 61; i++) expect((await authorize()).status).not.toBe(429)
    expect(events()).toContain('system.client.rate_limit.notification')
    // The headers are the org's while nothing is enforced.
    expect(numbers((await authorize()).headers)[0]).toBe(2000)
    await put({ defaultMode: 'DISABLE', useCaseModeOverrides: { OAUTH2_AUTHORIZE: 'ENFORCE' } })
    expect((await authorize()).status).toBe(429)
    expect(t.lastCause()).toBe('E0000047/client-limit-used-up')
    await put({ defaultMode: 'DISABLE' })
    expect((await authorize()).status).not.toBe(429)
    await put({ defaultMode: 'ENFORCE' })
    expect((await authorize()).status).toBe(429)
    expect(events()).toContain('system.client.rate_limit.violation')
  })
})

describe('the other settings', () => {
  it('say at which part of a limit a warning is logged', async () => {
    expect((await t.call(`GET ${SETTINGS}/warning-threshold`)).json).toEqual({ warningThreshold: 60 })
    expect((await t.call(`PUT ${SETTINGS}/warning-threshold`, { warningThreshold: 30 })).json).toEqual({
      warningThreshold: 30,
    })
    const warnings = () =>
      [...t.org.events.read()].filter(({ eventType }) => eventType === 'system.org.rate_limit.warning')
    await groups()
    await groups()
    expect(warnings()).toEqual([])
    await groups()
    expect(warnings()).toMatchObject([{ debug: { warningPercent: '30' } }])
  })

  it('decide whether super administrators get mails, of each bucket now and then', async () => {
    const other = await t.makeAdmin('other@example.com', 'SUPER_ADMIN')
    await t.makeAdmin('org@example.com', 'ORG_ADMIN')
    const texts = (to: string) => t.org.inbox.list(to).map((message) => message.text)
    const use = async () => {
      for (let i = 0; i < 5; i++) for (const token of [t.token, other.token]) await groups(token)
      await t.makeAdmin(`${t.clock.now()}@example.com`, 'SUPER_ADMIN').then(({ token }) => groups(token))
    }
    const [warning, violation] = [
      'Rate limit warning: /api/v1/groups reached 6 calls in 60 seconds.',
      'Rate limit violation: /api/v1/groups reached 10 calls in 60 seconds.',
    ]
    await use()
    expect(texts('admin@example.com')).toEqual([violation, warning])
    expect(texts('other@example.com')).toEqual([violation, warning])
    expect(texts('org@example.com')).toEqual([])
    t.clock.advance(61)
    await use()
    expect(texts('admin@example.com')).toHaveLength(2)
    t.clock.advance(3600)
    await use()
    expect(texts('admin@example.com')).toEqual([violation, violation, warning])
    await t.call(`PUT ${SETTINGS}/admin-notifications`, { notificationsEnabled: false })
    t.clock.advance(86_400)
    await use()
    expect(texts('admin@example.com')).toHaveLength(3)
  })

  it('say whether administrators hear of it', async () => {
    expect((await t.call(`GET ${SETTINGS}/admin-notifications`)).json).toEqual({ notificationsEnabled: true })
    await t.call(`PUT ${SETTINGS}/admin-notifications`, { notificationsEnabled: false })
    expect((await t.call(`GET ${SETTINGS}/admin-notifications`)).json).toEqual({ notificationsEnabled: false })
  })

  it.each([
    ['warning-threshold', { warningThreshold: 29 }, 'warningThreshold: must be between 30 and 90'],
    ['warning-threshold', {}, 'warningThreshold: The field cannot be left blank'],
    ['per-client', { defaultMode: 'OFF' }, 'defaultMode: The field has an invalid value'],
    ['admin-notifications', {}, 'notificationsEnabled: The field cannot be left blank'],
  ])('are refused: %s %j', async (name, body, cause) => {
    const refused = await t.call(`PUT ${SETTINGS}/${name}`, body)
    expect([refused.status, refused.json.errorCauses]).toEqual([400, [{ errorSummary: cause }]])
  })

  it('are read with the right to see the org, and changed with the right to change it', async () => {
    const reader = await t.makeAdmin('reader@example.com', 'READ_ONLY_ADMIN')
    expect((await t.call(`GET ${SETTINGS}/per-client`, undefined, { token: reader.token })).status).toBe(200)
    const refused = await t.call(`PUT ${SETTINGS}/per-client`, { defaultMode: 'DISABLE' }, { token: reader.token })
    expect(refused.json.errorCode).toBe('E0000006')
  })

  it('take any value without a fault, and keep what they had when they refuse', async () => {
    t.org.changeSettings({ rateLimits: { edition: 'off' } })
    const { json: kept } = await t.call(`POST ${SHARES}`, share({ defaultPercentage: 70 }))
    const odd = fc.oneof(fc.jsonValue(), fc.string({ unit: 'binary' }), fc.constant('x'.repeat(300)), fc.integer())
    const body = fc.record({
      principalId: fc.oneof(fc.constant(tokenId), odd),
      principalType: fc.oneof(fc.constant('SSWS_TOKEN'), odd),
      defaultPercentage: odd,
      defaultConcurrencyPercentage: odd,
      defaultMode: odd,
      useCaseModeOverrides: fc.oneof(odd, fc.record({ LOGIN_PAGE: odd })),
      warningThreshold: odd,
      notificationsEnabled: odd,
    })
    const paths = [
      `${SETTINGS}/per-client`,
      `${SETTINGS}/warning-threshold`,
      `${SETTINGS}/admin-notifications`,
      `${SHARES}/${kept.id}`,
    ]
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...paths), body, async (path, sent) => {
        const before = (await t.call(`GET ${path}`)).json
        const answer = await t.call(`PUT ${path}`, sent)
        expect(answer.status).toBeLessThan(500)
        if (answer.status === 200) return
        expect(answer.json.errorCode).toMatch(/^E0000(001|003|007)$/)
        expect((await t.call(`GET ${path}`)).json).toEqual(before)
      }),
      { numRuns: 150 },
    )
  })
})

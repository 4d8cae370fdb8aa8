import { beforeEach, describe, expect, it } from 'vitest'
import { type TestOrg, testOrg } from '../testing.ts'

let t: TestOrg
beforeEach(async () => {
  t = await testOrg({ settings: { rateLimits: { edition: 'workforce', limits: { groups: 10 }, tokenPercent: 50 } } })
})

const events = () => [...t.org.events.read()].map((event) => event.eventType)
const numbers = (headers: Headers) =>
  ['limit', 'remaining', 'reset'].map((name) => Number(headers.get(`x-rate-limit-${name}`)))
const list = (token?: string) => t.call('GET /api/v1/groups', undefined, token === undefined ? {} : { token })
const RESET = Date.UTC(2026, 10, 20, 10, 1) / 1000

describe('the share of a token', () => {
  it('is half of the bucket; the call after the last one is refused with the same reset', async () => {
    for (const remaining of [4, 3, 2, 1, 0]) {
      t.clock.advance(1)
      const answer = await list()
      expect(answer.status).toBe(200)
      expect(numbers(answer.headers)).toEqual([5, remaining, RESET + 1])
    }
    const refused = await list()
    expect(refused.status).toBe(429)
    expect(refused.json).toMatchObject({
      errorCode: 'E0000047',
      errorSummary: 'API call exceeded rate limit due to too many requests.',
      errorCauses: [],
    })
    expect(t.lastCause()).toBe('E0000047/token-share-used-up')
    expect(numbers(refused.headers)).toEqual([5, 0, RESET + 1])
    expect(refused.headers.has('retry-after')).toBe(false)
    expect(refused.headers.get('x-okta-request-id')).toBeTruthy()
    expect(refused.headers.getSetCookie().map((cookie) => cookie.split('=')[0])).toEqual([
      'sid',
      'xids',
      'autolaunch_triggered',
      'activate_ca_modal_triggered',
    ])
    for (const name of ['cache-control', 'pragma', 'expires', 'referrer-policy']) {
      expect(refused.headers.has(name)).toBe(false)
    }
    expect(events()).toContain('system.operation.rate_limit.violation')
  })

  it('is violated with a reason, and with the keys that Okta documents for operations', async () => {
    t.org.changeSettings({ rateLimits: { limits: { 'users.list': 2 } } })
    for (let i = 0; i < 2; i++) await t.call(`GET /api/v1/users/${t.adminId}/groups`)
    const violation = [...t.org.events.read()].find(({ eventType }) => eventType.startsWith('system.operation'))!
    expect(violation).toMatchObject({ result: 'DENY', reason: 'Too many requests attempted by an API token' })
    expect(violation.debug).toMatchObject({
      operationRateLimitType: 'ssws_token',
      operationRateLimitScopeType: 'org',
      operationRateLimitThreshold: '1',
      operationRateLimitTimeSpan: '60',
      operationRateLimitTimeUnit: 'SECONDS',
      operationRateLimitSecondsToReset: '60',
    })
    expect(violation.targets).toMatchObject([{ id: '/api/v1/users/{id}/groups', type: 'URL Pattern' }])
  })

  it('opens again when its window ends, lazily', async () => {
    for (let i = 0; i < 6; i++) await list()
    expect((await list()).status).toBe(429)
    // At the moment of the reset the old window still holds (recorded).
    t.clock.advance(60)
    expect((await list()).status).toBe(429)
    t.clock.advance(1)
    expect(numbers((await list()).headers)).toEqual([5, 4, RESET + 61])
  })
})

describe('the bucket of the org', () => {
  it('is used up by several tokens together; the log hears of it once', async () => {
    const others = [
      await t.makeAdmin('a@example.com', 'SUPER_ADMIN'),
      await t.makeAdmin('b@example.com', 'SUPER_ADMIN'),
    ]
    for (const { token } of others) for (let i = 0; i < 5; i++) expect((await list(token)).status).toBe(200)
    const refused = await list()
    expect(refused.status).toBe(429)
    expect(t.lastCause()).toBe('E0000047/bucket-used-up')
    expect(numbers(refused.headers)).toEqual([10, 0, RESET])
    await list()
    const types = events()
    expect(types.filter((type) => type === 'system.org.rate_limit.warning')).toHaveLength(1)
    expect(types.filter((type) => type === 'system.org.rate_limit.violation')).toHaveLength(1)
    expect(types.indexOf('system.org.rate_limit.warning')).toBeLessThan(
      types.indexOf('system.org.rate_limit.violation'),
    )
    const violation = [...t.org.events.read()].find((event) => event.eventType === 'system.org.rate_limit.violation')!
    expect(violation.debug).toMatchObject({ threshold: '10', timeSpan: '60', rateLimitScopeType: 'ORG' })
    expect(violation.targets[0]).toMatchObject({ type: 'URL Pattern', displayName: '/api/v1/groups' })
    expect(violation.request?.requestId).toBe(refused.headers.get('x-okta-request-id'))
  })

  it('is another one for one group', async () => {
    for (let i = 0; i < 6; i++) await list()
    const one = await t.call('GET /api/v1/groups/00gmissing')
    expect(one.status).toBe(404)
    expect(numbers(one.headers)).toEqual([500, 499, RESET])
  })
})

describe('what does not count', () => {
  it.each([
    ['a wrong method', 'PATCH /api/v1/groups', {}],
    ['an unknown token', 'GET /api/v1/groups', { token: '00no' }],
    ['no credentials', 'GET /api/v1/groups', { token: null }],
    ['a refused Accept', 'GET /api/v1/groups', { headers: { accept: 'image/png' } }],
  ])('%s', async (_name, request, extras) => {
    for (let i = 0; i < 20; i++) {
      const answer = await t.call(request, undefined, extras)
      expect(answer.status).not.toBe(429)
      expect(answer.headers.has('x-rate-limit-limit')).toBe(false)
    }
    expect(numbers((await list()).headers)).toEqual([5, 4, RESET])
  })

  it('but a 400 and a 404 do', async () => {
    await t.call('POST /api/v1/groups', '{')
    expect(numbers((await list()).headers)).toEqual([5, 3, RESET])
  })
})

describe('requests at once', () => {
  it('are refused with limit 0 and remaining 0, and written to the log once', async () => {
    t.org.changeSettings({ rateLimits: { concurrency: 1 } })
    const answers = await Promise.all([list(), list(), list()])
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 429, 429])
    for (const refused of answers.filter((answer) => answer.status === 429)) {
      expect(numbers(refused.headers).slice(0, 2)).toEqual([0, 0])
      expect(refused.json.errorCode).toBe('E0000047')
      expect(refused.headers.has('retry-after')).toBe(false)
    }
    expect(events().filter((type) => type === 'core.concurrency.org.limit.violation')).toHaveLength(1)
  })

  it('are given back whatever becomes of them', async () => {
    t.org.changeSettings({ rateLimits: { concurrency: 1, limits: { groups: 100, 'groups.one': 100 } } })
    const left = t.org.answer({
      method: 'POST',
      target: '/api/v1/groups',
      headers: { authorization: `SSWS ${t.token}`, 'content-type': 'application/json' },
      remoteAddress: '127.0.0.1',
      readBody: () => Promise.reject(new Error('broken')),
    })
    await expect(left).rejects.toThrow('broken')
    await t.call('POST /api/v1/groups', '{')
    await t.call('GET /api/v1/groups/00gmissing')
    t.org.faults.add({ times: 1, body: 'empty' })
    await list()
    t.org.faults.add({ times: 1, headers: { link: null } })
    await list()
    expect((await list()).status).toBe(200)
  })

  it('are not held by a fault that answers in place of the org', async () => {
    t.org.changeSettings({ rateLimits: { concurrency: 1 } })
    t.org.faults.add({ times: 1, line: 'hang' })
    const hanging = t.call('GET /api/v1/groups').catch(() => undefined)
    expect((await list()).status).toBe(200)
    expect(await Promise.race([hanging, 'still hangs'])).toBe('still hangs')
  })
})

describe('the edition "off"', () => {
  it('shows the headers and never refuses', async () => {
    t.org.changeSettings({ rateLimits: { edition: 'off', concurrency: 1 } })
    const answers = await Promise.all(Array.from({ length: 12 }, () => list()))
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([200]))
    expect(numbers((await list()).headers)).toEqual([5, 0, RESET])
    expect(events()).toEqual([])
  })

  it('can be left while the org runs', async () => {
    t.org.changeSettings({ rateLimits: { edition: 'off' } })
    for (let i = 0; i < 6; i++) await list()
    t.org.changeSettings({ rateLimits: { edition: 'integrator' } })
    expect((await list()).status).toBe(429)
  })
})

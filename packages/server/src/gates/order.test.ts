// The order of the gates can be read off the headers that come with each refusal. One table holds both.
import type { Contract } from '@errorg/errors'
import { codes } from '@errorg/errors/codes'
import { beforeAll, describe, expect, it } from 'vitest'
import type { CallExtras } from '../testing.ts'
import { type TestOrg, testOrg } from '../testing.ts'

const REQUEST_ID = 'x-okta-request-id'
const RATE = ['x-rate-limit-limit', 'x-rate-limit-remaining', 'x-rate-limit-reset']
const FRESHNESS = ['cache-control', 'pragma', 'expires', 'referrer-policy']
const SECURITY = ['p3p', 'strict-transport-security', 'content-security-policy', 'x-content-type-options']

/** What each stage adds; what it does not name must be absent. */
const sets: Readonly<Record<string, readonly string[]>> = {
  edge: [],
  dispatcher: SECURITY,
  authentication: [...SECURITY, REQUEST_ID],
  feature: [...SECURITY, REQUEST_ID],
  limit: [...SECURITY, REQUEST_ID, ...RATE],
  handler: [...SECURITY, REQUEST_ID, ...RATE, ...FRESHNESS],
}
const all = sets.handler!

interface Row {
  is: string
  request: string
  body?: unknown
  extras?: CallExtras
  settings?: Parameters<TestOrg['org']['changeSettings']>[0]
  stage: keyof typeof sets
  cause: string
  also?: Readonly<Record<string, string>>
}

// Each row breaks every later rule as well, where it can: what answers is the first gate that minds.
const rows: readonly Row[] = [
  {
    is: 'a path with a bad escape',
    request: 'GET /api/v1/groups/%zz',
    extras: { token: null, headers: { accept: 'text/plain' } },
    stage: 'edge',
    cause: 'edge: a % escape in /api/v1/groups/%zz means nothing',
  },
  {
    is: 'a wrong method',
    request: 'PATCH /api/v1/groups',
    extras: { token: null, headers: { accept: 'text/plain' } },
    stage: 'dispatcher',
    cause: 'E0000022/method-not-supported',
  },
  {
    is: 'an Accept that is not met',
    request: 'POST /api/v1/groups',
    body: '{',
    extras: { token: null, headers: { accept: 'text/plain' } },
    stage: 'dispatcher',
    cause: 'E0000019/accept-not-supported',
  },
  {
    is: 'no credentials',
    request: 'POST /api/v1/groups',
    body: '{',
    extras: { token: null },
    settings: { readOnly: true },
    stage: 'authentication',
    cause: 'E0000005/credentials-missing',
    also: { 'set-cookie': 'sid="";Version=1;Path=/;Max-Age=0' },
  },
  {
    is: 'an unknown token',
    request: 'POST /api/v1/groups',
    body: '{',
    extras: { token: '00unknown' },
    settings: { readOnly: true },
    stage: 'authentication',
    cause: 'E0000011/token-unknown',
    also: { 'www-authenticate': 'SSWS' },
  },
  {
    is: 'an operation that is not built',
    request: 'GET /integrations/api/v1/api-services',
    settings: { rateLimits: { edition: 'workforce', limits: { 'integrations.api.v1.api-services': 1 } } },
    stage: 'feature',
    cause: 'E0000052/operation-not-built',
  },
  {
    is: 'no administrator role',
    request: 'POST /api/v1/groups',
    body: '{',
    extras: { token: 'nobody' },
    settings: { readOnly: true },
    stage: 'handler',
    cause: 'E0000006/role-lacks-permission',
  },
  {
    is: 'read-only mode',
    request: 'POST /api/v1/groups',
    body: '{',
    settings: { readOnly: true },
    stage: 'handler',
    cause: 'E0000010/org-read-only',
  },
  {
    is: 'a content type that is not taken',
    request: 'POST /api/v1/groups',
    body: '{',
    extras: { headers: { 'content-type': 'text/plain' } },
    stage: 'handler',
    cause: 'E0000021/content-type-not-supported',
  },
  {
    is: 'a body that is no JSON',
    request: 'POST /api/v1/groups',
    body: '{',
    stage: 'handler',
    cause: 'E0000003/body-not-json',
  },
  {
    is: 'a body that lacks a field',
    request: 'POST /api/v1/groups',
    body: {},
    stage: 'handler',
    cause: 'E0000001/required-field-missing',
  },
  {
    is: 'a thing that is not there',
    request: 'GET /api/v1/groups/00gmissing',
    stage: 'handler',
    cause: 'E0000007/resource-missing',
  },
]

describe.each<Contract>(['reference', 'current'])('in the %s contract', (contract) => {
  let t: TestOrg
  let nobody: string
  beforeAll(async () => {
    t = await testOrg()
    nobody = (await t.makeAdmin('nobody@example.com')).token
  })

  it.each(rows)('$is is refused at its stage', async ({ request, body, extras, settings, stage, cause, also }) => {
    t.org.changeSettings({ contract, readOnly: false, ...settings })
    const token = extras?.token === 'nobody' ? nobody : extras?.token
    const answer = await t.call(request, body, { ...extras, ...(token === undefined ? {} : { token }) })
    expect(t.lastCause()).toBe(cause)
    const present = all.filter((name) => answer.headers.has(name))
    expect(present.sort()).toEqual([...sets[stage]!].sort())
    for (const [name, value] of Object.entries(also ?? {})) expect(answer.headers.get(name)).toContain(value)
    // Recorded: no Allow on 405, no Retry-After anywhere.
    expect(answer.headers.has('allow') || answer.headers.has('retry-after')).toBe(false)
    if (stage === 'edge') {
      expect(answer.headers.get('server')).toBe('Apache')
      expect(answer.headers.has('content-type')).toBe(false)
      return
    }
    const code = cause.split('/')[0]!
    expect(Object.keys(answer.json)).toEqual(['errorCode', 'errorSummary', 'errorLink', 'errorId', 'errorCauses'])
    expect(answer.json).toMatchObject({ errorCode: code, errorLink: code })
    expect(answer.status).toBe(codes[code]![contract].status)
    expect(answer.json.errorId).toMatch(/^oae[\w-]{21}[AQgw]$/)
  })
})

describe('a path that leads nowhere', () => {
  it('is E0000008 in the reference contract, and the edge without a code today', async () => {
    const t = await testOrg()
    const now = await t.call('GET /api/v1/nowhere', undefined, { token: null })
    expect(now.json.errorCode).toBe('E0000008')
    expect(now.headers.has(REQUEST_ID)).toBe(false)
    t.org.changeSettings({ contract: 'current' })
    const today = await t.call('GET /api/v1/nowhere', undefined, { token: null })
    expect(today.text).toBe('{"status":404,"message":"Resource not found"}')
    expect(today.headers.has('content-type')).toBe(false)
  })
})

describe('a feature that is off', () => {
  it('answers before the limit counts, and only where the operation belongs to it', async () => {
    const t = await testOrg()
    const route = t.org.routes.routes.find(({ on }) => on === 'GET /api/v1/groups')!
    const { feature } = route
    try {
      Object.assign(route, { feature: 'GROUPS' })
      expect((await t.call('GET /api/v1/groups')).status).toBe(200)
      t.org.changeSettings({ features: { GROUPS: false } })
      const answer = await t.call('GET /api/v1/groups')
      expect(t.lastCause()).toBe('E0000015/feature-off')
      expect(all.filter((name) => answer.headers.has(name)).sort()).toEqual([...sets.feature!].sort())
    } finally {
      // The table is the process's: give it back as it was.
      Object.assign(route, { feature })
    }
  })
})

describe('a success', () => {
  it('has the headers of the handler stage, and clears no cookies', async () => {
    const t = await testOrg()
    const answer = await t.call('GET /api/v1/groups')
    expect(all.filter((name) => answer.headers.has(name)).sort()).toEqual([...all].sort())
    expect(answer.headers.has('set-cookie')).toBe(false)
    expect(answer.headers.get(REQUEST_ID)).toMatch(/^[0-9a-f]{32}$/)
  })
})

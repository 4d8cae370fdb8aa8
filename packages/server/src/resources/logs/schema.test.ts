import { describe, expect, test } from 'vitest'
import { pathReader } from '../../filter/index.ts'
import type { LogEvent } from '../../log/event.ts'
import { logField, logFields } from './fields.ts'
import { showEvent, uuidOf } from './schema.ts'

const event: LogEvent = {
  sequence: 7,
  at: Date.UTC(2026, 10, 20, 10),
  eventType: 'user.session.start',
  severity: 'WARN',
  displayMessage: 'User login to Okta',
  result: 'FAILURE',
  reason: 'INVALID_CREDENTIALS',
  actor: {
    id: '00u1',
    type: 'User',
    alternateId: 'ada@example.com',
    displayName: 'Ada Byron',
    detailEntry: { a: 'b' },
  },
  targets: [
    {
      id: '0oa1',
      type: 'AppInstance',
      alternateId: 'app',
      displayName: 'App',
      detailEntry: { policyType: 'OktaSignOn' },
    },
    {
      id: '00u2',
      type: 'User',
      alternateId: 'u2',
      displayName: 'U',
      changeDetails: { from: { x: '1' }, to: { x: '2' } },
    },
  ],
  request: {
    requestId: 'ab12',
    method: 'POST',
    path: '/api/v1/authn',
    target: '/api/v1/authn',
    address: '2001:db8::1',
    userAgent: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15) Gecko/20100101 Firefox/72.0',
    tokenId: '00T1',
  },
  debug: { threatSuspected: 'false' },
  sessionId: '102abc',
}
const job: LogEvent = { ...event, sequence: 8, request: undefined, targets: [], debug: undefined, sessionId: undefined }

describe('an event on the wire', () => {
  test.each([
    ['/api/v1/groups?access_token=Se-cret1&limit=2', '/api/v1/groups?access_token=…(8 characters hidden)&limit=2'],
    ['/tokens/kWq2osLr7QcEf0745YvC/verify', '/tokens/…(20 characters hidden)/verify?'],
    [`/api/v1/users/00${'aB3d'.repeat(10)}`, '/api/v1/users/00…(40 characters hidden)?'],
    ['/api/v1/users?activate=true', '/api/v1/users?activate=true'],
  ])('hides the secrets of %s', (target, url) => {
    const path = target.split('?')[0]!
    const shown = showEvent({ ...event, request: { ...event.request!, path, target } }, '00o1')
    const { debugData } = shown.debugContext as { debugData: Record<string, string> }
    expect(debugData.url).toBe(url)
    expect(debugData.requestUri).toBe(url.split('?')[0])
  })

  test('has every field of the published schema', () => {
    expect(showEvent(event, '00o1')).toEqual({
      actor: {
        id: '00u1',
        type: 'User',
        alternateId: 'ada@example.com',
        displayName: 'Ada Byron',
        detailEntry: { a: 'b' },
      },
      client: {
        userAgent: { rawUserAgent: event.request!.userAgent, os: 'Mac OS X', browser: 'FIREFOX' },
        zone: 'null',
        device: 'Computer',
        id: null,
        ipAddress: '2001:db8::1',
        geographicalContext: null,
      },
      device: null,
      authenticationContext: {
        authenticationProvider: null,
        credentialProvider: null,
        credentialType: null,
        issuer: null,
        interface: null,
        authenticationStep: 0,
        rootSessionId: '102abc',
        externalSessionId: '102abc',
      },
      displayMessage: 'User login to Okta',
      eventType: 'user.session.start',
      outcome: { result: 'FAILURE', reason: 'INVALID_CREDENTIALS' },
      published: '2026-11-20T10:00:00.000Z',
      securityContext: { asNumber: null, asOrg: null, isp: null, domain: null, isProxy: null },
      severity: 'WARN',
      debugContext: {
        debugData: { requestId: 'ab12', requestUri: '/api/v1/authn', url: '/api/v1/authn?', threatSuspected: 'false' },
      },
      legacyEventType: 'core.user_auth.login_failed',
      transaction: { type: 'WEB', id: 'ab12', detail: { requestApiTokenId: '00T1' } },
      uuid: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-1[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
      version: '0',
      request: { ipChain: [{ ip: '2001:db8::1', geographicalContext: null, version: 'V6', source: null }] },
      target: [
        {
          id: '0oa1',
          type: 'AppInstance',
          alternateId: 'app',
          displayName: 'App',
          detailEntry: { policyType: 'OktaSignOn' },
        },
        {
          id: '00u2',
          type: 'User',
          alternateId: 'u2',
          displayName: 'U',
          detailEntry: null,
          changeDetails: { from: { x: '1' }, to: { x: '2' } },
        },
      ],
    })
  })

  test('without a request belongs to a job', () => {
    expect(showEvent(job, '00o1')).toMatchObject({
      client: { userAgent: null, ipAddress: null },
      transaction: { type: 'JOB', id: null, detail: {} },
      debugContext: { debugData: {} },
      request: { ipChain: [] },
      target: null,
      authenticationContext: { externalSessionId: 'unknown' },
    })
  })

  test('of the concurrency limit has no outcome', () => {
    expect(showEvent({ ...event, eventType: 'core.concurrency.org.limit.violation' }, '00o1').outcome).toBeNull()
  })

  test('has a uuid that is its own: same event same uuid, other moment, number or org another', () => {
    expect(uuidOf(event, '00o1')).toBe(uuidOf({ ...event }, '00o1'))
    const others = [
      uuidOf(event, '00o1'),
      uuidOf(event, '00o2'),
      uuidOf({ ...event, at: event.at + 1 }, '00o1'),
      ...[8, 10_007, 20_007].map((sequence) => uuidOf({ ...event, sequence }, '00o1')),
    ]
    expect(new Set(others).size).toBe(others.length)
  })
})

describe('fields of filters', () => {
  test.each([event, job])('read from the kept facts what is shown', (kept) => {
    const shown = showEvent(kept, '00o1')
    const names = [
      ...Object.keys(logFields),
      'debugContext.debugData.threatSuspected',
      'debugContext.debugData.requestId',
      'actor.detailEntry.a',
    ]
    for (const name of names) {
      const read = logField(name)!.read(kept, '00o1') ?? null
      const seen = pathReader(name)(shown) ?? null
      expect([name, flat(read)]).toEqual([name, flat(seen)])
    }
  })

  test('reach into maps with free keys, and only into their own', () => {
    expect(logField('target.detailEntry.policyType')!.read(event, '')).toEqual(['OktaSignOn', undefined])
    expect(logField('target.changeDetails.to.x')!.read(event, '')).toEqual([undefined, '2'])
    expect(logField('debugContext.debugData.constructor')!.read(event, '')).toBeUndefined()
  })

  test.each([
    'published',
    'event_type',
    'eventtype',
    'target.changeDetails',
    'debugContext.debugData.',
    '__proto__',
    'constructor',
  ])('are not %s', (name) => {
    expect(logField(name)).toBeUndefined()
  })
})

// Nothing and an empty list are the same to a filter.
const flat = (value: unknown) =>
  Array.isArray(value) && value.every((item) => item === undefined || item === null) ? null : value

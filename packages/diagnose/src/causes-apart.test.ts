import { describe, expect, it } from 'vitest'
import { diagnoseEvidence } from './diagnose.ts'
import type { Evidence } from './evidence.ts'

const first = (code: string, summary: string, evidence: Evidence) =>
  diagnoseEvidence({ ...evidence, responseBody: { errorCode: code, errorSummary: summary, errorCauses: [] } })
    .findings[0]

describe('E0000037 names the parameter that has the wrong type', () => {
  it.each([
    [
      'POST',
      '/api/v1/users/00u1abcdEFGH23456789/lifecycle/activate?sendEmail=null',
      "sendEmail: 'null' is not true or false",
      'flag-unreadable',
    ],
    [
      'DELETE',
      '/api/v1/users/00u1abcdEFGH23456789?sendEmail=1',
      "sendEmail: '1' is not true or false",
      'flag-unreadable',
    ],
    ['GET', '/api/v1/groups?limit=true', "limit: 'true' is not a number", 'number-unreadable'],
    ['GET', '/api/v1/idps?type=NUMBER', "type: 'NUMBER' is not a type of identity providers", 'word-not-in-list'],
    ['PUT', '/api/v1/apps/0oa1abcdEFGH23456789', 'pushStatus', 'word-not-in-list'],
  ])('%s %s', (method, path, sentence, cause) => {
    const summary = `Type mismatch exception. ${sentence}`
    expect(first('E0000037', summary, { httpStatus: 400, method, path })).toMatchObject({ cause })
  })
})

describe('E0000022 at a feature', () => {
  it.each([
    ['activate', ['lifecycle-word-unknown']],
    ['enable', ['feature-already-so', 'feature-in-closed-beta']],
    ['disable', ['feature-already-so']],
  ])('that was to %s', (word, causes) => {
    const { findings } = diagnoseEvidence({
      httpStatus: 405,
      method: 'POST',
      path: `/api/v1/features/ftr1abcdEFGH23456789/${word}`,
      responseBody: { errorCode: 'E0000022', errorSummary: 'The endpoint does not support the provided HTTP method' },
    })
    expect(findings.map((finding) => finding.cause)).toEqual(causes)
  })
})

describe('E0000039', () => {
  it.each([
    ['saasure', 'app-owned-by-okta'],
    ['bookmark', 'setting-fixed-at-creation'],
  ])('for an app named %s', (name, cause) => {
    const request = { method: 'PUT', path: '/api/v1/apps/0oa1abcdEFGH23456789', requestBody: { name, label: 'Notes' } }
    const summary = 'Operation on application settings failed.'
    expect(first('E0000039', summary, { httpStatus: 403, ...request })).toMatchObject({ cause })
  })
})

describe('E0000022 at a path that has other methods', () => {
  it.each([
    'PATCH /api/v1/users/00u1',
    'PUT /api/v1/users',
    'PATCH /api/v1/groups/00g1',
    'DELETE /api/v1/groups',
    'PATCH /api/v1/apps/0oa1',
    'PUT /api/v1/zones',
    'POST /api/v1/realms/guo1',
  ])('is about the method: %s', (call) => {
    const [method, path] = call.split(' ')
    const summary = 'The endpoint does not support the provided HTTP method'
    expect(first('E0000022', summary, { httpStatus: 405, method, path })).toMatchObject({
      cause: 'method-not-supported',
      strength: 'certain',
    })
  })
})

describe('E0000006', () => {
  const summary = 'You do not have permission to perform the requested action'

  it.each([
    ['a profile', { profile: { title: 'Poet' } }, true],
    ['no profile', { credentials: {} }, false],
  ])('reads a body that is handed over as text: %s', (_name, body, expected) => {
    const { findings } = diagnoseEvidence({
      httpStatus: 403,
      method: 'POST',
      path: '/api/v1/users/00u1abcdEFGH23456789',
      requestHeaders: { authorization: `SSWS 00${'aB3_'.repeat(10)}` },
      requestBody: JSON.stringify(body),
      responseBody: { errorCode: 'E0000006', errorSummary: summary },
    })
    expect(findings.some((finding) => finding.cause === 'attribute-outside-conditions')).toBe(expected)
  })

  const causesOf = (call: string, requestBody?: unknown) => {
    const [method, path] = call.split(' ')
    const { findings } = diagnoseEvidence({
      ...{ httpStatus: 403, method, path, requestHeaders: { authorization: `SSWS 00${'aB3_'.repeat(10)}` } },
      ...(requestBody !== undefined && { requestBody }),
      responseHeaders: { 'x-rate-limit-limit': '600', 'x-rate-limit-remaining': '599' },
      responseBody: { errorCode: 'E0000006', errorSummary: summary },
    })
    return findings.map(({ cause, strength }) => `${cause} ${strength}`)
  }

  it.each([
    'POST /api/v1/users/00u1/lifecycle/deactivate',
    'POST /api/v1/users/00u1/lifecycle/reset_password',
    'POST /api/v1/users/00u1/lifecycle/unlock',
    'POST /api/v1/users/00u1',
    'PUT /api/v1/users/00u1',
    'DELETE /api/v1/users/00u1',
    'DELETE /api/v1/api-tokens/00T1',
    'PUT /api/v1/groups/00g1/users/00u1',
    'DELETE /api/v1/groups/00g1/users/00u1',
    'PUT /api/v1/groups/00g1',
    'DELETE /api/v1/groups/00g1',
    'PUT /api/v1/apps/0oa1',
    'DELETE /api/v1/apps/0oa1',
    'POST /oauth2/v1/clients/0oa1/lifecycle/newSecret',
  ])('may be about a target that holds a role itself, behind a role that is missing: %s', (call) => {
    const found = causesOf(call)
    expect(found).toContain('super-admin-required possible')
    expect(found[0]).toMatch(/^role-lacks-permission /)
  })

  it('is about a group that makes administrators where somebody is made in one', () => {
    const profile = { login: 'ada@example.com' }
    expect(causesOf('POST /api/v1/users', { profile, groupIds: ['00g1'] })).toContain('super-admin-required possible')
    expect(causesOf('POST /api/v1/users', { profile })).not.toContain('super-admin-required possible')
  })

  it.each([
    'GET /api/v1/users/00u1',
    'POST /api/v1/users/00u1/lifecycle/suspend',
    'DELETE /api/v1/users/00u1/sessions',
    'PUT /api/v1/apps/0oa1/groups/00g1',
    'POST /api/v1/groups/rules',
    'POST /api/v1/zones',
  ])('is not about the target: %s', (call) => {
    expect(causesOf(call).join()).not.toContain('super-admin-required')
  })

  it('before a sign-in is about the address, not about a role', () => {
    const found = first('E0000006', summary, { httpStatus: 403, method: 'POST', path: '/api/v1/authn' })
    expect(found).toMatchObject({ cause: 'address-malicious', kind: 'api-token-ip-restricted' })
  })

  it('is about attributes only where a profile was sent and a custom role is spoken of', () => {
    const request = { httpStatus: 403, method: 'POST', path: '/api/v1/users/00u1abcdEFGH23456789' }
    const headers = { authorization: `SSWS 00${'aB3_'.repeat(10)}` }
    const seen = { ...request, requestHeaders: headers, requestBody: { profile: { title: 'Poet' } } }
    expect(first('E0000006', summary, seen)).toMatchObject({ cause: 'role-lacks-permission' })
    const told = { ...seen, requestContext: { caller: 'an administrator with a custom role' } }
    expect(first('E0000006', summary, told)).toMatchObject({ cause: 'attribute-outside-conditions' })
  })
})

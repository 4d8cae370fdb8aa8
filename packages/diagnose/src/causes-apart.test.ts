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

// Every proof of the catalogue describes a failing call. What Okta would answer to it is put together from the entry
// alone, and the diagnosis has to find the kind again, without having seen the cause.
import { codes } from '@errorg/errors/codes'
import { describe, expect, it } from 'vitest'
import { saysTemplate } from './catalogue.ts'
import { diagnoseEvidence } from './diagnose.ts'
import type { Evidence } from './evidence.ts'

type Entry = (typeof codes)[keyof typeof codes]

/** Causes whose answer is the same, down to the last byte, as that of a more frequent sibling. */
const HIDDEN = new Set([
  'E0000004/user-locked-out',
  'E0000004/status-forbids-sign-in',
  'E0000004/sign-on-policy-denies',
  'E0000004/second-factor-demanded',
  'E0000006/address-blocked',
  'E0000006/group-not-manageable',
  'E0000006/role-target-refused',
  'E0000011/owner-inactive',
  'E0000011/outside-network',
  // Its reason is in the summary of today's orgs only.
  'E0000027/group-already-pushed',
  'E0000035/no-okta-password',
  'E0000036/no-password-to-check',
  'E0000038/no-password-to-expire',
  'E0000057/device-not-accepted',
])

/** Headers of the answer that tell a cause whose body is that of its siblings. */
const HEADERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'E0000047/concurrency-exceeded': { 'x-rate-limit-limit': '0', 'x-rate-limit-remaining': '0' },
}

const VALUES: Readonly<Record<string, string>> = { field: 'name', id: '00u1abcdEFGH23456789', message: 'some reason' }
const fill = (template: string): string =>
  template.replace(/\{(\w+)\}/g, (_hole, name: string) => VALUES[name] ?? 'one')

function answers(): { name: string; kind: string; evidence: Evidence }[] {
  return Object.values(codes).flatMap((entry: Entry) =>
    Object.entries(entry.causes).flatMap(([id, cause]) => {
      const proof = [cause.proof ?? []].flat()[0]
      if (!proof) return []
      const { call } = proof
      const who = call.as ?? 'admin'
      const token = who === 'admin' ? '{token}' : typeof who === 'object' && 'ssws' in who ? who.ssws : undefined
      const bearer = typeof who === 'object' && 'bearer' in who ? who.bearer : undefined
      const headers: Record<string, string> = { accept: 'application/json', 'user-agent': 'proof' }
      if (call.body !== undefined) headers['content-type'] = 'application/json'
      if (token !== undefined) headers.authorization = `SSWS ${token.replace(/\{\w+\}/, `00${'aB3_'.repeat(10)}`)}`
      if (bearer !== undefined)
        headers.authorization = `Bearer ${bearer.replace(/\{\w+\}/, 'eyJhbGciOiJSUzI1NiJ9.e30.c2ln')}`
      for (const [name, value] of Object.entries(call.headers ?? {})) {
        delete headers[name.toLowerCase()]
        if (value !== null) headers[name.toLowerCase()] = fill(value)
      }
      const evidence: Evidence = {
        httpStatus: cause.wire?.status ?? entry.current.status,
        method: call.method,
        path: fill(call.path),
        requestHeaders: headers,
        ...(HEADERS[`${entry.code}/${id}`] && { responseHeaders: HEADERS[`${entry.code}/${id}`] }),
        requestContext: { requestSeenIn: 'request lines' },
        responseBody: {
          errorCode: entry.code,
          errorSummary: fill(
            cause.wire?.summary ??
              (entry.code === 'E0000007' ? 'Not found: Resource not found: {id} (User)' : entry.current.summary),
          ),
          errorCauses: (cause.wire?.causes ?? []).map((text) => ({ errorSummary: fill(text) })),
        },
        ...(call.body !== undefined && { requestBody: call.body }),
      }
      return [{ name: `${entry.code}/${id}`, kind: cause.kind, evidence }]
    }),
  )
}

describe('the wire of every proof', () => {
  it.each(answers())('$name', ({ name, kind, evidence }) => {
    const { findings } = diagnoseEvidence(evidence)
    const kinds = [...new Set(findings.map((finding) => finding.kind as string))]
    if (HIDDEN.has(name)) expect(kinds.slice(1, 5), 'a hidden cause is named behind its sibling').toContain(kind)
    else expect(kinds[0]).toBe(kind)
  })
})

describe('a sentence of E0000001 that several causes share', () => {
  const found = (method: string, path: string, summary: string, cause: string) => {
    const { findings } = diagnoseEvidence({
      httpStatus: 400,
      method,
      path,
      responseBody: {
        errorCode: 'E0000001',
        errorSummary: `Api validation failed: ${summary}`,
        errorCauses: [{ errorSummary: cause }],
      },
    })
    return findings.map((finding) => finding.cause)
  }

  it.each([
    ['POST', '/api/v1/apps', 'name'],
    ['POST', '/api/v1/meta/schemas/user/linkedObjects', 'name'],
    ['PUT', '/api/v1/a-path/that-no-list-has', 'name'],
    ['POST', '/api/v1/apps/0oa1abcdEFGH23456789/connections/default', 'authScheme'],
    ['POST', '/api/v1/authorizationServers/default/policies', 'type'],
    ['PUT', '/api/v1/brands/bnd1abcdEFGH23456789', 'locale'],
  ])('stands for a wrong value at %s %s', (method, path, field) => {
    const causes = found(method, path, field, `${field}: The field has an invalid value`)
    expect(causes[0]).toBe('value-invalid')
    expect(causes).not.toContain('authenticator-key-unknown')
  })

  it('is the special cause at the operation of that cause', () => {
    const causes = found(
      'POST',
      '/api/v1/authenticators',
      'com.okta.services.factors.iface.dto.AuthenticatorCatalog',
      'The field has an invalid value',
    )
    expect(causes[0]).toBe('authenticator-key-unknown')
  })

  it('is no key of a client where the answer names another field', () => {
    const rule = 'url: The field must be an absolute http or https URL'
    expect(found('POST', '/api/v1/apps', 'settings', rule)[0]).toBe('value-invalid')
    expect(found('POST', '/api/v1/apps', 'JsonWebKey', 'The key has no modulus')[0]).toBe('client-key-refused')
  })

  it.each([
    'resources: Resources must be specified',
    'name: The field must not be empty',
    'audiences: The field is required',
  ])('says that something is missing: %s', (rule) => {
    expect(found('POST', '/api/v1/iam/resource-sets', 'x', rule)[0]).toBe('required-field-missing')
  })
})

describe('a template is heard', () => {
  it.each([
    ['whole', 'The {x} is gone', 'The user is gone', true],
    ['without its full stop', 'Invalid search criteria.', 'Invalid search criteria', true],
    ['with other blanks', 'Bad request.  Accept it', 'Bad request. Accept it', true],
    [
      'inside other words',
      'The application must be deactivated before deletion.',
      'failed: The application must be deactivated before deletion (E0000056)',
      true,
    ],
    [
      'without its last hole',
      'must be a Login redirect URI in the client app settings: {url}',
      'it must be a Login redirect URI in the client app settings',
      true,
    ],
    ['not when it is all holes', '{a}: {b}', 'something else entirely', false],
    [
      'not when a word differs',
      'The application must be deactivated before deletion.',
      'The application must be activated before use.',
      false,
    ],
  ])('%s', (_name, template, text, expected) => {
    expect(saysTemplate(template, text)).toBe(expected)
  })
})

describe('a cause that the answer excludes', () => {
  const causesOf = (evidence: Evidence) => diagnoseEvidence(evidence).findings.map(({ cause }) => cause)
  const token = { method: 'POST', path: '/oauth2/default/v1/token' }

  it.each([
    ['client-secret-wrong', 401, 'invalid_client', 'The client secret supplied for a confidential client is invalid.'],
    [
      'no-scope-sent',
      400,
      'invalid_scope',
      "The authorization server resource does not have any configured default scopes, 'scope' must be provided.",
    ],
  ])('by the own sentence of another one is not listed beside it: %s', (cause, httpStatus, error, description) => {
    const responseBody = { error, error_description: description }
    expect(causesOf({ ...token, httpStatus, responseBody })).toEqual([cause])
  })

  it('stays where both have the same sentence, and the request was not seen', () => {
    const error_description = 'One or more scopes are not configured for the authorization server resource.'
    const responseBody = { error: 'invalid_scope', error_description }
    expect(causesOf({ ...token, httpStatus: 400, responseBody }).sort()).toEqual([
      'api-scope-at-custom-server',
      'scope-not-configured',
    ])
  })

  it.each([
    ['login-taken', ['login: An object with this field already exists in the current organization']],
    ['password-weak', ['password: Password requirements were not met. Password requirements: at least 8 characters.']],
  ])('by every reason that is given is not listed: %s', (cause, reasons) => {
    const errorCauses = reasons.map((errorSummary) => ({ errorSummary }))
    const responseBody = { errorCode: 'E0000001', errorSummary: `Api validation failed: ${cause}`, errorCauses }
    const call = { httpStatus: 400, method: 'POST', path: '/api/v1/users' }
    expect(causesOf({ ...call, responseBody })).toEqual([cause])
    // A second reason is one of its own.
    const more = [...errorCauses, { errorSummary: 'email: Does not match required pattern' }]
    expect(causesOf({ ...call, responseBody: { ...responseBody, errorCauses: more } })).toContain('value-invalid')
  })
})

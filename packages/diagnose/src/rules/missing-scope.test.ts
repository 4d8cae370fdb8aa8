import { describe, expect, it } from 'vitest'
import { diagnose } from '../diagnose.ts'
import { missingScope } from './missing-scope.ts'
import { judge } from './speaks-and-stays-silent.ts'

const challenge =
  'Bearer authorization_uri="http://example.okta.com/oauth2/v1/authorize", realm="http://example.okta.com", scope="okta.groups.read", error="insufficient_scope", error_description="The access token provided does not contain the required scopes.", resource="/api/v1/groups"'

judge(missingScope, {
  speaks: [
    [
      'the challenge of an empty 403',
      { httpStatus: 403, responseHeaders: { 'www-authenticate': challenge } },
      'certain',
    ],
    [
      'the challenge of /userinfo',
      {
        httpStatus: 403,
        path: '/oauth2/default/v1/userinfo',
        responseHeaders: {
          'www-authenticate':
            'Bearer error="insufficient_scope", error_description="The access token must provide access to at least one of these scopes - profile, email, address or phone"',
        },
      },
      'certain',
    ],
    [
      'an SDK repeats the sentence',
      {
        responseBody: {
          text: 'the API returned an error: The access token provided does not contain the required scopes.',
        },
      },
      'certain',
    ],
    [
      'a bare 403, and a token without the scope of the operation',
      {
        httpStatus: 403,
        method: 'GET',
        path: '/api/v1/groups',
        tokenClaims: { payload: { scp: ['okta.users.manage'] } },
      },
      'likely',
    ],
  ],
  silent: [
    [
      'a bare 403, and a token with the scope of the operation',
      {
        httpStatus: 403,
        method: 'GET',
        path: '/api/v1/users',
        tokenClaims: { payload: { scp: ['okta.users.read'] } },
      },
    ],
    [
      'an admin role that is too small',
      {
        httpStatus: 403,
        method: 'GET',
        path: '/api/v1/groups',
        responseBody: {
          errorCode: 'E0000006',
          errorSummary: 'You do not have permission to perform the requested action',
        },
        tokenClaims: { payload: { scp: ['okta.users.read'] } },
      },
    ],
    [
      'a token that has expired',
      {
        httpStatus: 401,
        responseHeaders: {
          'www-authenticate': 'Bearer error="invalid_token", error_description="The token has expired."',
        },
      },
    ],
    [
      'a scope that no server knows',
      {
        responseBody: {
          error: 'invalid_scope',
          error_description: 'One or more scopes are not configured for the authorization server resource.',
        },
      },
    ],
    [
      'a bare 403 to an API token',
      { httpStatus: 403, method: 'GET', path: '/api/v1/groups', requestHeaders: { authorization: 'SSWS 00…' } },
    ],
  ],
})

describe('a missing scope', () => {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const token = `${part({ alg: 'RS256' })}.${part({ scp: ['okta.users.read'], exp: 1_700_003_600 })}.${'A'.repeat(342)}`
  const { findings } = diagnose(
    `> GET /api/v1/groups HTTP/1.1\n> Host: example.okta.com\n> Authorization: Bearer ${token}\n>\n` +
      `< HTTP/1.1 403 Forbidden\n< WWW-Authenticate: ${challenge}\n<\n`,
  )

  it('is named with what is demanded and what the token that was sent carries, and the token stays hidden', () => {
    expect(findings).toHaveLength(1)
    expect(findings[0]).toMatchObject({ code: 'insufficient_scope', kind: 'missing-scope', strength: 'certain' })
    expect(findings[0]!.because.map(({ place, quote }) => [place, quote])).toEqual([
      ['responseHeaders.www-authenticate', 'scope="okta.groups.read"'],
      ['responseHeaders.www-authenticate', 'The access token provided does not contain the required scopes.'],
      ['requestHeaders.authorization (decoded).scp', 'okta.users.read'],
    ])
    expect(findings[0]!.fix[0]).toContain('`okta.groups.read`')
    expect(JSON.stringify(findings)).not.toContain(token.slice(5, 40))
  })
})

describe('a token that may manage, and is to read', () => {
  const { findings } = diagnose({
    httpStatus: 403,
    method: 'GET',
    path: '/api/v1/users',
    responseHeaders: { 'www-authenticate': challenge.replaceAll('groups', 'users') },
    tokenClaims: { payload: { scp: ['okta.users.manage'] } },
  })

  it('is told to ask for the scope to read too, and never that it has it', () => {
    expect(findings[0]!.fix[0]).toBe('Ask for `okta.users.read` in the `scope` parameter when you get the token.')
    expect(findings[0]!.fix[1]).toContain('`okta.users.manage`, which does not contain `okta.users.read`')
    expect(findings[0]!.fix.join(' ')).not.toContain('The token shown here has')
  })
})

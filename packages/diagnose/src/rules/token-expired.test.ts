import { describe, expect, it } from 'vitest'
import { diagnose } from '../diagnose.ts'
import { judge } from './speaks-and-stays-silent.ts'
import { tokenExpired } from './token-expired.ts'

const ok = { httpStatus: 401 } as const

judge(tokenExpired, {
  speaks: [
    ['a verifier says so', { responseBody: { sdkError: 'The JWT token has expired' } }, 'certain'],
    [
      'exp lies before the Date of the answer',
      {
        ...ok,
        responseHeaders: { date: 'Tue, 14 Nov 2023 22:13:20 GMT' },
        tokenClaims: { payload: { exp: 1_699_999_000 } },
      },
      'certain',
    ],
    [
      'a state token in the body',
      {
        ...ok,
        path: '/api/v1/authn/factors/1/verify',
        responseBody: { errorCode: 'E0000011' },
        requestBody: { stateToken: 'x' },
      },
      'certain',
    ],
    [
      'a sign-in page that stood open',
      {
        responseBody: { errorCode: 'E0000011', errorSummary: 'Invalid token provided' },
        requestContext: { page: 'sign-in widget' },
      },
      'likely',
    ],
    [
      'the API says so',
      {
        ...ok,
        responseHeaders: {
          'www-authenticate': 'Bearer error="invalid_token", error_description="The token has expired."',
        },
      },
      'certain',
    ],
  ],
  silent: [
    [
      'a token that still lives',
      {
        ...ok,
        responseHeaders: { date: 'Tue, 14 Nov 2023 22:13:20 GMT' },
        tokenClaims: { payload: { exp: 1_700_009_000 } },
      },
    ],
    [
      'an API token',
      {
        ...ok,
        path: '/api/v1/users',
        responseBody: { errorCode: 'E0000011' },
        requestContext: { authorizationScheme: 'SSWS' },
      },
    ],
    [
      'a client assertion',
      { ...ok, responseBody: { error: 'invalid_client', error_description: 'The client_assertion token is expired.' } },
    ],
    [
      'a refresh token',
      { responseBody: { error: 'invalid_grant', error_description: 'The refresh token is invalid or expired.' } },
    ],
    [
      'the token of a remote application',
      { responseBody: { taskError: 'Errors reported by remote server: token has expired' } },
    ],
  ],
})

describe('how long ago', () => {
  const token = { tokenClaims: { payload: { exp: 1_700_000_000 } } }

  it.each([
    [90, '90 seconds'],
    [3_700, '61 minutes'],
    [90_000, '25 hours'],
    [864_000, '10 days'],
  ])('%d seconds', (past, words) => {
    const date = new Date((1_700_000_000 + past) * 1_000).toUTCString()
    const { findings } = diagnose({ ...token, httpStatus: 401, responseHeaders: { date } })
    expect(findings[0]!.because[0]!.says).toBe(`The token had ended ${words} before this answer.`)
  })

  it('names the clock where no answer has one', () => {
    const { findings } = diagnose(token, { now: 1_700_000_060_000 })
    expect(findings[0]!.because[0]!.says).toContain('60 seconds ago, by the clock of this machine')
  })
})
